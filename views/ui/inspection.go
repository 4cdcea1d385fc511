package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Inspection is what end-to-end tests see of a widget.
type Inspection struct {
	// Kind names the widget: button, field, table and so on.
	Kind string `json:"kind"`
	// Text is the label, the content or the value.
	Text string `json:"text,omitempty"`
	// Placeholder is the grey text of an empty field.
	Placeholder string `json:"placeholder,omitempty"`
	// Tip is the tooltip of what has no label.
	Tip string `json:"tip,omitempty"`

	Disabled bool `json:"disabled,omitempty"`
	Checked  bool `json:"checked,omitempty"`
	Focused  bool `json:"focused,omitempty"`
	Bad      bool `json:"bad,omitempty"`
	// Active marks the chosen tab, the open row, the current page.
	Active bool `json:"active,omitempty"`

	// parts are pieces that are drawn, not widgets: tabs, rows, cells, options.
	parts []inspectedPart
}

// inspectedPart is a piece of a widget with its place inside it, in px.
type inspectedPart struct {
	Inspection
	x, y, width, height float32
}

// Inspectable is every widget that tells end-to-end tests about itself.
type Inspectable interface {
	Inspect() Inspection
}

// SeenWidget is a visible widget, or a piece of one, with its place.
type SeenWidget struct {
	Inspection
	// Window is the title of its window, or "" for the main one.
	Window string `json:"window,omitempty"`
	// Layer is 0 for the window's content and counts dialogs and menus upwards. Only the highest layer
	// reacts to the pointer.
	Layer int `json:"layer"`
	// X, Y, Width and Height are in device pixels, cut to what is visible.
	X      int `json:"x"`
	Y      int `json:"y"`
	Width  int `json:"width"`
	Height int `json:"height"`
}

// area is a rectangle in px of the canvas.
type area struct{ left, top, right, bottom float32 }

func (a area) cut(b area) area {
	return area{max(a.left, b.left), max(a.top, b.top), min(a.right, b.right), min(a.bottom, b.bottom)}
}

func (a area) empty() bool { return a.right-a.left < 1 || a.bottom-a.top < 1 }

// InspectCanvas gives all visible widgets of a canvas, in drawing order.
func InspectCanvas(c fyne.Canvas) []SeenWidget {
	walk := inspector{scale: c.Scale()}
	window := area{0, 0, c.Size().Width, c.Size().Height}
	for layer, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		walk.layer = layer
		walk.visit(root, fyne.Position{}, window)
	}
	return walk.seen
}

type inspector struct {
	scale float32
	layer int
	seen  []SeenWidget
}

// visit walks an object whose parent stands at origin and is visible within clip.
func (w *inspector) visit(o fyne.CanvasObject, origin fyne.Position, clip area) {
	if o == nil || !o.Visible() {
		return
	}
	at, size := origin.Add(o.Position()), o.Size()
	place := area{at.X, at.Y, at.X + size.Width, at.Y + size.Height}.cut(clip)
	if widget, ok := o.(Inspectable); ok {
		w.add(widget.Inspect(), at, place, clip)
	}
	switch o.(type) {
	case *container.Scroll, *container.Clip:
		clip = place
		if clip.empty() {
			return
		}
	}
	for _, child := range childrenOf(o) {
		w.visit(child, at, clip)
	}
}

func (w *inspector) add(one Inspection, at fyne.Position, place, clip area) {
	if place.empty() {
		return
	}
	parts := one.parts
	one.parts = nil
	w.seen = append(w.seen, w.see(one, place))
	for _, part := range parts {
		inner := area{at.X + part.x, at.Y + part.y, at.X + part.x + part.width, at.Y + part.y + part.height}.cut(clip)
		if !inner.empty() {
			w.seen = append(w.seen, w.see(part.Inspection, inner))
		}
	}
}

func (w *inspector) see(one Inspection, place area) SeenWidget {
	return SeenWidget{
		Inspection: one, Layer: w.layer,
		X: int(place.left * w.scale), Y: int(place.top * w.scale),
		Width: int((place.right - place.left) * w.scale), Height: int((place.bottom - place.top) * w.scale),
	}
}
