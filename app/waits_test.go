package app_test

import (
	"context"
	"path/filepath"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

func TestWaitsAreSortedByAge(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 10)
	h.Submitted("2022-06-02 09:00:00", 4)
	h.Submitted("2022-06-05 09:00:00", 5)
	h.Draft("2022-06-16 09:00:00", 2)
	ctx := context.Background()
	home, err := h.Home(ctx)
	if err != nil {
		t.Fatal(err)
	}
	waits, err := h.Waits(ctx, home)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		kind  app.WaitKind
		count int
		sum   data.Money
		days  int
		order string
	}{
		{app.WaitPeople, 2, 0, 101, ""},
		{app.WaitInvoice, 1, 400_00, 65, "JF-2022-0001"},
		{app.WaitRecharge, 10, 400_00, 65, ""},
		{app.WaitReview, 2, 360_00, 15, ""},
		{app.WaitDraft, 1, 80_00, 1, "JF-2022-0004"},
	}
	if len(waits) != len(want) {
		t.Fatalf("waits = %+v", waits)
	}
	for place, w := range want {
		got := waits[place]
		days, _ := got.Days(h.Today())
		if got.Kind != w.kind || got.Count != w.count || got.Sum != w.sum || days != w.days || got.Order.Number != w.order {
			t.Errorf("wait %d = %+v (%d days), want %+v", place, got, days, w)
		}
	}
}

// TestInvoiceFirstWaitsForTheInvoiceThenForTheTransfer follows an order of 先开票后缴费.
func TestInvoiceFirstWaitsForTheInvoiceThenForTheTransfer(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	ctx := context.Background()
	order := h.Draft("2022-06-10 09:00:00", 2)
	order.Mode = data.InvoiceFirst
	order, err := h.SaveOrder(ctx, order)
	if err != nil {
		t.Fatal(err)
	}
	kind := func() (app.WaitKind, bool) {
		home, err := h.Home(ctx)
		if err != nil {
			t.Fatal(err)
		}
		waits, err := h.Waits(ctx, home)
		if err != nil {
			t.Fatal(err)
		}
		for _, wait := range waits {
			if wait.Order.ID == order.ID {
				return wait.Kind, wait.Mine()
			}
		}
		return "", false
	}
	if got, mine := kind(); got != app.WaitDraft || !mine {
		t.Errorf("a new order waits for %s, mine %v", got, mine)
	}
	if _, err := h.SaveInvoiceRequest(ctx, order.ID, filepath.Join(t.TempDir(), "申请.eml")); err != nil {
		t.Fatal(err)
	}
	if got, mine := kind(); got != app.WaitIssue || mine {
		t.Errorf("asked for the invoice, it waits for %s, mine %v", got, mine)
	}
	if _, err := h.IssueInvoice(ctx, order.ID, data.InvoiceIssue{Number: "22112000000041860935", IssuedOn: h.Today(), Amount: order.Total()}); err != nil {
		t.Fatal(err)
	}
	if got, mine := kind(); got != app.WaitTransfer || !mine {
		t.Errorf("with its invoice, it waits for %s, mine %v", got, mine)
	}
}

func TestNextStep(t *testing.T) {
	price := data.Plan{Price: 40_00}
	for name, c := range map[string]struct {
		home       data.Home
		want       app.Step
		chargeable int
	}{
		"nobody yet":                {data.Home{}, app.StepTrainees, 0},
		"nothing paid":              {data.Home{Trainees: 3, Enabled: 3, Unpaid: 3, Uncharged: 3}, app.StepPayment, 0},
		"batch waits":               {data.Home{Trainees: 3, Enabled: 3, Uncharged: 3, Left: 80_00, Plan: price}, app.StepRecharge, 2},
		"batch waits without price": {data.Home{Trainees: 3, Enabled: 3, Uncharged: 3, Left: 1}, app.StepRecharge, 3},
		"batch reaches for nobody":  {data.Home{Trainees: 3, Enabled: 3, Uncharged: 3, Unpaid: 3, Left: 39_99, Plan: price}, app.StepPayment, 0},
		"a draft":                   {data.Home{Trainees: 3, Enabled: 3, Drafts: 1}, app.StepPayment, 0},
		"details missing":           {data.Home{Trainees: 3, Enabled: 3, Incomplete: 1}, app.StepTrainees, 0},
		"all done":                  {data.Home{Trainees: 3, Enabled: 3}, app.StepLetters, 0},
	} {
		if got := app.NextStep(c.home); got != c.want || app.Chargeable(c.home) != c.chargeable {
			t.Errorf("%s: step %d, chargeable %d", name, got, app.Chargeable(c.home))
		}
	}
}

// Money in a batch is reminded of before its plan ends and after it, whatever plan is in force.
func TestLeftOverMoneyIsRemindedOf(t *testing.T) {
	h, batch := charged(t, 10)
	h.Charge("2022-05-01 09:00:00", batch.Number, h.People("")[:4]...)
	over := func(at data.Moment) (found app.Wait) {
		h.At(at)
		for _, wait := range got[[]app.Wait](t)(h.Waits(ctx, got[data.Home](t)(h.Home(ctx)))) {
			if wait.Kind == app.WaitLeftOver {
				found = wait
			}
		}
		return found
	}
	if wait := over("2022-11-01 09:00:00"); wait.Count != 0 {
		t.Errorf("61 days before the end: %+v", wait)
	}
	for _, at := range []data.Moment{"2022-11-02 09:00:00", "2022-11-03 09:00:00", "2023-02-01 09:00:00"} {
		if wait := over(at); (wait.Count == 1) != (at > "2022-11-02") || wait.Count == 1 && (wait.Sum != 240_00 || !wait.Mine()) {
			t.Errorf("at %s: %+v", at, wait)
		}
	}
}
