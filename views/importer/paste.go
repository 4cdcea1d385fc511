package importer

import (
	"fmt"
	"strings"

	"peixun/data"
)

// paste fills cells downwards and to the right from what was copied in a spreadsheet. All of it is one decision, so that
// Ctrl+Z takes it back whole.
func (p *preview) paste(row int, column string, text string) {
	columns := p.columnsFrom(column)
	lines := pastedCells(text)
	if len(columns) == 0 || len(lines) == 0 {
		p.screen.desk.Toast("这一列不能粘贴，请先选姓名、身份证号这样的格子。")
		return
	}
	var cells []data.CellMend
	lost := 0
	for down, line := range lines {
		if row+down >= len(p.looked) {
			lost++
			continue
		}
		number := p.row(row + down).Source.Number
		for right, value := range line[:min(len(line), len(columns))] {
			cells = append(cells, data.CellMend{Row: number, Column: columns[right], Text: data.CleanText(value)})
		}
	}
	told := fmt.Sprintf("已粘贴 %d 格。", len(cells))
	if lost > 0 {
		told += fmt.Sprintf("剪贴板里多出 %d 行，下面没有行可放，没有粘贴。", lost)
	}
	p.screen.mend(data.SetCells(cells...), told)
}

// columnsFrom gives the form's columns in the table from one on to the right.
func (p *preview) columnsFrom(first string) []string {
	var columns []string
	for _, column := range p.table.Columns {
		if column.Key == first || len(columns) > 0 {
			if p.screen.kind.form.Column(column.Key) < 0 {
				break
			}
			columns = append(columns, column.Key)
		}
	}
	return columns
}

// pastedCells parts what spreadsheets put on the clipboard: tabs between cells, a line per row, quotes around cells that hold
// either. A blank line is a blank cell, so that nothing moves up a row.
func pastedCells(text string) [][]string {
	text = strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if text == "" {
		return nil
	}
	var lines [][]string
	var line []string
	for rest := text; ; {
		var cell string
		cell, rest = pastedCell(rest)
		line = append(line, cell)
		if rest == "" || rest[0] == '\n' {
			lines, line = append(lines, line), nil
		}
		if rest == "" {
			return lines
		}
		rest = rest[1:]
	}
}

// pastedCell takes the first cell off a text; what is left begins with the sign that ended it.
func pastedCell(text string) (cell, rest string) {
	if !strings.HasPrefix(text, `"`) {
		return cutBefore(text)
	}
	var value strings.Builder
	for body := text[1:]; ; {
		part, after, closed := strings.Cut(body, `"`)
		if !closed { // a quote that only stands there
			return cutBefore(text)
		}
		value.WriteString(part)
		if !strings.HasPrefix(after, `"`) {
			if after == "" || after[0] == '\t' || after[0] == '\n' {
				return value.String(), after
			}
			return cutBefore(text)
		}
		value.WriteByte('"')
		body = after[1:]
	}
}

func cutBefore(text string) (cell, rest string) {
	if end := strings.IndexAny(text, "\t\n"); end >= 0 {
		return text[:end], text[end:]
	}
	return text, ""
}
