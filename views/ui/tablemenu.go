package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TappedSecondary opens the menu of the row under the pointer, which becomes the current one.
func (g *grid) TappedSecondary(event *fyne.PointEvent) {
	row := g.rowAt(event.Position)
	if row < 0 {
		return
	}
	g.byMouse = true
	g.takeFocus()
	g.cursor = row
	if column := g.columnAt(event.Position.X); column >= 0 {
		g.cell = column
	}
	g.restate()
	g.openMenu(event.AbsolutePosition)
}

// menuKey tells whether a key asks for the menu: the menu key, or F10 as in Shift+F10.
func menuKey(name fyne.KeyName) bool { return name == desktop.KeyMenu || name == fyne.KeyF10 }

// openMenuAtCursor opens the current row's menu under the row.
func (g *grid) openMenuAtCursor() {
	g.ScrollToRow(g.cursor)
	x := float32(tableEdge)
	if g.shown(g.cell) {
		x = g.spans[g.cell].x + tablePadding
	}
	y := float32(float64(g.cursor+1)*float64(g.RowHeight)-g.offset) + g.headHeight()
	g.openMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(g.self).AddXY(x, y))
}

// openMenu shows what the owner offers for the current row, and the ways to copy.
func (g *grid) openMenu(at fyne.Position) {
	var items []MenuItem
	if g.OnMenu != nil {
		items = g.OnMenu(g.cursor)
	}
	copies := g.copyItems()
	copies[0].Separated = len(items) > 0
	showMenuAt(g.self, at, append(items, copies...))
}

func (g *grid) copyItems() []MenuItem {
	put := func(text string) func() { return func() { Copy(text) } }
	var items []MenuItem
	if g.shown(g.cell) {
		items = append(items, MenuItem{Label: "复制这一格", Icon: "copy", Action: put(g.Cell(g.cursor, g.cell).Text)})
	}
	if count := len(g.ticked); count > 0 && g.ticked[g.key(g.cursor)] {
		return append(items, MenuItem{Label: fmt.Sprintf("复制选中的 %d 行", count), Icon: "copy", Note: "Ctrl+C", Action: func() { put(g.copyText())() }})
	}
	return append(items, MenuItem{Label: "复制这一行", Icon: "copy", Action: put(g.rowText(g.cursor))})
}
