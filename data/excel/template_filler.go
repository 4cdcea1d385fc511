package excel

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"peixun/data"
)

// templateFiller knows a template's sheet: where its pieces stand in content, and how the cells below the headers look.
type templateFiller struct {
	content []byte
	prefix  string // the elements' namespace prefix with its colon, or ""
	sheet   string

	dimensionFrom, dimensionTo int // the dimension element; 0 where there is none
	dataFrom, dataTo           int // the sheetData element with its tags
	headFrom, headTo           int // the rows down to the headers
	top, bottom, left, right   int // what the dimension will say

	workbook  *workbook
	headerRow int
	targets   []int // for each value the sheet's column, or -1
	rows      []templateRow
	columns   []templateColumn
	line      []byte
}

// templateRow is a row below the headers as the template has it.
type templateRow struct {
	number     int
	attributes string // but r and spans, with a space before each
	cells      []templateCell
}

type templateCell struct {
	column, style int
	formula       []byte // the whole element, where it calculates
}

// templateColumn is the style that the template gives to whole columns.
type templateColumn struct{ from, to, style int }

func newTemplateFiller(w *workbook, content []byte, headerRow int, columns []int) (*templateFiller, error) {
	f := &templateFiller{content: content, workbook: w, headerRow: headerRow, targets: columns, top: 1, bottom: headerRow}
	if wide, _ := sniffUTF16(content); wide || bytes.HasPrefix(content, []byte("\xEF\xBB\xBF")) || headerRow < 1 || headerRow >= maxRows {
		return nil, noTemplate()
	}
	s, err := newXMLScanner(bytes.NewReader(content), spreadsheetSpaces...)
	if err != nil {
		return nil, err
	}
	found := false
	for {
		from := s.place()
		token, err := s.next()
		if err != nil {
			return nil, err
		}
		switch {
		case token == xmlEnd && !found:
			return nil, s.malformed("the sheet has no rows element")
		case token == xmlEnd:
			return f, f.checkColumns()
		case token != xmlOpen || len(s.marks) > 3:
		case string(s.local) == "dimension" && len(s.marks) == 2:
			err = s.skip()
			f.dimensionFrom, f.dimensionTo = from, s.place()
		case string(s.local) == "col" && s.parent() == "cols":
			err = f.readColumn(s)
		case string(s.local) == "sheetData" && len(s.marks) == 2:
			found = true
			f.prefix = string(s.names[s.marks[1] : len(s.names)-len("sheetData")])
			f.dataFrom = from
			err = f.readRows(s)
			f.dataTo = s.place()
		}
		if err != nil {
			return nil, err
		}
	}
}

// place gives where the unread bytes begin in the part.
func (s *xmlScanner) place() int { return int(s.consumed) + s.start }

func (f *templateFiller) readColumn(s *xmlScanner) error {
	var numbers [3]int
	for i, name := range []string{"min", "max", "style"} {
		number, ok := parseNumber([]byte(cmpOr(s.attribute(name), "0")), maxStyles)
		if !ok {
			return s.malformed("column %s=%q", name, s.attribute(name))
		}
		numbers[i] = number
	}
	f.columns = append(f.columns, templateColumn{numbers[0] - 1, numbers[1] - 1, numbers[2]})
	return nil
}

func (f *templateFiller) readRows(s *xmlScanner) error {
	f.headFrom, f.headTo = s.place(), s.place()
	last, cells := 0, 0
	for {
		token, err := s.next()
		switch {
		case err != nil:
			return err
		case token == xmlClose:
			return nil
		case token != xmlOpen:
			continue
		case string(s.local) != "row":
			err = s.skip()
		default:
			row := templateRow{number: last + 1}
			if err = row.readAttributes(s, last); err == nil {
				err = f.readCells(s, &row)
			}
			last = row.number
			if row.number <= f.headerRow {
				f.headTo = s.place()
			} else if cells += len(row.cells); cells > maxTemplateCells {
				return fmt.Errorf("%w: the template has %d cells", errTooLarge, cells)
			} else {
				f.rows = append(f.rows, row)
			}
		}
		if err != nil {
			return err
		}
	}
}

// readAttributes keeps what a row's tag says of its looks.
func (r *templateRow) readAttributes(s *xmlScanner, last int) error {
	for _, attribute := range s.attributes {
		name := string(attribute.local)
		switch {
		case attribute.prefix != nil && string(attribute.prefix) != "xmlns" || name == "spans" || name == "hidden":
		case name == "r":
			number, ok := parseNumber(attribute.value, maxRows)
			if !ok || number <= last {
				return s.malformed("row %q behind row %d", attribute.value, last)
			}
			r.number = number
		case attribute.prefix == nil && name != "xmlns":
			var value strings.Builder
			if err := xml.EscapeText(&value, attribute.value); err != nil {
				return err
			}
			r.attributes += ` ` + name + `="` + value.String() + `"`
		}
	}
	return nil
}

func (f *templateFiller) readCells(s *xmlScanner, row *templateRow) error {
	column := -1
	for {
		from := s.place()
		token, err := s.next()
		if err != nil || token == xmlClose {
			return err
		}
		if token != xmlOpen {
			continue
		}
		if string(s.local) != "c" {
			if err := s.skip(); err != nil {
				return err
			}
			continue
		}
		cell := templateCell{column: column + 1}
		if address := s.attribute("r"); address != "" {
			given, _, ok := parseAddress([]byte(address))
			if !ok || given <= column {
				return s.malformed("cell %q", address)
			}
			cell.column = given
		}
		style, ok := parseNumber([]byte(cmpOr(s.attribute("s"), "0")), maxStyles)
		if !ok {
			return s.malformed("cell format %q", s.attribute("s"))
		}
		cell.style, column = style, cell.column
		calculates, err := s.holds("f")
		if err != nil {
			return err
		}
		if calculates {
			cell.formula = f.content[from:s.place()]
		}
		if row.number <= f.headerRow {
			f.right = max(f.right, cell.column)
			continue
		}
		row.cells = append(row.cells, cell)
	}
}

// holds passes over the rest of the element that was opened last and tells whether it has such a child.
func (s *xmlScanner) holds(child string) (bool, error) {
	found := false
	for depth := len(s.marks); len(s.marks) >= depth; {
		token, err := s.next()
		if err != nil {
			return false, err
		}
		found = found || token == xmlOpen && string(s.local) == child
	}
	return found, nil
}

// checkColumns refuses to overwrite what the template calculates itself.
func (f *templateFiller) checkColumns() error {
	for _, row := range f.rows {
		for _, cell := range row.cells {
			if cell.formula != nil && slices.Contains(f.targets, cell.column) {
				return refuse(CodeFormula, "模板的 "+data.ColumnLetters(cell.column)+" 列由公式计算，不能填写。", "请在对应关系里不选这一列。").
					In(data.Place{Sheet: f.sheet, Row: row.number, Cell: cellAddress(cell.column, row.number)})
			}
		}
	}
	for _, column := range f.targets {
		if column >= maxColumns {
			return fmt.Errorf("column %d of a template", column)
		}
		f.right = max(f.right, column)
	}
	return nil
}

// filledCell is a cell on its way into the sheet.
type filledCell struct {
	templateCell
	value outCell
}

func (f *templateFiller) writeRows(out io.Writer, rows iter.Seq2[[]any, error]) error {
	kept, number := f.rows, f.headerRow
	for values, err := range rows {
		if err != nil {
			return err
		}
		if len(values) != len(f.targets) {
			return fmt.Errorf("row %d has %d values for %d columns", number+1, len(values), len(f.targets))
		}
		if number++; number > maxRows {
			return refuse(CodeSheetFull, fmt.Sprintf("一张工作表最多 %d 行，导出的内容放不下。", maxRows), "请先用筛选缩小范围，再分几次导出。")
		}
		row := templateRow{number: number}
		switch {
		case len(kept) > 0 && kept[0].number == number:
			row, kept = kept[0], kept[1:]
		case len(f.rows) > 0:
			row.attributes = f.rows[0].attributes
		}
		cells, err := f.cells(row, values)
		if err != nil {
			return err
		}
		if err := f.writeRow(out, row, cells); err != nil {
			return err
		}
	}
	f.bottom = number
	for _, row := range kept { // what the template prepared and nobody filled
		cells, err := f.cells(row, nil)
		if err != nil {
			return err
		}
		f.bottom = row.number
		if err := f.writeRow(out, row, cells); err != nil {
			return err
		}
	}
	return nil
}

// cells gives a row's cells in the order of columns: the template's, cleared, and the values in the template's formats.
func (f *templateFiller) cells(row templateRow, values []any) ([]filledCell, error) {
	var cells []filledCell
	for _, cell := range row.cells {
		cells = append(cells, filledCell{templateCell: cell})
	}
	for i, value := range values {
		column := f.targets[i]
		if column < 0 {
			continue
		}
		at, has := slices.BinarySearchFunc(cells, column, func(c filledCell, column int) int { return cmp.Compare(c.column, column) })
		if !has {
			cells = slices.Insert(cells, at, filledCell{templateCell: templateCell{column: column, style: f.styleOf(column)}})
		}
		filled, err := f.value(value, cells[at].style)
		if err != nil {
			return nil, locate(err, data.Place{Sheet: f.sheet, Row: row.number, Cell: cellAddress(column, row.number)})
		}
		cells[at].value = filled
	}
	return cells, nil
}

// styleOf gives the style of a cell that the template does not have: that of the first one below the headers, or the column's.
func (f *templateFiller) styleOf(column int) int {
	if len(f.rows) > 0 {
		for _, cell := range f.rows[0].cells {
			if cell.column == column {
				return cell.style
			}
		}
	}
	for _, whole := range f.columns {
		if whole.from <= column && column <= whole.to {
			return whole.style
		}
	}
	return 0
}

// value gives a value as the cell's format wants it.
func (f *templateFiller) value(value any, style int) (outCell, error) {
	cell, _, err := cellValue(value)
	if err != nil || cell.kind != data.CellNumber {
		return cell, err
	}
	isDate := style < len(f.workbook.dates) && f.workbook.dates[style]
	isText := style < len(f.workbook.asText) && f.workbook.asText[style]
	var text string
	switch value := value.(type) {
	case data.Date:
		if isDate {
			return cell, nil
		}
		text = string(value)
	case data.Moment:
		if isDate {
			return cell, nil
		}
		text = string(value)
	default:
		if !isText {
			return cell, nil
		}
		text = cell.text
	}
	return outCell{kind: data.CellText, text: text}, nil
}

func (f *templateFiller) writeRow(out io.Writer, row templateRow, cells []filledCell) error {
	number := strconv.Itoa(row.number)
	line := append(f.line[:0], `<`+f.prefix+`row r="`+number+`"`+row.attributes+`>`...)
	for _, cell := range cells {
		f.right = max(f.right, cell.column)
		if cell.formula != nil {
			line = append(line, cell.formula...)
			continue
		}
		line = append(line, `<`+f.prefix+`c r="`+cellAddress(cell.column, row.number)+`"`...)
		if cell.style > 0 {
			line = append(line, ` s="`+strconv.Itoa(cell.style)+`"`...)
		}
		switch cell.value.kind {
		case data.CellText:
			line = appendPrefixedText(line, f.prefix, cell.value.text)
		case data.CellNumber:
			line = append(line, `><`+f.prefix+`v>`+cell.value.text+`</`+f.prefix+`v></`+f.prefix+`c>`...)
		default:
			line = append(line, `/>`...)
		}
	}
	f.line = append(line, `</`+f.prefix+`row>`...)
	_, err := out.Write(f.line)
	return err
}
