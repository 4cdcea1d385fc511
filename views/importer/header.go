package importer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the dialog that shows a sheet's first rows.
const (
	headRows       = 30 // rows shown, which is far below any title
	headWidth      = 760
	headListHeight = 340
)

// refused explains why a sheet is not this form, and lets a person show where its headers stand.
func (s *Screen) refused(path, sheet string, problem data.Problem) {
	dialog := ui.NewDialog(s.desk.Window, "没有完成")
	dialog.Body = ui.NewTroubleParts(problem.Where.String(), problem.What, problem.Fix)
	dialog.CancelLabel = "知道了"
	dialog.AddButton("自己指出表头…", func() { s.askHeader(path, sheet) })
	dialog.Show()
}

// askHeader shows a sheet's first rows; the one that is chosen holds the headers. sheet "" is the first of the workbook.
func (s *Screen) askHeader(path, sheet string) {
	type found struct {
		sheets []data.SheetInfo
		rows   []data.SheetRow
	}
	desk.Load(s.desk, &s.sheets, func(ctx context.Context) (found, error) {
		var answer found
		var err error
		if answer.sheets, err = s.service.SheetsOf(ctx, path, s.kind.form); err != nil {
			return answer, err
		}
		if sheet == "" && len(answer.sheets) > 0 {
			sheet = answer.sheets[0].Name
		}
		answer.rows, err = s.service.SheetHead(ctx, path, sheet, headRows)
		return answer, err
	}, func(answer found) { s.offerHeader(path, sheet, answer.sheets, answer.rows) })
}

func (s *Screen) offerHeader(path, sheet string, sheets []data.SheetInfo, rows []data.SheetRow) {
	dialog := ui.NewDialog(s.desk.Window, "哪一行是表头？")
	dialog.Width = headWidth
	dialog.Text = "点一下写着“姓名”“身份证号”等列名的那一行。"
	dialog.AddLeading(ui.NewLink("表里没有表头，第一行就是"+s.kind.first, func() {
		dialog.Hide()
		s.mapByHand(path, sheet, rows, noHeader)
	}))
	table := ui.NewDataTable(ui.TableColumn{Key: "row", Title: "行号", Width: 64, Right: true}, ui.TableColumn{Key: "text", Title: "内容"})
	table.Count = func() int { return len(rows) }
	table.Cell = func(row, column int) ui.Cell {
		if column == 0 {
			return ui.Cell{Text: fmt.Sprint(rows[row].Number), Role: theme.Secondary}
		}
		return ui.Cell{Text: joinedTexts(rows[row].Texts)}
	}
	table.OnOpen = func(row int) {
		dialog.Hide()
		s.mapByHand(path, sheet, rows, row)
	}
	body := ui.Column(10)
	if len(sheets) > 1 {
		choice := ui.NewSelect("选择工作表", sheetOptions(sheets)...)
		choice.SetKey(sheet)
		choice.OnChanged = func(name string) {
			dialog.Hide()
			s.askHeader(path, name)
		}
		body.Add(ui.Row(8, ui.NewText("工作表", theme.Secondary), ui.Fixed(sampleWidth, choice)))
	}
	body.Add(ui.Fixed(headListHeight, table))
	dialog.Body, dialog.First = body, table
	dialog.Show()
}

func joinedTexts(texts []string) string {
	var shown []string
	for _, text := range texts {
		if text = data.CleanText(text); text != "" {
			shown = append(shown, maskSample(text))
		}
	}
	return strings.Join(shown, " ・ ")
}

// noHeader stands for the place of the headers in a sheet that has none.
const noHeader = -1

// mapByHand asks what each column under a chosen header is, and reads the file so.
func (s *Screen) mapByHand(path, sheet string, rows []data.SheetRow, header int) {
	options := s.fileOptions()
	options.Sheet, options.HeaderRow = sheet, app.NoHeaders
	var headers []string
	if header != noHeader {
		headers, options.HeaderRow = rows[header].Texts, rows[header].Number
	}
	columns := columnsUnder(headers, rows[header+1:])
	guess(s.kind.form, columns)
	d := newColumnsDialog(s, columns, func(chosen map[int]string) {
		options.Columns = chosen
		s.readWith(path, options)
	})
	d.show(nil)
}

// columnsUnder lists the columns that have a header or anything below it, with the first thing that stands there.
func columnsUnder(headers []string, rows []data.SheetRow) []data.SheetColumn {
	width := len(headers)
	for _, row := range rows {
		width = max(width, len(row.Texts))
	}
	var columns []data.SheetColumn
	for index := range width {
		column := data.SheetColumn{Index: index, Key: data.ColumnExtra}
		if index < len(headers) {
			column.Header = data.CleanText(headers[index])
		}
		for _, row := range rows {
			if index < len(row.Texts) && column.Sample == "" {
				column.Sample = data.CleanText(row.Texts[index])
			}
		}
		if column.Header != "" || column.Sample != "" {
			columns = append(columns, column)
		}
	}
	return columns
}

// guess fills in what the headers say plainly, and by their first values the columns that have none.
func guess(form data.Form, columns []data.SheetColumn) {
	taken := map[string]bool{}
	for place := range columns {
		key := ""
		for _, column := range form.Columns {
			if columns[place].Header != "" && (columns[place].Header == column.Header || slices.Contains(column.Aliases, columns[place].Header)) {
				key = column.Key
				break
			}
		}
		if columns[place].Header == "" {
			key = keyOfSample(columns[place].Sample)
		}
		if form.Column(key) >= 0 && !taken[key] {
			columns[place].Key, taken[key] = key, true
		}
	}
}

// keyOfSample tells a column by the first thing in it, where that is plain: an identity number, a mobile or a name.
func keyOfSample(sample string) string {
	number, problems := data.JudgeMobile(sample)
	_, wrong := data.JudgeName(sample)
	switch {
	case data.LooksLikeIDNumber(sample):
		return "id_number"
	case number != "" && !data.HasErrors(problems):
		return "mobile"
	case !data.HasErrors(wrong) && len([]rune(sample)) <= longestName && len(sample) == hanBytes*len([]rune(sample)):
		return "name"
	}
	return ""
}

// A name of Han characters has at most so many in a roster without headers, each of so many bytes.
const (
	longestName = 4
	hanBytes    = 3
)
