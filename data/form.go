package data

// Kind says how a column's cells are read, judged and written.
type Kind string

const (
	KindText         Kind = "text"
	KindName         Kind = "name"
	KindDocumentType Kind = "document-type"
	KindIDNumber     Kind = "id-number"
	KindMobile       Kind = "mobile"
	KindEmail        Kind = "email"
	KindDate         Kind = "date"
	KindChoice       Kind = "choice"
	KindOrganization Kind = "organization"
	KindPlan         Kind = "plan"
	KindHours        Kind = "hours"
)

// Column declares one column of an Excel form once: the same declaration writes the template,
// reads a file, judges its cells, reports errors and exports.
type Column struct {
	Key      string   // stable English key, such as "id_number"
	Header   string   // the header in the template, such as 身份证号
	Aliases  []string // other headers that mean the same
	Required bool
	Kind     Kind
	Hint     string // one sentence for the template's header comment
	Example  string
	Choices  []string // the dropdown's entries
	Width    float64  // characters in the template
}

// Form is the declaration of a whole sheet.
type Form struct {
	Key     string // "trainees" or "hours"
	Name    string // the sheet's name, such as 学员
	Columns []Column
	// Identity lists the keys of the columns without which a sheet cannot be this form at all.
	Identity []string
}

// Column gives the place of a column in the form, or -1.
func (f Form) Column(key string) int {
	for place, column := range f.Columns {
		if column.Key == key {
			return place
		}
	}
	return -1
}

// CellKind is a cell's true type in the file, which a number typed as text keeps apart from a number.
type CellKind uint8

const (
	CellBlank CellKind = iota
	CellText
	CellNumber // Text holds the number as the file writes it, such as 1.1010119900307E+17
	CellDate   // a number that the file shows as a date; Text holds 2006-01-02 or 2006-01-02 15:04:05
	CellBool
	CellError // Text holds the error, such as #N/A
)

// SourceCell is one cell as read.
type SourceCell struct {
	Text string
	Kind CellKind
}

// SourceRow is one row of a sheet under a form's declaration.
type SourceRow struct {
	Number int          // the row's number in the sheet, from 1
	Cells  []SourceCell // one for each column of the form, blank where the sheet has no such column
	Extra  []SourceCell // the sheet's columns that the form does not know, in Heading.Unknown's order
	Hidden bool         // by hand, by a filter, or by a height of 0
}

// Heading tells how a sheet's columns answer to a form's.
type Heading struct {
	Sheet    string
	Row      int      // the row that holds the headers, from 1; the lower one of two
	Rows     int      // how many rows the headers take: 2 under group titles, else 1 (0 where a person showed the row)
	Columns  []int    // for each column of the form the sheet's column from 0, or -1
	Headers  []string // for each column of the form the header as the file writes it, or ""
	Unknown  []int    // the sheet's columns that the form does not know
	Strange  []string // their headers; a column without one is called （无标题，D 列）
	Date1904 bool     // plain numbers in date columns count from 1904
}
