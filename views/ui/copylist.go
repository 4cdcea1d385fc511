package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// CopyItem is one line of a CopyList.
type CopyItem struct {
	Key, Label string
	// Value is what is copied; where it is empty, Hint says what to do instead.
	Value, Hint string
	// Given lines are only there to be compared: nothing is copied.
	Given bool
	Done  bool
}

// CopyGroup is a part of a CopyList under a heading.
type CopyGroup struct {
	Title string
	Items []CopyItem
}

// CopyList carries values over to another program: a click, Enter or ↓ on a line copies its value, ticks it and goes to the next line
// that is not ticked; Space ticks and unticks; ↑ goes back.
type CopyList struct {
	core
	// OnCopy is called with the line that shall be copied.
	OnCopy func(item CopyItem)
	// OnTick is called after a line was ticked or unticked.
	OnTick func(key string, done bool)

	content *fyne.Container
	lines   []*copyLine
}

// NewCopyList makes an empty list.
func NewCopyList() *CopyList {
	l := &CopyList{content: Column(0)}
	l.ExtendBaseWidget(l)
	return l
}

// SetGroups changes the lines.
func (l *CopyList) SetGroups(groups []CopyGroup) {
	l.lines, l.content.Objects = nil, nil
	for _, group := range groups {
		l.content.Add(Ground(theme.Header, Pad(12, 6, 12, 6, NewBold(group.Title))))
		for _, item := range group.Items {
			line := newCopyLine(l, item)
			l.lines = append(l.lines, line)
			l.content.Add(line)
			l.content.Add(NewLine())
		}
	}
	l.content.Refresh()
	l.Refresh()
}

// Left counts the lines that are not ticked yet, of all that can be.
func (l *CopyList) Left() (left, all int) {
	for _, line := range l.lines {
		if !line.item.Given {
			all++
			if !line.item.Done {
				left++
			}
		}
	}
	return left, all
}

// FocusNext gives the keyboard to the first line that is not ticked.
func (l *CopyList) FocusNext() { l.focusFrom(0) }

// focusFrom goes to the next line that is not ticked, from a place on; from the end it begins again.
func (l *CopyList) focusFrom(place int) {
	for i := range l.lines {
		line := l.lines[(place+i)%len(l.lines)]
		if !line.item.Given && !line.item.Done {
			focusOn(line)
			return
		}
	}
}

func (l *CopyList) placeOf(line *copyLine) int {
	for i, one := range l.lines {
		if one == line {
			return i
		}
	}
	return 0
}

// CreateRenderer is part of fyne.Widget.
func (l *CopyList) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(l, &l.core, l.content)
	r.minSize = func() fyne.Size { return l.content.MinSize() }
	r.layout = func(size fyne.Size) { l.content.Resize(size) }
	return r.start()
}

// copyLine is one line.
type copyLine struct {
	press
	list *CopyList
	item CopyItem
}

func newCopyLine(list *CopyList, item CopyItem) *copyLine {
	line := &copyLine{list: list, item: item}
	line.OnTapped = line.copy
	line.Tip = item.Value
	line.extend(line)
	line.disabled = item.Given
	return line
}

// copy hands the value over and goes on.
func (c *copyLine) copy() {
	if c.item.Value != "" && c.list.OnCopy != nil {
		c.list.OnCopy(c.item)
	}
	c.tick(true)
	c.list.focusFrom(c.list.placeOf(c) + 1)
}

func (c *copyLine) tick(done bool) {
	changed := c.item.Done != done
	c.item.Done = done
	c.Refresh()
	if changed && c.list.OnTick != nil {
		c.list.OnTick(c.item.Key, done)
	}
}

// TypedKey is part of fyne.Focusable.
func (c *copyLine) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		c.copy()
	case fyne.KeySpace:
		c.tick(!c.item.Done)
	case fyne.KeyUp:
		for place := c.list.placeOf(c) - 1; place >= 0; place-- {
			if line := c.list.lines[place]; !line.item.Given {
				focusOn(line)
				return
			}
		}
	default:
		c.press.TypedKey(event)
	}
}

// Inspect describes the line for tests.
func (c *copyLine) Inspect() Inspection {
	return Inspection{Kind: "copy", Text: c.item.Label, Tip: c.item.Value, Checked: c.item.Done, Focused: c.focused, Disabled: c.disabled}
}

// Measures of a line in px.
const (
	copyLineHeight float32 = 46
	copyLineText   float32 = 38
)

// CreateRenderer is part of fyne.Widget.
func (c *copyLine) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, sign := &canvas.Rectangle{}, newShape(), newIconImage()
	label, value := newLine("", theme.SizeCaption, false), newLine("", theme.SizeBody, false)
	r := newRenderer(c, &c.core, ground, sign, label, value, ring.Raster)
	r.minSize = func() fyne.Size { return fyne.NewSize(200, copyLineHeight) }
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		ring.Resize(size)
		place(sign, 12, floor((size.Height-iconExtent)/2), iconExtent, iconExtent)
		width := size.Width - copyLineText - 10
		label.Text, value.Text = elide(c.heading(), width, theme.SizeCaption, false), elide(c.shown(), width, theme.SizeBody, false)
		place(label, copyLineText, 4, width, 16)
		place(value, copyLineText, 20, width, 20)
	}
	r.refresh = func() {
		role, name, signRole := theme.Surface, "copy", theme.Primary
		switch {
		case c.focused:
			role = theme.TintPrimary
		case c.hovered && !c.disabled:
			role = theme.RowHover
		}
		switch {
		case c.item.Given:
			name, signRole = "eye", theme.Secondary
		case c.item.Done:
			name, signRole = "circle-check", theme.Success
		case c.item.Value == "":
			name, signRole = "info", theme.Secondary
		}
		ground.FillColor = theme.Color(role)
		label.Color, value.Color = theme.Color(theme.Secondary), theme.Color(theme.Text)
		if c.item.Given || c.item.Value == "" || c.item.Done {
			value.Color = theme.Color(theme.Secondary)
		}
		setIcon(sign, name, signRole, iconExtent)
		focusRing(ring, c.focused)
	}
	return r.start()
}

// heading is the line's name; a value with something to do besides is told there.
func (c *copyLine) heading() string {
	switch {
	case c.item.Given:
		return c.item.Label + "（平台自动带出，核对）"
	case c.item.Value != "" && c.item.Hint != "":
		return c.item.Label + "　" + c.item.Hint
	}
	return c.item.Label
}

func (c *copyLine) shown() string {
	if c.item.Value == "" {
		return c.item.Hint
	}
	return c.item.Value
}
