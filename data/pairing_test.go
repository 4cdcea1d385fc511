package data

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRefundsAreProposedForTheLastEqualPayment(t *testing.T) {
	back := BankStatementLine{ID: 9, In: 100, At: "2022-03-20 00:00:00", Name: payeeName}
	for _, c := range []struct {
		name  string
		lines []BankStatementLine
		want  string
	}{
		{"the same amount before", []BankStatementLine{paymentLine(1, 100, "2022-03-06", payeeName, ""), back}, "[1 9]=[]?72"},
		{"the later of two", []BankStatementLine{paymentLine(1, 100, "2022-03-06", payeeName, ""), paymentLine(2, 100, "2022-03-08", payeeName, ""), back}, "[2 9]=[]?72"},
		{"another amount", []BankStatementLine{paymentLine(1, 200, "2022-03-06", payeeName, ""), back}, ""},
		{"a payment after it", []BankStatementLine{paymentLine(1, 100, "2022-03-26", payeeName, ""), back}, ""},
		{"a payment to somebody else", []BankStatementLine{paymentLine(1, 100, "2022-03-06", "别人", ""), back}, ""},
	} {
		if got := shownMatching(MatchPayments(c.lines, nil, nil)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMatchesByHandNeedBothSidesOrARefund(t *testing.T) {
	payment, back := BankStatementLine{ID: 1, Out: 300}, BankStatementLine{ID: 2, In: 100}
	for _, c := range []struct {
		name   string
		lines  []BankStatementLine
		orders []PayableOrder
		want   string // of the reason, or "" where it is refused
	}{
		{"equal", []BankStatementLine{payment}, []PayableOrder{{ID: 1, Amount: 300}}, "手工对上。"},
		{"a part came back", []BankStatementLine{payment, back}, []PayableOrder{{ID: 1, Amount: 200}}, "手工对上。"},
		{"too much", []BankStatementLine{payment}, []PayableOrder{{ID: 1, Amount: 200}}, "手工对上，流水比订单多 1.00 元。"},
		{"too little", []BankStatementLine{payment}, []PayableOrder{{ID: 1, Amount: 400}}, "手工对上，流水比订单少 1.00 元。"},
		{"all came back", []BankStatementLine{payment, {ID: 2, In: 300}}, nil, "付款已全额退回。"},
		{"no order", []BankStatementLine{payment}, nil, ""},
		{"no line", nil, []PayableOrder{{ID: 1, Amount: 200}}, ""},
	} {
		match, err := PersonalMatch(c.lines, c.orders)
		if (err == nil) != (c.want != "") || match.Reason != c.want {
			t.Errorf("%s: %+v, %v", c.name, match, err)
		}
	}
}

// TestEveryLineStandsInOneRow holds for any lines, orders and settled matches.
func TestEveryLineStandsInOneRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom([]string{"2022-03-01", "2022-03-02", "2022-03-04", "2022-03-08"})
		amount := rapid.SampledFrom([]Money{100, 200, 300, 400})
		books := Books{Aside: map[int64]bool{}}
		for id := range rapid.IntRange(0, 10).Draw(t, "lines") {
			line := paymentLine(int64(id+1), amount.Draw(t, "paid"), day.Draw(t, "on"), rapid.SampledFrom([]string{payeeName, "别人", ""}).Draw(t, "name"), "")
			if rapid.IntRange(0, 4).Draw(t, "way") == 0 {
				line.In, line.Out = line.Out, 0
			}
			books.Lines = append(books.Lines, line)
		}
		var orders []PayableOrder
		for id := range rapid.IntRange(0, 8).Draw(t, "orders") {
			order := paidOrder(int64(id+1), amount.Draw(t, "ordered"), day.Draw(t, "dated"))
			orders = append(orders, order)
			books.Orders = append(books.Orders, BookOrder{PayableOrder: order, Review: ReviewApproved})
		}
		found := MatchPayments(books.Lines, orders, nil)
		books.Matches = found.Certain
		rows := books.Pairings(found.Proposed)
		seen := map[int64]bool{}
		for _, row := range rows {
			for _, line := range row.Lines {
				if seen[line.ID] {
					t.Fatalf("line %d stands twice", line.ID)
				}
				seen[line.ID] = true
			}
			if row.State <= PairChoice && len(row.Choices) == 0 || row.State > PairChoice && len(row.Choices) != 0 {
				t.Fatalf("%+v", row)
			}
		}
		if len(seen) != len(books.Lines) {
			t.Fatalf("%d of %d lines are shown", len(seen), len(books.Lines))
		}
		checks := books.MonthChecks(rows, books.Differences(), nil)
		sum, lines := Money(0), 0
		for _, check := range checks {
			sum, lines = sum+check.Paid, lines+check.Lines
		}
		var want Money
		for _, row := range rows {
			if row.Related() {
				want += NetPaid(row.Lines)
			}
		}
		if sum != want || lines != len(books.Lines) {
			t.Fatalf("the months add up to %s of %d lines, want %s of %d", sum, lines, want, len(books.Lines))
		}
	})
}

func TestBalanceGaps(t *testing.T) {
	line := func(id int64, account string, out, balance Money) BankStatementLine {
		return BankStatementLine{ID: id, Account: account, Out: out, Balance: balance, HasBalance: true}
	}
	gaps := BalanceGaps([]BankStatementLine{line(1, "a", 10, 90), line(2, "b", 1, 5), {ID: 3, Account: "a", Out: 7}, line(4, "a", 10, 80), line(5, "b", 1, 4), line(6, "a", 10, 50)})
	if len(gaps) != 1 || gaps[0].Before.ID != 4 || gaps[0].After.ID != 6 || gaps[0].Missing != -20 {
		t.Errorf("%+v", gaps)
	}
}

func TestAMonthClosesOnlyWhenExplained(t *testing.T) {
	day := "2022-05-06"
	books := Books{Today: "2022-06-17", Lines: []BankStatementLine{paymentLine(1, 100, day, payeeName, ""), paymentLine(2, 50, day, payeeName, ""), paymentLine(3, 5, "2022-06-02", "别人", "")},
		Orders: []BookOrder{{PayableOrder: paidOrder(1, 100, day), Review: ReviewSubmitted}}}
	check := func() MonthCheck {
		found := MatchPayments(books.Lines, []PayableOrder{books.Orders[0].PayableOrder}, nil)
		if len(books.Matches) == 0 {
			books.Matches = found.Certain
			defer func() { books.Matches = nil }()
		}
		differences := books.Differences()
		for _, d := range differences {
			if d.Class != PaidWithoutOrder || d.Month != "2022-05" {
				t.Fatalf("%+v", d)
			}
		}
		checks := books.MonthChecks(books.Pairings(nil), differences, nil)
		if len(checks) != 2 || checks[1].Month != "2022-05" || checks[0].Over || !checks[1].Over {
			t.Fatalf("%+v", checks)
		}
		return checks[1]
	}
	codes := func(c MonthCheck) string {
		var found []string
		for _, problem := range c.Blockers() {
			found = append(found, problem.Code)
		}
		return strings.Join(found, " ")
	}
	if got := codes(check()); got != "month-waiting month-differences" {
		t.Errorf("before: %s", got)
	}
	books.Matches = []Match{{ID: 1, Lines: []int64{1}, Orders: []int64{1}}}
	settled := check()
	if got := codes(settled); got != "month-differences" || settled.Paid != 150 || settled.Settled != 100 || settled.Ordered != 100 {
		t.Errorf("settled: %s %+v", got, settled.MonthFigures)
	}
	settled.Open[0].Accepted = "另有合同"
	kept := MonthCheck{Month: settled.Month, Over: true}
	kept.take(settled.Open[0])
	if got := codes(kept); got != "" || kept.Accepted != 1 {
		t.Errorf("kept: %s", got)
	}
}

func TestRecogniseStatement(t *testing.T) {
	for _, c := range []struct{ file, titles, headers, want string }{
		{"明细.csv", "中国工商银行 账号：0200 0042 0901 4412 345", "", "中国工商银行 0200004209014412345"},
		{"abc.csv", "对方账号：6222020200011112222", "", " "},
		{"ICBC_2022.xls", "", "", "中国工商银行 "},
		{"明细.csv", "起始日期：20220301 截止日期：20220331", "账户明细编号-交易流水号", "中国建设银行 "},
		{"明细.csv", "账号： 起始日期：20220301-20220331", "", " "},
		{"cmb.csv", "", "", "招商银行 "},
		{"combine.csv", "", "", " "},
	} {
		origin := RecogniseStatement(c.file, []string{c.titles}, []string{c.headers})
		if got := fmt.Sprintf("%s %s", origin.Bank, origin.Account); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.file, c.titles, got, c.want)
		}
	}
}
