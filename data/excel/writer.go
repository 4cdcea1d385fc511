package excel

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

// Colours of design/README.md, light.
const (
	colourHeader       = "F0F2F5"
	colourPrimaryTint  = "E8F0FB"
	colourPrimaryText  = "174E9E"
	colourDanger       = "C62828"
	colourDangerTint   = "FCE9E9"
	colourDangerText   = "B01F1F"
	colourWarningTint  = "FDF1DC"
	colourWarningText  = "8A5200"
	colourBorder       = "E1E5EA"
	colourText         = "1F2329"
	colourSecondary    = "646A73"
	fontName           = "微软雅黑"
	fontSize           = 10.5
	headerHeight       = 26 // points
	lineHeight         = 17
	rowPadding         = 5
	rowHeight          = 20
	maxRowHeight       = 409 // Excel's
	dictionarySheet    = "字典"
	instructionsSheet  = "填写说明"
	aboutSheet         = "说明"
	maxSheetName       = 31 // Excel's, in UTF-16 units; our names stay within the BMP
	formatText         = "@"
	formatDate         = "yyyy-mm-dd"
	formatMoment       = "yyyy-mm-dd hh:mm:ss"
	formatTwoDecimals  = "0.00"
	formatMoney        = "#,##0.00"
	formatWhole        = "0"
	formatPercent      = "0.0%"
	formatGeneral      = "General"
	productName        = "培训管理台"
	forbiddenSheetName = `:\/?*[]'`
)

// look is everything that tells one cell style from another.
type look struct {
	format             string
	fill, colour       string
	bold, wrap, border bool
	size               float64 // points; 0 is fontSize
	align              string
	indent             int
}

// writer is a workbook in the making; styles are made once each.
type writer struct {
	file   *excelize.File
	styles map[look]int
	order  []string // the zip's entries in excelize's order
}

// newWriter starts a workbook whose first sheet has the name.
func newWriter(sheet string) (*writer, error) {
	file := excelize.NewFile()
	w := &writer{file: file, styles: map[look]int{}}
	return w, errors.Join(
		file.SetSheetName("Sheet1", sheet),
		file.SetDefaultFont(fontName),
		file.SetDocProps(&excelize.DocProperties{Creator: productName, LastModifiedBy: productName, Title: sheet, Language: "zh-CN"}),
		file.SetAppProps(&excelize.AppProperties{Application: productName}),
	)
}

// write gives the finished workbook to out.
func (w *writer) write(out io.Writer) error {
	w.file.SetActiveSheet(0)
	_, err := w.file.WriteTo(out)
	return errors.Join(err, w.file.Close())
}

// style gives the number of a cell style.
func (w *writer) style(l look) (int, error) {
	if id, ok := w.styles[l]; ok {
		return id, nil
	}
	colour := l.colour
	if colour == "" {
		colour = colourText
	}
	size := l.size
	if size == 0 {
		size = fontSize
	}
	style := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: size, Bold: l.bold, Color: colour},
		Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: l.wrap, Indent: l.indent},
	}
	if l.format != "" {
		style.CustomNumFmt = &l.format
	}
	if l.format == formatText { // the built-in number, which every program knows as 文本
		style.CustomNumFmt, style.NumFmt = nil, 49
	}
	if l.fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.border {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Color: colourBorder, Style: 1})
		}
	}
	id, err := w.file.NewStyle(style)
	if err == nil {
		w.styles[l] = id
	}
	return id, err
}

// pageFor gives a sheet's rows their height and prepares it for paper: A4 across, as wide as the page, the header on every page;
// pages is how many may stand one below the other; 0 is as many as it takes.
func (w *writer) pageFor(sheet string, headerRow, pages int) error {
	paper, orientation, wide, tall, fit, height := 9, "landscape", 1, pages, true, float64(rowHeight)
	return errors.Join(
		w.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit, DefaultRowHeight: &height, CustomHeight: &fit}),
		w.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}),
		w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet,
			RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, headerRow, headerRow)}),
		w.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}),
	)
}

// freezeBelow keeps the rows down to the header in sight.
func freezeBelow(headerRow int) *excelize.Panes {
	return &excelize.Panes{Freeze: true, YSplit: headerRow, TopLeftCell: fmt.Sprintf("A%d", headerRow+1), ActivePane: "bottomLeft"}
}

// choiceLists writes every column's choices into a hidden sheet and gives for each column of the form the place that a
// dropdown refers to, or "". Choices typed into the rule itself may hold no comma and only 255 characters.
func (w *writer) choiceLists(form data.Form) ([]string, error) {
	references := make([]string, len(form.Columns))
	if _, err := w.file.NewSheet(dictionarySheet); err != nil {
		return nil, err
	}
	lists := 0
	for i, column := range form.Columns {
		if len(column.Choices) == 0 {
			continue
		}
		entries := append([]string{column.Header}, column.Choices...)
		if err := w.file.SetSheetCol(dictionarySheet, cellAddress(lists, 1), &entries); err != nil {
			return nil, err
		}
		letter := data.ColumnLetters(lists)
		references[i] = fmt.Sprintf("'%s'!$%s$2:$%s$%d", dictionarySheet, letter, letter, len(entries))
		lists++
	}
	return references, w.file.SetSheetVisible(dictionarySheet, false)
}

// dropdown offers a column's choices in the rows from first to last. Only a closed list refuses other words.
func (w *writer) dropdown(sheet string, column int, declared data.Column, reference string, first, last int) error {
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(cellAddress(column, first) + ":" + cellAddress(column, last))
	rule.SetSqrefDropList(reference)
	if declared.Kind == data.KindChoice || declared.Kind == data.KindDocumentType {
		rule.SetError(excelize.DataValidationErrorStyleStop, declared.Header, "请从下拉框里选择。")
	}
	return w.file.AddDataValidation(sheet, rule)
}

// heightFor gives the height in points that a row of wrapped texts needs in columns of the given widths, or 0 where one
// line is enough. A Han character is as wide as two digits, which widths count.
func heightFor(texts []string, widths []float64) float64 {
	most := 1
	for i, text := range texts {
		lines := 0
		for line := range strings.SplitSeq(text, "\n") {
			width := 0.0
			for _, r := range line {
				width++
				if r >= utf8.RuneSelf {
					width++
				}
			}
			lines += max(1, int(math.Ceil(width/max(widths[i]-1, 1))))
		}
		most = max(most, lines)
	}
	if most == 1 {
		return 0
	}
	return min(float64(most*lineHeight+rowPadding), maxRowHeight)
}

// sheetName makes a name that Excel takes.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(forbiddenSheetName, r) || isForbidden(r) || r == '\n' {
			return ' '
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > maxSheetName {
		name = string(runes[:maxSheetName])
	}
	return strings.TrimSpace(name)
}

// cellText prepares a text for a cell: characters that XML cannot hold are dropped, and what Excel cannot hold is refused. A text is always a text cell, so that one which
// begins with = is no formula; nothing is put before it, because that would change the data.
func cellText(text string) (string, error) {
	if len(text) > maxCellRunes && utf8.RuneCountInString(text) > maxCellRunes {
		return "", cellTooLong(data.Place{})
	}
	if strings.ContainsFunc(text, isForbidden) || !utf8.ValidString(text) {
		text = strings.Map(func(r rune) rune {
			if isForbidden(r) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(text, ""))
	}
	return text, nil
}
