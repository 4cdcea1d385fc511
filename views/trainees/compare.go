package trainees

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// comparison is the page 与名单比对: what differs between a file and the enabled people.
type comparison struct {
	screen     *Screen
	difference data.RosterDifference
	tabs       *ui.Tabs
	place      *fyne.Container // holds the chosen tab's table
	leave      *ui.Button
	tab        int
	total      *ui.Text
	content    fyne.CanvasObject
}

// The comparison's tabs.
const (
	tabJoined = iota
	tabLeft
	tabRenamed
	tabMoved
	tabUnclear
)

// chooseComparison asks for the list to compare with.
func (s *Screen) chooseComparison() {
	request := ui.FileRequest{Title: "选择要比对的名单", Extensions: []string{".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt"}, Verb: "比对"}
	ui.ChooseFile(s.desk.Window, request, s.compare)
}

func (s *Screen) compare(path string) {
	var difference data.RosterDifference
	s.desk.Work("正在比对名单", func(ctx context.Context, progress app.Progress) error {
		var err error
		difference, err = s.service.CompareRoster(ctx, path, app.ImportOptions{Progress: progress})
		return err
	}, func() { s.showComparison(path, difference) })
}

func (s *Screen) showComparison(path string, difference data.RosterDifference) {
	c := &comparison{screen: s, difference: difference, place: ui.Stack(), total: ui.NewText("", theme.Secondary)}
	c.tabs = ui.NewTabs(c.tabWords()...)
	c.tabs.OnChanged = c.choose
	c.leave = ui.NewButton("", "", c.askDisable)
	imports := ui.NewFilledButton("导入这个名单", "upload", func() { s.desk.Go(desk.ImportRoster, path) })
	sentence := ui.NewElidedText(fmt.Sprintf("“%s”和启用的学员比对：%s 人一致。比对不改动任何数据。", difference.File, desk.Thousands(difference.Same)), theme.Text)
	head := ui.NewPageHead(sentence, imports, c.leave, ui.NewButton("保存为工作簿", "download", c.save), ui.NewButton("回到学员列表", "arrow-left", s.closePage))
	strip := ui.Fixed(tabsHeight, ui.Stack(ui.Pad(0, tabsHeight-1, 0, 0, ui.NewLine()), ui.Row(0, c.tabs, ui.Space())))
	body := ui.Column(0, head, strip, ui.Grow(c.place), ui.NewFooter(ui.Space(), c.total))
	c.content = ui.Ground(theme.Surface, body)
	for tab := range c.lists() {
		if len(c.lists()[tab]) > 0 {
			c.tab = tab
			break
		}
	}
	c.tabs.SetSelected(c.tab)
	c.choose(c.tab)
	s.showPage("与名单比对", c.content)
}

// tabsHeight is in px (design: Measures).
const tabsHeight float32 = 40

func (c *comparison) lists() [][]data.DifferenceRow {
	d := c.difference
	return [][]data.DifferenceRow{tabJoined: d.Joined, tabLeft: d.Left, tabRenamed: d.Renamed, tabMoved: d.Moved, tabUnclear: d.Unclear}
}

func (c *comparison) rows() []data.DifferenceRow { return c.lists()[c.tab] }

func (c *comparison) tabWords() []ui.Tab {
	tones := []ui.Tone{ui.TonePrimary, ui.ToneWarning, ui.TonePrimary, ui.TonePrimary, ui.ToneDanger}
	var tabs []ui.Tab
	for tab, label := range []string{"新增", "离职", "改名", "调动", "待核对"} {
		count, tone := len(c.lists()[tab]), tones[tab]
		if count == 0 {
			tone = ui.ToneNeutral
		}
		tabs = append(tabs, ui.Tab{Label: label, Count: desk.Thousands(count), Tone: tone})
	}
	return tabs
}

func (c *comparison) choose(tab int) {
	c.tab = tab
	count := len(c.difference.Left)
	c.leave.Hidden = tab != tabLeft || count == 0
	c.leave.SetLabel(fmt.Sprintf("停用离职的 %s 人", desk.Thousands(count)))
	c.total.Content = "共 " + desk.Thousands(len(c.rows())) + " 人"
	c.place.Objects = []fyne.CanvasObject{c.table()}
	c.content.Refresh()
}

// differenceColumns are what the tabs show.
var differenceColumns = map[string]ui.TableColumn{
	"row":              {Key: "row", Title: "行号", Width: 72, Right: true},
	"name":             {Key: "name", Title: "姓名", Width: 120},
	"old_name":         {Key: "old_name", Title: "原姓名", Width: 120},
	"id_number":        {Key: "id_number", Title: "身份证号码", Width: 176},
	"organization":     {Key: "organization", Title: "组织机构", Width: 240},
	"old_organization": {Key: "old_organization", Title: "原组织机构", Width: 240},
	"note":             {Key: "note", Title: "说明"},
}

// columnsOfTab are each tab's, from left to right.
var columnsOfTab = [][]string{
	tabJoined:  {"row", "name", "id_number", "organization", "note"},
	tabLeft:    {"name", "id_number", "organization", "note"},
	tabRenamed: {"row", "name", "old_name", "id_number", "organization", "note"},
	tabMoved:   {"row", "name", "id_number", "organization", "old_organization", "note"},
	tabUnclear: {"row", "name", "id_number", "organization", "note"},
}

// table lists the chosen tab's people.
func (c *comparison) table() *ui.DataTable {
	rows := c.rows()
	keys := columnsOfTab[c.tab]
	columns := make([]ui.TableColumn, len(keys))
	for place, key := range keys {
		columns[place] = differenceColumns[key]
	}
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return len(rows) }
	table.Cell = func(row, column int) ui.Cell { return differenceCell(rows[row], keys[column]) }
	table.OnOpen = func(int) {}
	table.OnCell = func(row int, _ string) { c.screen.openPerson(rows[row].TraineeID) }
	table.Empty = ui.NewEmptyState("badge-check", "没有这样的人", "换一个标签看看。", nil, nil, "")
	return table
}

func differenceCell(row data.DifferenceRow, key string) ui.Cell {
	text := map[string]string{"name": row.Name, "old_name": row.OldName, "id_number": row.IDNumber, "organization": shownPath(row.Organization),
		"old_organization": shownPath(row.OldOrganization), "note": row.Note}[key]
	if key == "row" && row.Row > 0 {
		text = fmt.Sprint(row.Row)
	}
	if text == "" {
		return ui.Cell{Text: "–", Role: theme.Secondary}
	}
	return ui.Cell{Text: text, Link: key == "name" && row.TraineeID != 0}
}

// askDisable disables the people who are not in the file any more; the toast takes it back.
func (c *comparison) askDisable() {
	var ids []int64
	for _, row := range c.difference.Left {
		ids = append(ids, row.TraineeID)
	}
	ui.Confirm(c.screen.desk.Window, "停用离职的人", fmt.Sprintf("名单里没有的 %s 人会改为停用，资料、学时和充值都保留，可以再启用。", desk.Thousands(len(ids))),
		fmt.Sprintf("停用 %s 人", desk.Thousands(len(ids))), func() { c.screen.setStatus(ids, data.TraineeDisabled) })
}

func (c *comparison) save() {
	request := ui.FileRequest{Title: "保存比对结果", Extensions: []string{".xlsx"}, Save: true, Name: "名单比对.xlsx"}
	ui.ChooseFile(c.screen.desk.Window, request, func(path string) {
		c.screen.desk.Do(func(context.Context) error { return c.screen.service.SaveRosterDifference(path, c.difference) }, func() {
			c.screen.tellSaved("比对结果已保存到 "+path, path)
		})
	})
}
