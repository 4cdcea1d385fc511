package recharge

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// trailService is what 钱的去向 asks of the program.
type trailService interface {
	desk.WidthKeeper
	Order(ctx context.Context, id int64) (data.Order, error)
	OrderByNumber(ctx context.Context, number string) (data.Order, error)
	BankPayment(ctx context.Context, orderID int64) (data.BankPayment, error)
	Batches(ctx context.Context) ([]data.CardBatch, error)
	RechargeRuns(ctx context.Context, batchID int64) ([]data.RechargeRunRow, error)
	RechargeIDs(ctx context.Context, q data.RechargeQuery) ([]int64, error)
	RechargeEntries(ctx context.Context, ids []int64) ([]data.RechargeEntry, error)
	RechargeTotals(ctx context.Context, q data.RechargeQuery) (data.RechargeTotals, error)
}

// Trail is 钱的去向: one payment from the bank to every person, all on one page.
type Trail struct {
	desk    *desk.Desk
	service trailService
	content fyne.CanvasObject

	title  *ui.ElidedText
	chain  *fyne.Container
	runs   *ui.DataTable
	people *ui.DataTable
	which  *ui.Text
	sum    *ui.Text
	all    *ui.Button

	query data.RechargeQuery // the order, and the run or trainee whose entries are listed
	shown bool
	loads desk.Sequence
	found trailed
	rows  *desk.Rows[data.RechargeEntry]
}

// trailed is what one look at a payment found.
type trailed struct {
	order  data.Order
	bank   data.BankPayment
	batch  data.CardBatch // ID 0: none yet
	runs   []data.RechargeRunRow
	ids    []int64
	totals data.RechargeTotals // of ids
	whole  data.RechargeTotals // of the order
}

// NewTrail makes the screen.
func NewTrail(d *desk.Desk, s trailService) *Trail {
	t := &Trail{desk: d, service: s, title: ui.NewElidedText("", theme.Text), chain: ui.Stack(), which: ui.NewBold("学员"), sum: ui.NewText("", theme.Secondary)}
	t.all = ui.NewLink("列出全部", func() { t.query = data.RechargeQuery{OrderID: t.query.OrderID}; t.reload() })
	t.runs, t.people = t.newRuns(), t.newPeople()
	head := ui.NewPageHead(t.title, ui.NewButton("订单详情", "clipboard-check", func() { d.Go(desk.OrderDetails, t.query.OrderID) }))
	const runsWidth float32 = 420
	left := ui.Column(0, ui.Fixed(headHeight+4, ui.Pad(16, 0, 16, 0, ui.Row(8, ui.NewBold("每次充值")))), ui.NewLine(), ui.Grow(t.runs))
	right := ui.Column(0, ui.Fixed(headHeight+4, ui.Pad(16, 0, 16, 0, ui.Row(12, t.which, t.all, ui.Space(), t.sum))), ui.NewLine(), ui.Grow(t.people))
	t.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Pad(16, 12, 16, 12, t.chain), ui.NewLine(),
		ui.Grow(ui.Row(0, ui.FixedFill(runsWidth, left), ui.Fill(ui.NewDivider()), ui.Grow(right)))))
	return t
}

// Content is part of desk.Screen.
func (t *Trail) Content() fyne.CanvasObject { return t.content }

// Title is part of desk.Titled.
func (t *Trail) Title() (string, desk.Page) { return string(desk.MoneyTrail), desk.Ledger }

// Enter shows a payment: an order's key or number, or a data.RechargeQuery with an order and the run or trainee to list.
func (t *Trail) Enter(argument any) {
	t.shown = true
	switch given := argument.(type) {
	case int64:
		t.query = data.RechargeQuery{OrderID: given}
	case data.RechargeQuery:
		t.query = given
	case string:
		desk.Load(t.desk, &t.loads, func(ctx context.Context) (data.Order, error) { return t.service.OrderByNumber(ctx, given) },
			func(order data.Order) { t.Enter(order.ID) })
		return
	}
	if t.query.OrderID == 0 {
		t.desk.Go(desk.Ledger, nil)
		return
	}
	t.reload()
}

// Leave is part of desk.Leaver: a page that nobody sees asks for nothing.
func (t *Trail) Leave(proceed func()) {
	t.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (t *Trail) Changed(event app.Event) {
	switch event {
	case app.LedgerChanged, app.OrdersChanged, app.TraineesChanged, app.StatementsChanged:
		if t.shown {
			t.reload()
		}
	}
}

func (t *Trail) reload() {
	query := t.query
	desk.Load(t.desk, &t.loads, func(ctx context.Context) (f trailed, err error) {
		if f.order, err = t.service.Order(ctx, query.OrderID); err != nil {
			return f, err
		}
		if f.bank, err = t.service.BankPayment(ctx, query.OrderID); err != nil {
			return f, err
		}
		batches, err := t.service.Batches(ctx)
		if err != nil {
			return f, err
		}
		if place := slices.IndexFunc(batches, func(b data.CardBatch) bool { return b.OrderID == query.OrderID }); place >= 0 {
			f.batch = batches[place]
			if f.runs, err = t.service.RechargeRuns(ctx, f.batch.ID); err != nil {
				return f, err
			}
		}
		if f.ids, err = t.service.RechargeIDs(ctx, query); err != nil {
			return f, err
		}
		if f.totals, err = t.service.RechargeTotals(ctx, query); err != nil {
			return f, err
		}
		f.whole, err = t.service.RechargeTotals(ctx, data.RechargeQuery{OrderID: query.OrderID})
		return f, err
	}, t.show)
}

func (t *Trail) show(found trailed) {
	t.found = found
	t.rows = desk.NewRows(found.ids, t.service.RechargeEntries, t.desk.Fail)
	t.title.SetText(fmt.Sprintf("%s 这一笔钱从银行到每位学员：点任何一站查看它，点学员查看他的明细。", found.order.Number))
	t.chain.Objects = []fyne.CanvasObject{t.stations()}
	t.which.SetText("全部学员")
	switch {
	case t.query.RunID != "":
		t.which.SetText("这一次充值的学员")
	case t.query.TraineeID != 0:
		t.which.SetText("这位学员")
	}
	setShown(t.all, t.query.RunID != "" || t.query.TraineeID != 0)
	t.sum.SetText(fmt.Sprintf("%s 笔，合计 %s 元", desk.Thousands(found.totals.Count), found.totals.Net()))
	t.runs.Refresh()
	t.people.Refresh()
	t.content.Refresh()
}

// stations are where the money stopped on its way from the bank to the people.
func (t *Trail) stations() fyne.CanvasObject {
	o, batch, whole := t.found.order, t.found.batch, t.found.whole
	openOrder := func() { t.desk.Go(desk.OrderDetails, o.ID) }
	order := ui.Station{Title: "缴费订单", State: stateOf(o.Review == data.ReviewApproved), Amount: o.Total().String(), First: o.Number,
		Second: fmt.Sprintf("%s 人 · %s", desk.Thousands(o.People()), o.Review), Open: openOrder}
	card, charged := ui.Station{Title: "学习卡批次", State: ui.StationWaits, Amount: "没有批次", First: "审核通过后生成"}, ui.Station{Title: "充值", State: ui.StationWaits, Amount: "0.00", First: "要先有批次"}
	if batch.ID != 0 {
		card = ui.Station{Title: "学习卡批次", State: stateOf(batch.Face == o.Total()), Amount: batch.Face.String(), First: batch.Number,
			Second: desk.MonthDay(string(batch.CreatedAt)) + " 生成", Open: func() { t.desk.Go(desk.Batches, batch.Number) }}
		charged = ui.Station{Title: "充值", State: stateOf(batch.Left() == 0), Amount: whole.Net().String(), First: fmt.Sprintf("%d 次，%s 人", batch.Runs, desk.Thousands(batch.People)),
			Second: chargedText(batch, whole), Open: func() { t.desk.Go(desk.Ledger, data.RechargeQuery{OrderID: o.ID}) }}
	}
	return ui.NewStations(t.desk.BankStation(o, t.found.bank), order, desk.InvoiceStation(o, openOrder), card, charged)
}

func stateOf(done bool) ui.StationState {
	if done {
		return ui.StationDone
	}
	return ui.StationWaits
}

// chargedText says what is left of a batch, or what was taken back of it.
func chargedText(batch data.CardBatch, totals data.RechargeTotals) string {
	text := "还剩 " + batch.Left().String()
	if totals.Taken != 0 {
		text += fmt.Sprintf("，退过 %s", -totals.Taken)
	}
	return text
}

func (t *Trail) newRuns() *ui.DataTable {
	columns := []ui.TableColumn{{Key: "at", Title: "时间", Width: 108}, {Key: "kind", Title: "类型", Width: 76}, {Key: "count", Title: "人数", Width: 48, Right: true},
		{Key: "total", Title: "金额", Width: 84, Right: true}, {Key: "answer", Title: "结果"}}
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return len(t.found.runs) }
	table.Cell = func(row, column int) ui.Cell { return runCell(t.found.runs[row], columns[column].Key, t.query.RunID) }
	table.OnOpen = func(row int) {
		t.query = data.RechargeQuery{OrderID: t.query.OrderID, RunID: t.found.runs[row].ID}
		t.reload()
	}
	charge := ui.NewButton("去充值", "wallet", func() { t.desk.Go(desk.Recharge, t.found.batch.Number) })
	table.Empty = ui.NewEmptyState("wallet", "还没有充值", "审核通过、有了批次以后，给学员充值。", []fyne.CanvasObject{charge}, nil, "")
	return table
}

func runCell(run data.RechargeRunRow, column, chosen string) ui.Cell {
	bold := run.ID == chosen
	switch column {
	case "at":
		return ui.Cell{Text: string(run.At)[len("2006-"):len("2006-01-02 15:04")], Bold: bold}
	case "kind":
		return ui.Cell{Text: string(run.Kind), Bold: bold}
	case "count":
		return ui.Cell{Text: desk.Thousands(run.Count)}
	case "total":
		return ui.Cell{Text: run.Total.String()}
	}
	word, tone := runState(run)
	return ui.Cell{Text: word, Tone: tone}
}

func (t *Trail) newPeople() *ui.DataTable {
	columns := []ui.TableColumn{{Key: "name", Title: "姓名", Width: 88, Stretch: 1}, {Key: "organization", Title: "组织机构", Width: 184, Narrow: 120, Stretch: 3},
		{Key: "at", Title: "时间", Width: 160, Narrow: 152, Stretch: 1, HideBelow: 620}, {Key: "amount", Title: "金额", Width: 88, Stretch: 1, Right: true}, {Key: "state", Title: "状态", Width: 112}}
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return t.rows.Len() }
	table.Key = func(row int) int64 { return t.rows.ID(row) }
	table.Cell = func(row, column int) ui.Cell {
		cell := entryCell(t.rows.At(row), columns[column].Key)
		cell.Link = columns[column].Key == "name"
		return cell
	}
	table.OnCell = func(row int, _ string) { t.desk.Go(desk.Trainees, t.rows.At(row).TraineeID) }
	table.OnOpen = func(row int) { t.desk.Go(desk.Ledger, data.RechargeQuery{TraineeID: t.rows.At(row).TraineeID}) }
	table.Empty = ui.NewEmptyState("users", "没有充值明细", "从左边选一次充值，或者先给学员充值。", nil, nil, "")
	return table
}
