package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// entry is Fyne's text input inside one of our frames: it tells the frame about focus and keys.
type entry struct {
	widget.Entry
	focusChanged func(focused bool)
	// key is asked first and swallows a key by answering true.
	key func(event *fyne.KeyEvent) bool
	// wantsTab keeps Tab from moving the focus, so that key sees it.
	wantsTab bool
	focused  bool
	minWidth float32
}

func newEntry() *entry {
	e := &entry{minWidth: 20}
	e.ExtendBaseWidget(e)
	e.OnCursorChanged = func() { followCaret(e) }
	return e
}

// FocusGained is part of fyne.Focusable.
func (e *entry) FocusGained() {
	e.focused = true
	e.focusChanged(true)
	e.Entry.FocusGained()
	Reveal(e)
}

// FocusLost is part of fyne.Focusable.
func (e *entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.focusChanged(false)
}

// AcceptsTab is part of fyne.Tabbable.
func (e *entry) AcceptsTab() bool { return e.wantsTab }

// TypedKey is part of fyne.Focusable.
func (e *entry) TypedKey(event *fyne.KeyEvent) {
	touched()
	if e.key != nil && e.key(event) {
		return
	}
	if event.Name == fyne.KeyEscape || event.Name == fyne.KeyF1 {
		passKey(e, event.Name)
		return
	}
	e.Entry.TypedKey(event)
}

// TypedRune is part of fyne.Focusable.
func (e *entry) TypedRune(r rune) {
	touched()
	e.Entry.TypedRune(r)
}

// TypedShortcut is part of fyne.Shortcutable. Ctrl with a letter that the text has no use for, such as Ctrl+K, is the window's; so is
// Ctrl+V with a clipboard that holds no text, which may be a picture.
func (e *entry) TypedShortcut(shortcut fyne.Shortcut) {
	e.Entry.TypedShortcut(shortcut)
	switch known := shortcut.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut:
		noteCopied()
	case *desktop.CustomShortcut:
		passShortcut(e, shortcut)
	case *fyne.ShortcutPaste:
		if known.Clipboard != nil && known.Clipboard.Content() == "" {
			passShortcut(e, shortcut)
		}
	}
}

// MinSize is part of fyne.CanvasObject; the frame decides the width.
func (e *entry) MinSize() fyne.Size { return fyne.NewSize(e.minWidth, e.Entry.MinSize().Height) }
