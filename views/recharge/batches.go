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

// batchService is what 学习卡批次 asks of the program.
type batchService interface {
	desk.WidthKeeper
	ledgerActions
	Now() data.Moment
	Plans(ctx context.Context) ([]data.Plan, error)
	Batches(ctx context.Context) ([]data.CardBatch, error)
	RechargeRuns(ctx context.Context, batchID int64) ([]data.RechargeRunRow, error)
	RechargeRefusals(ctx context.Context, runID string) ([]data.RechargeRefusal, error)
	ReverseRun(ctx context.Context, runID, reason string) (data.RechargeResult, error)
}

// batchDrawerWidth is in px, the line before it included.
const batchDrawerWidth float32 = 356

// BatchList is 学习卡批次: what every approved order bought, what of it is used, and what is left over when its plan ends.
type BatchList struct {
	desk    *desk.Desk
	service batchService
	actions actions
	content fyne.CanvasObject

	sentence    *ui.ElidedText
	plan, state *ui.Select
	table       *ui.DataTable
	sums, count *ui.Text
	footer      fyne.CanvasObject
	host        *ui.DrawerHost
	drawer      *ui.Drawer

	shown   bool
	loads   desk.Sequence
	reading desk.Sequence
	all     []data.CardBatch
	rows    []data.CardBatch // those that the filters leave
	open    int64            // the batch in the drawer, or 0
	wanted  string           // the number of the batch to open, or ""
}

// NewBatchList makes the screen.
func NewBatchList(d *desk.Desk, s batchService) *BatchList {
	l := &BatchList{desk: d, service: s, actions: actions{d, s}, sentence: ui.NewElidedText("", theme.Text), sums: ui.NewBold(""), count: ui.NewText("", theme.Secondary)}
	l.plan, l.state = ui.NewSelect("培训计划"), ui.NewSelect("状态")
	l.plan.Width, l.state.Width = 128, 168
	l.state.SetOptions(batchStateOptions()...)
	l.plan.OnChanged, l.state.OnChanged = func(string) { l.filter() }, func(string) { l.filter() }
	clear := ui.NewLink("清除条件", func() { l.clear(); l.filter() })
	l.table = l.newTable()
	l.footer = ui.NewFooter(l.sums, ui.Space(), l.count)
	l.drawer = ui.NewDrawer()
	l.drawer.OnClose = l.closeDrawer
	l.drawer.OnStep = l.table.OpenStep
	list := ui.Column(0, ui.NewFilterBar(ui.Row(8, l.plan, l.state, ui.Gap(4), clear)), ui.Grow(l.table), l.footer)
	l.host = ui.NewDrawerHost(list, l.drawer, batchDrawerWidth)
	head := ui.NewPageHead(l.sentence, ui.NewButton("充值明细", "table-2", func() { d.Go(desk.Ledger, nil) }), ui.NewFilledButton("学员缴费", "wallet", func() { d.Go(desk.Recharge, nil) }))
	l.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(l.host)))
	return l
}

func batchStateOptions() []ui.Option {
	options := []ui.Option{{Key: "", Text: "全部状态"}}
	for _, state := range data.BatchStates {
		options = append(options, ui.Option{Key: string(state), Text: string(state)})
	}
	return options
}

// Content is part of desk.Screen.
func (l *BatchList) Content() fyne.CanvasObject { return l.content }

// Enter shows the screen; a string opens the batch of that number, a data.BatchState lists those in it.
func (l *BatchList) Enter(argument any) {
	l.shown = true
	switch given := argument.(type) {
	case string:
		l.clear()
		l.wanted = given
	case data.BatchState:
		l.clear()
		l.state.SetKey(string(given))
	}
	ui.SetOnEscape(l.desk.Window.Canvas(), l.closeDrawer)
	l.reload()
}

// Leave is part of desk.Leaver: a list that nobody sees asks for nothing.
func (l *BatchList) Leave(proceed func()) {
	l.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (l *BatchList) Changed(event app.Event) {
	switch event {
	case app.LedgerChanged, app.OrdersChanged, app.PlansChanged:
		if l.shown {
			l.reload()
		}
	}
}

func (l *BatchList) clear() {
	l.plan.SetKey("")
	l.state.SetKey("")
}

func (l *BatchList) reload() {
	type found struct {
		batches []data.CardBatch
		plans   []data.Plan
	}
	desk.Load(l.desk, &l.loads, func(ctx context.Context) (f found, err error) {
		if f.batches, err = l.service.Batches(ctx); err != nil {
			return f, err
		}
		f.plans, err = l.service.Plans(ctx)
		return f, err
	}, func(f found) {
		l.all = f.batches
		options := []ui.Option{{Key: "", Text: "全部计划"}}
		for _, plan := range f.plans {
			options = append(options, ui.Option{Key: fmt.Sprint(plan.ID), Text: yearName(plan.Year)})
		}
		l.plan.SetOptions(options...)
		l.filter()
		if place := slices.IndexFunc(l.all, func(b data.CardBatch) bool { return b.Number == l.wanted }); place >= 0 {
			l.open = l.all[place].ID
		}
		l.wanted = ""
		if l.open != 0 {
			l.readBatch(l.open)
		}
	})
}

// filter shows the batches that the filters leave, and their sums.
func (l *BatchList) filter() {
	now := l.service.Now()
	l.rows = nil
	var face, used, left, over data.Money
	for _, batch := range l.all {
		state := batch.State(now)
		if state == data.BatchLeftOver {
			over += batch.Left()
		}
		if key := l.plan.Key(); key != "" && key != fmt.Sprint(batch.PlanID) {
			continue
		}
		if key := l.state.Key(); key != "" && key != string(state) {
			continue
		}
		l.rows = append(l.rows, batch)
		face, used, left = face+batch.Face, used+batch.Used, left+batch.Left()
	}
	l.sentence.SetText("审核通过的订单各有一个批次，学员充值从批次里支出。")
	if over > 0 {
		l.sentence.SetText(fmt.Sprintf("计划已结束的批次还剩 %s 元，平台上可能不能再用，请联系业务人员。", over))
	}
	l.sums.SetText(fmt.Sprintf("面值 %s − 已用 %s = 剩余 %s 元", face, used, left))
	l.count.SetText(fmt.Sprintf("共 %s 个批次", desk.Thousands(len(l.rows))))
	l.table.Refresh()
	l.footer.Refresh()
}

func (l *BatchList) newTable() *ui.DataTable {
	columns := []ui.TableColumn{
		{Key: "number", Title: "批次", Width: 124, Narrow: 116, Stretch: 1, Strong: true},
		{Key: "order", Title: "订单", Width: 120, Narrow: 108, Stretch: 1},
		{Key: "plan", Title: "培训计划", Width: 236, Stretch: 5, HideBelow: 900},
		{Key: "face", Title: "面值", Width: 92, Narrow: 84, Stretch: 1, Right: true},
		{Key: "used", Title: "已用", Width: 92, Narrow: 84, Stretch: 1, Right: true},
		{Key: "left", Title: "剩余", Width: 92, Narrow: 84, Stretch: 1, Right: true},
		{Key: "people", Title: "人数", Width: 56, Stretch: 1, Right: true},
		{Key: "bar", Title: "使用", HideBelow: 1040},
		{Key: "state", Title: "状态", Width: 148},
	}
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return len(l.rows) }
	table.Key = func(row int) int64 { return l.rows[row].ID }
	table.Cell = func(row, column int) ui.Cell { return batchCell(l.rows[row], columns[column].Key, l.service.Now()) }
	table.OnOpen = func(row int) { l.readBatch(l.rows[row].ID) }
	table.OnCell = func(row int, _ string) { l.desk.Go(desk.OrderDetails, l.rows[row].OrderID) }
	pay := ui.NewButton("上传缴费凭证", "landmark", func() { l.desk.Go(desk.Payment, nil) })
	clear := ui.NewButton("清除条件", "x", func() { l.clear(); l.filter() })
	table.Empty = ui.NewEmptyState("wallet", "没有学习卡批次", "缴费订单审核通过后，会自动生成学习卡批次；设了条件时，换一个条件再查。", []fyne.CanvasObject{pay, clear}, nil, "")
	desk.RememberWidths(l.service, "columns.batches", table)
	return table
}

// batchCell gives what stands in a column of a batch's row.
func batchCell(batch data.CardBatch, column string, now data.Moment) ui.Cell {
	switch column {
	case "number":
		return ui.Cell{Text: batch.Number}
	case "order":
		return ui.Cell{Text: batch.OrderNumber, Link: true}
	case "plan":
		return ui.Cell{Text: batch.PlanName}
	case "face":
		return ui.Cell{Text: batch.Face.String()}
	case "used":
		return ui.Cell{Text: batch.Used.String()}
	case "left":
		return ui.Cell{Text: batch.Left().String(), Bold: batch.Left() > 0}
	case "people":
		return ui.Cell{Text: desk.Thousands(batch.People)}
	case "bar":
		return ui.Cell{Bar: true, Fraction: share(batch.Used, batch.Face)}
	}
	state := batch.State(now)
	return ui.Cell{Text: string(state), Tone: batchTone(state)}
}

func batchTone(state data.BatchState) ui.Tone {
	switch state {
	case data.BatchInUse:
		return ui.ToneSuccess
	case data.BatchLeftOver:
		return ui.ToneWarning
	}
	return ui.ToneNeutral
}

func (l *BatchList) closeDrawer() {
	l.open = 0
	l.table.CloseRow()
	l.host.SetOpen(false)
}

// readBatch shows a batch with its runs in the drawer.
func (l *BatchList) readBatch(id int64) {
	l.open = id
	if row := slices.IndexFunc(l.rows, func(b data.CardBatch) bool { return b.ID == id }); row >= 0 {
		l.table.Mark(row)
	} else {
		l.table.CloseRow()
	}
	desk.Load(l.desk, &l.reading, func(ctx context.Context) ([]data.RechargeRunRow, error) { return l.service.RechargeRuns(ctx, id) }, func(runs []data.RechargeRunRow) {
		for _, batch := range l.all {
			if batch.ID == id && l.open == id {
				l.showBatch(batch, runs)
			}
		}
	})
}
