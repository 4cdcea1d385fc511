package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// TapArea makes all of a card react to a click. It stands below the card's content and the Tab key passes it by: for the keyboard the
// content holds a link or a radio that does the same.
type TapArea struct {
	widget.BaseWidget
	tapped func()
}

// NewTapArea makes an area that calls tapped.
func NewTapArea(tapped func()) *TapArea {
	area := &TapArea{tapped: tapped}
	area.ExtendBaseWidget(area)
	return area
}

// Tapped is part of fyne.Tappable.
func (a *TapArea) Tapped(*fyne.PointEvent) { a.tapped() }

// Cursor is part of desktop.Cursorable.
func (a *TapArea) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is part of fyne.Widget.
func (a *TapArea) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{})
}
