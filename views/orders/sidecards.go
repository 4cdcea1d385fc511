package orders

import (
	"context"
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
	historyLimit         = 40
)

// gapsCard lists why an order cannot be submitted yet; a click goes to the field. It is nil where nothing is missing.
func (p *Details) gapsCard() fyne.CanvasObject {
	missing := errorsIn(p.gaps)
	if !p.order.Editable() || len(missing) == 0 {
		return nil
	}
	list := ui.NewMissingList(func(field string) {
		if name, ours := strings.CutPrefix(field, "profile."); ours {
			p.desk.Go(desk.Profile, name)
			return
		}
		p.desk.Go(desk.Payment, desk.ResumePayment{OrderID: p.id, Field: field})
	})
	list.Goal = "提交"
	items := make([]ui.Missing, len(missing))
	for i, one := range missing {
		label := one.Where.Column
		if label == "" {
			label, one.What = strings.TrimSuffix(one.What, "。"), one.Fix
		}
		items[i] = ui.Missing{Key: one.Where.Field, Label: label, Problem: one.What}
	}
	list.SetItems(items)
	return list
}

// voucherCard shows the first picture, and what stands on it beside what was typed.
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
	enlarge.Icon, enlarge.IconRole = "maximize", theme.Primary
	words := ui.Column(0, ui.NewElidedText(voucher.Name, theme.Text), ui.NewCaption(pictureNote(voucher), theme.Secondary), ui.Gap(8))
	for _, line := range p.proof(voucher) {
		words.Add(line)
	}
	if more := len(p.order.Vouchers) - 1; more > 0 {
		words.Add(ui.NewCaption(fmt.Sprintf("另有 %d 张", more), theme.Secondary))
	}
	picture := ui.Row(12, ui.FixedFill(thumbWidth, p.thumbnail()), ui.Wide(words))
	return ui.NewTitledCard("缴费凭证", ui.Column(0, ui.Fixed(thumbHeight, picture)), enlarge)
}

// proofLines is how many lines about a voucher have room beside its picture.
const proofLines = 2

// proof says whether the receipt agrees; where it has no text, what must stand on it.
func (p *Details) proof(voucher data.Voucher) []fyne.CanvasObject {
	var differs, agrees []fyne.CanvasObject
	for _, check := range data.CheckReceipt(voucher, p.order) {
		if check.Agrees {
			agrees = append(agrees, ui.Row(4, ui.NewIcon("circle-check", theme.Success), ui.NewText(check.Label+"一致", theme.TextSuccess)))
		} else {
			differs = append(differs, ui.Row(4, ui.NewIcon("circle-alert", theme.Danger), ui.Wide(ui.NewElidedText(check.Label+"不一致："+check.Said, theme.TextDanger))))
		}
	}
	lines := append(differs, agrees...)
	if len(lines) == 0 {
		return []fyne.CanvasObject{factLine("金额应为", p.order.Total().String()), factLine("收款卡号", desk.Tail(p.order.Payee.Account))}
	}
	return lines[:min(len(lines), proofLines)]
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

// enlarge shows the pictures in the whole window.
func (p *Details) enlarge() {
	if p.picture == nil {
		return
	}
	vouchers := p.order.Vouchers
	view := &ui.FullView{Title: "缴费凭证 · " + p.order.Number}
	for _, voucher := range vouchers {
		view.Names = append(view.Names, voucher.Name)
	}
	view.Load = func(index int, show func(image.Image)) {
		var picture image.Image
		p.desk.Do(func(ctx context.Context) error {
			var err error
			picture, err = p.service.VoucherImage(ctx, vouchers[index])
			picture = ui.Halved(picture)
			return err
		}, func() { show(picture) })
	}
	view.Show(p.desk.Window, 0)
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

// revisionsCard tells what each revision changed; an order that was never revised has no such card.
func (p *Details) revisionsCard() fyne.CanvasObject {
	if len(p.revisions) == 0 {
		return nil
	}
	column := ui.Column(4)
	for i, one := range p.revisions {
		when := "正在修订"
		if one.at != "" {
			when = string(one.at.Date()) + " 提交"
		}
		if i > 0 {
			column.Add(ui.Gap(4))
		}
		column.Add(ui.Row(8, ui.NewBold(fmt.Sprintf("第 %d 版", one.number)), ui.Space(), ui.NewCaption(when, theme.Secondary)))
		for _, change := range one.changes {
			column.Add(ui.NewCaptionParagraph(change.String(), theme.Text))
		}
		if len(one.changes) == 0 && one.number > 1 {
			column.Add(ui.NewCaption("没有改动", theme.Secondary))
		}
	}
	return ui.NewTitledCard("修订", column, ui.NewPill(fmt.Sprintf("第 %d 版", p.order.Revision), ui.ToneNeutral))
}

// historyCard lists what happened to the order, the newest first.
func (p *Details) historyCard() fyne.CanvasObject {
	events := make([]ui.Event, 0, len(p.events))
	for _, event := range p.events[:min(len(p.events), historyLimit)] {
		when := desk.MonthDay(string(event.At))
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
