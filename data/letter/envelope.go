package letter

import (
	"fmt"
	"io"

	"peixun/data"
)

// envelope is an envelope's size and where its two sides stand, in mm. Chinese envelopes (GB/T 1416) have printed boxes for
// the postcode in the upper left and the stamp in the upper right, so the recipient stands in the middle and the sender below.
type envelope struct {
	paper
	left, top, width float64 // the recipient's block
	size             float64 // pt of the recipient's name
	senderTop        float64
}

var envelopes = map[data.LabelSize]envelope{
	data.LabelEnvelopeDL: {paper{220, 110}, 42, 30, 150, 22, 78},
	data.LabelEnvelopeC5: {paper{229, 162}, 42, 48, 160, 28, 122},
}

// Measures of a sheet of eight labels in mm, 99.1 × 67.7 each, as sold for A4.
var (
	labelPlace  = paper{99.1, 67.7}
	labelOrigin = struct{ left, top, step float64 }{4.65, 13.1, 101.6}
)

const (
	labelsWide  = 2
	labelsHigh  = 4
	labelBorder = 6.0
)

// MailingLabel writes the mailing label of a letter in the size that is asked for, and tells how many pages there are.
func MailingLabel(w io.Writer, request data.LabelRequest, to data.MailingAddress, from data.Profile) (pages int, err error) {
	if size, ok := envelopes[request.Size]; ok {
		c := newCanvas(size.paper, "信封", undated)
		c.page()
		drawEnvelope(c, size, to, from)
		return c.finish(w, "envelope", 1)
	}
	switch request.Size {
	case data.LabelSheet:
		return labelSheet(w, request, to, from)
	case "", data.LabelHalfSheet:
		return 1, Label(w, to, from)
	}
	return 0, fmt.Errorf("mailing label: unknown size %q", request.Size)
}

func drawEnvelope(c *canvas, size envelope, to data.MailingAddress, from data.Profile) {
	drawParts(c, size.left, size.top, size.width, []part{
		{"", to.Address, style{serif, size.size * 0.7}, size.size * 0.42, 2},
		{"", to.Recipient, style{serifBold, size.size}, size.size * 0.6, 1},
		{"", titled("电话：", to.Telephone), style{serif, size.size * 0.6}, size.size * 0.4, 1},
	})
	const sender, lead = 11.0, 5.2 // pt, mm
	left := size.paper.width / 2
	width := size.paper.width - left - 12
	drawParts(c, left, size.senderTop, width, []part{
		{"", from.Address, style{serif, sender}, lead, 2},
		{"", listed(from.Unit, from.Department), style{serif, sender}, lead, 2},
		{"", listed(from.Name, telephoneOf(from), titled("邮编：", from.Postcode)), style{serif, sender}, lead, 1},
	})
}

// labelSheet fills places of a sheet of labels with the same label, after those that are used up.
func labelSheet(w io.Writer, request data.LabelRequest, to data.MailingAddress, from data.Profile) (pages int, err error) {
	const perSheet = labelsWide * labelsHigh
	skip := min(max(request.Skip, 0), perSheet-1)
	c := newCanvas(a4, "邮寄标签", undated)
	for i := range max(request.Count, 1) {
		place := (skip + i) % perSheet
		if i == 0 || place == 0 {
			c.page()
			pages++
		}
		drawSmallLabel(c, labelOrigin.left+float64(place%labelsWide)*labelOrigin.step, labelOrigin.top+float64(place/labelsWide)*labelPlace.height, to, from)
	}
	return c.finish(w, "mailing labels", pages)
}

func drawSmallLabel(c *canvas, x, y float64, to data.MailingAddress, from data.Profile) {
	left, width := x+labelBorder, labelPlace.width-2*labelBorder
	drawParts(c, left, y+labelBorder, width, []part{
		{"", to.Address, style{serif, 13}, 7, 2},
		{"", to.Recipient, style{serifBold, 18}, 10, 1},
		{"", titled("电话：", to.Telephone), style{serif, 12}, 7, 1},
	})
	bottom := y + labelPlace.height - labelBorder
	c.rule(left, bottom-21.5, left+width, bottom-21.5, hairline)
	drawParts(c, left, bottom-20, width, []part{
		{"", titled("寄：", listed(from.Unit, from.Department, from.Name)), style{serif, 9}, 4.2, 2},
		{"", from.Address, style{serif, 9}, 4.2, 2},
		{"", listed(telephoneOf(from), titled("邮编：", from.Postcode)), style{serif, 9}, 4.2, 1},
	})
}
