package data

import (
	"slices"
	"strconv"
	"strings"
)

// Outcome is what an import would do with a row.
type Outcome string

const (
	OutcomeNew       Outcome = "新增"
	OutcomeUpdated   Outcome = "更新"
	OutcomeUnchanged Outcome = "不变"
	OutcomeFailed    Outcome = "错误"
	OutcomeSkipped   Outcome = "忽略"
)

// Outcomes lists them in the preview's order.
var Outcomes = []Outcome{OutcomeNew, OutcomeUpdated, OutcomeUnchanged, OutcomeFailed, OutcomeSkipped}

// Change is one field's old and new value, for people; identity numbers and mobiles are whole, so views mask them.
type Change struct {
	Field string // the column's key
	Label string
	Old   string
	New   string
}

// ImportRow is one row of the file and what the import would do with it.
type ImportRow struct {
	Source   SourceRow
	Outcome  Outcome
	Problems []Problem
	Changes  []Change      // for an update
	Trainee  *Trainee      // the trainees' form: what would be stored, never nil; where nothing changes, it is Known's own
	Hours    *OfflineHours // the hours' form: what would be stored, never nil; the trainees' form has none
	// NewOrganization and NewPayer are paths that the import would make; empty where they exist.
	NewOrganization, NewPayer string
	Mended                    []string    // keys of the columns that hold what a person put there in the preview
	Candidates                []Candidate // stored people whom a destroyed identity number may mean
	ChangeID                  int64       // a form typed by hand: what takes it back; 0 where nothing was changed
}

// Warned tells whether the row goes in only because its warnings were confirmed.
func (r *ImportRow) Warned() bool {
	if r.Outcome != OutcomeNew && r.Outcome != OutcomeUpdated {
		return false
	}
	for _, problem := range r.Problems {
		if problem.Level == LevelWarning {
			return true
		}
	}
	return false
}

// Fail gives the row a blocking problem.
func (r *ImportRow) Fail(problem Problem) {
	r.Outcome = OutcomeFailed
	r.Problems = append(r.Problems, problem)
}

// ImportPlan is what an import would do. Making one writes nothing. Rows follow from Sources, the choices and Mends alone.
type ImportPlan struct {
	Form    Form
	File    string // the file's name without its folder
	Heading Heading
	Rows    []*ImportRow // as mended and judged; plans share them, so that only a commit completes them
	PlanID  int64        // the training plan that the hours' form is tied to
	Version int64        // the roster's version when this was planned

	Found               Heading       // what the headers alone make of the sheet's columns; Heading is what counts
	Columns             []SheetColumn // every column of the sheet, in its order
	HeaderChosen        bool          // a person showed the row of the headers, now or in an earlier import
	Remembered          bool          // Columns are as a person mapped them in an earlier import of such a sheet
	Hidden              int           // rows that are hidden in the sheet, whether taken or left out
	CreateOrganizations bool          // organisations that do not exist will be made
	DefaultOrganization int64         // where new people without an organisation go; 0: the root
	Mends               []Mend        // what a person decided in the preview, in order
	Sources             []SourceRow   // as the file has them, under Heading, in the order of their numbers
	Known               *Known        // what Rows were judged against
	RunID               int64         // by which the import can be undone; 0 before it was stored

	judged verdict
}

// Count tells how many rows have an outcome.
func (p ImportPlan) Count(outcome Outcome) int {
	count := 0
	for _, row := range p.Rows {
		if row.Outcome == outcome {
			count++
		}
	}
	return count
}

// SecondBlock tells of a sheet that has two lists side by side, each with all the columns that say who it is: the letters of the second
// one's first such column, or "". Only the first is read.
func (p ImportPlan) SecondBlock() string {
	matcher, first, met := p.Form.Matcher(), -1, map[string]bool{}
	for place, header := range p.Heading.Strange {
		column := matcher.Match(header)
		if column < 0 || !slices.Contains(p.Form.Identity, p.Form.Columns[column].Key) || place >= len(p.Heading.Unknown) {
			continue
		}
		if first < 0 {
			first = p.Heading.Unknown[place]
		}
		met[p.Form.Columns[column].Key] = true
	}
	if len(met) < len(p.Form.Identity) {
		return ""
	}
	return ColumnLetters(first)
}

// Warned tells how many rows go in with warnings; they are counted in 新增 and 更新 too.
func (p ImportPlan) Warned() int {
	count := 0
	for _, row := range p.Rows {
		if row.Warned() {
			count++
		}
	}
	return count
}

// Fixed tells how many values were mended automatically.
func (p ImportPlan) Fixed() int {
	count := 0
	for _, row := range p.Rows {
		for _, problem := range row.Problems {
			if problem.Level == LevelFixed {
				count++
			}
		}
	}
	return count
}

// Place gives a row's place for a problem in one of the form's columns.
func (h Heading) Place(form Form, row int, key string) Place {
	place := Place{Sheet: h.Sheet, Row: row, Field: key}
	column := form.Column(key)
	if column < 0 {
		return place
	}
	place.Column = form.Columns[column].Header
	if column < len(h.Columns) && h.Columns[column] >= 0 {
		place.Column = h.Headers[column]
		place.Cell = ColumnLetters(h.Columns[column]) + strconv.Itoa(row)
	}
	return place
}

// mostColumnLetters is how long a column's name gets: XFD.
const mostColumnLetters = 3

// ColumnIndex reads a column's letters, A or AB, and gives its index from 0; -1 where they are none.
func ColumnIndex(letters string) int {
	column := 0
	for _, letter := range strings.ToUpper(letters) {
		if letter < 'A' || letter > 'Z' {
			return -1
		}
		column = column*26 + int(letter-'A') + 1
	}
	if len(letters) > mostColumnLetters {
		return -1
	}
	return column - 1
}

// ColumnLetters writes a sheet's column, from 0, as Excel does: 0 is A, 26 is AA.
func ColumnLetters(column int) string {
	letters := ""
	for column++; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters
}
