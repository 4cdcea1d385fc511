package orders

import (
	"fmt"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"golang.org/x/image/draw"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the side cards, in px.
const (
	thumbWidth   float32 = 128
	thumbHeight  float32 = 92
	thumbDetail          = 2 // pixels drawn per px, so that windows at scale 2 stay sharp
	dialogMargin float32 = 190
	historyLimit         = 40
)

// voucherCard shows the first picture and what must stand on it.
func (p *Details) voucherCard() fyne.CanvasObject {
	if len(p.order.Vouchers) == 0 {
		text := "还没有上传转账凭证。"
		if p.order.Mode == data.PayOnline {
			text = "在线支付，交易号 " + orDash(p.order.Transaction) + "。"
		}
		return ui.NewTitledCard("缴费凭证", ui.NewParagraph(text, theme.Secondary))
	}
	voucher := p.order.Vouchers[0]
	enlarge := ui.NewLink("放大", p.enlarge)
	enlarge.Icon, enlarge.IconRole = "expand", theme.Primary
	name := ui.NewElidedText(voucher.Name, theme.Text)
	note := ui.NewCaption(pictureNote(voucher), theme.Secondary)
	words := ui.Column(0, name, note, ui.Gap(8),
		factLine("金额应为", p.order.Total().String()), factLine("收款卡号", lastFour(p.order.Payee.Account)))
	if more := len(p.order.Vouchers) - 1; more > 0 {
		words.Add(ui.NewCaption(fmt.Sprintf("另有 %d 张", more), theme.Secondary))
	}
	picture := ui.Row(12, ui.FixedFill(thumbWidth, p.thumbnail()), ui.Wide(words))
	return ui.NewTitledCard("缴费凭证", ui.Column(0, ui.Fixed(thumbHeight, picture)), enlarge)
}

func factLine(name, value string) fyne.CanvasObject {
	return ui.Row(6, ui.NewText(name, theme.Secondary), ui.NewText(value, theme.Text))
}

func (p *Details) thumbnail() fyne.CanvasObject {
	if p.picture == nil {
		return ui.NewBox(theme.Background, theme.ControlBorder, 4)
	}
	shown := canvas.NewImageFromImage(shrink(p.picture, int(thumbWidth)*thumbDetail))
	shown.FillMode = canvas.ImageFillContain
	return ui.Stack(ui.NewBox(theme.Surface, theme.ControlBorder, 4), ui.Pad(2, 2, 2, 2, shown))
}

// shrink makes a copy whose long side is limit pixels.
func shrink(picture image.Image, limit int) image.Image {
	bounds := picture.Bounds()
	scale := float64(limit) / float64(max(bounds.Dx(), bounds.Dy(), 1))
	small := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(bounds.Dx())*scale)), max(1, int(float64(bounds.Dy())*scale))))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), picture, bounds, draw.Src, nil)
	return small
}

func pictureNote(v data.Voucher) string {
	size := fmt.Sprintf("%d KB", (v.Size+1023)/1024)
	if v.Size >= 1<<20 {
		size = fmt.Sprintf("%.1f MB", float64(v.Size)/(1<<20))
	}
	return fmt.Sprintf("%d × %d · %s", v.Width, v.Height, size)
}

// enlarge shows the pictures in a dialog as large as the window; with several, small ones choose.
func (p *Details) enlarge() {
	if p.picture == nil {
		return
	}
	viewer, room := ui.NewViewer(), p.desk.Window.Canvas().Size()
	viewer.SetImage(p.picture)
	dialog := ui.NewDialog(p.desk.Window, "缴费凭证 · "+p.order.Number)
	dialog.Width, dialog.NoCancel = room.Width, true
	tools := ui.Row(0, ui.NewIconButton("zoom-out", "缩小", viewer.ZoomOut), ui.NewIconButton("zoom-in", "放大", viewer.ZoomIn), ui.NewIconButton("scan", "适合窗口", viewer.Fit),
		ui.NewIconButton("rotate-ccw", "向左转 90°", viewer.RotateLeft), ui.NewIconButton("rotate-cw", "向右转 90°", viewer.RotateRight), ui.Space())
	for i, voucher := range p.order.Vouchers {
		if len(p.order.Vouchers) > 1 {
			tools.Add(ui.NewLink(fmt.Sprintf("%d. %s", i+1, voucher.Name), func() { p.showIn(viewer, voucher) }))
			tools.Add(ui.Gap(12))
		}
	}
	dialog.Body = ui.Column(4, tools, ui.Fixed(max(200, room.Height-dialogMargin-36), viewer))
	dialog.AddLeading(ui.NewText("滚轮缩放，按住拖动，双击适合窗口", theme.Secondary))
	dialog.SetDefault("关闭", nil)
	dialog.Show()
}

// invoiceCard shows what is invoiced to whom.
func (p *Details) invoiceCard() fyne.CanvasObject {
	i := p.order.Invoice
	pill := ui.NewPill(string(i.State), invoiceTone(i.State))
	column := ui.Column(6)
	if i.Number != "" {
		copied := ui.NewSmallIconButton("copy", "复制发票号码", theme.Primary, func() {
			fyne.CurrentApp().Clipboard().SetContent(i.Number)
			p.desk.Toast("已复制发票号码。")
		})
		column.Add(fact("发票号码", ui.GroupText(i.Number, ui.GroupsOfFour), copied))
		column.Add(fact("开票日期", string(i.IssuedOn)))
	}
	column.Add(fact("发票抬头", orDash(i.Title)))
	if i.Number == "" {
		column.Add(fact("识别号", orDash(ui.GroupText(i.TaxNumber, ui.GroupsOfFour))))
		column.Add(fact("用户邮箱", orDash(i.Email)))
	}
	column.Add(ui.Row(0, ui.Fixed(factName, ui.NewText("价税合计", theme.Secondary)), ui.NewBold(p.order.Total().String())))
	return ui.NewTitledCard("发票", column, pill)
}

// factName is the width of a fact's name in the side cards, in px.
const factName float32 = 72

func fact(name, value string, trailing ...fyne.CanvasObject) fyne.CanvasObject {
	row := ui.Row(0, ui.Fixed(factName, ui.NewText(name, theme.Secondary)), ui.Wide(ui.NewElidedText(value, theme.Text)))
	for _, o := range trailing {
		row.Add(ui.Fixed(16, o))
	}
	return ui.Fixed(20, row)
}

// historyCard lists what happened to the order, the newest first.
func (p *Details) historyCard() fyne.CanvasObject {
	events := make([]ui.Event, 0, len(p.events))
	for _, event := range p.events[:min(len(p.events), historyLimit)] {
		when := shortDay(string(event.At))
		if clock := event.At.Time(); !clock.IsZero() {
			when += " " + clock.Format("15:04")
		}
		title, note := headline(event.Title)
		if note != "" {
			note += " · "
		}
		events = append(events, ui.Event{Tone: eventTone(event.Action), Title: title, Note: note + event.Note, When: when})
	}
	log := ui.NewLink("操作日志", func() { p.desk.Go(desk.Log, p.order.Number) })
	return ui.NewTitledCard("经过", ui.NewTimeline(events...), log)
}

// headlineLength is how many characters of an event fit beside its date.
const headlineLength = 14

// headline parts a sentence into what fits in one line and the rest, at a comma.
func headline(sentence string) (title, rest string) {
	if len([]rune(sentence)) <= headlineLength {
		return sentence, ""
	}
	for at, r := range sentence {
		if r != '，' && r != '；' && r != '：' {
			continue
		}
		if title != "" && len([]rune(sentence[:at])) > headlineLength {
			break
		}
		title, rest = sentence[:at], sentence[at+len(string(r)):]
	}
	if title == "" {
		return sentence, ""
	}
	return title, rest
}

// eventTone colours a line of the history by its slug, such as order.approve.
func eventTone(action string) ui.Tone {
	switch action[strings.LastIndex(action, ".")+1:] {
	case "approve", "invoice", "run":
		return ui.ToneSuccess
	case "submit", "ready":
		return ui.TonePrimary
	case "reject", "void", "reverse":
		return ui.ToneDanger
	}
	return ui.ToneNeutral
}
