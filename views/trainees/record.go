package trainees

import (
	"fmt"
	"sort"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// dated is an event with its time, so that several kinds sort together.
type dated struct {
	at    data.Moment
	event ui.Event
}

// events tells what happened to the trainee, the newest first.
func (d *details) events() []ui.Event {
	var all []dated
	for _, entry := range d.person.entries {
		title, tone := "充值 "+entry.Amount.String()+" 元", ui.ToneSuccess
		if entry.ReversalOf != 0 {
			title, tone = "冲正 "+entry.Amount.String()+" 元", ui.ToneDanger
		}
		all = append(all, dated{entry.At, ui.Event{Tone: tone, Title: title, Note: joined(" ・ ", "批次 "+entry.BatchNumber, entry.User, entry.Reason)}})
	}
	for _, hours := range d.person.hours {
		all = append(all, dated{hours.CreatedAt, ui.Event{Tone: ui.TonePrimary, Title: "线下学时 " + hours.Hours.String(), Note: joined(" ・ ", hours.Title, hours.Organizer)}})
	}
	added := false
	for _, line := range d.person.audit {
		added = added || line.Action == "trainee.add"
		all = append(all, dated{line.At, ui.Event{Tone: ui.ToneNeutral, Title: line.Detail, Note: line.User}})
	}
	if !added {
		all = append(all, dated{d.person.trainee.CreatedAt, ui.Event{Tone: ui.ToneNeutral, Title: "加入学员名单", Note: "导入学员"}})
	}
	if t := d.person.trainee; t.UpdatedAt > t.CreatedAt && !told(d.person.audit, t.UpdatedAt) {
		all = append(all, dated{t.UpdatedAt, ui.Event{Tone: ui.ToneNeutral, Title: "资料有更新", Note: "导入学员，或和别人一起修改"}})
	}
	sort.SliceStable(all, func(a, b int) bool { return all[a].at > all[b].at })
	year := d.screen.service.Now()
	events := make([]ui.Event, len(all))
	for place, one := range all {
		events[place] = one.event
		events[place].When = shortDay(one.at, year)
	}
	return events
}

// told tells whether a line of 操作日志 about the trainee has this time.
func told(lines []data.AuditEntry, at data.Moment) bool {
	for _, line := range lines {
		if line.At == at {
			return true
		}
	}
	return false
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
