package excel

import (
	"unicode/utf8"

	"peixun/data"
)

// sheetRow is a row as a source tells it: only the cells that hold something, in rising order of column.
// It belongs to the source and changes with the next row; the texts do not.
type sheetRow struct {
	number int // from 1
	hidden bool
	cells  []sheetCell
}

type sheetCell struct {
	column   int // from 0
	kind     data.CellKind
	text     string
	filled   bool // it comes from the merged cell above, see mergeFiller
	from, to int  // where worksheetReader.raw holds the text until the row is whole
}

// worksheetReader reads one sheet's cells and tells visit every row that has any.
type worksheetReader struct {
	*xmlScanner
	workbook *workbook
	name     string
	visit    func(*sheetRow) error
	row      sheetRow
	raw      []byte // the texts of the row's cells; one string for all of them saves an allocation per cell
}

func (r *worksheetReader) read() error {
	if token, err := r.next(); err != nil || token != xmlOpen || string(r.local) != "worksheet" {
		return orMalformed(r.xmlScanner, err, "the sheet has another root")
	}
	found := false
	for {
		token, err := r.next()
		switch {
		case err != nil:
			return err
		case token == xmlEnd && !found:
			return r.malformed("the sheet has no rows element")
		case token == xmlEnd:
			return nil
		case token != xmlOpen:
		case string(r.local) != "sheetData":
			err = r.skip()
		case found:
			return r.malformed("the sheet has two rows elements")
		default:
			found = true
			err = r.readRows()
		}
		if err != nil {
			return err
		}
	}
}

func (r *worksheetReader) readRows() error {
	for {
		token, err := r.next()
		switch {
		case err != nil || token == xmlClose:
			return err
		case token == xmlContent:
			err = r.onlyBlanks()
		case string(r.local) == "row":
			err = r.readRow()
		default:
			err = r.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (r *worksheetReader) onlyBlanks() error {
	if len(trimXML(r.content)) > 0 {
		return r.malformed("text between cells")
	}
	return nil
}

func (r *worksheetReader) readRow() error {
	if err := r.rowAttributes(); err != nil {
		return err
	}
	column := -1
	for {
		token, err := r.next()
		switch {
		case err != nil:
			return err
		case token == xmlClose:
			return r.finishRow()
		case token == xmlContent:
			err = r.onlyBlanks()
		case string(r.local) == "c":
			column, err = r.readCell(column)
		default:
			err = r.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (r *worksheetReader) rowAttributes() error {
	number, hidden := r.row.number+1, false
	for _, attribute := range r.attributes {
		if attribute.prefix != nil {
			continue
		}
		switch string(attribute.local) {
		case "r":
			given, ok := parseNumber(attribute.value, maxRows)
			if !ok || given < number {
				return r.malformed("row %q behind row %d", attribute.value, r.row.number)
			}
			number = given
		case "hidden":
			hidden = hidden || isTrue(string(attribute.value))
		case "ht": // a row of no height shows as little
			hidden = hidden || string(attribute.value) == "0"
		}
	}
	if number > maxRows {
		return r.malformed("more than %d rows", maxRows)
	}
	r.row.number, r.row.hidden = number, hidden
	r.row.cells, r.raw = r.row.cells[:0], r.raw[:0]
	return nil
}

// finishRow gives the cells their texts and tells the row.
func (r *worksheetReader) finishRow() error {
	if len(r.row.cells) == 0 {
		return nil
	}
	all := string(r.raw)
	for i := range r.row.cells {
		cell := &r.row.cells[i]
		if cell.to > cell.from {
			cell.text = all[cell.from:cell.to]
		}
		if len(cell.text) > maxCellRunes && utf8.RuneCountInString(cell.text) > maxCellRunes {
			return cellTooLong(data.Place{Sheet: r.name, Row: r.row.number, Cell: cellAddress(cell.column, r.row.number)})
		}
	}
	if err := r.visit(&r.row); err != nil {
		return visitError{err}
	}
	return nil
}

// cellHead is what a cell's start tag says.
type cellHead struct {
	column int
	style  int
	kind   string // the t attribute
}

// cellKinds are the values of the t attribute (ECMA-376 part 1, 18.18.11).
var cellKinds = []string{"s", "n", "str", "inlineStr", "b", "e", "d"}

func (r *worksheetReader) cellHead(last int) (cellHead, error) {
	head := cellHead{column: last + 1, kind: "n"}
	for i := range r.attributes {
		attribute := &r.attributes[i]
		if attribute.prefix != nil {
			continue
		}
		switch string(attribute.local) {
		case "r":
			column, row, ok := parseAddress(attribute.value)
			if !ok || row != r.row.number || column < head.column {
				return head, r.malformed("cell %q in row %d behind column %d", attribute.value, r.row.number, last)
			}
			head.column = column
		case "s":
			style, ok := parseNumber(attribute.value, maxStyles)
			if !ok || style > 0 && style >= len(r.workbook.dates) && r.workbook.styles != "" {
				return head, r.malformed("cell format %q does not exist", attribute.value)
			}
			head.style = style
		case "t":
			head.kind = ""
			for _, known := range cellKinds {
				if known == string(attribute.value) {
					head.kind = known
				}
			}
			if head.kind == "" {
				return head, r.malformed("cell type %q", attribute.value)
			}
		}
	}
	if head.column >= maxColumns {
		return head, r.malformed("more than %d columns", maxColumns)
	}
	return head, nil
}

// readCell reads one cell and gives its column.
func (r *worksheetReader) readCell(last int) (int, error) {
	head, err := r.cellHead(last)
	if err != nil {
		return 0, err
	}
	from, formula, values := len(r.raw), false, 0
	for {
		token, err := r.next()
		if err != nil {
			return 0, err
		}
		if token == xmlClose {
			break
		}
		switch {
		case token == xmlContent:
			err = r.onlyBlanks()
		case string(r.local) == "v":
			values++
			r.raw, err = r.plainText(r.raw)
		case string(r.local) == "is":
			values++
			r.raw, err = r.richText(r.raw)
		case string(r.local) == "f":
			formula = true
			err = r.skip()
		default:
			err = r.skip()
		}
		if err != nil {
			return 0, err
		}
	}
	if values > 1 {
		return 0, r.malformed("two values in one cell")
	}
	if len(r.raw) == from {
		if formula && head.kind != "str" {
			r.raw = append(r.raw, data.UncalculatedFormula...)
			r.add(head.column, data.CellError, from)
		}
		return head.column, nil
	}
	return head.column, r.addValue(head, from)
}

func (r *worksheetReader) add(column int, kind data.CellKind, from int) {
	r.row.cells = append(r.row.cells, sheetCell{column: column, kind: kind, from: from, to: len(r.raw)})
}
