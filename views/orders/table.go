package orders

import (
	"fmt"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// rowHeight holds two lines: what a column says, and below it the time of day, or the order's number. In px.
const rowHeight float32 = 48

// The twelve columns of the manual (section 五.6), in its order. Three give way in windows narrower than the design's.
var columns = []ui.TableColumn{
	{Key: "plan", Title: "培训计划名称", Sortable: true, Strong: true},
	{Key: "applied", Title: "申请时间", Width: 108, Narrow: 84, Sortable: true},
	{Key: "reviewed", Title: "审核时间", Width: 108, Narrow: 84, Sortable: true},
	{Key: "applicant", Title: "申请人", Width: 84, Narrow: 56},
	{Key: "unit", Title: "申请单位", Width: 172, Narrow: 84, HideBelow: narrowPage},
	{Key: "amount", Title: "转账金额", Width: 120, Narrow: 100, Right: true, Sortable: true},
	{Key: "paid", Title: "转账时间", Width: 108, Narrow: 84, Sortable: true},
	{Key: "review", Title: "审核状态", Width: 112, Narrow: 100, Sortable: true},
	{Key: "invoice", Title: "发票状态", Width: 92, Narrow: 72, Sortable: true},
	{Key: "type", Title: "发票类型", Width: 92, Narrow: 68, HideBelow: narrowPage},
	{Key: "mode", Title: "缴费模式", Width: 116, Narrow: 94, HideBelow: narrowPage},
	{Key: "open", Title: "操作", Width: 116, Narrow: 108},
}

func (l *Screen) buildTable() {
	l.table = ui.NewDataTable(columns...)
	l.table.RowHeight, l.table.Empty = rowHeight, l.nothing
	l.table.Count = func() int { return l.rows.Len() }
	l.table.Key = func(row int) int64 { return l.rows.ID(row) }
	l.table.Cell = func(row, column int) ui.Cell {
		return cellOf(l.rows.At(row), l.service.Today(), l.table.Columns[column].Key)
	}
	l.table.OnOpen = func(row int) { l.desk.Go(desk.OrderDetails, l.rows.ID(row)) }
	l.table.OnCell = func(row int, _ string) { l.desk.Go(desk.OrderDetails, l.rows.ID(row)) }
	l.table.OnSort = func(key string, descending bool) {
		l.filters.query.Sort, l.filters.query.Descending = key, descending
		l.filters.keep()
	}
	desk.RememberWidths(l.service, widthsSetting, l.table)
}

func cellOf(row data.OrderRow, today data.Date, key string) ui.Cell {
	switch key {
	case "plan":
		return ui.Cell{Text: row.PlanName, Middle: true, Note: row.Number}
	case "applied":
		return momentCell(row.AppliedAt)
	case "reviewed":
		return momentCell(row.ReviewedAt)
	case "applicant":
		return ui.Cell{Text: row.Applicant}
	case "unit":
		return ui.Cell{Text: row.ApplicantUnit, Note: row.Organizations}
	case "amount":
		return ui.Cell{Text: row.Total.String()}
	case "paid":
		return momentCell(row.PaidAt)
	case "review":
		return waitCell(ui.Cell{Text: string(row.Review), Tone: desk.ReviewTone(row.Review)}, row, today)
	case "invoice":
		return ui.Cell{Text: string(row.InvoiceState), Tone: invoiceTone(row.InvoiceState)}
	case "type":
		return ui.Cell{Text: row.InvoiceType.Short()}
	case "mode":
		return ui.Cell{Text: string(row.Mode)}
	}
	return ui.Cell{Text: "查看订单详情", Link: true}
}

// waitCell adds what the order waits for and how long: amber once that is too long.
func waitCell(cell ui.Cell, row data.OrderRow, today data.Date) ui.Cell {
	wait, waits := row.Wait(today)
	if !waits {
		return cell
	}
	cell.Note, cell.NoteTone = waitText(wait), ui.ToneNeutral
	if wait.Days > app.LateAfter {
		cell.NoteTone = ui.ToneWarning
	}
	return cell
}

// waitText says what an order waits for and since when: 等审核 12 天.
func waitText(wait data.OrderWait) string {
	if wait.Days == 0 {
		return wait.What + " 今天"
	}
	return fmt.Sprintf("%s %d 天", wait.What, wait.Days)
}

// momentCell writes the day above the time of day. A draft's time that is not understood yet stands as it was typed.
func momentCell(m data.Moment) ui.Cell {
	switch {
	case m == "":
		return ui.Cell{Text: "–", Role: theme.Secondary}
	case m.Time().IsZero():
		return ui.Cell{Text: string(m)}
	}
	return ui.Cell{Text: string(m.Date()), Note: clockOf(m)}
}

// clockOf gives a moment's time of day, 13:02:11.
func clockOf(m data.Moment) string { return m.Time().Format("15:04:05") }

func invoiceTone(state data.InvoiceState) ui.Tone {
	switch state {
	case data.InvoiceIssued:
		return ui.ToneSuccess
	case data.InvoiceReversed:
		return ui.ToneDanger
	}
	return ui.ToneNeutral
}
