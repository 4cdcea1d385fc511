package app

import (
	"context"
	"fmt"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// InvoiceOrder records that an order's invoice has come, over the order's total.
func (a *App) InvoiceOrder(ctx context.Context, id int64, number string, day data.Date) (data.Order, error) {
	order, err := a.Order(ctx, id)
	if err != nil {
		return order, err
	}
	return a.IssueInvoice(ctx, id, data.InvoiceIssue{Number: number, IssuedOn: day, Amount: order.Total()})
}

// IssueInvoice records that an order's invoice has come. Its amount must be the order's total; a number is never taken twice,
// not even one that was reversed.
func (a *App) IssueInvoice(ctx context.Context, orderID int64, issue data.InvoiceIssue) (data.Order, error) {
	issue, err := data.JudgeInvoiceIssue(issue)
	if err != nil {
		return data.Order{}, err
	}
	return a.act(ctx, orderID, data.ActIssue, func(tx *sqlite.Tx, _ string, order data.Order) (string, error) {
		switch total := order.Total(); {
		case total <= 0:
			return "", data.Refuse("invoice-empty", "", "这个订单还没有填写金额。", "请先填写再登记开票。").Because(data.ErrWrongState)
		case issue.Amount != total:
			return "", data.Refuse("invoice-amount", "amount", fmt.Sprintf("发票金额是 %s 元，订单是 %s 元。", issue.Amount, total), "发票要等于订单的总金额；开错了请联系开票方，金额填错了请更正。")
		}
		return fmt.Sprintf("已开票，号码末四位 %s，%s 元", tail(issue.Number), order.Total()), tx.IssueInvoice(orderID, issue.Number, issue.IssuedOn, issue.Amount)
	})
}

// tail is what 操作日志 tells of an invoice's number.
func tail(number string) string { return number[max(0, len(number)-4):] }

// CorrectInvoice mends the number or day of a live invoice that were entered wrongly. The amount stays the order's total.
func (a *App) CorrectInvoice(ctx context.Context, orderID int64, number string, day data.Date) (data.Order, error) {
	issue, err := data.JudgeInvoiceIssue(data.InvoiceIssue{Number: number, IssuedOn: day})
	if err != nil {
		return data.Order{}, err
	}
	return a.act(ctx, orderID, data.ActCorrect, func(tx *sqlite.Tx, _ string, order data.Order) (string, error) {
		detail := fmt.Sprintf("更正发票登记：号码末四位 %s，%s → %s，%s", tail(order.Invoice.Number), order.Invoice.IssuedOn, tail(issue.Number), issue.IssuedOn)
		return detail, tx.CorrectInvoice(orderID, issue.Number, issue.IssuedOn)
	})
}

// WithdrawInvoice undoes IssueInvoice: it forgets an invoice that was recorded by mistake, so that its number can be recorded where
// it belongs. An invoice that its issuer took back is reversed instead; one with files keeps them and is refused.
func (a *App) WithdrawInvoice(ctx context.Context, orderID int64) (data.Order, error) {
	return a.act(ctx, orderID, data.ActWithdraw, func(tx *sqlite.Tx, _ string, order data.Order) (string, error) {
		records, err := tx.Invoices(orderID)
		if err != nil {
			return "", err
		}
		if len(records) > 0 && len(records[0].Files) > 0 {
			return "", data.Refuse("invoice-has-files", "", "这张发票附有文件，不能撤回登记。", "请先删除发票文件，再撤回。").Because(data.ErrWrongState)
		}
		return "撤回发票登记，号码末四位 " + tail(order.Invoice.Number), tx.WithdrawInvoice(orderID)
	})
}

// ReverseInvoice records that an order's invoice was taken back by its issuer (红冲) on a day, for a reason. An order cannot be voided
// before.
func (a *App) ReverseInvoice(ctx context.Context, orderID int64, on data.Date, reason string) (data.Order, error) {
	reason, err := judgeReason(reason, "请写明为什么红冲，例如“抬头开错”。")
	if err != nil {
		return data.Order{}, err
	}
	return a.act(ctx, orderID, data.ActReverse, func(tx *sqlite.Tx, _ string, order data.Order) (string, error) {
		switch {
		case on.Time().IsZero():
			return "", data.Refuse("reverse-date", "date", "红冲日期不对。", "请照红字发票填写，例如 2022-06-17。")
		case on < order.Invoice.IssuedOn:
			return "", data.Refuse("reverse-early", "date", fmt.Sprintf("红冲日期早于开票日期 %s。", order.Invoice.IssuedOn), "请核对红冲日期。")
		}
		return fmt.Sprintf("发票红冲，号码末四位 %s：%s", tail(order.Invoice.Number), reason), tx.ReverseInvoice(orderID, on, reason)
	})
}

// RefillInvoice takes an order whose invoice was reversed from 已红冲 to 已填写 with the details of the invoice that is asked for
// instead. They must be complete.
func (a *App) RefillInvoice(ctx context.Context, orderID int64, invoice data.Invoice) (data.Order, error) {
	return a.act(ctx, orderID, data.ActRefill, func(tx *sqlite.Tx, _ string, order data.Order) (string, error) {
		problems := data.JudgeInvoice(invoice, order.Payee)
		if err := firstGap(problems); err != nil {
			return "", err
		}
		old := order
		order.Invoice = data.CleanInvoice(invoice)
		if exposed := exposedInOrder(order); exposed != nil {
			return "", exposed
		}
		if err := tx.SaveOrder(order); err != nil {
			return "", err
		}
		detail := []string{"重新填写发票信息"}
		for _, change := range data.CompareOrders(old, order) {
			detail = append(detail, change.Label)
		}
		for _, problem := range problems {
			detail = append(detail, "已确认："+problem.What)
		}
		return strings.Join(detail, "；"), tx.RefillInvoice(orderID, a.Now())
	})
}

// Invoices lists the invoices that were issued for an order, with their files, the newest first.
func (a *App) Invoices(ctx context.Context, orderID int64) ([]data.InvoiceRecord, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.InvoiceRecord, error) { return tx.Invoices(orderID) })
}
