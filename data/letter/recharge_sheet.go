package letter

import (
	"fmt"
	"io"
	"strconv"

	"peixun/data"
)

// RechargeSheet writes the 充值确认表 in A4: who was credited how much from one batch, to be signed. Each page but an only
// one ends with its own sum, by which people check long lists; the last gives the total in figures and in capitals.
func RechargeSheet(w io.Writer, s data.RechargeSheet) (pages int, err error) {
	c := newCanvas(a4, "充值确认表 "+s.BatchNumber, s.At.Time())
	blocks := summed(listFrame, func(pageSums bool) []block { return rechargeBlocks(s, pageSums) })
	pages = c.sheet(listFrame, blocks, furniture{name: titled("充值确认表 ", s.BatchNumber), unit: s.Unit, note: titled("制表 ", moment(s.At))})
	return c.finish(w, "recharge sheet", pages)
}

func rechargeBlocks(s data.RechargeSheet, pageSums bool) []block {
	area := listFrame
	form := newTable(area, listSpacing, 24, 61, 24, 61)
	blocks := listTitle(area, "学习卡充值确认表", titled("单位：", s.Unit), "")
	blocks = append(blocks, joined(
		pair(form, "培训计划", s.PlanName, valueStyle),
		pairs(form, "计划编号", s.PlanNumber, "学习卡批次", s.BatchNumber),
		pairs(form, "缴费订单", s.OrderNumber, "充值时间", string(s.ChargedAt)),
		pairs(form, "充值人数", strconv.Itoa(len(s.Rows))+" 人", "充值合计", "¥"+s.Total.String()))...)
	people := newList(area,
		column{"序号", 11, alignCentre}, column{"姓名", nameWidth, alignLeft}, column{"身份证号码", 38, alignCentre},
		column{"组织机构", 38.5, alignLeft}, column{"金额（元）", 23, alignRight}, column{"签字", 20, alignLeft})
	var rows []block
	for _, row := range s.Rows {
		rows = append(rows, people.entry([]data.Money{row.Amount}, strconv.Itoa(row.Number), row.Name, row.IDNumber, row.Organization, row.Amount.String(), "")...)
	}
	if pageSums {
		closed(rows, people.pageSum("本页小计　%d 人", 1))
	}
	rows = under(people.heading(), rows)
	rows[0].before = 3
	blocks = append(blocks, keepNext(rows)...)
	total := people.row(people.sumRow(fmt.Sprintf("合计　%d 人", len(s.Rows)), []data.Money{s.Total}, 1)...)
	capitals := people.row(
		cell{text: "合计（大写）", style: labelStyle, how: alignCentre, span: 2, fill: true},
		cell{text: "人民币" + s.Capitals, style: strongStyle, span: 4})
	blocks = append(blocks, joined(keepNext(total), keepNext(capitals))...)
	note := paragraph{style: noteStyle, lead: listSpacing.lead, before: 2, keep: true}
	blocks = append(blocks, note.blocks("以上人员和金额经核对无误。", area)...)
	return joined(blocks, signRows(area, 1, []string{"制表人：" + s.PreparedBy, "复核人：", "单位负责人："}), missingNote(area, MissingFrom(s)))
}
