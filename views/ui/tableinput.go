package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// dragState says what a drag in the table moves.
type dragState struct {
	active bool
	thumb  bool
	column int // its right edge, or -1
}

// rowAt gives the row under a position, or -1.
func (g *grid) rowAt(at fyne.Position) int {
	if at.Y < g.headHeight() {
		return -1
	}
	row := int((float64(at.Y-g.headHeight()) + g.offset) / float64(g.RowHeight))
	if row >= g.known() {
		return -1
	}
	return row
}

// onThumb tells whether a position is on the scroll bar's strip.
func (g *grid) onThumb(at fyne.Position) bool {
	const strip = 12
	return !g.fits && g.maxOffset() > 0 && at.X > g.Size().Width-strip && at.Y > g.headHeight()
}

// MouseDown remembers Shift and Ctrl for the click.
func (g *grid) MouseDown(event *desktop.MouseEvent) {
	touched()
	g.modifier = event.Modifier
}

// MouseUp is part of desktop.Mouseable.
func (g *grid) MouseUp(*desktop.MouseEvent) {}

// Tapped opens a row, ticks it, sorts or pages.
func (g *grid) Tapped(event *fyne.PointEvent) {
	g.byMouse = true
	g.takeFocus()
	shift := g.modifier&fyne.KeyModifierShift != 0
	g.modifier = 0
	switch row := g.rowAt(event.Position); {
	case g.onThumb(event.Position):
		g.pageTo(float64(event.Position.Y))
	case event.Position.Y < g.headHeight():
		g.tapHead(event.Position.X)
	case row >= 0:
		g.tapRow(row, event.Position.X, shift)
	}
}

func (g *grid) takeFocus() {
	if focusable, ok := g.self.(fyne.Focusable); ok && g.interactive() {
		focusOn(focusable)
	}
}

func (g *grid) pageTo(y float64) {
	top, height := g.thumbSpan()
	switch {
	case y < top:
		g.scrollTo(g.offset - g.page())
	case y > top+height:
		g.scrollTo(g.offset + g.page())
	}
}

func (g *grid) tapHead(x float32) {
	if g.Ticks && x < tableTick {
		g.toggleAll()
		return
	}
	column := g.columnAt(x)
	if column < 0 || !g.Columns[column].Sortable {
		return
	}
	key := g.Columns[column].Key
	g.descending = g.sortKey == key && !g.descending
	g.sortKey = key
	g.Refresh()
	if g.OnSort != nil {
		g.OnSort(key, g.descending)
	}
}

func (g *grid) tapRow(row int, x float32, shift bool) {
	g.cursor = row
	if g.Ticks && (x < tableTick || shift) {
		g.toggle(row, shift)
		return
	}
	twice := g.clicked(row, x)
	// What the first click does may take long on a slow machine; that is no pause between two clicks.
	defer func() { g.lastClick.at = time.Now() }()
	if column := g.linkAt(row, x); column >= 0 {
		g.restate()
		if g.OnCell != nil {
			g.OnCell(row, g.Columns[column].Key)
		}
		return
	}
	switch {
	case twice:
		g.OnEdit(row, g.columnKey(), "")
		return
	case g.OnOpen == nil:
		g.restate()
	default:
		g.Open(row)
	}
	g.toldCursor()
}

// cellAt gives the drawn cell at a place of a row in view.
func (g *grid) cellAt(row int, x float32) (*cellView, int) {
	column := g.columnAt(x)
	if column < 0 || row < 0 || len(g.rows) == 0 {
		return nil, -1
	}
	view := g.rows[row%len(g.rows)]
	if view.at != row {
		return nil, -1
	}
	return view.cells[column], column
}

// linkAt gives the column of a link under x, or -1.
func (g *grid) linkAt(row int, x float32) int {
	cell, column := g.cellAt(row, x)
	if cell == nil || !cell.value.Link || x > cell.right {
		return -1
	}
	return column
}

// MouseIn is part of desktop.Hoverable; the first position comes without a MouseMoved.
func (g *grid) MouseIn(event *desktop.MouseEvent) { g.MouseMoved(event) }

// MouseOut is part of desktop.Hoverable.
func (g *grid) MouseOut() {
	hideTooltip(g.self)
	g.hover = -1
	g.setEdge(-1)
	g.restate()
}

// MouseMoved follows the pointer with the row's tint, the edge to drag and tooltips.
func (g *grid) MouseMoved(event *desktop.MouseEvent) {
	touched()
	row := g.rowAt(event.Position)
	edge := -1
	if event.Position.Y < g.headHeight() {
		edge = g.edgeAt(event.Position.X)
	}
	g.setEdge(edge)
	if row != g.hover {
		g.hover = row
		g.restate()
	}
	g.updateTip(row, event)
}

func (g *grid) setEdge(edge int) {
	if edge != g.edge && g.view != nil {
		g.edge = edge
		g.layoutHead(g.Size())
		g.restate()
	}
}

// updateTip shows the whole text of a cell that was cut.
func (g *grid) updateTip(row int, event *desktop.MouseEvent) {
	cell, _ := g.cellAt(row, event.Position.X)
	if cell == nil || !cell.cut {
		hideTooltip(g.self)
		return
	}
	showTooltip(g.self, event.AbsolutePosition, cell.value.Text)
}

// Cursor is part of desktop.Cursorable.
func (g *grid) Cursor() desktop.Cursor {
	switch {
	case g.edge >= 0:
		return desktop.HResizeCursor
	case g.hover >= 0 && g.OnOpen != nil:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Dragged moves the scroll bar's thumb or a column's edge.
func (g *grid) Dragged(event *fyne.DragEvent) {
	if !g.drag.active {
		start := event.Position.SubtractXY(event.Dragged.DX, event.Dragged.DY)
		g.drag = dragState{active: true, thumb: g.onThumb(start), column: -1}
		if start.Y < g.headHeight() {
			g.drag.column = g.edgeAt(start.X)
		}
	}
	switch {
	case g.drag.thumb:
		_, height := g.thumbSpan()
		if track := g.page() - 12 - height; track > 0 {
			g.scrollTo(g.offset + float64(event.Dragged.DY)/track*g.maxOffset())
		}
	case g.drag.column >= 0:
		g.resizeColumn(g.drag.column, event.Dragged.DX)
	}
}

// DragEnd tells the new widths after a column was dragged.
func (g *grid) DragEnd() {
	resized := g.drag.active && g.drag.column >= 0
	g.drag = dragState{column: -1}
	if resized && g.OnResize != nil {
		g.OnResize(g.Widths())
	}
}

// FocusGained is part of fyne.Focusable.
func (g *grid) FocusGained() {
	g.focused = true
	if g.cursor < 0 {
		g.cursor = min(g.known()-1, int((g.offset+float64(g.RowHeight)-1)/float64(g.RowHeight)))
	}
	g.restate()
}

// FocusLost is part of fyne.Focusable.
func (g *grid) FocusLost() {
	g.focused, g.byMouse = false, false
	g.restate()
}

// TypedKey walks the rows: arrows, Home, End, PgUp, PgDn; Space ticks, Enter opens.
func (g *grid) TypedKey(event *fyne.KeyEvent) {
	touched()
	g.byMouse = false
	if g.asked(event.Name) {
		return
	}
	rows := max(1, int(g.page()/float64(g.RowHeight)))
	target := g.cursor
	switch event.Name {
	case fyne.KeyDown:
		target++
	case fyne.KeyUp:
		target--
	case fyne.KeyPageDown:
		target += rows
	case fyne.KeyPageUp:
		target -= rows
	case fyne.KeyHome:
		target = 0
	case fyne.KeyEnd:
		target = g.known() - 1
	case fyne.KeySpace:
		if g.Ticks {
			g.toggle(g.cursor, false)
		}
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		if g.cursor >= 0 && g.OnOpen != nil {
			g.Open(g.cursor)
		}
		return
	case fyne.KeyEscape, fyne.KeyF1:
		passKey(g.self, event.Name)
		return
	default:
		return
	}
	g.MoveTo(target, "")
	g.toldCursor()
}

// copyText gives the ticked rows, or else the cell or the row with the keyboard, tab-separated.
func (g *grid) copyText() string {
	var lines []string
	if len(g.ticked) > 0 {
		for row := range g.known() {
			if g.ticked[g.key(row)] {
				lines = append(lines, g.rowText(row))
			}
		}
	} else if g.cursor >= 0 && g.cursor < g.known() {
		if g.Cells && g.shown(g.cell) {
			return g.Cell(g.cursor, g.cell).Text
		}
		lines = append(lines, g.rowText(g.cursor))
	}
	return strings.Join(lines, "\n")
}

func (g *grid) rowText(row int) string {
	var cells []string
	for i := range g.Columns {
		if i < len(g.spans) && g.spans[i].width <= 0 {
			continue
		}
		text := strings.NewReplacer("\t", " ", "\n", " ").Replace(g.Cell(row, i).Text)
		cells = append(cells, text)
	}
	return strings.Join(cells, "\t")
}

// Disabled keeps tables that react to nothing out of the Tab order.
func (g *grid) Disabled() bool { return !g.interactive() }

// Enable is part of fyne.Disableable; a table is what its callbacks make it.
func (g *grid) Enable() {}

// Disable is part of fyne.Disableable; a table is what its callbacks make it.
func (g *grid) Disable() {}
