package app

import (
	"context"
	"errors"
	"fmt"
	"image"

	"peixun/data"
	"peixun/data/pdf"
	"peixun/data/picture"
	"peixun/data/receipt"
	"peixun/data/sqlite"
)

const (
	receiptType = "application/pdf"
	// receiptPages is how many pages a receipt may have; a file with more is a bank's statement or a whole year's receipts.
	receiptPages = 20
	// receiptDPI is the resolution that a page is drawn with: the smallest print of a receipt can be read.
	receiptDPI = 200
)

// inspectReceipt reads a PDF receipt: how many pages it has, the picture of one of them and what its text says.
func (a *App) inspectReceipt(ctx context.Context, content []byte, page int) (data.Voucher, image.Image, error) {
	if len(content) > data.MaxVoucherSize {
		return data.Voucher{}, nil, data.Refuse("voucher-large", "voucher", "这份 PDF 超过 20 MB。", "请只导出回单的那一页，或降低图片的清晰度。")
	}
	document, err := a.openReceipt(ctx, content)
	if err != nil {
		return data.Voucher{}, nil, err
	}
	defer document.Close()
	shown, err := document.RenderDPI(ctx, page, receiptDPI)
	if err != nil {
		return data.Voucher{}, nil, onVoucher(err)
	}
	voucher := data.Voucher{Type: receiptType, Width: shown.Rect.Dx(), Height: shown.Rect.Dy(), Pages: document.Pages(), Page: page, Blurred: picture.Blurred(shown)}
	words, err := document.Words(ctx, page)
	if err != nil && ctx.Err() != nil {
		return data.Voucher{}, nil, err
	}
	// A page whose text cannot be read is shown like one that is only a picture.
	voucher.Receipt = receipt.Read(placed(words))
	return voucher, shown, nil
}

func (a *App) openReceipt(ctx context.Context, content []byte) (*pdf.Document, error) {
	document, err := a.pdf.OpenUpTo(ctx, content, receiptPages)
	return document, onVoucher(err)
}

// onVoucher puts a refusal of the PDF on the form's field.
func onVoucher(err error) error {
	problem, ok := data.AsProblem(err)
	if !ok {
		return err
	}
	problem.Where.Field = "voucher"
	return problem
}

func placed(words []pdf.Word) []receipt.Word {
	all := make([]receipt.Word, len(words))
	for n, word := range words {
		all[n] = receipt.Word{Text: word.Text, Left: word.Left, Top: word.Top, Right: word.Right, Bottom: word.Bottom}
	}
	return all
}

// receiptPage draws a page of a stored PDF receipt.
func (a *App) receiptPage(ctx context.Context, content []byte, page int) (image.Image, error) {
	document, err := a.openReceipt(ctx, content)
	if err != nil {
		return nil, err
	}
	defer document.Close()
	drawn, err := document.RenderDPI(ctx, page, receiptDPI)
	return drawn, onVoucher(err)
}

// ShowVoucherPage makes another page of a PDF receipt its picture, from 0, and reads that page's text.
func (a *App) ShowVoucherPage(ctx context.Context, orderID, id int64, page int) error {
	if err := a.need(ctx, data.RightWork); err != nil {
		return err
	}
	stored, err := query(a, ctx, func(tx *sqlite.Tx) (data.Voucher, error) { return tx.Voucher(id) })
	if err != nil {
		return err
	}
	if page < 0 || page >= stored.Pages {
		return data.Refuse("voucher-page", "voucher", fmt.Sprintf("凭证“%s”没有第 %d 页。", stored.Name, page+1), "请在它的页数以内选择。").Because(data.ErrNotFound)
	}
	content, err := a.voucherContent(ctx, id)
	if err != nil {
		return err
	}
	fresh, shown, err := a.inspectVoucher(ctx, content, page)
	if err != nil {
		return err
	}
	fresh.ID = id
	look, err := a.lookFor(ctx, orderID, shown)
	if err != nil {
		return err
	}
	return a.changeVouchers(ctx, orderID, fmt.Sprintf("凭证改用第 %d 页", page+1), func(tx *sqlite.Tx) error {
		return errors.Join(tx.ShowVoucherPage(orderID, fresh), tx.SetLikeness(id, look.likeness, look.alike))
	})
}
