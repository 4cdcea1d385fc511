package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// doubleClick is the longest time between the two clicks of a double click. Fyne's own double tap would hold back every
// single click for as long.
const doubleClick = 400 * time.Millisecond

// click remembers the last click on a cell.
type click struct {
	at          time.Time
	row, column int
}

// MoveTo puts the current row, and with Cells the current cell, somewhere and brings it into view. An unknown column leaves the
// column as it is. It calls nothing.
func (g *grid) MoveTo(row int, column string) {
	if at := g.columnOf(column); at >= 0 {
		g.cell = at
	}
	g.cursor = min(max(0, row), g.known()-1)
	g.ScrollToRow(max(0, g.cursor))
	g.restate()
}

// Current gives the current row, or -1, and the key of its current column, which is the one that was clicked last.
func (g *grid) Current() (row int, column string) { return g.cursor, g.columnKey() }

// Focus gives the table the keyboard.
func (g *grid) Focus() {
	g.takeFocus()
	g.byMouse = false
	g.restate()
}

func (g *grid) columnOf(key string) int {
	for i, column := range g.Columns {
		if column.Key == key && key != "" {
			return i
		}
	}
	return -1
}

func (g *grid) columnKey() string {
	if g.cell < 0 || g.cell >= len(g.Columns) {
		return ""
	}
	return g.Columns[g.cell].Key
}

// shown tells whether a column has room in the table's present width.
func (g *grid) shown(column int) bool {
	return column >= 0 && column < len(g.spans) && g.spans[column].width > 0
}

// stepCell moves the current cell to the next visible column, as far as there is one.
func (g *grid) stepCell(delta int) {
	for at := g.cell + delta; at >= 0 && at < len(g.Columns); at += delta {
		if g.shown(at) {
			g.cell = at
			break
		}
	}
	g.restate()
	g.toldCursor()
}

func (g *grid) toldCursor() {
	if g.OnCursor != nil && g.cursor >= 0 {
		g.OnCursor(g.cursor, g.columnKey())
	}
}

// asked lets the owner take a key before the table does; F2 edits.
func (g *grid) asked(name fyne.KeyName) bool {
	if g.cursor < 0 || g.cursor >= g.known() {
		return false
	}
	if g.OnKey != nil && g.OnKey(g.cursor, g.columnKey(), name) {
		return true
	}
	switch {
	case menuKey(name):
		g.openMenuAtCursor()
	case name == fyne.KeyF2 && g.OnEdit != nil:
		g.OnEdit(g.cursor, g.columnKey(), "")
	case name == fyne.KeyLeft && g.Cells:
		g.stepCell(-1)
	case name == fyne.KeyRight && g.Cells:
		g.stepCell(1)
	default:
		return false
	}
	return true
}

// clicked remembers where a row was clicked, and tells of the second click of two that edits.
func (g *grid) clicked(row int, x float32) bool {
	column := g.columnAt(x)
	if column < 0 {
		return false
	}
	before := g.lastClick
	g.cell, g.lastClick = column, click{time.Now(), row, column}
	twice := g.OnEdit != nil && before.row == row && before.column == column && g.lastClick.at.Sub(before.at) < doubleClick
	if twice {
		g.lastClick.row = -1
	}
	return twice
}

// TypedRune begins to edit the current cell with a character; Space is a key of its own.
func (g *grid) TypedRune(r rune) {
	if g.Cells && g.OnEdit != nil && r != ' ' && g.cursor >= 0 && g.cursor < g.known() {
		g.OnEdit(g.cursor, g.columnKey(), string(r))
	}
}

// TypedShortcut ticks all rows (Ctrl+A), copies (Ctrl+C) and pastes (Ctrl+V); what the table has no use for is the window's.
func (g *grid) TypedShortcut(shortcut fyne.Shortcut) {
	switch shortcut.(type) {
	case *fyne.ShortcutSelectAll:
		if g.Ticks {
			g.TickAll()
			return
		}
	case *fyne.ShortcutCopy:
		if text := g.copyText(); text != "" {
			Copy(text)
		}
		return
	case *fyne.ShortcutPaste:
		if g.OnPaste != nil && g.cursor >= 0 && g.cursor < g.known() {
			g.OnPaste(g.cursor, g.columnKey(), fyne.CurrentApp().Clipboard().Content())
			return
		}
	}
	passShortcut(g.self, shortcut)
}

// passShortcut hands a shortcut to the window of what had the keyboard; Fyne gives it to one of the two only.
func passShortcut(from fyne.CanvasObject, shortcut fyne.Shortcut) {
	if window, ok := canvasOf(from).(fyne.Shortcutable); ok {
		window.TypedShortcut(shortcut)
	}
}
