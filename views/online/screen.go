// Package online is 在线充值管理: payments made online, recorded by hand with their transaction number. Nobody reviews them: what is
// recorded makes its learning-card batch at once.
package online

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what the screen asks of the program.
type service interface {
	desk.WidthKeeper
	Today() data.Date
	Plans(ctx context.Context) ([]data.Plan, error)
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int64, error)
	OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error)
	OrderTotals(ctx context.Context, q data.OrderQuery) (data.OrderTotals, error)
	ExportOrders(ctx context.Context, path string, q data.OrderQuery) (int, error)
}

// widthsSetting keeps the columns that a person dragged.
const widthsSetting = "columns.online"

// Screen is 在线充值管理.
type Screen struct {
	desk    *desk.Desk
	service service
	content *fyne.Container
	nothing *fyne.Container

	sentence  *ui.ElidedText
	text      *ui.Field
	plan      *ui.Select
	from, to  *ui.DateField
	reset     *ui.Button
	export    *ui.Button
	table     *ui.DataTable
	sum       *ui.ElidedText
	count     *ui.Text
	query     data.OrderQuery
	rows      *desk.Rows[data.OrderRow]
	loads     desk.Sequence
	planLoads desk.Sequence
	shown     bool
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	o := &Screen{desk: d, service: s, query: data.OrderQuery{Mode: data.PayOnline}, nothing: ui.Stack()}
	o.sentence, o.sum, o.count = ui.NewElidedText("", theme.Secondary), ui.NewElidedText("", theme.Text), ui.NewText("", theme.Secondary)
	o.text = ui.NewSearchField("订单号、交易号、机构", 208)
	o.text.OnChanged = func(text string) { o.query.Text = text; o.reload() }
	o.plan = ui.NewSelect("全部计划")
	o.plan.Width = 128
	o.plan.OnChanged = func(key string) { o.query.PlanID, _ = strconv.ParseInt(key, 10, 64); o.reload() }
	o.from, o.to = o.day("支付日期从", &o.query.PaidFrom), o.day("到", &o.query.PaidTo)
	o.reset = ui.NewBareButton("清空", "", o.clear)
	o.buildTable()
	o.export = ui.NewButton("导出", "download", o.askExport)
	o.content = ui.Ground(theme.Surface, ui.Column(0,
		ui.NewPageHead(o.sentence, o.export, ui.NewFilledButton("登记在线支付", "plus", o.add)),
		ui.NewFilterBar(o.text, o.plan, o.from, o.to, o.reset), ui.Grow(o.table), ui.NewFooter(ui.Wide(o.sum), o.count)))
	return o
}

// day is a filter by day; what is no day filters nothing and is shown in red.
func (o *Screen) day(placeholder string, into *data.Date) *ui.DateField {
	field := ui.NewDateField(placeholder)
	field.Width = 136
	field.OnChanged = func(text string) {
		typed := data.Date(text)
		wrong := text != "" && typed.Time().IsZero()
		field.SetBad(wrong)
		if wrong {
			typed = ""
		}
		if *into != typed {
			*into = typed
			o.reload()
		}
	}
	return field
}

func (o *Screen) buildTable() {
	o.table = ui.NewDataTable(
		ui.TableColumn{Key: "plan", Title: "培训计划名称", Width: 232, Narrow: 132, Stretch: 3, Sortable: true, Strong: true},
		ui.TableColumn{Key: "organizations", Title: "缴费组织", Width: 160, Narrow: 116, Stretch: 2}, ui.TableColumn{Key: "applicant", Title: "登记人", Width: 80, Stretch: 1, HideBelow: applicantPage},
		ui.TableColumn{Key: "amount", Title: "金额", Width: 108, Narrow: 96, Stretch: 1, Right: true, Sortable: true}, ui.TableColumn{Key: "transaction", Title: "交易号", Width: 248, Narrow: 248, Stretch: 1},
		ui.TableColumn{Key: "paid", Title: "支付时间", Width: 112, Narrow: 96, Stretch: 1, Sortable: true}, ui.TableColumn{Key: "batch", Title: "学习卡批次", Width: 124, Narrow: 112, Stretch: 1},
		ui.TableColumn{Key: "review", Title: "状态", Width: 92, Stretch: 1, Sortable: true}, ui.TableColumn{Key: "open", Title: "操作", Width: 84})
	o.table.RowHeight, o.table.Empty = rowHeight, o.nothing
	o.table.Count = func() int { return o.rows.Len() }
	o.table.Key = func(row int) int64 { return o.rows.ID(row) }
	o.table.Cell = func(row, column int) ui.Cell { return cellOf(o.rows.At(row), o.table.Columns[column].Key) }
	o.table.OnOpen = func(row int) { o.desk.Go(desk.OrderDetails, o.rows.ID(row)) }
	o.table.OnCell = func(row int, _ string) { o.open(o.rows.At(row)) }
	o.table.OnSort = func(key string, descending bool) {
		o.query.Sort, o.query.Descending = key, descending
		o.reload()
	}
	desk.RememberWidths(o.service, widthsSetting, o.table)
}

// rowHeight holds two lines, in px.
const rowHeight float32 = 48

// applicantPage is the width in px below which the person who recorded a payment gives way to the whole transaction number.
const applicantPage float32 = 1200

func cellOf(row data.OrderRow, key string) ui.Cell {
	switch key {
	case "plan":
		return ui.Cell{Text: row.PlanName, Middle: true, Note: row.Number}
	case "organizations":
		return ui.Cell{Text: row.Organizations}
	case "applicant":
		return ui.Cell{Text: row.Applicant}
	case "amount":
		return ui.Cell{Text: row.Total.String()}
	case "transaction":
		return ui.Cell{Text: row.Transaction, Middle: true}
	case "paid":
		return paidCell(row.PaidAt)
	case "batch":
		return ui.Cell{Text: row.BatchNumber}
	case "review":
		return ui.Cell{Text: string(row.Review), Tone: tone(row.Review)}
	}
	if unfinished(row) {
		return ui.Cell{Text: "继续填写", Link: true}
	}
	return ui.Cell{Text: "查看订单", Link: true}
}

func paidCell(m data.Moment) ui.Cell {
	if m.Time().IsZero() {
		return ui.Cell{Text: string(m)}
	}
	return ui.Cell{Text: string(m.Date()), Note: m.Time().Format("15:04:05")}
}

func tone(state data.ReviewState) ui.Tone {
	switch state {
	case data.ReviewApproved:
		return ui.ToneSuccess
	case data.ReviewRejected:
		return ui.ToneDanger
	}
	return ui.ToneNeutral
}

// unfinished tells of a payment that was begun and not recorded yet.
func unfinished(row data.OrderRow) bool {
	return data.Order{Review: row.Review, Mode: row.Mode, Invoice: data.Invoice{State: row.InvoiceState}}.Editable()
}

func (o *Screen) open(row data.OrderRow) {
	if unfinished(row) {
		o.desk.Go(desk.Payment, row.ID)
		return
	}
	o.desk.Go(desk.OrderDetails, row.ID)
}

// add begins a payment for the plan in force, with the same steps as every order.
func (o *Screen) add() {
	o.desk.Go(desk.Payment, desk.BeginPayment{Plan: o.desk.Plan(), Mode: data.PayOnline})
}

// Content is part of desk.Screen.
func (o *Screen) Content() fyne.CanvasObject { return o.content }

// Enter shows the list; a string is searched for.
func (o *Screen) Enter(argument any) {
	o.shown = true
	if text, ok := argument.(string); ok {
		o.text.SetText(text)
	}
	o.loadPlans()
	o.reload()
}

// Leave is part of desk.Leaver: a list that nobody sees asks for nothing.
func (o *Screen) Leave(proceed func()) {
	o.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (o *Screen) Changed(event app.Event) {
	switch {
	case !o.shown:
	case event == app.OrdersChanged, event == app.LedgerChanged:
		o.reload()
	case event == app.PlansChanged:
		o.loadPlans()
	}
}

func (o *Screen) loadPlans() {
	desk.Load(o.desk, &o.planLoads, o.service.Plans, func(plans []data.Plan) {
		options := []ui.Option{{Key: "", Text: "全部计划"}}
		for _, plan := range plans {
			options = append(options, ui.Option{Key: strconv.FormatInt(plan.ID, 10), Text: fmt.Sprintf("%d年计划", plan.Year)})
		}
		o.plan.SetOptions(options...)
	})
}

// clear takes all conditions away.
func (o *Screen) clear() {
	o.query = data.OrderQuery{Mode: data.PayOnline, Sort: o.query.Sort, Descending: o.query.Descending}
	o.text.SetText("")
	o.plan.SetKey("")
	o.from.SetText("")
	o.to.SetText("")
	o.reload()
}

// found is one answer.
type found struct {
	ids    []int64
	totals data.OrderTotals
	all    int
}

func (o *Screen) reload() {
	query := o.query
	desk.Load(o.desk, &o.loads, func(ctx context.Context) (f found, err error) {
		if f.ids, err = o.service.OrderIDs(ctx, query); err != nil {
			return f, err
		}
		all, err := o.service.OrderTotals(ctx, data.OrderQuery{Mode: data.PayOnline})
		if err != nil {
			return f, err
		}
		f.all = all.Count
		f.totals, err = o.service.OrderTotals(ctx, query)
		return f, err
	}, o.show)
}

func (o *Screen) show(f found) {
	o.rows = desk.NewRows(f.ids, o.service.OrderRows, o.desk.Fail)
	o.sentence.SetText("在线支付的缴费，凭交易号登记，登记后马上生成学习卡批次，不用上传凭证、不用审核。")
	o.sum.SetText(fmt.Sprintf("支付金额合计 %s 元　已生成批次 %s，已充值 %s", f.totals.Total, f.totals.Approved, f.totals.Used))
	o.count.SetText("共 " + desk.Thousands(f.totals.Count) + " 笔")
	for _, one := range []interface{ SetDisabled(bool) }{o.text, o.plan, o.from, o.to, o.reset} {
		one.SetDisabled(f.all == 0)
	}
	o.export.SetDisabled(f.totals.Count == 0)
	o.nothing.Objects = []fyne.CanvasObject{o.empty(f)}
	o.nothing.Refresh()
	o.table.Refresh()
	o.content.Refresh()
}

func (o *Screen) empty(f found) fyne.CanvasObject {
	if f.all > 0 {
		return ui.NewEmptyState("search", "没有这样的支付", "换个条件再找，或清空全部条件。", []fyne.CanvasObject{ui.NewButton("清空条件", "", o.clear)}, nil, "")
	}
	return ui.NewEmptyState("credit-card", "还没有在线支付", "在平台上在线支付成功以后，照支付成功页面登记交易号和金额，马上就可以给学员充值。",
		[]fyne.CanvasObject{ui.NewButton("登记在线支付", "plus", o.add)}, nil, "银行转账的缴费请到“上传缴费凭证”。")
}

// askExport asks where to write what the conditions find.
func (o *Screen) askExport() {
	query := o.query
	ui.ChooseFile(o.desk.Window, ui.FileRequest{Title: "导出在线充值", Extensions: []string{".xlsx"}, Save: true, Name: "在线充值_" + string(o.service.Today()) + ".xlsx", Verb: "导出"}, func(path string) {
		count := 0
		o.desk.Work("正在导出", func(ctx context.Context, _ app.Progress) (err error) {
			count, err = o.service.ExportOrders(ctx, path, query)
			return err
		}, func() { o.desk.Toast(fmt.Sprintf("已导出 %d 笔到“%s”。", count, filepath.Base(path))) })
	})
}
