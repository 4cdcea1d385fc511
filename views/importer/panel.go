package importer

import (
	"fmt"
	"sort"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// open shows a row in the panel.
func (p *preview) open(row int) {
	if row < 0 || row >= len(p.looked) {
		return
	}
	if p.openAt != row || p.editing != "" && p.opened != p.row(row).Source.Number {
		p.editing = ""
	}
	p.openAt = row
	shown := p.row(row)
	p.opened = shown.Source.Number
	title := fmt.Sprintf("第 %d 行", shown.Source.Number)
	if person := p.shown(shown, "name"); person != "" {
		title += " " + person
	}
	p.panel.SetTitle(title)
	p.fillPanel(shown)
}

func (p *preview) fillPanel(row *data.ImportRow) {
	p.shownBody = p.body(row)
	p.panel.SetBody(p.shownBody)
}

// edit shows the field that changes a column of the open row.
func (p *preview) edit(key string) {
	p.editing = key
	p.fillPanel(p.row(p.openAt))
	p.focusEditor()
}

// focusEditor puts the keyboard into the field that mends the open row.
func (p *preview) focusEditor() {
	if p.editor != nil {
		p.screen.desk.Window.Canvas().Focus(p.editor.target())
	}
}

// body tells of a row: its problems and what mends them, what an update changes, and the row's columns.
func (p *preview) body(row *data.ImportRow) fyne.CanvasObject {
	column := ui.Column(12)
	add := func(part fyne.CanvasObject) {
		if len(column.Objects) > 0 {
			column.Add(ui.NewLine())
		}
		column.Add(part)
	}
	troubles := shownProblems(row)
	if len(troubles) > 0 {
		add(p.trouble(row, troubles[0]))
		add(p.remedies(row, troubles))
	}
	for place := 1; place < len(troubles); place++ {
		add(p.trouble(row, troubles[place]))
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
	if len(troubles) == 0 {
		add(p.remedies(row, nil))
	}
	add(p.others(row))
	return column
}

// shownProblems are what a person has to read about a row: what blocks it, what is to be confirmed, why it is left out.
func shownProblems(row *data.ImportRow) []data.Problem {
	var shown []data.Problem
	for _, level := range []data.Level{data.LevelError, data.LevelWarning, data.LevelFixed} {
		for _, problem := range row.Problems {
			if problem.Level == level && (level != data.LevelFixed || leftOut(problem)) {
				shown = append(shown, problem)
			}
		}
	}
	return shown
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
	role := theme.TextWarning
	if row.Outcome == data.OutcomeSkipped {
		role = theme.Text
	}
	parts := ui.Column(8, ui.Column(0, ui.NewCaption("在哪里", theme.Secondary), ui.NewParagraph(place, theme.Text)),
		ui.Column(0, ui.NewCaption("是什么", theme.Secondary), ui.NewParagraph(problem.What, role)))
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
		values := ui.Column(0, ui.NewParagraph(desk.ShownPath(old), theme.Secondary), ui.Row(4, ui.Top(ui.Pad(0, 3, 0, 0, ui.NewSizedIcon("arrow-right", theme.Primary, 14))), ui.Wide(ui.NewParagraph(desk.ShownPath(change.New), theme.Text))))
		column.Add(ui.Row(0, name(change.Label), ui.Grow(values)))
	}
	return column
}

// labelWidth is a fact's name in px.
const labelWidth float32 = 92

// fixed lists what was mended by itself.
func fixed(row *data.ImportRow) fyne.CanvasObject {
	column := ui.Column(4, ui.NewCaption("已自动修正", theme.Secondary))
	for _, problem := range row.Problems {
		if problem.Level == data.LevelFixed && !leftOut(problem) {
			column.Add(ui.NewParagraph(problem.What, theme.Text))
		}
	}
	if len(column.Objects) == 1 {
		return nil
	}
	return column
}

// others lists the row's filled columns, each with the way to change it; personal numbers are masked.
func (p *preview) others(row *data.ImportRow) fyne.CanvasObject {
	column := ui.Column(2, ui.NewCaption("这一行的各列", theme.Secondary))
	for place, declared := range p.screen.kind.form.Columns {
		value := p.shownField(row, declared.Key)
		if value == "" && !p.inFile(place) {
			continue
		}
		column.Add(p.changeable(row, declared, value))
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

// inFile tells whether the file has a column of the form.
func (p *preview) inFile(place int) bool {
	return place < len(p.plan.Heading.Columns) && p.plan.Heading.Columns[place] >= 0
}

// changeable is a fact with a pencil; what a person put there is marked.
func (p *preview) changeable(row *data.ImportRow, column data.Column, value string) fyne.CanvasObject {
	role := theme.Text
	if isMended(row, column.Key) {
		role = theme.TextPrimary
	}
	if value == "" {
		value, role = "–", theme.Secondary
	}
	pencil := ui.NewSmallIconButton("pencil", "改“"+column.Header+"”", theme.Secondary, func() { p.edit(column.Key) })
	return ui.Row(0, name(column.Header), ui.Grow(ui.NewParagraph(value, role)), ui.Top(pencil))
}

func isMended(row *data.ImportRow, key string) bool {
	for _, mended := range row.Mended {
		if mended == key {
			return true
		}
	}
	return false
}

func fact(label, value string) fyne.CanvasObject {
	return ui.Row(0, name(label), ui.Grow(ui.NewParagraph(value, theme.Text)))
}

// name is a fact's label at the upper edge of its row.
func name(label string) fyne.CanvasObject {
	return ui.FixedFill(labelWidth, ui.Column(0, ui.NewElidedText(label, theme.Secondary)))
}
