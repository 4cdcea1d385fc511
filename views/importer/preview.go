package importer

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// The preview's tabs.
const (
	tabNew = iota
	tabUpdated
	tabUnchanged
	tabWarned
	tabFailed
	tabSkipped
	tabCount
)

// Measures in px.
const (
	panelWidth float32 = 340
	tabsHeight float32 = 40
)

// preview is the second step: every row of the file and what would become of it.
type preview struct {
	screen  *Screen
	content fyne.CanvasObject
	mapping *mapping
	tabs    *ui.Tabs
	banner  *banner
	table   *ui.DataTable
	summary *ui.ElidedText
	total   *ui.Text
	list    *fyne.Container
	panel   *ui.Drawer
	host    *ui.DrawerHost
	empty   *ui.EmptyState

	plan      *data.ImportPlan
	tree      data.OrganizationTree
	counts    counts
	places    [tabCount][]int // rows of the plan by tab
	tab       int
	backwards bool
}

func newPreview(s *Screen) *preview {
	p := &preview{screen: s, plan: &data.ImportPlan{Form: s.kind.form}, summary: ui.NewElidedText("", theme.Secondary), total: ui.NewText("", theme.Secondary)}
	p.mapping = newMapping(s)
	p.banner = newBanner(p)
	p.tabs = ui.NewTabs(p.tabWords()...)
	p.tabs.OnChanged = p.choose
	p.table = p.newTable()
	p.panel = ui.NewDrawer()
	p.panel.OnStep = func(delta int) { p.table.OpenStep(delta) }
	p.list = ui.Column(0, p.banner.content, ui.Grow(p.table), ui.NewFooter(ui.Wide(p.summary), p.total))
	p.host = ui.NewDrawerHost(p.list, p.panel, panelWidth)
	note := ui.Pad(0, 0, 16, 0, ui.NewCaption("警告行已算在新增和更新里", theme.Secondary))
	strip := ui.Fixed(tabsHeight, ui.Stack(ui.Pad(0, tabsHeight-1, 0, 0, ui.NewLine()), ui.Row(0, p.tabs, ui.Space(), note)))
	p.content = ui.Column(0, p.mapping.content, strip, ui.Grow(p.host))
	return p
}

func (p *preview) tabWords() []ui.Tab {
	counted := func(label string, count int, tone ui.Tone) ui.Tab {
		if count == 0 {
			tone = ui.ToneNeutral
		}
		return ui.Tab{Label: label, Count: desk.Thousands(count), Tone: tone}
	}
	c := p.counts
	return []ui.Tab{counted("新增", c.fresh, ui.TonePrimary), counted("更新", c.updated, ui.TonePrimary), counted("不变", c.unchanged, ui.ToneNeutral),
		counted("警告", c.warned, ui.ToneWarning), counted("错误", c.failed, ui.ToneDanger), counted("忽略", c.skipped, ui.ToneNeutral)}
}

func (p *preview) newTable() *ui.DataTable {
	columns := p.screen.kind.columns
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return len(p.places[p.tab]) }
	table.Cell = func(row, column int) ui.Cell { return p.cell(p.row(row), columns[column].Key) }
	table.Key = func(row int) int64 { return int64(p.places[p.tab][row]) }
	table.OnOpen = p.open
	table.OnSort = func(_ string, descending bool) {
		p.backwards = descending
		p.order()
		table.Refresh()
	}
	p.empty = ui.NewEmptyState("inbox", "这里没有行", "换一个标签看看。", nil, nil, "")
	table.Empty = p.empty
	table.SetSort(rowColumn, false)
	desk.RememberWidths(p.screen.service, p.setting(), table)
	return table
}

// setting keeps the widths in px that a person dragged, as JSON by column key.
func (p *preview) setting() string { return "columns.import." + p.screen.kind.form.Key }

// row gives the row of the plan that stands in a row of the table.
func (p *preview) row(row int) *data.ImportRow { return &p.plan.Rows[p.places[p.tab][row]] }

// set shows a plan. For the same file the tab and the row stay where they were.
func (p *preview) set(plan *data.ImportPlan, tree data.OrganizationTree, sameFile bool) {
	p.plan, p.tree, p.counts = plan, tree, count(plan)
	p.sort()
	if !sameFile || len(p.places[p.tab]) == 0 {
		p.tab = p.firstTab()
	}
	// The table first: whatever lays it out before it counts its rows anew would ask for rows that are gone.
	p.table.Refresh()
	p.tabs.SetTabs(p.tabWords()...)
	p.tabs.SetSelected(p.tab)
	p.mapping.set(plan)
	p.banner.set()
	p.fill()
}

// sort parts the plan's rows by tab.
func (p *preview) sort() {
	p.places = [tabCount][]int{}
	of := map[data.Outcome]int{data.OutcomeNew: tabNew, data.OutcomeUpdated: tabUpdated, data.OutcomeUnchanged: tabUnchanged,
		data.OutcomeFailed: tabFailed, data.OutcomeSkipped: tabSkipped}
	for place := range p.plan.Rows {
		row := &p.plan.Rows[place]
		tab := of[row.Outcome]
		p.places[tab] = append(p.places[tab], place)
		if row.Warned() {
			p.places[tabWarned] = append(p.places[tabWarned], place)
		}
	}
	p.order()
}

func (p *preview) order() {
	for _, places := range p.places {
		slices.Sort(places)
		if p.backwards {
			slices.Reverse(places)
		}
	}
}

// firstTab is where there is most to see to.
func (p *preview) firstTab() int {
	for _, tab := range []int{tabFailed, tabWarned, tabNew, tabUpdated, tabSkipped, tabUnchanged} {
		if len(p.places[tab]) > 0 {
			return tab
		}
	}
	return tabNew
}

func (p *preview) choose(tab int) {
	p.tab = tab
	p.table.Refresh()
	p.fill()
}

// fill shows the chosen tab's rows and opens the first one.
func (p *preview) fill() {
	rows := len(p.places[p.tab])
	p.summary.Content = p.summarize()
	p.total.Content = "共 " + desk.Thousands(rows) + " 行"
	p.list.Refresh()
	p.host.SetOpen(rows > 0)
	if rows == 0 {
		p.table.CloseRow()
		return
	}
	p.table.Open(max(0, p.table.OpenRow()))
}

// summarize says what the rows of the tab have in common.
func (p *preview) summarize() string {
	label := p.tabWords()[p.tab].Label
	level := data.LevelWarning
	if p.tab == tabFailed {
		level = data.LevelError
	}
	var parts []string
	if p.tab == tabFailed || p.tab == tabWarned || p.tab == tabSkipped {
		for _, one := range p.screen.kind.grouped(p.plan, p.places[p.tab], level, true) {
			parts = append(parts, one.word+" "+desk.Thousands(len(one.rows)))
		}
	}
	text := label + " " + desk.Thousands(len(p.places[p.tab])) + " 行"
	if len(parts) > 0 {
		text += "：" + strings.Join(parts, "，")
	}
	return text
}

// buttons are the wizard's at this step.
func (p *preview) buttons() []fyne.CanvasObject {
	s := p.screen
	c := p.counts
	objects := []fyne.CanvasObject{ui.NewButton("上一步", "", func() { s.stepBack(stepChoose) })}
	if c.failed > 0 {
		objects = append(objects, ui.NewButton("下载错误报告", "download", s.saveReport))
	}
	next := ui.NewFilledButton("下一步：确认导入 "+s.kind.counted(c.stored()), "", func() { s.show(stepConfirm) })
	if c.stored() == 0 {
		next.Label = "没有可导入的行"
	}
	next.SetDisabled(c.stored() == 0)
	sentence := ui.NewElidedText(c.sentence(), theme.Secondary)
	sentence.Align = fyne.TextAlignTrailing
	return append(objects, ui.Gap(8), ui.Wide(sentence), ui.NewButton("取消", "", s.cancel), next)
}

// sentence says what the import would do now.
func (c counts) sentence() string {
	return fmt.Sprintf("现在导入：新增 %s，更新 %s；跳过错误 %s、忽略 %s。还没有写入任何数据。",
		desk.Thousands(c.fresh), desk.Thousands(c.updated), desk.Thousands(c.failed), desk.Thousands(c.skipped))
}
