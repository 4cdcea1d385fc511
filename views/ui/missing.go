package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Missing is one thing that a form still lacks.
type Missing struct {
	// Key is the form row's.
	Key string
	// Label names the field, Problem says what is wrong with it.
	Label, Problem string
}

// MissingList is the card 还差什么: what a form still lacks; a click jumps to the field.
type MissingList struct {
	core
	// OnJump is called with the key of the clicked line; usually Form.FocusField.
	OnJump func(key string)
	// Goal is what can be done when nothing is missing; 下一步 unless set.
	Goal string

	items   []Missing
	current string
	count   *Pill
	content *fyne.Container
	lines   *fyne.Container
}

// NewMissingList makes an empty list.
func NewMissingList(jump func(key string)) *MissingList {
	m := &MissingList{OnJump: jump, Goal: "下一步", count: NewPill("", ToneDanger), lines: Column(0)}
	m.content = NewListCard("还差什么", m.lines, m.count)
	m.ExtendBaseWidget(m)
	m.SetItems(nil)
	return m
}

// SetItems changes what is missing.
func (m *MissingList) SetItems(items []Missing) {
	m.items = items
	m.lines.Objects = nil
	if len(items) == 0 {
		m.count.Set("齐了", ToneSuccess)
		done := Row(8, NewIcon("circle-check", theme.Success), NewText("都填好了，可以"+m.Goal+"。", theme.TextSuccess))
		m.lines.Add(Fixed(48, Pad(13, 0, 13, 0, done)))
	} else {
		m.count.Set(fmt.Sprintf("%d 项", len(items)), ToneDanger)
		for _, item := range items {
			m.lines.Add(newMissingLine(m, item))
			m.lines.Add(NewLine())
		}
		help := Row(8, NewSizedIcon("info", theme.Secondary, 14), NewCaption("点一下跳到那一项；补齐后才能"+m.Goal+"。", theme.Secondary))
		m.lines.Add(Fixed(35, Pad(13, 0, 13, 0, help)))
	}
	m.content.Refresh()
	m.Refresh()
}

// SetCurrent marks the line of the field that is being edited; "" marks none.
func (m *MissingList) SetCurrent(key string) {
	if m.current != key {
		m.current = key
		m.content.Refresh()
	}
}

// CreateRenderer is part of fyne.Widget.
func (m *MissingList) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(m, &m.core, m.content)
	r.minSize = func() fyne.Size { return m.content.MinSize() }
	r.layout = func(size fyne.Size) { m.content.Resize(size) }
	return r.start()
}

// missingLine is one line of the list.
type missingLine struct {
	press
	list *MissingList
	item Missing
}

func newMissingLine(list *MissingList, item Missing) *missingLine {
	l := &missingLine{list: list, item: item}
	l.OnTapped = func() {
		if list.OnJump != nil {
			list.OnJump(item.Key)
		}
	}
	l.extend(l)
	return l
}

// Inspect describes the line for end-to-end tests.
func (l *missingLine) Inspect() Inspection {
	return Inspection{
		Kind: "missing", Text: l.item.Label, Tip: l.item.Problem,
		Active: l.list.current == l.item.Key, Focused: l.focused,
	}
}

// CreateRenderer is part of fyne.Widget.
func (l *missingLine) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := &canvas.Rectangle{}, newShape()
	sign, arrow := newIconImage(), newIconImage()
	label, problem := newLine("", theme.SizeBody, false), newLine("", theme.SizeCaption, false)
	r := newRenderer(l, &l.core, ground, sign, label, problem, arrow, ring.Raster)
	r.minSize = func() fyne.Size { return fyne.NewSize(200, 47) }
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		ring.Resize(size)
		place(sign, 13, floor((size.Height-14)/2), 14, 14)
		width := size.Width - 36 - 40
		label.Text = elide(l.item.Label, width, theme.SizeBody, false)
		problem.Text = elide(l.item.Problem, width, theme.SizeCaption, false)
		place(label, 36, 6, width, 20)
		place(problem, 36, 26, width, 16)
		place(arrow, size.Width-28, floor((size.Height-iconExtent)/2), iconExtent, iconExtent)
	}
	r.refresh = func() {
		role := theme.Surface
		if l.list.current == l.item.Key {
			role = theme.TintPrimary
		} else if l.hovered {
			role = theme.RowHover
		}
		ground.FillColor = theme.Color(role)
		label.Color, problem.Color = theme.Color(theme.Text), theme.Color(theme.Secondary)
		setIcon(sign, "circle-alert", theme.Danger, 14)
		setIcon(arrow, "arrow-right", theme.Primary, iconExtent)
		focusRing(ring, l.ring())
	}
	return r.start()
}
