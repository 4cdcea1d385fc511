package letter

import (
	"fmt"
	"io"

	"peixun/data"
)

// Checklist writes the 填报清单 in A4: what to enter on the platform, with a box to tick before every item.
func Checklist(w io.Writer, list data.Checklist) (pages int, err error) {
	_, number := checklistOf(list)
	c := newCanvas(a4, titled("填报清单 ", number), list.At.Time())
	pages = c.sheet(listFrame, checklistBlocks(list), furniture{name: "填报清单" + titled(" ", number), unit: list.Unit, note: titled("制表 ", moment(list.At))})
	return c.finish(w, "checklist", pages)
}

// checklistOf names what the list belongs to: a 报盘包, or one order.
func checklistOf(list data.Checklist) (name, number string) {
	if list.Order != "" {
		return "缴费订单", list.Order
	}
	return "报盘编号", list.Number
}

func checklistBlocks(list data.Checklist) []block {
	area := listFrame
	items := 0
	for _, section := range list.Sections {
		items += len(section.Items)
	}
	blocks := listTitle(area, "填报清单", titled("单位：", list.Unit), fmt.Sprintf("共 %d 项", items))
	name, number := checklistOf(list)
	form := newTable(area, listSpacing, 24, 61, 24, 61)
	blocks = append(blocks, joined(
		pair(form, "培训计划", list.PlanName, valueStyle),
		pairs(form, "计划编号", list.PlanNumber, name, number))...)
	note := paragraph{style: noteStyle, lead: listSpacing.lead, before: 2, how: alignJustified, keep: true}
	blocks = append(blocks, note.blocks("请登录平台后逐项录入，录好一项，在左边的方框里打勾。登录网址："+data.OfficialSite, area)...)
	for _, section := range list.Sections {
		blocks = append(blocks, sectionBlocks(section, area)...)
	}
	blocks[len(blocks)-1].keep = true
	return joined(blocks, signRows(area, 5, []string{"制表人：" + list.PreparedBy, "录入人：", "复核人："}), missingNote(area, MissingFrom(list)))
}

// sectionBlocks sets one section under its heading, which pages repeat.
func sectionBlocks(section data.ChecklistSection, area frame) []block {
	const tick, name = 12.0, 44.0 // mm
	rows := newTable(area, listSpacing, tick, name, area.width-tick-name)
	heading := rows.row(
		cell{text: section.Title, style: labelStyle, span: 2, fill: true},
		cell{text: section.Note, style: valueStyle, fill: true})[0]
	heading.before = 4
	var blocks []block
	for _, item := range section.Items {
		blocks = append(blocks, ticked(rows.row(cell{style: valueStyle}, cell{text: item.Name, style: valueStyle}, cell{text: item.Value, style: strongStyle}), area)...)
	}
	return under(heading, blocks)
}

// ticked draws a box to tick into the first cell of a row.
func ticked(row []block, area frame) []block {
	const size, left = 3.4, 4.3 // mm
	first := row[0]
	row[0].draw = func(c *canvas, top float64) {
		first.draw(c, top)
		c.box(area.left+left, top+(first.height-size)/2, size, size)
	}
	return row
}
