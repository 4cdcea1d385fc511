package letters

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// letterDetails is what the drawer shows of a letter.
type letterDetails struct {
	row            data.LetterRow
	steps          []data.LetterStep
	scans          []data.LetterScan
	contradictions []string
}

// loadLetter shows the chosen letter of the register.
func (s *Screen) loadLetter() {
	row := slices.Index(s.found.letters.IDs(), s.letter)
	if row < 0 {
		s.register.CloseRow()
		s.host.SetOpen(false)
		return
	}
	id := s.letter
	s.register.Mark(row)
	s.drawer.OnStep = s.register.OpenStep
	desk.Load(s.desk, &s.details, func(ctx context.Context) (letterDetails, error) {
		rows, err := s.service.LetterRows(ctx, []int64{id})
		if err != nil {
			return letterDetails{}, err
		}
		details := letterDetails{row: rows[0]}
		if details.steps, err = s.service.LetterHistory(ctx, id); err != nil {
			return details, err
		}
		if details.scans, err = s.service.LetterScans(ctx, id); err != nil {
			return details, err
		}
		details.contradictions, err = s.service.LetterContradictions(ctx, id)
		return details, err
	}, func(details letterDetails) {
		if s.letter == id && s.tabs.Selected() == tabRegister {
			s.showLetter(details)
		}
	})
}

func (s *Screen) showLetter(d letterDetails) {
	content := d.row.Content
	s.drawer.SetTitle(d.row.Number, ui.NewPill(string(d.row.State), letterTone(d.row.State)))
	amount := ui.Row(6, ui.NewTitle(content.Total().String()), ui.NewText("元", theme.Text), ui.Gap(6), ui.NewCaption(desk.Thousands(content.People())+" 人", theme.Secondary))
	body := ui.Column(12, amount, ui.NewLine(), s.letterFacts(d.row))
	switch {
	case d.row.State == data.LetterVoid:
		body.Add(ui.NewNote(ui.ToneNeutral, "", voidWords(d)))
	case len(d.contradictions) > 0:
		body.Add(ui.NewNote(ui.ToneDanger, "与订单不一致　", strings.Join(d.contradictions, "、")+"后来有改动。这一份不要再寄出，请作废并生成新的。"))
		body.Add(ui.Row(0, ui.NewButton("作废并生成新的", "refresh-cw", func() { s.renew(d.row) }), ui.Space()))
	}
	body.Add(ui.NewLine())
	body.Add(s.scanPart(d))
	body.Add(ui.NewLine())
	body.Add(ui.Column(8, ui.NewSection("经过"), timeline(d.steps)))
	s.drawer.SetBody(body)
	s.setLetterFooter(d)
	s.host.SetOpen(true)
}

func (s *Screen) letterFacts(letter data.LetterRow) fyne.CanvasObject {
	content := letter.Content
	facts := ui.Column(6, keyParagraph("培训计划", content.PlanName))
	for at, id := range letter.OrderIDs {
		name := ""
		if at == 0 {
			name = "订单"
		}
		facts.Add(ui.NewKeyObject(name, ui.NewLink(content.Orders[at].Number, func() { s.desk.Go(desk.OrderDetails, id) })))
	}
	list := map[data.LetterList]string{data.ListNone: "不附", data.ListMasked: "附，隐藏部分证件号", data.ListWhole: "附，完整证件号"}
	facts.Add(ui.NewKeyValue("人员名单", list[content.ListKind()]))
	facts.Add(ui.NewKeyValue("收件人", content.Mailing.Recipient))
	if letter.Carrier != "" {
		facts.Add(ui.NewKeyValue("寄送", letter.Carrier))
	}
	if tracking := letter.Tracking; tracking != "" {
		facts.Add(ui.NewKeyValue("运单号", tracking, ui.NewSmallIconButton("copy", "复制", theme.Secondary, func() {
			ui.Copy(tracking)
			s.desk.Toast("运单号已复制。")
		})))
	}
	return facts
}

func voidWords(d letterDetails) string {
	text := "这一份已作废，不要再寄出，编号不会再用。"
	if d.row.Last.Note != "" {
		text += "原因：" + d.row.Last.Note + "。"
	}
	if d.row.ReplacedBy != "" {
		text += "新的一份是 " + d.row.ReplacedBy + "。"
	}
	return text
}

// timeline shows a letter's steps, the newest first.
func timeline(steps []data.LetterStep) fyne.CanvasObject {
	var events []ui.Event
	for at := range steps {
		step := steps[len(steps)-1-at]
		event := ui.Event{Tone: letterTone(step.State), Title: string(step.State), When: monthDay(step.On)}
		if step.Back {
			event.Tone, event.Title = ui.ToneWarning, "退回到"+string(step.State)
		}
		var notes []string
		for _, note := range []string{strings.TrimSpace(step.Carrier + " " + step.Tracking), step.Note, step.User} {
			if note != "" {
				notes = append(notes, note)
			}
		}
		event.Note = strings.Join(notes, " · ")
		events = append(events, event)
	}
	return ui.NewTimeline(events...)
}

// monthDay writes a day short: 6月17日.
func monthDay(day data.Date) string {
	at := day.Time()
	return fmt.Sprintf("%d月%d日", at.Month(), at.Day())
}

// setLetterFooter offers the next step, the preview and, under ⋯, what is rare.
func (s *Screen) setLetterFooter(d letterDetails) {
	letter := d.row
	show := ui.NewButton("预览", "eye", func() { s.preview([]data.LetterRow{letter}) })
	more := ui.NewMoreButton(func() []ui.MenuItem {
		_, back := letter.State.Previous()
		return []ui.MenuItem{
			{Label: "添加回签扫描件…", Icon: "paperclip", Action: func() { s.chooseScan(letter.ID) }},
			{Label: "退回一步…", Icon: "undo-2", Disabled: !back, Action: func() { s.askBack(letter) }},
			{Label: "作废…", Icon: "ban", Danger: true, Separated: true, Disabled: letter.State == data.LetterVoid, Action: func() { s.askVoid(letter) }},
		}
	})
	next, ok := letter.State.Next()
	if !ok {
		s.drawer.SetFooter(ui.Wide(show), more)
		return
	}
	s.drawer.SetFooter(ui.Wide(ui.NewFilledButton("登记"+string(next), "check", func() { s.askStep([]data.LetterRow{letter}, next) })), show, more)
}
