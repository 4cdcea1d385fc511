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
	showItems(anchor, items, func(list fyne.CanvasObject, window fyne.Size) { placeBelow(anchor, list, list.MinSize(), window) })
}

// showMenuAt opens a flat menu at a position in the window of an object.
func showMenuAt(owner fyne.CanvasObject, at fyne.Position, items []MenuItem) {
	showItems(owner, items, func(list fyne.CanvasObject, window fyne.Size) { placeAt(at, list, list.MinSize(), window) })
}

func showItems(owner fyne.CanvasObject, items []MenuItem, put func(list fyne.CanvasObject, window fyne.Size)) {
	options := make([]Option, len(items))
	for i := range items {
		items[i].Disabled = items[i].Disabled || Refusal(items[i].Label) != ""
		item := items[i]
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
	showList(owner, options, first, 120, put, func(index int) {
		if items[index].Action != nil {
			items[index].Action()
		}
	})
}

// showOptions opens a list below anchor; picked is called after it has closed.
func showOptions(anchor fyne.CanvasObject, options []Option, at int, minWidth float32, picked func(index int)) {
	showList(anchor, options, at, minWidth, func(list fyne.CanvasObject, window fyne.Size) { placeBelow(anchor, list, list.MinSize(), window) }, picked)
}

// showList opens a list where put places it.
func showList(owner fyne.CanvasObject, options []Option, at int, minWidth float32, put func(list fyne.CanvasObject, window fyne.Size), picked func(index int)) {
	c := canvasOf(owner)
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
	over.arrange = func(window fyne.Size) { put(list, window) }
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

// placeAt puts an object of the given size with its corner at a point, or on the point's other side where there is no room.
func placeAt(at fyne.Position, o fyne.CanvasObject, size, window fyne.Size) {
	const margin = 4
	x, y := at.X, at.Y
	if x+size.Width > window.Width-margin {
		x -= size.Width
	}
	if y+size.Height > window.Height-margin {
		y -= size.Height
	}
	place(o, max(margin, x), max(margin, y), min(size.Width, window.Width-2*margin), size.Height)
}
