package reconcile

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// change carries something out that can be taken back: told says what was done, undo how to take it back, which Ctrl+Z and the
// button in the message do. Where lines of a closed month are touched, it asks before.
func (r *Screen) change(lines []data.BankStatementLine, work func(ctx context.Context) error, told func() string, undo func(ctx context.Context) error) {
	r.unlessClosed(lines, func() {
		if r.busy {
			return
		}
		r.busy = true
		var failure error
		r.desk.Do(func(ctx context.Context) error { failure = work(ctx); return nil }, func() {
			r.busy = false
			if failure != nil {
				r.desk.Fail(failure)
				return
			}
			text := told()
			r.undo = func() {
				r.undo = nil
				r.desk.Do(undo, func() { r.desk.Toast("已撤销：" + text) })
			}
			ui.ShowToast(r.desk.Window, ui.Toast{Text: text, Action: "撤销", OnAction: r.takeBack})
		})
	})
}

// takeBack undoes the last change, once.
func (r *Screen) takeBack() {
	if r.undo != nil {
		r.undo()
	}
}

// unlessClosed asks before a closed month is touched.
func (r *Screen) unlessClosed(lines []data.BankStatementLine, proceed func()) {
	var closed []data.Month
	for _, line := range lines {
		if month := data.MonthOf(line.At); r.found.Closed(month) && !slices.Contains(closed, month) {
			closed = append(closed, month)
		}
	}
	r.desk.UnlessClosed(closed, proceed)
}

// settleCertain takes over all matches that are unique and certain.
func (r *Screen) settleCertain() {
	var lines []data.BankStatementLine
	for _, row := range r.found.Pairings {
		if row.State == data.PairCertain {
			lines = append(lines, row.Lines...)
		}
	}
	if len(lines) == 0 {
		return
	}
	var ids []int64
	r.change(lines, func(ctx context.Context) (err error) {
		ids, err = r.service.SettleCertain(ctx)
		return err
	}, func() string { return fmt.Sprintf("已确认 %d 笔流水与订单的对应。", len(ids)) },
		func(ctx context.Context) error { return r.service.UnmatchAll(ctx, ids) })
}

// act does the next thing for a row: settles what it proposes, or asks for the order.
func (r *Screen) act(row data.Pairing) {
	switch row.State {
	case data.PairCertain, data.PairProposed:
		r.settleMatch(row.Choices[0])
	case data.PairChoice:
		if place, picked := r.picked[row.Key()]; picked && place < len(row.Choices) {
			r.settleMatch(row.Choices[place])
		}
	case data.PairOpen, data.PairUnrelated:
		r.byHand(row)
	}
}

// settleMatch stores a match and stands at the next row that waits.
func (r *Screen) settleMatch(match data.Match) {
	lines := r.linesOf(match.Lines)
	next := r.nextWaiting(match.Lines)
	var id int64
	r.change(lines, func(ctx context.Context) (err error) {
		id, err = r.service.SettleMatch(ctx, match)
		return err
	}, func() string {
		if next >= 0 {
			r.list.SetCurrent(next)
		}
		r.hand.clear()
		r.list.Refresh()
		return fmt.Sprintf("已对上 %s 元。", data.NetPaid(lines))
	}, func(ctx context.Context) error { return r.service.UnmatchAll(ctx, []int64{id}) })
}

// nextWaiting gives the row after the current one that waits, or -1; the rows that hold one of the lines do not count.
func (r *Screen) nextWaiting(lines []int64) int {
	from := r.list.Current() + 1
	for at := from; at < len(r.rows); at++ {
		if r.rows[at].Waits() && !slices.Contains(lines, r.rows[at].Key()) {
			return at
		}
	}
	return -1
}

func (r *Screen) linesOf(ids []int64) []data.BankStatementLine {
	var found []data.BankStatementLine
	for _, line := range r.found.Books.Lines {
		if slices.Contains(ids, line.ID) {
			found = append(found, line)
		}
	}
	return found
}

// unmatch takes a settled match back.
func (r *Screen) unmatch(row data.Pairing) {
	match := row.Choices[0]
	r.change(row.Lines, func(ctx context.Context) error { return r.service.UnmatchAll(ctx, []int64{match.ID}) },
		func() string { return "已取消对应。" },
		func(ctx context.Context) error {
			_, err := r.service.SettleMatch(ctx, match)
			return err
		})
}

// setAside says that a line is none of the training's, or takes that back.
func (r *Screen) setAside(row data.Pairing, aside bool) {
	line := row.Lines[0]
	told := "已标为与培训无关。"
	if !aside {
		told = "已重新列入核对。"
	}
	r.change(row.Lines, func(ctx context.Context) error { return r.service.SetAside(ctx, line.ID, aside) }, func() string { return told },
		func(ctx context.Context) error { return r.service.SetAside(ctx, line.ID, !aside) })
}

// pick chooses one of a row's proposals.
func (r *Screen) pick(row data.Pairing, place int) {
	if place >= min(len(row.Choices), choicesShown) {
		return
	}
	r.picked[row.Key()] = place
	r.list.SetCurrent(r.rowOf(row.Key()))
	r.list.Refresh()
}

// newOrder begins the order that a payment lacks, with what the bank says of it.
func (r *Screen) newOrder(row data.Pairing) {
	line := row.Lines[0]
	paid := desk.BankPaid{Amount: data.NetPaid(row.Lines), At: line.At, Account: line.Account}
	for _, statement := range r.found.Statements {
		if statement.ID == line.StatementID {
			paid.Bank = statement.Bank
		}
	}
	r.desk.Go(desk.Payment, desk.BeginPayment{Plan: r.desk.Plan(), Mode: data.PayFirst, Paid: paid})
}

// openDraft goes on with the order that was begun for a payment.
func (r *Screen) openDraft(draft data.BookOrder) {
	if draft.Review == data.ReviewDraft {
		r.desk.Go(desk.Payment, draft.ID)
		return
	}
	r.desk.Go(desk.OrderDetails, draft.ID)
}

// key does what a key means for a row: Delete takes its match back.
func (r *Screen) key(at int, key fyne.KeyName) bool {
	if key != fyne.KeyDelete && key != fyne.KeyBackspace {
		return false
	}
	if r.rows[at].State == data.PairSettled {
		r.unmatch(r.rows[at])
	}
	return true
}

// rune does what a letter means for a row: the space ticks it for matching by hand, a digit chooses a proposal, m opens the panel, x
// puts the line aside.
func (r *Screen) rune(at int, typed rune) {
	row := r.rows[at]
	switch {
	case typed == ' ' && row.State != data.PairSettled:
		r.openHand()
		r.hand.toggleLine(row.Key())
	case typed >= '1' && typed <= '9' && row.State == data.PairChoice:
		r.pick(row, int(typed-'1'))
	case typed == 'm' || typed == 'M':
		r.byHand(row)
	case (typed == 'x' || typed == 'X') && r.mayPutAside(row):
		r.setAside(row, !row.Aside)
	}
}

// mayPutAside tells whether the menu offers it; the program decides.
func (r *Screen) mayPutAside(row data.Pairing) bool {
	return row.Aside || row.State != data.PairSettled && row.State != data.PairCertain && row.State != data.PairFee && len(row.Lines) == 1
}

// menu is what can be done with a row, with the keys for it; without a row what belongs to the page.
func (r *Screen) menu(at int) []ui.MenuItem {
	items := []ui.MenuItem{}
	if at >= 0 && at < len(r.rows) {
		row := r.rows[at]
		settled := row.State == data.PairSettled
		aside := "与培训无关"
		if row.Aside {
			aside = "重新列入核对"
		}
		items = append(items,
			ui.MenuItem{Label: "手工核对", Icon: "link", Note: "M", Disabled: settled, Action: func() { r.byHand(row) }},
			ui.MenuItem{Label: "取消对应", Icon: "unlink", Note: "Delete", Disabled: !settled, Action: func() { r.unmatch(row) }},
			ui.MenuItem{Label: aside, Icon: "ban", Note: "X", Disabled: !r.mayPutAside(row), Action: func() { r.setAside(row, !row.Aside) }})
		if draft, begun := r.drafts[row.Key()]; begun {
			items = append(items, ui.MenuItem{Label: fmt.Sprintf("打开 %s（%s）", draft.Number, draft.Review), Icon: "pencil", Separated: true, Action: func() { r.openDraft(draft) }},
				ui.MenuItem{Label: "另建订单", Icon: "plus", Action: func() { r.newOrder(row) }})
		}
		for _, id := range ordersOf(row) {
			items = append(items, ui.MenuItem{Label: "打开 " + r.orders[id].Number, Icon: "clipboard-check", Separated: true, Action: func() { r.desk.Go(desk.OrderDetails, id) }})
		}
	}
	return append(items,
		ui.MenuItem{Label: "撤销上一步", Icon: "undo-2", Note: "Ctrl+Z", Separated: len(items) > 0, Disabled: r.undo == nil, Action: r.takeBack},
		ui.MenuItem{Label: "对账差异", Icon: "triangle-alert", Action: func() { r.desk.Go(desk.Differences, nil) }},
		ui.MenuItem{Label: "月结", Icon: "calendar", Action: func() { r.desk.Go(desk.MonthEnd, nil) }})
}

// ordersOf lists the orders that a row names, each once.
func ordersOf(row data.Pairing) []int64 {
	var found []int64
	for _, match := range row.Choices {
		for _, id := range match.Orders {
			if !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
	}
	return found[:min(len(found), choicesShown)]
}
