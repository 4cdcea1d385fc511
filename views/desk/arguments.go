package desk

import "peixun/data"

// BeginPayment asks 上传缴费凭证 for a new order of a plan.
type BeginPayment struct {
	Plan data.Plan
	Mode data.PaymentMode
}

// ResumePayment asks 上传缴费凭证 to go on with a draft at one of its fields, named as data.JudgeOrder does.
type ResumePayment struct {
	OrderID int64
	Field   string
}
