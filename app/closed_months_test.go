package app_test

import (
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// Whoever changes an order that a closed month counts is told before, the log keeps it, and the month says what is no longer as it was.
func TestOrdersOfAClosedMonth(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	paid := h.Submitted("2022-05-02 10:00:00", 10)
	bankLines(t, h, "2022-05-02,"+paid.Total().Plain()+","+payee, "2022-06-16,9.00,某公司,1")
	got[[]int64](t)(h.SettleCertain(ctx))
	draft := h.Draft("2022-05-20 10:00:00", 2)
	if gaps := got[[]data.Problem](t)(h.OrderGaps(ctx, draft)); len(gaps) != 0 {
		t.Fatalf("the month is open: %v", gaps)
	}
	if closed := got[data.BankPayment](t)(h.BankPayment(ctx, paid.ID)).Closed; closed != "" {
		t.Errorf("%s is closed already", closed)
	}
	if err := h.CloseMonth(ctx, "2022-05", ""); err != nil {
		t.Fatal(err)
	}
	moved := func() string {
		for _, check := range got[app.Reconciliation](t)(h.Reconcile(ctx)).Months() {
			if check.Month == "2022-05" {
				return strings.Join(check.MovedSince(), "")
			}
		}
		return "no such month"
	}
	logged := func(order data.Order) string {
		var words []string
		for _, event := range got[[]data.OrderEvent](t)(h.OrderEvents(ctx, order.Number)) {
			words = append(words, event.Title+event.Note)
		}
		return strings.Join(words, "\n")
	}
	if moved() != "" || got[data.BankPayment](t)(h.BankPayment(ctx, paid.ID)).Closed != "2022-05" {
		t.Errorf("just closed: %q", moved())
	}

	gaps := got[[]data.Problem](t)(h.OrderGaps(ctx, draft))
	if len(gaps) != 1 || gaps[0].Code != "month-closed" || gaps[0].Level != data.LevelWarning || !strings.Contains(gaps[0].What, "2022年5月") {
		t.Errorf("before a payment of a closed month is submitted: %+v", gaps)
	}
	if got[data.BankPayment](t)(h.BankPayment(ctx, draft.ID)).Closed != "" {
		t.Error("a draft counts in no month")
	}
	got[data.Order](t)(h.SubmitOrder(ctx, draft.ID))
	if words := moved(); !strings.Contains(words, "订单原来 1 个，现在 2 个。订单合计原来 "+paid.Total().String()+" 元，现在 "+(paid.Total()+draft.Total()).String()+" 元。还有 1 处差异没有处理。") {
		t.Errorf("with another order: %q", words)
	}
	if words := logged(draft); !strings.Contains(words, "提交，") || !strings.Contains(words, "（2022年5月已月结）") {
		t.Errorf("the log says %q", words)
	}
	got[data.Order](t)(h.RejectOrder(ctx, draft.ID, "看不清", ""))
	if moved() != "" || strings.Count(logged(draft), "（2022年5月已月结）") != 2 {
		t.Errorf("taken back: %q; the log says %q", moved(), logged(draft))
	}
	got[data.Order](t)(h.RejectOrder(ctx, paid.ID, "看不清", ""))
	if words := moved(); !strings.Contains(words, "已对上原来 "+paid.Total().String()+" 元，现在 0.00 元。") {
		t.Errorf("without the order that was paid: %q", words)
	}
}

// Taking a bank's file out and taking a recharge back touch a closed month too: both can be asked before, and the log keeps it.
func TestStatementsAndRechargesOfAClosedMonth(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	order := h.Approved("2022-04-02 10:00:00", "2022-04-05 10:00:00", 10)
	h.Charge("2022-05-06 09:00:00", order.BatchNumber, h.People("")[:2]...)
	bankLines(t, h, "2022-04-02,"+order.Total().Plain()+","+payee, "2022-05-06,9.00,某公司,1", "2022-06-02,9.00,某公司,1")
	got[[]int64](t)(h.SettleCertain(ctx))
	for _, difference := range got[app.Reconciliation](t)(h.Reconcile(ctx)).Differences {
		if err := h.AcceptDifference(ctx, difference, "发票月底才开"); err != nil {
			t.Fatal(err)
		}
	}
	months := func() string {
		return data.MonthWords(got[[]data.Month](t)(h.ClosedMonthsOfStatement(ctx, 1))) + "; " + data.MonthWords(got[[]data.Month](t)(h.ClosedMonthsOfEntries(ctx, []int64{1, 2})))
	}
	if months() != "; " {
		t.Errorf("no month is closed, but %q", months())
	}
	for _, step := range []struct {
		close data.Month
		want  string
	}{{"2022-04", "2022年4月; 2022年4月"}, {"2022-05", "2022年5月、2022年4月; 2022年5月、2022年4月"}} {
		if err := h.CloseMonth(ctx, step.close, ""); err != nil {
			t.Fatal(err)
		}
		if months() != step.want {
			t.Errorf("%s is closed: %q, want %q", step.close, months(), step.want)
		}
	}
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 1, "充错了人"))
	if err := h.RemoveStatement(ctx, 1, true); err != nil {
		t.Fatal(err)
	}
	log := got[[]data.AuditEntry](t)(h.Audit(ctx, "", 2))
	if !strings.HasSuffix(log[0].Detail, "（2022年5月、2022年4月已月结）") || !strings.Contains(log[1].Detail, "充错了人（2022年5月、2022年4月已月结）") {
		t.Errorf("the log says %q and %q", log[0].Detail, log[1].Detail)
	}
}
