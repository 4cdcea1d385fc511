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
	return found, nil
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
			settled[id], names[id] = true, payees[match.Orders[0]]
		}
	}
	for _, line := range books.Lines {
		if !settled[line.ID] {
			lines = append(lines, line)
		} else if line.Name != "" {
			learned[line.Name] = names[line.ID]
		}
	}
	return lines, orders, learned
}

// SettleCertain stores every match that is certain, in one go, and tells how many there were.
func (a *App) SettleCertain(ctx context.Context) (int, error) {
	count := 0
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		found, err := a.reconcile(tx)
		if err != nil {
			return err
		}
		count = len(found.Certain())
		if count == 0 {
			return nil
		}
		for _, match := range found.Certain() {
			if _, err := tx.AddMatch(match, a.Now(), user); err != nil {
				return err
			}
		}
		return a.log(tx, user, "match.certain", "", fmt.Sprintf("自动对上流水与订单 %d 对", count))
	}, StatementsChanged)
	return count, err
}

// SettleMatch stores that lines paid orders: a proposal that somebody took, or one made by hand. It fails with data.ErrWrongState where a
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
		return a.log(tx, user, "match.settle", words, "对上流水与订单："+match.Reason)
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

// Unmatch takes a settled match back.
func (a *App) Unmatch(ctx context.Context, id int64) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.RemoveMatch(id); err != nil {
			return err
		}
		return a.log(tx, user, "match.undo", fmt.Sprint(id), "取消流水与订单的对应")
	}, StatementsChanged)
}

// AcceptDifference lets a difference stand, for a reason.
func (a *App) AcceptDifference(ctx context.Context, difference data.Difference, reason string) error {
	reason = strings.TrimSpace(data.CleanText(reason))
	if reason == "" {
		return data.Refuse("reason-missing", "reason", "没有写理由。", "请写明为什么可以保留这处差异。")
	}
	if data.LooksLikeIDNumber(reason) {
		return data.Refuse("id-in-wrong-column", "reason", "理由里写了证件号。", "请不要在理由里写证件号，写姓名就可以。")
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
