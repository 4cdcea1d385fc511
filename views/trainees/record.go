package trainees

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// tones colour the events.
var tones = map[data.EventKind]ui.Tone{
	data.EventRecharge: ui.ToneSuccess, data.EventReversal: ui.ToneDanger, data.EventHours: ui.TonePrimary,
	data.EventReset: ui.ToneWarning, data.EventMerged: ui.TonePrimary, data.EventUndone: ui.ToneWarning,
	data.EventAdded: ui.ToneNeutral, data.EventChanged: ui.ToneNeutral, data.EventSeen: ui.ToneNeutral,
}

// lines writes events for a timeline: one line of what changed, as far as it goes.
func (d *details) lines(events []data.TraineeEvent) []ui.Event {
	now := d.screen.service.Now()
	lines := make([]ui.Event, len(events))
	for place, event := range events {
		lines[place] = ui.Event{Tone: tones[event.Kind], Title: event.Title, Note: joined(" ・ ", strings.Join(changed(event), "；"), event.Note, event.User), When: shortDay(event.At, now)}
	}
	return lines
}

// changed writes an event's changes: 手机号 138****0417 → 139****0001.
func changed(event data.TraineeEvent) []string {
	var texts []string
	for _, change := range event.Changes {
		texts = append(texts, fmt.Sprintf("%s %s → %s", change.Label, orBlank(change.Old), orBlank(change.New)))
	}
	return texts
}

func orBlank(value string) string {
	if value == "" {
		return "（空）"
	}
	return desk.ShownPath(value)
}

// recordTab tells everything, each change on a line of its own; what can be taken back has its link.
func (d *details) recordTab() fyne.CanvasObject {
	column := ui.Column(14)
	for _, event := range d.person.events {
		head := ui.Row(8, ui.NewDot(dots[tones[event.Kind]], 8), ui.Wide(ui.NewElidedText(event.Title, theme.Text)))
		if id := event.ChangeID; id != 0 {
			head.Add(ui.NewLink("撤销", func() { d.screen.undo(id) }))
		}
		part := ui.Column(2, head)
		for _, text := range append(changed(event), joined(" ・ ", event.Note), joined(" ・ ", shortMinute(event.At), event.User)) {
			if text != "" {
				part.Add(ui.Pad(16, 0, 0, 0, ui.NewCaptionParagraph(text, theme.Secondary)))
			}
		}
		column.Add(part)
	}
	return column
}

// dots are the colours of a line's dot by its tone.
var dots = map[ui.Tone]theme.Role{ui.ToneNeutral: theme.Secondary, ui.TonePrimary: theme.Primary, ui.ToneSuccess: theme.Success, ui.ToneWarning: theme.Warning, ui.ToneDanger: theme.Danger}

// shortMinute cuts the seconds off a time.
func shortMinute(at data.Moment) string {
	const length = len("2006-01-02 15:04")
	if len(at) < length {
		return string(at)
	}
	return string(at[:length])
}

// shortDay writes a day without its year where that is the present one: 06-17.
func shortDay(at, now data.Moment) string {
	day := string(at.Date())
	if today := string(now.Date()); len(day) == 10 && len(today) == 10 && day[:5] == today[:5] {
		return day[5:]
	}
	return day
}

func (d *details) hoursTab() fyne.CanvasObject {
	column := ui.Column(12)
	if d.person.plan.ID != 0 {
		column.Add(d.hoursBar())
		column.Add(d.otherYears())
		column.Add(ui.NewLine())
	}
	if len(d.person.hours) == 0 {
		column.Add(ui.NewParagraph("还没有线下学时。可以在“线下档案管理”里批量导入。", theme.Secondary))
		column.Add(ui.Row(0, ui.NewLink("批量导入线下学时", func() { d.screen.desk.Go(desk.ImportHours, nil) })))
		return column
	}
	for _, hours := range d.person.hours {
		title := ui.NewElidedText(hours.Title, theme.Text)
		note := joined(" ・ ", period(hours.StartsOn, hours.EndsOn), hours.Category, hours.Form)
		column.Add(ui.Column(0, ui.Row(8, ui.Wide(title), ui.NewBold(hours.Hours.String())), ui.NewCaptionParagraph(note, theme.Secondary)))
	}
	return column
}

// otherYears tells in a line each how the other plans' 考核值 were reached, and leads to the 学习档案.
func (d *details) otherYears() fyne.CanvasObject {
	column := ui.Column(4)
	for _, year := range d.person.years {
		if year.Plan.ID == d.person.plan.ID {
			continue
		}
		rest := "已达标"
		if missing := year.Missing(); missing > 0 {
			rest = "还差 " + missing.String()
		}
		column.Add(ui.Row(8, ui.NewText(fmt.Sprintf("%d年", year.Plan.Year), theme.Secondary), ui.Space(),
			ui.NewCaption(year.Total().String()+" / "+year.Plan.Target.String()+"　"+rest, theme.Secondary)))
	}
	id := d.id
	column.Add(ui.Row(0, ui.NewLink("打开学习档案", func() { d.screen.desk.Go(desk.Learning, id) })))
	return column
}

// period writes the days of a training once where it is one day.
func period(from, to data.Date) string {
	if from == to {
		return string(from)
	}
	return fmt.Sprintf("%s 至 %s", from, to)
}

func (d *details) moneyTab() fyne.CanvasObject {
	row := d.person.row
	column := ui.Column(12, ui.Column(0,
		amountLine("账户余额", row.Balance),
		amountLine(fmt.Sprintf("其中 %d 年计划", d.person.plan.Year), row.Recharged)), ui.NewLine())
	if len(d.person.entries) == 0 {
		column.Add(ui.NewParagraph("还没有充值。", theme.Secondary))
		return column
	}
	for _, entry := range d.person.entries {
		amount := ui.NewText(entry.Amount.String(), theme.Text)
		if entry.Amount < 0 {
			amount.Role = theme.TextDanger
		}
		note := joined(" ・ ", string(entry.At.Date()), "批次 "+entry.BatchNumber, entry.Reason)
		column.Add(ui.Column(0, ui.Row(8, ui.Wide(ui.NewElidedText(entry.PlanName, theme.Text)), amount), ui.NewCaptionParagraph(note, theme.Secondary)))
	}
	return column
}

func amountLine(name string, amount data.Money) fyne.CanvasObject {
	return ui.Fixed(factHeight, ui.Row(8, ui.NewText(name, theme.Secondary), ui.Space(), ui.NewText(amount.String()+" 元", theme.Text)))
}
