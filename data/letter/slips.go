package letter

import (
	"io"

	"peixun/data"
)

// Measures of the slips' page in mm: eight to a page, cut along lines that cross the whole sheet.
const (
	slipsWide   = 2
	slipsHigh   = 4
	slipInset   = 9.0
	slipTag     = 20.0
	slipLead    = 6.0
	slipWrap    = 4.6
	slipCaption = 4.0
	slipNames   = 4 // lines for the unit's name and the organisation's together
)

// slipAdvice tells a trainee what to do with the slip.
const slipAdvice = "请立即登录并修改密码，不要告诉他人；改好密码后撕毁本条。"

// PasswordSlips writes a slip for every trainee whose password was reset, eight to an A4 page with lines to cut along, and
// tells how many pages there are. It fails on an empty list. The password is the platform's own default (manual, section 二).
func PasswordSlips(w io.Writer, unit string, slips []data.PasswordSlip) (pages int, err error) {
	if len(slips) == 0 {
		return 0, errNothing("password slips")
	}
	c := newCanvas(a4, "密码领取条", undated)
	width, height := a4.width/slipsWide, a4.height/slipsHigh
	for i, slip := range slips {
		place := i % (slipsWide * slipsHigh)
		if place == 0 {
			c.page()
			c.cutLines()
			pages++
		}
		drawSlip(c, float64(place%slipsWide)*width, float64(place/slipsWide)*height, width, unit, slip)
	}
	return c.finish(w, "password slips", pages)
}

// cutLines divides the page into slips.
func (c *canvas) cutLines() {
	c.pdf.SetDashPattern([]float64{2, 2}, 0)
	for i := 1; i < slipsWide; i++ {
		x := a4.width * float64(i) / slipsWide
		c.rule(x, 0, x, a4.height, hairline)
	}
	for i := 1; i < slipsHigh; i++ {
		y := a4.height * float64(i) / slipsHigh
		c.rule(0, y, a4.width, y, hairline)
	}
	c.pdf.SetDashPattern(nil, 0)
}

func drawSlip(c *canvas, x, top, width float64, unit string, slip data.PasswordSlip) {
	left, inner := x+slipInset, width-2*slipInset
	y := top + slipInset - 2
	c.label(left, y, inner, slipLead, "公共知识培训 登录密码领取条", style{sansBold, 11}, alignCentre)
	y += slipLead + 1
	text := style{serif, 10.5}
	unitLines := max(1, len(shrunk(unit, text, inner-slipTag, slipNames/2)))
	for _, part := range []struct {
		tag, said string
		used      style
		lines     int
	}{
		{"姓　　名", slip.Name, style{serifBold, 12}, 1},
		{"用 户 名", slip.UserName, text, 1},
		{"证件号码", slip.MaskedID, text, 1},
		{"单　　位", unit, text, unitLines},
		{"组织机构", slip.Organization, text, slipNames - unitLines},
		{"初始密码", data.DefaultPassword, style{sansBold, 13}, 1},
	} {
		c.label(left, y, slipTag, slipLead, part.tag, labelStyle, alignLeft)
		lines := shrunk(part.said, part.used, inner-slipTag, part.lines)
		for i, glyphs := range lines {
			c.line(left+slipTag, y+float64(i)*slipWrap, inner-slipTag, slipLead, glyphs, alignLeft)
		}
		y += slipLead + float64(max(0, len(lines)-1))*slipWrap
	}
	c.rule(left, y+0.6, left+inner, y+0.6, hairline)
	y += 1.8
	for _, text := range []string{slipAdvice, "登录网址：" + data.OfficialSite + " → " + data.OfficialPath} {
		for _, glyphs := range breakLines(set(text, style{serif, 8}), inner, inner) {
			c.line(left, y, inner, slipCaption, glyphs, alignLeft)
			y += slipCaption - 0.8
		}
	}
}
