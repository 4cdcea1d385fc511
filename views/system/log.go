package system

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

type logService interface {
	Audit(ctx context.Context, text string, limit int) ([]data.AuditEntry, error)
}

// logLimit is how many lines are shown; the search finds older ones.
const logLimit = 2000

// Log is 操作日志.
type Log struct {
	desk    *desk.Desk
	service logService
	content fyne.CanvasObject
	table   *ui.DataTable
	filter  *ui.Field
	count   *ui.Text
	entries []data.AuditEntry
	loading desk.Sequence
}

// NewLog makes the screen.
func NewLog(d *desk.Desk, s logService) *Log {
	l := &Log{desk: d, service: s, filter: ui.NewSearchField("对象、内容、经办人", 320), count: ui.NewText("", theme.Secondary)}
	l.table = ui.NewDataTable(
		ui.TableColumn{Key: "at", Title: "时间", Width: 176},
		ui.TableColumn{Key: "user", Title: "经办人", Width: 112},
		ui.TableColumn{Key: "target", Title: "对象", Width: 200},
		ui.TableColumn{Key: "detail", Title: "内容", Width: 0},
	)
	l.table.Count = func() int { return len(l.entries) }
	l.table.Key = func(row int) int64 { return l.entries[row].ID }
	l.table.Cell = func(row, column int) ui.Cell {
		e := l.entries[row]
		return ui.Cell{Text: []string{string(e.At), e.User, e.Target, e.Detail}[column]}
	}
	l.table.Empty = ui.NewEmptyState("history", "没有找到", "换个词再找。", nil, nil, "")
	l.filter.OnChanged = func(string) { l.load() }
	head := ui.NewPageHead(ui.NewText("谁在什么时候做了什么。日志只能增加，不能修改；里面没有证件号和账号。", theme.Text))
	l.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.NewFilterBar(l.filter), ui.Grow(l.table), ui.NewFooter(ui.Space(), l.count)))
	return l
}

// Content is part of desk.Screen.
func (l *Log) Content() fyne.CanvasObject { return l.content }

// Enter reads the log anew. A string says what to look for, such as an order's number.
func (l *Log) Enter(argument any) {
	if text, ok := argument.(string); ok {
		l.filter.SetText(text)
	}
	l.load()
}

// Changed is part of desk.Screen; the log is read anew when it is entered.
func (l *Log) Changed(app.Event) {}

func (l *Log) load() {
	text := l.filter.Text()
	desk.Load(l.desk, &l.loading, func(ctx context.Context) ([]data.AuditEntry, error) { return l.service.Audit(ctx, text, logLimit) },
		func(entries []data.AuditEntry) {
			l.entries = entries
			shown := fmt.Sprintf("共 %s 条", desk.Thousands(len(entries)))
			if len(entries) == logLimit {
				shown = fmt.Sprintf("最近 %s 条，更早的请查找", desk.Thousands(logLimit))
			}
			l.count.SetText(shown)
			l.table.Refresh()
		})
}
