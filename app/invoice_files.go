package app

import (
	"context"
	"path/filepath"

	"peixun/data"
	"peixun/data/einvoice"
	"peixun/data/sqlite"
)

// AttachInvoiceFile keeps an invoice's own file (PDF, OFD or XML by content) with the order's newest invoice. What the file says is
// kept to be compared by data.CheckInvoiceFile; nothing of it is taken over.
func (a *App) AttachInvoiceFile(ctx context.Context, orderID int64, path string) (data.InvoiceFile, error) {
	content, err := readLimited(path, data.MaxInvoiceFile)
	if err != nil {
		return data.InvoiceFile{}, err
	}
	file := data.InvoiceFile{Name: filepath.Base(path), AddedAt: a.Now()}
	if file.Type, file.Facts, err = einvoice.Read(content); err != nil {
		return file, err
	}
	if data.LooksLikeIDNumber(file.Name) {
		file.Name = "发票" + filepath.Ext(file.Name)
	}
	err = a.changeInvoiceFiles(ctx, orderID, "添加发票文件", func(tx *sqlite.Tx) error {
		records, err := tx.Invoices(orderID)
		if err != nil {
			return err
		}
		if len(records) == 0 {
			return data.Refuse("invoice-not-issued", "file", "这个订单还没有登记开票。", "请先登记发票号码和日期，再添加发票文件。").Because(data.ErrWrongState)
		}
		file, err = tx.AddInvoiceFile(records[0].ID, file, content)
		return err
	})
	return file, err
}

func (a *App) changeInvoiceFiles(ctx context.Context, orderID int64, what string, change func(tx *sqlite.Tx) error) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		order, err := tx.Order(orderID)
		if err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		return a.log(tx, user, "order.invoice-file", order.Number, what)
	}, OrdersChanged)
}

// RemoveInvoiceFile takes an invoice's file out; RestoreInvoiceFile brings it back.
func (a *App) RemoveInvoiceFile(ctx context.Context, orderID, fileID int64) error {
	return a.changeInvoiceFiles(ctx, orderID, "删除发票文件", func(tx *sqlite.Tx) error { return tx.RemoveInvoiceFile(orderID, fileID, a.Now()) })
}

// RestoreInvoiceFile undoes RemoveInvoiceFile.
func (a *App) RestoreInvoiceFile(ctx context.Context, orderID, fileID int64) error {
	return a.changeInvoiceFiles(ctx, orderID, "恢复发票文件", func(tx *sqlite.Tx) error { return tx.RestoreInvoiceFile(orderID, fileID) })
}

// SaveInvoiceFile writes an invoice's file to path, byte for byte as it was attached.
func (a *App) SaveInvoiceFile(ctx context.Context, fileID int64, path string) error {
	if err := a.need(ctx, data.RightWork); err != nil {
		return err
	}
	content, err := query(a, ctx, func(tx *sqlite.Tx) ([]byte, error) { return tx.InvoiceFileContent(fileID) })
	if err != nil {
		return err
	}
	return SaveFile(path, content)
}
