package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
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

// Order reads one order with its lines, vouchers (without content) and invoice; account numbers are whole, but for 只读.
func (a *App) Order(ctx context.Context, id int64) (data.Order, error) {
	order, err := query(a, ctx, func(tx *sqlite.Tx) (data.Order, error) { return tx.Order(id) })
	return a.shown(order), err
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
	return a.shown(order), err
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
			order.Invoice = order.Invoice.Details()
		} else if order.Invoice, err = firstInvoice(tx, profile); err != nil {
			return err
		}
		if order, err = tx.AddOrder(order); err != nil {
			return err
		}
		return a.log(tx, user, "order.create", order.Number, "新建草稿")
	}, OrdersChanged)
	return order, err
}

// firstInvoice gives the invoice details that the first order begins with.
func firstInvoice(tx *sqlite.Tx, profile data.Profile) (data.Invoice, error) {
	remembered, err := tx.InvoiceProfiles()
	if err == nil && len(remembered) > 0 && remembered[0].Default {
		return remembered[0].Invoice, nil
	}
	return data.Invoice{Type: data.InvoiceNormal, Title: profile.Unit, TaxNumber: profile.USCC, Email: profile.Email, Mobile: profile.Mobile}, err
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
		if !stored.May(data.ActEdit) {
			return refusedAction(stored, data.ActEdit)
		}
		if err := judgeSave(stored, order); err != nil {
			return err
		}
		order.Review = data.ReviewDraft
		if err := tx.SaveOrder(order); err != nil {
			return err
		}
		order.Version++
		return a.logEdit(tx, user, stored, order)
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
	if stored.Invoice.State != data.InvoiceIssued {
		return nil
	}
	was, now := data.CleanInvoice(stored.Invoice), data.CleanInvoice(order.Invoice)
	switch {
	case order.Total() != stored.Total():
		return data.Refuse("invoice-issued", "lines", fmt.Sprintf("这个订单已经开票，金额 %s 元不能再改。", stored.Total()), "金额确实变了，请先登记红冲。")
	case was.Type != now.Type || was.Title != now.Title || was.TaxNumber != now.TaxNumber:
		return data.Refuse("invoice-issued", "invoice.title", "这个订单已经开票，发票类型、抬头和税号不能再改。", "发票确实开错了，请先登记红冲，再重新填写。")
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
	twice, err := countedTwice(tx, order.Lines)
	if err != nil {
		return nil, err
	}
	found, err := usedElsewhere(tx, order)
	if err != nil {
		return nil, err
	}
	closed, err := enteringClosed(tx, order)
	return slices.Concat(problems, twice, found, closed), err
}

// usedElsewhere tells which of an order's proofs stand in other orders too.
func usedElsewhere(tx *sqlite.Tx, order data.Order) ([]data.Problem, error) {
	var problems []data.Problem
	if order.Mode == data.PayOnline && order.Transaction != "" {
		other, err := tx.PaidBy(order.Transaction, order.ID)
		if err == nil {
			problems = append(problems, data.Refuse("transaction-elsewhere", "transaction", fmt.Sprintf("交易号已经登记在订单 %s 里。", other), "一笔交易只能支付一个订单，请核对交易号。"))
		} else if !errors.Is(err, data.ErrNotFound) {
			return nil, err
		}
	}
	for _, voucher := range order.Vouchers {
		problem, err := voucherElsewhere(tx, order.ID, voucher)
		if err != nil {
			return nil, err
		}
		if problem.Code != "" {
			problems = append(problems, problem)
		}
	}
	return problems, nil
}

// voucherElsewhere warns of the strongest sign that a voucher proves another order: the same file, else the same receipt, else the
// same look.
func voucherElsewhere(tx *sqlite.Tx, orderID int64, voucher data.Voucher) (data.Problem, error) {
	const fix = "请确认没有传错，一张回单只能用于一次付款。"
	for _, sign := range []struct {
		code, what string
		find       func() ([]string, error)
	}{
		{"voucher-elsewhere", "凭证“%s”已经用在订单 %s 里。", func() ([]string, error) { return tx.OrdersWithVoucher(voucher.SHA256, orderID) }},
		{"receipt-elsewhere", "凭证“%s”的回单编号和订单 %s 里的一样。", func() ([]string, error) { return tx.OrdersWithReceipt(voucher.Receipt.Serial, orderID) }},
		{"voucher-alike", "凭证“%s”看起来和订单 %s 里的是同一张回单。", func() ([]string, error) { return tx.OrdersAlike(voucher.ID, orderID) }},
	} {
		others, err := sign.find()
		if err != nil {
			return data.Problem{}, err
		}
		if len(others) > 0 {
			return data.Warn(sign.code, "voucher", fmt.Sprintf(sign.what, voucher.Name, someOf(others)), fix), nil
		}
	}
	return data.Problem{}, nil
}

// someOf names orders; of many the first ones and how many there are.
func someOf(numbers []string) string {
	const most = 3
	if len(numbers) <= most {
		return strings.Join(numbers, "、")
	}
	return fmt.Sprintf("%s 等 %d 个订单", strings.Join(numbers[:most], "、"), len(numbers))
}

// PayerAccounts lists the accounts that earlier orders were paid from, the latest first, and after them the banks whose account was
// never typed whole.
func (a *App) PayerAccounts(ctx context.Context) ([]data.PayerAccount, error) {
	typed, err := query(a, ctx, (*sqlite.Tx).PayerAccounts)
	var whole, banks []data.PayerAccount
	for _, one := range typed {
		account, problems := data.JudgeAccount(one.Account, "")
		one = data.PayerAccount{Bank: data.CleanText(one.Bank), Account: account}
		switch {
		case data.HasErrors(problems) || account == "":
			banks = append(banks, data.PayerAccount{Bank: one.Bank})
		case !slices.Contains(whole, one):
			whole = append(whole, one)
		}
	}
	for _, one := range banks {
		sameBank := func(known data.PayerAccount) bool { return known.Bank == one.Bank }
		if one.Bank != "" && !slices.ContainsFunc(whole, sameBank) {
			whole = append(whole, one)
		}
	}
	if !a.seesWhole() {
		for place := range whole {
			whole[place].Account = vault.MaskAccount(whole[place].Account)
		}
	}
	return whole, err
}
