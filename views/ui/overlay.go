package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

// overlay covers the window: a scrim or nothing, and one object at a place of its own.
// It keeps the keyboard inside; Escape and, for menus, a click outside close it.
type overlay struct {
	core
	canvas  fyne.Canvas
	content fyne.CanvasObject
	tips    *fyne.Container
	// arrange places the content within the window.
	arrange func(window fyne.Size)
	// dim draws a scrim behind the content.
	dim bool
	// tapOutside and cancel are called by a click beside the content and by Escape; nil ignores them.
	tapOutside, cancel func()
	// outside is where the click of tapOutside was, in the window.
	outside fyne.Position
	// submit is called by Enter in a field that has nothing better to do with it.
	submit func()
}

func newOverlay(c fyne.Canvas, content fyne.CanvasObject) *overlay {
	o := &overlay{canvas: c, content: content, tips: &fyne.Container{}}
	o.arrange = func(fyne.Size) {}
	o.ExtendBaseWidget(o)
	return o
}

func (o *overlay) tipLayer() *fyne.Container { return o.tips }

// closingByMouse is true while an overlay goes away because of a click, so that what gets the
// keyboard back draws no ring.
var closingByMouse bool

func (o *overlay) show() {
	hideTooltip(nil)
	o.canvas.Overlays().Add(o)
	o.Resize(o.canvas.Size())
	o.arrange(o.canvas.Size())
}

func (o *overlay) hide() {
	hideTooltip(nil)
	o.canvas.Overlays().Remove(o)
}

func (o *overlay) hideByMouse() {
	closingByMouse = true
	o.hide()
	closingByMouse = false
}

// CreateRenderer is part of fyne.Widget.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	role := theme.None
	if o.dim {
		role = theme.Scrim
	}
	ground := NewBox(role, theme.None, 0)
	r := newRenderer(o, &o.core, ground, o.content, o.tips)
	r.minSize = func() fyne.Size { return fyne.Size{} }
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		o.arrange(size)
	}
	return r.start()
}

// Tapped is part of fyne.Tappable: only clicks beside the content arrive here.
func (o *overlay) Tapped(event *fyne.PointEvent) {
	at, size := o.content.Position(), o.content.Size()
	inside := event.Position.X >= at.X && event.Position.Y >= at.Y &&
		event.Position.X < at.X+size.Width && event.Position.Y < at.Y+size.Height
	if !inside && o.tapOutside != nil {
		o.outside = event.Position
		o.tapOutside()
	}
}

// MouseIn and the two after it keep the pointer from what lies behind.
func (o *overlay) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is part of desktop.Hoverable.
func (o *overlay) MouseMoved(*desktop.MouseEvent) { touched() }

// MouseOut is part of desktop.Hoverable.
func (o *overlay) MouseOut() {}

// Scrolled keeps the wheel from what lies behind.
func (o *overlay) Scrolled(*fyne.ScrollEvent) {}

// An overlay counts as focusable so that a click on its ground does not take the keyboard away, and
// as disabled so that Tab passes it by.

// FocusGained is part of fyne.Focusable.
func (o *overlay) FocusGained() {}

// FocusLost is part of fyne.Focusable.
func (o *overlay) FocusLost() {}

// TypedRune is part of fyne.Focusable.
func (o *overlay) TypedRune(rune) {}

// TypedKey is part of fyne.Focusable.
func (o *overlay) TypedKey(*fyne.KeyEvent) {}

// Disabled is part of fyne.Disableable.
func (o *overlay) Disabled() bool { return true }

// Enable is part of fyne.Disableable.
func (o *overlay) Enable() {}

// Disable is part of fyne.Disableable.
func (o *overlay) Disable() {}

// escapeHandlers are what Escape does in a window without an overlay, such as closing a drawer.
var escapeHandlers = map[fyne.Canvas]func(){}

// SetOnEscape says what Escape does in a window while no dialog or menu is open; nil does nothing.
func SetOnEscape(c fyne.Canvas, handler func()) { escapeHandlers[c] = handler }

// HandleEscape closes the top dialog or menu of a window, or else does what SetOnEscape said.
func HandleEscape(c fyne.Canvas) {
	if top, ok := c.Overlays().Top().(*overlay); ok {
		if top.cancel != nil {
			top.cancel()
		}
		return
	}
	if handler := escapeHandlers[c]; handler != nil {
		handler()
	}
}

// helpHandlers are what F1 does in a window.
var helpHandlers = map[fyne.Canvas]func(){}

// SetOnHelp says what F1 does in a window, whichever widget has the keyboard; nil does nothing.
func SetOnHelp(c fyne.Canvas, handler func()) { helpHandlers[c] = handler }

// HandleKey does what a key means to a whole window: Escape closes, F1 helps. The frame calls it for keys typed while no widget
// has the keyboard; the widgets pass theirs on by themselves.
func HandleKey(c fyne.Canvas, key fyne.KeyName) {
	touched()
	switch key {
	case fyne.KeyEscape:
		HandleEscape(c)
	case fyne.KeyF1:
		if handler := helpHandlers[c]; handler != nil {
			handler()
		}
	}
}

// passKey hands a key that means nothing to a widget to its window.
func passKey(o fyne.CanvasObject, key fyne.KeyName) {
	if c := canvasOf(o); c != nil {
		HandleKey(c, key)
	}
}

// submitTop presses the default button of the top dialog, if there is one.
func submitTop(o fyne.CanvasObject) bool {
	c := canvasOf(o)
	if c == nil {
		return false
	}
	top, ok := c.Overlays().Top().(*overlay)
	if !ok || top.submit == nil {
		return false
	}
	top.submit()
	return true
}

// fitOverlay fits the dialog that o stands in to its content, after o changed its height.
func fitOverlay(o fyne.CanvasObject) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(o)
	if canvas == nil {
		return
	}
	if top, ok := canvas.Overlays().Top().(*overlay); ok {
		top.arrange(canvas.Size())
		top.Refresh()
	}
}
