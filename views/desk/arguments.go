package desk

import "peixun/data"

// BeginPayment asks 上传缴费凭证 for a new order of a plan.
type BeginPayment struct {
	Plan data.Plan
	Mode data.PaymentMode
	Paid BankPaid
}

// BankPaid is what a bank line tells of a payment that has no order yet; empty values are unknown.
type BankPaid struct {
	Amount  data.Money
	At      data.Moment
	Account string // the unit's own
	Bank    string // as the bank's file names it, where no earlier order names the account's bank better
}

// ResumePayment asks 上传缴费凭证 to go on with a draft at one of its fields, named as data.JudgeOrder does.
type ResumePayment struct {
	OrderID int64
	Field   string
}
