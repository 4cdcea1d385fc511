package data

import (
	"fmt"
	"strings"
)

// Receipt is what the text of a bank's PDF receipt says. Empty parts were not found. It is compared with what was typed, never taken
// over by itself.
type Receipt struct {
	Bank         string // the bank that wrote it, such as 中国工商银行
	Serial       string // 回单编号, 交易流水号
	Amount       Money  // in 分, from the figures; from the capitals where there are none
	PaidAt       Moment // 交易时间; with a date alone the time is 00:00:00
	PayerName    string
	PayerAccount string
	PayeeName    string
	PayeeAccount string
}

// ReceiptCheck is one thing that a receipt or an invoice's file says beside what was typed.
type ReceiptCheck struct {
	Field  string // as JudgeOrder names it: lines, paid_at, payer_account, …, or payee_account, payee_name, payer_name
	Label  string // 金额, 转账时间, 缴费卡号, 收款卡号, 收款单位
	Said   string // in the file
	Typed  string // in the order
	Agrees bool
}

// CheckReceipt compares what a voucher's receipt says with what was typed; what either of them lacks is left out.
// The amounts of several receipts of one order may add up to its total.
func CheckReceipt(voucher Voucher, order Order) []ReceiptCheck {
	receipt := voucher.Receipt
	var checks []ReceiptCheck
	check := func(field, label, said, typed string, agrees bool) {
		if said != "" && typed != "" {
			checks = append(checks, ReceiptCheck{field, label, said, typed, agrees})
		}
	}
	if total := order.Total(); receipt.Amount != 0 && total != 0 {
		check("lines", "金额", receipt.Amount.String(), total.String(), receipt.Amount == total || receiptSum(order) == total)
	}
	if paid, err := ParseMoment(string(order.PaidAt)); err == nil {
		check("paid_at", "转账时间", receiptTime(receipt.PaidAt), receiptTime(paid), receipt.PaidAt.Date() == paid.Date())
	}
	check("payer_account", "缴费卡号", receipt.PayerAccount, order.PayerAccount, sameAccount(receipt.PayerAccount, order.PayerAccount))
	check("payee_account", "收款卡号", receipt.PayeeAccount, order.Payee.Account, sameAccount(receipt.PayeeAccount, order.Payee.Account))
	check("payee_name", "收款单位", receipt.PayeeName, order.Payee.Name, plainName(receipt.PayeeName) == plainName(order.Payee.Name))
	check("payer_name", "付款单位", receipt.PayerName, order.ApplicantUnit, isPayer(receipt.PayerName, order))
	return checks
}

// receiptSum adds up what an order's different receipts say. A receipt that stands there twice counts once.
func receiptSum(order Order) Money {
	var sum Money
	seen := map[string]bool{}
	for _, voucher := range order.Vouchers {
		serial := voucher.Receipt.Serial
		if serial != "" && seen[serial] {
			continue
		}
		seen[serial] = true
		sum += voucher.Receipt.Amount
	}
	return sum
}

// receiptTime shows a moment without a time that was not given.
func receiptTime(m Moment) string { return strings.TrimSuffix(string(m), midnight) }

// sameAccount compares account numbers; some banks hide the middle of one with asterisks.
func sameAccount(said, typed string) bool {
	said, typed = accountSigns.Replace(compact(said)), accountSigns.Replace(compact(typed))
	first, last := strings.IndexByte(said, '*'), strings.LastIndexByte(said, '*')
	if first < 0 {
		return said == typed
	}
	return len(said) <= len(typed)+last-first && strings.HasPrefix(typed, said[:first]) && strings.HasSuffix(typed, said[last+1:])
}

var accountSigns = strings.NewReplacer("-", "", "－", "")

// plainName writes a unit's name for comparison: brackets and spaces differ from bank to bank.
func plainName(name string) string {
	return nameSigns.Replace(compact(name))
}

var nameSigns = strings.NewReplacer("（", "(", "）", ")")

// isPayer tells whether a receipt's payer is the unit of an order, the title of its invoice or one of its organisations.
func isPayer(name string, order Order) bool {
	name = plainName(name)
	if name == plainName(order.ApplicantUnit) || name == plainName(order.Invoice.Title) {
		return true
	}
	for _, line := range order.Lines {
		own := plainName(line.OrganizationPath[strings.LastIndexByte(line.OrganizationPath, '/')+1:])
		if own != "" && strings.HasSuffix(name, own) {
			return true
		}
	}
	return false
}

// judgeReceipt warns of each difference between a voucher's receipt and what was typed. Accounts are named by their last digits.
func judgeReceipt(voucher Voucher, order Order) []Problem {
	var problems []Problem
	for _, check := range CheckReceipt(voucher, order) {
		if check.Agrees {
			continue
		}
		said, typed := check.Said, check.Typed
		switch check.Field {
		case "payer_account", "payee_account":
			said, typed = tailOf(said), tailOf(typed)
		case "lines":
			said, typed = said+" 元", typed+" 元"
		}
		field := check.Field
		if strings.HasPrefix(field, "payee_") || field == "payer_name" {
			field = "voucher"
		}
		problems = append(problems, Warn("receipt-"+strings.ReplaceAll(check.Field, "_", "-"), field,
			fmt.Sprintf("回单“%s”上的%s是 %s，订单里是 %s。", voucher.Name, check.Label, said, typed), "请核对回单；确实不同的，提交时确认。"))
	}
	return problems
}
