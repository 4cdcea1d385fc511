package importer

import (
	"context"
	"fmt"
	"strings"

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

// mapByHand asks what each column under a chosen header is, and reads the file so.
func (s *Screen) mapByHand(path, sheet string, rows []data.SheetRow, header int) {
	var columns []data.SheetColumn
	for index, text := range rows[header].Texts {
		column := data.SheetColumn{Index: index, Header: data.CleanText(text), Key: data.ColumnExtra}
		for _, below := range rows[header+1:] {
			if index < len(below.Texts) && column.Sample == "" {
				column.Sample = data.CleanText(below.Texts[index])
			}
		}
		if column.Header != "" || column.Sample != "" {
			columns = append(columns, column)
		}
	}
	guess(s.kind.form, columns)
	d := newColumnsDialog(s, columns, func(chosen map[int]string) {
		options := s.fileOptions()
		options.Sheet, options.HeaderRow, options.Columns = sheet, rows[header].Number, chosen
		s.readWith(path, options)
	})
	d.show(nil)
}

// guess fills in what the headers say plainly.
func guess(form data.Form, columns []data.SheetColumn) {
	taken := map[string]bool{}
	for place := range columns {
		for _, column := range form.Columns {
			known := columns[place].Header == column.Header
			for _, alias := range column.Aliases {
				known = known || columns[place].Header == alias
			}
			if known && !taken[column.Key] {
				columns[place].Key = column.Key
				taken[column.Key] = true
				break
			}
		}
	}
}
