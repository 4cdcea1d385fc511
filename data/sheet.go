package data

// What ImportOptions.Columns say of a sheet's column beside a form's key.
const (
	ColumnLeft  = ""      // the column is left out
	ColumnExtra = "extra" // the column is none of the form's and kept as it is
)

// SheetColumn is one column of the sheet, and what becomes of it.
type SheetColumn struct {
	Index  int    // in the sheet, from 0
	Header string // on one line; "" where the sheet gives none
	Sample string // the first thing that stands below the header
	Key    string // a key of the form, ColumnExtra or ColumnLeft
}

// SheetInfo is a sheet of a workbook.
type SheetInfo struct {
	Name   string
	Hidden bool
	Fits   bool // it has the headers without which the form cannot be read
	Rows   int  // under these headers
}

// SheetRow is a row as a sheet has it, for people who look for the headers. Texts stand by column.
type SheetRow struct {
	Number int // from 1
	Texts  []string
}
