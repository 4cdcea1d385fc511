package letter

const (
	cellMargin = 1.6  // mm to the left and right of a cell's text
	cellLead   = 1.45 // em from line to line
)

// cell is one cell of a row.
type cell struct {
	text  string
	style style
	how   align
	span  int     // columns; 0 and 1 are one
	fill  bool    // a heading's pale ground
	whole bool    // never broken: an amount over two lines would be read as two
	inset float64 // mm that its lines stand further right: how deep an organisation lies
}

// table lays rows out in columns.
type table struct {
	left    float64
	widths  []float64 // mm
	low     float64   // a row's least height in mm
	tall    float64   // a row's greatest height in mm: only beyond it does a row split
	leading float64   // mm above and below a row's text together
}

// row sets one row. It is one block, because rows never split, unless it is taller than a page.
func (t table) row(cells ...cell) []block {
	lines := make([][]line, len(cells))
	height := t.low
	column := 0
	for i, content := range cells {
		lines[i] = content.lines(t.span(column, content.span) - 2*cellMargin - content.inset)
		height = max(height, float64(len(lines[i]))*content.lead()+t.leading)
		column += max(1, content.span)
	}
	if height <= t.tall {
		return []block{t.block(cells, lines, height)}
	}
	return t.split(cells, lines)
}

// lines breaks a cell's text at width mm.
func (c cell) lines(width float64) []line {
	if c.whole {
		lines := shrunk(c.text, c.style, width, 1)
		for _, l := range lines {
			tabular(l)
		}
		return lines
	}
	var lines []line
	for _, part := range paragraphs(c.text) {
		lines = append(lines, evened(part, c.style, width)...)
	}
	return lines
}

// evened breaks text at width mm and, where only a character or two would stand on the last line, gives it more from the
// line before. It makes no more lines and parts no word.
func evened(text string, used style, width float64) []line {
	const stub = 2.1 // em
	lines := breakLines(set(text, used), width, width)
	last := len(lines) - 1
	if last < 1 || widthOf(lines[last]) > stub*used.em() {
		return lines
	}
	both := textOf(lines[last-1]) + textOf(lines[last])
	glyphs := set(both, used)
	at := evenBreak(glyphs, width)
	if at == 0 {
		return lines
	}
	return append(lines[:last-1], breakLines(set(both, used), widthOf(glyphs[:at]), width)...)
}

// evenBreak finds where two lines part so that the second has at least three characters: best after a mark that parts names,
// as in 医学影像中心/磁共振室. 0 where there is no such place.
func evenBreak(glyphs []glyph, width float64) int {
	const (
		least = 2.9 // em
		marks = "/、，； "
	)
	found := 0
	for at := len(glyphs) - 1; at > 0; at-- {
		first, second := widthOf(glyphs[:at]), widthOf(glyphs[at:])
		if second > width || second > 2*first {
			break
		}
		if first > width || second < least*glyphs[0].style.em() || breakable(glyphs, at) != proper {
			continue
		}
		if isAny(glyphs[at-1].char, marks) {
			return at
		}
		if found == 0 {
			found = at
		}
	}
	return found
}

// split parts a row that no page can hold.
func (t table) split(cells []cell, lines [][]line) []block {
	var blocks []block
	for more := true; more; {
		more = false
		height := t.low
		part := make([][]line, len(cells))
		for i, content := range cells {
			room := max(1, int((t.tall-t.leading)/content.lead()))
			count := min(room, len(lines[i]))
			part[i], lines[i] = lines[i][:count], lines[i][count:]
			height = max(height, float64(count)*content.lead()+t.leading)
			more = more || len(lines[i]) > 0
		}
		blocks = append(blocks, t.block(cells, part, height))
	}
	return blocks
}

// block draws cells with their lines in the middle of a row of the given height.
func (t table) block(cells []cell, lines [][]line, height float64) block {
	return block{height: height, draw: func(c *canvas, top float64) {
		c.edge(t.left, top, t.left, top+height)
		x, column := t.left, 0
		for i, content := range cells {
			width := t.span(column, content.span)
			if content.fill {
				c.ground(x, top, width, height)
			}
			c.edge(x+width, top, x+width, top+height)
			lead := content.lead()
			y := top + (height-float64(len(lines[i]))*lead)/2
			for _, glyphs := range lines[i] {
				c.line(x+cellMargin+content.inset, y, width-2*cellMargin-content.inset, lead, glyphs, content.how)
				y += lead
			}
			x += width
			column += max(1, content.span)
		}
		c.edge(t.left, top, x, top)
		c.edge(t.left, top+height, x, top+height)
	}}
}

// span gives the width in mm of count columns from column.
func (t table) span(column, count int) float64 {
	width := 0.0
	for i := column; i < min(column+max(1, count), len(t.widths)); i++ {
		width += t.widths[i]
	}
	return width
}

// lead is the height in mm of a line in the cell.
func (c cell) lead() float64 { return c.style.em() * cellLead }

// under gives rows the heading that is drawn again on every page that they begin, and keeps it with the first.
func under(heading block, rows []block) []block {
	heading.keep = true
	for i := range rows {
		rows[i].header = &heading
	}
	return append([]block{heading}, rows...)
}

// closed gives rows the footer that sums them on every page.
func closed(rows []block, sum *footer) {
	for i := range rows {
		rows[i].footer = sum
	}
}

// together keeps blocks on one page.
func together(blocks []block) []block {
	for i := range blocks[:max(0, len(blocks)-1)] {
		blocks[i].keep = true
	}
	return blocks
}
