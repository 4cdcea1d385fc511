package trainees

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// columnsSetting keeps the widths in px that a person dragged, as JSON by column key.
const columnsSetting = "columns.trainees"

// The columns in the manual's order (section 三.1); Narrow is their width beside the drawer.
var columns = []ui.TableColumn{
	{Key: "username", Title: "用户名", Width: 112, Narrow: 72, Stretch: 1, Sortable: true, HideBelow: 560},
	{Key: "name", Title: "姓名", Width: 104, Narrow: 64, Stretch: 1, Sortable: true, Strong: true},
	{Key: "id_number", Title: "身份证号码", Width: 184, Narrow: 148, Stretch: 1},
	{Key: "organization", Title: "组织机构", Width: 168, Narrow: 92, Stretch: 3, Sortable: true},
	{Key: "payer", Title: "缴费机构", Width: 168, Narrow: 92, Stretch: 2, HideBelow: 700},
	{Key: "mobile", Title: "手机号", Width: 128, Narrow: 103, Stretch: 1, HideBelow: 580},
	{Key: "status", Title: "状态", Width: 88, Narrow: 76, Stretch: 0.5, Sortable: true},
	{Key: "balance", Title: "账户余额", Right: true, Sortable: true},
}

func (s *Screen) newTable() *ui.DataTable {
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return s.rows.Len() }
	table.Cell = func(row, column int) ui.Cell { return cell(s.rows.At(row), columns[column].Key) }
	table.Key = func(row int) int64 { return s.rows.ID(row) }
	table.AllKeys = func() []int64 { return s.rows.IDs() }
	table.Ticks = true
	table.OnOpen = s.openDrawer
	table.OnTick = s.tickChanged
	table.OnMenu = s.rowItems
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

// cell gives what one column shows of a trainee.
func cell(row data.TraineeRow, key string) ui.Cell {
	switch key {
	case "username":
		return usernameCell(row.Username, row.IDNumber)
	case "name":
		return ui.Cell{Text: row.Name}
	case "id_number":
		return ui.Cell{Text: row.IDNumber}
	case "organization":
		return ui.Cell{Text: desk.ShownPath(row.Organization)}
	case "payer":
		return ui.Cell{Text: desk.ShownPath(row.Payer)}
	case "mobile":
		if row.Mobile == "" && row.ID != 0 {
			return ui.Cell{Text: "未填写", Role: theme.TextDanger}
		}
		return ui.Cell{Text: row.Mobile}
	case "status":
		word, tone := status(row.Status, row.Mobile)
		return ui.Cell{Text: word, Tone: tone}
	case "balance":
		return ui.Cell{Text: row.Balance.String()}
	}
	return ui.Cell{}
}

// usernameCell shows a username; one that is only the masked identity number says so.
func usernameCell(username, idNumber string) ui.Cell {
	if username == idNumber && username != "" {
		return ui.Cell{Text: "同证件号", Role: theme.Secondary}
	}
	return ui.Cell{Text: username}
}

// waitingWord marks an enabled trainee whose data is not complete.
const waitingWord = "待处理"

func status(status data.TraineeStatus, mobile string) (string, ui.Tone) {
	switch {
	case status == data.TraineeDisabled:
		return string(status), ui.ToneNeutral
	case status != "" && mobile == "":
		return waitingWord, ui.ToneWarning
	}
	return string(status), ui.ToneSuccess
}

// sentence says how many there are and leads to those who wait.
type sentence struct {
	content       *fyne.Container
	before, after *ui.Text
	waiting       *ui.Button
}

func newSentence(show func()) *sentence {
	s := &sentence{before: ui.NewText("本单位参训人员。", theme.Text), after: ui.NewText("", theme.Text), waiting: ui.NewLink("", show)}
	s.waiting.Hide()
	s.content = ui.Row(0, s.before, s.waiting, s.after)
	return s
}

func (s *sentence) set(everybody, waiting int) {
	s.waiting.Hidden = waiting == 0
	s.after.Hidden = true
	switch {
	case everybody == 0:
		s.before.SetText("本单位参训人员。还没有学员，先从名单导入。")
	case waiting == 0:
		s.before.SetText("本单位参训人员。" + desk.Thousands(everybody) + " 人，资料都已填全。")
	default:
		s.before.SetText("本单位参训人员。" + desk.Thousands(everybody) + " 人，其中 ")
		s.waiting.SetLabel(desk.Thousands(waiting) + " 人待处理")
	}
	s.content.Refresh()
}

// footer says what is ticked and what it sums to, under what it sums.
type footer struct {
	screen           *Screen
	content          fyne.CanvasObject
	ticked           *ui.Text
	sum, total       *ui.Text
	clear, tickFound *ui.Button
	charge           *ui.Button
}

func newFooter(screen *Screen) *footer {
	f := &footer{screen: screen, ticked: ui.NewText("未选择", theme.Secondary), sum: ui.NewText("", theme.Text), total: ui.NewText("", theme.Secondary)}
	f.clear = ui.NewLink("取消选择", func() { screen.table.ClearTicks() })
	f.tickFound = ui.NewLink("", func() { screen.table.TickAll() })
	f.charge = ui.NewLink("", func() { screen.desk.Go(desk.Recharge, screen.table.Ticked()) })
	f.content = ui.NewFooter(f.ticked, f.sum, f.charge, f.clear, f.tickFound, ui.Space(), f.total)
	f.hideSelection()
	return f
}

func (f *footer) hideSelection() {
	f.sum.Hide()
	f.charge.Hide()
	f.clear.Hide()
	f.tickFound.Hide()
}

func (f *footer) update() {
	count, found := f.screen.table.TickedCount(), len(f.screen.found.ids)
	f.hideSelection()
	f.ticked.Bold, f.ticked.Role, f.ticked.Content = count > 0, theme.Secondary, "未选择"
	if count > 0 {
		f.ticked.Role, f.ticked.Content = theme.Text, fmt.Sprintf("已选 %s 人", desk.Thousands(count))
		f.sum.Content = "合计余额 …"
		if f.screen.summed {
			f.sum.Content = "合计余额 " + f.screen.sum.String() + " 元"
		}
		f.charge.Label = fmt.Sprintf("为 %s 人充值", desk.Thousands(count))
		f.sum.Show()
		f.charge.Show()
		f.clear.Show()
	}
	if count > 0 && count < found {
		f.tickFound.Label = fmt.Sprintf("选中全部 %s 人", desk.Thousands(found))
		f.tickFound.Show()
	}
	f.total.Content = fmt.Sprintf("共 %s 人", desk.Thousands(found))
	if found < f.screen.found.everybody {
		f.total.Content = fmt.Sprintf("找到 %s 人，共 %s 人", desk.Thousands(found), desk.Thousands(f.screen.found.everybody))
	}
	if count == 0 && found > 0 {
		f.total.Content = "合计余额 " + f.screen.found.totals.Balance.String() + " 元 ・ " + f.total.Content
	}
	f.content.Refresh()
}

func (s *Screen) newNobody() fyne.CanvasObject {
	buttons := []fyne.CanvasObject{ui.NewFilledButton("导入学员", "upload", s.importRoster), ui.NewButton("添加一名学员", "plus", s.add)}
	cards := []ui.HelpCard{
		{Icon: "download", Title: "1. 下载模板", Text: "证件号一列已设为文本，不会丢位数。", Action: "下载模板", OnAction: s.saveTemplate},
		{Icon: "pencil", Title: "2. 填写名单", Text: "只有姓名、身份证号必填。人事科现成的名单也可以直接用。", Action: "看填写说明", OnAction: func() { s.desk.ShowGuide(data.TraineeForm) }},
		{Icon: "receipt-check", Title: "3. 上传并预览", Text: "有错先改，改好再导入。", Action: "去导入", OnAction: s.importRoster},
	}
	empty := ui.NewEmptyState("users", "还没有学员", "把人事科的 Excel 名单拖到这里，或点“导入学员”。导入前会先预览，不会直接写入。",
		buttons, cards, "管理员账号问题请拨打 "+data.HelpTelephones)
	empty.Hide()
	return empty
}

func (s *Screen) newNothing() fyne.CanvasObject {
	clear := ui.NewButton("清除筛选条件", "x", func() {
		s.filters.set(data.TraineeQuery{})
		s.ask()
	})
	empty := ui.NewEmptyState("search", "没有符合条件的学员", "换个条件试试；姓名可以输拼音或首字母，证件号和手机号可以只输后四位。", []fyne.CanvasObject{clear}, nil, "")
	empty.Hide()
	return empty
}
