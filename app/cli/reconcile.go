package cli

import (
	"context"
	"fmt"
	"io"
	"time"

	"peixun/app"
	"peixun/data"
)

// reconcileReply tells which bank lines paid which orders, and where the five books disagree.
type reconcileReply struct {
	Month       string           `json:"month"` // 2022-03, or "" for all
	Lines       int              `json:"lines"`
	Matched     []matchItem      `json:"matched"`
	Proposed    []matchItem      `json:"proposed"`
	Differences []differenceItem `json:"differences"`
}

type matchItem struct {
	Lines  []string   `json:"lines" label:"流水"`
	Orders []string   `json:"orders" label:"订单"`
	Amount data.Money `json:"amount" label:"金额"`
	Score  int        `json:"score" label:"把握"`
	Reason string     `json:"reason" label:"理由"`
}

type differenceItem struct {
	Class   data.DifferenceClass `json:"class" label:"差异"`
	Message string               `json:"message" label:"是什么"`
	Fix     string               `json:"fix" label:"怎么办"`
	One     data.Money           `json:"one"`
	Other   data.Money           `json:"other"`
	Line    string               `json:"line"`
	Order   string               `json:"order"`
	Batch   string               `json:"batch"`
}

func reconcileCommand() command {
	return command{name: "reconcile", flags: "[--month 年-月]", summary: "银行流水与订单对账，列出五本账的差异",
		prepare: func(f *flags) action {
			month := f.text("month")
			return func(ctx context.Context, c *call) (reply, error) {
				if _, err := time.Parse("2006-01", *month); *month != "" && err != nil {
					return reply{}, wrongUse("--month 要写成 2022-03 这样的年和月。", "例如 peixun reconcile --month 2022-03。")
				}
				found, err := c.app.Reconcile(ctx)
				if err != nil {
					return reply{}, err
				}
				result := newMonthBooks(found, *month).reply()
				return reply{value: result, text: result.write}, nil
			}
		}}
}

// monthBooks looks one month up in a reconciliation, or all where month is "".
type monthBooks struct {
	found   app.Reconciliation
	month   string
	lines   map[int64]data.BankStatementLine
	orders  map[int64]data.BookOrder
	batches map[int64]data.CardBatch
}

func newMonthBooks(found app.Reconciliation, month string) *monthBooks {
	m := &monthBooks{found: found, month: month, lines: map[int64]data.BankStatementLine{}, orders: map[int64]data.BookOrder{}, batches: map[int64]data.CardBatch{}}
	for _, line := range found.Books.Lines {
		m.lines[line.ID] = line
	}
	for _, order := range found.Books.Orders {
		m.orders[order.ID] = order
	}
	for _, batch := range found.Books.Batches {
		m.batches[batch.ID] = batch
	}
	return m
}

// within tells whether a moment lies in the month.
func (m *monthBooks) within(at data.Moment) bool {
	return m.month == "" || len(at) >= len(m.month) && string(at[:len(m.month)]) == m.month
}

func (m *monthBooks) reply() reconcileReply {
	result := reconcileReply{Month: m.month, Matched: m.matches(m.found.Books.Matches), Proposed: m.matches(m.found.Proposed), Differences: []differenceItem{}}
	for _, line := range m.found.Books.Lines {
		if m.within(line.At) {
			result.Lines++
		}
	}
	for _, d := range m.found.Differences {
		if line, order := m.lines[d.LineID], m.orders[d.OrderID]; d.LineID != 0 && !m.within(line.At) || d.LineID == 0 && d.OrderID != 0 && !m.within(order.PaidAt) {
			continue
		}
		result.Differences = append(result.Differences, differenceItem{Class: d.Class, Message: d.Explanation, Fix: d.Fix, One: d.One, Other: d.Other,
			Line: identifier(d.LineID), Order: m.orders[d.OrderID].Number, Batch: m.batches[d.BatchID].Number})
	}
	return result
}

// matches gives those whose lines lie in the month.
func (m *monthBooks) matches(all []data.Match) []matchItem {
	items := []matchItem{}
	for _, match := range all {
		item := matchItem{Score: match.Score, Reason: match.Reason}
		inside := false
		for _, id := range match.Lines {
			item.Lines = append(item.Lines, identifier(id))
			item.Amount += m.lines[id].Out
			inside = inside || m.within(m.lines[id].At)
		}
		for _, id := range match.Orders {
			item.Orders = append(item.Orders, m.orders[id].Number)
		}
		if inside {
			items = append(items, item)
		}
	}
	return items
}

// write tells people the outcome, what they have to decide, and every difference with its remedy.
func (r reconcileReply) write(w io.Writer) {
	fmt.Fprintf(w, "流水 %d 笔，已对上 %d 笔，待确认 %d 条，差异 %d 处。\n", r.Lines, len(r.Matched), len(r.Proposed), len(r.Differences))
	for _, match := range r.Proposed {
		fmt.Fprintf(w, "待确认：流水 %v ↔ 订单 %v，%s 元：%s\n", match.Lines, match.Orders, match.Amount, match.Reason)
	}
	for _, d := range r.Differences {
		fmt.Fprintf(w, "%s：%s%s\n", d.Class, d.Message, d.Fix)
	}
}
