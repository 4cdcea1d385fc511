package letter

import (
	"strings"

	"peixun/data"
)

// Measures of the signature block in mm. The stamp's place is a hint: a unit's real seal is 42 mm across.
const (
	signMargin  = 3.0
	signLead    = 5.6
	signField   = 6.6
	signLabel   = 21.4
	signValue   = 25.0
	stampRadius = 12.5
)

// signature is one side of the block: who signs, in which fields, on which day.
type signature struct {
	heading string
	name    string
	fields  [][2]string // label and value; an empty value leaves a line to write on
	date    string
}

// signatures is the block that both sides stamp. It is one block, and what stands before it keeps with it.
func signatures(content data.LetterContent, area frame) block {
	sides := []signature{
		{
			heading: "缴费单位（盖章）", name: content.Unit,
			fields: [][2]string{{"单位负责人：", ""}, {"经 办 人：", content.Contact}, {"联系电话：", content.Telephone}},
			date:   day(content.Date),
		},
		{
			heading: "接收单位（盖章）", name: addressee(content.Mailing),
			fields: [][2]string{{"经 办 人：", ""}, {"联系电话：", ""}},
			date:   "　　　　年　　月　　日",
		},
	}
	return stamped(sides, area, 42)
}

// stamped is a block for both sides to sign and stamp, at least so many mm high.
func stamped(sides []signature, area frame, least float64) block {
	width := area.width / float64(len(sides))
	height := least
	for _, side := range sides {
		height = max(height, side.height(width))
	}
	return block{height: height, before: 2, keep: true, draw: func(c *canvas, top float64) {
		for i, side := range sides {
			side.draw(c, area.left+float64(i)*width, top, width, height)
		}
	}}
}

// nameLines breaks the signer's name; an absurd one is cut, since the table above has it in full.
func (s signature) nameLines(width float64) []line {
	inner := width - 2*signMargin
	return clamp(breakLines(set(s.name, valueStyle), inner, inner), 4, inner)
}

// valueLines breaks a field's value beside the stamp's place.
func valueLines(text string) []line {
	return clamp(breakLines(set(text, valueStyle), signValue, signValue), 5, signValue)
}

// height is what the side needs in mm.
func (s signature) height(width float64) float64 {
	height := 2*signMargin + 7 + float64(len(s.nameLines(width)))*signLead + signField
	for _, field := range s.fields {
		height += fieldHeight(valueLines(field[1]))
	}
	return height
}

func fieldHeight(lines []line) float64 {
	return signField + float64(max(0, len(lines)-1))*signLead
}

func (s signature) draw(c *canvas, x, top, width, height float64) {
	c.box(x, top, width, height)
	c.stampPlace(x+width-signMargin-stampRadius+1, top+height-signMargin-stampRadius, stampRadius)
	left := x + signMargin
	c.label(left, top+1.5, width-2*signMargin, 6, s.heading, labelStyle, alignLeft)
	y := top + 8
	for _, glyphs := range s.nameLines(width) {
		c.line(left, y, width-2*signMargin, signLead, glyphs, alignLeft)
		y += signLead
	}
	for _, field := range s.fields {
		lines := valueLines(field[1])
		high := fieldHeight(lines)
		c.label(left, y, signLabel, signField, field[0], valueStyle, alignLeft)
		for i, glyphs := range lines {
			c.line(left+signLabel, y+float64(i)*signLead, signValue, signField, glyphs, alignLeft)
		}
		c.rule(left+signLabel, y+high-0.8, left+signLabel+signValue, y+high-0.8, hairline)
		y += high
	}
	c.label(left, top+height-signMargin-6, width-2*signMargin, 6, s.date, valueStyle, alignRight)
}

// addressee is the recipient as one addresses it in a letter: without the （收） of an envelope.
func addressee(to data.MailingAddress) string {
	name := strings.TrimSpace(to.Recipient)
	for _, mark := range []string{"（收）", "(收)"} {
		name = strings.TrimSuffix(name, mark)
	}
	return name
}

// mailingLine tells where the stamped letter goes. Nobody gives a postcode, so there is none.
func mailingLine(to data.MailingAddress) string {
	return titled("本确认书加盖公章后请邮寄至：", listed(to.Address, to.Recipient, titled("电话：", to.Telephone)))
}
