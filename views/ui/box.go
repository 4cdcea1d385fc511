package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Box is a flat rectangle with roles: a ground, a card's frame, a dot.
type Box struct {
	core
	// Fill and Stroke are colours; theme.None leaves them out.
	Fill, Stroke theme.Role
	// Radius rounds the corners, in px.
	Radius float32
	// StrokeWidth is in px.
	StrokeWidth float32
	// Min is the smallest size in px.
	Min fyne.Size
}

// NewBox makes a rectangle whose border is 1 px wide if stroke is not theme.None.
func NewBox(fill, stroke theme.Role, radius float32) *Box {
	b := &Box{Fill: fill, Stroke: stroke, Radius: radius, StrokeWidth: 1}
	b.ExtendBaseWidget(b)
	return b
}

// NewDot makes a filled circle of the given diameter in px.
func NewDot(fill theme.Role, diameter float32) *Box {
	b := NewBox(fill, theme.None, diameter/2)
	b.Min = fyne.NewSquareSize(diameter)
	return b
}

// SetRoles changes both colours.
func (b *Box) SetRoles(fill, stroke theme.Role) {
	b.Fill, b.Stroke = fill, stroke
	b.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	if b.Radius == 0 && b.Stroke == theme.None {
		return b.plainRenderer()
	}
	frame := newShape()
	r := newRenderer(b, &b.core, frame.Raster)
	r.minSize = func() fyne.Size { return b.Min }
	r.layout = func(size fyne.Size) { frame.Resize(size) }
	r.refresh = func() { frame.paint(b.Fill, b.Stroke, b.StrokeWidth, b.Radius) }
	return r.start()
}

func (b *Box) plainRenderer() fyne.WidgetRenderer {
	rectangle := &canvas.Rectangle{}
	r := newRenderer(b, &b.core, rectangle)
	r.minSize = func() fyne.Size { return b.Min }
	r.layout = func(size fyne.Size) { rectangle.Resize(size) }
	r.refresh = func() { rectangle.FillColor = theme.Color(b.Fill) }
	return r.start()
}

// Line is a separator of 1 px. In a Row it is as high as the row, in a Column as wide as the column.
type Line struct {
	core
	role theme.Role
}

// NewLine makes a separator in the border colour.
func NewLine() *Line {
	l := &Line{role: theme.Border}
	l.ExtendBaseWidget(l)
	return l
}

// NewDivider makes the short upright line between groups of buttons, 20 px high.
func NewDivider() fyne.CanvasObject {
	b := NewBox(theme.Border, theme.None, 0)
	b.Min = fyne.NewSize(1, 20)
	return b
}

// CreateRenderer is part of fyne.Widget.
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	rectangle := &canvas.Rectangle{}
	r := newRenderer(l, &l.core, rectangle)
	r.minSize = func() fyne.Size { return fyne.NewSquareSize(1) }
	r.layout = func(size fyne.Size) { rectangle.Resize(size) }
	r.refresh = func() { rectangle.FillColor = theme.Color(l.role) }
	return r.start()
}
