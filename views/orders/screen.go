// Package orders is 银行转账凭证, the list of payment orders, and 订单详情, the page of one of them.
package orders

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"time"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what the list asks of the program.
type service interface {
	Now() data.Moment
	Plans(ctx context.Context) ([]data.Plan, error)
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int64, error)
	OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error)
	OrderTotals(ctx context.Context, q data.OrderQuery) (data.OrderTotals, error)
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
}

// widthsSetting keeps the columns that a person dragged.
const widthsSetting = "columns.orders"

// filterMonths is how many months back the list can be filtered by.
const filterMonths = 24

// Screen is 银行转账凭证.
type Screen struct {
	desk    *desk.Desk
	service service
	content *fyne.Container
	nothing *fyne.Container // what the table shows while it has no rows

	sentence *ui.Text
	text     *ui.Field
	plan     *ui.Select
	review   *ui.Select
	invoice  *ui.Select
	month    *ui.Select
	reset    *ui.Button
	table    *ui.DataTable
	sum      *ui.Text
	count    *ui.Text

	query data.OrderQuery
	rows  *desk.Rows[data.OrderRow]
	loads desk.Sequence
	shown bool
}

// New makes the list.
func New(d *desk.Desk, s service) *Screen {
	l := &Screen{desk: d, service: s, sentence: ui.NewText("", theme.Secondary), sum: ui.NewText("", theme.Text), count: ui.NewText("", theme.Secondary)}
	l.sentence.Elide = true
	l.nothing = ui.Stack()
	l.buildFilters()
	l.buildTable()
	upload := ui.NewFilledButton("上传缴费凭证", "upload", l.upload)
	l.content = ui.Ground(theme.Surface, ui.Column(0,
		ui.NewPageHead(l.sentence, upload),
		ui.NewFilterBar(l.text, l.plan, l.review, l.invoice, l.month, l.reset),
		ui.Grow(l.table),
		ui.NewFooter(l.sum, ui.Space(), l.count)))
	return l
}

func (l *Screen) buildFilters() {
	l.text = ui.NewSearchField("订单号、机构、申请人", 184)
	l.text.OnChanged = func(text string) { l.query.Text = text; l.reload() }
	l.plan = ui.NewSelect("全部计划")
	l.plan.Width = 120
	l.plan.OnChanged = func(key string) {
		l.query.PlanID = 0
		fmt.Sscan(key, &l.query.PlanID)
		l.reload()
	}
	l.review = ui.NewSelect("审核状态", choices("全部审核状态", data.ReviewDraft, data.ReviewReady, data.ReviewPacked, data.ReviewSubmitted, data.ReviewApproved,
		data.ReviewRejected, data.ReviewVoid)...)
	l.review.Width = 136
	l.review.OnChanged = func(key string) { l.query.Review = data.ReviewState(key); l.reload() }
	l.invoice = ui.NewSelect("发票状态", choices("全部发票状态", data.InvoiceEmpty, data.InvoiceFilled, data.InvoiceIssued, data.InvoiceReversed)...)
	l.invoice.Width = 136
	l.invoice.OnChanged = func(key string) { l.query.Invoice = data.InvoiceState(key); l.reload() }
	l.month = ui.NewSelect("申请月份", l.months()...)
	l.month.Width = 120
	l.month.OnChanged = func(key string) { l.query.Month = key; l.reload() }
	l.reset = ui.NewBareButton("清空", "", l.clear)
}

// choices makes the options of a filter; the first takes the filter away.
func choices[T ~string](all string, states ...T) []ui.Option {
	options := []ui.Option{{Key: "", Text: all}}
	for _, state := range states {
		options = append(options, ui.Option{Key: string(state), Text: string(state)})
	}
	return options
}

func (l *Screen) months() []ui.Option {
	options := []ui.Option{{Key: "", Text: "全部月份"}}
	now := l.service.Now().Time()
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location())
	for back := range filterMonths {
		month := first.AddDate(0, -back, 0)
		options = append(options, ui.Option{Key: month.Format("2006-01"), Text: month.Format("2006年1月")})
	}
	return options
}

// Content is part of desk.Screen.
func (l *Screen) Content() fyne.CanvasObject { return l.content }

// Enter shows the list; a data.ReviewState or data.OrderQuery filters it.
func (l *Screen) Enter(argument any) {
	switch v := argument.(type) {
	case data.ReviewState:
		l.setQuery(data.OrderQuery{Review: v})
	case data.OrderQuery:
		l.setQuery(v)
	}
	l.shown = true
	l.loadPlans()
	l.reload()
}

// Leave is part of desk.Leaver: a list that nobody sees asks for nothing.
func (l *Screen) Leave(proceed func()) {
	l.shown = false
	proceed()
}

func (l *Screen) setQuery(q data.OrderQuery) {
	l.query = q
	l.text.SetText(q.Text)
	l.plan.SetKey("")
	if q.PlanID != 0 {
		l.plan.SetKey(fmt.Sprint(q.PlanID))
	}
	l.review.SetKey(string(q.Review))
	l.invoice.SetKey(string(q.Invoice))
	l.month.SetKey(q.Month)
	l.table.SetSort(q.Sort, q.Descending)
}

// clear takes all filters away.
func (l *Screen) clear() {
	l.setQuery(data.OrderQuery{Sort: l.query.Sort, Descending: l.query.Descending})
	l.reload()
}

// Changed is part of desk.Screen.
func (l *Screen) Changed(event app.Event) {
	switch {
	case !l.shown:
	case event == app.OrdersChanged, event == app.LedgerChanged:
		l.reload()
	case event == app.PlansChanged:
		l.loadPlans()
	}
}

func (l *Screen) upload() { l.desk.Go(desk.Payment, nil) }

func (l *Screen) loadPlans() {
	var plans []data.Plan
	l.desk.Do(func(ctx context.Context) error {
		var err error
		plans, err = l.service.Plans(ctx)
		return err
	}, func() {
		options := []ui.Option{{Key: "", Text: "全部计划"}}
		for _, plan := range plans {
			options = append(options, ui.Option{Key: fmt.Sprint(plan.ID), Text: fmt.Sprintf("%d年计划", plan.Year)})
		}
		l.plan.SetOptions(options...)
	})
}

// found is one answer: the keys, the sums and what waits.
type found struct {
	ids               []int64
	totals            data.OrderTotals
	all               int
	waiting, rejected int
	widths            string
}

// reload asks for the list again; scroll and the marked row stay.
func (l *Screen) reload() {
	query := l.query
	desk.Load(l.desk, &l.loads, func(ctx context.Context) (found, error) {
		f := found{widths: l.service.Setting(ctx, widthsSetting, "")}
		var err error
		if f.ids, err = l.service.OrderIDs(ctx, query); err != nil {
			return f, err
		}
		for _, one := range []struct {
			query data.OrderQuery
			into  *int
		}{{data.OrderQuery{}, &f.all}, {data.OrderQuery{Review: data.ReviewSubmitted}, &f.waiting}, {data.OrderQuery{Review: data.ReviewRejected}, &f.rejected}} {
			totals, err := l.service.OrderTotals(ctx, one.query)
			if err != nil {
				return f, err
			}
			*one.into = totals.Count
		}
		f.totals, err = l.service.OrderTotals(ctx, query)
		return f, err
	}, l.show)
}

func (l *Screen) show(f found) {
	l.rows = desk.NewRows(f.ids, l.service.OrderRows, l.desk.Fail)
	l.sentence.SetText(headSentence(f))
	l.sum.SetText("转账金额合计 " + f.totals.Total.String() + " 元")
	l.count.SetText("共 " + desk.Thousands(f.totals.Count) + " 个订单")
	l.nothing.Objects = []fyne.CanvasObject{l.empty(f)}
	l.nothing.Refresh()
	for _, filter := range []interface{ SetDisabled(bool) }{l.text, l.plan, l.review, l.invoice, l.month, l.reset} {
		filter.SetDisabled(f.all == 0)
	}
	widths := map[string]float32{}
	if json.Unmarshal([]byte(f.widths), &widths) == nil && len(widths) > 0 {
		l.table.SetWidths(widths)
	}
	l.table.Refresh()
	l.content.Refresh()
}

func headSentence(f found) string {
	if f.all == 0 {
		return "单位的缴费订单和审核结果。"
	}
	text := fmt.Sprintf("单位的缴费订单和审核结果。%s 个订单", desk.Thousands(f.all))
	if f.waiting > 0 {
		text += fmt.Sprintf("，%d 个等待审核", f.waiting)
	}
	if f.rejected > 0 {
		text += fmt.Sprintf("，%d 个被驳回要修订", f.rejected)
	}
	return text + "。"
}

func (l *Screen) empty(f found) fyne.CanvasObject {
	if f.all > 0 {
		return ui.NewEmptyState("search", "没有这样的订单", "换个条件再找，或清空全部条件。", []fyne.CanvasObject{ui.NewButton("清空条件", "", l.clear)}, nil, "")
	}
	return ui.NewEmptyState("receipt-text", "还没有缴费订单", "单位转账以后，在这里上传缴费凭证，填写发票信息，提交审核。审核通过就可以给学员充值。",
		[]fyne.CanvasObject{ui.NewButton("上传缴费凭证", "upload", l.upload)}, nil, "缴费问题请拨打 "+data.HelpTelephones)
}

// detailService is what the page of one order asks of the program.
type detailService interface {
	Now() data.Moment
	Today() data.Date
	Order(ctx context.Context, id int64) (data.Order, error)
	OrderEvents(ctx context.Context, number string) ([]data.OrderEvent, error)
	OrderRecharges(ctx context.Context, orderID int64) ([]app.LineRecharge, error)
	VoucherImage(ctx context.Context, voucher data.Voucher) (image.Image, error)
	Plans(ctx context.Context) ([]data.Plan, error)
	SubmitOrder(ctx context.Context, id int64) (data.Order, error)
	ApproveOrder(ctx context.Context, id int64, batch string, at data.Moment) (data.Order, error)
	RejectOrder(ctx context.Context, id int64, reason string, at data.Moment) (data.Order, error)
	ReviseOrder(ctx context.Context, id int64) (data.Order, error)
	VoidOrder(ctx context.Context, id int64, reason string) (data.Order, error)
	TakeBackApproval(ctx context.Context, id int64) (data.Order, error)
	InvoiceOrder(ctx context.Context, id int64, number string, day data.Date) (data.Order, error)
}
