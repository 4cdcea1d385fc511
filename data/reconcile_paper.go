package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Statement puts a month's orders, or all where month is "", into the rows of a 对账单, and behind them payments and refunds without
// one; differences are those of all months. Unit, PreparedBy and At are left to the caller.
func (b Books) Statement(month Month, pairings []Pairing, differences []Difference) Statement {
	s := &statementMaker{month: month, paid: map[int64]Money{}, notes: map[int64][]string{}, waits: map[int64]bool{}}
	statement := Statement{}
	if month != "" {
		statement.From, statement.To = month.First(), month.Last()
	}
	for _, d := range differences {
		if s.wants(d.Month) {
			statement.Differences = append(statement.Differences, differenceWords(d))
			s.notes[d.OrderID] = append(s.notes[d.OrderID], string(d.Class))
		}
	}
	var loose []StatementRow
	waiting := 0
	for _, row := range pairings {
		if row.State == PairSettled || row.State == PairCertain {
			s.share(b, row)
		} else if row.Related() && s.wants(MonthOf(row.Lines[0].At)) {
			loose = append(loose, looseRow(row))
			if len(row.Choices) > 0 {
				waiting++
			}
			for _, match := range row.Choices {
				for _, id := range match.Orders {
					s.waits[id] = true
				}
			}
		}
	}
	if waiting > 0 {
		statement.Differences = append(statement.Differences, fmt.Sprintf("还有 %d 笔流水没有核对，请到“银行流水”确认。", waiting))
	}
	statement.Rows = append(s.orderRows(b), loose...)
	slices.SortStableFunc(statement.Rows, func(one, other StatementRow) int { return cmp.Compare(one.Date, other.Date) })
	return statement
}

// statementMaker gathers what the rows of a 对账单 hold.
type statementMaker struct {
	month Month
	paid  map[int64]Money    // by order
	notes map[int64][]string // what differs, by order
	waits map[int64]bool     // orders that a line may have paid which nobody settled
}

func (s *statementMaker) wants(month Month) bool { return s.month == "" || month == s.month }

// share divides what a match's lines paid among its orders: each gets its amount, the first what is over or missing.
func (s *statementMaker) share(b Books, row Pairing) {
	match, left := row.Choices[0], NetPaid(row.Lines)
	for _, order := range b.Orders {
		if slices.Contains(match.Orders, order.ID) {
			s.paid[order.ID], left = order.Amount, left-order.Amount
		}
	}
	if len(match.Orders) > 0 {
		s.paid[match.Orders[0]] += left
	}
}

func (s *statementMaker) orderRows(b Books) []StatementRow {
	batch, recharged, invoiced, orderOf := map[int64]Money{}, map[int64]Money{}, map[int64]Money{}, map[int64]int64{}
	for _, one := range b.Batches {
		batch[one.OrderID] += one.Face
		orderOf[one.ID] = one.OrderID
	}
	for _, entry := range b.Entries {
		recharged[orderOf[entry.BatchID]] += entry.Amount
	}
	for _, invoice := range b.Invoices {
		invoiced[invoice.OrderID] += invoice.Amount
	}
	var rows []StatementRow
	for _, order := range b.Orders {
		if !order.Live() || !order.Submitted() && invoiced[order.ID] == 0 || !s.wants(order.Month()) {
			continue
		}
		notes := s.notes[order.ID]
		rows = append(rows, StatementRow{Date: order.PaidAt.Date(), Order: order.Number, Payer: order.Payer, Ordered: order.Amount, Paid: s.paid[order.ID],
			Batch: batch[order.ID], Recharged: recharged[order.ID], Invoiced: invoiced[order.ID], Waits: s.waits[order.ID] && len(notes) == 0, Agrees: len(notes) == 0 && !s.waits[order.ID], Note: strings.Join(notes, "、")})
	}
	return rows
}

func looseRow(row Pairing) StatementRow {
	line := row.Lines[0]
	found := StatementRow{Date: line.At.Date(), Payer: line.Name, Paid: NetPaid(row.Lines), Note: "没有对应的订单"}
	switch {
	case len(row.Choices) > 0:
		found.Note, found.Waits = "", true
	case row.Refund():
		found.Note = "退款没有对上付款"
	}
	return found
}

// differenceWords says what does not agree, and how to mend it or why it stands.
func differenceWords(d Difference) string {
	if d.Accepted != "" {
		return fmt.Sprintf("%s：%s（保留，原因：%s）", d.Class, d.Explanation, d.Accepted)
	}
	return fmt.Sprintf("%s：%s%s", d.Class, d.Explanation, d.Fix)
}
