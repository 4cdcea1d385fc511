package data

import (
	"cmp"
	"slices"
)

// BankPayment is what the bank says of one order's money.
type BankPayment struct {
	Imported bool                // any bank lines are stored
	Settled  bool                // somebody, or the program, wrote down that the lines paid the order; else they only fit without doubt
	Lines    []BankStatementLine // those that paid the order, by time; none where nothing fits
	Together []string            // the numbers of all orders that the lines paid, this one among them
	Ordered  Money               // what these orders come to
	// Closed is the closed month (月结) whose figures count the order, "" where there is none.
	Closed Month
}

// Paid is what the lines took from the account, in 分; what came back counts as minus.
func (p BankPayment) Paid() Money { return NetPaid(p.Lines) }

// Agrees tells whether the lines come to what the orders come to.
func (p BankPayment) Agrees() bool { return len(p.Lines) > 0 && p.Paid() == p.Ordered }

// PaymentOf finds what the bank says of an order, by the matches of the books.
func (b Books) PaymentOf(orderID int64) BankPayment {
	payment := BankPayment{Imported: len(b.Lines) > 0}
	place := slices.IndexFunc(b.Matches, func(m Match) bool { return slices.Contains(m.Orders, orderID) })
	if place < 0 {
		return payment
	}
	match := b.Matches[place]
	payment.Settled = match.ID != 0
	for _, line := range b.Lines {
		if slices.Contains(match.Lines, line.ID) {
			payment.Lines = append(payment.Lines, line)
		}
	}
	slices.SortStableFunc(payment.Lines, func(one, other BankStatementLine) int { return cmp.Compare(one.At, other.At) })
	for _, order := range b.Orders {
		if slices.Contains(match.Orders, order.ID) {
			payment.Together, payment.Ordered = append(payment.Together, order.Number), payment.Ordered+order.Amount
		}
	}
	return payment
}
