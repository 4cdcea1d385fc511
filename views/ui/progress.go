package ui

import (
	"fyne.io/fyne/v2"

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
	track := newShape()
	var fills []*shape
	r := newRenderer(b, &b.core, track.Raster)
	r.minSize = func() fyne.Size { return fyne.NewSize(b.MinWidth, barHeight) }
	r.layout = func(size fyne.Size) {
		layoutBar(track, fills, b.parts, 0, floor((size.Height-barHeight)/2), size.Width)
	}
	r.refresh = func() {
		fills = paintBar(track, fills, b.parts)
		r.objects = []fyne.CanvasObject{track.Raster}
		// The first part lies on top: its round end covers the square beginning of the next.
		for i := len(fills) - 1; i >= 0; i-- {
			r.objects = append(r.objects, fills[i].Raster)
		}
	}
	return r.start()
}

func paintBar(track *shape, fills []*shape, parts []BarPart) []*shape {
	track.paint(theme.TintNeutral, theme.None, 0, barHeight/2)
	for len(fills) < len(parts) {
		fills = append(fills, newShape())
	}
	fills = fills[:len(parts)]
	for i, part := range parts {
		fills[i].paint(part.Role, theme.None, 0, barHeight/2)
	}
	return fills
}

// layoutBar lays each part from the bar's left end to its own right end, so that inner ends meet.
func layoutBar(track *shape, fills []*shape, parts []BarPart, x, y, width float32) {
	place(track, x, y, width, barHeight)
	sum := 0.0
	for i, fill := range fills {
		sum += max(0, parts[i].Fraction)
		extent := round(width * float32(min(1, sum)))
		fill.Hidden = extent <= 0 || parts[i].Fraction <= 0
		place(fill, x, y, max(barHeight, extent), barHeight)
	}
}

// Legend is the small square with a word that explains a bar's part.
func Legend(role theme.Role, label string) fyne.CanvasObject {
	square := NewBox(role, theme.None, 0)
	square.Min = fyne.NewSquareSize(8)
	return Row(4, square, NewCaption(label, theme.Secondary))
}
