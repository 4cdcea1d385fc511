package recharge

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

// ledgerService is what 充值明细 asks of the program.
type ledgerService interface {
	desk.WidthKeeper
	ledgerActions
	Now() data.Moment
	Plans(ctx context.Context) ([]data.Plan, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	RechargeTotals(ctx context.Context, q data.RechargeQuery) (data.RechargeTotals, error)
	OrderByNumber(ctx context.Context, number string) (data.Order, error)
}

// entryDrawerWidth is in px, the line before it included.
const entryDrawerWidth float32 = 340

// Ledger is 充值明细: every recharge and every reversal, a line each, never edited.
type Ledger struct {
	desk    *desk.Desk
	service ledgerService
	actions actions
	content fyne.CanvasObject

	sentence *ui.ElidedText
	filters  *ledgerFilters
	table    *ui.DataTable
	footer   *ledgerFooter
	host     *ui.DrawerHost
	drawer   *ui.Drawer

	shown      bool // on the window now
	listing    desk.Sequence
	reading    desk.Sequence
	summing    desk.Sequence
	rows       *desk.Rows[data.RechargeEntry]
	open       int64 // the entry in the drawer, or 0
	sortKey    string
	descending bool
}

// NewLedger makes the screen.
func NewLedger(d *desk.Desk, s ledgerService) *Ledger {
	l := &Ledger{desk: d, service: s, actions: actions{d, s}, sortKey: "at", descending: true}
	l.sentence = ui.NewElidedText("", theme.Text)
	l.filters = newLedgerFilters(s.Now(), l.reload)
	l.table = l.newTable()
	l.footer = newLedgerFooter(l)
	list := ui.Column(0, l.filters.content, ui.Grow(l.table), l.footer.content)
	l.drawer = ui.NewDrawer()
	l.drawer.OnClose = l.closeDrawer
	l.drawer.OnStep = l.table.OpenStep
	l.host = ui.NewDrawerHost(list, l.drawer, entryDrawerWidth)
	head := ui.NewPageHead(l.sentence, ui.NewButton("学习卡批次", "wallet", func() { d.Go(desk.Batches, nil) }),
		ui.NewButton("导出", "download", func() { l.actions.export(l.query(), l.rows.Len()) }),
		ui.NewButton("打印确认表", "printer", func() { l.actions.print(l.query(), "列出现在查到的充值；") }), ui.NewMoreButton(l.more))
	l.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(l.host)))
	return l
}

// more lists what is needed less often.
func (l *Ledger) more() []ui.MenuItem {
	return []ui.MenuItem{
		{Label: "从表格记平台结果…", Icon: "file-up", Action: func() { l.actions.sheetAnswers(l.query()) }},
		{Label: "下载结果表", Icon: "file-down", Action: l.actions.saveAnswerForm},
		{Label: "学员缴费", Icon: "users", Separated: true, Action: func() { l.desk.Go(desk.Recharge, nil) }},
	}
}

// Content is part of desk.Screen.
func (l *Ledger) Content() fyne.CanvasObject { return l.content }

// Enter shows the screen. A string is searched for: a batch's or an order's number, a name.
// A data.RechargeQuery limits the list to its order, batch, run or trainee until the conditions are cleared.
func (l *Ledger) Enter(argument any) {
	l.shown = true
	switch given := argument.(type) {
	case string:
		l.filters.clear()
		l.filters.text.SetText(given)
	case data.RechargeQuery:
		l.filters.clear()
		l.filters.only = given
		l.filters.text.SetText(given.Text)
		l.filters.state.SetKey(string(given.State))
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
	case app.LedgerChanged, app.TraineesChanged, app.PlansChanged, app.OrganizationsChanged:
		if l.shown {
			l.reload()
		}
	}
}

func (l *Ledger) query() data.RechargeQuery {
	q := l.filters.query()
	q.Sort, q.Descending = l.sortKey, l.descending
	return q
}

// entries is what one look at the ledger found.
type entries struct {
	ids    []int64
	totals data.RechargeTotals
	plans  []data.Plan
	tree   data.OrganizationTree
}

func (l *Ledger) reload() {
	query := l.query()
	desk.Load(l.desk, &l.listing, func(ctx context.Context) (found entries, err error) {
		if found.ids, err = l.service.RechargeIDs(ctx, query); err != nil {
			return found, err
		}
		if found.totals, err = l.service.RechargeTotals(ctx, query); err != nil {
			return found, err
		}
		if found.tree, err = l.service.Organizations(ctx); err != nil {
			return found, err
		}
		found.plans, err = l.service.Plans(ctx)
		return found, err
	}, l.show)
}

func (l *Ledger) show(found entries) {
	l.rows = desk.NewRows(found.ids, l.service.RechargeEntries, l.desk.Fail)
	l.filters.offer(found.plans, found.tree)
	l.sentence.SetText("每人每次充值一行，只增不改；充错用冲正更正。")
	switch only := l.filters.only; {
	case only.RunID != "":
		l.sentence.SetText("只列出这一次充值；清除条件后列出全部。")
	case only.OrderID+only.BatchID != 0:
		l.sentence.SetText("只列出这一笔缴费的充值；清除条件后列出全部。")
	case only.TraineeID != 0:
		l.sentence.SetText("只列出这一位学员的充值；清除条件后列出全部。")
	}
	l.table.Refresh()
	l.footer.found(found.totals, l.filters.filtered())
	l.sumTicked()
	if l.open != 0 {
		l.readEntry(l.open)
	}
}

func (l *Ledger) newTable() *ui.DataTable {
	columns := []ui.TableColumn{
		{Key: "at", Title: "时间", Width: 160, Narrow: 152, Stretch: 1, Sortable: true},
		{Key: "username", Title: "用户名", Width: 96, Narrow: 80, Stretch: 1, HideBelow: 800},
		{Key: "name", Title: "姓名", Width: 88, Narrow: 72, Stretch: 1, Sortable: true, Strong: true},
		{Key: "organization", Title: "组织机构", Width: 148, Narrow: 132, Stretch: 3, Sortable: true, HideBelow: 520},
		{Key: "batch", Title: "批次", Width: 128, Narrow: 116, Stretch: 1, Sortable: true, HideBelow: 640},
		{Key: "order", Title: "订单", Width: 128, Narrow: 116, Stretch: 1, HideBelow: 900},
		{Key: "amount", Title: "金额", Width: 96, Narrow: 84, Stretch: 1, Right: true, Sortable: true},
		{Key: "user", Title: "经办人", Width: 84, Narrow: 72, Stretch: 1, HideBelow: 900},
		{Key: "state", Title: "状态", Width: 112, Narrow: 104},
	}
	table := ui.NewDataTable(columns...)
	table.Ticks = true
	table.Count = func() int { return l.rows.Len() }
	table.Key = func(row int) int64 { return l.rows.ID(row) }
	table.AllKeys = func() []int64 { return l.rows.IDs() }
	table.Cell = func(row, column int) ui.Cell { return entryCell(l.rows.At(row), columns[column].Key) }
	table.OnOpen = func(row int) { l.readEntry(l.rows.ID(row)) }
	table.OnCell = func(row int, key string) { l.follow(l.rows.At(row), key) }
	table.OnTick = l.sumTicked
	table.OnSort = func(key string, descending bool) {
		table.SetSort(key, descending)
		l.sortKey, l.descending = key, descending
		l.reload()
	}
	table.SetSort(l.sortKey, l.descending)
	charge := ui.NewButton("去充值", "wallet", func() { l.desk.Go(desk.Recharge, nil) })
	clear := ui.NewButton("清除条件", "x", func() { l.filters.clear(); l.reload() })
	table.Empty = ui.NewEmptyState("table-2", "没有充值明细", "给学员充值后，每人每次在这里有一行；设了条件时，换一个条件再查。", []fyne.CanvasObject{charge, clear}, nil, "")
	desk.RememberWidths(l.service, "columns.ledger", table)
	return table
}

// follow leads from a cell to what it names.
func (l *Ledger) follow(entry data.RechargeEntry, key string) {
	if key == "batch" {
		l.desk.Go(desk.Batches, entry.BatchNumber)
		return
	}
	l.goOrder(entry.OrderNumber)
}

// entryTone is the colour of an entry's state.
func entryTone(state data.EntryState) ui.Tone {
	switch state {
	case data.EntrySucceeded:
		return ui.ToneSuccess
	case data.EntryFailed:
		return ui.ToneDanger
	case data.EntryReversal, data.EntryReturn:
		return ui.TonePrimary
	}
	return ui.ToneNeutral
}

// entryCell gives what stands in a column of an entry's row.
func entryCell(entry data.RechargeEntry, column string) ui.Cell {
	switch column {
	case "at":
		return ui.Cell{Text: string(entry.At)}
	case "username":
		return usernameCell(entry.Username, entry.IDNumber)
	case "name":
		return ui.Cell{Text: entry.Name}
	case "organization":
		return ui.Cell{Text: desk.ShownPath(entry.Organization)}
	case "batch":
		return ui.Cell{Text: entry.BatchNumber, Link: true}
	case "order":
		return ui.Cell{Text: entry.OrderNumber, Link: true}
	case "amount":
		return ui.Cell{Text: entry.Amount.String()}
	case "user":
		return ui.Cell{Text: entry.User}
	}
	if entry.ID == 0 {
		return ui.Cell{}
	}
	return ui.Cell{Text: string(entry.State()), Tone: entryTone(entry.State())}
}

// ledgerFooter sums what is found and what is ticked, and holds what can be done with the ticked.
type ledgerFooter struct {
	content               fyne.CanvasObject
	total, parts, count   *ui.Text
	ticked                *ui.Text
	reverse, answer, none *ui.Button
}

func newLedgerFooter(l *Ledger) *ledgerFooter {
	f := &ledgerFooter{total: ui.NewBold(""), parts: ui.NewText("", theme.Secondary), count: ui.NewText("", theme.Secondary), ticked: ui.NewBold("")}
	f.reverse = ui.NewButton("冲正", "undo-2", func() { l.actions.with(l.table.Ticked(), l.actions.reverse) })
	f.answer = ui.NewButton("记平台结果", "badge-check", func() { l.actions.with(l.table.Ticked(), l.actions.answer) })
	f.reverse.Small, f.answer.Small = true, true
	f.none = ui.NewLink("取消选择", l.table.ClearTicks)
	f.content = ui.NewFooter(f.total, f.parts, f.ticked, f.answer, f.reverse, f.none, ui.Space(), f.count)
	return f
}

// found shows the sums of the whole list, each with its parts where something was taken back.
func (f *ledgerFooter) found(totals data.RechargeTotals, filtered bool) {
	word := "合计 "
	if filtered {
		word = "查到的合计 "
	}
	f.total.SetText(word + totals.Net().String() + " 元")
	f.parts.SetText(fmt.Sprintf("充值 %s，冲正退回 %s", totals.Charged, totals.Taken))
	f.parts.Hidden = totals.Taken == 0
	f.count.SetText(fmt.Sprintf("共 %s 笔", desk.Thousands(totals.Count)))
	f.content.Refresh()
}

// sumTicked sums the ticked entries and shows what can be done with them.
func (l *Ledger) sumTicked() {
	ids := l.table.Ticked()
	desk.Load(l.desk, &l.summing, func(ctx context.Context) (sum data.Money, err error) {
		entries, err := l.service.RechargeEntries(ctx, ids)
		for _, entry := range entries {
			sum += entry.Amount
		}
		return sum, err
	}, func(sum data.Money) {
		f := l.footer
		f.ticked.SetText(fmt.Sprintf("已选 %s 笔 %s 元", desk.Thousands(len(ids)), sum))
		for _, o := range []fyne.CanvasObject{f.ticked, f.reverse, f.answer, f.none} {
			setShown(o, len(ids) > 0)
		}
		setShown(f.total, len(ids) == 0)
		f.parts.Hidden = f.parts.Hidden || len(ids) > 0
		f.content.Refresh()
	})
}
