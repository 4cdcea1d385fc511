package ui

// columnSpan is where a column stands, in px; width 0 means that it is hidden.
type columnSpan struct{ x, width float32 }

// layoutColumns decides every column's place within a width.
func (g *grid) layoutColumns(width float32) {
	start := float32(0)
	if g.Ticks {
		start = tableTick
	}
	widths := g.columnWidths(width-start, width)
	g.spans = g.spans[:0]
	x := start
	for _, w := range widths {
		g.spans = append(g.spans, columnSpan{x, w})
		x += w
	}
}

// columnWidths gives the widths for the room beside the ticks; hidden columns get 0.
func (g *grid) columnWidths(room, table float32) []float32 {
	narrow := g.fixedSum(table, false) > room
	widths := make([]float32, len(g.Columns))
	used, growing, last := float32(0), 0, -1
	for i, c := range g.Columns {
		if g.hidden(c, table) {
			continue
		}
		last = i
		widths[i] = g.columnWidth(c, narrow)
		if widths[i] == 0 {
			growing++
			widths[i] = -1
		} else {
			used += widths[i]
		}
	}
	if last < 0 {
		return widths
	}
	if growing == 0 {
		// Without a growing column the last visible one takes what is left.
		used -= widths[last]
		widths[last], growing = -1, 1
	}
	if least := tableMinimum * float32(growing); used > room-least && used > 0 {
		shrink(widths, max(0, (room-least)/used))
		used = max(0, room-least)
	}
	rest := room - used
	rest -= g.stretch(widths, rest-stretchFrom*float32(growing))
	for i := range widths {
		if widths[i] < 0 {
			widths[i] = floor(rest / float32(growing))
			rest, growing = rest-widths[i], growing-1
		}
	}
	return widths
}

// stretchFrom is how wide in px a growing column gets before columns with a Stretch take part.
const stretchFrom float32 = 120

// stretch parts spare room between the columns that stretch, and gives what they took; a growing column's share is left to it.
func (g *grid) stretch(widths []float32, spare float32) (taken float32) {
	weight := func(i int) float32 {
		if _, dragged := g.overrides[g.Columns[i].Key]; dragged || widths[i] == 0 || widths[i] < 0 && g.Columns[i].Width > 0 {
			return 0
		}
		return g.Columns[i].Stretch
	}
	sum := float32(0)
	for i := range widths {
		sum += weight(i)
	}
	if sum == 0 || spare <= 0 {
		return 0
	}
	for i := range widths {
		if widths[i] < 0 {
			continue
		}
		more := floor(spare * weight(i) / sum)
		widths[i] += more
		taken += more
	}
	return taken
}

// shrink scales fixed widths where even the narrow ones do not fit.
func shrink(widths []float32, factor float32) {
	for i := range widths {
		if widths[i] > 0 {
			widths[i] = floor(widths[i] * factor)
		}
	}
}

func (g *grid) hidden(c TableColumn, table float32) bool {
	return c.HideBelow > 0 && table < c.HideBelow
}

// columnWidth gives the width a person dragged, or else the column's own.
func (g *grid) columnWidth(c TableColumn, narrow bool) float32 {
	if width, dragged := g.overrides[c.Key]; dragged && c.Width > 0 {
		return width
	}
	if narrow && c.Narrow > 0 {
		return c.Narrow
	}
	return c.Width
}

// fixedSum is what all columns want, growing ones counted with a usual column's width.
func (g *grid) fixedSum(table float32, narrow bool) float32 {
	const usual = 72
	sum := float32(0)
	for _, c := range g.Columns {
		if g.hidden(c, table) {
			continue
		}
		width := g.columnWidth(c, narrow)
		if width == 0 {
			width = usual
		}
		sum += width
	}
	return sum
}

// inner gives where a column's text stands: 8 px from the neighbour, 16 px from the table's edges.
func (g *grid) inner(column int) (x, width float32) {
	span := g.spans[column]
	left, right := tablePadding, float32(0)
	if span.x == 0 {
		left = tableEdge
	}
	if g.Columns[column].Right {
		right = tablePadding
	}
	if column == g.lastVisible() {
		right = tableEdge
	}
	return span.x + left, max(0, span.width-left-right)
}

func (g *grid) lastVisible() int {
	for i := len(g.spans) - 1; i >= 0; i-- {
		if g.spans[i].width > 0 {
			return i
		}
	}
	return -1
}

// columnAt gives the column under x, or -1.
func (g *grid) columnAt(x float32) int {
	for i, span := range g.spans {
		if x >= span.x && x < span.x+span.width {
			return i
		}
	}
	return -1
}

// edgeAt gives the column whose right edge is near x and can be dragged, or -1.
func (g *grid) edgeAt(x float32) int {
	const reach = 4
	for i, span := range g.spans {
		end := span.x + span.width
		if span.width > 0 && i != g.lastVisible() && x >= end-reach && x <= end+reach {
			return i
		}
	}
	return -1
}

// resizeColumn makes a column delta px wider. Dragging the edge after a growing column makes the
// next fixed one narrower instead.
func (g *grid) resizeColumn(column int, delta float32) {
	if g.Columns[column].Width == 0 {
		next := column + 1
		for next < len(g.spans) && g.spans[next].width == 0 {
			next++
		}
		if next >= len(g.spans) || g.Columns[next].Width == 0 {
			return
		}
		column, delta = next, -delta
	}
	room := g.growingWidth() - tableMinimum
	width := g.spans[column].width + min(delta, max(0, room))
	g.overrides[g.Columns[column].Key] = max(tableMinimum, round(width))
	g.Refresh()
}

// growingWidth is the width of what gives way when a column is widened.
func (g *grid) growingWidth() float32 {
	sum := float32(0)
	for i, c := range g.Columns {
		if g.spans[i].width > 0 && (c.Width == 0 || i == g.lastVisible()) {
			sum += g.spans[i].width
		}
	}
	return sum
}

// SetWidths restores the widths in px by column key that OnResize told.
func (g *grid) SetWidths(widths map[string]float32) {
	g.overrides = map[string]float32{}
	for key, width := range widths {
		g.overrides[key] = max(tableMinimum, width)
	}
	g.Refresh()
}

// Widths gives the widths in px that a person dragged, by column key.
func (g *grid) Widths() map[string]float32 {
	out := map[string]float32{}
	for key, width := range g.overrides {
		out[key] = width
	}
	return out
}
