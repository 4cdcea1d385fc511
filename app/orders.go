package app

import (
	"context"
	"fmt"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// OrderIDs lists the keys of the orders that a query finds, in its order.
func (a *App) OrderIDs(ctx context.Context, q data.OrderQuery) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) { return tx.OrderIDs(q) })
}

// OrderRows reads the orders of ids in that order, as 银行转账凭证 lists them.
func (a *App) OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.OrderRow, error) { return tx.OrderRows(ids) })
}

// OrderTotals counts the orders that a query finds and sums them.
func (a *App) OrderTotals(ctx context.Context, q data.OrderQuery) (data.OrderTotals, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.OrderTotals, error) { return tx.OrderTotals(q) })
}

// Order reads one order with its lines, vouchers (without content) and invoice; account numbers are whole.
func (a *App) Order(ctx context.Context, id int64) (data.Order, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.Order, error) { return tx.Order(id) })
}

// OrderByNumber reads an order by its number.
func (a *App) OrderByNumber(ctx context.Context, number string) (data.Order, error) {
	order, err := query(a, ctx, func(tx *sqlite.Tx) (data.Order, error) {
		id, err := tx.OrderByNumber(number)
		if err != nil {
			return data.Order{}, data.Refuse("order-unknown", "order", fmt.Sprintf("没有编号为 %s 的订单。", number), "请核对订单号。").Because(err)
		}
		return tx.Order(id)
	})
	return order, err
}

// NewOrder starts a draft for a plan and gives it its number. Payer and invoice details are taken over from the
// last order, so that they are typed once.
func (a *App) NewOrder(ctx context.Context, plan data.Plan, mode data.PaymentMode) (data.Order, error) {
	order := data.Order{PlanID: plan.ID, PlanNumber: plan.Number, PlanName: plan.Name, Mode: mode, Payee: data.DefaultPayee, Review: data.ReviewDraft, CreatedAt: a.Now(),
		Invoice: data.Invoice{Type: data.InvoiceNormal}}
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		profile, err := tx.Profile()
		if err != nil {
			return err
		}
		order.Applicant, order.ApplicantUnit = user, profile.Unit
		if last, err := tx.LastOrder(); err == nil {
			previous, err := tx.Order(last)
			if err != nil {
				return err
			}
			order.PayerBank, order.PayerAccount, order.Invoice = previous.PayerBank, previous.PayerAccount, previous.Invoice
			order.Invoice.State, order.Invoice.Number, order.Invoice.IssuedOn, order.Invoice.ReversedOn = "", "", "", ""
		} else {
			order.Invoice.Title, order.Invoice.TaxNumber = profile.Unit, profile.USCC
			order.Invoice.Email, order.Invoice.Mobile = profile.Email, profile.Mobile
		}
		if order, err = tx.AddOrder(order); err != nil {
			return err
		}
		return a.log(tx, user, "order.create", order.Number, "新建草稿")
	}, OrdersChanged)
	return order, err
}

// SaveOrder stores a draft as typed, whatever is missing, and gives it back with its new version.
// An order that is not editable any more is refused.
func (a *App) SaveOrder(ctx context.Context, order data.Order) (data.Order, error) {
	if exposed := exposedInOrder(order); exposed != nil {
		return order, exposed
	}
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		stored, err := tx.Order(order.ID)
		if err != nil {
			return err
		}
		if !stored.Editable() {
			return wrongState(stored, "修改")
		}
		if err := judgeSave(stored, order); err != nil {
			return err
		}
		order.Review = data.ReviewDraft
		if err := tx.SaveOrder(order); err != nil {
			return err
		}
		order.Version++
		return nil
	}, OrdersChanged)
	return order, err
}

// judgeSave refuses what even a draft cannot hold.
func judgeSave(stored, order data.Order) error {
	seen := map[int64]bool{}
	for _, line := range order.Lines {
		switch {
		case seen[line.OrganizationID]:
			return data.Refuse("line-repeated", "lines", fmt.Sprintf("“%s”选了两次。", line.OrganizationPath), "请合并成一行，金额相加。")
		case line.Amount < 0 || line.Amount > data.MaxMoney:
			return data.Refuse("amount", "lines", fmt.Sprintf("“%s”的金额不对。", line.OrganizationPath), "金额从 0.01 到 99,999,999.99 元。")
		}
		seen[line.OrganizationID] = true
	}
	if stored.Invoice.State == data.InvoiceIssued && order.Total() != stored.Total() {
		return data.Refuse("invoice-issued", "lines", fmt.Sprintf("这个订单已经开票，金额 %s 元不能再改。", stored.Total()), "金额确实变了，请作废这个订单，重新填写一个。")
	}
	return nil
}

// exposedInOrder refuses an identity number in a field that is kept in the clear.
func exposedInOrder(o data.Order) error {
	i := o.Invoice
	open := []string{o.PayerBank, i.Title, i.Address, i.Telephone, i.Bank, i.Email, i.Remark}
	if data.LooksLikeIDNumber(strings.Join(open, "\n")) {
		return data.Refuse("id-in-wrong-column", "", "有一栏里写的是身份证号或账号。", "请把它移到对应的栏里。")
	}
	return nil
}

func wrongState(o data.Order, what string) error {
	return data.Refuse("order-state", "", fmt.Sprintf("订单 %s 现在是“%s”，不能%s。", o.Number, o.Review, what), "请刷新后查看它的状态。").Because(data.ErrWrongState)
}

// OrderGaps lists what stands between an order and its submission (errors) and what submitting confirms (warnings).
// Gaps of 管理员信息 come first, under fields profile.<field>.
func (a *App) OrderGaps(ctx context.Context, order data.Order) ([]data.Problem, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.Problem, error) { return a.orderGaps(tx, order) })
}

func (a *App) orderGaps(tx *sqlite.Tx, order data.Order) ([]data.Problem, error) {
	profile, err := tx.Profile()
	if err != nil {
		return nil, err
	}
	var problems []data.Problem
	for _, problem := range errorsOf(data.JudgeProfile(profile)) {
		problem.Where.Field = "profile." + problem.Where.Field
		problems = append(problems, problem)
	}
	plans, err := tx.Plans()
	if err != nil {
		return nil, err
	}
	var price data.Money
	for _, plan := range plans {
		if plan.ID == order.PlanID {
			price = plan.Price
		}
	}
	problems = append(problems, data.JudgeOrder(order, price, a.Now())...)
	for _, voucher := range order.Vouchers {
		others, err := tx.OrdersWithVoucher(voucher.SHA256, order.ID)
		if err != nil {
			return nil, err
		}
		if len(others) > 0 {
			problems = append(problems, data.Warn("voucher-elsewhere", "voucher", fmt.Sprintf("凭证“%s”已经用在订单 %s 里。", voucher.Name, strings.Join(others, "、")),
				"请确认没有传错，一张回单只能用于一次付款。"))
		}
	}
	return problems, nil
}

// move checks and stores an order's way into its next review state; prepare fills in what the move brings.
func (a *App) move(ctx context.Context, id int64, next data.ReviewState, what string, prepare func(tx *sqlite.Tx, order *data.Order) (detail string, err error)) (data.Order, error) {
	var order data.Order
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if order, err = tx.Order(id); err != nil {
			return err
		}
		if !order.MayBecome(next) {
			return wrongState(order, what)
		}
		detail, err := prepare(tx, &order)
		if err != nil {
			return err
		}
		order.Review = next
		if err := tx.SaveOrder(order); err != nil {
			return err
		}
		if err := a.settleBatch(tx, order); err != nil {
			return err
		}
		if next == data.ReviewRejected || next == data.ReviewVoid {
			if err := tx.VoidLetters(order.ID); err != nil {
				return err
			}
		}
		if err := a.log(tx, user, "order."+orderActions[next], order.Number, detail); err != nil {
			return err
		}
		order, err = tx.Order(id)
		return err
	}, OrdersChanged, LedgerChanged, LettersChanged)
	return order, err
}

var orderActions = map[data.ReviewState]string{
	data.ReviewReady: "ready", data.ReviewSubmitted: "submit", data.ReviewApproved: "approve", data.ReviewRejected: "reject",
	data.ReviewDraft: "revise", data.ReviewVoid: "void",
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
	order, err := a.Order(ctx, id)
	if err != nil {
		return order, err
	}
	next, what := data.ReviewSubmitted, "提交"
	if order.Mode == data.PayOnline {
		next = data.ReviewApproved
	}
	return a.move(ctx, id, next, what, func(tx *sqlite.Tx, order *data.Order) (string, error) {
		if order.Review == data.ReviewApproved { // it gets back to 待审核 by being taken back, without its batch
			return "", wrongState(*order, what)
		}
		*order = order.Cleaned()
		gaps, err := a.orderGaps(tx, *order)
		if err != nil {
			return "", err
		}
		if missing := errorsOf(gaps); len(missing) > 0 {
			first := missing[0]
			first.What = fmt.Sprintf("还差 %d 项，第一项：%s", len(missing), first.What)
			return "", first
		}
		order.AppliedAt, order.ReviewNote = a.Now(), ""
		detail := fmt.Sprintf("提交，%s 元", order.Total())
		if next == data.ReviewApproved {
			order.ReviewedAt = order.AppliedAt
			detail = fmt.Sprintf("在线支付已到账，%s 元，生成批次", order.Total())
		}
		for _, gap := range gaps {
			detail += "；已确认：" + gap.What
		}
		return detail, nil
	})
}

// ApproveOrder records that the platform approved an order at a time (now where empty) and makes its learning-card batch;
// an empty batch number takes the next of our own.
func (a *App) ApproveOrder(ctx context.Context, id int64, batch string, at data.Moment) (data.Order, error) {
	return a.move(ctx, id, data.ReviewApproved, "登记审核通过", func(_ *sqlite.Tx, order *data.Order) (string, error) {
		if order.Review != data.ReviewSubmitted { // an online payment is approved by submitting it
			return "", wrongState(*order, "登记审核通过")
		}
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
	return a.move(ctx, id, data.ReviewRejected, "登记审核驳回", func(_ *sqlite.Tx, order *data.Order) (string, error) {
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

// ReviseOrder makes a rejected order a draft again, one revision higher.
func (a *App) ReviseOrder(ctx context.Context, id int64) (data.Order, error) {
	return a.move(ctx, id, data.ReviewDraft, "修订", func(_ *sqlite.Tx, order *data.Order) (string, error) {
		if order.Review == data.ReviewRejected {
			order.Revision++
		}
		order.AppliedAt, order.ReviewedAt = "", ""
		return fmt.Sprintf("开始第 %d 次修订", order.Revision-1), nil
	})
}

// VoidOrder gives an order up for a reason. Its number is never used again.
func (a *App) VoidOrder(ctx context.Context, id int64, reason string) (data.Order, error) {
	return a.move(ctx, id, data.ReviewVoid, "作废", func(_ *sqlite.Tx, order *data.Order) (string, error) {
		var err error
		order.ReviewNote, err = judgeReason(reason, "请写明为什么作废。")
		return "作废：" + order.ReviewNote, err
	})
}

// TakeBackApproval undoes an approval while its batch is unused.
func (a *App) TakeBackApproval(ctx context.Context, id int64) (data.Order, error) {
	return a.move(ctx, id, data.ReviewSubmitted, "撤回审核", func(tx *sqlite.Tx, order *data.Order) (string, error) {
		if order.Review != data.ReviewApproved { // drafts get to 待审核 by being submitted
			return "", wrongState(*order, "撤回审核")
		}
		if err := tx.RemoveUnusedBatches(order.ID); err != nil {
			return "", data.Refuse("batch-used", "", "这个订单的批次已经充值过，不能撤回审核；冲正以后也不能，充值明细要留下。", "充错了请冲正那几条明细，审核保持通过。").Because(err)
		}
		order.ReviewedAt, order.BatchNumber = "", ""
		return "撤回审核通过", nil
	})
}

// InvoiceOrder records that an order's invoice was issued.
func (a *App) InvoiceOrder(ctx context.Context, id int64, number string, day data.Date) (data.Order, error) {
	number = strings.Join(strings.Fields(number), "")
	if number == "" || len(number) > 30 || strings.Trim(strings.ToUpper(number), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "" {
		return data.Order{}, data.Refuse("invoice-number", "number", "发票号码不对。", "请填写发票上的号码，电子发票是 20 位数字。")
	}
	if day.Time().IsZero() {
		return data.Order{}, data.Refuse("invoice-date", "date", "开票日期不对。", "请照发票填写，例如 2022-05-24。")
	}
	var order data.Order
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if order, err = tx.Order(id); err != nil {
			return err
		}
		if order.Review == data.ReviewVoid {
			return wrongState(order, "开票")
		}
		if order.Invoice.State == data.InvoiceEmpty || order.Total() == 0 {
			return data.Refuse("invoice-empty", "", "这个订单还没有填写发票信息或金额。", "请先填写再登记开票。").Because(data.ErrWrongState)
		}
		if err := tx.IssueInvoice(id, number, day, order.Total()); err != nil {
			return err
		}
		if err := a.log(tx, user, "order.invoice", order.Number, fmt.Sprintf("已开票，号码末四位 %s，%s 元", number[max(0, len(number)-4):], order.Total())); err != nil {
			return err
		}
		order, err = tx.Order(id)
		return err
	}, OrdersChanged)
	return order, err
}

// OrderEvents is an order's history, the newest first.
func (a *App) OrderEvents(ctx context.Context, number string) ([]data.OrderEvent, error) {
	entries, err := query(a, ctx, func(tx *sqlite.Tx) ([]data.AuditEntry, error) { return tx.AuditOf(number) })
	events := make([]data.OrderEvent, 0, len(entries))
	for _, entry := range entries {
		events = append(events, data.OrderEvent{At: entry.At, User: entry.User, Action: entry.Action, Title: entry.Detail, Note: entry.User})
	}
	return events, err
}

// PayerBanks lists the banks that earlier orders were paid from, the latest first.
func (a *App) PayerBanks(ctx context.Context) ([]string, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]string, error) { return tx.PayerBanks() })
}
