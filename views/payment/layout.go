package payment

import "fyne.io/fyne/v2"

// narrowPage is the width in px below which the wizard makes do with less: a window of 1024 leaves 824.
const narrowPage float32 = 1000

// widePage is the width in px from which a panel has room for a plan's whole name: a window of 1920 leaves 1720.
const widePage float32 = 1400

// split lays a page out as two panels with a line between them. One panel's width is fixed, a smaller one on narrow pages and a larger
// one on wide pages where it is given.
type split struct {
	fixed, narrow float32
	wide          float32 // 0: as on other pages
	right         bool    // the right panel is the fixed one
	// changed is called when the page became narrow or wide.
	changed  func(narrow bool)
	isNarrow bool
}

// newSplit makes a page of a left panel, a line and a right panel.
func newSplit(s *split, left, line, right fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: s, Objects: []fyne.CanvasObject{left, line, right}}
}

// MinSize is part of fyne.Layout.
func (s *split) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSquareSize(1) }

// Layout is part of fyne.Layout.
func (s *split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	isNarrow, width := size.Width < narrowPage, s.fixed
	switch {
	case isNarrow:
		width = s.narrow
	case s.wide > 0 && size.Width >= widePage:
		width = s.wide
	}
	left := width
	if s.right {
		left = size.Width - width - 1
	}
	for i, place := range []struct{ x, width float32 }{{0, left}, {left, 1}, {left + 1, size.Width - left - 1}} {
		objects[i].Move(fyne.NewPos(place.x, 0))
		objects[i].Resize(fyne.NewSize(place.width, size.Height))
	}
	if isNarrow != s.isNarrow {
		s.isNarrow = isNarrow
		if s.changed != nil {
			s.changed(isNarrow)
		}
	}
}

// atMost keeps a form from growing wider than is good to read.
type atMost struct{ width float32 }

// MinSize is part of fyne.Layout.
func (a *atMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout is part of fyne.Layout.
func (a *atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(min(size.Width, a.width), size.Height))
}
