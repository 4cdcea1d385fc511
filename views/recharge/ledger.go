package recharge

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// ledgerService is what 充值明细 asks of the program.
type ledgerService interface {
	desk.WidthKeeper
	Plans(ctx context.Context) ([]data.Plan, error)
	RechargeIDs(ctx context.Context, q data.RechargeQuery) ([]int64, error)
	RechargeEntries(ctx context.Context, ids []int64) ([]data.RechargeEntry, error)
	RechargeTotals(ctx context.Context, q data.RechargeQuery) (data.RechargeTotals, error)
	ReverseRecharge(ctx context.Context, entryID int64, reason string) (data.RechargeResult, error)
	OrderByNumber(ctx context.Context, number string) (data.Order, error)
}

// entryDrawerWidth is in px, the line before it included.
const entryDrawerWidth float32 = 340

// Ledger is 充值明细: every recharge and every reversal, a line each, never edited.
type Ledger struct {
	desk    *desk.Desk
	service ledgerService
	content fyne.CanvasObject

	sentence *ui.ElidedText
	text     *ui.Field
	plan     *ui.Select
	from, to *ui.DateField
	table    *ui.DataTable
	count    *ui.Text
	total    *ui.Text
	footer   fyne.CanvasObject
	host     *ui.DrawerHost
	drawer   *ui.Drawer

	shown      bool // on the window now
	listing    desk.Sequence
	reading    desk.Sequence
	rows       *desk.Rows[data.RechargeEntry]
	open       int64 // the entry in the drawer, or 0
	sortKey    string
	descending bool
	only       data.RechargeQuery // an order, batch or trainee that another screen asked for
}

// allPlans is the key of the choice that filters no plan.
const allPlans = "all"

// NewLedger makes the screen.
func NewLedger(d *desk.Desk, s ledgerService) *Ledger {
	l := &Ledger{desk: d, service: s, sortKey: "at", descending: true}
	l.sentence = ui.NewElidedText("", theme.Text)
	l.text = ui.NewSearchField("姓名 / 用户名 / 批次 / 订单", 224)
	l.text.OnChanged = func(string) { l.reload() }
	l.plan = ui.NewSelect("培训计划")
	l.plan.Width = 128
	l.plan.OnChanged = func(string) { l.reload() }
	l.from, l.to = l.dateField("开始日期"), l.dateField("结束日期")
	clear := ui.NewLink("清除条件", func() { l.clear(); l.reload() })
	dates := ui.Row(4, l.from, ui.NewText("–", theme.Secondary), l.to, ui.Gap(4), clear)
	l.table = l.newTable()
	l.count, l.total = ui.NewText("", theme.Secondary), ui.NewBold("")
	l.footer = ui.NewFooter(l.total, ui.Space(), l.count)
	list := ui.Column(0, ui.NewFilterBar(l.text, l.plan, dates), ui.Grow(l.table), l.footer)
	l.drawer = ui.NewDrawer()
	l.drawer.OnClose = l.closeDrawer
	l.drawer.OnStep = l.table.OpenStep
	l.host = ui.NewDrawerHost(list, l.drawer, entryDrawerWidth)
	head := ui.NewPageHead(l.sentence, ui.NewButton("学员缴费", "wallet", func() { d.Go(desk.Recharge, nil) }))
	l.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(l.host)))
	return l
}

func (l *Ledger) dateField(placeholder string) *ui.DateField {
	field := ui.NewDateField(placeholder)
	field.Width = 128
	field.OnChanged = func(text string) {
		_, ok := readDay(text)
		field.SetBad(!ok)
		if ok {
			l.reload()
		}
	}
	return field
}

// readDay reads a filter's day: "" where there is none.
func readDay(text string) (day data.Date, ok bool) {
	if strings.TrimSpace(text) == "" {
		return "", true
	}
	day, err := data.ParseDate(data.SourceCell{Text: text, Kind: data.CellText}, false)
	return day, err == nil
}

// Content is part of desk.Screen.
func (l *Ledger) Content() fyne.CanvasObject { return l.content }

// Enter shows the screen. A string is searched for: a batch's or an order's number, a name.
// A data.RechargeQuery limits the list to its order, batch or trainee until the conditions are cleared.
func (l *Ledger) Enter(argument any) {
	l.shown = true
	switch given := argument.(type) {
	case string:
		l.clear()
		l.text.SetText(given)
	case data.RechargeQuery:
		l.clear()
		l.only = given
		l.text.SetText(given.Text)
	}
	ui.SetOnEscape(l.desk.Window.Canvas(), l.closeDrawer)
	l.reload()
}

// Leave is part of desk.Leaver: there is nothing to save, but what is not seen need not be read again at every change.
func (l *Ledger) Leave(proceed func()) {
	l.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (l *Ledger) Changed(event app.Event) {
	switch event {
	case app.LedgerChanged, app.TraineesChanged, app.PlansChanged:
		if l.shown {
			l.reload()
		}
	}
}

func (l *Ledger) clear() {
	l.only = data.RechargeQuery{}
	l.text.SetText("")
	l.from.SetText("")
	l.to.SetText("")
	l.plan.SetKey(allPlans)
}

func (l *Ledger) query() data.RechargeQuery {
	q := data.RechargeQuery{Text: strings.TrimSpace(l.text.Text()), Sort: l.sortKey, Descending: l.descending,
		OrderID: l.only.OrderID, BatchID: l.only.BatchID, TraineeID: l.only.TraineeID}
	q.PlanID, _ = strconv.ParseInt(l.plan.Key(), 10, 64)
	q.From, _ = readDay(l.from.Text())
	q.To, _ = readDay(l.to.Text())
	return q
}

// limited tells whether another screen asked for one order, batch or trainee.
func (l *Ledger) limited() bool { return l.only.OrderID+l.only.BatchID+l.only.TraineeID != 0 }

// filtered tells whether the list leaves anything out.
func (l *Ledger) filtered() bool {
	q := l.query()
	return l.limited() || q.Text != "" || q.PlanID != 0 || q.From != "" || q.To != ""
}

// entries is what one look at the ledger found.
type entries struct {
	ids   []int64
	total data.RechargeTotals
	plans []data.Plan
}

func (l *Ledger) reload() {
	query := l.query()
	desk.Load(l.desk, &l.listing, func(ctx context.Context) (found entries, err error) {
		if found.ids, err = l.service.RechargeIDs(ctx, query); err != nil {
			return found, err
		}
		if found.total, err = l.service.RechargeTotals(ctx, query); err != nil {
			return found, err
		}
		found.plans, err = l.service.Plans(ctx)
		return found, err
	}, l.show)
}

func (l *Ledger) show(found entries) {
	l.rows = desk.NewRows(found.ids, l.service.RechargeEntries, l.desk.Fail)
	l.offerPlans(found.plans)
	l.sentence.SetText("每人每次充值一行，只增不改；充错用冲正更正。")
	switch {
	case l.only.OrderID+l.only.BatchID != 0:
		l.sentence.SetText("只列出这一笔缴费的充值；清除条件后列出全部。")
	case l.only.TraineeID != 0:
		l.sentence.SetText("只列出这一位学员的充值；清除条件后列出全部。")
	}
	l.count.SetText(fmt.Sprintf("共 %s 笔", desk.Thousands(len(found.ids))))
	word := "合计 "
	if l.filtered() {
		word = "查到的合计 "
	}
	l.total.SetText(word + found.total.Net().String() + " 元")
	l.table.Refresh()
	l.footer.Refresh()
	if l.open != 0 {
		l.readEntry(l.open)
	}
}

func (l *Ledger) offerPlans(plans []data.Plan) {
	options := []ui.Option{{Key: allPlans, Text: "全部计划"}}
	for _, plan := range plans {
		options = append(options, ui.Option{Key: strconv.FormatInt(plan.ID, 10), Text: yearName(plan.Year)})
	}
	l.plan.SetOptions(options...)
}

func (l *Ledger) newTable() *ui.DataTable {
	columns := []ui.TableColumn{
		{Key: "at", Title: "时间", Width: 160, Narrow: 152, Sortable: true},
		{Key: "username", Title: "用户名", Width: 96, Narrow: 80, HideBelow: 760},
		{Key: "name", Title: "姓名", Width: 88, Narrow: 72, Sortable: true, Strong: true},
		{Key: "organization", Title: "组织机构", Sortable: true},
		{Key: "batch", Title: "批次", Width: 128, Narrow: 116, Sortable: true, HideBelow: 560},
		{Key: "order", Title: "订单", Width: 128, Narrow: 116, HideBelow: 860},
		{Key: "amount", Title: "金额", Width: 104, Narrow: 88, Right: true, Sortable: true},
		{Key: "user", Title: "经办人", Width: 88, Narrow: 80, HideBelow: 860},
		{Key: "state", Title: "状态", Width: 92, Narrow: 88},
	}
	table := ui.NewDataTable(columns...)
	table.Count = func() int { return l.rows.Len() }
	table.Key = func(row int) int64 { return l.rows.ID(row) }
	table.Cell = func(row, column int) ui.Cell { return entryCell(l.rows.At(row), columns[column].Key) }
	table.OnOpen = func(row int) { l.readEntry(l.rows.ID(row)) }
	table.OnCell = func(row int, _ string) { l.goOrder(l.rows.At(row).OrderNumber) }
	table.OnSort = func(key string, descending bool) {
		table.SetSort(key, descending)
		l.sortKey, l.descending = key, descending
		l.reload()
	}
	table.SetSort(l.sortKey, l.descending)
	charge := ui.NewButton("去充值", "wallet", func() { l.desk.Go(desk.Recharge, nil) })
	clear := ui.NewButton("清除条件", "x", func() { l.clear(); l.reload() })
	table.Empty = ui.NewEmptyState("table-2", "没有充值明细", "给学员充值后，每人每次在这里有一行；设了条件时，换一个条件再查。", []fyne.CanvasObject{charge, clear}, nil, "")
	desk.RememberWidths(l.service, "columns.ledger", table)
	return table
}

// entryState gives the word for where an entry stands.
func entryState(entry data.RechargeEntry) (word string, tone ui.Tone) {
	switch {
	case entry.ReversalOf != 0:
		return "冲正", ui.TonePrimary
	case entry.ReversedBy != 0:
		return "已冲正", ui.ToneNeutral
	}
	return "正常", ui.ToneSuccess
}

// entryCell gives what stands in a column of an entry's row.
func entryCell(entry data.RechargeEntry, column string) ui.Cell {
	switch column {
	case "at":
		return ui.Cell{Text: string(entry.At)}
	case "username":
		return ui.Cell{Text: entry.Username}
	case "name":
		return ui.Cell{Text: entry.Name}
	case "organization":
		return ui.Cell{Text: entry.Organization}
	case "batch":
		return ui.Cell{Text: entry.BatchNumber}
	case "order":
		return ui.Cell{Text: entry.OrderNumber, Link: true}
	case "amount":
		return ui.Cell{Text: entry.Amount.String()}
	case "user":
		return ui.Cell{Text: entry.User}
	}
	word, tone := entryState(entry)
	return ui.Cell{Text: word, Tone: tone}
}
