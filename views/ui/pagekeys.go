package ui

import "fyne.io/fyne/v2"

// TakeFocus takes the keyboard without a ring, as after a click: the view is all that there is to look at.
func (v *PageView) TakeFocus() {
	v.quiet = true
	focusOn(v)
}

// FocusGained is part of fyne.Focusable.
func (v *PageView) FocusGained() { v.focused = true; v.Refresh() }

// FocusLost is part of fyne.Focusable.
func (v *PageView) FocusLost() { v.focused, v.quiet = false, false; v.Refresh() }

// TypedRune zooms: + and −, and 0 fits.
func (v *PageView) TypedRune(r rune) {
	switch r {
	case '+', '=':
		v.ZoomIn()
	case '-':
		v.ZoomOut()
	case '0':
		v.Fit()
	}
}

// TypedKey scrolls with the arrows and turns pages with PgUp, PgDn, Home and End.
func (v *PageView) TypedKey(event *fyne.KeyEvent) {
	touched()
	switch event.Name {
	case fyne.KeyEscape, fyne.KeyF1:
		passKey(v, event.Name)
	case fyne.KeyHome:
		v.choose(0)
	case fyne.KeyEnd:
		v.choose(len(v.sizes) - 1)
	case fyne.KeyPageUp:
		v.turn(-1)
	case fyne.KeyPageDown, fyne.KeySpace:
		v.turn(1)
	case fyne.KeyUp:
		v.arrow(0, -1)
	case fyne.KeyDown:
		v.arrow(0, 1)
	case fyne.KeyLeft:
		v.arrow(-1, 0)
	case fyne.KeyRight:
		v.arrow(1, 0)
	}
}

func (v *PageView) arrow(x, y float32) {
	if v.strip {
		v.choose(v.page + int(x+y))
		return
	}
	v.scrollBy(x*pageStep, y*pageStep)
}

// turn shows the next page, or the next screenful of pages that are higher than the view.
func (v *PageView) turn(by int) {
	view := v.scroll.Size().Height
	if v.strip || len(v.sizes) == 0 || v.pageSize(v.page).Height <= view {
		v.choose(v.page + by)
		return
	}
	v.scrollBy(0, float32(by)*(view-pageKept))
}

// choose goes to a page; one that is not there changes nothing.
func (v *PageView) choose(page int) {
	if page < 0 || page >= len(v.sizes) {
		return
	}
	v.ShowPage(page)
	if v.strip && v.OnPage != nil {
		v.OnPage(page)
	}
}

func (v *PageView) scrollBy(x, y float32) {
	room, view := v.sheets.MinSize(), v.scroll.Size()
	offset := v.scroll.Offset.AddXY(x, y)
	offset.X = min(max(0, offset.X), max(0, room.Width-view.Width))
	offset.Y = min(max(0, offset.Y), max(0, room.Height-view.Height))
	v.scroll.ScrollToOffset(offset)
	v.moved()
}
