package letter

import (
	"fmt"
	"io"
	"slices"

	"peixun/data"
)

// listFrame is the text area of papers that are lists. It leaves GB/T 9704's knowingly: its wide margins serve the
// seal and the binding of official letters, and would cost a list a third of its rows. 25 mm to the left are for punching.
var listFrame = frame{left: 25, top: 22, width: 170, height: 250}

// landscapeFrame is the same for lists that need more columns than fit.
var landscapeFrame = frame{left: 20, top: 22, width: 257, height: 165}

// listSpacing is how lists are set, close enough for thirty rows on a page.
var listSpacing = spacing{lead: 6.2, row: 6.8, leading: 1.6}

// furniture is what stands around a paper's text on every page.
type furniture struct {
	name string // what the paper is, with its number: at the foot, and in the head of every page but the first
	unit string // whose it is, in the head of every page but the first
	note string // at the foot's right
}

// sheet draws blocks on as many pages as they need, and tells how many.
func (c *canvas) sheet(area frame, blocks []block, around furniture) int {
	pages := paginate(blocks, area)
	drawPages(c, pages, func(number, _ int) {
		if number > 1 {
			drawHead(c, area, around.name, around.unit)
		}
	}, func(number, total int) {
		drawFooter(c, area, around.name, around.note, number, total)
	})
	return len(pages)
}

// drawHead puts a paper's name and whose it is above the text area of a following page.
func drawHead(c *canvas, area frame, name, unit string) {
	const above, high = 7.5, 5.0 // mm
	top := area.top - above
	c.pair(area, top, high, name, unit, footerStyle)
	c.rule(area.left, top+high+0.5, area.left+area.width, top+high+0.5, hairline)
}

// pair draws two short texts at the ends of a line.
func (c *canvas) pair(area frame, top, high float64, left, right string, used style) {
	first, last := ends(area.width, left, right, used)
	c.line(area.left, top, area.width, high, first, alignLeft)
	c.line(area.left, top, area.width, high, last, alignRight)
}

// ends sets two texts for the ends of a line. The longer one gets all the room that the other leaves, in smaller type where it must.
func ends(width float64, left, right string, used style) (first, last line) {
	const gap, slack = 4.0, 0.05 // mm; the slack keeps rounding from breaking a line
	leftWidth, rightWidth := widthOf(set(left, used))+slack, widthOf(set(right, used))+slack
	room := width - gap
	if leftWidth >= rightWidth {
		rightWidth = min(rightWidth, room/2)
		leftWidth = room - rightWidth
	} else {
		leftWidth = min(leftWidth, room/2)
		rightWidth = room - leftWidth
	}
	return oneLine(left, used, leftWidth), oneLine(right, used, rightWidth)
}

func oneLine(text string, used style, width float64) line {
	lines := shrunk(text, used, width, 1)
	if len(lines) == 0 {
		return nil
	}
	return lines[0]
}

// finish writes the document and names the paper where that fails.
func (c *canvas) finish(w io.Writer, name string, pages int) (int, error) {
	if err := c.write(w); err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return pages, nil
}

// listTitle sets the title of a list and, below it, whose list it is and since when.
func listTitle(area frame, title, left, right string) []block {
	const titleLead, lead = 11.0, 7.0 // mm
	heading := paragraph{style: listTitleStyle, lead: titleLead, how: alignCentre, keep: true}
	blocks := heading.blocks(title, area)
	return append(blocks, block{height: lead, keep: true, draw: func(c *canvas, top float64) {
		c.pair(area, top, lead, left, right, valueStyle)
	}})
}

// summed composes a list with the sums of its pages, or without them where it is one page, whose sum is the total.
func summed(area frame, compose func(pageSums bool) []block) []block {
	if blocks := compose(false); len(paginate(blocks, area)) == 1 {
		return blocks
	}
	return compose(true)
}

// column is one column of a list: its heading, width in mm and where its text stands.
type column struct {
	heading string
	width   float64
	how     align
}

// nameWidth holds names of ten characters on one line, in mm.
const nameWidth = 39.5

// list is a table of the same columns in every row, under a heading that every page repeats.
type list struct {
	table
	columns []column
}

func newList(area frame, columns ...column) list {
	widths := make([]float64, len(columns))
	for i, c := range columns {
		widths[i] = c.width
	}
	return list{newTable(area, listSpacing, widths...), columns}
}

// heading is the row of the columns' names.
func (l list) heading() block {
	cells := make([]cell, len(l.columns))
	for i, c := range l.columns {
		cells[i] = cell{text: c.heading, style: labelStyle, how: alignCentre, fill: true}
	}
	return l.row(cells...)[0]
}

// entry sets a row of one text a column; amounts are what it adds to its page's sums.
func (l list) entry(amounts []data.Money, texts ...string) []block {
	cells := make([]cell, len(texts))
	for i, text := range texts {
		cells[i] = cell{text: text, style: valueStyle, how: l.columns[i].how, whole: l.columns[i].how == alignRight}
	}
	blocks := l.row(cells...)
	blocks[0].amounts, blocks[0].count = amounts, 1
	return blocks
}

// sumRow is a row that sums others: its name over the columns before the sums, and after empty columns at its end.
func (l list) sumRow(name string, sums []data.Money, after int) []cell {
	first := len(l.columns) - after - len(sums)
	cells := []cell{{text: name, style: labelStyle, how: alignCentre, span: first, fill: true}}
	for i, sum := range sums {
		cells = append(cells, cell{text: sum.String(), style: strongStyle, how: l.columns[first+i].how, whole: true})
	}
	if after > 0 {
		cells = append(cells, cell{span: after})
	}
	return cells
}

// pageSum closes the list on every page with the sums of the amounts there; format writes the count: 本页小计　%d 人.
func (l list) pageSum(format string, after int) *footer {
	return &footer{height: l.low, draw: func(c *canvas, top float64, count int, sums []data.Money) {
		row := l.row(l.sumRow(fmt.Sprintf(format, count), sums, after)...)[0]
		row.draw(c, top)
	}}
}

// signRows are places to sign, at most four abreast. They keep together and with what stands before them.
func signRows(area frame, before float64, places []string) []block {
	const abreast = 4
	var blocks []block
	for row := range slices.Chunk(places, abreast) {
		b := signRow(area, row)
		b.before, before = before, 0
		blocks = append(blocks, b)
	}
	return together(blocks)
}

func signRow(area frame, places []string) block {
	const high, caption = 18.0, 7.0 // mm
	width := area.width / float64(len(places))
	return block{height: high, draw: func(c *canvas, top float64) {
		for i, place := range places {
			x := area.left + float64(i)*width
			c.box(x, top, width, high)
			c.label(x+cellMargin, top+0.5, width-2*cellMargin, caption, place, labelStyle, alignLeft)
			c.label(x+cellMargin, top+high-caption, width-2*cellMargin, caption, "年　　月　　日", footerStyle, alignRight)
		}
	}}
}
