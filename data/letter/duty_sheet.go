package letter

import (
	"fmt"
	"io"

	"peixun/data"
)

// DutySheet writes 交接清单 in A4, for both to sign.
func DutySheet(w io.Writer, s data.DutySheet) (pages int, err error) {
	c := newCanvas(a4, "交接清单", s.At.Time())
	pages = c.sheet(listFrame, dutyBlocks(s), furniture{name: "交接清单", unit: s.Unit, note: titled("打印 ", moment(s.At))})
	return c.finish(w, "handover", pages)
}

func dutyBlocks(s data.DutySheet) []block {
	area := listFrame
	blocks := listTitle(area, "工作交接清单", titled("单位：", s.Unit), titled("培训计划：", s.Plan))
	open := newList(area, column{"还没办完的事", 62, alignLeft}, column{"说明", 62, alignLeft}, column{"从何时起", 24, alignLeft}, column{"等谁", 22, alignLeft})
	blocks = append(blocks, dutyRows(open, s.Open, "没有等着办的事")...)
	keep := newList(area, column{"一并交接", 62, alignLeft}, column{"在哪里、怎么用", 84, alignLeft}, column{"已交", 24, alignCentre})
	blocks = append(blocks, dutyRows(keep, s.Keep, "")...)
	who := newList(area, column{"可以登录的人", 62, alignLeft}, column{"权限", 62, alignLeft}, column{"上次登录", 46, alignLeft})
	var rows []block
	for _, one := range s.Who {
		rows = append(rows, who.entry(nil, fmt.Sprintf("%s（%s）", one.Name, one.User), string(one.Role), string(one.LastLogin))...)
	}
	blocks = append(blocks, under(who.heading(), rows)...)
	return joined(blocks, signRows(area, 5, []string{"移交人：" + s.From, "接收人：" + s.To, "监交人："}), missingNote(area, MissingFrom(s)))
}

func dutyRows(table list, duties []data.Duty, none string) []block {
	var rows []block
	for _, duty := range duties {
		cells := []string{duty.What, duty.Detail, "□"}
		if duty.Whose != "" {
			cells = []string{duty.What, duty.Detail, string(duty.Since.Date()), duty.Whose}
		}
		rows = append(rows, table.entry(nil, cells...)...)
	}
	if len(rows) == 0 {
		rows = table.entry(nil, none, "", "", "")
	}
	return under(table.heading(), rows)
}
