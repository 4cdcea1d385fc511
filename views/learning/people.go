package learning

import (
	"context"
	"fmt"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// The columns; Narrow is their width beside the drawer.
var columns = []ui.TableColumn{
	{Key: "name", Title: "姓名", Width: 96, Narrow: 88, Sortable: true, Strong: true},
	{Key: "id_number", Title: "身份证号码", Width: 168, HideBelow: 760},
	{Key: "organization", Title: "组织机构", Sortable: true},
	{Key: "mobile", Title: "手机号", Width: 124, HideBelow: 860},
	{Key: "hours", Title: "已登记学时", Width: 112, Narrow: 104, Sortable: true, Right: true},
	{Key: "missing", Title: "还差", Width: 84, Narrow: 76, Sortable: true, Right: true},
	{Key: "reached", Title: "进度", Width: 132, Narrow: 96},
}

func (s *Screen) newTable() *ui.DataTable {
	table := ui.NewDataTable(columns...)
	table.Ticks = true
	table.Count = func() int { return s.rows.Len() }
	table.Key = func(row int) int64 { return s.rows.ID(row) }
	table.AllKeys = func() []int64 { return s.rows.IDs() }
	table.Cell = func(row, column int) ui.Cell { return s.cell(s.rows.At(row), columns[column].Key) }
	table.OnTick = s.showSums
	table.OnOpen = func(row int) { s.open(s.rows.ID(row)) }
	table.OnMenu = s.rowItems
	table.OnSort = func(key string, descending bool) {
		s.sort, s.backwards = key, descending
		s.ask()
	}
	table.SetSort(s.sort, s.backwards)
	table.Empty = ui.NewEmptyState("circle-check", "这里没有学员", "换个条件看看：默认只列还没有达标的人。还没有学员时，先导入学员名单。",
		[]fyne.CanvasObject{ui.NewButton("清除条件", "x", s.clear), ui.NewButton("导入学员", "upload", func() { s.desk.Go(desk.ImportRoster, nil) })}, nil, "")
	desk.RememberWidths(s.service, "columns.learning", table)
	return table
}

func (s *Screen) cell(row data.TraineeRow, key string) ui.Cell {
	target := s.plan().Target
	missing := data.MissingHours(row.Hours, target)
	switch key {
	case "name":
		return ui.Cell{Text: row.Name}
	case "id_number":
		return ui.Cell{Text: row.IDNumber}
	case "organization":
		return ui.Cell{Text: desk.ShownPath(row.Organization)}
	case "mobile":
		return ui.Cell{Text: row.Mobile}
	case "hours":
		return ui.Cell{Text: row.Hours.String()}
	case "missing":
		if missing == 0 {
			return ui.Cell{Text: "–", Role: theme.Secondary}
		}
		return ui.Cell{Text: missing.String(), Role: theme.TextDanger}
	}
	if missing == 0 {
		return ui.Cell{Text: "已达标", Tone: ui.ToneSuccess}
	}
	return ui.Cell{Bar: true, Fraction: fraction(row.Hours, target)}
}

// fraction is how far a target is reached, short of 1 until it is.
func fraction(total, target data.Hours) float64 {
	if target <= 0 || total >= target {
		return 1
	}
	return float64(total) / float64(target)
}

func (s *Screen) rowItems(row int) []ui.MenuItem {
	id := s.rows.ID(row)
	return []ui.MenuItem{
		{Label: "打印学习档案", Icon: "printer", Action: func() { s.print(id) }},
		{Label: "复制提醒", Icon: "copy", Action: func() { s.copyReminders([]int64{id}) }},
		{Label: "查看这位学员", Icon: "user", Action: func() { s.desk.Go(desk.Trainees, id) }},
	}
}

// remindAll copies a reminder for everybody who is ticked, or who is listed.
func (s *Screen) remindAll() {
	ids := s.table.Ticked()
	if len(ids) == 0 {
		ids = s.found.ids
	}
	s.copyReminders(ids)
}

// copyReminders puts what people are to be told on the clipboard, a paragraph for each.
func (s *Screen) copyReminders(ids []int64) {
	var text string
	s.desk.Do(func(ctx context.Context) (err error) {
		text, err = s.service.Reminders(ctx, s.planID, ids)
		return err
	}, func() {
		ui.Copy(text)
		s.desk.Toast(fmt.Sprintf("已复制 %s 人的提醒，可以粘贴到短信或微信。里面没有证件号。", desk.Thousands(len(ids))))
	})
}

func (s *Screen) export() {
	query, count := s.query(), s.found.totals.Found
	s.desk.SaveWorkbook(fmt.Sprintf("导出 %s 人的学时情况", desk.Thousands(count)), "学时达标情况.xlsx", func(ctx context.Context, path string) (string, error) {
		written, err := s.service.ExportLearning(ctx, path, query)
		return fmt.Sprintf("已导出 %s 人到 %s，证件号和手机号打了星号。", desk.Thousands(written), path), err
	})
}

func (s *Screen) print(id int64) {
	preview.Show(s.desk, s.service, preview.Paper{Title: "学习档案", Name: "学习档案.pdf", Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
		return s.service.WriteLearningFile(ctx, w, id)
	}})
}

// open shows somebody's file beside the list.
func (s *Screen) open(id int64) {
	desk.Load(s.desk, &s.reading, func(ctx context.Context) (data.LearningFile, error) { return s.service.LearningFile(ctx, id) }, func(file data.LearningFile) {
		s.file = file
		s.host.SetOpen(true)
		s.showFile()
	})
}

func (s *Screen) closeDrawer() {
	s.host.SetOpen(false)
	s.table.CloseRow()
}

func (s *Screen) showFile() {
	file := s.file
	s.drawer.SetTitle(file.Trainee.Name)
	facts := ui.Column(6, ui.NewKeyValue("证件号码", file.Trainee.IDNumber), ui.NewKeyValue("组织机构", desk.ShownPath(file.Organization)), ui.NewKeyValue("缴费机构", desk.ShownPath(file.Payer)))
	body := ui.Column(12, facts, ui.NewLine())
	for _, year := range file.Years {
		body.Add(yearPart(year))
	}
	body.Add(ui.NewLine())
	body.Add(ui.NewBold(fmt.Sprintf("培训记录 %d 条", len(file.Records))))
	for _, record := range file.Records {
		days := string(record.StartsOn)
		if record.EndsOn != record.StartsOn {
			days += " 至 " + string(record.EndsOn)
		}
		body.Add(ui.Column(2, ui.Row(8, ui.Wide(ui.NewElidedText(record.Title, theme.Text)), ui.NewText(record.Hours.String(), theme.Text)), ui.NewCaption(days, theme.Secondary)))
	}
	s.drawer.SetBody(body)
	id := file.Trainee.ID
	s.drawer.SetFooter(ui.Wide(ui.NewButton("打印", "printer", func() { s.print(id) })), ui.Wide(ui.NewButton("复制提醒", "copy", func() { s.copyReminders([]int64{id}) })),
		ui.NewMoreButton(func() []ui.MenuItem {
			return []ui.MenuItem{{Label: "查看这位学员", Icon: "user", Action: func() { s.desk.Go(desk.Trainees, id) }},
				{Label: "他的线下学时", Icon: "archive", Action: func() { s.desk.Go(desk.Hours, file.Trainee.Name) }}}
		}))
}

// yearPart tells how far one year's 考核值 is reached.
func yearPart(year data.LearningYear) fyne.CanvasObject {
	rest, role := "已达标", theme.TextSuccess
	if missing := year.Missing(); missing > 0 {
		rest, role = "还差 "+missing.String(), theme.Secondary
	}
	share := func(hours data.Hours) float64 {
		return float64(min(hours, year.Plan.Target)) / float64(max(1, year.Plan.Target))
	}
	offline := share(year.Offline)
	bar := ui.NewPartedBar(ui.BarPart{Fraction: offline, Role: theme.Success}, ui.BarPart{Fraction: min(share(year.Network), 1-offline), Role: theme.Primary})
	legend := ui.Row(12, ui.Legend(theme.Success, "线下 "+year.Offline.String()))
	if year.Network > 0 {
		legend.Add(ui.Legend(theme.Primary, "网络 "+year.Network.String()))
	}
	legend.Add(ui.Space())
	legend.Add(ui.NewCaption(rest, role))
	return ui.Column(6, ui.Row(8, ui.NewBold(fmt.Sprintf("%d年", year.Plan.Year)), ui.Space(), ui.NewText(year.Total().String()+" / "+year.Plan.Target.String(), theme.Text)), bar, legend)
}
