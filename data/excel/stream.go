package excel

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"peixun/data"
)

// outCell is a cell to be written. Its kind is CellBlank, CellText, CellNumber (text holds the digits, written as they are) or
// CellBool (TRUE or FALSE). A number may be what a formula gives.
type outCell struct {
	style   int
	kind    data.CellKind
	text    string
	formula string
}

// stream writes the first sheet's rows straight into the zip. excelize makes everything around them (styles, widths,
// dropdowns, the filter) and would also stream rows, but it keeps them all in memory or in a temporary file, cuts long
// texts silently, and takes several times as long.
type stream struct {
	*writer
	sheet   string
	values  []outCell // the row in the making
	letters []string
	row     int // the last row written

	archive *zip.Writer
	part    string // the sheet's part
	written map[string]string
	rows    *bufio.Writer
	line    []byte
}

// Where a sheet's rows stand in what excelize writes.
const (
	noRows    = "<sheetData></sheetData>"
	rowsBegin = "<sheetData>"
	rowsEnd   = "</sheetData>"
)

// firstParts come before the rows, because programs that guess a file's kind from its beginning look for them there.
var firstParts = []string{"[Content_Types].xml", "_rels/.rels"}

// stream begins the rows of the workbook's first sheet. Widths, panes and paper must be set before, rules and filters after the rows.
func (w *writer) stream(out io.Writer, sheet string, width int) (*stream, error) {
	s := &stream{writer: w, sheet: sheet, values: make([]outCell, width), archive: zip.NewWriter(out), part: "xl/worksheets/sheet1.xml"}
	for column := range width {
		s.letters = append(s.letters, data.ColumnLetters(column))
	}
	parts, err := w.parts()
	if err != nil {
		return nil, err
	}
	head, _, found := strings.Cut(parts[s.part], noRows)
	if !found {
		return nil, errors.New("excelize writes an empty sheet in an unknown way")
	}
	for _, name := range firstParts {
		if err := s.put(name, parts[name]); err != nil {
			return nil, err
		}
	}
	s.written = parts
	entry, err := s.archive.Create(s.part)
	if err != nil {
		return nil, err
	}
	s.rows = bufio.NewWriterSize(entry, 64<<10)
	_, err = s.rows.WriteString(strings.Replace(head, `<dimension ref="A1"></dimension>`, "", 1) + rowsBegin)
	return s, err
}

func (s *stream) put(name, content string) error {
	entry, err := s.archive.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(entry, content)
	return err
}

// parts gives the workbook as excelize would write it now, by entry.
func (w *writer) parts() (map[string]string, error) {
	buffer, err := w.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(buffer.Bytes()), int64(buffer.Len()))
	if err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for _, file := range archive.File {
		entry, err := file.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(entry)
		if err != nil {
			return nil, errors.Join(err, entry.Close())
		}
		parts[file.Name] = string(content)
		if !slices.Contains(w.order, file.Name) {
			w.order = append(w.order, file.Name)
		}
	}
	return parts, nil
}

// next writes the row that stands in values; a height of 0 is the sheet's own.
func (s *stream) next(height float64) error {
	if s.row == maxRows {
		return refuse(CodeSheetFull, fmt.Sprintf("一张工作表最多 %d 行，导出的内容放不下。", maxRows), "请先用筛选缩小范围，再分几次导出。")
	}
	s.row++
	number := strconv.Itoa(s.row)
	line := append(append(append(s.line[:0], `<row r="`...), number...), '"')
	if height > 0 {
		line = append(strconv.AppendFloat(append(line, ` ht="`...), height, 'f', -1, 64), `" customHeight="1"`...)
	}
	line = append(line, '>')
	for i := range s.values {
		cell := &s.values[i]
		line = append(append(append(line, `<c r="`...), s.letters[i]...), number...)
		line = append(strconv.AppendInt(append(line, `" s="`...), int64(cell.style), 10), '"')
		switch cell.kind {
		case data.CellText:
			line = appendText(line, cell.text)
		case data.CellNumber:
			line = append(line, '>')
			if cell.formula != "" {
				line = append(append(append(line, `<f>`...), cell.formula...), `</f>`...)
			}
			line = append(append(append(line, `<v>`...), cell.text...), `</v></c>`...)
		case data.CellBool:
			line = append(line, ` t="b"><v>`...)
			line = append(strconv.AppendBool(line, cell.text == "TRUE"), `</v></c>`...)
		default:
			line = append(line, `/>`...)
		}
	}
	s.line = append(line, `</row>`...)
	_, err := s.rows.Write(s.line)
	return err
}

// finish ends the rows, gives them a filter, and writes the rest of the workbook.
func (s *stream) finish() error {
	if len(s.values) > 0 {
		if err := s.file.AutoFilter(s.sheet, "A1:"+cellAddress(len(s.values)-1, s.row), nil); err != nil {
			return err
		}
	}
	parts, err := s.parts()
	if err != nil {
		return err
	}
	_, tail, found := strings.Cut(parts[s.part], noRows)
	if !found {
		return errors.New("excelize changed the empty sheet")
	}
	if _, err := s.rows.WriteString(rowsEnd + tail); err != nil {
		return err
	}
	if err := s.rows.Flush(); err != nil {
		return err
	}
	for _, name := range s.order {
		switch {
		case name == s.part:
		case !slices.Contains(firstParts, name):
			err = s.put(name, parts[name])
		case parts[name] != s.written[name]:
			err = errors.New("excelize changed " + name)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(s.archive.Close(), s.file.Close())
}

// appendText appends the rest of a text cell. The text must have gone through cellText.
func appendText(line []byte, text string) []byte { return appendPrefixedText(line, "", text) }

// appendPrefixedText is appendText where the elements carry a namespace prefix.
func appendPrefixedText(line []byte, prefix, text string) []byte {
	line = append(append(append(append(append(line, ` t="inlineStr"><`...), prefix...), `is><`...), prefix...), 't')
	if text != "" && (isBlank(text[0]) || isBlank(text[len(text)-1])) {
		line = append(line, ` xml:space="preserve"`...)
	}
	line = append(line, '>')
	for i := range len(text) {
		switch b := text[i]; b {
		case '&':
			line = append(line, "&amp;"...)
		case '<':
			line = append(line, "&lt;"...)
		case '>':
			line = append(line, "&gt;"...)
		case '\r':
			line = append(line, "&#13;"...)
		case '_':
			// A text that looks like an escape (_x000D_) is no escape: ST_Xstring wants its underscore escaped.
			if _, escaped := escape([]byte(text[i:min(i+7, len(text))])); escaped {
				line = append(line, "_x005F"...)
			}
			line = append(line, '_')
		default:
			line = append(line, b)
		}
	}
	if prefix == "" {
		return append(line, `</t></is></c>`...)
	}
	return append(line, `</`+prefix+`t></`+prefix+`is></`+prefix+`c>`...)
}
