package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// PayableOrder is an order as reconciliation sees it. Voided orders are none.
type PayableOrder struct {
	ID           int64
	Number       string
	Amount       Money
	PaidAt       Moment // as the clerk typed it; "" where unknown
	Transaction  string // 在线支付: the transaction's number
	PayeeName    string
	PayeeAccount string
}

// MatchTier says on what a match rests, the strongest first (DOMAIN §9).
type MatchTier uint8

const (
	TierSerial  MatchTier = iota // the transaction's number
	TierAccount                  // amount and payee's account within 3 days
	TierName                     // amount and payee's name within 7 days
	TierSplit                    // one line for several orders of one payee: only proposed
	TierJoined                   // several lines for one order: only proposed
	TierAmount                   // amount alone within 14 days: only proposed
	TierHand                     // somebody put them together
	TierRefund                   // a payment that came back: only proposed
	tierNone
)

// Days between payment and order within which a tier counts.
const (
	accountDays = 3
	nameDays    = 7
	amountDays  = 14
)

// Match says which bank lines paid which orders, by their keys. Score is from 0 to 100, Reason says why in words.
type Match struct {
	ID            int64 // of a settled match
	Lines, Orders []int64
	Tier          MatchTier
	Score         int
	Reason        string
}

// PersonalMatch is the match that somebody makes by hand: lines with the orders that they paid, refunds among them counting as minus;
// or a payment with the refund that gave all of it back, and no order. It fails where one side is missing.
func PersonalMatch(lines []BankStatementLine, orders []PayableOrder) (Match, error) {
	if len(lines) == 0 || len(orders) == 0 && !givenBack(lines) {
		return Match{}, Refuse("match-empty", "", "要对上的流水和订单都至少要选一个。", "请先在左边选流水，再在右边选订单；全额退款可以只选付款和退款两笔流水。")
	}
	match := Match{Tier: TierHand, Score: tierScores[TierHand], Reason: "手工对上。"}
	for _, line := range lines {
		match.Lines = append(match.Lines, line.ID)
	}
	for _, order := range orders {
		match.Orders = append(match.Orders, order.ID)
	}
	switch gap := NetPaid(lines) - OrderedTotal(orders); {
	case len(orders) == 0:
		match.Reason = "付款已全额退回。"
	case gap > 0:
		match.Reason = fmt.Sprintf("手工对上，流水比订单多 %s 元。", gap)
	case gap < 0:
		match.Reason = fmt.Sprintf("手工对上，流水比订单少 %s 元。", -gap)
	}
	return match, nil
}

// givenBack tells whether lines are payments and refunds that cancel each other out.
func givenBack(lines []BankStatementLine) bool { return len(lines) > 1 && NetPaid(lines) == 0 }

// NetPaid sums what lines took from the account; what came in counts as minus.
func NetPaid(lines []BankStatementLine) Money {
	var sum Money
	for _, line := range lines {
		sum += line.Out - line.In
	}
	return sum
}

// OrderedTotal sums orders.
func OrderedTotal(orders []PayableOrder) Money {
	var sum Money
	for _, order := range orders {
		sum += order.Amount
	}
	return sum
}

// Matching is what one pass over lines and orders finds.
type Matching struct {
	Certain  []Match // unique from both sides: these may be taken over without asking
	Proposed []Match // for a person to decide, the best of a line first
}

// payment is an outgoing line while it is matched.
type payment struct {
	line *BankStatementLine
	day  int    // since 1970
	name string // whom it went to, folded
	// tier is the strongest that any order answers to; orders are those that answer to it.
	tier    MatchTier
	orders  []int
	weaker  []int // orders that only the amount speaks for
	crowded bool  // there were more equal orders than are looked at, so that none is the only one
}

// mostEquals is how many orders of one amount are looked at for a payment, the nearest days first.
const mostEquals = 64

// matcher holds the orders of one pass, found by amount and by transaction number.
type matcher struct {
	orders   []PayableOrder
	days     []int           // since 1970
	payees   []string        // folded
	accounts []string        // of the payees
	byAmount map[Money][]int // places by day
	bySerial map[string]int
	names    map[string]string // a learned name of an account's holder, folded, to the payee's
	claims   []int             // for each order, how many payments answer to it at their strongest tier
	taken    []bool
	open     []int           // places of the orders that no certain match took, by day
	paid     map[string]bool // payees and their accounts
}

// MatchPayments finds which orders the outgoing lines paid. Learned gives names under which a bank writes a payee, as
// matched before. A line and an order stand in at most one certain match, so no yuan is counted twice. Lines and orders that
// are matched already do not belong in. The cost grows with the number of lines and orders, not with their product.
func MatchPayments(lines []BankStatementLine, orders []PayableOrder, learned map[string]string) Matching {
	m := newMatcher(orders, learned)
	payments := m.payments(lines)
	var found Matching
	var open []*payment
	for place := range payments {
		p := &payments[place]
		if p.tier <= TierName && !p.crowded && len(p.orders) == 1 && m.claims[p.orders[0]] == 1 {
			order := p.orders[0]
			m.taken[order] = true
			found.Certain = append(found.Certain, m.match(p, order, p.tier))
			continue
		}
		open = append(open, p)
	}
	m.sortOpen()
	for _, p := range open {
		found.Proposed = append(found.Proposed, m.proposals(p)...)
	}
	found.Proposed = append(found.Proposed, m.joined(open)...)
	found.Proposed = append(found.Proposed, m.refunds(lines, open)...)
	return found
}

func newMatcher(orders []PayableOrder, learned map[string]string) *matcher {
	m := &matcher{orders: orders, days: make([]int, len(orders)), payees: make([]string, len(orders)), accounts: make([]string, len(orders)), byAmount: map[Money][]int{}, bySerial: map[string]int{},
		names: map[string]string{}, claims: make([]int, len(orders)), taken: make([]bool, len(orders)), paid: map[string]bool{}}
	for name, payee := range learned {
		m.names[foldParty(name)], m.paid[foldParty(payee)] = foldParty(payee), true
	}
	m.paid[foldParty(DefaultPayee.Name)], m.paid[DefaultPayee.Account] = true, true
	for place, order := range orders {
		m.days[place], m.payees[place], m.accounts[place] = dayNumber(order.PaidAt.Date()), foldParty(order.PayeeName), bareAccount(order.PayeeAccount)
		m.paid[m.payees[place]], m.paid[m.accounts[place]] = true, true
		m.byAmount[order.Amount] = append(m.byAmount[order.Amount], place)
		if order.Transaction != "" {
			m.bySerial[order.Transaction] = place
		}
	}
	for _, places := range m.byAmount {
		slices.SortFunc(places, func(a, b int) int { return m.days[a] - m.days[b] })
	}
	return m
}

// payments ranks every outgoing line's orders and counts from how many sides an order is claimed.
func (m *matcher) payments(lines []BankStatementLine) []payment {
	var payments []payment
	for place := range lines {
		if lines[place].Out == 0 || IsBankFee(lines[place]) {
			continue
		}
		p := payment{line: &lines[place], day: dayNumber(lines[place].At.Date()), name: m.nameOf(&lines[place]), tier: tierNone}
		m.rank(&p)
		if p.tier <= TierName {
			for _, order := range p.orders {
				m.claims[order]++
			}
		}
		payments = append(payments, p)
	}
	return payments
}

// nameOf gives the other side of a line, folded; a payee by the name that its orders have.
func (m *matcher) nameOf(line *BankStatementLine) string {
	name := foldParty(line.Name)
	if known, ok := m.names[name]; ok {
		return known
	}
	return name
}

// rank finds the orders that a payment may have paid.
func (m *matcher) rank(p *payment) {
	if order, ok := m.bySerial[p.line.Serial]; ok && p.line.Serial != "" && m.orders[order].Amount == p.line.Out {
		p.tier, p.orders = TierSerial, []int{order}
		return
	}
	near, more := m.nearest(m.byAmount[p.line.Out], p.day, amountDays, mostEquals)
	p.crowded = more
	for _, order := range near {
		tier := m.tierOf(p, order)
		switch {
		case tier == TierAmount:
			p.weaker = append(p.weaker, order)
		case tier < p.tier:
			p.tier, p.orders = tier, append(p.orders[:0], order)
		case tier == p.tier:
			p.orders = append(p.orders, order)
		}
	}
}

// nearest gives the places, which stand by day, of at most so many days from day, the nearest first and at most limit of them;
// more tells whether there were others.
func (m *matcher) nearest(places []int, day, days, limit int) (near []int, more bool) {
	right, _ := slices.BinarySearchFunc(places, day, func(place, day int) int { return m.days[place] - day })
	left := right - 1
	for {
		before, after := days+1, days+1
		if left >= 0 {
			before = day - m.days[places[left]]
		}
		if right < len(places) {
			after = m.days[places[right]] - day
		}
		switch {
		case min(before, after) > days:
			return near, false
		case len(near) == limit:
			return near, true
		case after <= before:
			near = append(near, places[right])
			right++
		default:
			near = append(near, places[left])
			left--
		}
	}
}

// tierOf says how strongly an order of the right amount, not more than amountDays away, answers to a payment.
func (m *matcher) tierOf(p *payment, place int) MatchTier {
	apart := m.apart(p, place)
	switch {
	case sameNumber(p.line.Number, m.accounts[place]) && apart <= accountDays:
		return TierAccount
	case p.name != "" && p.name == m.payees[place] && apart <= nameDays:
		return TierName
	}
	return TierAmount
}

// paysTo tells whether a payment went to an order's payee.
func (m *matcher) paysTo(p *payment, place int) bool {
	return sameNumber(p.line.Number, m.accounts[place]) || p.name != "" && p.name == m.payees[place]
}

func (m *matcher) apart(p *payment, place int) int {
	days := m.days[place] - p.day
	return max(days, -days)
}

// dayNumber counts a day from 1970; a day that is not known lies far from all others.
func dayNumber(day Date) int {
	if day == "" {
		return -1 << 30
	}
	return Date("1970-01-01").DaysUntil(day)
}

// foldParty writes a firm's name without what banks write in many ways: brackets, spaces, full-width forms, 责任 in its legal form.
func foldParty(name string) string {
	return partyWriting.Replace(halfWidthText(compact(name)))
}

var partyWriting = strings.NewReplacer("(", "", ")", "", "[", "", "]", "", "【", "", "】", "", "〔", "", "〕", "", " ", "", "有限责任公司", "有限公司")

// bareAccount writes an account without spaces and strokes between its digits.
func bareAccount(number string) string { return strings.ReplaceAll(compact(number), "-", "") }

// tellsNumber tells whether an account is written out. Some banks put stars in the middle of the other side's: it says nothing then.
func tellsNumber(number string) bool { return number != "" && !strings.Contains(number, "*") }

func sameNumber(written, account string) bool { return tellsNumber(written) && written == account }

// scores of the tiers when the days agree; a day apart costs one.
var tierScores = [...]int{TierSerial: 100, TierAccount: 96, TierName: 88, TierSplit: 74, TierJoined: 68, TierAmount: 55, TierHand: 100, TierRefund: 72}

func (m *matcher) match(p *payment, order int, tier MatchTier) Match {
	apart := m.apart(p, order)
	reason := map[MatchTier]string{
		TierSerial: "流水号与交易号相同，金额相同", TierAccount: "金额、收款账号相同", TierName: "金额、收款单位相同", TierAmount: "只有金额相同",
	}[tier]
	score := tierScores[tier]
	if tier != TierSerial {
		reason += "，" + daysApart(apart)
		score -= apart
	}
	return Match{Lines: []int64{p.line.ID}, Orders: []int64{m.orders[order].ID}, Tier: tier, Score: score, Reason: reason + "。"}
}

func daysApart(days int) string {
	if days == 0 {
		return "同一天"
	}
	return fmt.Sprintf("差 %d 天", days)
}

// proposalsPerLine keeps a choice short enough to be made.
const proposalsPerLine = 8

// proposals lists what a person may choose for a payment that nothing settles.
func (m *matcher) proposals(p *payment) []Match {
	var found []Match
	for _, order := range p.orders {
		if !m.taken[order] {
			found = append(found, m.match(p, order, p.tier))
		}
	}
	if len(found) == 0 {
		found = m.splits(p)
	}
	for _, order := range p.weaker {
		if !m.taken[order] {
			found = append(found, m.match(p, order, TierAmount))
		}
	}
	slices.SortStableFunc(found, func(a, b Match) int { return cmp.Compare(b.Score, a.Score) })
	return found[:min(len(found), proposalsPerLine)]
}

// feeWords name what banks take for themselves.
var feeWords = []string{"手续费", "工本费", "管理费", "年费", "短信费", "汇划费", "邮电费", "服务费"}

// IsBankFee tells whether a line is the bank's own charge, which no order pays.
func IsBankFee(line BankStatementLine) bool {
	for _, text := range []string{line.Summary, line.Purpose} {
		for _, word := range feeWords {
			if line.Out > 0 && strings.HasSuffix(text, word) {
				return true
			}
		}
	}
	return false
}
