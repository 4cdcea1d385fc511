package excel

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"peixun/data"
)

// textTable is a .csv, .tsv or .txt file as a source of rows. Its cells are all texts.
type textTable struct {
	name      string
	content   string // UTF-8, without mark
	delimiter byte
	checked   bool
}

// openText reads a whole text file: UTF-8, UTF-16, or GB18030. Bytes that are no text are refused, so that
// U+FFFD, which stands for something lost, never gets in.
func openText(r io.ReaderAt, size int64, name string) (*textTable, error) {
	raw := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), raw); err != nil {
		return nil, err
	}
	content, err := decodeText(raw)
	if err != nil {
		return nil, err
	}
	content = strings.TrimRight(content, endOfFile)
	if strings.TrimSpace(strings.ReplaceAll(content, "\uFEFF", "")) == "" {
		return nil, refuse(CodeEmpty, "文件里没有文字。", "请检查是否保存成功，或请提供者重新发送。")
	}
	if at := strings.IndexFunc(content, isForbidden); at >= 0 {
		return nil, badText(lineOf(content, at))
	}
	t := &textTable{name: strings.TrimSuffix(name, filepath.Ext(name)), content: content}
	delimiter, parts := t.sniffDelimiter()
	if t.delimiter = delimiter; parts == 0 && strings.Contains(content, fullComma) {
		t.content = strings.ReplaceAll(content, fullComma, ",") // typed with a Chinese input method
	}
	return t, nil
}

// fullComma parts the cells of texts that people typed, where nothing else does.
const fullComma = "，"

// endOfFile is what programs for DOS, and some payroll systems still, write behind the last line.
const endOfFile = "\x1A"

func decodeText(raw []byte) (string, error) {
	if wide, bigEndian := sniffUTF16Text(raw); wide {
		text, err := decodeAll(&utf16Reader{source: bytes.NewReader(raw), bigEndian: bigEndian}, len(raw))
		if err != nil {
			return "", badText(lineOf(text, len(text))).Because(err)
		}
		return withoutLoss(strings.TrimPrefix(text, "\uFEFF"))
	}
	if utf8.Valid(raw) {
		// Nobody changes raw any more: the text stands in its memory, since a copy of 50 MB would count.
		return withoutLoss(strings.TrimPrefix(unsafe.String(unsafe.SliceData(raw), len(raw)), "\uFEFF"))
	}
	if at := strayByte(raw); at >= 0 {
		return "", badText(1 + bytes.Count(raw[:at], []byte("\n")))
	}
	// The decoder reports no error: it writes U+FFFD.
	text, err := decodeAll(transform.NewReader(bytes.NewReader(raw), simplifiedchinese.GB18030.NewDecoder()), len(raw))
	if err != nil {
		return "", badText(1).Because(err)
	}
	return withoutLoss(text)
}

// decodeAll reads a text of so many bytes before decoding into one piece of memory: two bytes become at most three.
func decodeAll(r io.Reader, before int) (string, error) {
	var text strings.Builder
	text.Grow(before + before/2)
	_, err := io.Copy(&text, r)
	return text.String(), err
}

// strayByte finds the first bad byte of a text that is UTF-8 but for a few of them, or gives -1. Read as GB18030 such a
// text would turn into other characters without a complaint; real GB18030 holds hardly any Han character's UTF-8.
func strayByte(raw []byte) int {
	first, bad, han := -1, 0, 0
	for at := 0; at < len(raw); {
		r, width := utf8.DecodeRune(raw[at:])
		switch {
		case r == utf8.RuneError && width == 1:
			bad++
			if first < 0 {
				first = at
			}
		case unicode.Is(unicode.Han, r):
			han++
		}
		at += width
	}
	if han > bad || bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")) {
		return first
	}
	return -1
}

func withoutLoss(text string) (string, error) {
	if at := strings.IndexRune(text, utf8.RuneError); at >= 0 {
		return "", badText(lineOf(text, at))
	}
	return text, nil
}

func lineOf(text string, at int) int { return 1 + strings.Count(text[:at], "\n") }

func badText(line int) data.Problem {
	return refuse(CodeEncoding, fmt.Sprintf("第 %d 行附近有无法识别的文字，没有读取任何一行。", line),
		"请用 Excel 或 WPS 打开这个文件，检查文字是否正常，另存为 .xlsx 后再导入。").In(data.Place{Row: line})
}

// infos implements source.
func (t *textTable) infos() []SheetInfo { return []SheetInfo{{Name: t.name}} }

// countsFrom1904 implements source.
func (t *textTable) countsFrom1904() bool { return false }

// prepare implements source: it reads through the whole file once, so that a quote which never ends is found before the first row.
func (t *textTable) prepare(ctx context.Context) error {
	if t.checked {
		return nil
	}
	err := t.scan(ctx, 0, func(*sheetRow) error { return nil })
	t.checked = err == nil
	return err
}

// merges implements source.
func (t *textTable) merges(context.Context, int) ([]mergedRange, error) { return nil, nil }

// scan implements source. A row's number is the line where its record begins.
func (t *textTable) scan(ctx context.Context, _ int, visit func(*sheetRow) error) error {
	records := recordReader{text: t.content, delimiter: t.delimiter, line: 1}
	row := &sheetRow{}
	for count := 0; ; count++ {
		if count%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		fields, line, err := records.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if len(fields) > maxColumns || line > maxRows {
			return tooLarge(errTooLarge)
		}
		row.number, row.cells = line, row.cells[:0]
		for column, field := range fields {
			if field == "" {
				continue
			}
			if len(field) > maxCellRunes && utf8.RuneCountInString(field) > maxCellRunes {
				return cellTooLong(data.Place{Row: line})
			}
			row.cells = append(row.cells, sheetCell{column: column, kind: data.CellText, text: field})
		}
		if len(row.cells) == 0 {
			continue
		}
		if err := visit(row); err != nil {
			return visitError{err}
		}
	}
}

// delimiters in the order in which they win a draw.
var delimiters = []byte{',', '\t', ';', '|'}

// sniffDelimiter finds the sign that parts the first lines most evenly: as many times in as many lines as possible.
// parts is 0 where none of them does.
func (t *textTable) sniffDelimiter() (sign byte, parts int) {
	first, _, _ := strings.Cut(t.content, "\n")
	if given := separatorLine(first); given != 0 {
		return given, 1
	}
	best, bestScore := delimiters[0], 0
	for _, delimiter := range delimiters {
		records := recordReader{text: t.content, delimiter: delimiter, line: 1}
		lines := map[int]int{}
		for range headerSearch {
			fields, _, err := records.next()
			if err != nil && !errors.Is(err, errQuote) {
				break
			}
			lines[len(fields)-1]++
		}
		for count, times := range lines {
			if score := count * times; score > bestScore {
				best, bestScore = delimiter, score
			}
		}
	}
	return best, bestScore
}

// separatorLine gives the delimiter that Excel's own first line sep=; declares, or 0.
func separatorLine(line string) byte {
	line = strings.TrimSpace(line)
	if len(line) == len("sep=;") && strings.EqualFold(line[:4], "sep=") {
		return line[4]
	}
	return 0
}
