package payment

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/ui"
)

// choose asks for picture files.
func (p *voucherPanel) choose() {
	ui.ChooseFiles(p.wizard.screen.desk.Window, ui.FileRequest{Title: "选择转账凭证图片", Extensions: pictureTypes, Verb: "上传"}, p.add)
}

// takesVouchers tells whether the order in hand can have pictures.
func (p *voucherPanel) takesVouchers() bool { return p.wizard.order().Mode != data.PayOnline }

// add stores files one after the other.
func (p *voucherPanel) add(paths []string) {
	var additions []addition
	slow := false
	for _, path := range paths {
		slow = slow || strings.EqualFold(filepath.Ext(path), ".pdf")
		additions = append(additions, func(ctx context.Context, orderID int64) (data.Voucher, error) {
			return p.wizard.screen.service.AddVoucherFile(ctx, orderID, path)
		})
	}
	p.addAll(additions, slow)
}

// paste adds what the clipboard holds: a path, copied files, or a picture such as a screenshot.
func (p *voucherPanel) paste() {
	if !p.takesVouchers() {
		return
	}
	if paths := ui.PastedPaths(fyne.CurrentApp().Clipboard().Content()); len(paths) > 0 {
		p.add(paths)
		return
	}
	var pasted ui.Pasted
	var failure error
	p.wizard.screen.desk.Do(func(context.Context) error {
		pasted, failure = ui.SystemClipboard()
		return nil
	}, func() {
		switch {
		case len(pasted.Paths) > 0:
			p.add(pasted.Paths)
		case len(pasted.Picture) > 0:
			name := "粘贴的图片 " + strings.ReplaceAll(clockOf(p.wizard.screen.service.Now()), ":", "") + ".png"
			p.addAll([]addition{func(ctx context.Context, orderID int64) (data.Voucher, error) {
				return p.wizard.screen.service.AddVoucher(ctx, orderID, name, pasted.Picture)
			}}, false)
		default:
			p.wizard.screen.desk.Fail(data.Refuse("clipboard-no-picture", fieldVoucher, "剪贴板里没有图片，也没有图片文件。",
				"请先在回单上截图或复制图片文件，再粘贴；也可以粘贴文件的完整路径，或直接拖进来。").Because(failure))
		}
	})
}

// addition stores one voucher.
type addition func(ctx context.Context, orderID int64) (data.Voucher, error)

// addAll stores vouchers one after the other; the first that cannot be taken ends it, the ones before it stay. Slow ones, which are
// PDFs, show a bar.
func (p *voucherPanel) addAll(additions []addition, slow bool) {
	if !p.takesVouchers() || len(additions) == 0 {
		return
	}
	id := p.wizard.order().ID
	var added []data.Voucher
	var failure error
	work := func(ctx context.Context, progress app.Progress) error {
		for i, add := range additions {
			progress(i, len(additions))
			voucher, err := add(ctx, id)
			if err != nil {
				failure = err
				return ctx.Err()
			}
			added = append(added, voucher)
		}
		return nil
	}
	done := func() {
		p.setBusy(false)
		if p.wizard.order().ID == id && len(added) > 0 {
			p.wizard.order().Vouchers = append(p.vouchers(), added...)
			p.at = len(p.vouchers()) - 1
			p.changed()
		}
		if failure != nil {
			p.wizard.screen.desk.Fail(failure)
		}
	}
	if slow {
		p.wizard.screen.desk.Work("正在读取 PDF 回单", work, done)
		return
	}
	p.setBusy(true)
	p.wizard.screen.desk.Do(func(ctx context.Context) error { return work(ctx, func(int, int) {}) }, done)
}

// setBusy tells that pictures are being read.
func (p *voucherPanel) setBusy(busy bool) {
	label := "点击上传"
	if busy {
		label = "正在上传…"
	}
	p.wizard.transfer.upload.SetLabel(label)
	p.wizard.transfer.upload.SetDisabled(busy)
	p.plus.SetDisabled(busy)
	p.wizard.transfer.uploading.Refresh()
}

// changed shows the vouchers anew and asks again what is missing.
func (p *voucherPanel) changed() {
	p.wizard.left[fieldVoucher] = true
	p.show()
	p.wizard.check()
}

// remove takes the picture out of the order; a toast brings it back.
func (p *voucherPanel) remove() {
	if p.at >= len(p.vouchers()) {
		return
	}
	orderID, voucher := p.wizard.order().ID, p.vouchers()[p.at]
	service := p.wizard.screen.service
	p.wizard.screen.desk.Do(func(ctx context.Context) error { return service.RemoveVoucher(ctx, orderID, voucher.ID) }, func() {
		p.reread(orderID)
		ui.ShowToast(p.wizard.screen.desk.Window, ui.Toast{Text: "已删除“" + voucher.Name + "”。", Action: "撤销", OnAction: func() {
			p.wizard.screen.desk.Do(func(ctx context.Context) error { return service.RestoreVoucher(ctx, orderID, voucher.ID) }, func() { p.reread(orderID) })
		}})
	})
}

// reread takes the order's vouchers as they are stored; what is typed stays.
func (p *voucherPanel) reread(orderID int64) {
	var stored data.Order
	p.wizard.screen.desk.Do(func(ctx context.Context) error {
		var err error
		stored, err = p.wizard.screen.service.Order(ctx, orderID)
		return err
	}, func() {
		if p.wizard.order().ID == orderID {
			p.wizard.order().Vouchers = stored.Vouchers
			p.changed()
		}
	})
}
