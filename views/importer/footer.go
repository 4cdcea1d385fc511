package importer

import (
	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// footer stands under the rows: which kind of problem is looked at, or what becomes of the ticked rows.
type footer struct {
	preview *preview
	content *fyne.Container
	kinds   *ui.Select
	total   *ui.Text
	groups  []group
}

// kindsWidth is the width of the choice among problems in px.
const kindsWidth float32 = 168

func newFooter(p *preview) *footer {
	f := &footer{preview: p, content: ui.Stack(), kinds: ui.NewSelect("全部问题"), total: ui.NewText("", theme.Secondary)}
	f.kinds.Width = kindsWidth
	f.kinds.OnChanged = p.lookAt
	return f
}

// allKinds is the choice of no single kind; a Select takes "" for no choice.
const allKinds = "all"

// set counts the tab's problems anew.
func (f *footer) set() {
	p := f.preview
	f.groups = p.problemGroups()
	options := []ui.Option{{Key: allKinds, Text: "全部问题", Note: rowsWords(len(p.places[p.tab]))}}
	for _, one := range f.groups {
		options = append(options, ui.Option{Key: one.word, Text: one.word, Note: rowsWords(len(one.rows))})
	}
	f.kinds.SetOptions(options...)
	f.kinds.SetKey(p.only)
	if p.only == "" {
		f.kinds.SetKey(allKinds)
	}
	f.show()
}

// show fills the strip for the ticks in hand.
func (f *footer) show() {
	p := f.preview
	f.total.SetText("共 " + rowsWords(len(p.looked)))
	head := p.tabWords()[p.tab].Label + " " + rowsWords(len(p.places[p.tab]))
	objects := []fyne.CanvasObject{ui.NewText(head, theme.Secondary), ui.Space(), f.total}
	switch ticked := p.table.TickedCount(); {
	case ticked > 0:
		leave, take := ui.NewSmallButton("跳过这 "+rowsWords(ticked), "", p.leaveTicked), ui.NewSmallButton("导入这 "+rowsWords(ticked), "", p.takeTicked)
		choice := leave
		if p.tab == tabSkipped {
			choice = take
		}
		objects = []fyne.CanvasObject{ui.NewBold("已选 " + rowsWords(ticked)), choice, ui.NewLink("取消选择", p.table.ClearTicks), ui.Space(), f.total}
	case len(f.groups) > 0:
		first, others := f.words()
		words := ui.Row(0, ui.NewText(head+"：", theme.Secondary), ui.NewBold(first), ui.Wide(ui.NewElidedText(others, theme.Secondary)))
		objects = []fyne.CanvasObject{ui.Wide(words), ui.NewText("只看", theme.Secondary), f.kinds, f.total}
	}
	f.content.Objects = []fyne.CanvasObject{ui.NewFooter(objects...)}
	f.content.Refresh()
}

// words sum up the problems of the tab: the most frequent one, and the others.
func (f *footer) words() (first, others string) {
	for place, one := range f.groups {
		text := one.word + " " + desk.Thousands(len(one.rows))
		if place == 0 {
			first = text
			continue
		}
		others += "，" + text
	}
	return first, others
}

// problemGroups are the tab's problems by kind, each row counted once.
func (p *preview) problemGroups() []group {
	chosen := map[int]func(data.Problem) bool{tabFailed: ofLevel(data.LevelError), tabWarned: ofLevel(data.LevelWarning), tabSkipped: leftOut}
	if pick := chosen[p.tab]; pick != nil {
		return p.screen.kind.grouped(p.plan, p.places[p.tab], pick, false)
	}
	return nil
}

// lookAt shows only the rows with one kind of problem.
func (p *preview) lookAt(word string) {
	p.only = word
	if word == allKinds {
		p.only = ""
	}
	p.openAt = 0
	p.look()
	p.table.SetTicked()
	p.table.CloseRow()
	p.table.Refresh()
	p.fill()
}

// look finds the rows of the tab with the kind of problem that is looked at; where none is left, all of the tab are.
func (p *preview) look() {
	p.looked = p.places[p.tab]
	if p.only == "" {
		return
	}
	wanted := map[int]bool{}
	for _, one := range p.problemGroups() {
		if one.word == p.only {
			for _, number := range one.rows {
				wanted[number] = true
			}
		}
	}
	if len(wanted) == 0 {
		p.only = ""
		return
	}
	p.looked = nil
	for _, place := range p.places[p.tab] {
		if wanted[p.plan.Rows[place].Source.Number] {
			p.looked = append(p.looked, place)
		}
	}
}

// ticked gives the numbers of the ticked rows, or of the current one where none is.
func (p *preview) ticked() []int {
	var numbers []int
	for _, place := range p.table.Ticked() {
		numbers = append(numbers, p.plan.Rows[place].Source.Number)
	}
	if row, _ := p.table.Current(); len(numbers) == 0 && row >= 0 && row < len(p.looked) {
		numbers = []int{p.row(row).Source.Number}
	}
	return numbers
}

func (p *preview) leaveTicked() {
	rows := p.ticked()
	p.screen.mend(data.LeaveRows(rows...), rowsWords(len(rows))+"不导入。")
}

func (p *preview) takeTicked() {
	rows := p.ticked()
	p.screen.mend(data.TakeRows(rows...), rowsWords(len(rows))+"改回导入。")
}

// takeCell leaves a row out by a click, or takes it after all.
func takeCell(row *data.ImportRow) ui.Cell {
	if row.Outcome == data.OutcomeSkipped {
		return ui.Cell{Text: "导入", Link: true}
	}
	return ui.Cell{Text: "跳过", Link: true}
}
