package data

// MendKind says what a person decided in the preview of an import.
type MendKind string

const (
	// MendCell puts Text into Column of Rows instead of what the file says; "" empties the cell.
	MendCell MendKind = "cell"
	// MendAlike puts Text into Column of every row whose cell there reads like From.
	MendAlike MendKind = "alike"
	// MendCells puts texts into Cells, each on its own, as pasting a column does.
	MendCells MendKind = "cells"
	// MendLeave leaves Rows out (跳过).
	MendLeave MendKind = "leave"
	// MendTake takes Rows after all (导入): rows that were left out, hidden or taken for a note, and of several rows of one
	// person this one.
	MendTake MendKind = "take"
	// MendOrganization says that From means the organisation OrganizationID, in Column or, where that is "", wherever an
	// organisation stands; for Rows, or for all rows where there are none.
	MendOrganization MendKind = "organization"
	// MendNewOrganization says that From is an organisation that the import shall make; Column and Rows as above.
	MendNewOrganization MendKind = "new-organization"
	// MendName says that the name in Rows is the right one for their identity number: the stored person is renamed, and other
	// rows with the number are left out.
	MendName MendKind = "name"
	// MendPerson says that the destroyed identity number of Rows is the one of the stored trainee TraineeID.
	MendPerson MendKind = "person"
	// MendHidden leaves out the rows that are hidden in the sheet, or takes them where Taken is set.
	MendHidden MendKind = "hidden"
)

// Mend is one decision in the preview of an import. The file stays as it is: a plan is judged from the file's rows and its
// mends, in their order, so that the last can be taken back.
type Mend struct {
	Kind           MendKind
	Rows           []int  // the rows' numbers in the sheet
	Column         string // the column's key
	From, Text     string
	OrganizationID int64
	TraineeID      int64
	Taken          bool
	Cells          []CellMend
}

// CellMend is what a person put into a cell; Row is its number in the sheet, Column its key.
type CellMend struct {
	Row          int
	Column, Text string
}

// SetCell puts a text into a cell of one row.
func SetCell(row int, column, text string) Mend {
	return Mend{Kind: MendCell, Rows: []int{row}, Column: column, Text: text}
}

// SetCells puts texts into several cells at once; they are taken back together.
func SetCells(cells ...CellMend) Mend {
	mend := Mend{Kind: MendCells, Cells: cells}
	for _, cell := range cells {
		mend.Rows = append(mend.Rows, cell.Row)
	}
	return mend
}

// SetAlike puts a text into a column of every row whose cell there reads like from.
func SetAlike(column, from, text string) Mend {
	return Mend{Kind: MendAlike, Column: column, From: from, Text: text}
}

// LeaveRows leaves rows out of the import.
func LeaveRows(rows ...int) Mend { return Mend{Kind: MendLeave, Rows: rows} }

// TakeRows takes rows that would be left out.
func TakeRows(rows ...int) Mend { return Mend{Kind: MendTake, Rows: rows} }

// UseOrganization says which organisation is meant by what stands in a column ("": in any); in all rows where none are named.
func UseOrganization(column, written string, organizationID int64, rows ...int) Mend {
	return Mend{Kind: MendOrganization, Column: column, From: written, OrganizationID: organizationID, Rows: rows}
}

// MakeOrganization lets the import make the organisation that is written in a column ("": in any); in all rows where none are named.
func MakeOrganization(column, written string, rows ...int) Mend {
	return Mend{Kind: MendNewOrganization, Column: column, From: written, Rows: rows}
}

// AcceptName takes the names in rows for the right ones of their identity numbers.
func AcceptName(rows ...int) Mend { return Mend{Kind: MendName, Rows: rows} }

// TakePerson says whose identity number was destroyed in a row.
func TakePerson(row int, traineeID int64) Mend {
	return Mend{Kind: MendPerson, Rows: []int{row}, TraineeID: traineeID}
}

// HiddenRows takes the rows that are hidden in the sheet, or leaves them out.
func HiddenRows(taken bool) Mend { return Mend{Kind: MendHidden, Taken: taken} }

// Candidate is a stored person who may be the one that a row means.
type Candidate struct {
	TraineeID    int64
	Name         string
	IDNumber     string // masked
	Organization string // the path
}

// Unplaced is one way of writing an organisation that rows of a plan cannot be placed by.
type Unplaced struct {
	Column     string // the column's key: organization or payer
	Written    string // cleaned, with "/" between the names
	Rows       []int  // the rows' numbers in the sheet
	Ambiguous  bool   // several organisations have this name; else none has
	Candidates []Organization
}
