package excel

import (
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"peixun/data"
)

// WriteTemplate writes an empty form for the clerk to fill in: one sheet to type in, one with instructions and the
// example (never among the data, where it would be imported), and a hidden one with the dropdowns' entries.
// Reading it gives every column of the form and no rows.
func WriteTemplate(out io.Writer, form data.Form) error {
	w, err := newWriter(sheetName(form.Name))
	if err != nil {
		return err
	}
	if err := errors.Join(w.templateSheet(form), w.instructions(form)); err != nil {
		return errors.Join(err, w.file.Close())
	}
	lists, err := w.choiceLists(form)
	for i, reference := range lists {
		if reference != "" {
			err = errors.Join(err, w.dropdown(sheetName(form.Name), i, form.Columns[i], reference, 2, maxRows))
		}
	}
	if err != nil {
		return errors.Join(err, w.file.Close())
	}
	return w.write(out)
}

func (w *writer) templateSheet(form data.Form) error {
	sheet := sheetName(form.Name)
	for i, column := range form.Columns {
		address, letter := cellAddress(i, 1), data.ColumnLetters(i)
		whole, err := w.style(look{format: columnFormat(column.Kind)})
		if err != nil {
			return err
		}
		fill := colourHeader
		if column.Required {
			fill = colourPrimaryTint
		}
		header, err := w.style(look{fill: fill, bold: true, border: true, align: "center", format: formatText})
		if err != nil {
			return err
		}
		err = errors.Join(
			w.file.SetColStyle(sheet, letter, whole),
			w.file.SetColWidth(sheet, letter, letter, column.Width),
			w.file.SetCellRichText(sheet, address, headerRuns(column)),
			w.file.SetCellStyle(sheet, address, address, header),
			w.file.AddComment(sheet, excelize.Comment{Author: productName, Cell: address, Text: column.Hint, Width: 260, Height: commentHeight(column.Hint)}),
		)
		if err != nil {
			return err
		}
	}
	return errors.Join(w.file.SetRowHeight(sheet, 1, headerHeight), w.file.SetPanes(sheet, freezeBelow(1)), w.pageFor(sheet, 1, 0))
}

// headerRuns writes the header with a red star behind it where the column is required.
func headerRuns(column data.Column) []excelize.RichTextRun {
	font := excelize.Font{Family: fontName, Size: fontSize, Bold: true, Color: colourText}
	runs := []excelize.RichTextRun{{Text: column.Header, Font: &font}}
	if column.Required {
		red := font
		red.Color = colourDanger
		runs = append(runs, excelize.RichTextRun{Text: "*", Font: &red})
	}
	return runs
}

// commentHeight gives a comment's box a line of 20 pixels for every 17 characters.
func commentHeight(hint string) uint {
	return uint(40 + 20*(len([]rune(hint))/17))
}

// columnFormat is the number format of a column that people fill in. All but dates and hours are text, so that Excel
// touches neither an identifier nor a remark such as 1-2.
func columnFormat(kind data.Kind) string {
	switch kind {
	case data.KindDate:
		return formatDate
	case data.KindHours:
		return formatTwoDecimals
	}
	return formatText
}

// notes stand above the instructions' table; %s is the form's name.
var notes = []string{
	"数据填在“%s”工作表里，一行一条记录，从第 2 行开始；标 * 的列必须填写。",
	"列的先后可以调换，不用的列可以删除，自己加的列会一并保留；表头的名称请不要改。",
	"身份证号、编号、工号都按文本填写。从别处复制时请用“选择性粘贴 → 数值”，以免带来别的格式。",
	"填好后保存为 .xlsx，在程序里选“导入”。导入前会先给出预览，确认后才写入。",
}

// instructionWidths are the widths of the instructions' columns.
var instructionWidths = []float64{16, 9, 60, 40, 26}

// instructionSheet is the sheet of instructions in the making.
type instructionSheet struct {
	*writer
	line int // the next row
}

// put writes a row in one style, as high as its texts need but at least height.
func (s *instructionSheet) put(l look, height float64, texts ...string) error {
	style, err := s.style(l)
	if err != nil {
		return err
	}
	if l.wrap {
		height = max(height, heightFor(texts, instructionWidths))
	}
	from, to := cellAddress(0, s.line), cellAddress(len(texts)-1, s.line)
	err = errors.Join(
		s.file.SetSheetRow(instructionsSheet, from, &texts),
		s.file.SetCellStyle(instructionsSheet, from, to, style),
		s.file.SetRowHeight(instructionsSheet, s.line, height),
	)
	s.line++
	return err
}

// instructions writes what the form's columns want, with an example of each.
func (w *writer) instructions(form data.Form) error {
	if _, err := w.file.NewSheet(instructionsSheet); err != nil {
		return err
	}
	s := &instructionSheet{writer: w, line: 1}
	err := s.put(look{bold: true, size: 15, colour: colourPrimaryText}, 32, form.Name+"导入表填写说明")
	for _, text := range notes {
		err = errors.Join(err, s.put(look{colour: colourSecondary}, 20, "· "+strings.ReplaceAll(text, "%s", form.Name)))
	}
	s.line++
	headerRow := s.line
	err = errors.Join(err, s.put(look{fill: colourHeader, bold: true, border: true, align: "left", indent: 1}, headerHeight, "列名", "必填", "怎么填", "可选内容", "示例"))
	for _, column := range form.Columns {
		required := ""
		if column.Required {
			required = "必填"
		}
		err = errors.Join(err, s.put(look{border: true, wrap: true, format: formatText, align: "left", indent: 1}, lineHeight+rowPadding,
			column.Header, required, column.Hint, strings.Join(column.Choices, "、"), column.Example))
	}
	for i, width := range instructionWidths {
		letter := data.ColumnLetters(i)
		err = errors.Join(err, w.file.SetColWidth(instructionsSheet, letter, letter, width))
	}
	hide := false
	return errors.Join(err, w.file.SetPanes(instructionsSheet, freezeBelow(headerRow)), w.pageFor(instructionsSheet, headerRow, 1),
		w.file.SetSheetView(instructionsSheet, 0, &excelize.ViewOptions{ShowGridLines: &hide}))
}
