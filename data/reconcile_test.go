package data

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const (
	payeeName   = "国培网(北京)教育科技有限公司"
	payeeNumber = "110060593018800003058"
)

func paidOrder(id int64, amount Money, day string) PayableOrder {
	return PayableOrder{ID: id, Number: fmt.Sprintf("JF-%d", id), Amount: amount, PaidAt: Moment(day + " 00:00:00"), PayeeName: payeeName, PayeeAccount: payeeNumber}
}

func paymentLine(id int64, amount Money, day, name, number string) BankStatementLine {
	return BankStatementLine{ID: id, Out: amount, At: Moment(day + " 10:00:00"), Name: name, Number: number}
}

func shownMatching(found Matching) string {
	var out []string
	for _, match := range found.Certain {
		out = append(out, fmt.Sprintf("%v=%v!%d", match.Lines, match.Orders, match.Score))
	}
	for _, match := range found.Proposed {
		out = append(out, fmt.Sprintf("%v=%v?%d", match.Lines, match.Orders, match.Score))
	}
	return strings.Join(out, " ")
}

func TestMatchPayments(t *testing.T) {
	online := paidOrder(9, 100, "2022-01-01")
	online.Transaction = "T77"
	serial := paymentLine(1, 100, "2022-03-09", "支付平台", "")
	serial.Serial = "T77"
	fee := paymentLine(1, 100, "2022-03-09", "", "")
	fee.Summary = "网银汇划费"
	for _, c := range []struct {
		name   string
		lines  []BankStatementLine
		orders []PayableOrder
		want   string
	}{
		{"account within three days", []BankStatementLine{paymentLine(1, 100, "2022-03-09", "", payeeNumber)}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]!93"},
		{"account after four days is the amount alone", []BankStatementLine{paymentLine(1, 100, "2022-03-10", "", payeeNumber)}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]?51"},
		{"name within seven, brackets of any kind", []BankStatementLine{paymentLine(1, 100, "2022-03-13", "国培网（北京）教育科技有限公司", "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]!81"},
		{"a learned name", []BankStatementLine{paymentLine(1, 100, "2022-03-06", "国培网北京分户", "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]!88"},
		{"amount alone is only proposed", []BankStatementLine{paymentLine(1, 100, "2022-03-20", "别人", "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]?41"},
		{"fifteen days are too many", []BankStatementLine{paymentLine(1, 100, "2022-03-21", "别人", "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, ""},
		{"two equal orders: ask", []BankStatementLine{paymentLine(1, 100, "2022-03-06", "", payeeNumber)}, []PayableOrder{paidOrder(1, 100, "2022-03-06"), paidOrder(2, 100, "2022-03-05")}, "[1]=[1]?96 [1]=[2]?95"},
		{"two equal payments: ask", []BankStatementLine{paymentLine(1, 100, "2022-03-06", "", payeeNumber), paymentLine(2, 100, "2022-03-06", "", payeeNumber)}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]?96 [2]=[1]?96"},
		{"the serial number beats every date", []BankStatementLine{serial}, []PayableOrder{online, paidOrder(2, 100, "2022-03-09")}, "[1]=[9]!100"},
		{"a serial number of another amount", []BankStatementLine{{ID: 1, Out: 99, Serial: "T77", At: "2022-03-09 00:00:00"}}, []PayableOrder{online}, ""},
		{"one payment for two orders", []BankStatementLine{paymentLine(1, 300, "2022-03-06", payeeName, "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06"), paidOrder(2, 200, "2022-03-07"), paidOrder(3, 250, "2022-03-07")}, "[1]=[1 2]?74"},
		{"two ways to add up: ask", []BankStatementLine{paymentLine(1, 300, "2022-03-06", payeeName, "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06"), paidOrder(2, 200, "2022-03-07"), paidOrder(3, 200, "2022-03-07")}, "[1]=[1 2]?74 [1]=[1 3]?74"},
		{"too many ways to add up: say nothing", []BankStatementLine{paymentLine(1, 200, "2022-03-06", payeeName, "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06"), paidOrder(2, 100, "2022-03-06"), paidOrder(3, 100, "2022-03-06"), paidOrder(4, 100, "2022-03-06")}, ""},
		{"a payment before its order", []BankStatementLine{paymentLine(1, 100, "2022-03-01", payeeName, "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]!83"},
		{"责任 in the legal form", []BankStatementLine{paymentLine(1, 100, "2022-03-06", "国培网【北京】教育科技有限责任公司", "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]!88"},
		{"a name without 有限公司 is only proposed", []BankStatementLine{paymentLine(1, 100, "2022-03-06", "国培网(北京)教育科技", "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]?55"},
		{"an account in stars says nothing, the name does", []BankStatementLine{paymentLine(1, 100, "2022-03-06", payeeName, "11006059****003058")}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, "[1]=[1]!88"},
		{"equal payments for two orders: ask", []BankStatementLine{paymentLine(1, 100, "2022-03-06", payeeName, ""), paymentLine(2, 100, "2022-03-06", payeeName, "")}, []PayableOrder{paidOrder(1, 100, "2022-03-06"), paidOrder(2, 100, "2022-03-06")}, "[1]=[1]?88 [1]=[2]?88 [2]=[1]?88 [2]=[2]?88"},
		{"two payments for one order", []BankStatementLine{paymentLine(1, 100, "2022-03-05", payeeName, ""), paymentLine(2, 200, "2022-03-07", payeeName, "")}, []PayableOrder{paidOrder(1, 300, "2022-03-06")}, "[1 2]=[1]?68"},
		{"what comes in pays nothing", []BankStatementLine{{ID: 1, In: 100, At: "2022-03-06 00:00:00", Number: payeeNumber}}, []PayableOrder{paidOrder(1, 100, "2022-03-06")}, ""},
		{"a fee pays nothing", []BankStatementLine{fee}, []PayableOrder{paidOrder(1, 100, "2022-03-09")}, ""},
		{"an order without a day", []BankStatementLine{paymentLine(1, 100, "2022-03-06", payeeName, "")}, []PayableOrder{{ID: 1, Amount: 100, PayeeName: payeeName}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := MatchPayments(c.lines, c.orders, map[string]string{"国培网北京分户": payeeName})
			if got := shownMatching(found); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			for _, match := range append(found.Certain, found.Proposed...) {
				if match.Reason == "" {
					t.Error("a match without a reason")
				}
			}
		})
	}
}

// TestNoYuanIsMatchedTwice holds for any lines and orders: few amounts and days make every kind of clash likely.
func TestNoYuanIsMatchedTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom([]string{"2022-03-01", "2022-03-02", "2022-03-04", "2022-03-08", "2022-03-15"})
		amount := rapid.SampledFrom([]Money{100, 200, 300, 400})
		var lines []BankStatementLine
		for id := range rapid.IntRange(0, 12).Draw(t, "lines") {
			lines = append(lines, paymentLine(int64(id+1), amount.Draw(t, "paid"), day.Draw(t, "on"), rapid.SampledFrom([]string{payeeName, "别人", ""}).Draw(t, "name"), rapid.SampledFrom([]string{payeeNumber, ""}).Draw(t, "number")))
		}
		var orders []PayableOrder
		for id := range rapid.IntRange(0, 12).Draw(t, "orders") {
			orders = append(orders, paidOrder(int64(id+1), amount.Draw(t, "ordered"), day.Draw(t, "dated")))
		}
		found := MatchPayments(lines, orders, nil)
		usedLines, usedOrders := map[int64]bool{}, map[int64]bool{}
		for _, match := range found.Certain {
			line, order := match.Lines[0], match.Orders[0]
			if len(match.Lines)+len(match.Orders) != 2 || usedLines[line] || usedOrders[order] {
				t.Fatalf("%+v", found.Certain)
			}
			usedLines[line], usedOrders[order] = true, true
		}
		for _, match := range append(slices.Clone(found.Certain), found.Proposed...) {
			var paid, ordered Money
			for _, id := range match.Lines {
				paid += lines[id-1].Out
			}
			for _, id := range match.Orders {
				ordered += orders[id-1].Amount
			}
			if paid != ordered {
				t.Fatalf("%d paid for %d: %+v", paid, ordered, match)
			}
		}
		for _, match := range found.Proposed {
			for _, id := range match.Lines {
				if usedLines[id] {
					t.Fatalf("line %d is matched and proposed", id)
				}
			}
			for _, id := range match.Orders {
				if usedOrders[id] {
					t.Fatalf("order %d is matched and proposed", id)
				}
			}
		}
	})
}

// yearOfPayments makes so many orders of a few prices, each paid within three days, among other payments.
func yearOfPayments(orders, lines int) ([]BankStatementLine, []PayableOrder) {
	random := rand.New(rand.NewPCG(1, 2))
	day := func() string { return fmt.Sprintf("2022-%02d-%02d", 1+random.IntN(12), 1+random.IntN(28)) }
	var made []PayableOrder
	var paid []BankStatementLine
	for id := range orders {
		order := paidOrder(int64(id+1), Money(40_00*(1+random.IntN(500))), day())
		made = append(made, order)
		paid = append(paid, paymentLine(int64(id+1), order.Amount, string(order.PaidAt.Date()), payeeName, payeeNumber))
	}
	for id := orders; id < lines; id++ {
		paid = append(paid, paymentLine(int64(id+1), Money(1+random.IntN(20_000_00)), day(), "某某商贸公司", ""))
	}
	return paid, made
}

func BenchmarkMatchPayments(b *testing.B) {
	for _, times := range []int{1, 2, 4} {
		lines, orders := yearOfPayments(5000*times, 20000*times)
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			for b.Loop() {
				MatchPayments(lines, orders, nil)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(lines)), "ns/line")
		})
	}
}
