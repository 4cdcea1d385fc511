package letter

import (
	"fmt"
	"io"
	"strconv"

	"peixun/data"
)

// HoursSummary writes the 学时汇总表 in A4: each person's hours of a plan, and who has reached its 考核值.
func HoursSummary(w io.Writer, s data.HoursSummary) (pages int, err error) {
	c := newCanvas(a4, "学时汇总表", s.At.Time())
	pages = c.sheet(listFrame, hoursBlocks(s), furniture{name: "学时汇总表" + titled(" ", s.PlanNumber), unit: s.Unit, note: titled("制表 ", moment(s.At))})
	return c.finish(w, "hours summary", pages)
}

func hoursBlocks(s data.HoursSummary) []block {
	area := listFrame
	form := newTable(area, listSpacing, 24, 61, 24, 61)
	blocks := listTitle(area, "学时汇总表", titled("单位：", s.Unit), "")
	reached := s.Reached()
	blocks = append(blocks, joined(
		pair(form, "培训计划", s.PlanName, valueStyle),
		pairs(form, "计划编号", s.PlanNumber, "考核值", s.Target.String()+" 学时"),
		pairs(form, "人　　数", fmt.Sprintf("%d 人", len(s.Rows)), "已达标", fmt.Sprintf("%d 人，未达标 %d 人", reached, len(s.Rows)-reached)))...)
	people := hoursList(area, s.KnowsOnline())
	var rows []block
	for i, row := range s.Rows {
		done := "否"
		if row.Total() >= s.Target {
			done = "是"
		}
		texts := []string{strconv.Itoa(i + 1), row.Name, row.IDNumber, row.Organization}
		if s.KnowsOnline() {
			texts = append(texts, row.Online.String(), row.Offline.String(), row.Total().String())
		} else {
			texts = append(texts, row.Offline.String())
		}
		rows = append(rows, people.entry(nil, append(texts, done)...)...)
	}
	rows = under(people.heading(), rows)
	rows[0].before = 3
	blocks = append(blocks, keepNext(rows)...)
	if !s.KnowsOnline() {
		note := paragraph{style: noteStyle, lead: listSpacing.lead, before: 2, how: alignJustified, keep: true}
		blocks = append(blocks, note.blocks("线上学时记在平台上，本表只列线下学时，达标与否也只按线下学时计算。", area)...)
	}
	return joined(blocks, signRows(area, 4, []string{"制表人：" + s.PreparedBy, "复核人：", "单位负责人："}), missingNote(area, MissingFrom(s)))
}

// hoursList has columns for the online hours and the sum only where somebody's are known.
func hoursList(area frame, online bool) list {
	if !online {
		return newList(area, column{"序号", 11, alignCentre}, column{"姓名", nameWidth, alignLeft}, column{"身份证号码", 38, alignCentre},
			column{"组织机构", 48.5, alignLeft}, column{"线下学时", 19, alignRight}, column{"达标", 14, alignCentre})
	}
	return newList(area, column{"序号", 11, alignCentre}, column{"姓名", nameWidth, alignLeft}, column{"身份证号码", 38, alignCentre}, column{"组织机构", 26, alignLeft},
		column{"线上", 14.5, alignRight}, column{"线下", 14.5, alignRight}, column{"合计", 14.5, alignRight}, column{"达标", 12, alignCentre})
}
