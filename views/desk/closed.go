package desk

import (
	"peixun/data"
	"peixun/views/ui"
)

// UnlessClosed goes on, after a question where what is going to be done changes months that are closed (月结).
func (d *Desk) UnlessClosed(closed []data.Month, proceed func()) {
	if len(closed) == 0 {
		proceed()
		return
	}
	ui.Confirm(d.Window, data.MonthWords(closed)+"已经月结", closedConsequence, "仍然改动", proceed)
}

const closedConsequence = "这次改动会动到已经月结的月份，会记入操作日志；那个月的数字变了，月结页会提示。"

// ClosedNote is what a question says besides where what it asks for changes months that are closed (月结), "" where there are none.
func ClosedNote(closed []data.Month) string {
	if len(closed) == 0 {
		return ""
	}
	return data.MonthWords(closed) + "已经月结。" + closedConsequence
}
