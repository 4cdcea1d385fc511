package letter

import (
	"fmt"
	"io"
	"strconv"

	"peixun/data"
)

// The papers' styles: serif (宋体) for text, sans (黑体) for titles and the headings of tables. GB/T 9704-2012 sets text in
// 三号, 16 pt, 28 characters to a line; the letter's is 小四, 12 pt, because its tables must stand on the same page.
var (
	titleStyle  = style{sansBold, 22} // 二号, as in GB/T 9704
	bodyStyle   = style{serif, 12}
	nameStyle   = style{serifBold, 12}
	labelStyle  = style{sansBold, 9.5}
	valueStyle  = style{serif, 10}
	strongStyle = style{serifBold, 10.5}
	noteStyle   = style{serif, 10}
	footerStyle = style{serif, 9}
	amountStyle = style{serifBold, 12}
	payeeStyle  = style{serifBold, 11}

	listTitleStyle = style{sansBold, 16} // 三号
)

// spacing is how far apart a letter's lines stand, in mm.
type spacing struct {
	lead    float64 // from line to line of running text
	row     float64 // a table row's least height
	leading float64 // above and below the text of a row together
}

// spacings are tried from the roomiest, so that a letter fits on one page where it can: GB/T 9704 asks that spacing
// be adjusted before a signature moves to a page of its own. A letter of several pages takes the middle one.
var (
	roomy    = spacing{lead: 7.4, row: 7.5, leading: 2.4}
	middling = spacing{lead: 6.9, row: 6.9, leading: 1.8}
	snug     = spacing{lead: 6.5, row: 6.5, leading: 1.4}
	tight    = spacing{lead: 6.0, row: 5.9, leading: 0.8}
)

// Confirmation writes the 《确认书》 as a PDF in A4 and tells how many pages it has. It is the unit's own letter, to be
// stamped and mailed (manual, section 四.4). What the fonts lack is printed as □: ask Missing before.
func Confirmation(w io.Writer, content data.LetterContent) (pages int, err error) {
	return Confirmations(w, []data.LetterContent{content})
}

// Confirmations writes many letters into one PDF, each with its own page numbers; reading the fonts for a document
// costs far more than a letter. It tells how many pages there are in all, and fails on an empty list.
func Confirmations(w io.Writer, contents []data.LetterContent) (pages int, err error) {
	if len(contents) == 0 {
		return 0, errNothing("confirmation letter")
	}
	title := "确认书"
	if len(contents) == 1 {
		title += " " + contents[0].Number
	}
	c := newCanvas(a4, title, contents[0].Date.Time())
	for _, content := range contents {
		count, err := drawConfirmation(c, content)
		if err != nil {
			return 0, fmt.Errorf("confirmation letter %q: %w", content.Number, err)
		}
		pages += count
	}
	if err := c.write(w); err != nil {
		return 0, fmt.Errorf("confirmation letter: %w", err)
	}
	return pages, nil
}

// drawConfirmation adds one letter's pages to a document.
func drawConfirmation(c *canvas, content data.LetterContent) (pages int, err error) {
	hash := Hash(content)
	code, err := newQRCode(Code(content))
	if err != nil {
		return 0, err
	}
	placed := layOut(content, officialFrame)
	head := func(number, _ int) {
		if number == 1 {
			drawNumber(c, content.Number, code)
			return
		}
		drawHead(c, officialFrame, "确认书 "+content.Number, content.Unit)
	}
	drawPages(c, placed, head, func(number, total int) {
		drawFooter(c, officialFrame, "确认书 "+content.Number, "校验码 "+groupFours(shortHash(hash)), number, total)
	})
	return len(placed), nil
}

// layOut shares the letter out over pages in the spacing that suits it.
func layOut(content data.LetterContent, area frame) [][]placed {
	blocks, fits := fitting(area, func(space spacing) []block { return confirmationBlocks(content, space, area) })
	if !fits {
		blocks = confirmationBlocks(content, middling, area)
	}
	if len(content.Listed) > 0 {
		blocks = append(blocks, peopleBlocks(content, area)...)
	}
	return paginate(blocks, area)
}

// fitting composes a paper in the roomiest spacing in which it is one page, else in the tightest.
func fitting(area frame, compose func(spacing) []block) (blocks []block, fits bool) {
	for _, space := range []spacing{roomy, middling, snug, tight} {
		if blocks = compose(space); len(paginate(blocks, area)) == 1 {
			return blocks, true
		}
	}
	return blocks, false
}

// drawNumber puts the number and the code above the text area of the first page.
func drawNumber(c *canvas, number string, code qrCode) {
	const (
		size = 18.0 // mm
		top  = 14.0 // mm
		high = 6.0  // mm
	)
	area := officialFrame
	code.draw(c, area.left+area.width-size, top, size)
	c.label(area.left, top+size-high, area.width-size-5, high, "编号："+number, valueStyle, alignLeft)
}

// drawFooter puts a paper's name, its page number and a note below the text area.
func drawFooter(c *canvas, area frame, name, note string, number, total int) {
	const below, high = 6.0, 5.0 // mm
	top := area.bottom() + below
	c.rule(area.left, top-1, area.left+area.width, top-1, hairline)
	third := area.width / 3
	c.label(area.left, top, third, high, name, footerStyle, alignLeft)
	c.label(area.left+third, top, third, high, fmt.Sprintf("第 %d 页　共 %d 页", number, total), footerStyle, alignCentre)
	c.label(area.left+2*third, top, third, high, note, footerStyle, alignRight)
}

// confirmationBlocks composes the letter from top to bottom.
func confirmationBlocks(content data.LetterContent, space spacing, area frame) []block {
	text := Wording(content, content.Text)
	running := paragraph{style: bodyStyle, lead: space.lead, indent: 2, how: alignJustified, keep: true}
	declaration := running
	declaration.before = 2.5
	blocks := titleBlocks(text.Title, area)
	if name := addressee(content.Mailing); name != "" {
		blocks = append(blocks, paragraph{style: nameStyle, lead: space.lead, keep: true}.blocks(name+"：", area)...)
	}
	blocks = append(blocks, running.blocks(text.Opening, area)...)
	tables := contentTables(content, space, area)
	tables[0].before = 2
	blocks = append(blocks, tables...)
	blocks = append(blocks, declaration.blocks(text.Declaration, area)...)
	blocks = append(blocks, running.blocks(text.Closing, area)...)
	if note := appendix(content); note != "" {
		blocks = append(blocks, running.blocks(note, area)...)
	}
	blocks = append(blocks, signatures(content, area))
	mailing := paragraph{style: noteStyle, lead: 5.4, before: 2}
	return append(blocks, mailing.blocks(mailingLine(content.Mailing), area)...)
}

// peopleBlocks lists whom the letter is for, on pages of their own.
func peopleBlocks(content data.LetterContent, area frame) []block {
	people := newList(area,
		column{"序号", 11, alignCentre}, column{"姓名", nameWidth, alignLeft}, column{"身份证号码", 38, alignCentre},
		column{"人员类别", 25, alignCentre}, column{"组织机构", 42.5, alignLeft})
	var rows []block
	for i, person := range content.Listed {
		rows = append(rows, people.entry(nil, strconv.Itoa(i+1), person.Name, person.IDNumber, person.Category, person.Organization)...)
	}
	blocks := listTitle(area, listName, content.Unit, fmt.Sprintf("共 %d 人", len(content.Listed)))
	blocks[0].newPage = true
	return append(blocks, under(people.heading(), rows)...)
}

// listName is what a letter calls its list of people.
const listName = "参训人员名单"

// appendix names the list below the letter's text, as GB/T 9704 has it.
func appendix(content data.LetterContent) string {
	if len(content.Listed) == 0 {
		return ""
	}
	return fmt.Sprintf("附件：%s（%d 人）", listName, len(content.Listed))
}

// titleBlocks sets the title, a short one spaced out, above a double rule.
func titleBlocks(title string, area frame) []block {
	const lead = 13.0 // mm
	var blocks []block
	if glyphs := set(title, titleStyle); len(glyphs) >= 2 && len(glyphs) <= 4 {
		extra := titleStyle.em()
		blocks = append(blocks, block{height: lead, keep: true, draw: func(c *canvas, top float64) {
			width := widthOf(glyphs) + extra*float64(len(glyphs)-1)
			c.text(area.left+(area.width-width)/2, baseline(top, lead, titleStyle), glyphs, extra)
		}})
	} else {
		blocks = paragraph{style: titleStyle, lead: lead, how: alignCentre, keep: true}.blocks(title, area)
	}
	return append(blocks, block{height: 5, keep: true, draw: func(c *canvas, top float64) {
		c.rule(area.left, top+0.5, area.left+area.width, top+0.5, strong)
		c.rule(area.left, top+1.5, area.left+area.width, top+1.5, hairline)
	}})
}
