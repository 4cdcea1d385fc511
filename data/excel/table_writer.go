package excel

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"reflect"
	"time"

	"github.com/xuri/excelize/v2"

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
)

// OutColumn is one column of an export.
type OutColumn struct {
	Header string
	Width  float64 // in characters; 0 is chosen by kind
	Kind   OutKind
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
}

// maxExactNumber bounds what Excel shows exactly: it keeps 15 digits.
const maxExactNumber = 1_000_000_000_000_000

// WriteTable writes an export: one sheet with a frozen header and a filter. A row's values stand in the columns' order; each is a
// string (or a type of strings), data.Money, data.Hours, int, int64, data.Date, data.Moment or nil. What does not fit its
// kind, such as an amount of more than 15 digits or an unknown date, is written as text rather than bent. The rows' own error
// ends the export; nothing has been written to out then. Texts are text cells whatever they begin with, so none becomes a formula.
func WriteTable(out io.Writer, sheet string, columns []OutColumn, rows iter.Seq2[[]any, error]) error {
	sheet = sheetName(sheet)
	w, err := newWriter(sheet)
	if err != nil {
		return err
	}
	s, err := w.stream(sheet, len(columns))
	if err == nil {
		err = s.exportRows(columns, rows)
	}
	if err != nil {
		return errors.Join(err, w.file.Close())
	}
	return w.write(out)
}

// stream is a sheet that is written row by row.
type stream struct {
	*writer
	sheet  string
	cells  *excelize.StreamWriter
	width  int
	row    int // the last row written
	values []any
}

func (w *writer) stream(sheet string, width int) (*stream, error) {
	if err := w.pageFor(sheet, 1, 0); err != nil { // before the first row: a stream's head is written once
		return nil, err
	}
	cells, err := w.file.NewStreamWriter(sheet)
	return &stream{writer: w, sheet: sheet, cells: cells, width: width, values: make([]any, width)}, err
}

// next writes the row that stands in values.
func (s *stream) next(height float64) error {
	if s.row == maxRows {
		return refuse("sheet-full", fmt.Sprintf("一张工作表最多 %d 行，导出的内容放不下。", maxRows), "请先用筛选缩小范围，再分几次导出。")
	}
	s.row++
	return s.cells.SetRow(cellAddress(0, s.row), s.values, excelize.RowOpts{Height: height})
}

// finish closes the sheet with a filter.
func (s *stream) finish() error {
	if s.width == 0 {
		return s.cells.Flush()
	}
	return errors.Join(s.file.AutoFilter(s.sheet, "A1:"+cellAddress(s.width-1, s.row), nil), s.cells.Flush())
}

func (s *stream) exportRows(columns []OutColumn, rows iter.Seq2[[]any, error]) error {
	styles := make([]int, len(columns))
	for i, column := range columns {
		known, ok := outLooks[column.Kind]
		if !ok {
			return fmt.Errorf("column %s has no kind", column.Header)
		}
		id, err := s.style(known.look)
		width := column.Width
		if width == 0 {
			width = known.width
		}
		if err = errors.Join(err, s.cells.SetColWidth(i+1, i+1, width)); err != nil {
			return err
		}
		styles[i] = id
	}
	moment, err := s.style(look{format: formatMoment, align: "left", indent: 1})
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
			written, timed, err := cellValue(value, data.Place{Sheet: s.sheet, Row: s.row + 1, Column: columns[i].Header})
			if err != nil {
				return err
			}
			style := styles[i]
			if timed {
				style = moment
			}
			s.values[i] = excelize.Cell{StyleID: style, Value: written}
		}
		if err := s.next(0); err != nil {
			return err
		}
	}
	return s.finish()
}

func (s *stream) exportHeader(columns []OutColumn) error {
	if err := s.cells.SetPanes(freezeBelow(1)); err != nil {
		return err
	}
	for i, column := range columns {
		header, err := s.style(look{fill: colourHeader, bold: true, border: true, align: outLooks[column.Kind].align, indent: outLooks[column.Kind].indent})
		if err != nil {
			return err
		}
		s.values[i] = excelize.Cell{StyleID: header, Value: column.Header}
	}
	return s.next(headerHeight)
}

// cellValue gives what excelize shall write, and whether it is a moment with a time of day.
func cellValue(value any, place data.Place) (written any, timed bool, err error) {
	switch value := value.(type) {
	case nil:
		return nil, false, nil
	case string:
		written, err = cellText(value, place)
		return written, false, err
	case data.Money:
		return hundredths(int64(value)), false, nil
	case data.Hours:
		return hundredths(int64(value)), false, nil
	case int:
		return wholeNumber(int64(value)), false, nil
	case int64:
		return wholeNumber(value), false, nil
	case data.Date:
		serial, ok := dateSerial(string(value))
		return orText(serial, ok, string(value)), false, nil
	case data.Moment:
		serial, ok := dateSerial(string(value))
		return orText(serial, ok, string(value)), ok, nil
	}
	if text := reflect.ValueOf(value); text.Kind() == reflect.String {
		written, err = cellText(text.String(), place)
		return written, false, err
	}
	return nil, false, fmt.Errorf("cannot write a %T into a cell (%s)", value, place)
}

func orText(serial float64, ok bool, text string) any {
	if ok {
		return serial
	}
	return text
}

// hundredths gives 分 or hundredths of 学时 as the number that Excel shows with two decimals. Up to 15 digits the nearest
// float64 prints as exactly this decimal, so nothing is lost; beyond, the amount is written as text.
func hundredths(amount int64) any {
	if amount > -maxExactNumber && amount < maxExactNumber {
		return float64(amount) / 100
	}
	sign, rest := "", uint64(amount)
	if amount < 0 {
		sign, rest = "-", -rest
	}
	return fmt.Sprintf("%s%d.%02d", sign, rest/100, rest%100)
}

func wholeNumber(number int64) any {
	if number > -maxExactNumber && number < maxExactNumber {
		return number
	}
	return fmt.Sprint(number)
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
