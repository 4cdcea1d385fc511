package letter

import (
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
	c.pdf.AddPage()
	c.pdf.SetLineWidth(hairline)
	c.current = style{}
}

// write ends the document.
func (c *canvas) write(w io.Writer) error {
	if err := c.pdf.Output(w); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// use selects a style; a face joins the document when it is first used, because each costs milliseconds.
func (c *canvas) use(wanted style) {
	if wanted == c.current {
		return
	}
	if !c.loaded[wanted.face] {
		c.loaded[wanted.face] = true
		c.pdf.AddUTF8FontFromBytes(wanted.face.name, "", wanted.face.forDocument())
	}
	c.pdf.SetFont(wanted.face.name, "", wanted.size)
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
	for start := 0; start < len(glyphs); {
		end := runEnd(glyphs, steps, start)
		c.run(x-glyphs[start].shift, y, glyphs[start:end], steps[start])
		for i := start; i < end; i++ {
			x += glyphs[i].natural + steps[i]
		}
		start = end
	}
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

// run draws one string of the PDF, with step mm after each character (the operator Tc, in pt).
// Where the page shows stand-ins, ActualText carries the true characters to whoever copies or searches.
func (c *canvas) run(x, y float64, glyphs line, step float64) {
	c.use(glyphs[0].style)
	var shown strings.Builder
	for _, g := range glyphs {
		shown.WriteRune(g.code)
	}
	if glyphs[0].aliased() {
		c.pdf.RawWriteStr("/Span <</ActualText <FEFF" + utf16Hex(textOf(glyphs)) + ">>> BDC")
		defer c.pdf.RawWriteStr("EMC")
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

// box frames a rectangle, on a pale ground where filled.
func (c *canvas) box(x, y, width, height float64, filled bool) {
	if filled {
		c.pdf.SetFillColor(paleGrey, paleGrey, paleGrey)
		c.pdf.Rect(x, y, width, height, "F")
		c.pdf.SetFillColor(0, 0, 0)
	}
	// Four lines, because a rectangle's far edges are rounded apart from its neighbour's near ones and look thicker.
	for _, edge := range [][4]float64{
		{x, y, x + width, y}, {x, y + height, x + width, y + height},
		{x, y, x, y + height}, {x + width, y, x + width, y + height},
	} {
		c.pdf.Line(edge[0], edge[1], edge[2], edge[3])
	}
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
