package app_test

import (
	"slices"
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

func TestDraftsAreSavedAsTyped(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := got[data.Order](t)(h.NewOrder(ctx, h.Plan, data.PayFirst))
	if order.Applicant != "赵晓岚" || order.ApplicantUnit != apptest.Unit || order.Payee != data.DefaultPayee || order.Invoice.Title != apptest.Unit || order.Invoice.Mobile != "13800000417" {
		t.Errorf("a new order: %+v", order)
	}
	order.PayerAccount, order.PaidAt, order.PayerBank = "33 01", "昨天", "  行 "
	saved := got[data.Order](t)(h.SaveOrder(ctx, order))
	again := got[data.Order](t)(h.Order(ctx, order.ID))
	if again.PayerAccount != "33 01" || again.PaidAt != "昨天" || again.PayerBank != "  行 " || again.Version != saved.Version {
		t.Errorf("saved: %+v", again)
	}
	_, err := h.SaveOrder(ctx, order) // the version before
	refused(t, err, "stale")
	for name, change := range map[string]struct {
		code   string
		change func(*data.Order)
	}{
		"one organisation twice": {"line-repeated", func(o *data.Order) {
			o.Lines = []data.OrderLine{{OrganizationID: 1, Amount: 1}, {OrganizationID: 1, Amount: 2}}
		}},
		"a negative amount":         {"amount", func(o *data.Order) { o.Lines = []data.OrderLine{{OrganizationID: 1, Amount: -1}} }},
		"an ID number in the title": {"id-in-wrong-column", func(o *data.Order) { o.Invoice.Title = datatest.IDNumber(1) }},
		"an ID number in the bank":  {"id-in-wrong-column", func(o *data.Order) { o.PayerBank = datatest.IDNumber(1) }},
		"an ID number in a remark":  {"id-in-wrong-column", func(o *data.Order) { o.Invoice.Remark = "本人 " + datatest.IDNumber(1) }},
	} {
		wrong := saved
		change.change(&wrong)
		unchanged(t, h.App, func() {
			_, err := h.SaveOrder(ctx, wrong)
			refused(t, err, change.code)
		})
		_ = name
	}
}

func TestNewOrderTakesOverWhatWasTypedBefore(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	first := h.Submitted("2022-03-10 09:00:00", 2)
	got[data.Order](t)(h.InvoiceOrder(ctx, first.ID, "044002100111", "2022-06-17"))
	second := got[data.Order](t)(h.NewOrder(ctx, h.Plan, data.PayFirst))
	if second.PayerAccount != first.PayerAccount || second.PayerBank != first.PayerBank || second.Invoice.Email != first.Invoice.Email {
		t.Errorf("taken over: %+v", second)
	}
	if second.Invoice.Number != "" || second.Invoice.State == data.InvoiceIssued || len(second.Lines) != 0 || len(second.Vouchers) != 0 || second.PaidAt != "" {
		t.Errorf("too much was taken over: %+v", second)
	}
}

// TestPayerAccountsAreOfferedWhole offers each account once, and of a bank whose account nobody typed whole only the name.
func TestPayerAccountsAreOfferedWhole(t *testing.T) {
	h := apptest.NewHospital(t, 1)
	for _, paid := range []data.PayerAccount{{Bank: "乙行", Account: "12"}, {Bank: "甲行", Account: "3301 0120 1900 5566 78"}, {Bank: "甲行", Account: "33010120"},
		{Bank: " 甲行", Account: "330101201900556678"}, {Bank: "甲行", Account: "3301"}} {
		order := h.Draft("2022-06-14 10:26:00", 1)
		order.PayerBank, order.PayerAccount = paid.Bank, paid.Account
		got[data.Order](t)(h.SaveOrder(ctx, order))
	}
	want := []data.PayerAccount{{Bank: "甲行", Account: "330101201900556678"}, {Bank: "甲行", Account: "33010120"}, {Bank: "乙行"}}
	if offered := got[[]data.PayerAccount](t)(h.PayerAccounts(ctx)); !slices.Equal(offered, want) {
		t.Errorf("offered %v, want %v", offered, want)
	}
}

func TestOrdersAreFoundByNumber(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	if found := got[data.Order](t)(h.OrderByNumber(ctx, order.Number)); found.ID != order.ID {
		t.Errorf("found %+v", found)
	}
	_, err := h.OrderByNumber(ctx, "JF-2022-9999")
	refused(t, err, "order-unknown")
	_, err = h.BatchByNumber(ctx, "XK-2022-9999")
	refused(t, err, "batch-unknown")
	_, err = h.PlanByNumber(ctx, "1")
	refused(t, err, "plan-unknown")
	_, err = h.Order(ctx, 999)
	refused(t, err, "not-found")
}

// Whole accounts are shown for a reason that stays in the log.
func TestRevealing(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	order := h.Draft("2022-06-14 10:26:00", 2)
	_, err := h.RevealOrder(ctx, order.ID, " ")
	refused(t, err, "reason-missing")
	if whole := got[data.Order](t)(h.RevealOrder(ctx, order.ID, "核对回单")); whole.PayerAccount != "330101201900556678" {
		t.Errorf("revealed %q", whole.PayerAccount)
	}
	masked := got[data.Trainee](t)(h.Trainee(ctx, h.People("")[0]))
	if !strings.Contains(masked.IDNumber, "********") || !strings.Contains(masked.Mobile, "****") {
		t.Errorf("a trainee is shown whole: %+v", masked)
	}
	_, err = h.RevealAll(ctx, data.TraineeQuery{}, "")
	refused(t, err, "reason-missing")
	_, err = h.RevealAll(ctx, data.TraineeQuery{}, datatest.IDNumber(1))
	refused(t, err, "reason-missing")
	if all := got[[]data.Trainee](t)(h.RevealAll(ctx, data.TraineeQuery{}, "核对平台名单")); len(all) != 3 || strings.Contains(all[0].IDNumber, "*") {
		t.Errorf("revealed %+v", all)
	}
	var actions []string
	for _, line := range got[[]data.AuditEntry](t)(h.Audit(ctx, "", 2)) {
		actions = append(actions, line.Action+" "+line.Detail)
	}
	if joined := strings.Join(actions, "; "); joined != "trainee.reveal-all 查看 3 人的完整证件号：核对平台名单; order.reveal 查看完整账号：核对回单" {
		t.Errorf("log = %s", joined)
	}
}
