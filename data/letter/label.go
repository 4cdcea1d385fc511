package letter

import (
	"fmt"
	"io"

	"peixun/data"
)

// The label's measures in mm. It is half an A4 sheet, to be cut and pasted on an envelope of any size.
const (
	labelMargin = 12.0
	labelInset  = 8.0
	labelTag    = 22.0
)

// part is a line of a label: what it is, the text, how large, and how many lines it may take.
type part struct {
	tag   string
	text  string
	style style
	lead  float64 // mm
	lines int
}

// Label writes a mailing label as a PDF in A5, landscape: to whom in large type, from whom at its foot. Parts that are
// empty are left out; nobody gives the recipient's postcode, so there is no place for one.
func Label(w io.Writer, to data.MailingAddress, from data.Profile) error {
	c := newCanvas(a5Landscape, "邮寄标签", undated)
	c.page()
	width := a5Landscape.width - 2*labelMargin
	c.cutMarks(labelMargin, labelMargin, width, a5Landscape.height-2*labelMargin)
	left, inner := labelMargin+labelInset, width-2*labelInset
	drawParts(c, left, labelMargin+9, inner, []part{
		{"地　址", to.Address, style{serif, 22}, 12, 2},
		{"收件人", to.Recipient, style{serifBold, 34}, 20, 1},
		{"电　话", to.Telephone, style{serif, 22}, 14, 1},
	})
	const senderTop = 84.0 // mm
	c.rule(left, senderTop, left+inner, senderTop, hairline)
	drawParts(c, left, senderTop+4, inner, []part{
		{"寄件人", listed(from.Unit, from.Department, from.Name), style{serif, 14}, 8.4, 2},
		{"地　址", from.Address, style{serif, 14}, 8.4, 2},
		{"电　话", listed(telephoneOf(from), titled("邮编：", from.Postcode)), style{serif, 14}, 8.4, 1},
	})
	if err := c.write(w); err != nil {
		return fmt.Errorf("mailing label: %w", err)
	}
	return nil
}

// telephoneOf is where a sender is called: the landline, else the mobile.
func telephoneOf(from data.Profile) string {
	if from.Phone == "" {
		return from.Mobile
	}
	return from.Phone
}

// drawParts sets parts below each other, each with its tag where it has one.
func drawParts(c *canvas, x, y, width float64, parts []part) {
	for _, p := range parts {
		if p.text == "" {
			continue
		}
		indent := 0.0
		if p.tag != "" {
			indent = labelTag
			c.label(x, y, labelTag, p.lead, p.tag, style{sansBold, 11}, alignLeft)
		}
		for _, glyphs := range shrunk(p.text, p.style, width-indent, p.lines) {
			c.line(x+indent, y, width-indent, p.lead, glyphs, alignLeft)
			y += p.lead
		}
	}
}

// shrunk breaks text into at most count lines, in smaller type where it must, down to half; beyond, it is cut with ….
func shrunk(text string, wanted style, width float64, count int) []line {
	const least, step = 0.5, 0.05
	for scale := 1.0; ; scale -= step {
		lines := breakLines(set(text, style{wanted.face, wanted.size * scale}), width, width)
		if len(lines) <= count || scale <= least+step/2 {
			return clamp(lines, count, width)
		}
	}
}

// cutMarks draws a dashed frame to cut along.
func (c *canvas) cutMarks(x, y, width, height float64) {
	c.pdf.SetDashPattern([]float64{2, 2}, 0)
	c.pdf.Rect(x, y, width, height, "D")
	c.pdf.SetDashPattern(nil, 0)
}
