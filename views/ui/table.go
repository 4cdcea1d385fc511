package ui

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"peixun/views/theme"
)

// Table measures in px. The header's 36 px are 35 and the line above it; a row holds its own line.
const (
	tableHeader   float32 = 35
	tableRow      float32 = 34
	tableNoteRow  float32 = 48
	tablePadding  float32 = 8
	tableEdge     float32 = 16
	tableTick     float32 = 40
	tableOpenEdge float32 = 3
	tableMinimum  float32 = 48
)

// Cell is what one place of a table shows.
type Cell struct {
	// Text is the value; it is what Ctrl+C copies.
	Text string
	// Note is a second line of 12 px, for tables with RowHeight 48.
	Note string
	// NoteTone makes the note under a pill a pill too.
	NoteTone Tone
	// Role is the text's colour; theme.None means theme.Text.
	Role theme.Role
	// Tone makes the text a pill.
	Tone Tone
	// Bold makes the text bold.
	Bold bool
	// Middle cuts a text that is too long in its middle: names that begin alike differ at their ends.
	Middle bool
	// Bad puts the cell on red with a red edge: something is wrong exactly here.
	Bad bool
	// Icon stands before the text.
	Icon string
	// Indent moves what the cell shows to the right, in px.
	Indent float32
	// Link makes the text blue; a click on it calls OnCell.
	Link bool
	// Bar shows a bar of Fraction, 0 to 1, in place of the text.
	Bar      bool
	Fraction float64
	// BarRole is the bar's colour; theme.None means theme.Primary.
	BarRole theme.Role
}

// TableColumn says how one column of a table looks.
type TableColumn struct {
	// Key identifies the column in OnSort, OnCell and remembered widths.
	Key string
	// Title stands in the header.
	Title string
	// Width is in px; 0 takes what the others leave.
	Width float32
	// Stretch is the column's part of the room that is left over in a wide table, beside those of the others that have one;
	// a width that a person dragged stays. A column without a Width may have a part too.
	Stretch float32
	// Narrow is the width in px where the table has no room for the full widths, as beside a
	// drawer; 0 means Width.
	Narrow float32
	// Right aligns numbers and money at the right end.
	Right bool
	// Sortable lets a click on the title call OnSort.
	Sortable bool
	// Strong makes the cell bold in the open row; it is the column that names the row.
	Strong bool
	// HideBelow hides the column in tables narrower than so many px; 0 never does.
	HideBelow float32
}

// grid is what DataTable and SimpleTable share. Its unit is the row: a pool of rows is moved, and only
// rows that come into view are filled. Fyne's own Table works by cell: it has neither row hover nor
// row selection, and a gap between cells.
type grid struct {
	core
	// Columns are shown from left to right.
	Columns []TableColumn
	// Count gives the number of rows. It is asked on Refresh.
	Count func() int
	// Cell gives what stands in a row and column (an index into Columns). It is asked for rows in
	// view only and must be fast.
	Cell func(row, column int) Cell
	// Key identifies a row, so that ticks and the open row survive sorting. Unset, it is the index.
	Key func(row int) int64
	// RowHeight is in px, its line included; 34 unless set.
	RowHeight float32
	// Ticks shows a column of tick boxes.
	Ticks bool
	// RowDisabled rows are grey and cannot be ticked.
	RowDisabled func(row int) bool
	// AllKeys gives the keys of all rows that can be ticked, for the tick in the header and Ctrl+A.
	// Unset, all rows are asked for their key one by one.
	AllKeys func() []int64
	// Empty is shown below the header while there are no rows.
	Empty fyne.CanvasObject
	// OnOpen is called when a row is clicked or Enter is pressed on it.
	OnOpen func(row int)
	// OnTick is called after ticks changed.
	OnTick func()
	// OnSort is called after a click on a sortable title.
	OnSort func(key string, descending bool)
	// OnCell is called after a click on a Link cell.
	OnCell func(row int, key string)
	// OnResize is called with all widths in px by column key after a column was dragged.
	OnResize func(widths map[string]float32)
	// OnVisible is called with the rows in view (last excluded), so that pages can be fetched.
	OnVisible func(first, last int)
	// Cells tints the open row and frames one cell of the current one, which Left, Right and a click move and in which typing begins to edit.
	Cells bool
	// OnKey is asked first for every key typed into a row, with the key of the current column; true keeps it from the table.
	OnKey func(row int, column string, key fyne.KeyName) bool
	// OnEdit is called by F2 and by a double click; with Cells also by a typed character, which is then in typed.
	OnEdit func(row int, column, typed string)
	// OnMenu gives what the menu of a row offers before the ways to copy; a right click, the menu key and Shift+F10 open it.
	OnMenu func(row int) []MenuItem
	// OnPaste is called by Ctrl+V with what the clipboard holds.
	OnPaste func(row int, column, text string)
	// OnCursor is called after keys or a click moved the current row or cell.
	OnCursor func(row int, column string)
	// HideHeader leaves the titles out.
	HideHeader bool

	self       fyne.Widget
	count      int
	fits       bool // as high as all rows; never scrolls
	ticked     map[int64]bool
	anchor     int // where a range of ticks begins
	openKey    int64
	openRow    int
	isOpen     bool
	cursor     int
	cell       int // the current cell's column
	lastClick  click
	hover      int
	focused    bool
	byMouse    bool
	modifier   fyne.KeyModifier
	sortKey    string
	descending bool
	overrides  map[string]float32
	offset     float64
	drag       dragState
	edge       int // column whose right edge is under the pointer, or -1

	spans []columnSpan
	rows  []*tableRowView
	view  *tableView
}

// tableView is what is drawn once for the whole table.
type tableView struct {
	head, headLine, edgeLine *canvas.Rectangle
	tick                     *shape
	mark, arrow              *canvas.Image
	thumb, ring, cursor      *shape
	titles                   []*canvas.Text
	body                     *fyne.Container
	clip                     *container.Clip
	laidOut                  fyne.Size
}

func (g *grid) prepare(self fyne.Widget, columns []TableColumn) {
	g.Columns = columns
	g.Count = func() int { return 0 }
	g.Cell = func(int, int) Cell { return Cell{} }
	g.RowHeight = tableRow
	g.ticked, g.overrides = map[int64]bool{}, map[string]float32{}
	g.openRow, g.cursor, g.hover, g.edge, g.anchor = -1, -1, -1, -1, -1
	g.self = self
	g.ExtendBaseWidget(self)
}

// headHeight is 0 where the titles are left out.
func (g *grid) headHeight() float32 {
	if g.HideHeader {
		return 0
	}
	return tableHeader
}

func (g *grid) key(row int) int64 {
	if g.Key == nil {
		return int64(row)
	}
	return g.Key(row)
}

// known is the number of rows that can be asked for: the data may have shrunk since the last Refresh.
func (g *grid) known() int { return min(g.count, g.Count()) }

func (g *grid) rowDisabled(row int) bool { return g.RowDisabled != nil && g.RowDisabled(row) }

// page is the height in px in which rows are seen.
func (g *grid) page() float64 { return max(0, float64(g.Size().Height-g.headHeight())) }

func (g *grid) maxOffset() float64 {
	return max(0, float64(g.known())*float64(g.RowHeight)-g.page())
}

func (g *grid) scrollTo(offset float64) {
	offset = math.Round(min(max(0, offset), g.maxOffset()))
	if offset != g.offset {
		g.offset = offset
		g.place()
	}
}

// ScrollToRow brings a row into view.
func (g *grid) ScrollToRow(row int) {
	top, height := float64(row)*float64(g.RowHeight), float64(g.RowHeight)
	if top < g.offset {
		g.scrollTo(top)
	} else if top+height > g.offset+g.page() {
		g.scrollTo(top + height - g.page())
	}
}

// Open marks a row as the open one, brings it into view and calls OnOpen.
func (g *grid) Open(row int) {
	if row < 0 || row >= g.Count() {
		return
	}
	g.mark(row)
	if g.OnOpen != nil {
		g.OnOpen(row)
	}
}

// Mark marks a row as the open one without calling OnOpen.
func (g *grid) Mark(row int) {
	if row >= 0 && row < g.Count() {
		g.mark(row)
	}
}

func (g *grid) mark(row int) {
	g.openKey, g.openRow, g.isOpen, g.cursor = g.key(row), row, true, row
	g.ScrollToRow(row)
	g.rebind()
}

// CloseRow takes the mark off the open row.
func (g *grid) CloseRow() {
	g.isOpen, g.openRow = false, -1
	g.rebind()
}

// OpenRow gives the index of the open row, or -1.
func (g *grid) OpenRow() int {
	if !g.isOpen {
		return -1
	}
	if g.openRow >= 0 && g.openRow < g.known() && g.key(g.openRow) == g.openKey {
		return g.openRow
	}
	for row := range g.known() {
		if g.key(row) == g.openKey {
			g.openRow = row
			return row
		}
	}
	return -1
}

// OpenStep opens the row that stands delta rows after the open one, as a drawer's arrows do.
func (g *grid) OpenStep(delta int) {
	if row := g.OpenRow(); row >= 0 {
		g.Open(row + delta)
	}
}

// SetSort shows the arrow on a column; it sorts nothing and calls nothing.
func (g *grid) SetSort(key string, descending bool) {
	g.sortKey, g.descending = key, descending
	g.Refresh()
}

// Inspect describes the rows in view, with their cells, for end-to-end tests.
func (g *grid) Inspect() Inspection {
	out := Inspection{Kind: "table", Focused: g.focused}
	for i, span := range g.spans {
		if span.width > 0 && !g.HideHeader {
			one := Inspection{Kind: "title", Text: g.Columns[i].Title, Active: g.Columns[i].Key == g.sortKey && g.sortKey != ""}
			out.parts = append(out.parts, inspectedPart{one, span.x, 0, span.width, g.headHeight()})
		}
	}
	if g.Ticks && !g.HideHeader {
		all := Inspection{Kind: "checkbox", Text: "全选", Checked: g.headerSign() == "check", Active: len(g.ticked) > 0}
		out.parts = append(out.parts, inspectedPart{all, tableEdge, (tableHeader - tickExtent) / 2, tickExtent, tickExtent})
	}
	for _, row := range g.rows {
		if row.at >= 0 {
			out.parts = append(out.parts, g.inspectRow(row)...)
		}
	}
	return out
}

func (g *grid) inspectRow(row *tableRowView) []inspectedPart {
	y := row.box.Position().Y + g.headHeight()
	bottom := min(y+g.RowHeight-1, g.Size().Height)
	top := max(y, g.headHeight())
	if bottom <= top {
		return nil
	}
	key := g.key(row.at)
	state := Inspection{
		Kind: "row", Checked: g.ticked[key], Disabled: g.rowDisabled(row.at),
		Active: g.isOpen && key == g.openKey, Focused: g.focused && row.at == g.cursor,
	}
	parts := []inspectedPart{{state, 0, top, g.Size().Width, bottom - top}}
	if g.Ticks {
		tick := Inspection{Kind: "checkbox", Checked: g.ticked[key], Disabled: state.Disabled}
		parts = append(parts, inspectedPart{tick, tableEdge, top, tickExtent, bottom - top})
	}
	for i, span := range g.spans {
		if span.width <= 0 {
			continue
		}
		cell := row.cells[i].value
		one := Inspection{Kind: "cell", Text: cell.Text, Tip: g.Columns[i].Title, Bad: cell.Bad, Active: cell.Link}
		one.Focused = g.Cells && state.Focused && i == g.cell
		parts = append(parts, inspectedPart{one, span.x, top, span.width, bottom - top})
		if parts[0].Text == "" {
			parts[0].Text = cell.Text
		}
	}
	return parts
}

// DataTable is a table of any number of rows with its own scrolling.
type DataTable struct {
	grid
}

// NewDataTable makes an empty table; set Count, Cell and what else is needed, then show it.
func NewDataTable(columns ...TableColumn) *DataTable {
	t := &DataTable{}
	t.prepare(t, columns)
	return t
}

// Scrolled moves three rows a notch; a notch is 10 units on X11 and Windows.
func (t *DataTable) Scrolled(event *fyne.ScrollEvent) {
	touched()
	t.scrollTo(t.offset - float64(event.Scrolled.DY)/10*3*float64(t.RowHeight))
}

// SimpleTable is a table of a few rows that is as high as they are, for cards and dialogs.
type SimpleTable struct {
	grid
}

// NewSimpleTable makes an empty table; set Count, Cell and what else is needed, then show it.
func NewSimpleTable(columns ...TableColumn) *SimpleTable {
	t := &SimpleTable{}
	t.prepare(t, columns)
	t.fits = true
	return t
}
