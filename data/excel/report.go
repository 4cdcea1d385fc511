package excel

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"peixun/data"
)

// ReportRow is a row that failed, and why.
type ReportRow struct {
	Row      data.SourceRow
	Problems []data.Problem
}

// Widths of an error report's own columns and of the clerk's columns that the form does not know.
const (
	strangeWidth = 16
	numberWidth  = 9
	reasonWidth  = 46
	mendWidth    = 52
)

// reportColumn is one of the clerk's columns in an error report.
type reportColumn struct {
	place  int // the sheet's column; beyond every column where the sheet lacks a required one
	known  int // the form's column, or -1
	extra  int // the place in Heading.Unknown, or -1
	header string
	width  float64
	text   bool // identifiers and the like: cells in the format 文本
}

// WriteReport writes an error report that the clerk mends and imports again: the clerk's own columns in the file's order with
// their own headers and values, required columns that the file lacks, then 原行号, 错误原因 and 修改办法, which reading leaves out.
// Cells with an error are red, cells with a warning amber. Rows stand in the order given.
func WriteReport(out io.Writer, form data.Form, heading data.Heading, rows []ReportRow) error {
	sheet := sheetName(form.Name)
	w, err := newWriter(sheet)
	if err != nil {
		return err
	}
	if err := w.report(out, sheet, form, heading, rows); err != nil {
		return errors.Join(err, w.file.Close())
	}
	return nil
}

func (w *writer) report(out io.Writer, sheet string, form data.Form, heading data.Heading, rows []ReportRow) error {
	columns := reportColumns(form, heading)
	lists, err := w.choiceLists(form)
	if err != nil {
		return err
	}
	if err := w.reportWidths(sheet, columns); err != nil {
		return err
	}
	s, err := w.stream(out, sheet, len(columns)+len(data.ReportHeaders))
	if err != nil {
		return err
	}
	if err := s.reportHeader(columns); err != nil {
		return err
	}
	for _, row := range rows {
		if err := s.reportRow(form, columns, row); err != nil {
			return err
		}
	}
	for i, column := range columns {
		if column.known >= 0 && lists[column.known] != "" && len(rows) > 0 {
			err = errors.Join(err, w.dropdown(sheet, i, form.Columns[column.known], lists[column.known], 2, s.row))
		}
	}
	if err != nil {
		return err
	}
	return s.finish()
}

func (w *writer) reportWidths(sheet string, columns []reportColumn) error {
	widths := []float64{}
	for _, column := range columns {
		widths = append(widths, column.width)
	}
	err := errors.Join(w.pageFor(sheet, 1, 0), w.file.SetPanes(sheet, freezeBelow(1)))
	for i, width := range append(widths, numberWidth, reasonWidth, mendWidth) {
		letter := data.ColumnLetters(i)
		err = errors.Join(err, w.file.SetColWidth(sheet, letter, letter, width))
	}
	return err
}

// reportColumns puts the known and the unknown columns into the sheet's order, required ones that it lacks behind them.
func reportColumns(form data.Form, heading data.Heading) []reportColumn {
	var columns []reportColumn
	for i, declared := range form.Columns {
		column := reportColumn{place: maxColumns + i, known: i, extra: -1, header: declared.Header, width: declared.Width,
			text: columnFormat(declared.Kind) == formatText}
		if i < len(heading.Columns) && heading.Columns[i] >= 0 {
			column.place = heading.Columns[i]
			if i < len(heading.Headers) && heading.Headers[i] != "" {
				column.header = heading.Headers[i]
			}
		} else if !declared.Required {
			continue
		}
		columns = append(columns, column)
	}
	for i, place := range heading.Unknown {
		columns = append(columns, reportColumn{place: place, known: -1, extra: i, header: heading.Strange[i], width: strangeWidth})
	}
	slices.SortStableFunc(columns, func(a, b reportColumn) int { return a.place - b.place })
	return columns
}

func (s *stream) reportHeader(columns []reportColumn) error {
	own, err1 := s.style(look{fill: colourHeader, bold: true, border: true, align: "center", wrap: true})
	added, err2 := s.style(look{fill: colourDangerTint, colour: colourDangerText, bold: true, border: true, align: "center"})
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	for i, column := range columns {
		header, err := cellText(column.header)
		if err != nil {
			return err
		}
		s.values[i] = outCell{style: own, kind: data.CellText, text: header}
	}
	for i, header := range data.ReportHeaders {
		s.values[len(columns)+i] = outCell{style: added, kind: data.CellText, text: header}
	}
	return s.next(headerHeight)
}

func (s *stream) reportRow(form data.Form, columns []reportColumn, row ReportRow) error {
	for i, column := range columns {
		value, err := s.reportCell(column, row, levelOf(form, column, row.Problems))
		if err != nil {
			return err
		}
		s.values[i] = value
	}
	plain, err1 := s.style(look{align: "center", colour: colourSecondary})
	wrapped, err2 := s.style(look{wrap: true, align: "left", indent: 1})
	whats, fixes := explain(row.Problems)
	reason, err3 := cellText(whats)
	mend, err4 := cellText(fixes)
	at := len(columns)
	s.values[at] = outCell{style: plain, kind: data.CellNumber, text: strconv.Itoa(row.Row.Number)}
	s.values[at+1] = outCell{style: wrapped, kind: data.CellText, text: reason}
	s.values[at+2] = outCell{style: wrapped, kind: data.CellText, text: mend}
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	return s.next(heightFor([]string{reason, mend}, []float64{reasonWidth, mendWidth}))
}

// reportCell gives the clerk's own cell in its own type, coloured by the worst of its problems.
func (s *stream) reportCell(column reportColumn, row ReportRow, level data.Level) (outCell, error) {
	var source data.SourceCell
	if column.known >= 0 && column.known < len(row.Row.Cells) {
		source = row.Row.Cells[column.known]
	} else if column.extra >= 0 && column.extra < len(row.Row.Extra) {
		source = row.Row.Extra[column.extra]
	}
	l := look{format: formatGeneral, align: "left", indent: 1}
	if column.text || source.Kind == data.CellText {
		l.format = formatText
	}
	text, err := cellText(source.Text)
	if err != nil {
		return outCell{}, locate(err, data.Place{Row: row.Row.Number, Column: column.header})
	}
	cell := outCell{kind: source.Kind, text: text}
	switch {
	case source.Kind == data.CellDate:
		var timed bool
		if cell, timed, err = dateCell(text); err != nil {
			return outCell{}, err
		}
		if cell.kind == data.CellNumber {
			l.format = map[bool]string{false: formatDate, true: formatMoment}[timed]
		}
	case source.Kind == data.CellError, source.Kind == data.CellNumber && !isNumber([]byte(text)):
		cell.kind = data.CellText
	}
	switch level {
	case data.LevelError:
		l.fill, l.colour, l.border = colourDangerTint, colourDangerText, true
	case data.LevelWarning:
		l.fill, l.colour, l.border = colourWarningTint, colourWarningText, true
	}
	cell.style, err = s.style(l)
	return cell, err
}

// levelOf gives the worst level of the problems that stand in a column, or "".
func levelOf(form data.Form, column reportColumn, problems []data.Problem) data.Level {
	worst := data.Level("")
	for _, problem := range problems {
		here := column.known >= 0 && problem.Where.Field == form.Columns[column.known].Key
		here = here || problem.Where.Field == "" && problem.Where.Column == column.header
		switch {
		case !here:
		case problem.Level == data.LevelError:
			return data.LevelError
		case problem.Level == data.LevelWarning:
			worst = data.LevelWarning
		}
	}
	return worst
}

// explain writes what is wrong and how to mend it, a line for each problem; what was mended automatically is left out.
func explain(problems []data.Problem) (whats, fixes string) {
	var what, fix []string
	for _, problem := range problems {
		if problem.Level == data.LevelFixed {
			continue
		}
		text := problem.What
		if problem.Where.Column != "" && !strings.Contains(text, problem.Where.Column) {
			text = problem.Where.Column + "：" + text
		}
		if problem.Level == data.LevelWarning {
			text = "（提醒）" + text
		}
		what, fix = append(what, text), append(fix, problem.Fix)
	}
	if len(what) < 2 {
		return strings.Join(what, ""), strings.Join(fix, "")
	}
	for i := range what {
		what[i] = fmt.Sprintf("%d. %s", i+1, what[i])
		if fix[i] != "" {
			fix[i] = fmt.Sprintf("%d. %s", i+1, fix[i])
		}
	}
	return strings.Join(what, "\n"), strings.Join(fix, "\n")
}
