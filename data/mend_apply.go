package data

import (
	"fmt"
	"slices"
)

// decisions are what a plan's mends say beside texts of cells.
type decisions struct {
	out           map[int]bool // rows by number: true is left out, false is taken
	hiddenOut     bool
	named         map[int]bool // rows whose name is the right one
	organizations map[spelling]meaning
	cells         map[int][]string // the keys of the columns that were set, by row
}

// spelling is an organisation as rows write it; Column "" and Row 0 stand for all.
type spelling struct {
	column  string
	row     int
	written string
}

// meaning is what a person said of a spelling: an organisation that exists, or 0 for one to be made.
type meaning struct{ organizationID int64 }

// means gives what was decided about an organisation in a row's column; what was said of less comes before what was said of more.
func (d *decisions) means(column string, row int, written string) (meaning, bool) {
	if d == nil || len(d.organizations) == 0 {
		return meaning{}, false
	}
	for _, key := range []spelling{{column, row, written}, {"", row, written}, {column, 0, written}, {"", 0, written}} {
		if said, ok := d.organizations[key]; ok {
			return said, true
		}
	}
	return meaning{}, false
}

// accepts tells whether a person took a row's name for the right one.
func (d *decisions) accepts(row int) bool { return d != nil && d.named[row] }

// apply gives the rows with the cells that people set, and the other decisions. Sources stay as they are.
func (p *ImportPlan) apply(known *Known) ([]SourceRow, *decisions) {
	d := &decisions{out: map[int]bool{}, named: map[int]bool{}, organizations: map[spelling]meaning{}, cells: map[int][]string{}}
	if len(p.Mends) == 0 {
		return p.Sources, d
	}
	m := mending{form: p.Form, rows: slices.Clone(p.Sources), decisions: d, places: map[int]int{}, own: map[int]bool{}}
	for place, row := range p.Sources {
		m.places[row.Number] = place
	}
	for _, mend := range p.Mends {
		m.apply(mend, known)
	}
	return m.rows, d
}

// mending is the state of ImportPlan.apply.
type mending struct {
	*decisions
	form   Form
	rows   []SourceRow
	places map[int]int  // by the row's number
	own    map[int]bool // rows whose cells are copies
}

func (m *mending) apply(mend Mend, known *Known) {
	switch mend.Kind {
	case MendCell:
		for _, row := range mend.Rows {
			m.set(row, mend.Column, mend.Text)
		}
	case MendCells:
		for _, cell := range mend.Cells {
			m.set(cell.Row, cell.Column, cell.Text)
		}
	case MendAlike:
		m.setAlike(mend)
	case MendPerson:
		if person, ok := known.People.ByKey(mend.TraineeID); ok {
			for _, row := range mend.Rows {
				m.set(row, fieldID, person.IDNumber)
			}
		}
	case MendLeave, MendTake:
		for _, row := range mend.Rows {
			m.out[row] = mend.Kind == MendLeave
		}
	case MendName:
		for _, row := range mend.Rows {
			m.named[row] = true
		}
	case MendHidden:
		m.hiddenOut = !mend.Taken
	case MendOrganization, MendNewOrganization:
		m.place(mend)
	}
}

// set puts a text into a cell of a row that the file has.
func (m *mending) set(row int, column, text string) {
	place, known := m.places[row]
	at := m.form.Column(column)
	if !known || at < 0 {
		return
	}
	cells := &m.rows[place].Cells
	if !m.own[place] {
		*cells, m.own[place] = slices.Clone(*cells), true
	}
	(*cells)[at] = SourceCell{}
	if text != "" {
		(*cells)[at] = SourceCell{Text: text, Kind: CellText}
	}
	if !slices.Contains(m.cells[row], column) {
		m.cells[row] = append(slices.Clip(m.cells[row]), column) // plans share what was there
	}
}

func (m *mending) setAlike(mend Mend) {
	at := m.form.Column(mend.Column)
	if at < 0 {
		return
	}
	kind := m.form.Columns[at].Kind
	from := reading(kind, SourceCell{Text: mend.From, Kind: CellText})
	for place := range m.rows {
		if row := &m.rows[place]; at < len(row.Cells) && reading(kind, row.Cells[at]) == from {
			m.set(row.Number, mend.Column, mend.Text)
		}
	}
}

// reading gives what a cell says, by which cells are alike.
func reading(kind Kind, cell SourceCell) string {
	if kind == KindOrganization {
		return CleanPath(ShownText(cell))
	}
	return CleanText(ShownText(cell))
}

// place notes what an organisation's spelling means. The latest word counts.
func (m *mending) place(mend Mend) {
	said := meaning{}
	if mend.Kind == MendOrganization {
		said.organizationID = mend.OrganizationID
	}
	rows := mend.Rows
	if len(rows) == 0 {
		rows = []int{0}
	}
	for _, row := range rows {
		m.organizations[spelling{mend.Column, row, CleanPath(mend.From)}] = said
	}
}

// JudgeMend tells whether a decision fits a plan: the column and the rows must be there, and what it points to must be stored.
func (p *ImportPlan) JudgeMend(mend Mend, known *Known) error {
	for _, row := range mend.Rows {
		if _, there := slices.BinarySearchFunc(p.Sources, row, func(s SourceRow, number int) int { return s.Number - number }); !there {
			return Refuse("mend-row", "", fmt.Sprintf("文件里没有第 %d 行。", row), "请关闭预览，重新选择文件。")
		}
	}
	column := p.Form.Column(mend.Column)
	switch mend.Kind {
	case MendCell, MendAlike:
		if column < 0 {
			return noSuchColumn(mend.Column)
		}
	case MendCells:
		for _, cell := range mend.Cells {
			if p.Form.Column(cell.Column) < 0 {
				return noSuchColumn(cell.Column)
			}
		}
	case MendOrganization, MendNewOrganization:
		return p.judgePlacing(mend, column, known)
	case MendPerson:
		if _, ok := known.People.ByKey(mend.TraineeID); !ok {
			return Refuse("mend-person", fieldID, "系统里已经没有这位学员。", "请重新选择，或照证件填写证件号。").Because(ErrNotFound)
		}
	}
	return nil
}

func noSuchColumn(key string) error {
	return Refuse("mend-column", key, "这一列不能修改。", "请修改表里的其他列。")
}

func (p *ImportPlan) judgePlacing(mend Mend, column int, known *Known) error {
	written := CleanPath(mend.From)
	switch {
	case mend.Column != "" && (column < 0 || p.Form.Columns[column].Kind != KindOrganization):
		return Refuse("mend-column", mend.Column, "这一列不是机构。", "请选择组织机构或缴费机构一列。")
	case written == "" || LooksLikeIDNumber(written):
		return Refuse("mend-organization", "organization", "这不是机构的名称。", "请先改正这一格。")
	case mend.Kind == MendNewOrganization:
		return nil
	}
	if _, ok := known.Tree.Get(mend.OrganizationID); !ok {
		return Refuse("mend-organization", "organization", "这个机构已经不在了。", "请重新选择机构。").Because(ErrNotFound)
	}
	return nil
}
