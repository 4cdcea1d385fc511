package importer

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// goal is where the keyboard goes in the table once a decision has been judged: the place of a row in the plan and a column.
type goal struct {
	set    bool
	place  int
	column string
}

// editInTable lets cells be changed where they stand: F2, a double click or typing begins, Space leaves a row out or takes it,
// Delete empties a cell, and cells pasted from a spreadsheet fill downwards.
func (p *preview) editInTable(table *ui.DataTable) {
	table.Cells, table.Ticks = true, true
	table.OnEdit = p.editCell
	table.OnPaste = p.paste
	table.OnTick = func() { p.footer.show() }
	table.OnCursor = func(row int, _ string) {
		if row != table.OpenRow() {
			table.Open(row)
		}
	}
	table.OnCell = func(row int, _ string) { p.turn(p.row(row)) }
	table.OnKey = p.key
	table.OnMenu = p.rowItems
}

// rowItems are what a row's menu offers.
func (p *preview) rowItems(row int) []ui.MenuItem {
	shown := p.row(row)
	take := ui.MenuItem{Label: "跳过这一行", Icon: "x", Note: "空格", Action: func() { p.turn(shown) }}
	if shown.Outcome == data.OutcomeSkipped {
		take.Label, take.Icon = "导入这一行", "check"
	}
	_, column := p.table.Current()
	edit := ui.MenuItem{Label: "改这一格", Icon: "pencil", Note: "F2", Action: func() { p.editCell(row, column, "") }}
	edit.Disabled = p.screen.kind.form.Column(column) < 0
	return []ui.MenuItem{edit, take}
}

// key is asked before the table uses a key itself.
func (p *preview) key(row int, column string, name fyne.KeyName) bool {
	switch name {
	case fyne.KeySpace:
		switch {
		case p.tab == tabSkipped:
			p.takeTicked()
		default:
			p.leaveTicked()
		}
	case fyne.KeyDelete:
		shown := p.row(row)
		if p.screen.kind.form.Column(column) < 0 || p.written(shown, column) == "" {
			return false
		}
		p.screen.mend(data.SetCell(shown.Source.Number, column, ""), "")
	case fyne.KeyReturn, fyne.KeyEnter:
		p.editCell(row, column, "")
	default:
		return false
	}
	return true
}

// turn leaves a row out, or takes it after all.
func (p *preview) turn(row *data.ImportRow) {
	if row.Outcome == data.OutcomeSkipped {
		p.screen.mend(data.TakeRows(row.Source.Number), "")
		return
	}
	p.screen.mend(data.LeaveRows(row.Source.Number), "")
}

// editCell opens the input over a cell. In the columns that are not the form's it goes to what the row's first problem is about.
func (p *preview) editCell(row int, column, typed string) {
	form := p.screen.kind.form
	if form.Column(column) < 0 {
		if column = p.troubled(shownProblems(p.row(row))); form.Column(column) < 0 {
			return
		}
	}
	declared := form.Columns[form.Column(column)]
	number, written := p.row(row).Source.Number, p.written(p.row(row), column)
	edit := ui.CellEdit{Text: typed, Placeholder: declared.Example}
	if typed == "" {
		edit.Text, edit.Whole = written, true
	}
	switch declared.Kind {
	case data.KindIDNumber:
		edit.Groups = ui.GroupsIdentity
	case data.KindMobile:
		edit.Groups = ui.GroupsMobile
	case data.KindOrganization:
		edit.Options = placeOptions(p.tree)
	case data.KindChoice, data.KindDocumentType:
		edit.Options = ui.Words(declared.Choices...)
	}
	edit.Done = func(text string, step ui.CellStep) { p.entered(row, number, declared, written, text, step) }
	p.table.EditCell(row, column, edit)
}

// placeOptions offer organisations by what a cell must say to mean them: their path.
func placeOptions(tree data.OrganizationTree) []ui.Option {
	options := organizationOptions(tree)
	for place, organization := range tree.List() {
		options[place].Key = organization.Path
		if organization.Path == "" {
			options[place].Key = organization.Name
		}
	}
	return options
}

// entered moves the keyboard on and judges what was typed into a cell. Where other rows say the same wrong thing, they can be
// changed with one more click.
func (p *preview) entered(row, number int, column data.Column, before, text string, step ui.CellStep) {
	p.goal = p.goalFrom(row, column.Key, step)
	text = data.CleanText(text)
	if text == before {
		p.fill()
		return
	}
	others := 0
	if before != "" && alikeKinds[column.Kind] && !data.LooksLikeIDNumber(before) {
		others = p.sameRows(column.Key, before) - 1
	}
	p.screen.decide(data.SetCell(number, column.Key, text), func() {
		if others > 0 {
			p.offerAlike(others, column, before, text)
		}
	})
}

// offerAlike asks whether the other rows that say the same shall be changed too.
func (p *preview) offerAlike(others int, column data.Column, before, text string) {
	shown := text
	if shown == "" {
		shown = "（空）"
	}
	ui.ShowToast(p.screen.desk.Window, ui.Toast{
		Text:   fmt.Sprintf("还有 %s的“%s”也是“%s”。", rowsWords(others), column.Header, desk.ShownPath(before)),
		Action: "一起改为“" + desk.ShownPath(shown) + "”",
		OnAction: func() {
			p.screen.mend(data.SetAlike(column.Key, before, text), rowsWords(others)+"已一起修改。")
		},
	})
}

// goalFrom is the cell that a step away from a cell leads to.
func (p *preview) goalFrom(row int, column string, step ui.CellStep) goal {
	next := min(max(0, row+step.Rows), len(p.looked)-1)
	columns := p.screen.kind.form
	at := 0
	for place, one := range p.table.Columns {
		if one.Key == column {
			at = place
		}
	}
	for step.Columns != 0 {
		at += step.Columns
		if at < 0 || at >= len(p.table.Columns) {
			break
		}
		if columns.Column(p.table.Columns[at].Key) >= 0 {
			column = p.table.Columns[at].Key
			break
		}
	}
	return goal{true, p.looked[next], column}
}

// goalRow gives the row in the table that the keyboard goes to.
func (p *preview) goalRow() (int, bool) {
	if !p.goal.set {
		return 0, false
	}
	for row, place := range p.looked {
		if place == p.goal.place {
			return row, true
		}
	}
	return 0, false
}
