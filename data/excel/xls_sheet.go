package excel

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"peixun/data"
)

// Bits of [MS-XLS] 2.4.221 (Row) and 2.5.122 (RkNumber).
const (
	xlsRowHidden = 0x20
	rkHundredth  = 1
	rkInteger    = 2
)

// xlsErrors are the error values by their code ([MS-XLS] 2.5.10).
var xlsErrors = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

// index notes where a sheet's cells stand, which rows are hidden and what is merged. Programs write cells in any order
// that they like, so it brings them into ours.
func (x *xls) index(ctx context.Context, sheet *xlsSheet) error {
	if sheet.indexed {
		return nil
	}
	first, at, err := x.next(sheet.offset)
	if err != nil {
		return err
	}
	if first.kind != recordBOF || len(first.body) < 4 || first.word(2) != biffSheet {
		return fmt.Errorf("%w: no sheet at %d", errBIFF, sheet.offset)
	}
	inside := 0 // substreams of embedded charts
	for count := 0; ; count++ {
		if count%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r, end, err := x.next(at)
		if err != nil {
			return err
		}
		at = end
		switch {
		case r.kind == recordBOF:
			inside++
		case r.kind == recordEOF && inside == 0:
			slices.SortStableFunc(sheet.cells, func(a, b xlsCellAt) int { return cmp.Compare(a.row, b.row) })
			sheet.indexed = true
			return nil
		case r.kind == recordEOF:
			inside--
		case inside == 0:
			if err := sheet.note(r); err != nil {
				return err
			}
		}
	}
}

// note takes in one record of a sheet.
func (s *xlsSheet) note(r record) error {
	switch r.kind {
	case recordRow:
		if err := r.needs(16); err != nil {
			return err
		}
		if r.body[12]&xlsRowHidden != 0 {
			s.hidden[r.word(0)] = true
		}
	case recordMergeCells:
		if err := r.needs(2); err != nil {
			return err
		}
		count := r.word(0)
		if err := r.needs(2 + 8*count); err != nil {
			return err
		}
		for at := 2; at < 2+8*count; at += 8 {
			s.merged = append(s.merged, mergedRange{r.word(at) + 1, r.word(at+2) + 1, r.word(at + 4), r.word(at + 6)})
		}
	case recordNumber, recordRK, recordMulRK, recordLabelSST, recordLabel, recordRString, recordBoolErr, recordFormula:
		if err := r.needs(6); err != nil {
			return err
		}
		if len(s.cells) >= maxBIFFCells {
			return fmt.Errorf("%w: cells", errTooLarge)
		}
		s.cells = append(s.cells, xlsCellAt{uint32(r.at), uint16(r.word(0))})
	}
	return nil
}

// scan implements source.
func (x *xls) scan(ctx context.Context, sheet int, visit func(*sheetRow) error) error {
	s := &x.sheets[sheet]
	if err := x.index(ctx, s); err != nil {
		return err
	}
	row := &sheetRow{}
	for from := 0; from < len(s.cells); {
		if from%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		number := int(s.cells[from].row)
		row.number, row.hidden, row.cells = number+1, s.hidden[number], row.cells[:0]
		for from < len(s.cells) && int(s.cells[from].row) == number {
			if err := x.readCells(int(s.cells[from].offset), row); err != nil {
				return err
			}
			from++
		}
		for _, cell := range row.cells {
			if len(cell.text) > maxCellRunes && utf8.RuneCountInString(cell.text) > maxCellRunes {
				return cellTooLong(data.Place{Sheet: s.Name, Row: row.number, Cell: cellAddress(cell.column, row.number)})
			}
		}
		row.settle()
		if len(row.cells) == 0 {
			continue
		}
		if err := visit(row); err != nil {
			return visitError{err}
		}
	}
	return nil
}

// settle brings a row's cells into the order of columns; of two for one place the later counts, as in Excel.
func (row *sheetRow) settle() {
	if slices.IsSortedFunc(row.cells, func(a, b sheetCell) int { return cmp.Compare(a.column, b.column+1) }) {
		return
	}
	slices.SortStableFunc(row.cells, func(a, b sheetCell) int { return cmp.Compare(a.column, b.column) })
	kept := row.cells[:0]
	for i, cell := range row.cells {
		if i+1 == len(row.cells) || row.cells[i+1].column != cell.column {
			kept = append(kept, cell)
		}
	}
	row.cells = kept
}

// readCells reads the cell, or several (MULRK), whose record stands at a place.
func (x *xls) readCells(at int, row *sheetRow) error {
	r, end, err := x.next(at)
	if err != nil {
		return err
	}
	column := r.word(2)
	if r.kind == recordMulRK {
		for at := 4; at+6 <= len(r.body)-2; at += 6 {
			row.addNumber(x, column, r.word(at), rkNumber(binary.LittleEndian.Uint32(r.body[at+2:])))
			column++
		}
		return nil
	}
	needs := map[int]int{recordNumber: 14, recordRK: 10, recordLabelSST: 10, recordLabel: 9, recordRString: 9, recordBoolErr: 8, recordFormula: 14}
	if err := r.needs(needs[r.kind]); err != nil {
		return err
	}
	switch r.kind {
	case recordNumber:
		row.addNumber(x, column, r.word(4), math.Float64frombits(binary.LittleEndian.Uint64(r.body[6:])))
	case recordRK:
		row.addNumber(x, column, r.word(4), rkNumber(binary.LittleEndian.Uint32(r.body[6:])))
	case recordLabelSST:
		place := binary.LittleEndian.Uint32(r.body[6:])
		if int64(place) >= int64(x.texts.count) {
			return fmt.Errorf("%w: text %d does not exist", errBIFF, place)
		}
		row.addText(column, x.texts.text(int(place)))
	case recordLabel, recordRString:
		x.strings.pieces = append(x.strings.pieces[:0], r.body[9:])
		text, err := x.strings.characters(nil, r.word(6), r.body[8])
		if err != nil {
			return err
		}
		row.addText(column, string(text))
	case recordBoolErr:
		return row.addSpecial(column, r.body[6], r.body[7] == 1)
	case recordFormula:
		return x.readFormula(r, end, column, row)
	}
	return nil
}

// readFormula reads a formula's cached value ([MS-XLS] 2.5.133); a text stands in a record of its own behind it.
func (x *xls) readFormula(r record, end, column int, row *sheetRow) error {
	if r.body[12] != 0xFF || r.body[13] != 0xFF {
		row.addNumber(x, column, r.word(4), math.Float64frombits(binary.LittleEndian.Uint64(r.body[6:])))
		return nil
	}
	switch r.body[6] {
	case 1, 2:
		return row.addSpecial(column, r.body[8], r.body[6] == 2)
	case 3:
		return nil
	case 0:
	default:
		return fmt.Errorf("%w: a formula's value of kind %d at %d", errBIFF, r.body[6], r.at)
	}
	for {
		following, behind, err := x.next(end)
		if err != nil {
			return err
		}
		switch following.kind {
		case recordString:
			if err := following.needs(3); err != nil {
				return err
			}
			pieces, _, err := x.with(following)
			if err != nil {
				return err
			}
			x.strings.pieces = pieces
			text, err := x.strings.rich(nil)
			row.addText(column, string(text))
			return err
		case 0x04BC, 0x0221, 0x0236, recordContinue: // shared formula, array, table
			end = behind
		default:
			return fmt.Errorf("%w: the formula at %d has lost its text", errBIFF, r.at)
		}
	}
}

// rkNumber unpacks a number of 30 bits.
func rkNumber(packed uint32) float64 {
	number := math.Float64frombits(uint64(packed&^3) << 32)
	if packed&rkInteger != 0 {
		number = float64(int32(packed) >> 2)
	}
	if packed&rkHundredth != 0 {
		number /= 100
	}
	return number
}

// addNumber adds a number as Excel's own .xlsx would write it, or a date where the format shows one.
func (row *sheetRow) addNumber(x *xls, column, style int, number float64) {
	if style < len(x.dates) && x.dates[style] {
		if date, ok := serialDate(number, x.from1904); ok {
			row.cells = append(row.cells, sheetCell{column: column, kind: data.CellDate, text: date})
			return
		}
	}
	format := byte('f')
	if math.Abs(number) >= 1e15 || number != 0 && math.Abs(number) < 1e-5 {
		format = 'E'
	}
	kind, text := data.CellNumber, strconv.FormatFloat(number, format, -1, 64)
	if math.IsNaN(number) || math.IsInf(number, 0) {
		kind, text = data.CellError, xlsErrors[0x24]
	}
	row.cells = append(row.cells, sheetCell{column: column, kind: kind, text: text})
}

func (row *sheetRow) addText(column int, text string) {
	if text != "" {
		row.cells = append(row.cells, sheetCell{column: column, kind: data.CellText, text: text})
	}
}

// addSpecial adds a truth value or an error.
func (row *sheetRow) addSpecial(column int, value byte, isError bool) error {
	cell := sheetCell{column: column, kind: data.CellBool, text: "FALSE"}
	switch {
	case isError:
		cell.kind, cell.text = data.CellError, xlsErrors[value]
		if cell.text == "" {
			return fmt.Errorf("%w: error value %d", errBIFF, value)
		}
	case value == 1:
		cell.text = "TRUE"
	case value != 0:
		return fmt.Errorf("%w: truth value %d", errBIFF, value)
	}
	row.cells = append(row.cells, cell)
	return nil
}
