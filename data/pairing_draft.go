package data

// DraftsFor finds, for rows that no order answers to, the order that was begun for their payment and not submitted yet: one of that
// day from that account, or one of that amount that names no day. The keys are those of the rows. An order stands for one row.
func (b Books) DraftsFor(rows []Pairing) map[int64]BookOrder {
	var open []BookOrder
	for _, order := range b.Orders {
		if order.Review == ReviewDraft || order.Review == ReviewReady {
			open = append(open, order)
		}
	}
	found, used := map[int64]BookOrder{}, map[int64]bool{}
	// The surest first, so that of two payments of one day each gets its own.
	for _, begun := range []func(BankStatementLine, Money, BookOrder) bool{begunAlike, begunThatDay, begunUndated} {
		for _, row := range rows {
			if _, has := found[row.Key()]; has || row.State != PairOpen || row.Refund() {
				continue
			}
			for _, order := range open {
				if !used[order.ID] && begun(row.Lines[0], NetPaid(row.Lines), order) {
					found[row.Key()], used[order.ID] = order, true
					break
				}
			}
		}
	}
	return found
}

func begunAlike(line BankStatementLine, paid Money, order BookOrder) bool {
	return order.Amount == paid && begunThatDay(line, paid, order)
}

func begunThatDay(line BankStatementLine, _ Money, order BookOrder) bool {
	return order.PaidAt.Date() == line.At.Date() && (order.PayerAccount == "" || !tellsNumber(line.Account) || bareAccount(order.PayerAccount) == line.Account)
}

func begunUndated(_ BankStatementLine, paid Money, order BookOrder) bool {
	return order.PaidAt == "" && order.Amount == paid
}
