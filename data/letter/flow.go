package letter

import "peixun/data"

// frame is a page's text area in mm.
type frame struct{ left, top, width, height float64 }

// officialFrame is the text area of GB/T 9704-2012: A4, 37 mm above, 28 mm to the left, 156 × 225 mm.
var officialFrame = frame{left: 28, top: 37, width: 156, height: 225}

// bottom is where the text area ends.
func (f frame) bottom() float64 { return f.top + f.height }

// block is a piece of a paper that no page break splits.
type block struct {
	height  float64 // mm
	before  float64 // mm of space above, dropped where the block begins a page
	keep    bool    // stays on the page of the block that follows
	newPage bool    // begins a page
	header  *block  // drawn again above this block where it begins a page: a table's heading
	footer  *footer // drawn below the last block of its table on every page: a page's sum
	count   int     // of the people or things that the block adds to that sum: 0 or 1
	amounts []data.Money
	draw    func(c *canvas, top float64)
}

// footer closes the part of a table that stands on a page with the sum of what is there.
type footer struct {
	height float64 // mm
	draw   func(c *canvas, top float64, count int, sums []data.Money)
}

// placed is a block at its place on a page.
type placed struct {
	block
	top float64 // mm from the page's upper edge
}

// paginate shares blocks out over pages. Blocks that keep together move to the next page together, unless a
// whole page is too small for them.
func paginate(blocks []block, area frame) [][]placed {
	pages := pager{area: area, pages: [][]placed{nil}, y: area.top}
	for len(blocks) > 0 {
		count := 1
		for count < len(blocks) && blocks[count-1].keep {
			count++
		}
		group := blocks[:count]
		blocks = blocks[count:]
		pages.enter(group[0].footer)
		if group[0].newPage && !pages.empty() {
			pages.next()
		}
		if !pages.fits(group) && !pages.empty() && pages.fitsFresh(group) {
			pages.next()
		}
		for _, b := range group {
			pages.place(b)
		}
	}
	pages.enter(nil)
	return pages.pages
}

// pager is the state of paginate.
type pager struct {
	area  frame
	pages [][]placed
	y     float64
	open  *footer // of the table whose rows end the page; its room is kept free
	count int     // of that table on this page
	sums  []data.Money
}

// enter closes the table that is open, unless what follows belongs to it.
func (p *pager) enter(following *footer) {
	if p.open != nil && p.open != following {
		closing, count, sums := p.open, p.count, p.sums
		p.put(block{height: closing.height, draw: func(c *canvas, top float64) { closing.draw(c, top, count, sums) }})
	}
	if p.open != following {
		p.open, p.count, p.sums = following, 0, nil
	}
}

func (p *pager) empty() bool { return len(p.pages[len(p.pages)-1]) == 0 }

func (p *pager) fits(group []block) bool {
	return p.y+heightOf(group, p.empty()) <= p.area.bottom()+slack
}

// fitsFresh tells whether an empty page has room for the group and the heading that it brings along.
func (p *pager) fitsFresh(group []block) bool {
	height := heightOf(group, true)
	if group[0].header != nil {
		height += group[0].header.height
	}
	return height <= p.area.height+slack
}

// heightOf sums heights, the spaces between and the footers of tables that end; atTop drops the first space.
func heightOf(group []block, atTop bool) float64 {
	height := 0.0
	for i, b := range group {
		height += b.height
		if i > 0 || !atTop {
			height += b.before
		}
		if b.footer != nil && (i == len(group)-1 || group[i+1].footer != b.footer) {
			height += b.footer.height
		}
	}
	return height
}

func (p *pager) next() {
	p.enter(nil)
	p.pages = append(p.pages, nil)
	p.y = p.area.top
}

func (p *pager) place(b block) {
	p.enter(b.footer)
	if !p.fits([]block{b}) && !p.empty() {
		p.next()
	}
	if p.empty() {
		b.before = 0
		if b.header != nil {
			p.put(*b.header)
		}
	}
	p.put(b)
	p.open = b.footer
	p.count += b.count
	p.sums = added(p.sums, b.amounts)
}

// added adds amounts to sums, place by place.
func added(sums, amounts []data.Money) []data.Money {
	grown := make([]data.Money, max(len(sums), len(amounts)))
	copy(grown, sums)
	for i, amount := range amounts {
		grown[i] += amount
	}
	return grown
}

func (p *pager) put(b block) {
	last := len(p.pages) - 1
	p.y += b.before
	p.pages[last] = append(p.pages[last], placed{block: b, top: p.y})
	p.y += b.height
}

// furnish adds to a page what stands outside its text area: numbers, codes, page numbers.
type furnish func(number, total int)

// drawPages draws every page between its head and its foot, in the order in which it is read and copied.
func drawPages(c *canvas, pages [][]placed, head, foot furnish) {
	for i, page := range pages {
		c.page()
		head(i+1, len(pages))
		for _, b := range page {
			b.draw(c, b.top)
		}
		foot(i+1, len(pages))
	}
}

// bare is a head with nothing in it.
func bare(int, int) {}

// paragraph is running text.
type paragraph struct {
	style  style
	lead   float64 // mm from line to line
	indent float64 // of the first line, in em
	how    align
	before float64 // mm above
	keep   bool    // the last lines stay with what follows
}

// blocks sets text, a paragraph for each of its lines. No page begins or ends with a single line of several.
func (p paragraph) blocks(text string, area frame) []block {
	var blocks []block
	before := p.before
	for _, part := range paragraphs(text) {
		indent := p.indent * p.style.em()
		lines := breakLines(set(part, p.style), area.width-indent, area.width)
		for i, glyphs := range lines {
			x, width := area.left, area.width
			if i == 0 {
				x, width = x+indent, width-indent
			}
			how := p.how
			if how == alignJustified && i == len(lines)-1 {
				how = alignLeft
			}
			blocks = append(blocks, block{
				height: p.lead, before: before,
				keep: (i == 0 && len(lines) > 1) || i == len(lines)-2,
				draw: func(c *canvas, top float64) { c.line(x, top, width, p.lead, glyphs, how) },
			})
			before = 0
		}
	}
	if p.keep {
		for i := max(0, len(blocks)-2); i < len(blocks); i++ {
			blocks[i].keep = true
		}
	}
	return blocks
}
