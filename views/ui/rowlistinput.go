package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Scrolled moves by a notch of 60 px; a notch is 10 units on X11 and Windows.
func (l *RowList) Scrolled(event *fyne.ScrollEvent) {
	touched()
	l.scrollTo(l.offset - float64(event.Scrolled.DY)*6)
}

// Tapped makes a row the current one.
func (l *RowList) Tapped(event *fyne.PointEvent) {
	l.byMouse = true
	focusOn(l)
	l.goTo(l.rowAt(event.Position))
}

func (l *RowList) goTo(row int) {
	if row < 0 || row >= l.known() {
		return
	}
	l.SetCurrent(row)
	if l.OnCurrent != nil {
		l.OnCurrent(row)
	}
}

// MouseIn is part of desktop.Hoverable.
func (l *RowList) MouseIn(event *desktop.MouseEvent) { l.MouseMoved(event) }

// MouseMoved is part of desktop.Hoverable.
func (l *RowList) MouseMoved(event *desktop.MouseEvent) {
	touched()
	if row := l.rowAt(event.Position); row != l.hover {
		l.hover = row
		l.restate()
	}
}

// MouseOut is part of desktop.Hoverable.
func (l *RowList) MouseOut() {
	l.hover = -1
	l.restate()
}

// Dragged moves the scroll bar's thumb or carries a row.
func (l *RowList) Dragged(event *fyne.DragEvent) {
	if l.dragged < 0 && !l.onThumb {
		start := event.Position.SubtractXY(event.Dragged.DX, event.Dragged.DY)
		const strip = 12
		l.onThumb = l.maxOffset() > 0 && start.X > l.Size().Width-strip
		if !l.onThumb && l.OnDrop != nil {
			l.dragged = l.rowAt(start)
		}
	}
	switch {
	case l.onThumb:
		_, height := l.thumbSpan()
		if track := float64(l.Size().Height) - 12 - height; track > 0 {
			l.scrollTo(l.offset + float64(event.Dragged.DY)/track*l.maxOffset())
		}
	case l.dragged >= 0:
		l.dragAt = fyne.CurrentApp().Driver().AbsolutePositionForObject(l).Add(event.Position)
		if l.Name != nil {
			showTooltip(l, l.dragAt, l.Name(l.dragged))
		}
		if l.OnDrag != nil {
			l.OnDrag(l.dragged, l.dragAt)
		}
	}
}

// DragEnd lets the dragged row go.
func (l *RowList) DragEnd() {
	row := l.dragged
	l.dragged, l.onThumb = -1, false
	hideTooltip(l)
	if row >= 0 && row < l.known() {
		l.OnDrop(row, l.dragAt)
	}
}

// FocusGained is part of fyne.Focusable.
func (l *RowList) FocusGained() {
	l.focused = true
	if l.Current() < 0 {
		l.goTo(max(0, l.rowAt(fyne.NewPos(0, 0))))
	}
	l.restate()
}

// FocusLost is part of fyne.Focusable.
func (l *RowList) FocusLost() {
	l.focused, l.byMouse = false, false
	l.restate()
}

// Focus gives the list the keyboard.
func (l *RowList) Focus() { focusOn(l) }

// TypedRune is part of fyne.Focusable.
func (l *RowList) TypedRune(typed rune) {
	if row := l.Current(); row >= 0 && l.OnRune != nil {
		l.OnRune(row, typed)
	}
}

// TypedKey walks the rows: arrows, Home, End, PgUp, PgDn; Enter opens.
func (l *RowList) TypedKey(event *fyne.KeyEvent) {
	touched()
	l.byMouse = false
	row := l.Current()
	if row >= 0 && l.OnKey != nil && l.OnKey(row, event.Name) {
		return
	}
	switch event.Name {
	case fyne.KeyDown:
		l.goTo(min(row+1, l.known()-1))
	case fyne.KeyUp:
		l.goTo(max(0, row-1))
	case fyne.KeyPageDown:
		l.goTo(l.page(row, 1))
	case fyne.KeyPageUp:
		l.goTo(l.page(row, -1))
	case fyne.KeyHome:
		l.goTo(0)
	case fyne.KeyEnd:
		l.goTo(l.known() - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if row >= 0 && l.OnOpen != nil {
			l.OnOpen(row)
		}
	default:
		passKey(l, event.Name)
	}
}

// page gives the row a view's height further down or up.
func (l *RowList) page(row, direction int) int {
	if row < 0 {
		return 0
	}
	y := l.tops[row] + float32(direction)*l.Size().Height
	for next := row + direction; ; next += direction {
		switch {
		case next < 0:
			return 0
		case next >= l.known():
			return l.known() - 1
		case direction > 0 && l.tops[next] >= y, direction < 0 && l.tops[next] <= y:
			return next
		}
	}
}

// TypedShortcut is part of fyne.Shortcutable: all are the window's.
func (l *RowList) TypedShortcut(shortcut fyne.Shortcut) { passShortcut(l, shortcut) }
