package reconcile

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// monthPanel is the width of the check list at the right of the months, in px.
const monthPanel float32 = 420

// MonthEnd is 月结: the months with what they add up to, and what stands between one of them and its closing.
type MonthEnd struct {
	desk    *desk.Desk
	service service
	content *fyne.Container
	nothing *fyne.Container

	sentence *ui.Text
	table    *ui.DataTable
	panel    *fyne.Container

	months  []data.MonthCheck
	current data.Month
	loads   desk.Sequence
	shown   bool
}

// NewMonthEnd makes the page.
func NewMonthEnd(d *desk.Desk, s service) *MonthEnd {
	m := &MonthEnd{desk: d, service: s, nothing: ui.Stack(), sentence: ui.NewText("", theme.Text), panel: ui.Stack()}
	m.sentence.Elide = true
	m.nothing.Objects = []fyne.CanvasObject{ui.NewEmptyState("calendar", "还没有可以月结的月份", "导入银行流水、提交缴费订单以后，这里按月列出来。",
		[]fyne.CanvasObject{ui.NewButton("导入银行流水", "upload", func() { d.Go(desk.BringIn, nil) })}, nil, "")}
	m.table = ui.NewDataTable(
		ui.TableColumn{Key: "month", Title: "月份", Width: 104, Strong: true},
		ui.TableColumn{Key: "paid", Title: "付款，元", Width: 104, Right: true},
		ui.TableColumn{Key: "ordered", Title: "订单，元", Width: 104, Right: true},
		ui.TableColumn{Key: "settled", Title: "已对上，元", Width: 104, Right: true, HideBelow: 560},
		ui.TableColumn{Key: "open", Title: "差异", Width: 64, Right: true},
		ui.TableColumn{Key: "state", Title: "状态"},
	)
	m.table.Empty = m.nothing
	m.table.Count = func() int { return len(m.months) }
	m.table.Key = func(row int) int64 { return monthKey(m.months[row].Month) }
	m.table.Cell = func(row, column int) ui.Cell { return monthCell(m.months[row], m.table.Columns[column].Key) }
	m.table.OnOpen = func(row int) { m.choose(m.months[row].Month) }
	m.table.OnCursor = func(row int, _ string) { m.choose(m.months[row].Month) }
	head := ui.NewPageHead(m.sentence, ui.NewButton("对账差异", "triangle-alert", func() { d.Go(desk.Differences, nil) }))
	m.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(ui.Row(0, ui.Grow(m.table), ui.FixedFill(1, ui.NewLine()), ui.FixedFill(monthPanel, m.panel)))))
	return m
}

// monthKey makes a number of a month, for the table.
func monthKey(month data.Month) int64 { return month.First().Time().Unix() }

// Content is part of desk.Screen.
func (m *MonthEnd) Content() fyne.CanvasObject { return m.content }

// Enter shows the page; a data.Month is the one to stand at.
func (m *MonthEnd) Enter(argument any) {
	if month, ok := argument.(data.Month); ok {
		m.current = month
	}
	m.shown = true
	m.reload()
}

// Leave is part of desk.Leaver.
func (m *MonthEnd) Leave(proceed func()) {
	m.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (m *MonthEnd) Changed(event app.Event) {
	if m.shown && (event == app.StatementsChanged || event == app.OrdersChanged || event == app.LedgerChanged || event == app.TraineesChanged) {
		m.desk.OnScreen(m.reload)
	}
}

func (m *MonthEnd) reload() {
	desk.Load(m.desk, &m.loads, m.service.Reconcile, func(found app.Reconciliation) {
		m.months = found.Months()
		closed := 0
		for _, check := range m.months {
			if check.Closing != nil {
				closed++
			}
		}
		m.sentence.SetText(fmt.Sprintf("每个月的差异处理完或写明原因，就可以月结。%d 个月，已月结 %d 个。", len(m.months), closed))
		m.table.Refresh()
		m.choose(m.current)
	})
}

// choose shows a month at the right; one that is not there gives way to the newest that can be closed.
func (m *MonthEnd) choose(month data.Month) {
	at := -1
	for place, check := range m.months {
		if check.Month == month {
			at = place
			break
		}
		if at < 0 && check.Closing == nil && check.Over {
			at = place
		}
	}
	if at < 0 && len(m.months) > 0 {
		at = 0
	}
	m.panel.Objects = nil
	if at >= 0 {
		m.current = m.months[at].Month
		m.table.Mark(at)
		m.panel.Objects = []fyne.CanvasObject{m.card(m.months[at])}
	}
	m.content.Refresh()
}

func monthCell(check data.MonthCheck, key string) ui.Cell {
	switch key {
	case "month":
		return ui.Cell{Text: check.Month.Words()}
	case "paid":
		return ui.Cell{Text: check.Paid.String()}
	case "ordered":
		return ui.Cell{Text: check.Ordered.String()}
	case "settled":
		return ui.Cell{Text: check.Settled.String()}
	case "open":
		return ui.Cell{Text: fmt.Sprint(len(check.Open))}
	}
	switch {
	case len(check.MovedSince()) > 0:
		return ui.Cell{Text: "月结后有变动", Tone: ui.ToneDanger}
	case check.Closing != nil:
		return ui.Cell{Text: "已月结", Tone: ui.ToneSuccess}
	case !check.Over:
		return ui.Cell{Text: "未结束", Tone: ui.ToneNeutral}
	case len(check.Blockers()) > 0:
		return ui.Cell{Text: "待处理", Tone: ui.ToneWarning}
	}
	return ui.Cell{Text: "可以月结", Tone: ui.TonePrimary}
}
