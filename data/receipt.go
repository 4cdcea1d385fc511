package data

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

// ReceiptCheck is one thing that a receipt says beside what was typed.
type ReceiptCheck struct {
	Field  string // as JudgeOrder names it: lines, paid_at, payer_account, or payee_account, payee_name
	Label  string // 金额, 转账时间, 缴费卡号, 收款卡号, 收款单位
	Said   string // on the receipt
	Typed  string // in the order
	Agrees bool
}

// CheckReceipt compares what a voucher's receipt says with what was typed; what the receipt does not say is left out.
func CheckReceipt(voucher Voucher, order Order) []ReceiptCheck { return nil }
