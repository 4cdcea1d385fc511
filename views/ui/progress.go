package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// barHeight is the height of every bar, in px.
const barHeight float32 = 6

// BarPart is one colour of a bar.
type BarPart struct {
	// Fraction of the whole bar, 0 to 1.
	Fraction float64
	Role     theme.Role
}

// ProgressBar is a bar of 6 px made of one or more parts on a grey track.
type ProgressBar struct {
	core
	// MinWidth is in px.
	MinWidth float32

	parts []BarPart
}

// NewProgressBar makes a bar in the primary colour; fraction is 0 to 1.
func NewProgressBar(fraction float64) *ProgressBar {
	return NewPartedBar(BarPart{fraction, theme.Primary})
}

// NewPartedBar makes a bar of several colours, from the left.
func NewPartedBar(parts ...BarPart) *ProgressBar {
	b := &ProgressBar{MinWidth: 40, parts: parts}
	b.ExtendBaseWidget(b)
	return b
}

// SetFraction fills the bar; fraction is 0 to 1.
func (b *ProgressBar) SetFraction(fraction float64) {
	role := theme.Primary
	if len(b.parts) == 1 {
		role = b.parts[0].Role
	}
	b.SetParts(BarPart{fraction, role})
}

// Fraction gives how much of the bar is filled, 0 to 1.
func (b *ProgressBar) Fraction() float64 {
	sum := 0.0
	for _, p := range b.parts {
		sum += p.Fraction
	}
	return min(1, max(0, sum))
}

// SetParts changes all parts.
func (b *ProgressBar) SetParts(parts ...BarPart) {
	b.parts = parts
	b.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (b *ProgressBar) CreateRenderer() fyne.WidgetRenderer {
	bar := newBarView()
	r := newRenderer(b, &b.core)
	r.minSize = func() fyne.Size { return fyne.NewSize(b.MinWidth, barHeight) }
	r.layout = func(size fyne.Size) { bar.layout(b.parts, 0, floor((size.Height-barHeight)/2), size.Width) }
	r.refresh = func() {
		bar.paint(b.parts)
		r.objects = bar.objects()
	}
	return r.start()
}

// barView draws a bar: a track, a rounded shape per part and, for all but the last, a rectangle that
// squares the end where the next part begins.
type barView struct {
	track   *shape
	fills   []*shape
	squares []*canvas.Rectangle
}

func newBarView() *barView { return &barView{track: newShape()} }

// objects lists what is drawn, later parts below earlier ones.
func (b *barView) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{b.track.Raster}
	for i := len(b.fills) - 1; i >= 0; i-- {
		out = append(out, b.fills[i].Raster, b.squares[i])
	}
	return out
}

func (b *barView) paint(parts []BarPart) {
	b.track.paint(theme.TintNeutral, theme.None, 0, barHeight/2)
	for len(b.fills) < len(parts) {
		b.fills, b.squares = append(b.fills, newShape()), append(b.squares, &canvas.Rectangle{})
	}
	b.fills, b.squares = b.fills[:len(parts)], b.squares[:len(parts)]
	for i, part := range parts {
		b.fills[i].paint(part.Role, theme.None, 0, barHeight/2)
		b.squares[i].FillColor = theme.Color(part.Role)
	}
}

// layout lays each part from the bar's left end to its own right end, so that inner ends meet.
func (b *barView) layout(parts []BarPart, x, y, width float32) {
	place(b.track, x, y, width, barHeight)
	sum := 0.0
	for i, fill := range b.fills {
		sum += max(0, parts[i].Fraction)
		extent := round(width * float32(min(1, sum)))
		hidden := extent <= 0 || parts[i].Fraction <= 0
		fill.Hidden, b.squares[i].Hidden = hidden, hidden || b.lastFrom(parts, i)
		place(fill, x, y, max(barHeight, extent), barHeight)
		place(b.squares[i], x+barHeight/2, y, max(0, extent-barHeight/2), barHeight)
	}
}

// lastFrom tells whether nothing is drawn after part i.
func (b *barView) lastFrom(parts []BarPart, i int) bool {
	for _, part := range parts[i+1:] {
		if part.Fraction > 0 {
			return false
		}
	}
	return true
}

// setHidden hides or shows the whole bar.
func (b *barView) setHidden(hidden bool) {
	for _, o := range b.objects() {
		if hidden {
			o.Hide()
		} else {
			o.Show()
		}
	}
}

// Legend is the small square with a word that explains a bar's part.
func Legend(role theme.Role, label string) fyne.CanvasObject {
	square := NewBox(role, theme.None, 0)
	square.Min = fyne.NewSquareSize(8)
	return Row(4, square, NewCaption(label, theme.Secondary))
}
