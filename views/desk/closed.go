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
	ui.Confirm(d.Window, data.MonthWords(closed)+"已经月结", "这次改动会动到已经月结的月份，会记入操作日志，月结页会提示有变动。", "仍然改动", proceed)
}
