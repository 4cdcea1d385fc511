package excel

import (
	"strconv"
	"strings"
	"time"

	"peixun/data"
)

// addValue gives the value in raw[from:] its true type.
func (r *worksheetReader) addValue(head cellHead, from int) error {
	value := r.raw[from:]
	switch head.kind {
	case "s":
		index, ok := parseNumber(value, r.workbook.shared.count-1)
		if !ok {
			return r.malformed("shared string %q does not exist", value)
		}
		r.raw = r.raw[:from]
		if text := r.workbook.shared.text(index); text != "" {
			r.row.cells = append(r.row.cells, sheetCell{column: head.column, kind: data.CellText, text: text})
		}
	case "str", "inlineStr":
		r.add(head.column, data.CellText, from)
	case "e":
		r.add(head.column, data.CellError, from)
	case "b":
		switch string(value) {
		case "1", "true":
			r.raw = append(r.raw[:from], "TRUE"...)
		case "0", "false":
			r.raw = append(r.raw[:from], "FALSE"...)
		default:
			return r.malformed("truth value %q", value)
		}
		r.add(head.column, data.CellBool, from)
	case "d":
		date, ok := isoDate(string(value))
		if !ok {
			return r.malformed("date %q", value)
		}
		r.raw = append(r.raw[:from], date...)
		r.add(head.column, data.CellDate, from)
	default:
		return r.addNumber(head, from)
	}
	return nil
}

// addNumber keeps the file's own digits, unless the cell's format shows a date.
func (r *worksheetReader) addNumber(head cellHead, from int) error {
	value := r.raw[from:]
	if !isNumber(value) {
		return r.malformed("number %q", value)
	}
	if head.style < len(r.workbook.dates) && r.workbook.dates[head.style] {
		serial, err := strconv.ParseFloat(string(value), 64)
		if err != nil && serial == 0 {
			return r.malformed("number %q", value)
		}
		if date, ok := serialDate(serial, r.workbook.date1904); ok {
			r.raw = append(r.raw[:from], date...)
			r.add(head.column, data.CellDate, from)
			return nil
		}
	}
	r.add(head.column, data.CellNumber, from)
	return nil
}

// parseNumber reads a whole number from 0 to limit.
func parseNumber(digits []byte, limit int) (int, bool) {
	number := 0
	for _, digit := range digits {
		if digit < '0' || digit > '9' || number > limit {
			return 0, false
		}
		number = number*10 + int(digit-'0')
	}
	return number, len(digits) > 0 && number <= limit
}

// parseAddress reads an address such as E47 into a column from 0 and a row from 1.
func parseAddress(address []byte) (column, row int, ok bool) {
	letters := 0
	for letters < len(address) && address[letters] >= 'A' && address[letters] <= 'Z' && letters < 4 {
		column = column*26 + int(address[letters]-'A') + 1
		letters++
	}
	row, ok = parseNumber(address[letters:], maxRows)
	return column - 1, row, ok && letters > 0 && column <= maxColumns && row > 0
}

// cellAddress writes the address of a column from 0 and a row from 1, such as E47.
func cellAddress(column, row int) string {
	return data.ColumnLetters(column) + strconv.Itoa(row)
}

// isNumber tells whether the text is an XML Schema double but for INF and NaN, which Excel does not know either.
func isNumber(text []byte) bool {
	text, digits := trimSign(text), 0
	point := false
	for at, b := range text {
		switch {
		case b >= '0' && b <= '9':
			digits++
		case b == '.' && !point:
			point = true
		case b == 'e' || b == 'E':
			exponent := trimSign(text[at+1:])
			_, ok := parseNumber(exponent, 999)
			return ok && digits > 0
		default:
			return false
		}
	}
	return digits > 0
}

func trimSign(text []byte) []byte {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		return text[1:]
	}
	return text
}

// isoDate reads the dates of strict OOXML, such as 2022-03-09T08:30:00Z; the zone is no part of a sheet's wall-clock time.
func isoDate(value string) (string, bool) {
	value = strings.TrimSuffix(value, "Z")
	day, clock, timed := strings.Cut(value, "T")
	if _, err := time.Parse("2006-01-02", day); err != nil {
		return "", false
	}
	if !timed {
		return day, true
	}
	moment, err := time.Parse("15:04:05", clock) // takes a fraction of a second too
	if err != nil {
		return "", false
	}
	if text := moment.Format("15:04:05"); text != "00:00:00" {
		return day + " " + text, true
	}
	return day, true
}
