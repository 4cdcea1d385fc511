package importer

import (
	"fmt"
	"sort"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// open shows a row in the panel.
func (p *preview) open(row int) {
	if row < 0 || row >= len(p.places[p.tab]) {
		return
	}
	shown := p.row(row)
	title := fmt.Sprintf("第 %d 行", shown.Source.Number)
	if person := p.shown(shown, "name"); person != "" {
		title += " " + person
	}
	p.panel.SetTitle(title)
	p.panel.SetBody(p.body(shown))
}

// body tells of a row: its problems, what an update changes, and the columns that the table does not show.
func (p *preview) body(row *data.ImportRow) fyne.CanvasObject {
	column := ui.Column(12)
	add := func(part fyne.CanvasObject) {
		if len(column.Objects) > 0 {
			column.Add(ui.NewLine())
		}
		column.Add(part)
	}
	for _, level := range []data.Level{data.LevelError, data.LevelWarning} {
		for _, problem := range row.Problems {
			if problem.Level == level {
				add(p.trouble(row, problem))
			}
		}
	}
	if len(row.Changes) > 0 {
		add(changes(row.Changes))
	}
	if mended := fixed(row); mended != nil {
		add(mended)
	}
	if len(column.Objects) == 0 {
		add(ui.NewParagraph(plainWords[row.Outcome], theme.Secondary))
	}
	add(p.others(row))
	return column
}

// plainWords say what becomes of a row without problems.
var plainWords = map[data.Outcome]string{
	data.OutcomeNew:       "没有问题，导入时新增。",
	data.OutcomeUpdated:   "没有问题，导入时更新。",
	data.OutcomeUnchanged: "和系统里的一样，不会改动。",
	data.OutcomeSkipped:   "不导入这一行。",
}

// trouble shows a problem's three parts; red is for what blocks, a warning's words stay dark.
func (p *preview) trouble(row *data.ImportRow, problem data.Problem) fyne.CanvasObject {
	where := problem.Where
	where.Sheet = ""
	place := where.String()
	if where.Cell == "" && where.Row == 0 {
		place = fmt.Sprintf("第 %d 行", row.Source.Number)
	}
	if problem.Level == data.LevelError {
		return ui.NewTroubleParts(place, problem.What, problem.Fix)
	}
	parts := ui.Column(8, ui.Column(0, ui.NewCaption("在哪里", theme.Secondary), ui.NewParagraph(place, theme.Text)),
		ui.Column(0, ui.NewCaption("是什么", theme.Secondary), ui.NewParagraph(problem.What, theme.TextWarning)))
	if problem.Fix != "" {
		parts.Add(ui.Column(0, ui.NewCaption("怎么改", theme.Secondary), ui.NewParagraph(problem.Fix, theme.Text)))
	}
	return parts
}

// changes shows an update's fields, old → new.
func changes(list []data.Change) fyne.CanvasObject {
	column := ui.Column(6, ui.NewCaption("会改动这些内容", theme.Secondary))
	for _, change := range list {
		change = maskChange(change)
		old := change.Old
		if old == "" {
			old = "（空）"
		}
		values := ui.Column(0, ui.NewParagraph(shownPath(old), theme.Secondary), ui.Row(4, ui.Top(ui.Pad(0, 3, 0, 0, ui.NewSizedIcon("arrow-right", theme.Primary, 14))), ui.Wide(ui.NewParagraph(shownPath(change.New), theme.Text))))
		column.Add(ui.Row(0, name(change.Label), ui.Grow(values)))
	}
	return column
}

// labelWidth is a fact's name in px.
const labelWidth float32 = 84

// fixed lists what was mended by itself.
func fixed(row *data.ImportRow) fyne.CanvasObject {
	column := ui.Column(4, ui.NewCaption("已自动修正", theme.Secondary))
	for _, problem := range row.Problems {
		if problem.Level == data.LevelFixed {
			column.Add(ui.NewParagraph(problem.What, theme.Text))
		}
	}
	if len(column.Objects) == 1 {
		return nil
	}
	return column
}

// others lists the row's filled columns; personal numbers are masked.
func (p *preview) others(row *data.ImportRow) fyne.CanvasObject {
	column := ui.Column(4, ui.NewCaption("这一行的各列", theme.Secondary))
	for _, declared := range p.screen.kind.form.Columns {
		if value := p.shownField(row, declared.Key); value != "" {
			column.Add(fact(declared.Header, value))
		}
	}
	extra := row.Trainee.Extra
	if p.screen.kind.hours() {
		extra = row.Hours.Extra
	}
	headers := make([]string, 0, len(extra))
	for header := range extra {
		headers = append(headers, header)
	}
	sort.Strings(headers)
	for _, header := range headers {
		column.Add(fact(header, extra[header]))
	}
	return column
}

func fact(label, value string) fyne.CanvasObject {
	return ui.Row(0, name(label), ui.Grow(ui.NewParagraph(value, theme.Text)))
}

// name is a fact's label at the upper edge of its row.
func name(label string) fyne.CanvasObject {
	return ui.FixedFill(labelWidth, ui.Column(0, ui.NewElidedText(label, theme.Secondary)))
}
