package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

// quietIcon is an icon that can be clicked but that the Tab key passes by, such as the eye in a password's field.
type quietIcon struct {
	core
	icon     *Icon
	tip      string
	onTapped func()
}

func newQuietIcon(name, tip string, tapped func()) *quietIcon {
	q := &quietIcon{icon: NewIcon(name, theme.Secondary), tip: tip, onTapped: tapped}
	q.ExtendBaseWidget(q)
	return q
}

// set changes picture and tooltip.
func (q *quietIcon) set(name, tip string) {
	q.tip = tip
	q.icon.SetIcon(name, theme.Secondary)
}

// Inspect describes the icon for end-to-end tests.
func (q *quietIcon) Inspect() Inspection { return Inspection{Kind: "button", Text: q.tip, Tip: q.tip} }

// Tapped is part of fyne.Tappable.
func (q *quietIcon) Tapped(*fyne.PointEvent) { q.onTapped() }

// Cursor is part of desktop.Cursorable.
func (q *quietIcon) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is part of fyne.Widget.
func (q *quietIcon) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(q, &q.core, q.icon)
	r.minSize = func() fyne.Size { return fyne.NewSquareSize(smallHeight) }
	r.layout = func(size fyne.Size) { q.icon.Resize(size) }
	return r.start()
}
