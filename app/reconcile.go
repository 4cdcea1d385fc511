package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// Reconciliation is how the five books stand to each other.
type Reconciliation struct {
	// Books' Matches are the settled ones, which have an ID, and behind them those that are certain and not settled yet.
	Books    data.Books
	Proposed []data.Match
	// Differences are those of all years, since a payment may belong to an order of another month.
	Differences []data.Difference
	// Pairings are the rows of 银行流水核对.
	Pairings []data.Pairing
	// Statements are the bank's files, the newest first.
	Statements []data.ImportedStatement
	// Closings are the months that are closed, the newest first.
	Closings []data.MonthClosing
}

// Months judges every month that has bank lines or orders, the newest first.
func (r Reconciliation) Months() []data.MonthCheck {
	return r.Books.MonthChecks(r.Pairings, r.Differences, r.Closings)
}

// Closed tells whether a month is closed.
func (r Reconciliation) Closed(month data.Month) bool {
	return slices.ContainsFunc(r.Closings, func(c data.MonthClosing) bool { return c.Month == month })
}

// Progress counts the rows of 银行流水核对 that belong to the training, and those of them that are settled.
func (r Reconciliation) Progress() (related, settled int) {
	for _, row := range r.Pairings {
		if row.Related() {
			related++
			if row.State == data.PairSettled {
				settled++
			}
		}
	}
	return related, settled
}

// Certain gives the matches that may be settled without asking.
func (r Reconciliation) Certain() []data.Match {
	first := slices.IndexFunc(r.Books.Matches, func(m data.Match) bool { return m.ID == 0 })
	if first < 0 {
		return nil
	}
	return r.Books.Matches[first:]
}

// Reconcile matches bank lines with orders and compares the five books. It writes nothing. Orders that are drafts, void or refused are
// not expected to be paid.
func (a *App) Reconcile(ctx context.Context) (Reconciliation, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (Reconciliation, error) { return a.reconcile(tx) })
}

func (a *App) reconcile(tx *sqlite.Tx) (Reconciliation, error) {
	books, err := tx.Books(a.Today())
	if err != nil {
		return Reconciliation{}, err
	}
	lines, orders, learned := unsettled(books)
	matching := data.MatchPayments(lines, orders, learned)
	books.Matches = append(books.Matches, matching.Certain...)
	found := Reconciliation{Books: books, Proposed: matching.Proposed, Differences: books.Differences()}
	accepted, err := tx.AcceptedDifferences()
	if err != nil {
		return Reconciliation{}, err
	}
	for place := range found.Differences {
		difference := &found.Differences[place]
		if at := slices.IndexFunc(accepted, difference.Same); at >= 0 {
			difference.Accepted = accepted[at].Accepted
		}
	}
	found.Pairings = found.Books.Pairings(found.Proposed)
	if found.Statements, err = tx.Statements(); err != nil {
		return Reconciliation{}, err
	}
	found.Closings, err = tx.MonthClosings()
	return found, err
}

// unsettled gives the lines and orders that no settled match holds, and the names that banks gave payees in those.
func unsettled(books data.Books) (lines []data.BankStatementLine, orders []data.PayableOrder, learned map[string]string) {
	payees, settled := map[int64]string{}, map[int64]bool{}
	learned = map[string]string{}
	for _, match := range books.Matches {
		for _, id := range match.Orders {
			payees[id] = ""
		}
	}
	for _, order := range books.Orders {
		if _, taken := payees[order.ID]; taken {
			payees[order.ID] = order.PayeeName
		} else if order.Submitted() {
			orders = append(orders, order.PayableOrder)
		}
	}
	names := map[int64]string{}
	for _, match := range books.Matches {
		for _, id := range match.Lines {
			settled[id] = true
			if len(match.Orders) > 0 {
				names[id] = payees[match.Orders[0]]
			}
		}
	}
	for _, line := range books.Lines {
		switch {
		case books.Aside[line.ID]:
		case !settled[line.ID]:
			lines = append(lines, line)
		case line.Name != "" && names[line.ID] != "":
			learned[line.Name] = names[line.ID]
		}
	}
	return lines, orders, learned
}

// SettleCertain stores every match that is certain, in one go, and gives their keys, by which UnmatchAll takes them back.
func (a *App) SettleCertain(ctx context.Context) ([]int64, error) {
	var ids []int64
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		found, err := a.reconcile(tx)
		if err != nil {
			return err
		}
		ids = nil
		for _, match := range found.Certain() {
			id, err := tx.AddMatch(match, a.Now(), user)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		if len(ids) == 0 {
			return nil
		}
		return a.log(tx, user, "match.certain", "", fmt.Sprintf("自动对上流水与订单 %d 对", len(ids)))
	}, StatementsChanged)
	return ids, err
}

// SettleMatch stores that lines paid orders: a proposal that somebody took, or one made by hand. It gives the match's key. It fails with data.ErrWrongState where a
// line or an order is in another match, and with data.ErrNotFound where one does not exist.
func (a *App) SettleMatch(ctx context.Context, match data.Match) (id int64, err error) {
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		books, err := tx.Books(a.Today())
		if err != nil {
			return err
		}
		words, err := matchWords(books, match)
		if err != nil {
			return err
		}
		if id, err = tx.AddMatch(match, a.Now(), user); errors.Is(err, data.ErrWrongState) {
			return data.Refuse("match-taken", "", "其中有流水或订单已经对上了别的。", "请先取消原来的对应，再重新选择。").Because(err)
		} else if err != nil {
			return err
		}
		closed, err := closedWords(tx, monthsOf(linesOf(books, match.Lines))...)
		if err != nil {
			return err
		}
		return a.log(tx, user, "match.settle", words, "对上流水与订单："+match.Reason+closed)
	}, StatementsChanged)
	return id, err
}

// matchWords names a match for the log by its orders, and refuses lines and orders that do not exist or do not count.
func matchWords(books data.Books, match data.Match) (string, error) {
	var numbers []string
	for _, id := range match.Orders {
		at := slices.IndexFunc(books.Orders, func(o data.BookOrder) bool { return o.ID == id && o.Live() })
		if at < 0 {
			return "", data.Refuse("match-order", "", "订单不存在，或者已经作废、被驳回。", "请刷新后重新选择。").Because(data.ErrNotFound)
		}
		numbers = append(numbers, books.Orders[at].Number)
	}
	for _, id := range match.Lines {
		if !slices.ContainsFunc(books.Lines, func(l data.BankStatementLine) bool { return l.ID == id }) {
			return "", data.Refuse("match-line", "", "银行流水不存在。", "请刷新后重新选择。").Because(data.ErrNotFound)
		}
	}
	return strings.Join(numbers, "、"), nil
}

// linesOf gives bank lines by their keys.
func linesOf(books data.Books, ids []int64) []data.BankStatementLine {
	var found []data.BankStatementLine
	for _, line := range books.Lines {
		if slices.Contains(ids, line.ID) {
			found = append(found, line)
		}
	}
	return found
}

// Unmatch takes a settled match back.
func (a *App) Unmatch(ctx context.Context, id int64) error { return a.UnmatchAll(ctx, []int64{id}) }

// UnmatchAll takes settled matches back, all or none.
func (a *App) UnmatchAll(ctx context.Context, ids []int64) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		books, err := tx.Books(a.Today())
		if err != nil {
			return err
		}
		for _, id := range ids {
			words := fmt.Sprint(id)
			var lines []data.BankStatementLine
			if at := slices.IndexFunc(books.Matches, func(m data.Match) bool { return m.ID == id }); at >= 0 {
				lines = linesOf(books, books.Matches[at].Lines)
				if words, err = matchWords(books, books.Matches[at]); err != nil {
					return err
				}
			}
			if err := tx.RemoveMatch(id); err != nil {
				return err
			}
			closed, err := closedWords(tx, monthsOf(lines)...)
			if err != nil {
				return err
			}
			if err := a.log(tx, user, "match.undo", words, "取消流水与订单的对应"+closed); err != nil {
				return err
			}
		}
		return nil
	}, StatementsChanged)
}

// SetAside puts a bank line aside as none of the training's, or with aside false takes it up again.
func (a *App) SetAside(ctx context.Context, lineID int64, aside bool) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		books, err := tx.Books(a.Today())
		if err != nil {
			return err
		}
		lines := linesOf(books, []int64{lineID})
		if len(lines) == 0 {
			return data.ErrNotFound
		}
		words := fmt.Sprintf("%s 的一笔流水", lines[0].At.Date())
		if !aside {
			return errors.Join(tx.TakeUp(lineID), a.log(tx, user, "statement.take-up", words, "重新列入核对"))
		}
		if err := books.JudgeAside(lines[0]); err != nil {
			return err
		}
		return errors.Join(tx.SetAside(lineID, a.Now(), user), a.log(tx, user, "statement.aside", words, "标为与培训无关"))
	}, StatementsChanged)
}

// AcceptDifference lets a difference stand, for a reason.
func (a *App) AcceptDifference(ctx context.Context, difference data.Difference, reason string) error {
	reason, err := judgeReason(reason, "请写明为什么可以保留这处差异。")
	if err != nil {
		return err
	}
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.AcceptDifference(difference, reason, a.Now(), user); err != nil {
			return err
		}
		return a.log(tx, user, "difference.accept", string(difference.Class), "保留差异："+reason)
	}, StatementsChanged)
}

// ReopenDifference takes back that a difference was accepted.
func (a *App) ReopenDifference(ctx context.Context, difference data.Difference) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.ReopenDifference(difference); err != nil {
			return err
		}
		return a.log(tx, user, "difference.reopen", string(difference.Class), "不再保留差异")
	}, StatementsChanged)
}
