package importer

import (
	"strconv"
	"strings"
	"unicode"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// cell gives what one column of the preview shows of a row.
func (p *preview) cell(row *data.ImportRow, key string) ui.Cell {
	switch key {
	case rowColumn:
		return ui.Cell{Text: strconv.Itoa(row.Source.Number), Role: theme.Secondary}
	case problemColumn:
		return p.problemCell(row)
	case takeColumn:
		return takeCell(row)
	}
	cell := ui.Cell{Text: p.shown(row, key)}
	for _, problem := range row.Problems {
		if problem.Where.Field != key {
			continue
		}
		switch problem.Level {
		case data.LevelError:
			cell.Bad = true
		case data.LevelWarning:
			cell.Role = theme.TextWarning
		}
	}
	if cell.Role == theme.None && isMended(row, key) {
		cell.Role = theme.TextPrimary
	}
	if cell.Bad {
		cell.Role = theme.None
	}
	if cell.Text == "" {
		cell.Text = "–"
		if !cell.Bad && cell.Role == theme.None {
			cell.Role = theme.Secondary
		}
	}
	return cell
}

func (p *preview) problemCell(row *data.ImportRow) ui.Cell {
	problem, found := worst(row.Problems)
	switch reason, skipped := whySkipped(row); {
	case skipped:
		return ui.Cell{Text: p.screen.kind.word(reason), Tone: ui.ToneNeutral}
	case found && problem.Level != data.LevelFixed:
		text := p.screen.kind.word(problem)
		if more := countLevel(row.Problems, problem.Level) - 1; more > 0 {
			text += " 等 " + strconv.Itoa(more+1) + " 项"
		}
		return ui.Cell{Text: text, Tone: toneOf(problem.Level)}
	case len(row.Changes) > 0:
		return ui.Cell{Text: changedWords(row.Changes), Role: theme.TextPrimary}
	case found:
		return ui.Cell{Text: "已自动修正", Tone: ui.ToneNeutral}
	}
	return ui.Cell{Text: "–", Role: theme.Secondary}
}

// whySkipped gives the problem that says why a row is not taken.
func whySkipped(row *data.ImportRow) (data.Problem, bool) {
	if row.Outcome != data.OutcomeSkipped {
		return data.Problem{}, false
	}
	for _, problem := range row.Problems {
		if leftOut(problem) {
			return problem, true
		}
	}
	return data.Problem{}, false
}

func countLevel(problems []data.Problem, level data.Level) int {
	count := 0
	for _, problem := range problems {
		if problem.Level == level {
			count++
		}
	}
	return count
}

// changedWords tells what an update changes, old → new.
func changedWords(changes []data.Change) string {
	words := make([]string, len(changes))
	for place, change := range changes {
		change = maskChange(change)
		if change.Old == "" {
			change.Old = "（空）"
		}
		words[place] = change.Label + " " + desk.ShownPath(change.Old) + " → " + desk.ShownPath(change.New)
	}
	return strings.Join(words, "；")
}

// shown gives a field as it would be stored, or as the file writes it where that cannot be; personal numbers are masked.
func (p *preview) shown(row *data.ImportRow, key string) string {
	written := p.written(row, key)
	switch key {
	case "name":
		if row.Trainee.Name != "" {
			return row.Trainee.Name
		}
	case "id_number":
		if row.Trainee.IDNumber != "" {
			return app.MaskIDNumber(row.Trainee.IDNumber)
		}
		return maskWritten(written, app.MaskIDNumber)
	case "mobile":
		if row.Outcome != data.OutcomeFailed && row.Trainee.Mobile != "" {
			return app.MaskMobile(row.Trainee.Mobile)
		}
		return maskWritten(written, maskWrongMobile)
	case "organization":
		return p.organization(row, written)
	case "hours":
		if row.Hours.Hours > 0 {
			return row.Hours.Hours.String()
		}
	case "starts_on":
		if row.Hours.StartsOn != "" {
			return string(row.Hours.StartsOn)
		}
	case "ends_on":
		if row.Hours.EndsOn != "" {
			return string(row.Hours.EndsOn)
		}
	}
	return written
}

func (p *preview) organization(row *data.ImportRow, written string) string {
	switch known, ok := p.tree.Get(row.Trainee.OrganizationID); {
	case row.NewOrganization != "":
		return desk.ShownPath(row.NewOrganization)
	case row.Outcome == data.OutcomeFailed && written != "":
		return desk.ShownPath(data.CleanPath(written))
	case ok && known.Depth == 0:
		return known.Name
	case ok:
		return desk.ShownPath(known.Path)
	}
	return written
}

// written gives a column's cell as the file has it, cleaned.
func (p *preview) written(row *data.ImportRow, key string) string {
	column := p.screen.kind.form.Column(key)
	if column < 0 || column >= len(row.Source.Cells) {
		return ""
	}
	return data.CleanText(data.ShownText(row.Source.Cells[column]))
}

// maskWritten masks a number as the file writes it. One that Excel destroyed stays as it is: its digits are gone anyway,
// and it shows what happened; and so does what holds no number, such as #N/A.
func maskWritten(text string, mask func(string) string) string {
	if text == "" || scientific(text) {
		return strings.ToUpper(text)
	}
	if digits(text) <= mostOpenDigits {
		return text
	}
	for _, r := range text {
		if r >= 0x80 {
			return maskForeign(text)
		}
	}
	return mask(text)
}

// mostOpenDigits is how many digits tell nothing of anybody: #DIV/0! has one.
const mostOpenDigits = 1

func digits(text string) int {
	count := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			count++
		}
	}
	return count
}

// scientific tells whether a number is written as Excel leaves a long one.
func scientific(text string) bool { return strings.Contains(strings.ToUpper(text), "E+") }

// maskWrongMobile shows the ends of a mobile that is none, by which a clerk sees what was typed; app.MaskMobile would hide a short one.
func maskWrongMobile(text string) string {
	const head, tail = 3, 2
	if len(text) == mobileDigits || len(text) <= head+tail {
		return app.MaskMobile(text)
	}
	return text[:head] + strings.Repeat("*", len(text)-head-tail) + text[len(text)-tail:]
}

// maskForeign hides all digits of a text that holds more than ASCII, where masks by place would cut characters.
func maskForeign(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			return '*'
		}
		return r
	}, text)
}

// shownField gives any field for the panel, masked where it is personal.
func (p *preview) shownField(row *data.ImportRow, key string) string {
	switch column := p.screen.kind.form.Column(key); {
	case column < 0:
		return ""
	case p.screen.kind.form.Columns[column].Kind == data.KindDate:
		return p.written(row, key)
	}
	return p.shown(row, key)
}

// maskChange masks the two values of a changed field.
func maskChange(change data.Change) data.Change {
	switch change.Field {
	case "mobile":
		change.Old, change.New = maskWritten(change.Old, app.MaskMobile), maskWritten(change.New, app.MaskMobile)
	case "username":
		if data.LooksLikeIDNumber(change.Old) {
			change.Old = app.MaskIDNumber(change.Old)
		}
		if data.LooksLikeIDNumber(change.New) {
			change.New = app.MaskIDNumber(change.New)
		}
	}
	return change
}
