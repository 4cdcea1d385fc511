package ui

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"peixun/views/theme"
)

// RowList is a list of any number of rows of different heights, each built of other objects when it comes into view. It scrolls
// by itself, has a current row that keys move, and lets a row be dragged to wherever OnDrop finds something to do with it.
type RowList struct {
	core
	// Count gives the number of rows. It is asked on Refresh.
	Count func() int
	// Height gives a row's height in px, its line included. It is asked for all rows on Refresh and must be fast.
	Height func(row int) float32
	// Build makes what stands in a row, which Height leaves 1 px for the line below. It is asked for rows in view only.
	Build func(row int) fyne.CanvasObject
	// Key identifies a row, so that the current row survives a Refresh. Unset, it is the index.
	Key func(row int) int64
	// Name is what a row is called while it is dragged, and by end-to-end tests.
	Name func(row int) string
	// Empty is shown while there are no rows.
	Empty fyne.CanvasObject
	// OnOpen is called when Enter is pressed on a row.
	OnOpen func(row int)
	// OnCurrent is called after keys or a click moved the current row.
	OnCurrent func(row int)
	// OnKey is asked first for every key typed into a row; true keeps it from the list. A row that is clicked or has the keyboard is
	// current.
	OnKey func(row int, key fyne.KeyName) bool
	// OnRune is called with every character typed into a row, the space among them.
	OnRune func(row int, typed rune)
	// OnDrag is called while a row is dragged, with the pointer's place in the window.
	OnDrag func(row int, at fyne.Position)
	// OnDrop is called where a dragged row is let go.
	OnDrop func(row int, at fyne.Position)

	tops    []float32 // where each row begins, and behind the last one where it ends
	current int64
	chosen  bool
	hover   int
	target  int // the row that something dragged would fall on, or -1
	offset  float64
	focused bool
	byMouse bool
	dragged int // the row that is dragged, or -1
	onThumb bool
	dragAt  fyne.Position
	rows    map[int]*listRow
	view    *rowListView
}

// rowListView is what is drawn once for the whole list.
type rowListView struct {
	body  *fyne.Container
	clip  *container.Clip
	thumb *shape
	ring  *shape
	width float32
}

// listRow is a row in view.
type listRow struct {
	box, content       *fyne.Container
	ground, line, edge *canvas.Rectangle
}

// NewRowList makes an empty list; set Count, Height, Build and what else is needed, then show it.
func NewRowList() *RowList {
	l := &RowList{Count: func() int { return 0 }, hover: -1, target: -1, dragged: -1, rows: map[int]*listRow{}}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is part of fyne.Widget.
func (l *RowList) CreateRenderer() fyne.WidgetRenderer {
	v := &rowListView{body: &fyne.Container{}, thumb: newShape(), ring: newShape()}
	v.clip = newClip(v.body)
	l.view = v
	r := newRenderer(l, &l.core, v.clip, v.thumb.Raster, v.ring.Raster)
	if l.Empty != nil {
		r.objects = append(r.objects, l.Empty)
	}
	r.minSize = func() fyne.Size { return fyne.NewSize(200, 100) }
	r.layout = l.layout
	r.refresh = func() {
		l.measure()
		clear(l.rows)
	}
	return r.start()
}

// measure finds where every row begins.
func (l *RowList) measure() {
	count := l.Count()
	l.tops = slices.Grow(l.tops[:0], count+1)
	top := float32(0)
	for row := range count {
		l.tops = append(l.tops, top)
		top += l.Height(row)
	}
	l.tops = append(l.tops, top)
}

func (l *RowList) known() int { return max(0, min(len(l.tops)-1, l.Count())) }

func (l *RowList) total() float64 {
	if len(l.tops) == 0 {
		return 0
	}
	return float64(l.tops[len(l.tops)-1])
}

func (l *RowList) maxOffset() float64 { return max(0, l.total()-float64(l.Size().Height)) }

func (l *RowList) key(row int) int64 {
	if l.Key == nil {
		return int64(row)
	}
	return l.Key(row)
}

// Current gives the index of the current row, or -1.
func (l *RowList) Current() int {
	if !l.chosen {
		return -1
	}
	for row := range l.known() {
		if l.key(row) == l.current {
			return row
		}
	}
	return -1
}

// SetCurrent makes a row the current one and brings it into view; it calls nothing.
func (l *RowList) SetCurrent(row int) {
	if len(l.tops) == 0 {
		l.measure()
	}
	if row < 0 || row >= l.known() {
		return
	}
	l.current, l.chosen = l.key(row), true
	l.ScrollToRow(row)
	l.restate()
}

// ScrollToRow brings a row into view.
func (l *RowList) ScrollToRow(row int) {
	height := float64(l.Size().Height)
	switch top, bottom := float64(l.tops[row]), float64(l.tops[row+1]); {
	case top < l.offset:
		l.scrollTo(top)
	case bottom > l.offset+height:
		l.scrollTo(bottom - height)
	}
}

// SetTarget marks the row that something dragged would fall on; -1 marks none.
func (l *RowList) SetTarget(row int) {
	if row != l.target {
		l.target = row
		l.restate()
	}
}

// RowAt gives the row under a place in the window, or -1.
func (l *RowList) RowAt(at fyne.Position) int {
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	inside := at.Subtract(origin)
	if inside.X < 0 || inside.Y < 0 || inside.X >= l.Size().Width || inside.Y >= l.Size().Height {
		return -1
	}
	return l.rowAt(inside)
}

func (l *RowList) rowAt(at fyne.Position) int {
	y := float32(float64(at.Y) + l.offset)
	row, exact := slices.BinarySearch(l.tops, y)
	if !exact {
		row--
	}
	if row < 0 || row >= l.known() {
		return -1
	}
	return row
}

func (l *RowList) scrollTo(offset float64) {
	offset = math.Round(min(max(0, offset), l.maxOffset()))
	if offset != l.offset {
		l.offset = offset
		l.place()
	}
}

func (l *RowList) layout(size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	place(l.view.clip, 0, 0, size.Width, size.Height)
	place(l.view.ring, 0, 0, size.Width, size.Height)
	if l.Empty != nil {
		l.Empty.Hide()
		if l.known() == 0 {
			l.Empty.Show()
		}
		place(l.Empty, 0, 0, size.Width, size.Height)
	}
	if size.Width != l.view.width {
		l.view.width = size.Width
		clear(l.rows)
	}
	l.offset = math.Round(min(max(0, l.offset), l.maxOffset()))
	l.place()
}

// place builds the rows that came into view, forgets those that left it, and moves all.
func (l *RowList) place() {
	if l.view == nil || l.view.width <= 0 {
		return
	}
	first := max(0, l.rowAt(fyne.NewPos(0, 0)))
	shown := map[int]*listRow{}
	l.view.body.Objects = l.view.body.Objects[:0]
	for row := first; row < l.known() && float64(l.tops[row]) < l.offset+float64(l.Size().Height); row++ {
		one := l.rows[row]
		if one == nil {
			one = l.build(row)
		}
		shown[row] = one
		one.box.Move(fyne.NewPos(0, l.tops[row]-float32(l.offset)))
		l.view.body.Objects = append(l.view.body.Objects, one.box)
	}
	l.rows = shown
	l.placeThumb()
	l.restate()
	l.view.body.Refresh()
}

func (l *RowList) build(row int) *listRow {
	one := &listRow{ground: &canvas.Rectangle{}, line: &canvas.Rectangle{}, edge: &canvas.Rectangle{}, content: Stack(l.Build(row))}
	width, height := l.view.width, l.tops[row+1]-l.tops[row]
	one.box = &fyne.Container{Objects: []fyne.CanvasObject{one.ground, one.line, one.edge, one.content}}
	one.box.Resize(fyne.NewSize(width, height))
	place(one.ground, 0, 0, width, height-1)
	place(one.line, 0, height-1, width, 1)
	place(one.edge, 0, 0, tableOpenEdge, height-1)
	place(one.content, 0, 0, width, height-1)
	return one
}

func (l *RowList) thumbSpan() (top, height float64) {
	page := float64(l.Size().Height)
	const margin, least = 4, 32
	track := page - 2*margin
	height = max(least, track*page/max(1, l.total()))
	return margin + (track-height)*l.offset/max(1, l.maxOffset()), height
}

func (l *RowList) placeThumb() {
	thumb := l.view.thumb
	thumb.Hidden = l.maxOffset() == 0
	thumb.paint(theme.Thumb, theme.None, 0, 3)
	top, height := l.thumbSpan()
	place(thumb, l.Size().Width-9, float32(top), 6, float32(height))
}

// restate colours the rows by what the pointer, the keys and a drag make of them.
func (l *RowList) restate() {
	if l.view == nil {
		return
	}
	current := l.Current()
	for row, one := range l.rows {
		ground, edge := theme.Surface, theme.None
		switch {
		case row == l.target:
			ground, edge = theme.TintSuccess, theme.Success
		case row == current:
			ground, edge = theme.TintPrimary, theme.Primary
		case row == l.hover:
			ground = theme.RowHover
		}
		one.edge.Hidden = edge == theme.None
		one.ground.FillColor, one.line.FillColor = theme.Color(ground), theme.Color(theme.Border)
		if edge != theme.None {
			one.edge.FillColor = theme.Color(edge)
		}
		for _, o := range []fyne.CanvasObject{one.ground, one.line, one.edge} {
			o.Refresh()
		}
	}
	focusRing(l.view.ring, l.focused && !l.byMouse)
}

// Inspect describes the rows in view for end-to-end tests.
func (l *RowList) Inspect() Inspection {
	out := Inspection{Kind: "list", Focused: l.focused}
	current := l.Current()
	for row := range l.known() {
		one := l.rows[row]
		if one == nil {
			continue
		}
		state := Inspection{Kind: "line", Active: row == current}
		if l.Name != nil {
			state.Text = l.Name(row)
		}
		at, size := one.box.Position(), one.box.Size()
		out.parts = append(out.parts, inspectedPart{state, 0, at.Y, size.Width, size.Height})
	}
	return out
}
