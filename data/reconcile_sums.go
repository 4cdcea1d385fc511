package data

import (
	"fmt"
	"slices"
)

// Sums are looked for among so many neighbours, in groups of at most so many: a transfer for more orders than that is matched by hand.
const (
	sumNeighbours = 20
	sumParts      = 4
	sumWays       = 4 // as many ways to add up are told apart; where there are more they say nothing
)

// splits finds the orders of one payee, at most nameDays away, that a payment covers together. Several ways to add up are all proposed:
// a person chooses.
func (m *matcher) splits(p *payment) []Match {
	near := m.neighbours(p)
	amounts := make([]Money, len(near))
	for i, order := range near {
		amounts[i] = m.orders[order].Amount
	}
	ways := sumsTo(amounts, p.line.Out)
	if len(ways) > sumWays {
		return nil
	}
	var found []Match
	for _, parts := range ways {
		match := Match{Lines: []int64{p.line.ID}, Tier: TierSplit, Score: tierScores[TierSplit]}
		apart := 0
		for _, part := range parts {
			match.Orders, apart = append(match.Orders, m.orders[near[part]].ID), max(apart, m.apart(p, near[part]))
		}
		match.Reason = fmt.Sprintf("%d 张订单之和等于这笔流水，%s。", len(parts), daysApart(apart))
		found = append(found, match)
	}
	return found
}

func (m *matcher) sortOpen() {
	for place, taken := range m.taken {
		if !taken {
			m.open = append(m.open, place)
		}
	}
	slices.SortStableFunc(m.open, func(a, b int) int { return m.days[a] - m.days[b] })
}

// toPayee tells whether a payment went to any order's payee.
func (m *matcher) toPayee(p *payment) bool {
	return p.name != "" && m.paid[p.name] || tellsNumber(p.line.Number) && m.paid[p.line.Number]
}

// neighbours gives the open orders of the payee whom a payment went to, the nearest days first.
func (m *matcher) neighbours(p *payment) []int {
	if !m.toPayee(p) {
		return nil
	}
	near, _ := m.nearest(m.open, p.day, nameDays, mostEquals)
	near = slices.DeleteFunc(near, func(order int) bool { return !m.paysTo(p, order) || m.orders[order].Amount >= p.line.Out })
	return near[:min(len(near), sumNeighbours)]
}

// joined finds open payments to one payee, at most nameDays apart from an order, that cover it together.
func (m *matcher) joined(open []*payment) []Match {
	byDay := slices.DeleteFunc(slices.Clone(open), func(p *payment) bool { return !m.toPayee(p) })
	slices.SortStableFunc(byDay, func(a, b *payment) int { return a.day - b.day })
	var found []Match
	for _, place := range m.open {
		near := m.paymentsNear(byDay, place)
		amounts := make([]Money, len(near))
		for i, p := range near {
			amounts[i] = p.line.Out
		}
		ways := sumsTo(amounts, m.orders[place].Amount)
		if len(ways) != 1 {
			continue
		}
		parts := ways[0]
		match := Match{Orders: []int64{m.orders[place].ID}, Tier: TierJoined, Score: tierScores[TierJoined],
			Reason: fmt.Sprintf("%d 笔流水之和等于这张订单。", len(parts))}
		for _, part := range parts {
			match.Lines = append(match.Lines, near[part].line.ID)
		}
		found = append(found, match)
	}
	return found
}

// paymentsNear gives open payments to an order's payee that are smaller than the order, at most sumNeighbours.
func (m *matcher) paymentsNear(byDay []*payment, place int) []*payment {
	from, _ := slices.BinarySearchFunc(byDay, m.days[place]-nameDays, func(p *payment, day int) int { return p.day - day })
	var near []*payment
	for _, p := range byDay[from:min(len(byDay), from+mostEquals)] {
		if p.day > m.days[place]+nameDays || len(near) == sumNeighbours {
			break
		}
		if m.paysTo(p, place) && p.line.Out < m.orders[place].Amount {
			near = append(near, p)
		}
	}
	return near
}

// sumsTo finds the groups of two to sumParts places whose amounts make up total, one more than sumWays at most.
func sumsTo(amounts []Money, total Money) (ways [][]int) {
	chosen := make([]int, 0, sumParts)
	var walk func(from int, left Money)
	walk = func(from int, left Money) {
		if left == 0 && len(chosen) > 1 {
			ways = append(ways, slices.Clone(chosen))
			return
		}
		if left <= 0 || len(chosen) == sumParts {
			return
		}
		for place := from; place < len(amounts) && len(ways) <= sumWays; place++ {
			chosen = append(chosen, place)
			walk(place+1, left-amounts[place])
			chosen = chosen[:len(chosen)-1]
		}
	}
	walk(0, total)
	return ways
}

// refundDays is how long after a payment its refund is still looked for.
const refundDays = 90

// refunds proposes, for money that a payee sent, the open payment of the same amount to that payee that came last before it.
func (m *matcher) refunds(lines []BankStatementLine, open []*payment) []Match {
	byAmount := map[Money][]*payment{}
	for _, p := range open {
		if m.toPayee(p) {
			byAmount[p.line.Out] = append(byAmount[p.line.Out], p)
		}
	}
	var found []Match
	used := map[int64]bool{}
	for place := range lines {
		back := &lines[place]
		if back.In == 0 {
			continue
		}
		p := m.sentBack(back, byAmount[back.In], used)
		if p == nil {
			continue
		}
		used[p.line.ID] = true
		apart := dayNumber(back.At.Date()) - p.day
		found = append(found, Match{Lines: []int64{p.line.ID, back.ID}, Tier: TierRefund, Score: tierScores[TierRefund],
			Reason: fmt.Sprintf("付款后%s，收款单位退回同样金额。", daysLater(apart))})
	}
	return found
}

// sentBack finds the payment that a refund gives back, or nil.
func (m *matcher) sentBack(back *BankStatementLine, payments []*payment, used map[int64]bool) *payment {
	day := dayNumber(back.At.Date())
	var found *payment
	for _, p := range payments {
		same := sameNumber(p.line.Number, back.Number) || p.name != "" && p.name == m.nameOf(back)
		if same && !used[p.line.ID] && p.day <= day && day-p.day <= refundDays && (found == nil || p.day > found.day) {
			found = p
		}
	}
	return found
}

func daysLater(days int) string {
	if days == 0 {
		return "同一天"
	}
	return fmt.Sprintf(" %d 天", days)
}
