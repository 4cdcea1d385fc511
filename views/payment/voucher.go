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

// noVoucher is what the viewer says while the order has no picture.
const noVoucher = "还没有凭证。点“点击上传”，把图片拖到窗口里，或按 Ctrl+V 粘贴。"

// pictureTypes are what the file dialog offers; a file is judged by its content later.
var pictureTypes = []string{".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".pdf"}

// voucherPanel shows the order's vouchers beside the fields that they prove.
type voucherPanel struct {
	wizard  *wizard
	content *fyne.Container
	title   *ui.Text
	tools   *fyne.Container
	pages   *pageTurner
	viewer  *ui.Viewer
	remarks *fyne.Container // what is to be said of the picture that is shown
	thumbs  *ui.Thumbnails
	plus    *ui.Button

	narrow bool

	at    int
	shown image.Image
	small map[string]image.Image
	gaps  []gap
	loads desk.Sequence
}

func newVoucherPanel(w *wizard) *voucherPanel {
	p := &voucherPanel{wizard: w, title: ui.NewBold("转账凭证"), viewer: ui.NewViewer(), remarks: ui.Column(8), small: map[string]image.Image{}}
	p.viewer.Placeholder = noVoucher
	p.viewer.OnLeaf, p.viewer.OnOpen = func(by int) { p.choosePicture(p.at + by) }, p.enlarge
	p.tools = ui.NewViewerTools(p.viewer, p.turn, ui.NewIconButton("maximize", "全窗口查看", p.enlarge), ui.NewIconButton("trash-2", "删除这张凭证", p.remove))
	p.pages = newPageTurner(p.showPage)
	p.thumbs = ui.NewThumbnails(p.choosePicture)
	p.plus = ui.NewButton("", "plus", p.choose)
	p.plus.Tip, p.plus.MinWidth = "再加一张", 32
	ground := ui.Ground(theme.Background, ui.Column(0, ui.Grow(p.viewer), ui.Pad(16, 0, 16, 12, p.remarks)))
	p.content = ui.Column(0,
		ui.Fixed(voucherHead-1, ui.Pad(16, 0, 8, 0, ui.Row(8, p.title, p.pages.content, ui.Space(), p.tools))), ui.NewLine(),
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

// choosePicture shows another of the order's pictures.
func (p *voucherPanel) choosePicture(index int) {
	if index >= 0 && index < len(p.vouchers()) {
		p.at = index
		p.thumbs.SetSelected(index)
		p.show()
	}
}

// thumbKey tells apart a picture, the same one turned, and another page of it.
func thumbKey(v data.Voucher) string { return fmt.Sprintf("%d/%d/%d", v.ID, v.Turned, v.Page) }

// show reads the chosen picture and all that the thumbnails lack.
func (p *voucherPanel) show() {
	vouchers := p.vouchers()
	p.at = max(0, min(p.at, len(vouchers)-1))
	p.showTitle()
	p.tools.Hidden = len(vouchers) == 0
	p.showRemarks()
	p.showThumbs()
	p.showPages()
	if len(vouchers) == 0 {
		p.shown, p.viewer.Placeholder = nil, noVoucher
		p.viewer.SetImage(nil)
		return
	}
	if p.shown == nil {
		p.viewer.Placeholder = "正在读取图片…"
		p.viewer.Refresh()
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
				found.large = ui.Halved(picture)
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

// voucherNote tells a picture's pixels and size: 1654 × 1183 · 86 KB. A receipt of several pages tells how many.
func voucherNote(v data.Voucher) string {
	size := fmt.Sprintf("%d KB", (v.Size+1023)/1024)
	if v.Size >= 1<<20 {
		size = fmt.Sprintf("%.1f MB", float64(v.Size)/(1<<20))
	}
	if v.Pages > 1 {
		return fmt.Sprintf("%d 页 · %s", v.Pages, size)
	}
	return fmt.Sprintf("%d × %d · %s", v.Width, v.Height, size)
}

// turn turns the picture by quarters, clockwise where positive; the turn is stored with the order.
func (p *voucherPanel) turn(quarters int) { p.turnAt(p.at, quarters, p.show) }

func (p *voucherPanel) turnAt(index, quarters int, done func()) {
	if index >= len(p.vouchers()) {
		return
	}
	voucher := p.vouchers()[index]
	turned := ((voucher.Turned+quarters)%4 + 4) % 4
	p.wizard.screen.desk.Do(func(ctx context.Context) error {
		return p.wizard.screen.service.TurnVoucher(ctx, voucher.ID, turned)
	}, func() {
		p.change(voucher.ID, func(v *data.Voucher) { v.Turned = turned })
		done()
	})
}

// change changes a voucher of the order in hand, where it still is one.
func (p *voucherPanel) change(id int64, set func(v *data.Voucher)) {
	for i := range p.vouchers() {
		if p.vouchers()[i].ID == id {
			set(&p.wizard.order().Vouchers[i])
		}
	}
}

// showPages offers the pages of a PDF receipt.
func (p *voucherPanel) showPages() {
	pages, page := 0, 0
	if p.at < len(p.vouchers()) {
		pages, page = p.vouchers()[p.at].Pages, p.vouchers()[p.at].Page
	}
	p.pages.set(page, pages)
	p.content.Refresh()
}

// showPage makes another page of a PDF receipt its picture.
func (p *voucherPanel) showPage(page int) {
	if p.at >= len(p.vouchers()) {
		return
	}
	orderID, id := p.wizard.order().ID, p.vouchers()[p.at].ID
	p.wizard.screen.desk.Do(func(ctx context.Context) error {
		return p.wizard.screen.service.ShowVoucherPage(ctx, orderID, id, page)
	}, func() {
		p.change(id, func(v *data.Voucher) { v.Page = page })
		p.show()
	})
}

// enlarge shows the pictures in the whole window.
func (p *voucherPanel) enlarge() {
	if p.shown == nil {
		return
	}
	view := &ui.FullView{Title: "转账凭证"}
	for _, voucher := range p.vouchers() {
		view.Names = append(view.Names, voucher.Name)
	}
	view.Load = func(index int, show func(image.Image)) {
		voucher := p.vouchers()[index]
		var picture image.Image
		p.wizard.screen.desk.Do(func(ctx context.Context) error {
			var err error
			picture, err = p.wizard.screen.service.VoucherImage(ctx, voucher)
			picture = ui.Halved(picture)
			return err
		}, func() { show(picture) })
	}
	view.Turn = func(index, quarters int, done func()) {
		p.turnAt(index, quarters, func() {
			done()
			p.show()
		})
	}
	view.Show(p.wizard.screen.desk.Window, p.at)
}
