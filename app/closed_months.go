package app

import (
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
