package ui

import "fyne.io/fyne/v2"

// How far an arrow key moves the picture, and how much of it stays in sight, in px.
const (
	viewerStep float32 = 48
	viewerKept float32 = 64
)

// keepInSight brings a picture back that was moved out of the viewer.
func (v *Viewer) keepInSight() {
	picture, room := v.pictureSize(), v.Size()
	v.at.X = within(v.at.X, viewerKept-picture.Width, room.Width-viewerKept)
	v.at.Y = within(v.at.Y, viewerKept-picture.Height, room.Height-viewerKept)
}

func within(value, least, most float32) float32 {
	return max(min(least, most), min(value, max(least, most)))
}

// FocusGained is part of fyne.Focusable.
func (v *Viewer) FocusGained() { v.focused = true; v.Refresh() }

// FocusLost is part of fyne.Focusable.
func (v *Viewer) FocusLost() { v.focused = false; v.Refresh() }

// TypedRune zooms: + and −, and 0 fits.
func (v *Viewer) TypedRune(r rune) {
	switch r {
	case '+', '=':
		v.ZoomIn()
	case '-':
		v.ZoomOut()
	case '0':
		v.Fit()
	}
}

// TypedKey moves with the arrows, leafs with PgUp and PgDn and opens with Enter.
func (v *Viewer) TypedKey(event *fyne.KeyEvent) {
	touched()
	switch event.Name {
	case fyne.KeyLeft:
		v.move(viewerStep, 0)
	case fyne.KeyRight:
		v.move(-viewerStep, 0)
	case fyne.KeyUp:
		v.move(0, viewerStep)
	case fyne.KeyDown:
		v.move(0, -viewerStep)
	case fyne.KeyPageUp:
		v.leaf(-1)
	case fyne.KeyPageDown:
		v.leaf(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		call(v.OnOpen)
	case fyne.KeyEscape, fyne.KeyF1:
		passKey(v, event.Name)
	}
}

func (v *Viewer) leaf(by int) {
	if v.OnLeaf != nil {
		v.OnLeaf(by)
	}
}

// move shifts the picture by px.
func (v *Viewer) move(x, y float32) {
	if len(v.levels) == 0 {
		return
	}
	v.at, v.fitted = v.at.AddXY(x, y), false
	v.show()
}
