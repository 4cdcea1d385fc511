package importer

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// otherName is the code of a number that belongs to somebody of another name.
const otherName = "id-other-name"

// remedies are the ways to mend a row: decide, choose the person, change the cell, leave the row out or take it.
func (p *preview) remedies(row *data.ImportRow, troubles []data.Problem) fyne.CanvasObject {
	column := ui.Column(12)
	for _, problem := range troubles {
		if problem.Code == otherName && row.Outcome != data.OutcomeSkipped {
			column.Add(p.acceptance(row))
		}
	}
	if row.Outcome != data.OutcomeSkipped && len(row.Candidates) > 0 {
		column.Add(p.candidates(row))
	}
	key := p.editing
	if key == "" && row.Outcome != data.OutcomeSkipped {
		key = p.troubled(troubles)
	}
	p.editor = nil
	take := p.takeButton(row)
	if place := p.screen.kind.form.Column(key); place >= 0 {
		p.editor = newEditor(p, row, p.screen.kind.form.Columns[place])
		column.Add(p.editor.content)
		column.Add(ui.Row(8, ui.Wide(p.editor.apply), take))
		return column
	}
	column.Add(ui.Row(8, ui.Wide(take)))
	return column
}

// troubled is the column of the first problem that an edit can mend. Where names differ, a button decides about the name, so
// the number is what is left to edit.
func (p *preview) troubled(troubles []data.Problem) string {
	for _, problem := range troubles {
		if problem.Code == otherName {
			return "id_number"
		}
		if p.screen.kind.form.Column(problem.Where.Field) >= 0 {
			return problem.Where.Field
		}
	}
	return ""
}

// takeButton leaves the row out, or takes it after all.
func (p *preview) takeButton(row *data.ImportRow) *ui.Button {
	number := row.Source.Number
	if row.Outcome == data.OutcomeSkipped {
		return ui.NewButton("导入此行", "", func() { p.screen.mend(data.TakeRows(number), "") })
	}
	return ui.NewButton("忽略此行", "", func() { p.screen.mend(data.LeaveRows(number), "") })
}

// acceptance offers the row's name as the right one for its number.
func (p *preview) acceptance(row *data.ImportRow) fyne.CanvasObject {
	number := row.Source.Number
	accept := ui.NewButton("姓名改为“"+p.shown(row, "name")+"”", "user-check", func() { p.screen.mend(data.AcceptName(number), "") })
	return ui.Column(8, ui.NewBold("以哪个姓名为准？"),
		ui.NewCaptionParagraph("如果此人改了名，就按这一行；别处同一证件号的姓名会跟着改。如果证件号填错了，请在下面改证件号。", theme.Secondary),
		ui.Row(0, ui.Wide(accept)))
}

// candidates offers the stored people whose number this row may have lost.
func (p *preview) candidates(row *data.ImportRow) fyne.CanvasObject {
	column := ui.Column(8, ui.NewBold("是这位吗？"))
	number := row.Source.Number
	for _, candidate := range row.Candidates {
		words := ui.Column(0, ui.NewElidedText(candidate.Name+"  "+candidate.IDNumber, theme.Text), captionElided(desk.ShownPath(candidate.Organization)))
		column.Add(ui.Row(8, ui.Wide(words), ui.NewSmallButton("是这位", "", func() {
			p.screen.mend(data.TakePerson(number, candidate.TraineeID), "")
		})))
	}
	column.Add(ui.NewCaptionParagraph("都不是，就在下面填完整的证件号。", theme.Secondary))
	return column
}

func captionElided(text string) *ui.ElidedText {
	words := ui.NewElidedText(text, theme.Secondary)
	words.TextSize = theme.SizeCaption
	return words
}

// personal columns start empty: what the file says is shown only on request.
func personal(key, written string) bool {
	return written != "" && (key == "id_number" || key == "mobile" || data.LooksLikeIDNumber(written))
}

// alikeKinds are the kinds of columns in which many rows share one wrong spelling.
var alikeKinds = map[data.Kind]bool{data.KindChoice: true, data.KindText: true, data.KindOrganization: true, data.KindDate: true,
	data.KindPlan: true, data.KindHours: true, data.KindDocumentType: true}

// sameRows are how many rows write in a column what this one does.
func (p *preview) sameRows(key, written string) int {
	if p.alike[key] == nil {
		p.alike[key] = p.countAlike(key)
	}
	return p.alike[key][written]
}

// countAlike counts what a column says. A column says few things many times, so that each is read once.
func (p *preview) countAlike(key string) map[string]int {
	column := p.screen.kind.form.Column(key)
	cells := map[data.SourceCell]int{}
	for _, row := range p.plan.Rows {
		if column < len(row.Source.Cells) {
			cells[row.Source.Cells[column]]++
		}
	}
	counts := make(map[string]int, len(cells))
	for cell, rows := range cells {
		counts[data.CleanText(data.ShownText(cell))] += rows
	}
	return counts
}

// original tells what the file says, under the field that changes it.
func (p *preview) original(row *data.ImportRow, column data.Column) string {
	written := p.written(row, column.Key)
	if isMended(row, column.Key) {
		return "已在预览里改过"
	}
	if written == "" {
		return "文件里是空的"
	}
	shown := p.shownField(row, column.Key)
	if column.Kind == data.KindOrganization {
		shown = desk.ShownPath(data.CleanPath(written))
	}
	return "原值：" + shown
}

// unplacedAt is the spelling that keeps a row from being placed.
func (p *preview) unplacedAt(row *data.ImportRow, key string) (data.Unplaced, bool) {
	for _, one := range p.unplaced {
		if one.Column != key {
			continue
		}
		for _, number := range one.Rows {
			if number == row.Source.Number {
				return one, true
			}
		}
	}
	return data.Unplaced{}, false
}

// leftOut tells whether a problem says why a row is not taken.
func leftOut(problem data.Problem) bool { return strings.HasPrefix(problem.Code, "row-") }

// applyWords names the button with the rows that it touches.
func applyWords(rows int) string {
	if rows == 1 {
		return "应用到此行"
	}
	return fmt.Sprintf("应用到 %s", rowsWords(rows))
}
