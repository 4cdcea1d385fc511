package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// bankLines imports a statement whose lines are given as day,amount,name,account.
func bankLines(t testing.TB, h *apptest.Hospital, lines ...string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "明细.csv")
	if err := os.WriteFile(path, []byte("交易日期,支出,对方户名,对方账号\n"+strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	plan := got[*app.StatementPlan](t)(h.PlanStatement(ctx, path, app.StatementOptions{}))
	if _, err := h.CommitStatement(ctx, plan); err != nil {
		t.Fatal(err)
	}
}

const payee = "国培网(北京)教育科技有限公司,110060593018800003058"

func classes(r app.Reconciliation) string {
	var found []string
	for _, d := range r.Differences {
		word := string(d.Class)
		if d.Accepted != "" {
			word += "（" + d.Accepted + "）"
		}
		found = append(found, word)
	}
	return strings.Join(found, " ")
}

func TestReconcileSettlesWhatIsCertainOnce(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	paid := h.Approved("2022-06-01 09:00:00", "2022-06-03 09:00:00", 4)
	unpaid := h.Submitted("2022-06-05 09:00:00", 2)
	bankLines(t, h, "2022-05-01,9.00,某公司,1", string(paid.PaidAt.Date())+","+paid.Total().Plain()+","+payee, "2022-06-16,9.00,某公司,1")

	found := got[app.Reconciliation](t)(h.Reconcile(ctx))
	if len(found.Certain()) != 1 || found.Certain()[0].Orders[0] != paid.ID || classes(found) != string(data.OrderNotPaid) || found.Differences[0].OrderID != unpaid.ID {
		t.Fatalf("%+v: %s", found.Certain(), classes(found))
	}
	if count := len(got[[]int64](t)(h.SettleCertain(ctx))); count != 1 {
		t.Errorf("%d settled", count)
	}
	if again := len(got[[]int64](t)(h.SettleCertain(ctx))); again != 0 {
		t.Errorf("%d settled again", again)
	}
	settled := got[app.Reconciliation](t)(h.Reconcile(ctx)).Books.Matches
	if len(settled) != 1 || settled[0].ID == 0 {
		t.Fatalf("%+v", settled)
	}
	if related, settled := got[app.Reconciliation](t)(h.Reconcile(ctx)).Progress(); related != 1 || settled != 1 {
		t.Errorf("%d of %d rows are settled", settled, related)
	}
	if err := h.Unmatch(ctx, settled[0].ID); err != nil {
		t.Fatal(err)
	}
	if related, settled := got[app.Reconciliation](t)(h.Reconcile(ctx)).Progress(); related != 1 || settled != 0 {
		t.Errorf("taken back, %d of %d rows are settled", settled, related)
	}
	if found := got[app.Reconciliation](t)(h.Reconcile(ctx)); len(found.Certain()) != 1 {
		t.Errorf("after it was taken back: %+v", found.Books.Matches)
	}
}

func TestMatchesByHand(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	first, second := h.Submitted("2022-06-01 09:00:00", 2), h.Submitted("2022-06-02 09:00:00", 3)
	bankLines(t, h, "2022-06-09,200.00,国培网北京分户,777", "2022-06-12,1.00,某公司,1", "2022-05-01,1.00,某公司,1")
	lines := got[[]data.BankStatementLine](t)(h.StatementLines(ctx, "2022-06-01", ""))
	both := got[data.Match](t)(data.PersonalMatch(lines[:1], payables(first, second)))
	got[int64](t)(h.SettleMatch(ctx, both))

	one := got[data.Match](t)(data.PersonalMatch(lines[1:2], payables(first)))
	if _, err := h.SettleMatch(ctx, one); !errors.Is(err, data.ErrWrongState) {
		t.Errorf("an order in two matches: %v", err)
	}
	if _, err := h.SettleMatch(ctx, data.Match{Lines: []int64{99}, Orders: []int64{first.ID}, Reason: "x"}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a line that does not exist: %v", err)
	}
	if found := got[app.Reconciliation](t)(h.Reconcile(ctx)); classes(found) != "收款账号不一致 收款账号不一致" {
		t.Errorf("differences: %s", classes(found))
	}
	// A name that stood in a match is known from then on.
	third := h.Submitted("2022-06-10 09:00:00", 4)
	bankLines(t, h, string(third.PaidAt.Date())+","+third.Total().Plain()+",国培网北京分户,")
	if certain := got[app.Reconciliation](t)(h.Reconcile(ctx)).Certain(); len(certain) != 1 || certain[0].Orders[0] != third.ID || certain[0].Tier != data.TierName {
		t.Errorf("certain: %+v", certain)
	}
	// A void order holds no payment: the line is free again, and so is the other order.
	got[data.Order](t)(h.RejectOrder(ctx, first.ID, "重复", ""))
	got[int64](t)(h.SettleMatch(ctx, data.Match{Lines: []int64{lines[0].ID}, Orders: []int64{second.ID}, Tier: data.TierHand, Reason: "手工对上。"}))
}

func TestAcceptedDifferencesStayUntilTheirFiguresChange(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	h.Submitted("2022-06-05 09:00:00", 2)
	bankLines(t, h, "2022-05-01,9.00,某公司,1", "2022-06-16,9.00,某公司,1")
	open := got[app.Reconciliation](t)(h.Reconcile(ctx)).Differences[0]
	if err := h.AcceptDifference(ctx, open, "  "); err == nil {
		t.Error("accepted without a reason")
	}
	if err := h.AcceptDifference(ctx, open, "王芳 110101199003070011"); err == nil {
		t.Error("accepted with an identity number in the reason")
	}
	if err := h.AcceptDifference(ctx, open, "上年已付"); err != nil {
		t.Fatal(err)
	}
	if found := got[app.Reconciliation](t)(h.Reconcile(ctx)); classes(found) != "有订单，没有付款（上年已付）" {
		t.Errorf("accepted: %s", classes(found))
	}
	if changed := (data.Difference{Class: open.Class, OrderID: open.OrderID, One: open.One + 1}); changed.Same(open) {
		t.Error("a difference of other figures passes for the same")
	}
	if err := h.ReopenDifference(ctx, open); err != nil {
		t.Fatal(err)
	}
	if found := got[app.Reconciliation](t)(h.Reconcile(ctx)); classes(found) != "有订单，没有付款" {
		t.Errorf("reopened: %s", classes(found))
	}
	for _, invariant := range got[[]app.Invariant](t)(h.Check(ctx)) {
		if !invariant.OK {
			t.Errorf("%s: %s", invariant.Name, invariant.Detail)
		}
	}
}

func TestBankPaymentOfAnOrder(t *testing.T) {
	h := apptest.NewHospital(t, 24)
	one, other, open := h.Approved("2022-06-01 09:00:00", "2022-06-03 09:00:00", 4), h.Approved("2022-06-01 09:00:00", "2022-06-03 09:00:00", 3), h.Submitted("2022-06-05 09:00:00", 2)
	if found := got[data.BankPayment](t)(h.BankPayment(ctx, one.ID)); found.Imported || found.Agrees() {
		t.Errorf("before any statement: %+v", found)
	}
	bankLines(t, h, "2022-06-02,"+(one.Total()+other.Total()).Plain()+",某公司,1", "2022-06-16,9.00,某公司,1")
	if found := got[data.BankPayment](t)(h.BankPayment(ctx, open.ID)); !found.Imported || len(found.Lines) != 0 || found.Agrees() {
		t.Errorf("an order that no line paid: %+v", found)
	}
	match := data.Match{Lines: []int64{1}, Orders: []int64{one.ID, other.ID}, Tier: data.TierHand, Score: 100, Reason: "手工对上。"}
	got[int64](t)(h.SettleMatch(ctx, match))
	for _, order := range []data.Order{one, other} {
		found := got[data.BankPayment](t)(h.BankPayment(ctx, order.ID))
		if !found.Settled || !found.Agrees() || strings.Join(found.Together, " ") != one.Number+" "+other.Number || found.Paid() != one.Total()+other.Total() {
			t.Errorf("%s: %+v", order.Number, found)
		}
	}
}

func payables(orders ...data.Order) []data.PayableOrder {
	var found []data.PayableOrder
	for _, order := range orders {
		found = append(found, data.PayableOrder{ID: order.ID, Number: order.Number, Amount: order.Total()})
	}
	return found
}
