package data

import (
	"fmt"
	"strings"
)

// Editable tells whether the order's content may still be changed.
func (o Order) Editable() bool { return o.May(ActEdit) }

// JudgeOrder lists everything that stands between an order and its submission, and what should be confirmed.
// Fields are lines, payer_bank, payer_account, paid_at, voucher, transaction, and invoice.<field>.
// price is the plan's per person, 0 where unknown.
func JudgeOrder(o Order, price Money, now Moment) []Problem {
	problems := judgeLines(o, price)
	if o.Mode == PayOnline {
		if o.Transaction == "" {
			problems = append(problems, Refuse("transaction-missing", "transaction", "还没有填写交易号。", "请填写支付成功页面上的交易号。"))
		}
	} else {
		problems = append(problems, judgePayer(o)...)
	}
	problems = append(problems, judgePaidAt(o.PaidAt, now)...)
	if o.Mode != PayOnline {
		problems = append(problems, judgeVouchers(o)...)
	}
	for _, problem := range JudgeInvoice(o.Invoice, o.Payee) {
		problem.Where.Field = "invoice." + problem.Where.Field
		problems = append(problems, problem)
	}
	if o.Invoice.State == InvoiceReversed {
		problems = append(problems, Refuse("invoice-reversed", "invoice.type", "发票已经红冲，还没有重新填写发票信息。", "请先重新填写发票信息。"))
	} else if o.Mode == InvoiceFirst && o.Invoice.State != InvoiceIssued {
		problems = append(problems, Refuse("invoice-not-issued", "invoice.number", "先开票后缴费的订单还没有开票。", "收到发票后登记发票号码，再付款、上传凭证、提交。"))
	}
	return problems
}

// JudgeInvoiceRequest lists what stands between an order and the mail that asks for its invoice before the payment. Fields are lines
// and invoice.<field>.
func JudgeInvoiceRequest(o Order) []Problem {
	problems := judgeLines(o, 0)
	for _, problem := range JudgeInvoice(o.Invoice, o.Payee) {
		problem.Where.Field = "invoice." + problem.Where.Field
		problems = append(problems, problem)
	}
	return problems
}

// oldPayment is from how many years on a transfer's time looks like a slip of the pen; a plan can be paid for about as long.
const oldPayment = 3

// judgePaidAt judges the transfer's time, which a draft keeps as typed.
func judgePaidAt(typed, now Moment) []Problem {
	if strings.TrimSpace(string(typed)) == "" {
		return []Problem{Refuse("paid-at-missing", "paid_at", "还没有填写转账时间。", "请照回单填写，例如 2022-06-14 10:26。")}
	}
	paid, err := ParseMoment(string(typed))
	if problem, wrong := AsProblem(err); wrong {
		problem.Where.Field = "paid_at"
		return []Problem{problem}
	}
	if paid > now {
		return []Problem{Warn("paid-at-future", "paid_at", "转账时间在将来。", "请核对年月日。")}
	}
	if paid.Time().Before(now.Time().AddDate(-oldPayment, 0, 0)) {
		return []Problem{Warn("paid-at-old", "paid_at", fmt.Sprintf("转账时间在 %d 年以前。", oldPayment), "请核对年份，照回单填写。")}
	}
	return nil
}

// Cleaned gives the order with everything typed brought into its stored form: spaces out of accounts,
// the transfer's time complete. What cannot be cleaned stays as it is.
func (o Order) Cleaned() Order {
	o.PayerBank = CleanText(o.PayerBank)
	o.Transaction = CleanText(o.Transaction)
	if account, problems := JudgeAccount(o.PayerAccount, o.Payee.Account); !HasErrors(problems) {
		o.PayerAccount = account
	}
	if paid, err := ParseMoment(string(o.PaidAt)); err == nil {
		o.PaidAt = paid
	}
	o.Invoice = CleanInvoice(o.Invoice)
	return o
}

func judgeLines(o Order, price Money) []Problem {
	if len(o.Lines) == 0 {
		return []Problem{Refuse("lines-missing", "lines", "还没有选择缴费组织。", "请至少选择一个组织机构并填写金额。")}
	}
	var problems []Problem
	for _, line := range o.Lines {
		if line.Amount <= 0 {
			problems = append(problems, Refuse("amount-missing", "lines", fmt.Sprintf("“%s”还没有填写金额。", line.OrganizationPath), "请填写购买学习卡金额，或去掉这个机构。"))
			continue
		}
		if expected := price * Money(line.People); price > 0 && line.Amount != expected {
			problems = append(problems, Warn("amount-differs", "lines",
				fmt.Sprintf("“%s”填写 %s 元，%d 人 × %s 元是 %s 元。", line.OrganizationPath, line.Amount, line.People, price, expected), "请确认人数和金额。"))
		}
	}
	if o.Total() > MaxMoney {
		problems = append(problems, Refuse("total-too-large", "lines", "缴费总金额超过 99,999,999.99 元。", "请核对金额，或分成几个订单。"))
	}
	return problems
}

func judgePayer(o Order) []Problem {
	var problems []Problem
	if strings.TrimSpace(o.PayerBank) == "" {
		problems = append(problems, Refuse("payer-bank-missing", "payer_bank", "还没有填写缴费银行。", "请填写付款账户的开户银行。"))
	}
	if o.PayerAccount == "" {
		problems = append(problems, Refuse("payer-account-missing", "payer_account", "还没有填写缴费卡号。", "请填写付款账户的账号。"))
	} else {
		_, found := JudgeAccount(o.PayerAccount, o.Payee.Account)
		for _, problem := range found {
			problem.Where.Field = "payer_account"
			problems = append(problems, problem)
		}
	}
	return problems
}

func judgeVouchers(o Order) []Problem {
	if len(o.Vouchers) == 0 {
		return []Problem{Refuse("voucher-missing", "voucher", "还没有上传转账凭证。", "请上传清晰的回单图片，也可以拖进来。")}
	}
	var problems []Problem
	for _, voucher := range o.Vouchers {
		// A page whose text was read is drawn from it, and can be drawn larger.
		if written := voucher.Receipt != (Receipt{}); !written && min(voucher.Width, voucher.Height) < MinVoucherSide {
			problems = append(problems, Warn("voucher-small", "voucher", fmt.Sprintf("凭证图片“%s”只有 %d × %d 像素，可能看不清。", voucher.Name, voucher.Width, voucher.Height),
				"请换一张更清晰的，或确认字迹看得清。"))
		}
		if voucher.Blurred {
			problems = append(problems, Warn("voucher-blurred", "voucher", fmt.Sprintf("凭证图片“%s”有些模糊，可能看不清。", voucher.Name), "请重新拍照或扫描，或确认字迹看得清。"))
		}
		problems = append(problems, judgeReceipt(voucher, o)...)
	}
	return problems
}

// LineInside is the code of the warning that an order's line is part of another one.
const LineInside = "line-inside"

// The limits of a voucher picture.
const (
	MinVoucherSide   = 600        // pixels of the short side, below which it may be illegible
	MaxVoucherSize   = 20 << 20   // bytes
	MaxVoucherPixels = 60_000_000 // pixels
)
