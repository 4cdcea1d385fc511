package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// actionSlugs are the actions as 操作日志 keeps them.
var actionSlugs = map[data.OrderAction]string{
	data.ActReady: "order.ready", data.ActPack: "order.pack", data.ActUnpack: "order.unpack", data.ActSubmit: "order.submit", data.ActApprove: "order.approve", data.ActReject: "order.reject", data.ActTakeBack: "order.take-back",
	data.ActRevise: "order.revise", data.ActVoid: "order.void", data.ActRequestInvoice: "order.invoice-request", data.ActIssue: "order.invoice",
	data.ActCorrect: "order.invoice-correct", data.ActWithdraw: "order.invoice-withdraw", data.ActReverse: "order.invoice-reverse", data.ActRefill: "order.invoice-refill",
}

// wayTo says what has to come before an action.
func wayTo(o data.Order, action data.OrderAction) string {
	if o.Review == data.ReviewVoid {
		return "作废的订单不再改动；请复制为新订单。"
	}
	switch action {
	case data.ActApprove, data.ActReject:
		return "待审核的订单才能登记审核结果；草稿请先提交。"
	case data.ActRevise:
		return "审核驳回的订单才能修订；草稿可以直接修改，审核通过的请先撤回审核。"
	case data.ActVoid:
		return "草稿和审核驳回的订单才能作废；待审核的请先登记驳回，审核通过的请先撤回审核。"
	case data.ActReverse:
		return "已开票的订单才能登记红冲。"
	case data.ActRefill:
		return "发票红冲以后才能重新填写；没有开票的，可以更正登记或修订订单。"
	}
	return "请刷新后查看它的状态。"
}

// refusedAction says why an order's states do not allow an action.
func refusedAction(o data.Order, action data.OrderAction) error {
	refuse := func(code, what, fix string) error {
		return data.Refuse(code, "", "订单 "+o.Number+" "+what, fix).Because(data.ErrWrongState)
	}
	live := o.Invoice.State == data.InvoiceIssued
	switch {
	case action == data.ActVoid && live && (o.Editable() || o.Review == data.ReviewRejected):
		return refuse("invoice-live", "已经开票，不能直接作废。", "请先登记红冲，再作废订单。")
	case action == data.ActIssue && live:
		return refuse("invoice-issued", "已经开票。", "要换发票，请先登记红冲，再重新填写发票信息。")
	case action == data.ActIssue && o.Invoice.State == data.InvoiceReversed && o.Review != data.ReviewVoid:
		return refuse("invoice-reversed", "的发票已经红冲。", "请先重新填写发票信息，再登记新的发票。")
	case action == data.ActIssue && o.Invoice.State == data.InvoiceEmpty && o.Review != data.ReviewVoid:
		return refuse("invoice-empty", "还没有填写发票信息或金额。", "请先填写再登记开票。")
	case action == data.ActRequestInvoice && o.Mode != data.InvoiceFirst:
		return refuse("mode-other", "的缴费模式是“"+string(o.Mode)+"”，不用先申请开票。", "需要先开票时，请把缴费模式改为“先开票后缴费”。")
	}
	return refuse("order-state", fmt.Sprintf("现在是“%s”，发票“%s”，不能%s。", o.Review, o.Invoice.State, action), wayTo(o, action))
}

// act checks that an order's states allow an action, does it and logs it; work changes what the action brings and tells of it.
func (a *App) act(ctx context.Context, id int64, action data.OrderAction, work func(tx *sqlite.Tx, user string, order data.Order) (detail string, err error)) (data.Order, error) {
	var order data.Order
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if order, err = tx.Order(id); err != nil {
			return err
		}
		if !order.May(action) {
			return refusedAction(order, action)
		}
		detail, err := work(tx, user, order)
		if err != nil {
			return err
		}
		before := order
		if order, err = tx.Order(id); err != nil {
			return err
		}
		if before.Booked() || order.Booked() {
			closed, err := closedWords(tx, before.Month(), order.Month())
			if err != nil {
				return err
			}
			detail += closed
		}
		return a.log(tx, user, actionSlugs[action], order.Number, detail)
	}, OrdersChanged, LedgerChanged, LettersChanged)
	return order, err
}

// move is act for an action that changes the review state; prepare fills in what the move brings.
func (a *App) move(ctx context.Context, id int64, action data.OrderAction, prepare func(tx *sqlite.Tx, user string, order *data.Order) (detail string, err error)) (data.Order, error) {
	return a.act(ctx, id, action, func(tx *sqlite.Tx, user string, order data.Order) (string, error) {
		next, _, _ := order.After(action)
		detail, err := prepare(tx, user, &order)
		if err != nil {
			return "", err
		}
		order.Review = next
		if err := tx.SaveOrder(order); err != nil {
			return "", err
		}
		if err := a.settleBatch(tx, order); err != nil {
			return "", err
		}
		if next == data.ReviewRejected || next == data.ReviewVoid || next == data.ReviewDraft {
			err = tx.VoidLetters(order.ID, a.Now(), user, fmt.Sprintf("订单 %s %s", order.Number, next))
		}
		return detail, err
	})
}

// settleBatch makes the learning-card batch of an order that has just been approved.
func (a *App) settleBatch(tx *sqlite.Tx, order data.Order) error {
	if order.Review != data.ReviewApproved {
		return nil
	}
	_, err := tx.AddBatch(order.ID, order.BatchNumber, order.Total(), a.Now())
	return err
}

// SubmitOrder checks an order and hands it to review: it becomes 待审核 with today's 申请时间.
// An online payment, which nobody reviews, is approved at once and makes its batch.
// Where something is missing it is refused with the first gap; the warnings are confirmed by this call and logged.
func (a *App) SubmitOrder(ctx context.Context, id int64) (data.Order, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return data.Order{}, err
	}
	return a.submitOrder(ctx, id, "")
}

// ReadyOrder checks a draft like SubmitOrder and makes it 待提交: the next 报盘包 takes it along. The warnings are confirmed by this call
// and logged; a change makes it a draft again.
func (a *App) ReadyOrder(ctx context.Context, id int64) (data.Order, error) {
	order, err := a.Order(ctx, id)
	if err != nil {
		return order, err
	}
	if order.Review == data.ReviewDraft && order.Mode != data.PayOnline {
		if err := a.refuseGaps(ctx, order); err != nil {
			return order, err
		}
	}
	return a.move(ctx, id, data.ActReady, func(tx *sqlite.Tx, _ string, order *data.Order) (string, error) {
		*order = order.Cleaned()
		gaps, err := a.orderGaps(tx, *order)
		if err != nil {
			return "", err
		}
		if err := firstGap(gaps); err != nil {
			return "", err
		}
		return fmt.Sprintf("检查完毕，列入待报，%s 元", order.Total()) + confirmedWords(gaps), nil
	})
}

// confirmedWords name the warnings that an act confirms.
func confirmedWords(gaps []data.Problem) string {
	words := ""
	for _, gap := range gaps {
		words += "；已确认：" + gap.What
	}
	return words
}

// submitOrder is SubmitOrder for an order that was entered on the platform at a time, now where that is "".
func (a *App) submitOrder(ctx context.Context, id int64, at data.Moment) (data.Order, error) {
	order, err := a.Order(ctx, id)
	if err != nil {
		return order, err
	}
	if waiting := []data.ReviewState{data.ReviewDraft, data.ReviewReady, data.ReviewPacked}; slices.Contains(waiting, order.Review) {
		// Before the states are asked, so that a gap such as a missing invoice is told as one that can be mended.
		if err := a.refuseGaps(ctx, order); err != nil {
			return order, err
		}
	}
	return a.move(ctx, id, data.ActSubmit, func(tx *sqlite.Tx, user string, order *data.Order) (string, error) {
		*order = order.Cleaned()
		gaps, err := a.orderGaps(tx, *order)
		if err != nil {
			return "", err
		}
		if err := firstGap(gaps); err != nil {
			return "", err
		}
		return a.handOver(tx, user, order, gaps, at)
	})
}

func (a *App) refuseGaps(ctx context.Context, order data.Order) error {
	gaps, err := a.OrderGaps(ctx, order.Cleaned())
	if err != nil {
		return err
	}
	return firstGap(gaps)
}

// firstGap refuses what is not complete with the first thing that is missing, and tells how many there are.
func firstGap(gaps []data.Problem) error {
	missing := errorsOf(gaps)
	if len(missing) == 0 {
		return nil
	}
	first := missing[0]
	first.What = fmt.Sprintf("还差 %d 项，第一项：%s", len(missing), first.What)
	return first
}

// handOver keeps what is submitted as a revision that nothing changes any more.
func (a *App) handOver(tx *sqlite.Tx, user string, order *data.Order, gaps []data.Problem, at data.Moment) (string, error) {
	order.AppliedAt, order.ReviewNote = cmp.Or(at, a.Now()), ""
	detail := fmt.Sprintf("提交，%s 元", order.Total())
	if order.Mode == data.PayOnline {
		order.ReviewedAt = order.AppliedAt
		detail = fmt.Sprintf("在线支付已到账，%s 元，生成批次", order.Total())
	}
	revision := data.OrderRevision{Revision: order.Revision, At: order.AppliedAt, User: user, Order: *order}
	for _, gap := range gaps {
		revision.Confirmed = append(revision.Confirmed, gap.What)
	}
	detail += confirmedWords(gaps)
	if err := tx.KeepVouchers(order.ID); err != nil {
		return "", err
	}
	if err := tx.AddRevision(revision); err != nil {
		return "", err
	}
	return detail, rememberInvoice(tx, order.Invoice)
}

// ApproveOrder records that the platform approved an order at a time (now where empty) and makes its learning-card batch;
// an empty batch number takes the next of our own.
func (a *App) ApproveOrder(ctx context.Context, id int64, batch string, at data.Moment) (data.Order, error) {
	return a.move(ctx, id, data.ActApprove, func(_ *sqlite.Tx, _ string, order *data.Order) (string, error) {
		var err error
		if order.ReviewedAt, err = a.reviewTime(*order, at); err != nil {
			return "", err
		}
		order.ReviewNote, order.BatchNumber = "", strings.TrimSpace(batch)
		return fmt.Sprintf("审核通过，%s 元，生成批次", order.Total()), nil
	})
}

// RejectOrder records that the platform rejected an order, with its reason. All that was typed is kept.
func (a *App) RejectOrder(ctx context.Context, id int64, reason string, at data.Moment) (data.Order, error) {
	return a.move(ctx, id, data.ActReject, func(_ *sqlite.Tx, _ string, order *data.Order) (string, error) {
		var err error
		if order.ReviewNote, err = judgeReason(reason, "请照平台的审核意见填写。"); err != nil {
			return "", err
		}
		order.ReviewedAt, err = a.reviewTime(*order, at)
		return "审核驳回：" + order.ReviewNote, err
	})
}

// reviewTime reads the 审核时间 that was entered, now where empty. It cannot be before the 申请时间.
func (a *App) reviewTime(order data.Order, entered data.Moment) (data.Moment, error) {
	at := a.Now()
	if entered != "" {
		var err error
		if at, err = data.ParseMoment(string(entered)); err != nil {
			problem, _ := data.AsProblem(err)
			problem.Where.Field = "reviewed_at"
			return "", problem
		}
	}
	if at < order.AppliedAt {
		return "", data.Refuse("reviewed-early", "reviewed_at", "审核时间早于申请时间。", fmt.Sprintf("申请时间是 %s，请核对。", order.AppliedAt))
	}
	return at, nil
}

func judgeReason(reason, fix string) (string, error) {
	if reason = data.CleanText(reason); reason == "" {
		return "", data.Refuse("reason-missing", "reason", "还没有填写原因。", fix)
	}
	if data.LooksLikeIDNumber(reason) {
		return "", data.Refuse("id-in-wrong-column", "reason", "原因里写了证件号或账号。", "请去掉号码，只写原因。")
	}
	return reason, nil
}

// ReviseOrder makes a rejected order a draft again, one revision higher; one that was only made ready stays in its revision.
func (a *App) ReviseOrder(ctx context.Context, id int64) (data.Order, error) {
	return a.move(ctx, id, data.ActRevise, func(_ *sqlite.Tx, _ string, order *data.Order) (string, error) {
		detail := "改回草稿"
		if order.Review == data.ReviewRejected {
			order.Revision++
			detail = fmt.Sprintf("开始第 %d 次修订", order.Revision-1)
		}
		order.AppliedAt, order.ReviewedAt = "", ""
		return detail, nil
	})
}

// VoidOrder gives an order up for a reason. Its number is never used again. A live invoice has to be reversed before.
func (a *App) VoidOrder(ctx context.Context, id int64, reason string) (data.Order, error) {
	return a.move(ctx, id, data.ActVoid, func(_ *sqlite.Tx, _ string, order *data.Order) (string, error) {
		var err error
		order.ReviewNote, err = judgeReason(reason, "请写明为什么作废。")
		return "作废：" + order.ReviewNote, err
	})
}

// TakeBackApproval undoes an approval while its batch is unused. A transfer waits for review again; an online payment, which nobody
// reviews, becomes a draft of the next revision.
func (a *App) TakeBackApproval(ctx context.Context, id int64) (data.Order, error) {
	return a.move(ctx, id, data.ActTakeBack, func(tx *sqlite.Tx, _ string, order *data.Order) (string, error) {
		if err := tx.RemoveUnusedBatches(order.ID); err != nil {
			return "", data.Refuse("batch-used", "", "这个订单的批次已经充值过，不能撤回审核；冲正以后也不能，充值明细要留下。", "充错了请冲正那几条明细，审核保持通过。").Because(err)
		}
		order.ReviewedAt, order.BatchNumber = "", ""
		if order.Mode != data.PayOnline {
			return "撤回审核通过", nil
		}
		order.Revision++
		order.AppliedAt = ""
		return "撤回在线支付的到账登记，改回草稿", nil
	})
}
