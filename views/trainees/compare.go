package trainees

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// comparison is the page 名单比对: what differs between two lists of people.
type comparison struct {
	screen        *Screen
	difference    data.RosterDifference
	tabs          *ui.Tabs
	filter        *ui.Field
	table         *ui.DataTable
	shown         []int // places in the difference's rows: those of the tab that the filter finds
	act           *ui.Button
	total         *ui.Text
	kind          data.DifferenceKind
	words         *ui.ElidedText
	head, content fyne.CanvasObject
	earlier       string // the earlier list's file; "": the stored people
	asking        desk.Sequence
}

// rosterFiles are the kinds of files that an import reads.
var rosterFiles = []string{".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt"}

// compareWidth is the dialog's in px.
const compareWidth float32 = 520

// askComparison asks for the lists to compare: the later one is a file, the earlier one the stored people or another file.
func (s *Screen) askComparison() {
	var later, earlier string
	files := false
	dialog := ui.NewDialog(s.desk.Window, "名单比对")
	dialog.Width = compareWidth
	dialog.Text = "看看两份名单之间谁来了、谁走了、谁改了名或换了部门。比对不改动任何数据。"
	form := ui.NewForm(
		ui.NewRequiredRow("later", "新名单", s.fileChooser("选择文件…", func(path string) { later = path })),
		ui.NewRequiredRow("earlier", "原名单", s.fileChooser("选择文件…", func(path string) { earlier = path })))
	form.LabelWidth = 60
	kinds := ui.NewRadioGroup(func(index int) {
		files = index == 1
		form.SetRowVisible("earlier", files)
		dialog.Relayout()
	}, "和系统里的学员比", "和另一个文件比，例如去年的名单")
	kinds.SetSelected(0)
	form.SetRowVisible("earlier", false)
	dialog.Body = ui.Pad(10, 0, 0, 0, ui.Column(12, ui.Column(8, kinds.Radios[0], kinds.Radios[1]), form))
	dialog.SetDefault("比对", func() bool {
		missing := map[string]string{}
		if later == "" {
			missing["later"] = "还没有选择新名单。"
		}
		if files && earlier == "" {
			missing["earlier"] = "还没有选择原名单。"
		}
		if len(missing) > 0 {
			form.SetProblems(missing)
			dialog.Relayout()
			return false
		}
		dialog.Hide()
		if !files {
			earlier = ""
		}
		s.compare(earlier, later)
		return true
	})
	dialog.Show()
}

// fileChooser is a button that shows the file it chose.
func (s *Screen) fileChooser(label string, chosen func(path string)) fyne.CanvasObject {
	var button *ui.Button
	button = ui.NewButton(label, "file-up", func() {
		ui.ChooseFile(s.desk.Window, ui.FileRequest{Title: "选择名单", Extensions: rosterFiles}, func(path string) {
			button.SetLabel(filepath.Base(path))
			chosen(path)
		})
	})
	return button
}

// compare compares two files, or the stored people with a file where earlier is "".
func (s *Screen) compare(earlier, later string) {
	var difference data.RosterDifference
	s.desk.Work("正在比对名单", func(ctx context.Context, progress app.Progress) error {
		var err error
		difference, err = s.differ(ctx, earlier, later, app.ImportOptions{Progress: progress})
		return err
	}, func() { s.showComparison(earlier, difference) })
}

func (s *Screen) differ(ctx context.Context, earlier, later string, options app.ImportOptions) (data.RosterDifference, error) {
	if earlier == "" {
		return s.service.CompareRoster(ctx, later, options)
	}
	return s.service.CompareFiles(ctx, earlier, later, options)
}

func (s *Screen) showComparison(earlier string, difference data.RosterDifference) {
	c := &comparison{screen: s, earlier: earlier, difference: difference, total: ui.NewText("", theme.Secondary), filter: ui.NewSearchField("姓名 / 组织机构 / 证件后四位", filterWidth)}
	c.filter.OnChanged = func(string) { c.list() }
	c.table = c.newTable()
	c.act = ui.NewFilledButton("", "", c.do)
	c.words = ui.NewElidedText(c.sentence(), theme.Text)
	c.head = ui.NewPageHead(c.words, c.act, ui.NewButton("存为工作簿", "download", c.save), s.backButton())
	c.tabs = ui.NewTabs(c.tabWords()...)
	c.tabs.OnChanged = func(tab int) { c.choose(data.DifferenceKinds[tab]) }
	strip := ui.Fixed(tabsHeight, ui.Stack(ui.Pad(0, tabsHeight-1, 0, 0, ui.NewLine()), ui.Row(0, c.tabs, ui.Space())))
	c.content = ui.Ground(theme.Surface, ui.Column(0, c.head, strip, ui.NewFilterBar(c.filter), ui.Grow(c.table), ui.NewFooter(c.total)))
	first := 0
	for tab, kind := range data.DifferenceKinds {
		if len(difference.Of(kind)) > 0 {
			first = tab
			break
		}
	}
	s.comparison = c
	c.tabs.SetSelected(first)
	c.choose(data.DifferenceKinds[first])
	s.showPage("名单比对", c.content, c.table, c.renew)
}

func (c *comparison) sentence() string {
	d := c.difference
	return fmt.Sprintf("“%s”和“%s”比对：%s 人一致。", d.After, d.Before, desk.Thousands(d.Same))
}

// renew compares anew after something was stored, so that what is settled leaves the list. The tab and the filter stay.
func (c *comparison) renew() {
	compare := func(ctx context.Context) (data.RosterDifference, error) {
		return c.screen.differ(ctx, c.earlier, c.difference.Path, app.ImportOptions{})
	}
	desk.Load(c.screen.desk, &c.asking, compare, func(difference data.RosterDifference) {
		c.difference = difference
		c.words.SetText(c.sentence())
		c.tabs.SetTabs(c.tabWords()...)
		c.table.ClearTicks()
		c.list()
	})
}

// Measures of the page in px.
const (
	tabsHeight  float32 = 40
	filterWidth float32 = 260
)

// kindTones colour the tabs' counts.
var kindTones = map[data.DifferenceKind]ui.Tone{
	data.DifferenceJoined: ui.TonePrimary, data.DifferenceLeft: ui.ToneWarning, data.DifferenceRenamed: ui.TonePrimary, data.DifferenceMoved: ui.TonePrimary,
	data.DifferenceCorrected: ui.ToneWarning, data.DifferenceReturned: ui.ToneWarning, data.DifferenceUnclear: ui.ToneDanger,
}

func (c *comparison) tabWords() []ui.Tab {
	var tabs []ui.Tab
	for _, kind := range data.DifferenceKinds {
		count, tone := len(c.difference.Of(kind)), kindTones[kind]
		if count == 0 {
			tone = ui.ToneNeutral
		}
		tabs = append(tabs, ui.Tab{Label: string(kind), Count: desk.Thousands(count), Tone: tone})
	}
	return tabs
}

var compareColumns = []ui.TableColumn{
	{Key: "name", Title: "姓名", Width: 116, Strong: true},
	{Key: "old_name", Title: "原姓名", Width: 100, HideBelow: 820},
	{Key: "id_number", Title: "身份证号码", Width: 180},
	{Key: "organization", Title: "组织机构", Width: 170},
	{Key: "old_organization", Title: "原组织机构", Width: 170, HideBelow: 900},
	{Key: "row", Title: "行号", Width: 60, Right: true},
	{Key: "note", Title: "说明"},
}

func (c *comparison) newTable() *ui.DataTable {
	table := ui.NewDataTable(compareColumns...)
	table.Ticks = true
	table.Count = func() int { return len(c.shown) }
	table.Key = func(row int) int64 { return int64(c.shown[row]) }
	table.Cell = func(row, column int) ui.Cell {
		return compareCell(c.difference.Rows[c.shown[row]], compareColumns[column].Key)
	}
	table.OnOpen = func(row int) {
		if id := c.difference.Rows[c.shown[row]].TraineeID; id != 0 {
			c.screen.openPerson(id)
		}
	}
	table.OnTick = c.update
	table.Empty = ui.NewEmptyState("badge-check", "没有这样的人", "换一个标签，或清空上面的筛选。", nil, nil, "")
	return table
}

func compareCell(row data.DifferenceRow, key string) ui.Cell {
	switch key {
	case "name":
		return ui.Cell{Text: row.Name, Link: row.TraineeID != 0}
	case "old_name":
		return changedCell(row.OldName, row.Name)
	case "id_number":
		if row.OldIDNumber != "" {
			return ui.Cell{Text: row.IDNumber, Role: theme.TextWarning}
		}
		return ui.Cell{Text: row.IDNumber}
	case "organization":
		return ui.Cell{Text: desk.ShownPath(row.Organization)}
	case "old_organization":
		return changedCell(desk.ShownPath(row.OldOrganization), desk.ShownPath(row.Organization))
	case "row":
		if row.Row == 0 {
			return ui.Cell{}
		}
		return ui.Cell{Text: fmt.Sprint(row.Row)}
	}
	note := row.Note
	if row.OldIDNumber != "" {
		note = joined(" ・ ", "原证件号 "+row.OldIDNumber, note)
	}
	return ui.Cell{Text: note, Role: theme.Secondary}
}

// changedCell shows an old value only where it is another.
func changedCell(old, now string) ui.Cell {
	if old == "" || old == now {
		return ui.Cell{Text: "–", Role: theme.Secondary}
	}
	return ui.Cell{Text: old}
}

func (c *comparison) choose(kind data.DifferenceKind) {
	c.kind = kind
	c.table.ClearTicks()
	c.list()
}

// list shows the rows of the tab that the filter finds.
func (c *comparison) list() {
	c.shown = nil
	wanted := strings.TrimSpace(c.filter.Text())
	for place, row := range c.difference.Rows {
		if row.Kind != c.kind {
			continue
		}
		whole := row.Name + "\n" + row.OldName + "\n" + row.Organization + "\n" + row.OldOrganization
		if strings.Contains(whole, wanted) || wanted != "" && (strings.HasSuffix(row.IDNumber, wanted) || strings.HasSuffix(row.OldIDNumber, wanted)) {
			c.shown = append(c.shown, place)
		}
	}
	c.table.Refresh()
	c.update()
}

// chosen are the listed rows that are ticked, or all where none is.
func (c *comparison) chosen() []data.DifferenceRow {
	var rows []data.DifferenceRow
	for _, place := range c.shown {
		if c.table.TickedCount() == 0 || c.table.IsTicked(int64(place)) {
			rows = append(rows, c.difference.Rows[place])
		}
	}
	return rows
}

// verbs are the tabs' next steps.
var verbs = map[data.DifferenceKind]string{
	data.DifferenceJoined: "导入这 %s 人…", data.DifferenceLeft: "停用这 %s 人", data.DifferenceReturned: "启用这 %s 人",
	data.DifferenceRenamed: "给这 %s 人改名…", data.DifferenceMoved: "调动这 %s 人…", data.DifferenceCorrected: "更正这 %s 人的证件号…",
}

func (c *comparison) update() {
	rows := c.chosen()
	verb, ok := verbs[c.kind]
	if !ok {
		verb = "到导入预览里处理"
	} else {
		verb = fmt.Sprintf(verb, desk.Thousands(len(rows)))
	}
	c.act.SetLabel(verb)
	c.act.SetDisabled(len(rows) == 0)
	c.total.Content = "共 " + desk.Thousands(len(c.shown)) + " 人，没有勾选时右上角的按钮对列出的全部生效"
	if ticked := c.table.TickedCount(); ticked > 0 {
		c.total.Content = fmt.Sprintf("已选 %s 人，共 %s 人", desk.Thousands(ticked), desk.Thousands(len(c.shown)))
	}
	c.head.Refresh()
	c.content.Refresh()
}

// do takes the tab's next step with the chosen people.
func (c *comparison) do() {
	rows := c.chosen()
	var ids []int64
	for _, row := range rows {
		if row.TraineeID != 0 {
			ids = append(ids, row.TraineeID)
		}
	}
	switch c.kind {
	case data.DifferenceLeft:
		c.setStatus(ids, data.TraineeDisabled)
	case data.DifferenceReturned:
		c.setStatus(ids, data.TraineeEnabled)
	case data.DifferenceJoined:
		c.importRows(rows)
	case data.DifferenceRenamed, data.DifferenceMoved, data.DifferenceCorrected:
		c.takeOver(rows)
	default:
		c.screen.desk.Go(desk.ImportRoster, c.difference.Path)
	}
}

func (c *comparison) setStatus(ids []int64, status data.TraineeStatus) {
	if len(ids) == 0 {
		c.screen.desk.Toast("原名单里的这些人不在系统里，没有可以改的。")
		return
	}
	c.table.ClearTicks()
	c.screen.setStatus(ids, status)
}

func (c *comparison) save() {
	request := ui.FileRequest{Title: "保存比对结果", Extensions: []string{".xlsx"}, Save: true, Name: "名单比对.xlsx"}
	ui.ChooseFile(c.screen.desk.Window, request, func(path string) {
		c.screen.desk.Do(func(context.Context) error { return c.screen.service.SaveRosterDifference(path, c.difference) }, func() {
			c.screen.tellSaved("比对结果已保存到 "+path, path)
		})
	})
}
