package hours

import (
	"context"
	"fmt"
	"sort"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// The columns; Narrow is their width beside the drawer.
var columns = []ui.TableColumn{
	{Key: "name", Title: "姓名", Width: 88, Narrow: 80, Sortable: true, Strong: true},
	{Key: "id_number", Title: "身份证号码", Width: 156},
	{Key: "organization", Title: "组织机构", Width: 116, Narrow: 92, Sortable: true, HideBelow: 700},
	{Key: "title", Title: "培训名称", Sortable: true},
	{Key: "category", Title: "课程类别", Width: 92, Narrow: 76, Sortable: true, HideBelow: 860},
	{Key: "form", Title: "培训形式", Width: 92, Narrow: 76, Sortable: true, HideBelow: 1300},
	{Key: "organizer", Title: "主办单位", Width: 120, Sortable: true, HideBelow: 1500},
	{Key: "starts", Title: "开始日期", Width: 112, Narrow: 112, Sortable: true},
	{Key: "ends", Title: "结束日期", Width: 112, Sortable: true, HideBelow: 1300},
	{Key: "hours", Title: "学时", Width: 76, Right: true, Sortable: true},
	{Key: "result", Title: "考核结果", Width: 92, Sortable: true, HideBelow: 1500},
	{Key: "certificate", Title: "证明编号", Width: 124, Sortable: true, HideBelow: 860},
	{Key: "note", Title: "提醒", Width: 92, HideBelow: 1000},
}

func (s *Screen) newTable() *ui.DataTable {
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return s.rows.Len() }
	table.Cell = func(row, column int) ui.Cell { return cell(s.rows.At(row), columns[column].Key) }
	table.Key = func(row int) int64 { return s.rows.ID(row) }
	table.Ticks = true
	table.AllKeys = func() []int64 { return s.rows.IDs() }
	table.OnTick = s.showSums
	table.OnMenu = s.rowItems
	table.OnOpen = s.openDrawer
	table.OnSort = func(key string, descending bool) {
		s.sort, s.backwards = key, descending
		s.ask()
	}
	s.nobody, s.nothing = s.newNobody(), s.newNothing()
	table.Empty = ui.Stack(s.nobody, s.nothing)
	table.SetSort(s.sort, s.backwards)
	desk.RememberWidths(s.service, columnsSetting, table)
	return table
}

// cell gives what one column shows of a record.
func cell(row data.OfflineHoursRow, key string) ui.Cell {
	switch key {
	case "name":
		return ui.Cell{Text: row.Name}
	case "id_number":
		return ui.Cell{Text: row.IDNumber}
	case "organization":
		return ui.Cell{Text: desk.ShownPath(row.Organization)}
	case "title":
		return ui.Cell{Text: row.Title}
	case "category":
		return dashed(row.Category)
	case "form":
		return dashed(row.Form)
	case "starts":
		return ui.Cell{Text: string(row.StartsOn)}
	case "ends":
		return ui.Cell{Text: string(row.EndsOn)}
	case "hours":
		return ui.Cell{Text: row.Hours.String()}
	case "organizer":
		return dashed(row.Organizer)
	case "result":
		return dashed(row.Result)
	case "certificate":
		return dashed(row.Certificate)
	case "note":
		return note(row)
	}
	return ui.Cell{}
}

// note says what a person should look at, or how many papers there are.
func note(row data.OfflineHoursRow) ui.Cell {
	if row.Overlaps {
		return ui.Cell{Text: "日期重叠", Tone: ui.ToneWarning}
	}
	if row.Files > 0 {
		return ui.Cell{Text: fmt.Sprintf("附件 %d", row.Files), Role: theme.Secondary}
	}
	return ui.Cell{}
}

// dashed shows that a field was left empty.
func dashed(text string) ui.Cell {
	if text == "" {
		return ui.Cell{Text: "–", Role: theme.Secondary}
	}
	return ui.Cell{Text: text}
}

func (s *Screen) newNobody() fyne.CanvasObject {
	buttons := []fyne.CanvasObject{ui.NewFilledButton("批量导入", "upload", s.importHours), ui.NewButton("登记学时", "plus", s.add), ui.NewButton("下载模板", "download", s.saveTemplate)}
	cards := []ui.HelpCard{
		{Icon: "download", Title: "1. 下载模板", Text: "证件号和计划编号已设为文本，不会丢位数。", Action: "下载模板", OnAction: s.saveTemplate},
		{Icon: "pencil", Title: "2. 填写学时", Text: "一人一次培训一行。一天最多记多少学时，可在设置里改。"},
		{Icon: "receipt-check", Title: "3. 关联计划并导入", Text: "先预览，有错先改，改好再导入。", Action: "去导入", OnAction: s.importHours},
	}
	empty := ui.NewEmptyState("archive", "还没有线下学时", "把填好的学时表拖到这里，或点“批量导入”。选修课怎么上，由各单位自己定。", buttons, cards, "")
	empty.Hide()
	return empty
}

func (s *Screen) newNothing() fyne.CanvasObject {
	clear := ui.NewButton("清除筛选条件", "x", s.clearFilters)
	empty := ui.NewEmptyState("search", "没有符合条件的记录", "换个条件试试；别的年度的记录在“全部培训计划”里。", []fyne.CanvasObject{clear}, nil, "")
	empty.Hide()
	return empty
}

// record is what the drawer shows.
type record struct {
	rows   []data.OfflineHoursRow
	papers []data.HoursPaper
}

func (s *Screen) openDrawer(row int) {
	id := s.rows.ID(row)
	s.host.SetOpen(true)
	desk.Load(s.desk, &s.reading, func(ctx context.Context) (r record, err error) {
		if r.rows, err = s.service.HoursRows(ctx, []int64{id}); err != nil {
			return r, err
		}
		r.papers, err = s.service.HoursFiles(ctx, id)
		return r, err
	}, func(r record) {
		if len(r.rows) > 0 {
			s.showRecord(r.rows[0], r.papers)
		}
	})
}

func (s *Screen) closeDrawer() {
	s.host.SetOpen(false)
	s.table.CloseRow()
}

// refreshDrawer reads the open record anew, or closes the drawer where it is not listed any more.
func (s *Screen) refreshDrawer() {
	if !s.host.IsOpen() {
		return
	}
	if row := s.table.OpenRow(); row >= 0 {
		s.openDrawer(row)
		return
	}
	s.closeDrawer()
}

// keyWidth is a fact's name in px.
const keyWidth float32 = 84

func (s *Screen) showRecord(row data.OfflineHoursRow, papers []data.HoursPaper) {
	var marks []fyne.CanvasObject
	if row.Overlaps {
		marks = append(marks, ui.NewPill("日期重叠", ui.ToneWarning))
	}
	s.drawer.SetTitle(row.Name, marks...)
	who := ui.Column(6, fact("身份证号码", row.IDNumber), fact("组织机构", desk.ShownPath(row.Organization)), fact("培训计划", fmt.Sprintf("%d年计划", row.PlanYear)),
		fact("计划编号", row.PlanNumber))
	training := ui.Column(6, fact("培训名称", row.Title), fact("课程类别", row.Category), fact("培训形式", row.Form), fact("主办单位", row.Organizer),
		fact("培训地点", row.Place), fact("日期", period(row.StartsOn, row.EndsOn)), fact("学时", row.Hours.String()),
		fact("考核结果", row.Result), fact("证明编号", row.Certificate), fact("备注", row.Remark), fact("登记时间", string(row.CreatedAt)))
	body := ui.Column(12, who, ui.NewLine(), training, ui.NewLine())
	if len(row.Extra) > 0 {
		body.Add(extra(row.Extra))
		body.Add(ui.NewLine())
	}
	body.Add(s.paperPart(row, papers))
	s.drawer.SetBody(body)
	edit := ui.NewButton("修改", "pencil", func() { s.openForm(row) })
	person := ui.NewButton("查看学员", "user", func() { s.desk.Go(desk.Trainees, row.TraineeID) })
	s.drawer.SetFooter(ui.Wide(edit), ui.Wide(person), ui.NewMoreButton(func() []ui.MenuItem {
		return []ui.MenuItem{{Label: "照这次培训再登记几个人", Icon: "copy", Action: func() { s.again(row) }},
			{Label: "删除", Icon: "trash-2", Danger: true, Action: func() { s.remove([]int64{row.ID}) }}}
	}))
}

// period writes the days of a training once where it is one day.
func period(from, to data.Date) string {
	if from == to {
		return string(from)
	}
	return fmt.Sprintf("%s 至 %s", from, to)
}

// extra lists the columns of the sheet that the form does not know.
func extra(values map[string]string) fyne.CanvasObject {
	column := ui.Column(6, ui.NewCaption("表里的其他列", theme.Secondary))
	headers := make([]string, 0, len(values))
	for header := range values {
		headers = append(headers, header)
	}
	sort.Strings(headers)
	for _, header := range headers {
		column.Add(fact(header, values[header]))
	}
	return column
}

func fact(name, value string) fyne.CanvasObject {
	role := theme.Text
	if value == "" {
		value, role = "–", theme.Secondary
	}
	return ui.Row(0, ui.FixedFill(keyWidth, ui.Column(0, ui.NewElidedText(name, theme.Secondary))), ui.Grow(ui.NewParagraph(value, role)))
}
