package data

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFreshLines(t *testing.T) {
	line := func(day string, out Money, serial, balance, number string) BankStatementLine {
		l := BankStatementLine{At: Moment(day + " 00:00:00"), Out: out, Serial: serial, Number: number}
		if balance != "" {
			l.HasBalance, l.Balance = true, Money(len(balance))
		}
		return l
	}
	for _, c := range []struct {
		name         string
		stored, read []BankStatementLine
		want         int
	}{
		{"the same line", []BankStatementLine{line("2022-03-09", 100, "1", "", "")}, []BankStatementLine{line("2022-03-09", 100, "1", "", "")}, 0},
		{"another serial number", []BankStatementLine{line("2022-03-09", 100, "1", "", "")}, []BankStatementLine{line("2022-03-09", 100, "2", "", "")}, 1},
		{"an export without serial numbers", []BankStatementLine{line("2022-03-09", 100, "1", "", "62")}, []BankStatementLine{line("2022-03-09", 100, "", "", "62")}, 0},
		{"two equal payments, one known", []BankStatementLine{line("2022-03-09", 100, "", "", "")}, []BankStatementLine{line("2022-03-09", 100, "", "", ""), line("2022-03-09", 100, "", "", "")}, 1},
		{"equal but for the balance", []BankStatementLine{line("2022-03-09", 100, "", "a", "")}, []BankStatementLine{line("2022-03-09", 100, "", "ab", "")}, 1},
		{"the serial number pairs before the order does", []BankStatementLine{line("2022-03-09", 100, "2", "", "")},
			[]BankStatementLine{line("2022-03-09", 100, "", "", ""), line("2022-03-09", 100, "2", "", "")}, 1},
		{"in is not out", []BankStatementLine{{At: "2022-03-09 00:00:00", In: 100}}, []BankStatementLine{line("2022-03-09", 100, "", "", "")}, 1},
		{"another day", []BankStatementLine{line("2022-03-08", 100, "1", "", "")}, []BankStatementLine{line("2022-03-09", 100, "1", "", "")}, 1},
		{"a file that does not name the unit's account", []BankStatementLine{{At: "2022-03-09 00:00:00", Out: 100, Account: "11"}}, []BankStatementLine{line("2022-03-09", 100, "", "", "")}, 0},
		{"the unit's other account", []BankStatementLine{{At: "2022-03-09 00:00:00", Out: 100, Account: "11"}}, []BankStatementLine{{At: "2022-03-09 00:00:00", Out: 100, Account: "22"}}, 1},
		{"the time of day in one export only", []BankStatementLine{{At: "2022-03-09 10:26:03", Out: 100}}, []BankStatementLine{line("2022-03-09", 100, "", "", "")}, 0},
	} {
		fresh, already := FreshLines(c.stored, c.read)
		if len(fresh) != c.want || already != len(c.read)-c.want {
			t.Errorf("%s: %d fresh, %d already, want %d fresh", c.name, len(fresh), already, c.want)
		}
	}
}

// TestOverlappingStatementsAddUp: whatever windows of whole days are imported in whatever order, every line of theirs is there once.
func TestOverlappingStatementsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		withSerial, withBalance := rapid.Bool().Draw(t, "serial"), rapid.Bool().Draw(t, "balance")
		var year []BankStatementLine
		balance := Money(1000)
		for n := range rapid.IntRange(1, 30).Draw(t, "lines") {
			line := BankStatementLine{At: Moment(fmt.Sprintf("2022-03-%02d 00:00:00", 1+n/4)), Out: rapid.SampledFrom([]Money{100, 200}).Draw(t, "amount")}
			balance -= line.Out
			if withSerial {
				line.Serial = fmt.Sprint(n)
			}
			if withBalance {
				line.HasBalance, line.Balance = true, balance
			}
			year = append(year, line)
		}
		var stored []BankStatementLine
		covered := map[Date]bool{}
		for range rapid.IntRange(1, 4).Draw(t, "files") {
			from, to := rapid.IntRange(1, 8).Draw(t, "from"), rapid.IntRange(1, 8).Draw(t, "to")
			var file []BankStatementLine
			for day := from; day <= to; day++ {
				date := Date(fmt.Sprintf("2022-03-%02d", day))
				covered[date] = true
				for _, line := range year {
					if line.At.Date() == date {
						file = append(file, line)
					}
				}
			}
			if rapid.Bool().Draw(t, "newest first") {
				slices.Reverse(file)
			}
			fresh, _ := FreshLines(stored, file)
			stored = append(stored, fresh...)
		}
		want := 0
		for _, line := range year {
			if covered[line.At.Date()] {
				want++
			}
		}
		if len(stored) != want {
			t.Fatalf("%d lines stored, %d told", len(stored), want)
		}
	})
}
