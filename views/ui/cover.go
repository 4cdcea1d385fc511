package ui

import "fyne.io/fyne/v2"

// Cover fills the window with content of its own until it is hidden; what lies behind keeps its state.
type Cover struct{ over *overlay }

// ShowCover opens a cover. Escape calls escaped, which may hide it.
func ShowCover(window fyne.Window, content fyne.CanvasObject, escaped func()) *Cover {
	c := &Cover{newOverlay(window.Canvas(), content)}
	c.over.cancel = escaped
	c.over.arrange = func(room fyne.Size) { place(content, 0, 0, room.Width, room.Height) }
	c.over.show()
	return c
}

// Hide takes the cover away; a second time it does nothing.
func (c *Cover) Hide() {
	if c.over != nil {
		c.over.hide()
		c.over = nil
	}
}
