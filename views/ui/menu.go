package ui

import "fyne.io/fyne/v2"

// MenuItem is one action of a menu.
type MenuItem struct {
	Label string
	// Icon stands before the label and may be empty.
	Icon string
	// Note is grey at the right end, such as a shortcut.
	Note string
	// Danger makes the label red.
	Danger bool
	// Disabled items are shown but do nothing.
	Disabled bool
	// Separated draws a line above the item.
	Separated bool
	// Action is called after the menu has closed.
	Action func()
}

// ShowMenu opens a flat menu below an object. Escape or a click elsewhere closes it.
func ShowMenu(anchor fyne.CanvasObject, items []MenuItem) {
	options := make([]Option, len(items))
	for i, item := range items {
		options[i] = Option{
			Text: item.Label, Icon: item.Icon, Note: item.Note,
			Danger: item.Danger, Disabled: item.Disabled, Separated: item.Separated,
		}
	}
	first := -1
	for i := len(items) - 1; i >= 0; i-- {
		if !items[i].Disabled {
			first = i
		}
	}
	showOptions(anchor, options, first, 120, func(index int) {
		if items[index].Action != nil {
			items[index].Action()
		}
	})
}

// showOptions opens a list below anchor; picked is called after it has closed.
func showOptions(anchor fyne.CanvasObject, options []Option, at int, minWidth float32, picked func(index int)) {
	c := canvasOf(anchor)
	if c == nil {
		return
	}
	list := newOptionList(options, nil)
	list.at = at
	list.show()
	list.width = max(minWidth, list.naturalWidth())
	over := newOverlay(c, list)
	list.pick = func(index int) {
		over.hide()
		picked(index)
	}
	over.cancel = over.hide
	over.tapOutside = over.hideByMouse
	over.arrange = func(window fyne.Size) { placeBelow(anchor, list, list.MinSize(), window) }
	over.show()
	c.Focus(list)
}

// placeBelow puts an object of the given size under anchor, or above it where there is no room.
func placeBelow(anchor, o fyne.CanvasObject, size, window fyne.Size) {
	const distance, margin = 4, 4
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(anchor)
	x := min(at.X, window.Width-size.Width-margin)
	y := at.Y + anchor.Size().Height + distance
	if y+size.Height > window.Height-margin && at.Y-distance-size.Height >= margin {
		y = at.Y - distance - size.Height
	}
	place(o, max(margin, x), max(margin, y), min(size.Width, window.Width-2*margin), size.Height)
}
