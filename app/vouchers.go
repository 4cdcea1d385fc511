package app

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"

	"peixun/data"
	"peixun/data/picture"
	"peixun/data/sqlite"
)

// viewLimit is the long side, in pixels, that a voucher is shown with: enough to read any receipt, 25 MB in memory.
const viewLimit = 2500

// AddVoucherFile reads a picture file and stores it in a draft order. It is judged by content, not by extension.
func (a *App) AddVoucherFile(ctx context.Context, orderID int64, path string) (data.Voucher, error) {
	content, err := readLimited(path, data.MaxVoucherSize)
	if err != nil {
		return data.Voucher{}, err
	}
	return a.AddVoucher(ctx, orderID, filepath.Base(path), content)
}

// readLimited reads a file of at most limit bytes; one byte more is read so that a larger one shows.
func readLimited(path string, limit int64) ([]byte, error) {
	unreadable := data.Refuse("file-unreadable", "file", fmt.Sprintf("打不开“%s”。", filepath.Base(path)), "请确认文件还在，没有被别的程序占用。")
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable.Because(err)
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, unreadable.Because(err)
	}
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, unreadable.Because(err)
	}
	return content, nil
}

// AddVoucher stores a picture in a draft order.
func (a *App) AddVoucher(ctx context.Context, orderID int64, name string, content []byte) (data.Voucher, error) {
	info, err := picture.Inspect(content)
	if err != nil {
		return data.Voucher{}, err
	}
	// A truncated picture passes Inspect; whoever stores it would find out only when it is printed.
	if _, err := picture.Decode(content, 0, viewLimit); err != nil {
		return data.Voucher{}, err
	}
	if data.LooksLikeIDNumber(name) {
		name = "凭证" + filepath.Ext(name)
	}
	voucher := data.Voucher{Name: name, Type: info.Type, Width: info.Width, Height: info.Height, AddedAt: a.Now()}
	err = a.changeVouchers(ctx, orderID, "上传凭证", func(tx *sqlite.Tx) error {
		voucher, err = tx.AddVoucher(orderID, voucher, content)
		return err
	})
	return voucher, err
}

func (a *App) changeVouchers(ctx context.Context, orderID int64, what string, change func(tx *sqlite.Tx) error) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		order, err := tx.Order(orderID)
		if err != nil {
			return err
		}
		if !order.Editable() {
			return refusedAction(order, data.ActEdit)
		}
		if err := change(tx); err != nil {
			return err
		}
		return a.log(tx, user, "order.voucher", order.Number, what)
	}, OrdersChanged)
}

// RemoveVoucher takes a picture out of a draft order.
func (a *App) RemoveVoucher(ctx context.Context, orderID, id int64) error {
	return a.changeVouchers(ctx, orderID, "删除凭证", func(tx *sqlite.Tx) error { return tx.RemoveVoucher(orderID, id, a.Now()) })
}

// TurnVoucher stores how many quarter turns clockwise a picture is shown with.
func (a *App) TurnVoucher(ctx context.Context, id int64, turned int) error {
	return a.write(ctx, func(tx *sqlite.Tx, _ string) error { return tx.TurnVoucher(id, (turned%4+4)%4) })
}

// VoucherImage decodes a stored picture upright, as its EXIF says and turned as stored.
func (a *App) VoucherImage(ctx context.Context, voucher data.Voucher) (image.Image, error) {
	content, err := query(a, ctx, func(tx *sqlite.Tx) ([]byte, error) { return tx.VoucherContent(voucher.ID) })
	if err != nil {
		return nil, err
	}
	return picture.Decode(content, voucher.Turned, viewLimit)
}

// RestoreVoucher undoes RemoveVoucher.
func (a *App) RestoreVoucher(ctx context.Context, orderID, id int64) error {
	return errors.ErrUnsupported
}

// ShowVoucherPage stores which page of a PDF receipt is its picture, from 0.
func (a *App) ShowVoucherPage(ctx context.Context, orderID, id int64, page int) error {
	return errors.ErrUnsupported
}

// SaveVoucherOriginal writes a voucher to path, byte for byte as it was added.
func (a *App) SaveVoucherOriginal(ctx context.Context, id int64, path string) error {
	return errors.ErrUnsupported
}

// ExportVoucher writes a voucher as a JPEG: upright, on white, without the camera's and the place's particulars.
func (a *App) ExportVoucher(ctx context.Context, voucher data.Voucher, w io.Writer) error {
	return errors.ErrUnsupported
}
