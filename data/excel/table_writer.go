package excel

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"peixun/data"
)

// OutKind says how a column of an export looks.
type OutKind string

const (
	OutText    OutKind = "text"    // strings; identifiers too, which stay text in Excel
	OutMoney   OutKind = "money"   // data.Money, shown in 元 with two decimals
	OutInteger OutKind = "integer" // int, int64
	OutHours   OutKind = "hours"   // data.Hours, two decimals
	OutDate    OutKind = "date"    // data.Date or data.Moment, a real date for Excel
	OutShare   OutKind = "share"   // Share, shown in percent with one decimal
)

// OutColumn is one column of an export.
type OutColumn struct {
	Header string
	Width  float64 // in characters; 0 is chosen by kind
	Kind   OutKind
}

// mostArguments is how many ranges one of Excel's functions takes.
const mostArguments = 255

// mostFormula is how many characters Excel's formulas may have.
const mostFormula = 8192

// Sum is a value of an export that Excel sums up itself.
type Sum struct {
	// Rows are the sheet's rows that it adds, from 1; the header is row 1.
	Rows []int
	// Value is what they come to, for programs that do not calculate: data.Money, data.Hours, int or int64.
	Value any
}

// Share is a value of an export that Excel divides itself: how much of one column's number another one is, in the same row. It is
// rounded down, so that 100.0% is all of it; of nothing it is blank.
type Share struct {
	// Part and Whole are columns, from 0.
	Part, Whole int
	// Thousandths is what it comes to; Known is false for a share of nothing.
	Thousandths int64
	Known       bool
}

// outLooks gives each kind's number format, alignment and usual width.
var outLooks = map[OutKind]struct {
	look
	width float64
}{
	OutText:    {look{format: formatText, align: "left", indent: 1}, 16},
	OutMoney:   {look{format: formatMoney, align: "right"}, 14},
	OutInteger: {look{format: formatWhole, align: "right"}, 10},
	OutHours:   {look{format: formatTwoDecimals, align: "right"}, 10},
	OutDate:    {look{format: formatDate, align: "left", indent: 1}, 13},
	OutShare:   {look{format: formatPercent, align: "right"}, 10},
}

// maxExactNumber bounds what Excel shows exactly: it keeps 15 digits.
const maxExactNumber = 1_000_000_000_000_000

// WriteTable writes an export: one sheet with a frozen header and a filter. A row's values stand in the columns' order; each is a
// string (or a type of strings), data.Money, data.Hours, int, int64, data.Date, data.Moment, Sum, Share or nil. What does not fit its
// kind, such as an amount of more than 15 digits or an unknown date, is written as text rather than bent. Texts are text cells
// whatever they begin with, so none becomes a formula.
//
// Rows go straight to out, so memory does not grow with them. The rows' own error ends the export and comes back; what out
// holds then, or after any other error, is no workbook and must be thrown away.
func WriteTable(out io.Writer, sheet string, columns []OutColumn, rows iter.Seq2[[]any, error]) error {
	return WriteTableAbout(out, sheet, columns, rows, nil)
}

// About is a line of the sheet that says what an export is: 单位 and its name, 统计时间 and the day.
type About struct{ Name, Text string }

// WriteTableAbout is WriteTable with a second sheet of such lines where there are any.
func WriteTableAbout(out io.Writer, sheet string, columns []OutColumn, rows iter.Seq2[[]any, error], about []About) error {
	sheet = sheetName(sheet)
	w, err := newWriter(sheet)
	if err != nil {
		return err
	}
	if err := w.about(about); err != nil {
		return errors.Join(err, w.file.Close())
	}
	if err := w.export(out, sheet, columns, rows); err != nil {
		return errors.Join(err, w.file.Close())
	}
	return nil
}

// about adds the sheet that says what the export is; no lines, no sheet.
func (w *writer) about(lines []About) error {
	if len(lines) == 0 {
		return nil
	}
	const nameWidth, textWidth = 16, 90 // characters
	_, err := w.file.NewSheet(aboutSheet)
	name, nameErr := w.style(look{align: "left", bold: true})
	text, textErr := w.style(look{format: formatText, align: "left", wrap: true})
	err = errors.Join(err, nameErr, textErr, w.file.SetColWidth(aboutSheet, "A", "A", nameWidth), w.file.SetColWidth(aboutSheet, "B", "B", textWidth))
	for place, line := range lines {
		for column, cell := range []struct {
			text  string
			style int
		}{{line.Name, name}, {line.Text, text}} {
			written, textErr := cellText(cell.text)
			address := cellAddress(column, place+1)
			err = errors.Join(err, textErr, w.file.SetCellStr(aboutSheet, address, written), w.file.SetCellStyle(aboutSheet, address, address, cell.style))
		}
	}
	return err
}

func (w *writer) export(out io.Writer, sheet string, columns []OutColumn, rows iter.Seq2[[]any, error]) error {
	styles, err := w.exportColumns(sheet, columns)
	if err != nil {
		return err
	}
	moment, err := w.style(look{format: formatMoment, align: "left", indent: 1})
	if err != nil {
		return err
	}
	s, err := w.stream(out, sheet, len(columns))
	if err != nil {
		return err
	}
	if err := s.exportHeader(columns); err != nil {
		return err
	}
	for values, err := range rows {
		if err != nil {
			return err
		}
		if len(values) != len(columns) {
			return fmt.Errorf("row %d has %d values for %d columns", s.row+1, len(values), len(columns))
		}
		for i, value := range values {
			cell, timed, err := s.calculated(value, i)
			if err != nil {
				return locate(err, data.Place{Sheet: sheet, Row: s.row + 1, Column: columns[i].Header})
			}
			if cell.style = styles[i]; timed {
				cell.style = moment
			}
			s.values[i] = cell
		}
		if err := s.next(0); err != nil {
			return err
		}
	}
	return s.finish()
}

// exportColumns prepares the sheet and gives each column's style.
func (w *writer) exportColumns(sheet string, columns []OutColumn) ([]int, error) {
	styles := make([]int, len(columns))
	err := errors.Join(w.pageFor(sheet, 1, 0), w.file.SetPanes(sheet, freezeBelow(1)))
	for i, column := range columns {
		known, ok := outLooks[column.Kind]
		if !ok {
			return nil, fmt.Errorf("column %s has no kind", column.Header)
		}
		width := column.Width
		if width == 0 {
			width = known.width
		}
		letter := data.ColumnLetters(i)
		id, styleErr := w.style(known.look)
		err = errors.Join(err, styleErr, w.file.SetColWidth(sheet, letter, letter, width))
		styles[i] = id
	}
	return styles, err
}

func (s *stream) exportHeader(columns []OutColumn) error {
	for i, column := range columns {
		known := outLooks[column.Kind]
		header, err := s.style(look{fill: colourHeader, bold: true, border: true, align: known.align, indent: known.indent})
		if err != nil {
			return err
		}
		text, err := cellText(column.Header)
		if err != nil {
			return err
		}
		s.values[i] = outCell{style: header, kind: data.CellText, text: text}
	}
	return s.next(headerHeight)
}

// locate gives a problem its place.
func locate(err error, place data.Place) error {
	if problem, ok := data.AsProblem(err); ok {
		return problem.In(place)
	}
	return fmt.Errorf("%s: %w", place, err)
}

// calculated gives the value of a column of the row in the making as a cell, with its formula where Excel calculates it.
func (s *stream) calculated(value any, column int) (outCell, bool, error) {
	switch value := value.(type) {
	case Sum:
		cell, timed, err := cellValue(value.Value)
		cell.formula = value.formula(s.letters[column])
		return cell, timed, err
	case Share:
		if !value.Known {
			return outCell{}, false, nil
		}
		row := strconv.Itoa(s.row + 1)
		formula := "ROUNDDOWN(" + s.letters[value.Part] + row + "/" + s.letters[value.Whole] + row + ",3)"
		return outCell{kind: data.CellNumber, text: strconv.FormatFloat(float64(value.Thousandths)/1000, 'f', 3, 64), formula: formula}, false, nil
	}
	return cellValue(value)
}

// formula writes the rows as ranges, such as SUM(B2:B4,B7), in sums of sums where they are more than one function takes; "" for none.
func (s Sum) formula(letter string) string {
	var parts []string
	for from := 0; from < len(s.Rows); {
		to := from
		for to+1 < len(s.Rows) && s.Rows[to+1] == s.Rows[to]+1 {
			to++
		}
		part := letter + strconv.Itoa(s.Rows[from])
		if to > from {
			part += ":" + letter + strconv.Itoa(s.Rows[to])
		}
		parts, from = append(parts, part), to+1
	}
	for len(parts) > mostArguments {
		var sums []string
		for some := range slices.Chunk(parts, mostArguments) {
			sums = append(sums, "SUM("+strings.Join(some, ",")+")")
		}
		parts = sums
	}
	formula := "SUM(" + strings.Join(parts, ",") + ")"
	if len(parts) == 0 || len(formula) > mostFormula {
		return ""
	}
	return formula
}

// cellValue gives a value as a cell, and whether it is a moment with a time of day.
func cellValue(value any) (cell outCell, timed bool, err error) {
	switch value := value.(type) {
	case nil:
		return outCell{}, false, nil
	case string:
		return textCell(value)
	case data.Money:
		return hundredths(int64(value)), false, nil
	case data.Hours:
		return hundredths(int64(value)), false, nil
	case int:
		return wholeNumber(int64(value)), false, nil
	case int64:
		return wholeNumber(value), false, nil
	case data.Date:
		return dateCell(string(value))
	case data.Moment:
		return dateCell(string(value))
	}
	if text := reflect.ValueOf(value); text.Kind() == reflect.String {
		return textCell(text.String())
	}
	return outCell{}, false, fmt.Errorf("cannot write a %T into a cell", value)
}

func textCell(text string) (outCell, bool, error) {
	text, err := cellText(text)
	if err != nil || text == "" {
		return outCell{}, false, err
	}
	return outCell{kind: data.CellText, text: text}, false, nil
}

// dateCell gives a date or a moment as Excel's day number; what is none goes as text.
func dateCell(text string) (outCell, bool, error) {
	serial, ok := dateSerial(text)
	if !ok {
		return textCell(text)
	}
	return numberCell(serial), len(text) > len("2006-01-02"), nil
}

func numberCell(number float64) outCell {
	return outCell{kind: data.CellNumber, text: strconv.FormatFloat(number, 'f', -1, 64)}
}

// hundredths gives 分 or hundredths of 学时 as a number with two decimals, written digit by digit and never through a
// float. Excel keeps 15 digits: a longer amount goes as text.
func hundredths(amount int64) outCell {
	sign, rest := "", uint64(amount)
	if amount < 0 {
		sign, rest = "-", -rest
	}
	cell := outCell{kind: data.CellNumber, text: fmt.Sprintf("%s%d.%02d", sign, rest/100, rest%100)}
	if rest >= maxExactNumber {
		cell.kind = data.CellText
	}
	return cell
}

func wholeNumber(number int64) outCell {
	cell := outCell{kind: data.CellNumber, text: strconv.FormatInt(number, 10)}
	if number <= -maxExactNumber || number >= maxExactNumber {
		cell.kind = data.CellText
	}
	return cell
}

// dateSerial gives Excel's day number of 2006-01-02 or 2006-01-02 15:04:05. It reports false before 1900-03-01, where Excel's
// calendar is wrong, and for what is no date.
func dateSerial(text string) (float64, bool) {
	moment, err := time.Parse("2006-01-02 15:04:05", text)
	if err != nil {
		if moment, err = time.Parse("2006-01-02", text); err != nil {
			return 0, false
		}
	}
	seconds := moment.Unix() - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()
	days := math.Floor(float64(seconds) / secondsPerDay)
	if days <= leapDay1900 || days > maxSerial1900 {
		return 0, false
	}
	return float64(seconds) / secondsPerDay, true
}
