package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// press is what all clickable widgets share: hover, keyboard focus, Enter and Space.
type press struct {
	core
	// OnTapped is called by a click, by Enter and by Space.
	OnTapped func()
	// Tip is shown in a tooltip while the pointer rests on the widget.
	Tip string

	self     pressable
	hovered  bool
	focused  bool
	byMouse  bool // the focus came from a click, which shows no ring
	disabled bool
}

// pressable is the widget round a press.
type pressable interface {
	fyne.Widget
	fyne.Focusable
}

// extend must be called by constructors in place of ExtendBaseWidget.
func (p *press) extend(self pressable) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// ring tells whether the keyboard ring is shown.
func (p *press) ring() bool { return p.focused && !p.byMouse }

// MouseIn is part of desktop.Hoverable.
func (p *press) MouseIn(event *desktop.MouseEvent) {
	touched()
	p.hovered = true
	if p.Tip != "" {
		showTooltip(p.self, event.AbsolutePosition, p.Tip)
	}
	p.Refresh()
}

// MouseMoved is part of desktop.Hoverable.
func (p *press) MouseMoved(*desktop.MouseEvent) { touched() }

// MouseOut is part of desktop.Hoverable.
func (p *press) MouseOut() {
	p.hovered = false
	hideTooltip(p.self)
	p.Refresh()
}

// FocusGained is part of fyne.Focusable.
func (p *press) FocusGained() {
	p.focused = true
	p.byMouse = p.byMouse || closingByMouse
	if !p.byMouse {
		Reveal(p.self)
	}
	p.Refresh()
}

// FocusLost is part of fyne.Focusable.
func (p *press) FocusLost() {
	p.focused, p.byMouse = false, false
	p.Refresh()
}

// Disabled is part of fyne.Disableable.
func (p *press) Disabled() bool { return p.disabled }

// Enable is part of fyne.Disableable.
func (p *press) Enable() { p.SetDisabled(false) }

// Disable is part of fyne.Disableable.
func (p *press) Disable() { p.SetDisabled(true) }

// SetDisabled greys the widget, which stays in its place.
func (p *press) SetDisabled(disabled bool) {
	if p.disabled != disabled {
		p.disabled = disabled
		p.Refresh()
	}
}

// TypedRune is part of fyne.Focusable.
func (p *press) TypedRune(rune) {}

// TypedKey is part of fyne.Focusable.
func (p *press) TypedKey(event *fyne.KeyEvent) {
	touched()
	switch event.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.activate()
	case fyne.KeyEscape, fyne.KeyF1:
		passKey(p.self, event.Name)
	}
}

// Tapped is part of fyne.Tappable. A click takes the keyboard too, so that the field before it is
// left and checked.
func (p *press) Tapped(*fyne.PointEvent) {
	touched()
	p.takeFocus()
	p.activate()
}

func (p *press) takeFocus() {
	if !p.disabled && !p.focused {
		p.byMouse = true
		focusOn(p.self)
		p.byMouse = p.focused
	}
}

func (p *press) activate() {
	hideTooltip(p.self)
	if !p.disabled && p.OnTapped != nil {
		p.OnTapped()
	}
}

// Cursor is part of desktop.Cursorable.
func (p *press) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
