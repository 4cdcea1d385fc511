package data

import "testing"

func TestDraftsForPayments(t *testing.T) {
	const mine, other = "330101201900556678", "6222"
	row := func(id int64, day string, out Money) Pairing {
		return Pairing{State: PairOpen, Lines: []BankStatementLine{{ID: id, At: Moment(day + " 10:26:03"), Out: out, Account: mine}}}
	}
	order := func(id int64, review ReviewState, paidAt Moment, amount Money, account string) BookOrder {
		return BookOrder{PayableOrder: PayableOrder{ID: id, PaidAt: paidAt, Amount: amount}, Review: review, PayerAccount: account}
	}
	const at = "2022-06-15 00:00:00"
	for _, c := range []struct {
		name   string
		orders []BookOrder
		want   map[int64]int64 // orders by row; there are rows 1 of 20.00 and 2 of 30.00, of one day
	}{
		{"none", nil, nil},
		{"of the day and amount, though the other payment stands first", []BookOrder{order(7, ReviewDraft, at, 30_00, mine)}, map[int64]int64{2: 7}},
		{"nothing filled in but the day", []BookOrder{order(7, ReviewReady, at, 0, mine)}, map[int64]int64{1: 7}},
		{"another day", []BookOrder{order(7, ReviewDraft, "2022-06-14 00:00:00", 20_00, mine)}, nil},
		{"another account", []BookOrder{order(7, ReviewDraft, at, 20_00, other)}, nil},
		{"an amount without a day", []BookOrder{order(7, ReviewDraft, "", 20_00, "")}, map[int64]int64{1: 7}},
		{"submitted or void", []BookOrder{order(7, ReviewSubmitted, at, 20_00, mine), order(8, ReviewVoid, at, 20_00, mine)}, nil},
		{"each its own", []BookOrder{order(7, ReviewDraft, at, 30_00, mine), order(8, ReviewDraft, at, 20_00, "")}, map[int64]int64{1: 8, 2: 7}},
	} {
		found := Books{Orders: c.orders}.DraftsFor([]Pairing{row(1, "2022-06-15", 20_00), row(2, "2022-06-15", 30_00), {State: PairFee, Lines: []BankStatementLine{{ID: 3, At: at, Out: 20_00}}}})
		if len(found) != len(c.want) {
			t.Errorf("%s: found %+v", c.name, found)
		}
		for key, id := range c.want {
			if found[key].ID != id {
				t.Errorf("%s: row %d got order %d, want %d", c.name, key, found[key].ID, id)
			}
		}
	}
}
