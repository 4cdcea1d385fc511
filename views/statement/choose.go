package statement

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// choose is the page before a file is chosen: where to drop one, and the files that were taken in.
type choose struct {
	screen     *Screen
	content    *fyne.Container
	path       *ui.Field
	table      *ui.DataTable
	total      *ui.Text
	statements []data.ImportedStatement
}

func newChoose(b *Screen) *choose {
	c := &choose{screen: b, path: ui.NewField("也可以粘贴文件的完整路径，按回车"), total: ui.NewText("", theme.Secondary)}
	c.path.OnSubmitted = func(string) { c.readTyped() }
	c.table = ui.NewDataTable(
		ui.TableColumn{Key: "at", Title: "导入时间", Width: 144},
		ui.TableColumn{Key: "file", Title: "文件", Strong: true},
		ui.TableColumn{Key: "bank", Title: "银行", Width: 128, HideBelow: 900},
		ui.TableColumn{Key: "period", Title: "流水日期", Width: 188},
		ui.TableColumn{Key: "added", Title: "新增", Width: 72, Right: true},
		ui.TableColumn{Key: "already", Title: "已有", Width: 72, Right: true, HideBelow: 900},
		ui.TableColumn{Key: "settled", Title: "已对上", Width: 72, Right: true},
		ui.TableColumn{Key: "gaps", Title: "余额", Width: 112},
		ui.TableColumn{Key: "user", Title: "谁导入的", Width: 88, HideBelow: 1000},
		ui.TableColumn{Key: "remove", Title: "", Width: 64},
	)
	c.table.Count = func() int { return len(c.statements) }
	c.table.Key = func(row int) int64 { return c.statements[row].ID }
	c.table.Cell = func(row, column int) ui.Cell { return statementCell(c.statements[row], c.table.Columns[column].Key) }
	c.table.OnOpen = func(row int) { b.desk.Go(desk.Statements, data.MonthOf(data.Moment(c.statements[row].Last))) }
	c.table.OnCell = func(row int, _ string) { b.askRemove(c.statements[row]) }
	c.table.Empty = ui.NewEmptyState("history", "还没有导入过银行流水", "导入的每份文件都列在这里，导错了可以整份删除。", nil, nil, "")
	desk.RememberWidths(b.service, "columns.statements", c.table)
	head := ui.NewPageHead(ui.NewText("工行、建行、中行、交行、农行、渤海等银行的明细都能认；不认识的指一次列，以后就记住。", theme.Text),
		ui.NewButton("银行流水核对", "", func() { b.desk.Go(desk.Statements, nil) }), ui.NewFilledButton("选择文件…", "folder-open", b.chooseFile))
	c.content = ui.Column(0, head, ui.Pad(16, 16, 16, 12, c.dropZone()), ui.NewLine(), ui.Grow(c.table), ui.NewFooter(ui.Wide(c.total)))
	return c
}

func (c *choose) dropZone() fyne.CanvasObject {
	const pathWidth = 520
	words := ui.Column(0, ui.Centre(ui.NewSizedIcon("file-up", theme.Secondary, 32)), ui.Gap(8),
		ui.Centre(ui.NewSection("把网上银行导出的交易明细拖到这里")), ui.Gap(4),
		ui.Centre(ui.NewText("Excel（.xlsx、.xls）或 .csv。先预览，不会直接写入；期间重叠、重复导入都不会重复记。", theme.Secondary)), ui.Gap(12),
		ui.Centre(ui.Row(8, ui.Fixed(pathWidth, c.path), ui.NewButton("预览", "", c.readTyped))))
	return ui.Stack(ui.NewBox(theme.Background, theme.ControlBorder, 4), ui.Pad(16, 20, 16, 20, words))
}

func (c *choose) readTyped() {
	path := ui.CleanPath(c.path.Text())
	c.path.SetBad(path == "")
	if path != "" {
		c.screen.read(path)
	}
}

func (c *choose) set(statements []data.ImportedStatement) {
	c.statements = statements
	lines := 0
	for _, s := range statements {
		lines += s.Added
	}
	c.total.SetText(fmt.Sprintf("共 %s 份文件，%s 笔流水", desk.Thousands(len(statements)), desk.Thousands(lines)))
	c.table.Refresh()
	c.content.Refresh()
}

func statementCell(s data.ImportedStatement, key string) ui.Cell {
	const minute = len("2006-01-02 15:04")
	switch key {
	case "at":
		return ui.Cell{Text: string(s.At[:min(minute, len(s.At))])}
	case "file":
		return ui.Cell{Text: s.File}
	case "bank":
		if s.Bank == "" {
			return ui.Cell{Text: "–", Role: theme.Secondary}
		}
		return ui.Cell{Text: s.Bank}
	case "period":
		return ui.Cell{Text: period(s.First, s.Last)}
	case "added":
		return ui.Cell{Text: desk.Thousands(s.Added)}
	case "already":
		return ui.Cell{Text: desk.Thousands(s.Already)}
	case "settled":
		return ui.Cell{Text: desk.Thousands(s.Settled)}
	case "gaps":
		if s.Gaps > 0 {
			return ui.Cell{Text: fmt.Sprintf("%d 处接不上", s.Gaps), Tone: ui.ToneWarning}
		}
		return ui.Cell{Text: "接得上", Role: theme.Secondary}
	case "user":
		return ui.Cell{Text: s.User}
	}
	return ui.Cell{Text: "删除", Link: true}
}

func period(first, last data.Date) string {
	if first == "" {
		return "–"
	}
	return string(first) + " – " + string(last)
}
