package ui

import (
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

// Month grid measures in px.
const (
	dayWidth  float32 = 36
	dayHeight float32 = 30
	weekRows          = 6
	weekDays          = 7
)

var weekdayWords = [weekDays]string{"一", "二", "三", "四", "五", "六", "日"}

// monthPicker is the panel of a date field: a month, its days and, if asked for, a time.
type monthPicker struct {
	core
	picked  func(time.Time)
	cleared func()

	grid    *monthGrid
	title   *Text
	clock   *Field
	content fyne.CanvasObject
}

func newMonthPicker(value, today time.Time, withTime bool) *monthPicker {
	p := &monthPicker{title: NewBold("")}
	p.title.Align = fyne.TextAlignCenter
	p.grid = newMonthGrid(value, today)
	p.grid.moved = p.showTitle
	p.grid.picked = func() {
		if !withTime {
			p.accept()
		}
	}
	turn := func(icon, tip string, years, months int) *Button {
		return NewSmallIconButton(icon, tip, theme.Secondary, func() { p.grid.turn(years, months) })
	}
	head := Row(2, turn("chevrons-left", "上一年", -1, 0), turn("chevron-left", "上个月", 0, -1), Grow(p.title),
		turn("chevron-right", "下个月", 0, 1), turn("chevrons-right", "下一年", 1, 0))
	now := "今天"
	if withTime {
		now = "现在"
	}
	foot := Row(12, NewLink(now, func() { p.take(today) }), NewLink("清除", func() { p.cleared() }), Space())
	parts := []fyne.CanvasObject{head, p.grid}
	if withTime {
		p.clock = NewField("时:分:秒")
		p.clock.Width = 100
		p.clock.SetText(value.Format("15:04:05"))
		p.clock.OnSubmitted = func(string) { p.accept() }
		confirm := NewFilledButton("确定", "", p.accept)
		confirm.Small = true
		foot.Objects = append(foot.Objects, confirm)
		parts = append(parts, Row(8, NewText("时间", theme.Secondary), Wide(p.clock)))
	}
	parts = append(parts, foot)
	p.content = Stack(NewBox(theme.Surface, theme.ControlBorder, 4), Pad(10, 8, 10, 10, Column(8, parts...)))
	p.showTitle()
	p.ExtendBaseWidget(p)
	return p
}

func (p *monthPicker) showTitle() {
	p.title.SetText(fmt.Sprintf("%d年%d月", p.grid.value.Year(), int(p.grid.value.Month())))
}

// accept takes the marked day with the typed time.
func (p *monthPicker) accept() {
	value := p.grid.value
	if p.clock != nil {
		text := NormalizeDate(value.Format(DateLayout)+" "+p.clock.Text(), true)
		full, err := time.ParseInLocation(DateTimeLayout, text, time.Local)
		if err != nil {
			p.clock.SetBad(true)
			p.clock.Focus()
			return
		}
		value = full
	}
	p.picked(value)
}

func (p *monthPicker) take(value time.Time) {
	p.grid.value = value
	if p.clock != nil {
		p.clock.SetText(value.Format("15:04:05"))
	}
	p.accept()
}

// CreateRenderer is part of fyne.Widget.
func (p *monthPicker) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(p, &p.core, p.content)
	r.minSize = p.content.MinSize
	r.layout = func(size fyne.Size) { p.content.Resize(size) }
	return r.start()
}

// monthGrid shows the days of one month, weeks beginning on Monday.
type monthGrid struct {
	press
	value, today  time.Time
	moved, picked func()
	hoveredDay    int
}

func newMonthGrid(value, today time.Time) *monthGrid {
	g := &monthGrid{value: value, today: today, hoveredDay: -1}
	g.extend(g)
	return g
}

// first gives the Monday on or before the month's first day.
func (g *monthGrid) first() time.Time {
	start := time.Date(g.value.Year(), g.value.Month(), 1, 0, 0, 0, 0, g.value.Location())
	return start.AddDate(0, 0, -((int(start.Weekday()) + 6) % weekDays))
}

func (g *monthGrid) day(index int) time.Time { return g.first().AddDate(0, 0, index) }

// turn goes to another month and stays within it: 31 March and one month back is 28 February.
func (g *monthGrid) turn(years, months int) {
	start := time.Date(g.value.Year()+years, g.value.Month()+time.Month(months), 1, 0, 0, 0, 0, g.value.Location())
	last := start.AddDate(0, 1, -1).Day()
	g.set(start.AddDate(0, 0, min(g.value.Day(), last)-1))
}

func (g *monthGrid) set(day time.Time) {
	g.value = time.Date(day.Year(), day.Month(), day.Day(), g.value.Hour(), g.value.Minute(), g.value.Second(), 0, g.value.Location())
	g.moved()
	g.Refresh()
}

func (g *monthGrid) indexAt(at fyne.Position) int {
	column, row := int(at.X/dayWidth), int(at.Y/dayHeight)-1
	if at.Y < dayHeight || column >= weekDays || row >= weekRows || at.X < 0 {
		return -1
	}
	return row*weekDays + column
}

// Tapped picks a day.
func (g *monthGrid) Tapped(event *fyne.PointEvent) {
	g.takeFocus()
	if index := g.indexAt(event.Position); index >= 0 {
		g.set(g.day(index))
		g.picked()
	}
}

// MouseMoved marks the day under the pointer.
func (g *monthGrid) MouseMoved(event *desktop.MouseEvent) {
	if index := g.indexAt(event.Position); index != g.hoveredDay {
		g.hoveredDay = index
		g.Refresh()
	}
}

// MouseOut is part of desktop.Hoverable.
func (g *monthGrid) MouseOut() {
	g.hoveredDay = -1
	g.press.MouseOut()
}

// TypedKey walks the days.
func (g *monthGrid) TypedKey(event *fyne.KeyEvent) {
	days := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -weekDays, fyne.KeyDown: weekDays}
	switch event.Name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown:
		g.set(g.value.AddDate(0, 0, days[event.Name]))
	case fyne.KeyPageUp:
		g.turn(0, -1)
	case fyne.KeyPageDown:
		g.turn(0, 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		submitTop(g)
	case fyne.KeyEscape, fyne.KeyF1:
		passKey(g, event.Name)
	}
}

// Inspect describes the month for end-to-end tests.
func (g *monthGrid) Inspect() Inspection {
	out := Inspection{Kind: "month", Text: g.value.Format("2006-01"), Focused: g.focused}
	for i := range weekRows * weekDays {
		day := g.day(i)
		out.parts = append(out.parts, inspectedPart{
			Inspection{Kind: "day", Text: day.Format(DateLayout), Active: sameDay(day, g.value)},
			float32(i%weekDays) * dayWidth, float32(i/weekDays+1) * dayHeight, dayWidth, dayHeight,
		})
	}
	return out
}

func sameDay(a, b time.Time) bool { return a.Format(DateLayout) == b.Format(DateLayout) }

// CreateRenderer is part of fyne.Widget.
func (g *monthGrid) CreateRenderer() fyne.WidgetRenderer {
	mark, hover, today := newShape(), newShape(), newShape()
	r := newRenderer(g, &g.core, hover.Raster, today.Raster, mark.Raster)
	var days []*canvas.Text
	for i := range weekDays * (weekRows + 1) {
		word := newLine("", theme.SizeBody, false)
		word.Alignment = fyne.TextAlignCenter
		place(word, float32(i%weekDays)*dayWidth, float32(i/weekDays)*dayHeight, dayWidth, dayHeight)
		days = append(days, word)
		r.objects = append(r.objects, word)
	}
	r.minSize = func() fyne.Size { return fyne.NewSize(dayWidth*weekDays, dayHeight*(weekRows+1)) }
	at := func(s *shape, index int) {
		place(s, float32(index%weekDays)*dayWidth+2, float32(index/weekDays+1)*dayHeight+1, dayWidth-4, dayHeight-2)
		s.Show()
	}
	r.refresh = func() {
		mark.paint(theme.Primary, theme.None, 0, 4)
		hover.paint(theme.Hover, theme.None, 0, 4)
		today.paint(theme.None, theme.Primary, 1, 4)
		mark.Hide()
		hover.Hide()
		today.Hide()
		if g.hoveredDay >= 0 {
			at(hover, g.hoveredDay)
		}
		for i, word := range days {
			if i < weekDays {
				word.Text, word.Color = weekdayWords[i], theme.Color(theme.Secondary)
				continue
			}
			day, role := g.day(i-weekDays), theme.Text
			if day.Month() != g.value.Month() {
				role = theme.Disabled
			}
			if sameDay(day, g.today) {
				at(today, i-weekDays)
			}
			if sameDay(day, g.value) {
				at(mark, i-weekDays)
				role = theme.OnPrimary
			}
			word.Text, word.Color = strconv.Itoa(day.Day()), theme.Color(role)
		}
	}
	return r.start()
}
