package app

import (
	"cmp"
	"context"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// LateAfter is after how many days 首页 shows in amber that something waits. It is our assumption.
const LateAfter = 30

// WaitKind says what waits in a line of 等谁办.
type WaitKind string

// The kinds of waiting. The platform is to end WaitReview, WaitInvoice, WaitIssue and WaitReturn, the administrator all others.
const (
	WaitReview   WaitKind = "review"   // orders in 待审核
	WaitInvoice  WaitKind = "invoice"  // approved orders without an invoice
	WaitProfile  WaitKind = "profile"  // 管理员信息 is not complete
	WaitIssue    WaitKind = "issue"    // 先开票后缴费: the invoice was asked for
	WaitTransfer WaitKind = "transfer" // 先开票后缴费: the invoice is there, the money is not transferred
	WaitDraft    WaitKind = "draft"    // orders begun and not submitted
	WaitRejected WaitKind = "rejected" // orders to be revised
	WaitPeople   WaitKind = "people"   // enabled people without a mobile
	WaitRecharge WaitKind = "recharge" // people whom the batches can still be given to
	WaitLeftOver WaitKind = "leftover" // batches of any plan with money left when it ends
	WaitLetter   WaitKind = "letter"   // letters that were made and not sent within the days that the unit chose
	WaitReturn   WaitKind = "return"   // letters that were sent and did not come back within them
)

// Wait is one thing of the plan in force that somebody has to do.
type Wait struct {
	Kind  WaitKind
	Order data.OrderRow // the order where it is exactly one
	// Letter is the letter's number where it is exactly one.
	Letter string
	Count  int         // orders, people or missing fields
	Sum    data.Money  // of the orders, or what the batches have left; in 分
	Since  data.Moment // since when the first of them waits, or ""
}

// Mine tells whether the administrator is waited for; else it is the platform.
func (w Wait) Mine() bool {
	return w.Kind != WaitReview && w.Kind != WaitInvoice && w.Kind != WaitIssue && w.Kind != WaitReturn
}

// Days is for how many days it has been waiting; ok is false where that is unknown.
func (w Wait) Days(today data.Date) (days int, ok bool) {
	if w.Since == "" {
		return 0, false
	}
	return max(0, w.Since.Date().DaysUntil(today)), true
}

// Waits lists what has to be done for the plan that home sums, the longest wait first, those of unknown age last.
func (a *App) Waits(ctx context.Context, home data.Home) ([]Wait, error) {
	gaps, err := a.ProfileGaps(ctx)
	if err != nil {
		return nil, err
	}
	waits, err := query(a, ctx, func(tx *sqlite.Tx) ([]Wait, error) {
		waits, err := orderWaits(tx, home.Plan.ID)
		if err != nil {
			return nil, err
		}
		people, err := peopleWait(tx, home)
		if err != nil {
			return nil, err
		}
		recharge, err := rechargeWait(tx, home)
		if err != nil {
			return nil, err
		}
		over, err := leftOverWait(tx, a.Now())
		if err != nil {
			return nil, err
		}
		letters, err := a.letterWaits(tx, home.Plan.ID)
		return append(append(waits, people, recharge, over), letters...), err
	})
	if err != nil {
		return nil, err
	}
	waits = append(waits, Wait{Kind: WaitProfile, Count: len(gaps)})
	waits = slices.DeleteFunc(waits, func(w Wait) bool { return w.Count == 0 })
	slices.SortStableFunc(waits, func(one, other Wait) int {
		if (one.Since == "") != (other.Since == "") {
			return cmp.Compare(len(other.Since), len(one.Since))
		}
		return cmp.Compare(one.Since, other.Since)
	})
	return waits, nil
}

// orderWaits gathers the plan's orders by what they wait for.
func orderWaits(tx *sqlite.Tx, planID int64) ([]Wait, error) {
	ids, err := tx.OrderIDs(data.OrderQuery{PlanID: planID})
	if err != nil {
		return nil, err
	}
	orders, err := tx.OrderRows(ids)
	if err != nil {
		return nil, err
	}
	kinds := []WaitKind{WaitReview, WaitInvoice, WaitIssue, WaitTransfer, WaitDraft, WaitRejected}
	waits := make([]Wait, len(kinds))
	for _, order := range orders {
		kind, since := orderWait(order)
		place := slices.Index(kinds, kind)
		if place < 0 {
			continue
		}
		wait := &waits[place]
		wait.Kind, wait.Count, wait.Sum = kind, wait.Count+1, wait.Sum+order.Total
		if wait.Since == "" || since < wait.Since {
			wait.Since = since
		}
		if wait.Order = order; wait.Count > 1 {
			wait.Order = data.OrderRow{}
		}
	}
	return waits, nil
}

// orderWait tells what an order waits for and since when.
func orderWait(order data.OrderRow) (WaitKind, data.Moment) {
	switch order.Review {
	case data.ReviewSubmitted:
		return WaitReview, order.AppliedAt
	case data.ReviewDraft, data.ReviewReady:
		wait, waits := order.Wait("")
		switch {
		case waits && order.InvoiceState == data.InvoiceIssued:
			return WaitTransfer, wait.Since
		case waits:
			return WaitIssue, wait.Since
		}
		return WaitDraft, order.CreatedAt
	case data.ReviewRejected:
		return WaitRejected, order.ReviewedAt
	case data.ReviewApproved:
		if order.InvoiceState != data.InvoiceIssued {
			return WaitInvoice, order.ReviewedAt
		}
	}
	return "", ""
}

// peopleWait counts people without a mobile, since the first of them was added.
func peopleWait(tx *sqlite.Tx, home data.Home) (Wait, error) {
	wait := Wait{Kind: WaitPeople, Count: home.Incomplete}
	if wait.Count == 0 {
		return wait, nil
	}
	ids, err := tx.TraineeIDs(data.TraineeQuery{Incomplete: true, Status: data.TraineeEnabled})
	if err != nil || len(ids) == 0 {
		return wait, err
	}
	first, err := tx.Trainee(slices.Min(ids))
	wait.Since = first.CreatedAt
	return wait, err
}

// rechargeWait counts people who can be recharged, since the first batch with money left was made.
func rechargeWait(tx *sqlite.Tx, home data.Home) (Wait, error) {
	wait := Wait{Kind: WaitRecharge, Count: Chargeable(home), Sum: home.Left}
	batches, err := tx.Batches()
	for _, batch := range batches {
		if batch.PlanID == home.Plan.ID && batch.Left() > 0 && (wait.Since == "" || batch.CreatedAt < wait.Since) {
			wait.Since = batch.CreatedAt
		}
	}
	return wait, err
}

// LeftOverDays is how many days before a plan's end 首页 begins to remind of money left in its batches. It is our assumption.
const LeftOverDays = 60

// leftOverWait counts the batches with money left whose plan ends soon or has ended, since the first of them is reminded of.
func leftOverWait(tx *sqlite.Tx, now data.Moment) (Wait, error) {
	wait := Wait{Kind: WaitLeftOver}
	batches, err := tx.Batches()
	for _, batch := range batches {
		since := data.MomentOf(batch.PlanEndsAt.Time().AddDate(0, 0, -LeftOverDays))
		if batch.Left() <= 0 || now < since {
			continue
		}
		wait.Count, wait.Sum = wait.Count+1, wait.Sum+batch.Left()
		if wait.Since == "" || since < wait.Since {
			wait.Since = since
		}
	}
	return wait, err
}

// Chargeable counts the enabled people who are not recharged yet and whom the plan's batches can still be given to.
// Where the plan has a price, the batches may not reach for all.
func Chargeable(home data.Home) int {
	switch {
	case home.Left <= 0:
		return 0
	case home.Plan.Price > 0:
		return min(home.Uncharged, int(home.Left/home.Plan.Price))
	}
	return home.Uncharged
}

// Due is what all enabled people cost, in 分; 0 where the plan has no price.
func Due(home data.Home) data.Money { return home.Plan.Price * data.Money(home.Enabled) }

// Step is one of the four steps of the year's road.
type Step int

// The road's steps, in its order.
const (
	StepTrainees Step = iota
	StepPayment
	StepRecharge
	StepLetters
)

// NextStep is the step whose action comes next: money that is there is given out first, then orders are finished and
// made, then people's details completed; what is left is 确认与归档.
func NextStep(home data.Home) Step {
	switch {
	case home.Trainees == 0:
		return StepTrainees
	case Chargeable(home) > 0:
		return StepRecharge
	case home.Drafts > 0, home.Unpaid > 0:
		return StepPayment
	case home.Incomplete > 0:
		return StepTrainees
	}
	return StepLetters
}
