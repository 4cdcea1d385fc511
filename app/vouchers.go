package app

import (
	"context"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"

	"peixun/data"
	"peixun/data/picture"
	"peixun/data/sqlite"
)

const (
	// viewLimit is the long side, in pixels, that a voucher is shown with: enough to read any receipt, 25 MB in memory.
	viewLimit = 2500
	// exportLimit is the long side of a voucher that is handed over: A4 at 400 dpi.
	exportLimit = 4700
)

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

// AddVoucher stores a picture in a draft order, as it is, and finds out whether another order holds a picture of the same receipt.
// It takes a second or more: run it off the UI thread.
func (a *App) AddVoucher(ctx context.Context, orderID int64, name string, content []byte) (data.Voucher, error) {
	if a.session.Load() == nil {
		return data.Voucher{}, locked()
	}
	voucher, shown, err := a.inspectVoucher(ctx, content, 0)
	if err != nil {
		return voucher, err
	}
	if data.LooksLikeIDNumber(name) {
		name = "凭证" + filepath.Ext(name)
	}
	voucher.Name, voucher.AddedAt = name, a.Now()
	look, err := a.lookFor(ctx, orderID, shown)
	if err != nil {
		return voucher, err
	}
	err = a.changeVouchers(ctx, orderID, "上传凭证", func(tx *sqlite.Tx) error {
		if voucher, err = tx.AddVoucher(orderID, voucher, content); err != nil {
			return err
		}
		return tx.SetLikeness(voucher.ID, look.likeness, look.alike)
	})
	return voucher, err
}

// inspectVoucher tells what a file is and gives the picture that is shown of it: of a PDF receipt a page, from 0.
func (a *App) inspectVoucher(ctx context.Context, content []byte, page int) (data.Voucher, image.Image, error) {
	if picture.IsPDF(content) {
		return a.inspectReceipt(ctx, content, page)
	}
	info, err := picture.Inspect(content)
	if err != nil {
		return data.Voucher{}, nil, err
	}
	// A truncated picture passes Inspect; whoever stores it would find out only when it is printed.
	shown, err := picture.Decode(content, 0, viewLimit)
	if err != nil {
		return data.Voucher{}, nil, err
	}
	return data.Voucher{Type: info.Type, Width: info.Width, Height: info.Height, Blurred: picture.Blurred(shown)}, shown, nil
}

// look is by what a picture is found again, and which vouchers of other orders look the same.
type look struct {
	likeness []byte
	alike    []int64
}

func (a *App) lookFor(ctx context.Context, orderID int64, shown image.Image) (look, error) {
	looks := picture.Looks(shown)
	if looks == nil {
		return look{}, nil
	}
	found := look{likeness: looks[0].Bytes()}
	err := a.read(ctx, func(tx *sqlite.Tx) error {
		return tx.EachLikeness(orderID, func(id int64, stored []byte) error {
			// Vouchers of older versions have none, or one of another kind; they are found by their hash and serial number alone.
			if same, err := picture.Alike(looks, stored); err == nil && same {
				found.alike = append(found.alike, id)
			}
			return ctx.Err()
		})
	})
	return found, err
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

// RemoveVoucher takes a picture out of a draft order; RestoreVoucher brings it back. What no revision shows is deleted for good when
// the order is submitted.
func (a *App) RemoveVoucher(ctx context.Context, orderID, id int64) error {
	return a.changeVouchers(ctx, orderID, "删除凭证", func(tx *sqlite.Tx) error { return tx.RemoveVoucher(orderID, id, a.Now()) })
}

// RestoreVoucher undoes RemoveVoucher.
func (a *App) RestoreVoucher(ctx context.Context, orderID, id int64) error {
	return a.changeVouchers(ctx, orderID, "恢复凭证", func(tx *sqlite.Tx) error { return tx.RestoreVoucher(orderID, id) })
}

// TurnVoucher stores how many quarter turns clockwise a picture is shown with.
func (a *App) TurnVoucher(ctx context.Context, id int64, turned int) error {
	return a.write(ctx, func(tx *sqlite.Tx, _ string) error { return tx.TurnVoucher(id, (turned%4+4)%4) })
}

func (a *App) voucherContent(ctx context.Context, id int64) ([]byte, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]byte, error) { return tx.VoucherContent(id) })
}

// VoucherImage gives a stored picture upright, as its EXIF says and turned as stored.
func (a *App) VoucherImage(ctx context.Context, voucher data.Voucher) (image.Image, error) {
	return a.voucherImage(ctx, voucher, viewLimit)
}

func (a *App) voucherImage(ctx context.Context, voucher data.Voucher, limit int) (image.Image, error) {
	content, err := a.voucherContent(ctx, voucher.ID)
	if err != nil {
		return nil, err
	}
	if voucher.Type != receiptType {
		return picture.Decode(content, voucher.Turned, limit)
	}
	page, err := a.receiptPage(ctx, content, voucher.Page)
	if err != nil {
		return nil, err
	}
	return picture.Turn(page, voucher.Turned, limit), nil
}

// SaveVoucherOriginal writes a voucher to path, byte for byte as it was added.
func (a *App) SaveVoucherOriginal(ctx context.Context, id int64, path string) error {
	if err := a.need(ctx, data.RightWork); err != nil {
		return err
	}
	content, err := a.voucherContent(ctx, id)
	if err != nil {
		return err
	}
	return SaveFile(path, content)
}

// ExportVoucher writes a voucher as a JPEG: upright, on white, without the camera's and the place's particulars.
func (a *App) ExportVoucher(ctx context.Context, voucher data.Voucher, w io.Writer) error {
	if err := a.need(ctx, data.RightWork); err != nil {
		return err
	}
	shown, err := a.voucherImage(ctx, voucher, exportLimit)
	if err != nil {
		return err
	}
	return picture.WriteJPEG(w, shown)
}
