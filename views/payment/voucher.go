package payment

import (
	"context"
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"golang.org/x/image/draw"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the voucher panel, in px.
const (
	voucherHead  float32 = 44
	voucherStrip float32 = 71
	smallPicture         = 152 // the long side of what a thumbnail is drawn from
)

// pictureTypes are what the file dialog offers; a file is judged by its content later.
var pictureTypes = []string{".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".pdf"}

// voucherPanel shows the order's vouchers beside the fields that they prove.
type voucherPanel struct {
	wizard   *wizard
	content  *fyne.Container
	title    *ui.Text
	zoom     *ui.Text
	tools    []*ui.Button
	viewer   *ui.Viewer
	expected *ui.Note
	thumbs   *ui.Thumbnails
	plus     *ui.Button

	narrow bool

	at    int
	shown image.Image
	small map[string]image.Image
	loads desk.Sequence
}

func newVoucherPanel(w *wizard) *voucherPanel {
	p := &voucherPanel{wizard: w, title: ui.NewBold("转账凭证"), zoom: ui.NewText("", theme.Text), viewer: ui.NewViewer(), small: map[string]image.Image{}}
	p.zoom.Align = fyne.TextAlignCenter
	p.viewer.Placeholder = "还没有凭证。点“点击上传”，或把图片拖到窗口里。"
	p.viewer.OnZoom = func(percentage string) { p.zoom.SetText(percentage) }
	tool := func(icon, tip string, action func()) *ui.Button {
		b := ui.NewIconButton(icon, tip, action)
		p.tools = append(p.tools, b)
		return b
	}
	tools := ui.Row(0, tool("zoom-out", "缩小", p.viewer.ZoomOut), ui.Fixed(44, p.zoom), tool("zoom-in", "放大", p.viewer.ZoomIn),
		tool("scan", "适合窗口", p.viewer.Fit), ui.Gap(4), ui.NewDivider(), ui.Gap(4),
		tool("rotate-ccw", "向左转 90°", func() { p.turn(-1) }), tool("rotate-cw", "向右转 90°", func() { p.turn(1) }),
		ui.Gap(4), ui.NewDivider(), ui.Gap(4),
		tool("expand", "全窗口查看", p.enlarge), tool("trash-2", "删除这张凭证", p.askRemove))
	p.expected = ui.NewNote(ui.TonePrimary, "", "")
	p.thumbs = ui.NewThumbnails(func(index int) { p.at = index; p.show() })
	p.plus = ui.NewButton("", "plus", p.choose)
	p.plus.Tip, p.plus.MinWidth = "再加一张", 32
	ground := ui.Ground(theme.Background, ui.Column(0, ui.Grow(p.viewer), ui.Pad(16, 0, 16, 12, p.expected)))
	p.content = ui.Column(0,
		ui.Fixed(voucherHead-1, ui.Pad(16, 0, 8, 0, ui.Row(8, p.title, ui.Space(), tools))), ui.NewLine(),
		ui.Grow(ground), ui.NewLine(), ui.Fixed(voucherStrip, ui.Pad(16, 8, 16, 7, ui.Row(8, ui.Grow(container.NewHScroll(p.thumbs)), p.plus))))
	return p
}

func (p *voucherPanel) vouchers() []data.Voucher { return p.wizard.order().Vouchers }

// take shows the vouchers of the order that was just taken in hand.
func (p *voucherPanel) take() {
	p.at, p.shown = 0, nil
	p.small = map[string]image.Image{}
	p.show()
}

// setNarrow makes do with a short title.
func (p *voucherPanel) setNarrow(narrow bool) {
	p.narrow = narrow
	p.showTitle()
	p.content.Refresh()
}

func (p *voucherPanel) showTitle() {
	title := "转账凭证"
	if count := len(p.vouchers()); count > 0 {
		place := fmt.Sprintf("%d / %d", p.at+1, count)
		title += " " + place
		if p.narrow {
			title = place
		}
	}
	p.title.SetText(title)
}

// thumbKey tells apart a picture and the same one turned.
func thumbKey(v data.Voucher) string { return fmt.Sprintf("%d/%d", v.ID, v.Turned) }

// show reads the chosen picture and all that the thumbnails lack.
func (p *voucherPanel) show() {
	vouchers := p.vouchers()
	p.at = max(0, min(p.at, len(vouchers)-1))
	p.showTitle()
	for _, b := range p.tools {
		b.SetDisabled(len(vouchers) == 0)
	}
	p.showExpected()
	p.showThumbs()
	if len(vouchers) == 0 {
		p.shown = nil
		p.viewer.SetImage(nil)
		p.zoom.SetText("")
		return
	}
	chosen, known := vouchers[p.at], map[string]bool{}
	for key := range p.small {
		known[key] = true
	}
	all := append([]data.Voucher{}, vouchers...)
	type pictures struct {
		large image.Image
		small map[string]image.Image
	}
	service := p.wizard.screen.service
	desk.Load(p.wizard.screen.desk, &p.loads, func(ctx context.Context) (pictures, error) {
		found := pictures{small: map[string]image.Image{}}
		for _, voucher := range all {
			isChosen := voucher.ID == chosen.ID
			if !isChosen && known[thumbKey(voucher)] {
				continue
			}
			picture, err := service.VoucherImage(ctx, voucher)
			if err != nil {
				return found, err
			}
			if isChosen {
				found.large = picture
			}
			found.small[thumbKey(voucher)] = shrink(picture)
		}
		return found, nil
	}, func(found pictures) {
		for key, picture := range found.small {
			p.small[key] = picture
		}
		p.shown = found.large
		p.viewer.SetImage(found.large)
		p.zoom.SetText(p.viewer.Percentage())
		p.showThumbs()
	})
}

// shrink makes the copy that a thumbnail is drawn from.
func shrink(picture image.Image) image.Image {
	bounds := picture.Bounds()
	scale := float64(smallPicture) / float64(max(bounds.Dx(), bounds.Dy(), 1))
	small := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(bounds.Dx())*scale)), max(1, int(float64(bounds.Dy())*scale))))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), picture, bounds, draw.Src, nil)
	return small
}

func (p *voucherPanel) showThumbs() {
	var items []ui.Thumbnail
	for _, v := range p.vouchers() {
		items = append(items, ui.Thumbnail{Image: p.small[thumbKey(v)], Name: v.Name, Note: voucherNote(v)})
	}
	p.thumbs.SetItems(p.at, items)
}

// voucherNote tells a picture's pixels and size: 1654 × 1183 · 86 KB.
func voucherNote(v data.Voucher) string {
	size := fmt.Sprintf("%d KB", (v.Size+1023)/1024)
	if v.Size >= 1<<20 {
		size = fmt.Sprintf("%.1f MB", float64(v.Size)/(1<<20))
	}
	return fmt.Sprintf("%d × %d · %s", v.Width, v.Height, size)
}

// showExpected says what must stand on the picture: the program cannot read it.
func (p *voucherPanel) showExpected() {
	order := p.wizard.order()
	p.expected.Hidden = len(order.Vouchers) == 0
	account := order.Payee.Account
	p.expected.Set(ui.TonePrimary, "请对照凭证。", fmt.Sprintf("金额应为 %s 元，收款卡号末四位 %s。", order.Total(), account[max(0, len(account)-4):]))
}

// choose asks for a picture file.
func (p *voucherPanel) choose() {
	ui.ChooseFile(p.wizard.screen.desk.Window, ui.FileRequest{Title: "选择转账凭证图片", Extensions: pictureTypes, Verb: "上传"}, func(path string) { p.add([]string{path}) })
}

// add stores pictures one after the other; the first that cannot be taken ends it, the ones before it stay.
func (p *voucherPanel) add(paths []string) {
	order := p.wizard.order()
	if order.Mode == data.PayOnline || len(paths) == 0 {
		return
	}
	id := order.ID
	var added []data.Voucher
	var failure error
	p.setBusy(true)
	p.wizard.screen.desk.Do(func(ctx context.Context) error {
		for _, path := range paths {
			voucher, err := p.wizard.screen.service.AddVoucherFile(ctx, id, path)
			if err != nil {
				failure = err
				return nil
			}
			added = append(added, voucher)
		}
		return nil
	}, func() {
		p.setBusy(false)
		if p.wizard.order().ID == id && len(added) > 0 {
			p.wizard.order().Vouchers = append(p.vouchers(), added...)
			p.at = len(p.vouchers()) - 1
			p.changed()
		}
		if failure != nil {
			p.wizard.screen.desk.Fail(failure)
		}
	})
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

// turn turns the picture by quarters, clockwise where positive; the turn is stored with the order.
func (p *voucherPanel) turn(quarters int) {
	if len(p.vouchers()) == 0 {
		return
	}
	voucher := &p.wizard.order().Vouchers[p.at]
	id, turned := voucher.ID, ((voucher.Turned+quarters)%4+4)%4
	p.wizard.screen.desk.Do(func(ctx context.Context) error {
		return p.wizard.screen.service.TurnVoucher(ctx, id, turned)
	}, func() {
		for i := range p.vouchers() {
			if p.vouchers()[i].ID == id {
				p.wizard.order().Vouchers[i].Turned = turned
			}
		}
		p.show()
	})
}

func (p *voucherPanel) askRemove() {
	if len(p.vouchers()) == 0 {
		return
	}
	voucher := p.vouchers()[p.at]
	ui.ConfirmDanger(p.wizard.screen.desk.Window, "删除凭证", "“"+voucher.Name+"”会从这个订单里删除，不能恢复。电脑里的原文件不受影响。", "删除", func() { p.remove(voucher.ID) })
}

func (p *voucherPanel) remove(id int64) {
	orderID := p.wizard.order().ID
	p.wizard.screen.desk.Do(func(ctx context.Context) error {
		return p.wizard.screen.service.RemoveVoucher(ctx, orderID, id)
	}, func() {
		var kept []data.Voucher
		for _, voucher := range p.vouchers() {
			if voucher.ID != id {
				kept = append(kept, voucher)
			}
		}
		p.wizard.order().Vouchers = kept
		p.changed()
	})
}

// enlargeMargin is what the large view leaves of the window for the dialog's title and buttons, in px.
const enlargeMargin float32 = 190

// enlarge shows the picture in a dialog as large as the window.
func (p *voucherPanel) enlarge() {
	if p.shown == nil {
		return
	}
	window := p.wizard.screen.desk.Window
	viewer := ui.NewViewer()
	viewer.SetImage(p.shown)
	dialog := ui.NewDialog(window, p.vouchers()[p.at].Name)
	dialog.Width = window.Canvas().Size().Width
	dialog.Body = ui.Column(0, ui.Fixed(max(200, window.Canvas().Size().Height-enlargeMargin), viewer))
	dialog.NoCancel = true
	dialog.AddLeading(ui.NewText("滚轮缩放，按住拖动，双击适合窗口", theme.Secondary))
	dialog.SetDefault("关闭", nil)
	dialog.Show()
}
