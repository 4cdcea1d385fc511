package app_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"peixun/app/apptest"
	"peixun/data"
)

// typeForever types into the form of the first order and saves it as typed, over and over.
func typeForever(folder string) error {
	a, err := enter(folder)
	if err != nil {
		return err
	}
	order, err := a.Order(ctx, 1)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	for n := typedIn(order) + 1; ; n++ {
		fmt.Println("begin", n)
		if order, err = a.SaveOrder(ctx, letters(order, n)); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// letters gives the form after the n-th letter: every field tells n.
func letters(order data.Order, n int) data.Order {
	text := fmt.Sprint(n)
	order.PayerBank, order.PayerAccount, order.PaidAt, order.Transaction = "银行"+text, text, data.Moment(text), text
	order.Lines[0].Amount = data.Money(n)
	order.Invoice.Title, order.Invoice.Account, order.Invoice.Remark = "抬头"+text, text, text
	return order
}

// typedIn tells after which letter a form was saved, 0 for none.
func typedIn(order data.Order) int {
	n := 0
	fmt.Sscan(order.Transaction, &n)
	return n
}

// After the power went out, the form stands as it was after the last letter that was saved: no field is older or newer than another.
func TestKilledDraftStandsAsItWasTyped(t *testing.T) {
	h := apptest.NewHospital(t, 1)
	h.Draft("2022-06-14 10:26:00", 1)
	image := imageOf(t, h.App)
	folder := folderWith(t, image)
	for range 5 {
		told := killAtRandom(t, "draft", folder, 300*time.Millisecond)
		a, err := enter(folder)
		must(t, err)
		order := got[data.Order](t)(a.Order(ctx, 1))
		n := typedIn(order)
		if n < told.done || told.begun >= 0 && n > told.begun {
			t.Errorf("typed until %d, saved until %d, stands at %d", told.begun, told.done, n)
		}
		order.Version = 0
		if want := letters(order, n); n > 0 && fmt.Sprint(want) != fmt.Sprint(order) {
			t.Errorf("the form is torn:\n%+v", order)
		}
		if len(order.Vouchers) != 1 {
			t.Errorf("vouchers: %+v", order.Vouchers)
		}
		must(t, a.Close())
	}
}

// Two windows on one draft: the later save of an old form is refused, and nothing of the newer one is lost.
func TestTwoWindowsOnOneDraft(t *testing.T) {
	h := apptest.NewHospital(t, 1)
	order := h.Draft("2022-06-14 10:26:00", 1)
	other := apptest.Again(t, h.App)
	mine, theirs := order, got[data.Order](t)(other.Order(ctx, order.ID))
	mine.PayerBank = "这里"
	got[data.Order](t)(h.SaveOrder(ctx, mine))
	theirs.PayerBank = "那里"
	_, err := other.SaveOrder(ctx, theirs)
	refused(t, err, "stale")
	if !errors.Is(err, data.ErrStale) || got[data.Order](t)(h.Order(ctx, order.ID)).PayerBank != "这里" {
		t.Errorf("the older form: %v", err)
	}
}

// BenchmarkOrders5000 runs what the list of 5,000 orders is asked for.
func BenchmarkOrders5000(b *testing.B) {
	h := apptest.NewHospital(b, 1)
	first := h.Draft("2022-06-14 10:26:00", 1)
	for n := 1; n < 5000; n++ {
		got[data.Order](b)(h.CopyOrder(ctx, first.ID))
	}
	for name, query := range map[string]data.OrderQuery{"all": {}, "text": {Text: "骨科"}, "amount": {Sort: "amount", Descending: true}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ids := got[[]int64](b)(h.OrderIDs(ctx, query))
				got[[]data.OrderRow](b)(h.OrderRows(ctx, ids[:min(len(ids), 40)]))
				got[data.OrderTotals](b)(h.OrderTotals(ctx, query))
			}
		})
	}
}
