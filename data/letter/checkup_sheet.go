package letter

import (
	"io"
	"strconv"

	"peixun/data"
)

// CheckupSheet writes a 数据体检 in A4: every line with what is wrong and how it is mended.
func CheckupSheet(w io.Writer, s data.CheckupSheet) (pages int, err error) {
	c := newCanvas(a4, "数据体检", s.At.Time())
	pages = c.sheet(listFrame, checkupBlocks(s), furniture{name: "数据体检", unit: s.Unit, note: titled("体检 ", moment(s.At))})
	return c.finish(w, "checkup", pages)
}

func checkupBlocks(s data.CheckupSheet) []block {
	area := listFrame
	table := newList(area, column{"序号", 12, alignCentre}, column{"项目", 78, alignLeft}, column{"结果", 14, alignCentre}, column{"哪里不对，怎么改", 66, alignLeft})
	var rows []block
	for place, one := range s.Invariants {
		result, text := "正常", ""
		if !one.OK {
			result, text = "不对", one.Detail+"\n"+one.Fix
		}
		rows = append(rows, table.entry(nil, strconv.Itoa(place+1), one.Name, result, text)...)
	}
	blocks := listTitle(area, "数据体检", titled("单位：", s.Unit), s.Verdict())
	blocks = append(blocks, keepNext(under(table.heading(), rows))...)
	return joined(blocks, signRows(area, 4, []string{"经办人：", "复核人："}), missingNote(area, MissingFrom(s)))
}
