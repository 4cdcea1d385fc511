package excel

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"peixun/data"
)

// errQuote stands behind the problem of a quote that is wrong.
var errQuote = errors.New("bad quote")

// recordReader parts a text into records as RFC 4180 has them, with what Chinese banks add: ="…" around numbers that
// Excel must not touch, and tabs behind them. It is strict with quotes, since a quote that never ends would swallow people.
type recordReader struct {
	text      string // the rest
	delimiter byte
	line      int // where text begins, from 1
	fields    []string
}

// next gives a record's fields and the line where it begins; the slice changes with the next call. At the end it
// gives io.EOF. After an error it goes on behind the line.
func (r *recordReader) next() ([]string, int, error) {
	if r.text == "" {
		return nil, r.line, io.EOF
	}
	line := r.line
	r.fields = r.fields[:0]
	for {
		field, err := r.field(line)
		if err != nil {
			r.dropLine()
			return r.fields, line, err
		}
		r.fields = append(r.fields, field)
		if r.text == "" {
			return r.fields, line, nil
		}
		separator := r.text[0]
		r.text = r.text[1:]
		if separator == r.delimiter {
			if r.text == "" { // the last field is empty, and no line break follows
				return append(r.fields, ""), line, nil
			}
			continue
		}
		if separator == '\r' {
			r.text = strings.TrimPrefix(r.text, "\n")
		}
		r.line++
		return r.fields, line, nil
	}
}

func (r *recordReader) dropLine() {
	_, r.text, _ = strings.Cut(r.text, "\n")
	r.line++
}

// field reads up to the next delimiter or line break, which it leaves.
func (r *recordReader) field(line int) (string, error) {
	quoted := strings.TrimLeft(r.text, " ")
	formula := strings.HasPrefix(quoted, `="`)
	if formula {
		quoted = quoted[1:]
	}
	if strings.HasPrefix(quoted, `"`) {
		return r.quoted(quoted[1:], line, formula)
	}
	end := strings.IndexAny(r.text, string([]byte{r.delimiter, '\r', '\n'}))
	if end < 0 {
		end = len(r.text)
	}
	field := r.text[:end]
	r.text = r.text[end:]
	return r.trim(field), nil
}

// quoted reads a field behind its opening quote.
func (r *recordReader) quoted(rest string, line int, formula bool) (string, error) {
	var field strings.Builder
	for {
		end := strings.IndexByte(rest, '"')
		if end < 0 {
			return "", badQuote(line, "引号没有结束")
		}
		field.WriteString(rest[:end])
		rest = rest[end+1:]
		if !strings.HasPrefix(rest, `"`) {
			break
		}
		field.WriteByte('"')
		rest = rest[1:]
	}
	behind := strings.TrimLeft(rest, " \t")
	if r.delimiter == '\t' {
		behind = strings.TrimLeft(rest, " ")
	}
	if behind != "" && behind[0] != r.delimiter && behind[0] != '\r' && behind[0] != '\n' {
		return "", badQuote(line, "引号后面还有文字")
	}
	r.text = behind
	text := field.String()
	r.line += lineBreaks(text)
	if !formula && strings.HasPrefix(text, `="`) && strings.HasSuffix(text, `"`) && len(text) > 2 {
		text = strings.ReplaceAll(text[2:len(text)-1], `""`, `"`)
	}
	return r.trim(text), nil
}

// trim takes the tabs off that exporters put beside numbers to keep Excel from changing them.
func (r *recordReader) trim(field string) string {
	if r.delimiter == '\t' {
		return field
	}
	return strings.Trim(field, "\t")
}

// lineBreaks counts CR LF, LF and CR alone.
func lineBreaks(text string) int {
	return strings.Count(text, "\n") + strings.Count(text, "\r") - strings.Count(text, "\r\n")
}

func badQuote(line int, what string) data.Problem {
	return refuse(CodeQuotes, fmt.Sprintf("第 %d 行的%s，没有读取任何一行。", line, what),
		"请用 Excel 或 WPS 打开这个文件，检查这一行，另存为 .xlsx 后再导入。").In(data.Place{Row: line}).Because(errQuote)
}
