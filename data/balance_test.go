package data

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestBalanceOfAMonth(t *testing.T) {
	movements := []Movement{
		{AccountCards, "2022-02-28", 3200_00, 0}, {AccountCards, "2022-02-28", 0, 1200_00}, {AccountCards, "2022-03-01", 400_00, 0},
		{AccountCards, "2022-03-31", 0, 80_00}, {AccountCards, "2022-03-31", 0, -40_00}, {AccountCards, "2022-04-01", 0, 1_00},
		{AccountInvoices, "2022-03-09", 0, 400_00},
	}
	got := Balance(movements, "2022-03-01", "2022-03-31")
	want := []StatementBalance{{AccountCards, 2000_00, 400_00, 40_00, 2360_00}, {AccountInvoices, 0, 0, 400_00, -400_00}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestMonthsFollowEachOther: what one month leaves is what the next begins with, and the last one ends as all of them together.
func TestMonthsFollowEachOther(t *testing.T) {
	months := []Month{"2022-01", "2022-02", "2022-03", "2022-04"}
	rapid.Check(t, func(t *rapid.T) {
		var movements []Movement
		for range rapid.IntRange(0, 30).Draw(t, "count") {
			day := Date(fmt.Sprintf("%s-%02d", rapid.SampledFrom(months).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")))
			movements = append(movements, Movement{rapid.SampledFrom(Accounts).Draw(t, "account"), day,
				Money(rapid.IntRange(-500, 5000).Draw(t, "added")), Money(rapid.IntRange(-500, 5000).Draw(t, "taken"))})
		}
		before := Balance(nil, "", "")
		for _, month := range months {
			now := Balance(movements, month.First(), month.Last())
			for at := range now {
				if now[at].Opening != before[at].Closing {
					t.Fatalf("%s opens with %s, the month before closed with %s", month, now[at].Opening, before[at].Closing)
				}
			}
			before = now
		}
		for at, all := range Balance(movements, "", "") {
			if all.Opening != 0 || all.Closing != before[at].Closing {
				t.Fatalf("all months %+v, the last one %+v", all, before[at])
			}
		}
	})
}
