package ui

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// CreateRenderer is part of fyne.Widget.
func (g *grid) CreateRenderer() fyne.WidgetRenderer {
	v := &tableView{
		head: &canvas.Rectangle{}, headLine: &canvas.Rectangle{}, edgeLine: &canvas.Rectangle{},
		tick: newShape(), mark: newIconImage(), arrow: newIconImage(), thumb: newShape(), ring: newShape(), cursor: newShape(),
		body: &fyne.Container{},
	}
	v.clip = newClip(v.body)
	g.view, g.rows = v, nil
	r := newRenderer(g.self, &g.core, v.clip, v.head, v.headLine, v.tick.Raster, v.mark, v.arrow)
	for _, c := range g.Columns {
		title := newLine("", theme.SizeBody, true)
		if c.Right {
			title.Alignment = fyne.TextAlignTrailing
		}
		v.titles = append(v.titles, title)
		r.objects = append(r.objects, title)
	}
	r.objects = append(r.objects, v.edgeLine, v.thumb.Raster, v.ring.Raster)
	if g.Empty != nil {
		r.objects = append(r.objects, g.Empty)
	}
	r.minSize = g.minSize
	r.layout = func(size fyne.Size) { g.layout(size, false) }
	r.refresh = func() {
		g.count = g.Count()
		g.cursor = min(g.cursor, g.known()-1)
		g.paintHead()
		g.layout(g.Size(), true)
	}
	g.count = g.Count()
	g.paintHead()
	return r
}

func (g *grid) minSize() fyne.Size {
	rows := 3
	if g.fits {
		rows = max(1, g.Count())
		if g.Empty != nil && g.Count() == 0 {
			return fyne.NewSize(200, g.headHeight()+g.Empty.MinSize().Height)
		}
	}
	return fyne.NewSize(200, g.headHeight()+float32(rows)*g.RowHeight)
}

// layout places everything; all rows in view are filled again if the data or the width changed.
func (g *grid) layout(size fyne.Size, again bool) {
	v := g.view
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	g.layoutColumns(size.Width)
	g.layoutHead(size)
	head := g.headHeight()
	place(v.clip, 0, head, size.Width, max(0, size.Height-head))
	place(v.ring, 0, 0, size.Width, size.Height)
	if g.Empty != nil {
		g.Empty.Hide()
		if g.known() == 0 {
			g.Empty.Show()
		}
		place(g.Empty, 0, head, size.Width, max(0, size.Height-head))
	}
	needed := int(math.Ceil(g.page()/float64(g.RowHeight))) + 1
	for len(g.rows) < needed {
		row := g.newRow()
		row.box.Hide()
		g.rows = append(g.rows, row)
	}
	if len(g.rows) > needed {
		g.rows = g.rows[:needed]
		again = true
	}
	v.body.Objects = v.body.Objects[:0]
	for _, row := range g.rows {
		v.body.Objects = append(v.body.Objects, row.box)
	}
	v.body.Objects = append(v.body.Objects, v.cursor.Raster)
	if again || size != v.laidOut {
		v.laidOut = size
		for _, row := range g.rows {
			row.at = -1
		}
	}
	g.offset = math.Round(min(max(0, g.offset), g.maxOffset()))
	g.place()
}

func (g *grid) layoutHead(size fyne.Size) {
	v := g.view
	if g.HideHeader {
		for _, o := range []fyne.CanvasObject{v.head, v.headLine, v.tick.Raster, v.mark, v.arrow} {
			o.Hide()
		}
		return
	}
	place(v.head, 0, 0, size.Width, tableHeader-1)
	place(v.headLine, 0, tableHeader-1, size.Width, 1)
	placeTick(v.tick, v.mark, tableEdge, 12)
	v.tick.Hidden = !g.Ticks
	v.arrow.Hide()
	for i, title := range v.titles {
		title.Hidden = g.spans[i].width <= 0
		if title.Hidden {
			continue
		}
		x, width := g.inner(i)
		sorted := g.Columns[i].Key == g.sortKey && g.sortKey != ""
		room := width
		if sorted {
			room -= chevronExtent + 4
		}
		title.Text = elide(g.Columns[i].Title, room, theme.SizeBody, true)
		place(title, x, 0, width, tableHeader-3)
		if sorted {
			g.placeArrow(title, x, width, g.Columns[i].Right)
		}
	}
	if g.edge >= 0 && g.edge < len(g.spans) {
		place(v.edgeLine, g.spans[g.edge].x+g.spans[g.edge].width-1, 8, 2, tableHeader-17)
		v.edgeLine.Show()
	} else {
		v.edgeLine.Hide()
	}
}

func (g *grid) placeArrow(title *canvas.Text, x, width float32, right bool) {
	arrow := g.view.arrow
	word := ceil(textWidth(title.Text, theme.SizeBody, true))
	at := x + word + 4
	if right {
		place(title, x, 0, width-chevronExtent-4, tableHeader-3)
		at = x + width - chevronExtent
	}
	arrow.Show()
	place(arrow, at, 10, chevronExtent, chevronExtent)
}

func (g *grid) paintHead() {
	v := g.view
	v.head.FillColor, v.headLine.FillColor = theme.Color(theme.Header), theme.Color(theme.Border)
	v.edgeLine.FillColor = theme.Color(theme.Primary)
	v.thumb.paint(theme.Thumb, theme.None, 0, 3)
	focusRing(v.ring, g.focused && !g.byMouse && g.known() == 0)
	paintTick(v.tick, v.mark, g.headerSign(), g.known() == 0)
	if !g.Ticks {
		v.mark.Hide()
	}
	name := "chevron-up"
	if g.descending {
		name = "chevron-down"
	}
	setIcon(v.arrow, name, theme.Primary, chevronExtent+6) // a bolder line than 14 px have
	for _, title := range v.titles {
		title.Color = theme.Color(theme.Text)
	}
}

// place moves the pool to the present offset and fills rows that came into view.
func (g *grid) place() {
	if g.view == nil || len(g.rows) == 0 || len(g.spans) == 0 {
		return
	}
	height := float64(g.RowHeight)
	first := int(g.offset / height)
	last := min(g.known(), first+len(g.rows))
	if g.OnVisible != nil {
		g.OnVisible(first, last)
	}
	for i := first; i < first+len(g.rows); i++ {
		row := g.rows[i%len(g.rows)]
		if i >= g.known() {
			row.box.Hide()
			row.at = -1
			continue
		}
		if row.at != i {
			g.bind(row, i)
			row.box.Show()
		}
		row.box.Move(fyne.NewPos(0, float32(float64(i)*height-g.offset)))
	}
	g.placeThumb()
	g.placeCursor()
	canvas.Refresh(g.view.body)
}

// placeCursor frames the row that has the keyboard, or its current cell, which is seen after a click too.
func (g *grid) placeCursor() {
	cursor := g.view.cursor
	cursor.Hidden = !g.focused || g.byMouse && !g.Cells || g.cursor < 0 || g.known() == 0
	if cursor.Hidden {
		return
	}
	y := float64(g.cursor)*float64(g.RowHeight) - g.offset
	if y < -float64(g.RowHeight) || y > g.page() {
		cursor.Hidden = true
		return
	}
	x, width := float32(0), g.Size().Width
	if g.Cells && g.shown(g.cell) {
		x, width = g.spans[g.cell].x, g.spans[g.cell].width
	}
	place(cursor, x, float32(y), width, g.RowHeight-1)
	cursor.paint(theme.None, theme.Primary, 2, 0)
}

// thumbSpan gives the thumb's place from the table's top and its height, in px.
func (g *grid) thumbSpan() (y, height float64) {
	const margin, least = 6, 56
	track := g.page() - 2*margin
	height = max(least, track*g.page()/(float64(g.known())*float64(g.RowHeight)))
	if g.maxOffset() > 0 {
		y = (track - height) * g.offset / g.maxOffset()
	}
	return float64(g.headHeight()) + margin + y, height
}

func (g *grid) placeThumb() {
	thumb := g.view.thumb
	if g.fits || g.maxOffset() == 0 {
		thumb.Hide()
		return
	}
	thumb.Show()
	y, height := g.thumbSpan()
	place(thumb, g.Size().Width-9, float32(math.Round(y)), 6, float32(math.Round(height)))
}

// rebind fills all rows in view again.
func (g *grid) rebind() {
	if g.view == nil {
		return
	}
	for _, row := range g.rows {
		if row.at >= 0 && row.at < g.known() {
			g.bind(row, row.at)
		}
	}
	g.restate()
}

// restate paints pointer, keyboard and ticks again.
func (g *grid) restate() {
	if g.view == nil {
		return
	}
	for _, row := range g.rows {
		if row.at >= 0 && row.at < g.known() {
			g.paintState(row)
		}
	}
	g.placeCursor()
	g.paintHead()
	canvas.Refresh(g.self)
}
