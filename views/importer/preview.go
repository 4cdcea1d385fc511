package importer

import (
	"fmt"
	"slices"

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
	footer  *footer
	list    *fyne.Container
	panel   *ui.Drawer
	host    *ui.DrawerHost
	empty   *ui.EmptyState
	strip   *fyne.Container // what was decided, right of the tabs

	plan       *data.ImportPlan
	tree       data.OrganizationTree
	unplaced   []data.Unplaced
	alike      map[string]map[string]int // how many rows write the same, by column and text
	shownBody  fyne.CanvasObject         // the panel's
	editor     *editor                   // of the open row, where it has one
	editing    string                    // the column that a person chose to change
	openAt     int                       // the open row's place in the table
	opened     int                       // its number in the sheet
	wantsFocus bool                      // the keyboard goes on to the next row's field
	goal       goal                      // where the keyboard goes in the table once the rows are judged
	only       string                    // the kind of problem that is looked at; "": all
	looked     []int                     // rows of the plan in the tab and of that kind
	counts     counts
	places     [tabCount][]int // rows of the plan by tab
	tab        int
	backwards  bool
}

func newPreview(s *Screen) *preview {
	p := &preview{screen: s, plan: &data.ImportPlan{Form: s.kind.form}}
	p.mapping = newMapping(s)
	p.banner = newBanner(p)
	p.tabs = ui.NewTabs(p.tabWords()...)
	p.tabs.OnChanged = p.choose
	p.table = p.newTable()
	p.panel = ui.NewDrawer()
	p.panel.OnStep = func(delta int) { p.table.OpenStep(delta) }
	p.strip = ui.Row(8)
	p.footer = newFooter(p)
	p.list = ui.Column(0, p.banner.content, ui.Grow(p.table), p.footer.content)
	p.host = ui.NewDrawerHost(p.list, p.panel, panelWidth)
	note := ui.Pad(0, 0, 16, 0, p.strip)
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
	table.Count = func() int { return len(p.looked) }
	table.Cell = func(row, column int) ui.Cell { return p.cell(p.row(row), columns[column].Key) }
	table.Key = func(row int) int64 { return int64(p.looked[row]) }
	table.OnOpen = p.open
	p.editInTable(table)
	table.OnSort = func(_ string, descending bool) {
		p.backwards = descending
		p.order()
		p.look()
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
func (p *preview) row(row int) *data.ImportRow { return p.plan.Rows[p.looked[row]] }

// set shows a plan. For the same file the tab and the row stay where they were; a row that left the tab makes way for the next.
func (p *preview) set(found judged, sameFile bool) {
	p.plan, p.tree, p.unplaced, p.counts = found.plan, found.tree, found.unplaced, count(found.plan)
	p.alike, p.editing = map[string]map[string]int{}, ""
	p.sort()
	if !sameFile || len(p.places[p.tab]) == 0 {
		p.tab, p.openAt, p.only = p.firstTab(), 0, ""
	}
	p.look()
	p.table.SetTicked()
	// The table first: whatever lays it out before it counts its rows anew would ask for rows that are gone.
	p.table.Refresh()
	p.tabs.SetTabs(p.tabWords()...)
	p.tabs.SetSelected(p.tab)
	p.mapping.set(found.plan)
	p.banner.set()
	p.tellMends()
	p.fill()
	if p.wantsFocus {
		p.wantsFocus = false
		p.focusEditor()
	}
}

// tellMends says how much was decided in the preview, and takes the last decision back.
func (p *preview) tellMends() {
	if len(p.plan.Mends) == 0 {
		p.strip.Objects = []fyne.CanvasObject{ui.NewCaption("警告行已算在新增和更新里", theme.Secondary)}
		p.strip.Refresh()
		return
	}
	back := ui.NewSmallButton("撤销上一步", "undo-2", p.screen.unmend)
	back.Tip = "Ctrl+Z"
	p.strip.Objects = []fyne.CanvasObject{ui.NewCaption(mendedWords(p.plan)+"，文件不变", theme.Secondary), back}
	p.strip.Refresh()
}

// sort parts the plan's rows by tab.
func (p *preview) sort() {
	p.places = [tabCount][]int{}
	of := map[data.Outcome]int{data.OutcomeNew: tabNew, data.OutcomeUpdated: tabUpdated, data.OutcomeUnchanged: tabUnchanged,
		data.OutcomeFailed: tabFailed, data.OutcomeSkipped: tabSkipped}
	for place, row := range p.plan.Rows {
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
	p.tab, p.openAt, p.editing, p.only = tab, 0, "", ""
	p.look()
	p.table.SetTicked()
	p.table.CloseRow()
	p.table.Refresh()
	p.fill()
}

// fill shows the chosen tab's rows and opens one of them.
func (p *preview) fill() {
	rows := len(p.looked)
	p.footer.set()
	p.list.Refresh()
	p.host.SetOpen(rows > 0)
	p.editor = nil
	if rows == 0 {
		p.table.CloseRow()
		return
	}
	row := p.table.OpenRow()
	if row < 0 {
		row = min(p.openAt, rows-1)
	}
	if next, goes := p.goalRow(); goes {
		row = next
	}
	p.table.Open(row)
	p.table.MoveTo(row, p.goal.column)
	p.goal = goal{}
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
	if c.unchanged > 0 && c.stored()+c.failed == 0 {
		return "文件里的内容和系统里的一样，不用再导入。"
	}
	return fmt.Sprintf("现在导入：新增 %s，更新 %s；跳过错误 %s、忽略 %s。还没有写入任何数据。",
		desk.Thousands(c.fresh), desk.Thousands(c.updated), desk.Thousands(c.failed), desk.Thousands(c.skipped))
}
