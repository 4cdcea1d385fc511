package app_test

import (
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// readied is a hospital with an order that was checked and waits for the next package.
func readied(t testing.TB) (*apptest.Hospital, data.Order) {
	t.Helper()
	h := apptest.NewHospital(t, 3)
	order := h.Draft("2022-06-14 10:26:00", 3)
	order = got[data.Order](t)(h.ReadyOrder(ctx, order.ID))
	if order.Review != data.ReviewReady || order.AppliedAt != "" {
		t.Fatalf("ready as %s, applied %q", order.Review, order.AppliedAt)
	}
	return h, order
}

// reviewOf tells where an order stands.
func reviewOf(t testing.TB, h *apptest.Hospital, id int64) data.ReviewState {
	t.Helper()
	return got[data.Order](t)(h.Order(ctx, id)).Review
}

func TestPackageTakesReadyOrdersAlongAndGivesThemBack(t *testing.T) {
	h, order := readied(t)
	made, sheets := packed(t, h, app.SubmissionRequest{})
	if numbers := column(t, sheets[data.OrdersFile], "订单号"); len(numbers) != 1 || numbers[0] != order.Number || reviewOf(t, h, order.ID) != data.ReviewPacked {
		t.Fatalf("packed %v, the order is %s", numbers, reviewOf(t, h, order.ID))
	}
	unchanged(t, h.App, func() {
		changed := got[data.Order](t)(h.Order(ctx, order.ID))
		changed.PayerBank = "别的银行"
		_, err := h.SaveOrder(ctx, changed)
		refused(t, err, "order-state")
	})
	must(t, h.WithdrawSubmission(ctx, made.ID, "发错了"))
	if reviewOf(t, h, order.ID) != data.ReviewReady {
		t.Errorf("withdrawn, the order is %s", reviewOf(t, h, order.ID))
	}
	changed := got[data.Order](t)(h.Order(ctx, order.ID))
	changed.PayerBank = "别的银行"
	if got[data.Order](t)(h.SaveOrder(ctx, changed)); reviewOf(t, h, order.ID) != data.ReviewDraft {
		t.Errorf("changed, the order is %s", reviewOf(t, h, order.ID))
	}
	healthy(t, h.App)
}

func TestAnswerToAPackedOrderEntersItFirst(t *testing.T) {
	for _, c := range []struct {
		answer string
		want   data.ReviewState
	}{{"审核通过,,", data.ReviewApproved}, {"审核驳回,凭证看不清,", data.ReviewRejected}} {
		t.Run(string(c.want), func(t *testing.T) {
			h, order := readied(t)
			made, _ := packed(t, h, app.SubmissionRequest{})
			path := csv(t, "订单号,结果,原因,审核时间", order.Number+","+c.answer+string(made.At))
			plan := got[*app.ReplyPlan](t)(h.PlanReply(ctx, path, app.ReplyOptions{SubmissionID: made.ID}))
			result := got[app.ReplyResult](t)(h.CommitReply(ctx, plan))
			now := got[data.Order](t)(h.Order(ctx, order.ID))
			if len(result.Orders) != 0 || now.Review != c.want || now.AppliedAt != made.At {
				t.Errorf("%+v: the order is %s, applied %s", result, now.Review, now.AppliedAt)
			}
			healthy(t, h.App)
		})
	}
}

func TestOnlyWholeOrdersAreReady(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	order := h.Draft("2022-06-14 10:26:00", 3)
	order.PayerAccount = ""
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	unchanged(t, h.App, func() {
		_, err := h.ReadyOrder(ctx, order.ID)
		refused(t, err, "payer-account-missing")
	})
}
