package data

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Month is a month of the calendar, such as 2022-03.
type Month string

// MonthOf gives the month of a moment or day, "" where that is unknown.
func MonthOf(at Moment) Month {
	const length = len("2006-01")
	if _, err := time.Parse("2006-01", string(at[:min(length, len(at))])); err != nil {
		return ""
	}
	return Month(at[:length])
}

// First gives the month's first day.
func (m Month) First() Date { return Date(m + "-01") }

// Last gives the month's last day.
func (m Month) Last() Date { return Date(m.First().Time().AddDate(0, 1, -1).Format(time.DateOnly)) }

// Words writes the month as people do: 2022年3月.
func (m Month) Words() string { return m.First().Time().Format("2006年1月") }

// MonthWords lists months as people do: 2022年3月、2022年4月.
func MonthWords(months []Month) string {
	words := make([]string, len(months))
	for place, month := range months {
		words[place] = month.Words()
	}
	return strings.Join(words, "、")
}

// MonthFigures are what a month adds up to, in 分. They are kept when the month is closed.
type MonthFigures struct {
	Lines    int   // bank lines of any kind
	Payments int   // bank lines to or from payees
	Paid     Money // by these, refunds taken off
	Orders   int   // orders that were said to be paid in the month
	Ordered  Money
	Settled  Money // what settled matches took from the account
	Accepted int   // differences that were accepted with a reason
}

// MonthClosing is a month that was closed (月结).
type MonthClosing struct {
	Month Month
	At    Moment
	User  string
	Note  string
	MonthFigures
}

// MonthCheck is what stands between a month and its closing.
type MonthCheck struct {
	Month Month
	MonthFigures
	// Waiting are rows of 银行流水核对 that nobody has settled, though something answers to them.
	Waiting []Pairing
	// Unmatched are payments that nothing answers to, which a difference says.
	Unmatched []Pairing
	// Refunds are those that nobody has settled.
	Refunds []Pairing
	Open    []Difference
	Kept    []Difference // accepted, with the reason
	Gaps    []BalanceGap
	LastDay Date // of the bank lines at hand, of any month; "" without any
	Over    bool // the month has ended
	Closing *MonthClosing
}

// Blockers says what has to be done before the month can be closed.
func (c MonthCheck) Blockers() []Problem {
	var found []Problem
	add := func(code, what, fix string) { found = append(found, Refuse("month-"+code, "", what, fix)) }
	if !c.Over {
		add("running", c.Month.Words()+"还没有结束。", "请到下个月再月结。")
	}
	if n := len(c.Waiting); n > 0 {
		add("waiting", fmt.Sprintf("还有 %d 笔流水等您核对。", n), "请到“银行流水”确认。")
	}
	if n := len(c.Refunds); n > 0 {
		add("refunds", fmt.Sprintf("有 %d 笔退款没有核对。", n), "请到“银行流水”把退款和付款对上。")
	}
	if n := len(c.Open); n > 0 {
		add("differences", fmt.Sprintf("还有 %d 处差异没有处理。", n), "请到“对账差异”逐项处理，或写明保留的原因。")
	}
	return found
}

// Warnings says what a person should look at before closing the month; they may know better.
func (c MonthCheck) Warnings() []Problem {
	var found []Problem
	switch {
	case c.LastDay == "":
		found = append(found, Warn("month-no-lines", "", "还没有导入银行流水。", "有付款的月份请先导入流水。"))
	case c.LastDay < c.Month.Last():
		found = append(found, Warn("month-uncovered", "", fmt.Sprintf("已导入的流水到 %s 为止，没有到月底。", c.LastDay), "请确认这个月的流水已经导全。"))
	}
	if n := len(c.Gaps); n > 0 {
		found = append(found, Warn("month-gaps", "", fmt.Sprintf("银行余额有 %d 处接不上，中间可能缺流水。", n), "请重新导出完整的明细再导入；重复的不会重复记。"))
	}
	return found
}

// MovedSince says what of the month is no longer as it was closed: figures that are others now, and what has come up since, for a month
// is closed only when nothing is left to do. It is nil for a month that is open or as it was.
func (c MonthCheck) MovedSince() []string {
	if c.Closing == nil {
		return nil
	}
	var moved []string
	was := c.Closing.MonthFigures
	for _, figure := range []struct{ name, was, is, unit string }{
		{"流水", fmt.Sprint(was.Lines), fmt.Sprint(c.Lines), "笔"},
		{"付给国培网的流水", fmt.Sprint(was.Payments), fmt.Sprint(c.Payments), "笔"},
		{"付款合计", was.Paid.String(), c.Paid.String(), "元"},
		{"订单", fmt.Sprint(was.Orders), fmt.Sprint(c.Orders), "个"},
		{"订单合计", was.Ordered.String(), c.Ordered.String(), "元"},
		{"已对上", was.Settled.String(), c.Settled.String(), "元"},
		{"保留的差异", fmt.Sprint(was.Accepted), fmt.Sprint(c.Accepted), "处"},
	} {
		if figure.was != figure.is {
			moved = append(moved, fmt.Sprintf("%s原来 %s %s，现在 %s %s。", figure.name, figure.was, figure.unit, figure.is, figure.unit))
		}
	}
	for _, blocker := range c.Blockers() {
		moved = append(moved, blocker.What)
	}
	return moved
}

// monthPlaces finds the months that lines, orders and batches belong to.
type monthPlaces struct{ lines, orders, batches map[int64]Month }

func (b Books) monthPlaces() monthPlaces {
	p := monthPlaces{lines: map[int64]Month{}, orders: map[int64]Month{}, batches: map[int64]Month{}}
	for _, line := range b.Lines {
		p.lines[line.ID] = MonthOf(line.At)
	}
	for _, order := range b.Orders {
		p.orders[order.ID] = order.Month()
	}
	for _, batch := range b.Batches {
		p.batches[batch.ID] = p.orders[batch.OrderID]
	}
	return p
}

// Month is the month that an order belongs to: of its payment, or where that is unknown of its review or its beginning.
func (o BookOrder) Month() Month { return orderMonth(o.PaidAt, o.ReviewedAt, o.CreatedAt) }

// Month is BookOrder.Month of an order that is not read for the books.
func (o Order) Month() Month { return orderMonth(o.PaidAt, o.ReviewedAt, o.CreatedAt) }

func orderMonth(moments ...Moment) Month {
	for _, at := range moments {
		if month := MonthOf(at); month != "" {
			return month
		}
	}
	return ""
}

func (p monthPlaces) of(d Difference) Month {
	for _, month := range []Month{p.lines[d.LineID], p.orders[d.OrderID], p.batches[d.BatchID]} {
		if month != "" {
			return month
		}
	}
	return ""
}

// MonthChecks judges every month that has bank lines or orders, the newest first. pairings and differences are those of all months.
func (b Books) MonthChecks(pairings []Pairing, differences []Difference, closings []MonthClosing) []MonthCheck {
	checks := map[Month]*MonthCheck{}
	at := func(month Month) *MonthCheck {
		if checks[month] == nil {
			checks[month] = &MonthCheck{Month: month, Over: month < MonthOf(Moment(b.Today))}
		}
		return checks[month]
	}
	for place := range closings {
		at(closings[place].Month).Closing = &closings[place]
	}
	for _, order := range b.Orders {
		if month := order.Month(); month != "" && order.Submitted() {
			check := at(month)
			check.Orders, check.Ordered = check.Orders+1, check.Ordered+order.Amount
		}
	}
	explained := map[int64]bool{}
	for _, d := range differences {
		explained[d.LineID] = true
		if d.Month != "" {
			at(d.Month).take(d)
		}
	}
	for _, row := range pairings {
		at(MonthOf(row.Lines[0].At)).row(row, explained)
	}
	var last Date
	for _, line := range b.Lines {
		last = max(last, line.At.Date())
	}
	for _, gap := range BalanceGaps(b.Lines) {
		check := at(MonthOf(gap.After.At))
		check.Gaps = append(check.Gaps, gap)
	}
	found := make([]MonthCheck, 0, len(checks))
	for _, check := range checks {
		check.LastDay = last
		found = append(found, *check)
	}
	slices.SortFunc(found, func(one, other MonthCheck) int { return -compareMonths(one.Month, other.Month) })
	return found
}

func compareMonths(one, other Month) int { return one.First().Time().Compare(other.First().Time()) }

func (c *MonthCheck) take(d Difference) {
	if d.Accepted == "" {
		c.Open = append(c.Open, d)
		return
	}
	c.Kept, c.Accepted = append(c.Kept, d), c.Accepted+1
}

// row counts a row of 银行流水核对. A payment that a difference explains waits for nobody else.
func (c *MonthCheck) row(row Pairing, explained map[int64]bool) {
	c.Lines += len(row.Lines)
	if !row.Related() {
		return
	}
	c.Payments, c.Paid = c.Payments+len(row.Lines), c.Paid+NetPaid(row.Lines)
	switch {
	case row.State == PairSettled:
		c.Settled += NetPaid(row.Lines)
	case row.Refund():
		c.Refunds = append(c.Refunds, row)
	case row.State == PairOpen || explained[row.Key()]:
		c.Unmatched = append(c.Unmatched, row)
	default:
		c.Waiting = append(c.Waiting, row)
	}
}
