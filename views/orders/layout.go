package orders

import "fyne.io/fyne/v2"

// narrowPage is the width in px below which the cards of an order stand below each other.
const narrowPage float32 = 1000

// watch tells when its content becomes narrow or wide.
type watch struct {
	changed  func()
	isNarrow bool
}

// MinSize is part of fyne.Layout.
func (w *watch) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout is part of fyne.Layout.
func (w *watch) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
	if isNarrow := size.Width < narrowPage; size.Width > 0 && isNarrow != w.isNarrow {
		w.isNarrow = isNarrow
		w.changed()
	}
}
