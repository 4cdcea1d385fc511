package data

// Account is one of the accounts between the unit and the platform.
type Account string

const (
	// AccountCards is what batches of 学习卡 hold that nobody was recharged with yet.
	AccountCards Account = "学习卡余额（批次面值－充值）"
	// AccountInvoices is what was paid and not invoiced yet; below zero, invoices came before their payment.
	AccountInvoices Account = "待开发票（缴费－开票）"
)

// Accounts lists them in a statement's order.
var Accounts = []Account{AccountCards, AccountInvoices}

// Movement is what one day added to an account, or took from it.
type Movement struct {
	Account      Account
	On           Date
	Added, Taken Money // a reversal is below zero where it was booked
}

// StatementBalance is an account over a time: what was open before, what came and went, and what stays open.
type StatementBalance struct {
	Account                        Account
	Opening, Added, Taken, Closing Money
}

// Balance sums movements into the accounts as they were before from, moved until to, and stand then. Open ends are "": nothing
// was before the first, nothing is after the last.
func Balance(movements []Movement, from, to Date) []StatementBalance {
	balances := make([]StatementBalance, len(Accounts))
	for at, account := range Accounts {
		b := &balances[at]
		b.Account = account
		for _, m := range movements {
			switch {
			case m.Account != account || to != "" && m.On > to:
			case m.On < from:
				b.Opening += m.Added - m.Taken
			default:
				b.Added += m.Added
				b.Taken += m.Taken
			}
		}
		b.Closing = b.Opening + b.Added - b.Taken
	}
	return balances
}
