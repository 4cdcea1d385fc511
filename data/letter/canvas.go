package letter

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
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

// canvas draws on a PDF's pages in mm from the top left. It is the only code that knows gofpdf, which cuts the fonts, draws
// lines and writes the file; text goes onto the page in PDF's own operators, because gofpdf cannot place single characters.
type canvas struct {
	pdf     *gofpdf.Fpdf
	height  float64 // mm
	grey    float64 // of text, 0 is black
	current style
	used    map[*face]map[rune]bool // the codes drawn of each face
	edges   [][4]float64            // of the page's tables, in mm
	known   map[[4]int]bool         // the same in hundredths
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
	pdf.SetCompression(false) // finish does it
	pdf.SetTitle(withinBMP(title), true)
	pdf.SetCreator(creator, true)
	pdf.SetProducer(creator, true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetLineCapStyle("square")
	return &canvas{pdf: pdf, height: sheet.height, used: map[*face]map[rune]bool{}}
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
	c.registerCodes()
	var out bytes.Buffer
	if err := c.pdf.Output(&out); err != nil {
		return fmt.Errorf("compose PDF: %w", err)
	}
	content, err := finish(out.Bytes(), c.used)
	if err != nil {
		return err
	}
	if _, err := w.Write(content); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// registerCodes tells gofpdf which characters the fonts need. It learns that from text that it draws; finish takes the
// drawing away again.
func (c *canvas) registerCodes() {
	c.pdf.RawWriteStr(scratchStart)
	for _, face := range facesOf(c.used) {
		c.pdf.SetFont(face.family(), "", 1)
		c.pdf.Text(0, 0, string(slices.Sorted(maps.Keys(c.used[face]))))
	}
	c.pdf.RawWriteStr(scratchEnd)
}

// facesOf lists the faces of a document in a fixed order.
func facesOf(used map[*face]map[rune]bool) []*face {
	return slices.SortedFunc(maps.Keys(used), func(a, b *face) int { return strings.Compare(a.name, b.name) })
}

// use selects a style; a face joins the document when it is first used, because each costs milliseconds.
func (c *canvas) use(wanted style) {
	if wanted == c.current {
		return
	}
	if c.used[wanted.face] == nil {
		c.used[wanted.face] = map[rune]bool{}
		c.pdf.AddUTF8FontFromBytes(wanted.face.family(), "", wanted.face.forDocument())
	}
	c.pdf.SetFont(wanted.face.family(), "", wanted.size)
	c.current = wanted
}

// text draws a line with its baseline at y, with extra mm in every gap that may stretch.
func (c *canvas) text(x, y float64, glyphs line, extra float64) {
	gaps := make([]float64, len(glyphs)) // mm before each character, beyond where the font itself would put it
	origins := make([]float64, len(glyphs))
	end := 0.0
	for i, g := range glyphs {
		origins[i] = x - g.shift
		if i > 0 {
			gaps[i] = origins[i] - end
		}
		end = origins[i] + g.natural
		x += g.advance
		if extra != 0 && glyphs.stretchable(i) {
			x += extra
		}
	}
	for start := 0; start < len(glyphs); {
		end := pieceEnd(glyphs, start)
		c.piece(origins[start], y, glyphs[start:end], gaps[start:end])
		start = end
	}
}

// pieceEnd finds how far one string of the PDF reaches.
func pieceEnd(glyphs line, start int) int {
	end := start + 1
	for end < len(glyphs) && samePiece(glyphs[start], glyphs[end]) {
		end++
	}
	return end
}

// samePiece tells whether two characters may stand in one string of the PDF: they have one style, and readers learn of both
// in the same way. Some readers take no character beyond the BMP from a text that is carried along, so these stand apart.
func samePiece(a, b glyph) bool {
	return a.style == b.style && a.aliased() == b.aliased() && (a.char > 0xFFFF) == (b.char > 0xFFFF)
}

// wide is from which difference on, in em, readers of a PDF take a gap for a blank, or an overlap for another column.
const wide = 0.095

// piece draws one string of the PDF, each character after its gap. Where gaps or overlaps would tear it apart for whoever
// copies or searches, or the page shows stand-ins, it carries its text with it.
func (c *canvas) piece(x, y float64, glyphs line, gaps []float64) {
	c.use(glyphs[0].style)
	em := glyphs[0].style.em()
	carries := glyphs[0].aliased()
	var shown strings.Builder
	for i, g := range glyphs {
		c.used[g.style.face][g.code] = true
		switch {
		case i == 0:
			shown.WriteString("<")
		case math.Abs(gaps[i]) > slack:
			fmt.Fprintf(&shown, ">%.1f<", -gaps[i]/em*unitsPerEm)
			carries = carries || math.Abs(gaps[i]) > wide*em
		}
		fmt.Fprintf(&shown, "%04X", g.code)
	}
	operators := fmt.Sprintf("BT %.3f %.3f Td [%s>] TJ ET", x/millimetresPerPoint, (c.height-y)/millimetresPerPoint, shown.String())
	if c.grey > 0 {
		operators = fmt.Sprintf("q %.3f g %s Q", c.grey, operators)
	}
	if carries {
		operators = "/Span <</ActualText <FEFF" + utf16Hex(textOf(glyphs)) + ">>> BDC " + operators + " EMC"
	}
	c.pdf.RawWriteStr(operators)
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
	c.grey = faintGrey / 255.0
	c.pdf.SetDashPattern([]float64{1.2, 1.2}, 0)
	c.pdf.Circle(x, y, radius, "D")
	c.pdf.SetDashPattern(nil, 0)
	c.label(x-radius, y-3, 2*radius, 6, "盖章处", used, alignCentre)
	c.grey = 0
	c.pdf.SetDrawColor(0, 0, 0)
}
