package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// tickExtent is the width and height of a tick box and a radio's circle, in px.
const tickExtent float32 = 16

// Checkbox is a box with a tick and a label.
type Checkbox struct {
	press
	// Label stands right of the box.
	Label string
	// OnChanged is called after a person ticked or cleared the box.
	OnChanged func(checked bool)

	checked bool
}

// NewCheckbox makes an empty box.
func NewCheckbox(label string, changed func(checked bool)) *Checkbox {
	c := &Checkbox{Label: label, OnChanged: changed}
	c.OnTapped = c.toggle
	c.extend(c)
	return c
}

// Checked tells whether the box is ticked.
func (c *Checkbox) Checked() bool { return c.checked }

// SetChecked ticks or clears the box without calling OnChanged.
func (c *Checkbox) SetChecked(checked bool) {
	if c.checked != checked {
		c.checked = checked
		c.Refresh()
	}
}

func (c *Checkbox) toggle() {
	c.SetChecked(!c.checked)
	if c.OnChanged != nil {
		c.OnChanged(c.checked)
	}
}

// Inspect describes the box for end-to-end tests.
func (c *Checkbox) Inspect() Inspection {
	return Inspection{Kind: "checkbox", Text: c.Label, Checked: c.checked, Disabled: c.disabled, Focused: c.focused}
}

// CreateRenderer is part of fyne.Widget.
func (c *Checkbox) CreateRenderer() fyne.WidgetRenderer {
	box, mark, label, ring := newShape(), newIconImage(), newLine("", theme.SizeBody, false), newShape()
	r := newRenderer(c, &c.core, box.Raster, mark, label, ring.Raster)
	r.minSize = func() fyne.Size { return labelledSize(c.Label) }
	r.layout = func(size fyne.Size) {
		y := floor((size.Height - tickExtent) / 2)
		placeTick(box, mark, 0, y)
		place(ring, -3, y-3, tickExtent+6, tickExtent+6)
		place(label, tickExtent+8, -1, size.Width-tickExtent-8, size.Height)
	}
	r.refresh = func() {
		sign := ""
		if c.checked {
			sign = "check"
		}
		paintTick(box, mark, sign, c.disabled)
		label.Text, label.Color = c.Label, theme.Color(labelRole(c.disabled))
		focusRing(ring, c.ring())
	}
	return r.start()
}

func labelledSize(label string) fyne.Size {
	if label == "" {
		return fyne.NewSquareSize(tickExtent)
	}
	return fyne.NewSize(tickExtent+8+ceil(textWidth(label, theme.SizeBody, false)), 20)
}

func labelRole(disabled bool) theme.Role {
	if disabled {
		return theme.Disabled
	}
	return theme.Text
}

func placeTick(box *shape, mark *canvas.Image, x, y float32) {
	place(box, x, y, tickExtent, tickExtent)
	place(mark, x+2, y+2, tickExtent-4, tickExtent-4)
}

// paintTick draws a tick box with a sign in it; sign "" is an empty box.
func paintTick(box *shape, mark *canvas.Image, sign string, disabled bool) {
	// The sign is drawn at 12 px with the stroke of 22 px, so that it reads on blue.
	const boldStroke = 22
	switch {
	case disabled && sign == "":
		box.paint(theme.Header, theme.ControlBorder, 1, 4)
	case disabled:
		box.paint(theme.Disabled, theme.None, 0, 4)
	case sign == "":
		box.paint(theme.Surface, theme.Secondary, 1, 4)
	default:
		box.paint(theme.Primary, theme.None, 0, 4)
	}
	setIcon(mark, sign, theme.OnPrimary, boldStroke)
}

// Radio is one choice of several; the caller keeps only one chosen (see RadioGroup).
type Radio struct {
	press
	// Label stands right of the circle; where there is no room for it, it ends in ….
	Label string
	// Bold makes the label bold.
	Bold bool

	chosen  bool
	group   []*Radio // those among which the arrow keys move
	grouped int      // its place among them
}

// LinkRadios lets the arrow keys move the choice among radios, from the last to the first.
func LinkRadios(radios ...*Radio) {
	for place, radio := range radios {
		radio.group, radio.grouped = radios, place
	}
}

// TypedKey chooses with Space and Enter, and moves the choice with the arrow keys.
func (r *Radio) TypedKey(event *fyne.KeyEvent) {
	step := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyLeft: -1, fyne.KeyDown: 1, fyne.KeyRight: 1}[event.Name]
	if step == 0 || len(r.group) == 0 {
		r.press.TypedKey(event)
		return
	}
	next := r.group[(r.grouped+step+len(r.group))%len(r.group)]
	focusOn(next)
	next.activate()
}

// NewRadio makes a circle that is not chosen.
func NewRadio(label string, tapped func()) *Radio {
	r := &Radio{Label: label}
	r.OnTapped = tapped
	r.extend(r)
	return r
}

// Chosen tells whether the circle is filled.
func (r *Radio) Chosen() bool { return r.chosen }

// SetChosen fills or empties the circle.
func (r *Radio) SetChosen(chosen bool) {
	if r.chosen != chosen {
		r.chosen = chosen
		r.Refresh()
	}
}

// Inspect describes the choice for end-to-end tests.
func (r *Radio) Inspect() Inspection {
	return Inspection{Kind: "radio", Text: r.Label, Checked: r.chosen, Disabled: r.disabled, Focused: r.focused}
}

// CreateRenderer is part of fyne.Widget.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	circle, dot, label, ring := newShape(), newShape(), newLine("", theme.SizeBody, false), newShape()
	out := newRenderer(r, &r.core, circle.Raster, dot.Raster, label, ring.Raster)
	out.minSize = func() fyne.Size {
		size := labelledSize(r.Label)
		if r.Bold {
			size.Width = tickExtent + 8 + ceil(textWidth(r.Label, theme.SizeBody, true))
		}
		return size
	}
	out.layout = func(size fyne.Size) {
		y := floor((size.Height - tickExtent) / 2)
		place(circle, 0, y, tickExtent, tickExtent)
		place(dot, 5, y+5, 6, 6)
		place(ring, -3, y-3, tickExtent+6, tickExtent+6)
		place(label, tickExtent+8, -1, size.Width-tickExtent-8, size.Height)
		label.Text = elide(r.Label, size.Width-tickExtent-8, theme.SizeBody, r.Bold)
	}
	out.refresh = func() {
		switch {
		case r.disabled:
			circle.paint(theme.Header, theme.ControlBorder, 1, tickExtent/2)
		case r.chosen:
			circle.paint(theme.Primary, theme.None, 0, tickExtent/2)
		default:
			circle.paint(theme.Surface, theme.Secondary, 1, tickExtent/2)
		}
		dot.Hidden = !r.chosen
		dot.paint(theme.OnPrimary, theme.None, 0, 3)
		label.Text, label.TextStyle.Bold, label.Color = elide(r.Label, r.Size().Width-tickExtent-8, theme.SizeBody, r.Bold), r.Bold, theme.Color(labelRole(r.disabled))
		focusRing(ring, r.ring())
	}
	return out.start()
}

// RadioGroup keeps one of several radios chosen.
type RadioGroup struct {
	// Radios can be placed anywhere.
	Radios []*Radio
	// OnChanged is called with the index that a person chose.
	OnChanged func(index int)
}

// NewRadioGroup makes a radio for every label and chooses none.
func NewRadioGroup(changed func(index int), labels ...string) *RadioGroup {
	g := &RadioGroup{OnChanged: changed}
	for i, label := range labels {
		g.Radios = append(g.Radios, NewRadio(label, func() {
			g.SetSelected(i)
			if g.OnChanged != nil {
				g.OnChanged(i)
			}
		}))
	}
	LinkRadios(g.Radios...)
	return g
}

// Selected gives the chosen index, or -1.
func (g *RadioGroup) Selected() int {
	for i, r := range g.Radios {
		if r.chosen {
			return i
		}
	}
	return -1
}

// SetSelected chooses an index without calling OnChanged.
func (g *RadioGroup) SetSelected(index int) {
	for i, r := range g.Radios {
		r.SetChosen(i == index)
	}
}
