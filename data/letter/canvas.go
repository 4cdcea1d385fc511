package letter

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// creator is the only name in a PDF's metadata: who printed it, and for whom, is nobody's business.
const creator = "Peixun Desk"

// undated stands in for the day of a paper that has none, so that its bytes do not depend on the clock.
var undated = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Lines and greys. Nothing is told by colour: the papers go through black-and-white printers and copiers.
const (
	hairline  = 0.2 // mm
	strong    = 0.6 // mm
	paleGrey  = 240 // behind headings
	faintGrey = 120 // for hints that a stamp will cover
)

// errNothing tells that a paper was asked for without anything to say.
func errNothing(paper string) error { return fmt.Errorf("%s: nothing to print", paper) }

// canvas draws on a PDF's pages in mm from the top left. It is the only code that knows gofpdf, of which
// it uses Text alone: its own line breaking loses Chinese characters.
type canvas struct {
	pdf     *gofpdf.Fpdf
	current style
	loaded  map[*face]bool
	edges   [][4]float64    // of the page's tables, in mm
	known   map[[4]int]bool // the same in hundredths
}

// paper is a sheet's size in mm.
type paper struct{ width, height float64 }

var (
	a4          = paper{210, 297}
	a4Landscape = paper{297, 210}
	a5Landscape = paper{210, 148}
)

// newCanvas begins a document whose bytes depend on nothing but its content. Title must hold nothing personal.
func newCanvas(sheet paper, title string, day time.Time) *canvas {
	if day.IsZero() {
		day = undated
	}
	pdf := gofpdf.NewCustom(&gofpdf.InitType{
		OrientationStr: "P", UnitStr: "mm",
		Size: gofpdf.SizeType{Wd: sheet.width, Ht: sheet.height},
	})
	pdf.SetCreationDate(day)
	pdf.SetModificationDate(day)
	pdf.SetCatalogSort(true)
	pdf.SetTitle(withinBMP(title), true)
	pdf.SetCreator(creator, true)
	pdf.SetProducer(creator, true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetLineCapStyle("square")
	return &canvas{pdf: pdf, loaded: map[*face]bool{}}
}

// withinBMP replaces what gofpdf's UTF-16 encoder breaks on.
func withinBMP(text string) string {
	return strings.Map(func(char rune) rune {
		if char > 0xFFFF {
			return noGlyph
		}
		return char
	}, strings.ToValidUTF8(text, string(noGlyph)))
}

// page begins a new page.
func (c *canvas) page() {
	c.endPage()
	c.pdf.AddPage()
	c.pdf.SetLineWidth(hairline)
	c.current = style{}
}

// write ends the document.
func (c *canvas) write(w io.Writer) error {
	c.endPage()
	var out bytes.Buffer
	if err := c.pdf.Output(&out); err != nil {
		return fmt.Errorf("compose PDF: %w", err)
	}
	content := out.Bytes()
	tag := subsetTag(content)
	for used := range c.loaded {
		content = bytes.ReplaceAll(content, []byte("utf8"+used.family()), []byte(tag+used.name))
	}
	if _, err := w.Write(content); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// subsetTag gives the six letters and the plus sign that mark a font's name as a subset's (ISO 32000-1, 9.6.4). It is as long
// as what gofpdf puts there, so that no byte of the file moves.
func subsetTag(content []byte) string {
	sum := sha256.Sum256(content)
	tag := make([]byte, len(subsetMark))
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag) + "+"
}

// use selects a style; a face joins the document when it is first used, because each costs milliseconds.
func (c *canvas) use(wanted style) {
	if wanted == c.current {
		return
	}
	if !c.loaded[wanted.face] {
		c.loaded[wanted.face] = true
		c.pdf.AddUTF8FontFromBytes(wanted.face.family(), "", wanted.face.forDocument())
	}
	c.pdf.SetFont(wanted.face.family(), "", wanted.size)
	c.current = wanted
}

// text draws a line with its baseline at y, with extra mm in every gap that may stretch.
func (c *canvas) text(x, y float64, glyphs line, extra float64) {
	steps := make([]float64, len(glyphs)) // by how much each advance differs from the font's own
	for i, g := range glyphs {
		steps[i] = g.advance - g.natural
		if extra != 0 && glyphs.stretchable(i) {
			steps[i] += extra
		}
	}
	tied := tiedTogether(glyphs, steps)
	for start := 0; start < len(glyphs); {
		end := start + 1
		for end < len(glyphs) && tied[end] == tied[start] {
			end++
		}
		if !tied[start] {
			end = runEnd(glyphs[:end], steps, start)
		}
		carries := tied[start] || glyphs[start].aliased()
		if carries {
			c.pdf.RawWriteStr("/Span <</ActualText <FEFF" + utf16Hex(textOf(glyphs[start:end])) + ">>> BDC")
		}
		for start < end {
			next := runEnd(glyphs[:end], steps, start)
			c.run(x-glyphs[start].shift, y, glyphs[start:next], steps[start])
			for ; start < next; start++ {
				x += glyphs[start].natural + steps[start]
			}
		}
		if carries {
			c.pdf.RawWriteStr("EMC")
		}
	}
}

// wide is from which difference on, in em, readers of a PDF take a gap for a blank, or an overlap for another column.
const wide = 0.095

// tiedTogether tells which characters gaps or overlaps would tear apart for whoever copies or searches. They carry their
// text with them.
func tiedTogether(glyphs line, steps []float64) []bool {
	tied := make([]bool, len(glyphs))
	for i := range len(glyphs) - 1 {
		if math.Abs(steps[i]) > wide*glyphs[i].style.em() {
			tied[i], tied[i+1] = true, true
		}
	}
	return tied
}

// runEnd finds how far one string of the PDF reaches: one style, one spacing, no half cut away in between.
func runEnd(glyphs line, steps []float64, start int) int {
	end := start + 1
	for end < len(glyphs) && glyphs[end].style == glyphs[start].style && glyphs[end].shift == 0 &&
		glyphs[end].aliased() == glyphs[start].aliased() && math.Abs(steps[end-1]-steps[start]) < 1e-9 {
		end++
	}
	return end
}

// run draws one string of the PDF, with step mm after each character (the operator Tc, in pt). Where the page shows
// stand-ins, text has put the true characters around it.
func (c *canvas) run(x, y float64, glyphs line, step float64) {
	c.use(glyphs[0].style)
	var shown strings.Builder
	for _, g := range glyphs {
		shown.WriteRune(g.code)
	}
	if len(glyphs) > 1 && step != 0 {
		c.pdf.RawWriteStr(fmt.Sprintf("%.4f Tc", step/millimetresPerPoint))
		defer c.pdf.RawWriteStr("0 Tc")
	}
	c.pdf.Text(x, y, shown.String())
}

func utf16Hex(text string) string {
	var hex strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&hex, "%04X", unit)
	}
	return hex.String()
}

// align places a line in its width.
type align int

const (
	alignLeft align = iota
	alignCentre
	alignRight
	alignJustified
)

// line draws a line of text in a box of the given width and height, its characters centred upright.
func (c *canvas) line(x, top, width, height float64, glyphs line, how align) {
	if len(glyphs) == 0 {
		return
	}
	extra := 0.0
	switch how {
	case alignCentre:
		x += (width - widthOf(glyphs)) / 2
	case alignRight:
		x += width - widthOf(glyphs)
	case alignJustified:
		extra = spread(glyphs, width)
	}
	c.text(x, baseline(top, height, glyphs[0].style), glyphs, extra)
}

// baseline centres the em square of Han characters in a line; it reaches from 0.12 em below the baseline to 0.88 above.
func baseline(top, height float64, used style) float64 {
	const square = 0.88
	return top + (height-used.em())/2 + square*used.em()
}

// label draws one short line of text, cut with … where it is too long for width.
func (c *canvas) label(x, top, width, height float64, text string, used style, how align) {
	lines := clamp(breakLines(set(text, used), width, width), 1, width)
	if len(lines) > 0 {
		c.line(x, top, width, height, lines[0], how)
	}
}

// clamp keeps at most count lines and ends the last with … where something had to go.
func clamp(lines []line, count int, width float64) []line {
	if len(lines) <= count {
		return lines
	}
	last := append(line(nil), lines[count-1]...)
	dots := set("…", last[0].style)
	for len(last) > 1 && widthOf(last)+widthOf(dots) > width {
		last = last[:len(last)-1]
	}
	return append(lines[:count-1:count-1], append(last, dots...))
}

// rule draws a straight line of the given thickness in mm.
func (c *canvas) rule(x1, y1, x2, y2, thickness float64) {
	c.pdf.SetLineWidth(thickness)
	c.pdf.Line(x1, y1, x2, y2)
	c.pdf.SetLineWidth(hairline)
}

// box frames a rectangle.
func (c *canvas) box(x, y, width, height float64) {
	c.edge(x, y, x+width, y)
	c.edge(x, y+height, x+width, y+height)
	c.edge(x, y, x, y+height)
	c.edge(x+width, y, x+width, y+height)
}

// edge draws a line of a table once, when the page is complete: the edge between two cells belongs to both and would look
// thicker drawn twice, or be half covered by the next cell's ground.
func (c *canvas) edge(x1, y1, x2, y2 float64) {
	key := [4]int{hundredth(x1), hundredth(y1), hundredth(x2), hundredth(y2)}
	if !c.known[key] {
		c.known[key] = true
		c.edges = append(c.edges, [4]float64{x1, y1, x2, y2})
	}
}

// endPage draws the edges of the page's tables.
func (c *canvas) endPage() {
	for _, edge := range c.edges {
		c.pdf.Line(edge[0], edge[1], edge[2], edge[3])
	}
	c.edges, c.known = nil, map[[4]int]bool{}
}

// hundredth rounds mm to the places within which two edges are one.
func hundredth(mm float64) int { return int(math.Round(mm * 100)) }

// ground fills a rectangle with pale grey, inside its edges.
func (c *canvas) ground(x, y, width, height float64) {
	c.pdf.SetFillColor(paleGrey, paleGrey, paleGrey)
	c.pdf.Rect(x+hairline/2, y+hairline/2, width-hairline, height-hairline, "F")
	c.pdf.SetFillColor(0, 0, 0)
}

// stampPlace marks where a stamp goes, faintly: the stamp is larger and covers it.
func (c *canvas) stampPlace(x, y, radius float64) {
	used := style{serif, 9}
	c.pdf.SetDrawColor(faintGrey, faintGrey, faintGrey)
	c.pdf.SetTextColor(faintGrey, faintGrey, faintGrey)
	c.pdf.SetDashPattern([]float64{1.2, 1.2}, 0)
	c.pdf.Circle(x, y, radius, "D")
	c.pdf.SetDashPattern(nil, 0)
	c.label(x-radius, y-3, 2*radius, 6, "盖章处", used, alignCentre)
	c.pdf.SetTextColor(0, 0, 0)
	c.pdf.SetDrawColor(0, 0, 0)
}
