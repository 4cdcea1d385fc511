package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Tab measures in px: the words' distance from the left, the padding of one tab and what stands
// between two.
const (
	tabsIndent  float32 = 16
	tabPadding  float32 = 10
	tabGap      float32 = 4
	tabCountGap float32 = 6
)

// Tab is one word of Tabs with an optional count.
type Tab struct {
	Label string
	// Count stands in a badge of Tone; "" leaves it out.
	Count string
	Tone  Tone
}

// Tabs are words with a 2 px line under the chosen one.
type Tabs struct {
	press
	// OnChanged is called with the chosen index after a person chose.
	OnChanged func(index int)
	// Height is 40 px on pages and 36 px in drawers.
	Height float32
	// Indent is the distance of the first tab from the left in px: 16 on pages, 6 in drawers.
	Indent float32

	tabs   []Tab
	chosen int
}

// NewTabs makes tabs of 40 px whose first one is chosen.
func NewTabs(tabs ...Tab) *Tabs {
	t := &Tabs{tabs: tabs, Height: 40, Indent: tabsIndent}
	t.extend(t)
	return t
}

// NewWordTabs makes tabs without counts.
func NewWordTabs(labels ...string) *Tabs {
	tabs := make([]Tab, len(labels))
	for i, label := range labels {
		tabs[i].Label = label
	}
	return NewTabs(tabs...)
}

// Selected gives the chosen index.
func (t *Tabs) Selected() int { return t.chosen }

// SetSelected chooses without calling OnChanged.
func (t *Tabs) SetSelected(index int) {
	t.chosen = index
	t.Refresh()
}

// SetTabs changes words and counts.
func (t *Tabs) SetTabs(tabs ...Tab) {
	t.tabs = tabs
	t.chosen = min(t.chosen, max(0, len(tabs)-1))
	t.Refresh()
}

// Inspect describes the tabs for end-to-end tests.
func (t *Tabs) Inspect() Inspection {
	out := Inspection{Kind: "tabs", Focused: t.focused}
	x := t.Indent
	for i, tab := range t.tabs {
		width := t.width(i)
		out.parts = append(out.parts, inspectedPart{
			Inspection{Kind: "tab", Text: tab.Label, Tip: tab.Count, Active: i == t.chosen}, x, 0, width, t.Height,
		})
		x += width + tabGap
	}
	return out
}

func (t *Tabs) wordWidth(index int) float32 {
	return ceil(textWidth(t.tabs[index].Label, theme.SizeBody, true))
}

func (t *Tabs) countWidth(index int) float32 {
	if t.tabs[index].Count == "" {
		return 0
	}
	return max(20, pillWidth(t.tabs[index].Count, 8))
}

func (t *Tabs) width(index int) float32 {
	width := t.wordWidth(index) + 2*tabPadding
	if count := t.countWidth(index); count > 0 {
		width += tabCountGap + count
	}
	return width
}

func (t *Tabs) choose(index int) {
	if index < 0 || index >= len(t.tabs) || index == t.chosen || t.disabled {
		return
	}
	t.chosen = index
	t.Refresh()
	if t.OnChanged != nil {
		t.OnChanged(index)
	}
}

// Tapped chooses what was clicked.
func (t *Tabs) Tapped(event *fyne.PointEvent) {
	t.takeFocus()
	x := t.Indent
	for i := range t.tabs {
		x += t.width(i) + tabGap
		if event.Position.X < x {
			t.choose(i)
			return
		}
	}
}

// TypedKey moves the choice with the arrow keys.
func (t *Tabs) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyLeft:
		t.choose(t.chosen - 1)
	case fyne.KeyRight:
		t.choose(t.chosen + 1)
	case fyne.KeyEscape, fyne.KeyF1:
		passKey(t, event.Name)
	}
}

type tabParts struct {
	word, count *canvas.Text
	badge       *shape
}

// CreateRenderer is part of fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	under, ring := &canvas.Rectangle{}, newShape()
	var parts []tabParts
	r := newRenderer(t, &t.core)
	r.minSize = func() fyne.Size {
		width := t.Indent
		for i := range t.tabs {
			width += t.width(i) + tabGap
		}
		return fyne.NewSize(width, t.Height)
	}
	r.layout = func(size fyne.Size) {
		x := t.Indent
		for i, p := range parts {
			width := t.width(i)
			place(p.word, x+tabPadding, 0, t.wordWidth(i), size.Height-1)
			count := t.countWidth(i)
			at := x + width - tabPadding - count
			place(p.badge, at, floor((size.Height-pillHeight)/2)-1, count, pillHeight)
			place(p.count, at, floor((size.Height-pillHeight)/2)-2, count, pillHeight)
			if i == t.chosen {
				place(under, x, size.Height-2, width, 2)
				place(ring, x, 4, width, size.Height-8)
			}
			x += width + tabGap
		}
	}
	r.refresh = func() {
		for len(parts) < len(t.tabs) {
			p := tabParts{newLine("", theme.SizeBody, false), newLine("", theme.SizeCaption, false), newShape()}
			p.word.Alignment, p.count.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
			parts = append(parts, p)
		}
		parts = parts[:len(t.tabs)]
		r.objects = []fyne.CanvasObject{under}
		for i, p := range parts {
			t.paint(p, i)
			r.objects = append(r.objects, p.word, p.badge.Raster, p.count)
		}
		r.objects = append(r.objects, ring.Raster)
		under.FillColor = theme.Color(theme.Primary)
		focusRing(ring, t.ring())
	}
	return r.start()
}

func (t *Tabs) paint(p tabParts, index int) {
	tab := t.tabs[index]
	role := theme.Secondary
	if index == t.chosen {
		role = theme.Text
	}
	p.word.Text, p.word.TextStyle.Bold, p.word.Color = tab.Label, index == t.chosen, theme.Color(role)
	tone := tab.Tone
	if tone == NoTone {
		tone = ToneNeutral
	}
	p.count.Text, p.count.Color = tab.Count, theme.Color(tone.text())
	p.badge.Hidden = tab.Count == ""
	p.badge.paint(tone.tint(), theme.None, 0, pillHeight/2)
}
