package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// inState makes a complete order and brings it into a review state.
func inState(t testing.TB, h *apptest.Hospital, state data.ReviewState) data.Order {
	t.Helper()
	order := h.Draft("2022-06-14 10:26:00", 2)
	switch state {
	case data.ReviewDraft:
	case data.ReviewReady, data.ReviewPacked: // 报盘包 will bring these; until then only the schema knows them
		raw := datatest.Raw(t, h.DatabasePath())
		defer raw.Close()
		datatest.Exec(t, raw, "UPDATE payment_order SET review = ? WHERE id = ?", string(state), order.ID)
	case data.ReviewVoid:
		got[data.Order](t)(h.VoidOrder(ctx, order.ID, "重复"))
	default:
		got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
		switch state {
		case data.ReviewApproved:
			got[data.Order](t)(h.ApproveOrder(ctx, order.ID, "", ""))
		case data.ReviewRejected:
			got[data.Order](t)(h.RejectOrder(ctx, order.ID, "回单看不清", ""))
		}
	}
	return got[data.Order](t)(h.Order(ctx, order.ID))
}

// orderActions are all that an administrator can do with an order.
var orderActions = []struct {
	name string
	run  func(t *testing.T, h *apptest.Hospital, order data.Order) error
}{
	{"save", func(_ *testing.T, h *apptest.Hospital, o data.Order) error {
		o.PayerBank = "另一家银行"
		return second(h.SaveOrder(ctx, o))
	}},
	{"submit", func(_ *testing.T, h *apptest.Hospital, o data.Order) error { return second(h.SubmitOrder(ctx, o.ID)) }},
	{"approve", func(_ *testing.T, h *apptest.Hospital, o data.Order) error {
		return second(h.ApproveOrder(ctx, o.ID, "", ""))
	}},
	{"reject", func(_ *testing.T, h *apptest.Hospital, o data.Order) error {
		return second(h.RejectOrder(ctx, o.ID, "看不清", ""))
	}},
	{"revise", func(_ *testing.T, h *apptest.Hospital, o data.Order) error { return second(h.ReviseOrder(ctx, o.ID)) }},
	{"void", func(_ *testing.T, h *apptest.Hospital, o data.Order) error {
		return second(h.VoidOrder(ctx, o.ID, "重复"))
	}},
	{"take back", func(_ *testing.T, h *apptest.Hospital, o data.Order) error {
		return second(h.TakeBackApproval(ctx, o.ID))
	}},
	{"invoice", func(_ *testing.T, h *apptest.Hospital, o data.Order) error {
		return second(h.InvoiceOrder(ctx, o.ID, "044002100111", "2022-06-17"))
	}},
	{"add voucher", func(t *testing.T, h *apptest.Hospital, o data.Order) error {
		return second(h.AddVoucher(ctx, o.ID, "回单.png", pixels(t, 700, 700)))
	}},
	{"remove voucher", func(_ *testing.T, h *apptest.Hospital, o data.Order) error {
		return h.RemoveVoucher(ctx, o.ID, o.Vouchers[0].ID)
	}},
	{"letter", func(_ *testing.T, h *apptest.Hospital, o data.Order) error { return second(h.MakeLetter(ctx, o.ID)) }},
}

// Every action in every state: what it makes of the order, or that it is refused and changes nothing (DOMAIN §6).
func TestOrderStates(t *testing.T) {
	states := []data.ReviewState{data.ReviewDraft, data.ReviewReady, data.ReviewPacked, data.ReviewSubmitted, data.ReviewApproved, data.ReviewRejected, data.ReviewVoid}
	const same = "="
	become := map[string][7]string{ // in the order of states; "" is refused, = keeps the state
		"save":           {same, "草稿", "", "", "", "", ""},
		"submit":         {"待审核", "待审核", "待审核", "", "", "", ""},
		"approve":        {"", "", "", "审核通过", "", "", ""},
		"reject":         {"", "", "", "审核驳回", "", "", ""},
		"revise":         {"", "草稿", "", "", "", "草稿", ""},
		"void":           {"作废", "作废", "", "", "", "作废", ""},
		"take back":      {"", "", "", "", "待审核", "", ""},
		"invoice":        {same, same, same, same, same, same, ""},
		"add voucher":    {same, same, "", "", "", "", ""},
		"remove voucher": {same, same, "", "", "", "", ""},
		"letter":         {"", "", "", same, same, "", ""},
	}
	for place, state := range states {
		h := apptest.NewHospital(t, 2)
		for _, action := range orderActions {
			t.Run(fmt.Sprintf("%s %s", state, action.name), func(t *testing.T) {
				order := inState(t, h, state)
				want := become[action.name][place]
				if want == "" {
					unchanged(t, h.App, func() {
						err := action.run(t, h, order)
						if !errors.Is(err, data.ErrWrongState) {
							t.Errorf("err = %v, want data.ErrWrongState", err)
						}
						if problem, ok := data.AsProblem(err); !ok || problem.Fix == "" {
							t.Errorf("no words: %v", err)
						}
					})
					return
				}
				if want == same {
					want = string(state)
				}
				must(t, action.run(t, h, order))
				after := got[data.Order](t)(h.Order(ctx, order.ID))
				if string(after.Review) != want {
					t.Errorf("became %s, want %s", after.Review, want)
				}
				if action.name == "invoice" { // the number is free for the next state's order
					datatest.Exec(t, datatest.Raw(t, h.DatabasePath()), "DELETE FROM invoice_issue")
				}
			})
		}
		healthy(t, h.App)
	}
}

func TestSubmittingAsksForEverythingFirst(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	for _, c := range []struct {
		name, code string
		change     func(*data.Order)
	}{
		{"no lines", "lines-missing", func(o *data.Order) { o.Lines = nil }},
		{"no account", "payer-account-missing", func(o *data.Order) { o.PayerAccount = "" }},
		{"no bank", "payer-bank-missing", func(o *data.Order) { o.PayerBank = "" }},
		{"no time", "paid-at-missing", func(o *data.Order) { o.PaidAt = "" }},
		{"no invoice title", "invoice-title-missing", func(o *data.Order) { o.Invoice.Title = "" }},
		{"a 专用发票 without its bank", "invoice-address-missing", func(o *data.Order) { o.Invoice.Type = data.InvoiceSpecial }},
		{"invoice first, not issued", "invoice-not-issued", func(o *data.Order) { o.Mode = data.InvoiceFirst }},
		{"online without a transaction", "transaction-missing", func(o *data.Order) { o.Mode = data.PayOnline }},
	} {
		t.Run(c.name, func(t *testing.T) {
			order := h.Draft("2022-06-14 10:26:00", 2)
			order.Invoice.Type, order.Invoice.Title = data.InvoiceNormal, apptest.Unit // what the case before took away
			order.PayerBank, order.PayerAccount = "城南商业银行育才支行", "330101201900556678"
			c.change(&order)
			order = got[data.Order](t)(h.SaveOrder(ctx, order))
			unchanged(t, h.App, func() {
				_, err := h.SubmitOrder(ctx, order.ID)
				refused(t, err, c.code)
			})
			gaps := got[[]data.Problem](t)(h.OrderGaps(ctx, order))
			if !data.HasErrors(gaps) || gaps[0].Code != c.code {
				t.Errorf("gaps = %+v", gaps)
			}
		})
	}
	empty := h.Draft("2022-06-14 10:26:00", 2)
	must(t, h.RemoveVoucher(ctx, empty.ID, empty.Vouchers[0].ID))
	_, err := h.SubmitOrder(ctx, empty.ID)
	refused(t, err, "voucher-missing")
}

func TestProfileGapsBlockSubmission(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	complete := got[data.Profile](t)(h.Profile(ctx))
	for _, c := range []struct {
		name, field string
		change      func(*data.Profile)
	}{
		{"no name", "profile.name", func(p *data.Profile) { p.Name = "" }},
		{"no mobile", "profile.mobile", func(p *data.Profile) { p.Mobile = "" }},
		{"no e-mail", "profile.email", func(p *data.Profile) { p.Email = "" }},
		{"a wrong mobile", "profile.mobile", func(p *data.Profile) { p.Mobile = "12345" }},
		{"a wrong USCC", "profile.uscc", func(p *data.Profile) { p.USCC = "123" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			profile := complete
			c.change(&profile)
			must(t, h.SaveProfile(ctx, profile)) // it can be saved as far as it is
			if gaps := got[[]data.Problem](t)(h.ProfileGaps(ctx)); len(gaps) != 1 || "profile."+gaps[0].Where.Field != c.field {
				t.Errorf("profile gaps = %+v", gaps)
			}
			gaps := got[[]data.Problem](t)(h.OrderGaps(ctx, order))
			if len(gaps) == 0 || gaps[0].Where.Field != c.field {
				t.Errorf("order gaps = %+v", gaps)
			}
			if _, err := h.SubmitOrder(ctx, order.ID); err == nil {
				t.Error("it was submitted")
			}
		})
	}
	must(t, h.SaveProfile(ctx, complete))
	got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
}

func TestApprovalMakesTheBatch(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	order := h.Submitted("2022-03-10 09:00:00", 3)
	_, err := h.ApproveOrder(ctx, order.ID, "", "2022-03-10 08:59:59")
	refused(t, err, "reviewed-early")
	_, err = h.ApproveOrder(ctx, order.ID, "", "四月")
	refused(t, err, "date-format")
	approved := got[data.Order](t)(h.ApproveOrder(ctx, order.ID, "", "2022/4/13 10:00"))
	if approved.ReviewedAt != "2022-04-13 10:00:00" || approved.BatchNumber != "XK-2022-0001" {
		t.Errorf("approved: %+v", approved)
	}
	batch := got[data.CardBatch](t)(h.BatchByNumber(ctx, "XK-2022-0001"))
	if batch.Face != order.Total() || batch.Used != 0 || batch.OrderNumber != order.Number || batch.PlanYear != 2022 {
		t.Errorf("batch = %+v", batch)
	}
	typed := got[data.Order](t)(h.ApproveOrder(ctx, h.Submitted("2022-03-11 09:00:00", 3).ID, " BJ2022-77 ", ""))
	if typed.BatchNumber != "BJ2022-77" || typed.ReviewedAt != "2022-06-17 13:02:11" {
		t.Errorf("with the platform's number: %+v", typed)
	}
	again := h.Submitted("2022-03-12 09:00:00", 3)
	unchanged(t, h.App, func() {
		_, err := h.ApproveOrder(ctx, again.ID, "BJ2022-77", "")
		refused(t, err, "batch-number-exists")
	})
	healthy(t, h.App)
}

func TestApprovalIsTakenBackOnlyWhileTheBatchIsUntouched(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 3)
	back := got[data.Order](t)(h.TakeBackApproval(ctx, order.ID))
	if back.Review != data.ReviewSubmitted || back.ReviewedAt != "" || back.BatchNumber != "" || back.AppliedAt != order.AppliedAt || len(got[[]data.CardBatch](t)(h.Batches(ctx))) != 0 {
		t.Errorf("taken back: %+v", back)
	}
	again := got[data.Order](t)(h.ApproveOrder(ctx, order.ID, "", ""))
	if again.BatchNumber != "XK-2022-0002" {
		t.Errorf("the second batch is %s, the first number must stay used", again.BatchNumber)
	}
	person := h.People("")[0]
	h.Charge("2022-06-01 09:00:00", again.BatchNumber, person)
	unchanged(t, h.App, func() {
		_, err := h.TakeBackApproval(ctx, order.ID)
		refused(t, err, "batch-used")
		if !errors.Is(err, data.ErrWrongState) {
			t.Errorf("%v is not data.ErrWrongState", err)
		}
	})
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 1, "充错了"))
	unchanged(t, h.App, func() {
		_, err := h.TakeBackApproval(ctx, order.ID)
		refused(t, err, "batch-used") // the ledger stays, and so does its batch
	})
	healthy(t, h.App)
}

func TestRejectAndReviseKeepEverything(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	order := h.Submitted("2022-03-10 09:00:00", 3)
	_, err := h.RejectOrder(ctx, order.ID, " ", "")
	refused(t, err, "reason-missing")
	_, err = h.RejectOrder(ctx, order.ID, "身份证 "+datatest.IDNumber(1)+" 看不清", "")
	refused(t, err, "id-in-wrong-column")
	_, err = h.RejectOrder(ctx, order.ID, "看不清", "2022-03-09 00:00:00")
	refused(t, err, "reviewed-early")
	rejected := got[data.Order](t)(h.RejectOrder(ctx, order.ID, "回单\n看不清 ", "2022-03-12 09:00:00"))
	if rejected.ReviewNote != "回单 看不清" || rejected.ReviewedAt != "2022-03-12 09:00:00" || rejected.Revision != 1 {
		t.Errorf("rejected: %+v", rejected)
	}
	revised := got[data.Order](t)(h.ReviseOrder(ctx, order.ID))
	if revised.Revision != 2 || revised.Review != data.ReviewDraft || revised.AppliedAt != "" || revised.ReviewedAt != "" {
		t.Errorf("revised: %+v", revised)
	}
	kept := revised
	kept.Revision, kept.Review, kept.Version, kept.AppliedAt, kept.ReviewedAt, kept.ReviewNote = order.Revision, order.Review, order.Version, order.AppliedAt, order.ReviewedAt, order.ReviewNote
	if fmt.Sprint(kept) != fmt.Sprint(order) {
		t.Errorf("something typed was lost:\n got %+v\nwant %+v", kept, order)
	}
	resubmitted := got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
	if resubmitted.ReviewNote != "" || resubmitted.AppliedAt != "2022-06-17 13:02:11" || resubmitted.Number != order.Number {
		t.Errorf("submitted again: %+v", resubmitted)
	}
	var history []string
	for _, event := range got[[]data.OrderEvent](t)(h.OrderEvents(ctx, order.Number)) {
		history = append(history, event.Action)
	}
	if joined := strings.Join(history, " "); joined != "order.submit order.revise order.reject order.submit order.voucher order.create" {
		t.Errorf("history = %s", joined)
	}
}

func TestVoidIsFinalAndItsNumberStaysUsed(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	_, err := h.VoidOrder(ctx, order.ID, "")
	refused(t, err, "reason-missing")
	void := got[data.Order](t)(h.VoidOrder(ctx, order.ID, "转账退回"))
	if void.Review != data.ReviewVoid || void.ReviewNote != "转账退回" {
		t.Errorf("void: %+v", void)
	}
	if next := h.Draft("2022-06-14 10:27:00", 2); next.Number != "JF-2022-0002" {
		t.Errorf("the next order is %s", next.Number)
	}
}

func TestInvoicing(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order, other := h.Submitted("2022-03-10 09:00:00", 2), h.Submitted("2022-03-11 09:00:00", 2)
	for _, c := range []struct {
		name, code, number string
		day                data.Date
	}{
		{"no number", "invoice-number", " ", "2022-06-17"},
		{"a number with words", "invoice-number", "第1号", "2022-06-17"},
		{"a long number", "invoice-number", strings.Repeat("1", 31), "2022-06-17"},
		{"no day", "invoice-date", "1", ""},
		{"a day that is none", "invoice-date", "1", "2022-02-30"},
	} {
		_, err := h.InvoiceOrder(ctx, order.ID, c.number, c.day)
		refused(t, err, c.code)
	}
	issued := got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, " 2311 2000 0001 2345 6789 ", "2022-06-17"))
	if issued.Invoice.State != data.InvoiceIssued || issued.Invoice.Number != "23112000000123456789" || issued.Invoice.IssuedOn != "2022-06-17" {
		t.Errorf("issued: %+v", issued.Invoice)
	}
	_, err := h.InvoiceOrder(ctx, other.ID, "23112000000123456789", "2022-06-17")
	refused(t, err, "invoice-number-exists")
	_, err = h.InvoiceOrder(ctx, order.ID, "23112000000123456780", "2022-06-17")
	refused(t, err, "invoice-issued")
	empty := got[data.Order](t)(h.NewOrder(ctx, h.Plan, data.PayFirst))
	_, err = h.InvoiceOrder(ctx, empty.ID, "9", "2022-06-17")
	refused(t, err, "invoice-empty")
	healthy(t, h.App)
}

// 先开票后缴费: the invoice is issued over the draft's total, which must not change under it.
func TestInvoiceFirstKeepsTheAmountThatWasInvoiced(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	order.Mode = data.InvoiceFirst
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "044002100111", "2022-06-14"))
	changed := order
	changed.Lines = []data.OrderLine{{OrganizationID: order.Lines[0].OrganizationID, OrganizationPath: order.Lines[0].OrganizationPath, People: 2, Amount: 1}}
	_, err := h.SaveOrder(ctx, changed)
	refused(t, err, "invoice-issued")
	order.PayerBank = "后来才知道的银行"
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	if submitted := got[data.Order](t)(h.SubmitOrder(ctx, order.ID)); submitted.Review != data.ReviewSubmitted || submitted.Invoice.State != data.InvoiceIssued {
		t.Errorf("submitted: %+v", submitted)
	}
	healthy(t, h.App)
}

func TestOnlinePaymentIsApprovedBySubmitting(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	must(t, h.RemoveVoucher(ctx, order.ID, order.Vouchers[0].ID))
	order.Mode, order.Transaction, order.PayerBank, order.PayerAccount = data.PayOnline, "2022061422001", "", ""
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	_, err := h.ApproveOrder(ctx, order.ID, "", "")
	if !errors.Is(err, data.ErrWrongState) {
		t.Errorf("approving what was not submitted: %v", err)
	}
	paid := got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
	if paid.Review != data.ReviewApproved || paid.BatchNumber != "XK-2022-0001" || paid.AppliedAt != paid.ReviewedAt || paid.AppliedAt == "" {
		t.Errorf("paid: %+v", paid)
	}
	healthy(t, h.App)
}

var _ = app.Version
