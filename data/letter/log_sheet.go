package letter

import (
	"fmt"
	"io"
	"strconv"

	"peixun/data"
)

// LogSheet writes lines of 操作日志 in A4, with what the check of the whole chain found.
func LogSheet(w io.Writer, s data.LogSheet) (pages int, err error) {
	c := newCanvas(a4, "操作日志", s.At.Time())
	pages = c.sheet(listFrame, logBlocks(s), furniture{name: "操作日志", unit: s.Unit, note: titled("打印 ", moment(s.At))})
	return c.finish(w, "log", pages)
}

func logBlocks(s data.LogSheet) []block {
	area := listFrame
	table := newList(area, column{"序号", 14, alignCentre}, column{"时间", 34, alignLeft}, column{"经办人", 20, alignLeft}, column{"对象", 34, alignLeft}, column{"内容", 68, alignLeft})
	var rows []block
	for _, e := range s.Entries {
		rows = append(rows, table.entry(nil, strconv.FormatInt(e.ID, 10), string(e.At), e.User, e.Target, e.Detail)...)
	}
	blocks := listTitle(area, "操作日志", titled("单位：", s.Unit), fmt.Sprintf("共 %d 条", len(s.Entries)))
	blocks = append(blocks, keepNext(under(table.heading(), rows))...)
	note := paragraph{style: noteStyle, lead: listSpacing.lead, before: 2, keep: true}
	blocks = append(blocks, note.blocks(s.Check.Words(), area)...)
	return joined(blocks, signRows(area, 4, []string{"经办人：", "复核人："}), missingNote(area, MissingFrom(s)))
}
