package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Differences finds every place where the books disagree, by class in DOMAIN's order and then by line, order and batch.
// One mistake is told once: a payment whose order has another amount is neither a payment without an order nor an order without a payment.
func (b Books) Differences() []Difference {
	a := newAudit(&b)
	a.matched()
	a.unmatched()
	a.orders()
	a.batches()
	a.recharges()
	a.invoices()
	rank := map[DifferenceClass]int{}
	for place, class := range DifferenceClasses {
		rank[class] = place
	}
	slices.SortStableFunc(a.found, func(one, other Difference) int {
		return cmp.Or(cmp.Compare(rank[one.Class], rank[other.Class]), cmp.Compare(one.LineID, other.LineID), cmp.Compare(one.OrderID, other.OrderID), cmp.Compare(one.BatchID, other.BatchID))
	})
	places := b.monthPlaces()
	for place := range a.found {
		a.found[place].Month = places.of(a.found[place])
	}
	return a.found
}

// audit compares the books one pair after the other.
type audit struct {
	*Books
	found    []Difference
	lines    map[int64]*BankStatementLine
	byID     map[int64]*BookOrder
	paid     map[int64]bool // orders that a settled match pays
	spent    map[int64]bool // lines that a settled match uses
	bought   map[int64]Money
	batched  map[int64]bool
	invoiced map[int64]Money
	payees   parties
	first    Date // the statements' first and last day
	last     Date
}

func newAudit(b *Books) *audit {
	a := &audit{Books: b, lines: map[int64]*BankStatementLine{}, byID: map[int64]*BookOrder{}, paid: map[int64]bool{}, spent: map[int64]bool{},
		bought: map[int64]Money{}, batched: map[int64]bool{}, invoiced: map[int64]Money{}, payees: b.payees()}
	for place := range b.Lines {
		line := &b.Lines[place]
		a.lines[line.ID] = line
		if day := line.At.Date(); a.first == "" || day < a.first {
			a.first = day
		}
		a.last = max(a.last, line.At.Date())
	}
	for place := range b.Orders {
		order := &b.Orders[place]
		a.byID[order.ID] = order
	}
	for _, match := range b.Matches {
		for _, id := range match.Lines {
			a.spent[id] = true
		}
		for _, id := range match.Orders {
			a.paid[id] = true
		}
	}
	for _, batch := range b.Batches {
		a.bought[batch.OrderID] += batch.Face
		a.batched[batch.OrderID] = true
	}
	for _, invoice := range b.Invoices {
		a.invoiced[invoice.OrderID] += invoice.Amount
	}
	return a
}

func (a *audit) add(d Difference) { a.found = append(a.found, d) }

// matched compares both ends of every settled payment.
func (a *audit) matched() {
	for _, match := range a.Matches {
		for _, lineID := range match.Lines {
			for _, orderID := range match.Orders {
				line, order := a.lines[lineID], a.byID[orderID]
				if line == nil || order == nil {
					continue
				}
				a.parties(line, order)
			}
		}
		a.settledAmount(match)
	}
}

// settledAmount compares the sums of a match that somebody made although they differ.
func (a *audit) settledAmount(match Match) {
	var paid, ordered Money
	var numbers []string
	for _, id := range match.Lines {
		if line := a.lines[id]; line != nil {
			paid += line.Out - line.In
		}
	}
	for _, id := range match.Orders {
		if order := a.byID[id]; order != nil {
			ordered, numbers = ordered+order.Amount, append(numbers, order.Number)
		}
	}
	if paid == ordered || len(numbers) == 0 {
		return
	}
	a.add(Difference{Class: AmountDiffers, LineID: match.Lines[0], OrderID: match.Orders[0], One: paid, Other: ordered,
		Explanation: fmt.Sprintf("银行付出 %s 元，对上的订单 %s 合计 %s 元，差 %s 元。", paid, strings.Join(numbers, "、"), ordered, paid-ordered),
		Fix:         "请核对有没有漏选的流水或订单；少付的补付，多付的联系退回。"})
}

func (a *audit) parties(line *BankStatementLine, order *BookOrder) {
	if own := bareAccount(order.PayerAccount); own != "" && tellsNumber(line.Account) && own != line.Account {
		a.add(Difference{Class: PayerDiffers, LineID: line.ID, OrderID: order.ID,
			Explanation: fmt.Sprintf("订单 %s 写的付款账号尾号是 %s，银行实际从尾号 %s 的账号付出。", order.Number, AccountTail(own), AccountTail(line.Account)),
			Fix:         "请到订单的“银行转账信息”核对缴费卡号。"})
	}
	if payee := bareAccount(order.PayeeAccount); payee != "" && tellsNumber(line.Number) && payee != line.Number {
		a.add(Difference{Class: PayeeDiffers, LineID: line.ID, OrderID: order.ID,
			Explanation: fmt.Sprintf("订单 %s 应付到尾号 %s 的账号，银行实际付到尾号 %s（%s）。", order.Number, AccountTail(payee), AccountTail(line.Number), line.Name),
			Fix:         "请向财务核对是否付错了账号；付错的要联系对方退回。"})
	}
}

// AccountTail gives an account's last four digits, by which people tell accounts apart.
func AccountTail(account string) string { return account[max(0, len(account)-4):] }

// pairDays is how far a payment and an order may lie apart to be two sides of one mistake.
const pairDays = accountDays

// unmatched explains the payments and orders that nothing settles: as two sides of one mistake where they lie together, else each alone.
func (a *audit) unmatched() {
	var open []*BookOrder
	for place := range a.Orders {
		if order := &a.Orders[place]; !a.paid[order.ID] && order.Submitted() && order.Mode != PayOnline {
			open = append(open, order)
		}
	}
	slices.SortStableFunc(open, func(one, other *BookOrder) int { return cmp.Compare(one.PaidAt, other.PaidAt) })
	pairs := a.mistakes(open)
	explained := map[int64]bool{}
	for place := range a.Lines {
		line := &a.Lines[place]
		if !a.loose(line) {
			continue
		}
		if order := pairs[line.ID]; order != nil {
			explained[order.ID] = true
			a.oneMistake(line, order)
			continue
		}
		if a.toPayee(line) {
			a.add(Difference{Class: PaidWithoutOrder, LineID: line.ID, One: line.Out,
				Explanation: fmt.Sprintf("%s 付给%s %s 元，没有对应的订单。", line.At.Date(), line.Name, line.Out),
				Fix:         "请在“上传缴费凭证”补一个订单，或者把这一笔和订单手工对上。"})
		}
	}
	for _, order := range open {
		if !explained[order.ID] && a.invoiced[order.ID] == 0 && a.covered(order.PaidAt.Date()) {
			a.add(Difference{Class: OrderNotPaid, OrderID: order.ID, One: order.Amount,
				Explanation: fmt.Sprintf("订单 %s（%s 元，%s 转账）在银行流水里找不到付款。", order.Number, order.Amount, order.PaidAt.Date()),
				Fix:         "请核对是否真的付了款，或者导入付款那个月的流水。"})
		}
	}
}

// loose tells whether a line is a payment that nothing explains yet.
func (a *audit) loose(line *BankStatementLine) bool {
	return line.Out > 0 && !a.spent[line.ID] && !a.Aside[line.ID] && !IsBankFee(*line)
}

func (a *audit) toPayee(line *BankStatementLine) bool { return a.payees.has(line) }

// covered tells whether the statements reach past a day, so that a payment of that day would be in them.
func (a *audit) covered(day Date) bool { return day != "" && a.first <= day && day <= a.last }

// mistake is a payment and an open order that are likely two sides of one mistake.
type mistake struct {
	line  *BankStatementLine
	order *BookOrder
	apart int   // days
	gap   Money // between the amounts
}

// mistakes pairs payments with the open orders that they were meant for: those to the order's payee of another amount, those of the
// amount to another payee. The nearest in amount and then in days go together, each once. Open orders stand by their day.
func (a *audit) mistakes(open []*BookOrder) map[int64]*BookOrder {
	var possible []mistake
	for place := range a.Lines {
		if line := &a.Lines[place]; a.loose(line) {
			possible = appendMistakes(possible, line, open)
		}
	}
	slices.SortStableFunc(possible, func(one, other mistake) int {
		return cmp.Or(cmp.Compare(one.gap, other.gap), cmp.Compare(one.apart, other.apart))
	})
	pairs, taken := map[int64]*BookOrder{}, map[int64]bool{}
	for _, m := range possible {
		if pairs[m.line.ID] == nil && !taken[m.order.ID] {
			pairs[m.line.ID], taken[m.order.ID] = m.order, true
		}
	}
	return pairs
}

func appendMistakes(possible []mistake, line *BankStatementLine, open []*BookOrder) []mistake {
	day := dayNumber(line.At.Date())
	from, _ := slices.BinarySearchFunc(open, day-pairDays, func(order *BookOrder, day int) int { return dayNumber(order.PaidAt.Date()) - day })
	for _, order := range open[from:] {
		apart := dayNumber(order.PaidAt.Date()) - day
		if apart > pairDays {
			break
		}
		gap := max(line.Out-order.Amount, order.Amount-line.Out)
		samePayee := line.Name != "" && foldParty(line.Name) == foldParty(order.PayeeName) || sameNumber(line.Number, bareAccount(order.PayeeAccount))
		// Amounts that have nothing in common are two mistakes, not one.
		if samePayee && gap*2 <= order.Amount || !samePayee && gap == 0 {
			possible = append(possible, mistake{line, order, max(apart, -apart), gap})
		}
	}
	return possible
}

func (a *audit) oneMistake(line *BankStatementLine, order *BookOrder) {
	if line.Out != order.Amount {
		a.add(Difference{Class: AmountDiffers, LineID: line.ID, OrderID: order.ID, One: line.Out, Other: order.Amount,
			Explanation: fmt.Sprintf("银行付出 %s 元，订单 %s 是 %s 元，差 %s 元。", line.Out, order.Number, order.Amount, line.Out-order.Amount),
			Fix:         "请对照回单核对订单金额；少付的补付，多付的联系退回。"})
		return
	}
	a.parties(line, order)
}

// orders compares orders with each other and with their batches.
func (a *audit) orders() {
	first := map[string]*BookOrder{}
	for place := range a.Orders {
		order := &a.Orders[place]
		if !order.Live() {
			continue
		}
		for _, sum := range order.Vouchers {
			if earlier := first[sum]; earlier != nil && earlier != order {
				a.add(Difference{Class: VoucherTwice, OrderID: order.ID,
					Explanation: fmt.Sprintf("订单 %s 和 %s 上传了同一张凭证。", earlier.Number, order.Number), Fix: "请到其中一个订单换上它自己的凭证。"})
			} else {
				first[sum] = order
			}
		}
		if order.Review == ReviewApproved {
			a.approved(order)
		}
	}
}

// approved looks at what must follow an approval: a batch of its amount and, in time, an invoice.
func (a *audit) approved(order *BookOrder) {
	switch {
	case !a.batched[order.ID]:
		a.add(Difference{Class: ApprovedWithoutBatch, OrderID: order.ID, One: order.Amount,
			Explanation: fmt.Sprintf("订单 %s 审核通过了，没有学习卡批次。", order.Number), Fix: "请到订单详情重新登记审核结果。"})
	case a.bought[order.ID] != order.Amount:
		a.add(Difference{Class: BatchDiffers, OrderID: order.ID, One: a.bought[order.ID], Other: order.Amount,
			Explanation: fmt.Sprintf("订单 %s 是 %s 元，批次面值合计 %s 元。", order.Number, order.Amount, a.bought[order.ID]), Fix: "请打电话 84297523 向平台核对批次面值。"})
	}
	days := a.InvoiceDays
	if days == 0 {
		days = DefaultInvoiceDays
	}
	if waited := order.ReviewedAt.Date().DaysUntil(a.Today); a.invoiced[order.ID] == 0 && waited > days {
		a.add(Difference{Class: InvoiceLate, OrderID: order.ID, One: order.Amount,
			Explanation: fmt.Sprintf("订单 %s 在 %s 审核通过，已经 %d 天，还没有发票。", order.Number, order.ReviewedAt.Date(), waited), Fix: "请打电话 84297523 催开发票，收到后登记号码。"})
	}
}

// batches compares what was recharged with what was bought.
func (a *audit) batches() {
	used := map[int64]Money{}
	for _, entry := range a.Entries {
		used[entry.BatchID] += entry.Amount
	}
	for _, batch := range a.Batches {
		if used[batch.ID] > batch.Face {
			a.add(Difference{Class: RechargedTooMuch, BatchID: batch.ID, OrderID: batch.OrderID, One: used[batch.ID], Other: batch.Face,
				Explanation: fmt.Sprintf("批次 %s 面值 %s 元，充值合计 %s 元。", batch.Number, batch.Face, used[batch.ID]), Fix: "请到充值明细把多充的冲正。"})
		}
	}
}

// recharges finds money that lies with people who were disabled.
func (a *audit) recharges() {
	for _, entry := range a.Entries {
		if entry.Disabled && entry.Amount > 0 {
			a.add(Difference{Class: RechargedDisabled, BatchID: entry.BatchID, TraineeID: entry.TraineeID, One: entry.Amount,
				Explanation: fmt.Sprintf("%s已经停用，账户里还有这一批充的 %s 元。", entry.Name, entry.Amount), Fix: "请到充值明细冲正，或者重新启用这个人。"})
		}
	}
}

// invoices compares what was invoiced with orders and payments.
func (a *audit) invoices() {
	numbers := map[string][]string{}
	for _, invoice := range a.Invoices {
		order := a.byID[invoice.OrderID]
		if order == nil {
			continue
		}
		numbers[invoice.Number] = append(numbers[invoice.Number], order.Number)
		if len(numbers[invoice.Number]) > 1 {
			a.add(Difference{Class: InvoiceTwice, OrderID: order.ID,
				Explanation: fmt.Sprintf("发票号码 %s 登记给了订单 %s。", invoice.Number, strings.Join(numbers[invoice.Number], "、")), Fix: "请对照发票改正号码。"})
		}
	}
	for place := range a.Orders {
		order := &a.Orders[place]
		amount, issued := a.invoiced[order.ID]
		switch {
		case !issued || !order.Live():
		case amount != order.Amount:
			a.add(Difference{Class: InvoiceDiffers, OrderID: order.ID, One: amount, Other: order.Amount,
				Explanation: fmt.Sprintf("订单 %s 是 %s 元，发票 %s 元。", order.Number, order.Amount, amount), Fix: "请联系开票方红冲重开。"})
		case !a.paid[order.ID] && order.Mode != PayOnline && order.Review != ReviewApproved:
			a.add(Difference{Class: InvoicedUnpaid, OrderID: order.ID, One: amount,
				Explanation: fmt.Sprintf("订单 %s 已经开票 %s 元，还没有付款。", order.Number, amount), Fix: "请尽快付款并上传凭证，或者联系开票方红冲。"})
		}
	}
}
