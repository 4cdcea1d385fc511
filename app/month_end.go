package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// MonthChecks judges every month that has bank lines or orders, the newest first.
func (a *App) MonthChecks(ctx context.Context) ([]data.MonthCheck, error) {
	found, err := a.Reconcile(ctx)
	return found.Months(), err
}

// CloseMonth closes a month (月结) with the figures that it has now; note may say what was looked at. It fails with the first of
// the month's data.MonthCheck.Blockers, and with data.ErrWrongState where the month is closed already.
func (a *App) CloseMonth(ctx context.Context, month data.Month, note string) error {
	a.backUpBefore(ctx, data.BeforeMonthEnd)
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		found, err := a.reconcile(tx)
		if err != nil {
			return err
		}
		check, err := checkOf(found, month)
		if err != nil {
			return err
		}
		if blockers := check.Blockers(); len(blockers) > 0 {
			return blockers[0].Because(data.ErrWrongState)
		}
		closing := data.MonthClosing{Month: month, At: a.Now(), User: user, Note: data.CleanText(note), MonthFigures: check.MonthFigures}
		if err := tx.CloseMonth(closing); errors.Is(err, data.ErrWrongState) {
			return data.Refuse("month-closed", "", month.Words()+"已经月结了。", "要重新核对请先取消月结。").Because(err)
		} else if err != nil {
			return err
		}
		return a.log(tx, user, "month.close", string(month), fmt.Sprintf("月结：付款 %s 元，订单 %s 元，保留差异 %d 处", check.Paid, check.Ordered, check.Accepted))
	}, StatementsChanged)
}

func checkOf(found Reconciliation, month data.Month) (data.MonthCheck, error) {
	months := found.Months()
	at := slices.IndexFunc(months, func(c data.MonthCheck) bool { return c.Month == month })
	if at < 0 {
		return data.MonthCheck{}, data.Refuse("month-empty", "", "这个月没有流水，也没有订单。", "不用月结。").Because(data.ErrNotFound)
	}
	return months[at], nil
}

// ReopenMonth takes the closing of a month back, for a reason.
func (a *App) ReopenMonth(ctx context.Context, month data.Month, reason string) error {
	reason, err := judgeReason(reason, "请写明为什么要取消月结。")
	if err != nil {
		return err
	}
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.ReopenMonth(month); err != nil {
			return err
		}
		return a.log(tx, user, "month.reopen", string(month), "取消月结："+reason)
	}, StatementsChanged)
}
