package data

import (
	"cmp"
	"slices"
)

// PairingState says how far a row of 银行流水核对 is.
type PairingState uint8

const (
	PairSettled   PairingState = iota // somebody settled it
	PairCertain                       // unique and certain, not settled yet
	PairProposed                      // one proposal
	PairChoice                        // several proposals, of which a person takes one
	PairOpen                          // paid to or refunded by a payee, and nothing answers to it
	PairFee                           // the bank's own charge
	PairUnrelated                     // another payment or receipt of the unit
)

// Pairing is one row of 银行流水核对: bank lines and what they paid.
type Pairing struct {
	State PairingState
	Lines []BankStatementLine
	// Choices are the settled or certain match, the only proposal, or those to choose from.
	Choices []Match
	// Aside tells that somebody put the line aside.
	Aside bool
}

// Key names the row, as long as its first line leads it.
func (p Pairing) Key() int64 { return p.Lines[0].ID }

// Waits tells whether somebody has to look at the row.
func (p Pairing) Waits() bool { return p.State >= PairCertain && p.State <= PairOpen }

// Related tells whether the row belongs to the training.
func (p Pairing) Related() bool { return p.State < PairFee }

// Refund tells whether the row holds money that came back and nothing else.
func (p Pairing) Refund() bool { return NetPaid(p.Lines) < 0 }

// Pairings makes the rows of 银行流水核对, by the time of their first lines: every bank line stands in exactly one. Behind the settled
// matches stand those that are certain, as in app.Reconciliation.
func (b Books) Pairings(proposed []Match) []Pairing {
	p := &pairer{payees: b.payees(), aside: b.Aside, lines: map[int64]*BankStatementLine{}, taken: map[int64]bool{}, offers: map[int64][]Match{}}
	for place := range b.Lines {
		p.lines[b.Lines[place].ID] = &b.Lines[place]
	}
	b.learnPayees(p.payees)
	for _, match := range b.Matches {
		state := PairSettled
		if match.ID == 0 {
			state = PairCertain
		}
		p.together(match, state)
	}
	for _, match := range proposed {
		for _, id := range match.Lines {
			p.offers[id] = append(p.offers[id], match)
		}
	}
	for _, match := range proposed {
		if len(match.Lines) > 1 && p.only(match) {
			p.together(match, PairProposed)
		}
	}
	for place := range b.Lines {
		if line := &b.Lines[place]; !p.taken[line.ID] {
			p.rows = append(p.rows, p.alone(line))
		}
	}
	slices.SortStableFunc(p.rows, func(one, other Pairing) int {
		return cmp.Or(cmp.Compare(one.Lines[0].At, other.Lines[0].At), cmp.Compare(one.Key(), other.Key()))
	})
	return p.rows
}

// learnPayees adds the names that banks gave the other side of settled lines.
func (b Books) learnPayees(payees parties) {
	settled := map[int64]bool{}
	for _, match := range b.Matches {
		if len(match.Orders) > 0 {
			for _, id := range match.Lines {
				settled[id] = true
			}
		}
	}
	for _, line := range b.Lines {
		if settled[line.ID] && line.Name != "" {
			payees[foldParty(line.Name)] = true
		}
	}
}

// pairer puts bank lines into rows.
type pairer struct {
	payees parties
	aside  map[int64]bool
	lines  map[int64]*BankStatementLine
	taken  map[int64]bool
	offers map[int64][]Match // the proposals for a line
	rows   []Pairing
}

// only tells whether a proposal of several lines is the only one for each of them.
func (p *pairer) only(match Match) bool {
	return !slices.ContainsFunc(match.Lines, func(id int64) bool { return p.taken[id] || len(p.offers[id]) != 1 })
}

// together makes one row of a match's lines.
func (p *pairer) together(match Match, state PairingState) {
	row := Pairing{State: state, Choices: []Match{match}}
	for _, id := range match.Lines {
		if line := p.lines[id]; line != nil {
			row.Lines, p.taken[id] = append(row.Lines, *line), true
		}
	}
	if len(row.Lines) > 0 {
		p.rows = append(p.rows, row)
	}
}

// alone makes the row of a line that no match holds.
func (p *pairer) alone(line *BankStatementLine) Pairing {
	row := Pairing{Lines: []BankStatementLine{*line}, Choices: p.offers[line.ID], Aside: p.aside[line.ID]}
	switch {
	case row.Aside:
		row.State, row.Choices = PairUnrelated, nil
	case len(row.Choices) == 1:
		row.State = PairProposed
	case len(row.Choices) > 1:
		row.State = PairChoice
	case IsBankFee(*line):
		row.State = PairFee
	case p.payees.has(line):
		row.State = PairOpen
	default:
		row.State = PairUnrelated
	}
	return row
}

// BalanceGap is a place where a line's balance is not the one before plus what moved: lines between them are missing.
type BalanceGap struct {
	Before, After BankStatementLine
	Missing       Money // what the missing lines brought in together, in 分; negative: what they took
}

// BalanceGaps follows the balances of every account from line to line, which stand by time. A file without balances has none.
func BalanceGaps(lines []BankStatementLine) []BalanceGap {
	last := map[string]BankStatementLine{}
	var gaps []BalanceGap
	for _, line := range lines {
		if !line.HasBalance {
			continue
		}
		if before, known := last[line.Account]; known && !follows(before, line) {
			gaps = append(gaps, BalanceGap{Before: before, After: line, Missing: line.Balance + line.Out - line.In - before.Balance})
		}
		last[line.Account] = line
	}
	return gaps
}

// JudgeAside tells whether a line may be put aside. A payment to the training's payee may not: it wants an order, or a reason.
func (b Books) JudgeAside(line BankStatementLine) error {
	payees := b.payees()
	b.learnPayees(payees)
	if line.Out > 0 && payees.has(&line) {
		return Refuse("aside-payee", "", "这一笔付给了培训的收款单位，不能当作与培训无关。", "请和订单对上；确实没有订单的，到“对账差异”写明原因。").Because(ErrWrongState)
	}
	return nil
}
