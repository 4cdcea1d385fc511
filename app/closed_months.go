package app

import (
	"context"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// monthsOf gives the months of bank lines.
func monthsOf(lines []data.BankStatementLine) []data.Month {
	months := make([]data.Month, len(lines))
	for place, line := range lines {
		months[place] = data.MonthOf(line.At)
	}
	return months
}

// closedMonths gives those of some months that are closed (月结), each once, the newest first.
func closedMonths(tx *sqlite.Tx, months ...data.Month) ([]data.Month, error) {
	closings, err := tx.MonthClosings()
	if err != nil {
		return nil, err
	}
	var closed []data.Month
	for _, closing := range closings {
		if slices.Contains(months, closing.Month) {
			closed = append(closed, closing.Month)
		}
	}
	return closed, nil
}

// ClosedMonthsOfStatement gives the closed months (月结) that a bank's file has lines in.
func (a *App) ClosedMonthsOfStatement(ctx context.Context, id int64) ([]data.Month, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.Month, error) {
		months, err := tx.StatementMonths(id)
		if err != nil {
			return nil, err
		}
		return closedMonths(tx, months...)
	})
}

// ClosedMonthsOfEntries gives the closed months (月结) that a reversal of recharge entries touches: those in which people were charged,
// and those of the orders whose batches get the money back.
func (a *App) ClosedMonthsOfEntries(ctx context.Context, ids []int64) ([]data.Month, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.Month, error) {
		entries, err := tx.RechargeEntries(ids)
		if err != nil {
			return nil, err
		}
		months, err := monthsOfEntries(tx, entries)
		if err != nil {
			return nil, err
		}
		return closedMonths(tx, months...)
	})
}

func monthsOfEntries(tx *sqlite.Tx, entries []data.RechargeEntry) ([]data.Month, error) {
	var months []data.Month
	orders := map[int64]bool{}
	for _, entry := range entries {
		months = append(months, data.MonthOf(entry.At))
		if orders[entry.OrderID] {
			continue
		}
		orders[entry.OrderID] = true
		order, err := tx.Order(entry.OrderID)
		if err != nil {
			return nil, err
		}
		months = append(months, order.Month())
	}
	return months, nil
}

// closedWords says for the log that a change touches months that are closed, "" where none is.
func closedWords(tx *sqlite.Tx, months ...data.Month) (string, error) {
	closed, err := closedMonths(tx, months...)
	if err != nil || len(closed) == 0 {
		return "", err
	}
	return "（" + data.MonthWords(closed) + "已月结）", nil
}

// enteringClosed warns where submitting an order would change the figures of a closed month.
func enteringClosed(tx *sqlite.Tx, order data.Order) ([]data.Problem, error) {
	if order.Booked() {
		return nil, nil
	}
	closed, err := closedMonths(tx, order.Month())
	if err != nil || len(closed) == 0 {
		return nil, err
	}
	return []data.Problem{data.Warn("month-closed", "paid_at", data.MonthWords(closed)+"已经月结，这个订单会改动那个月的金额。", "提交以后，月结页会提示那个月有变动。")}, nil
}
