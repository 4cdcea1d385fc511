package cli

import (
	"strings"
	"testing"

	"peixun/data"
)

func TestDraftListsWhatIsMissing(t *testing.T) {
	rosterReady(t)
	draft := value[draftReply](t, 0, "order", "new", "--plan", plan2022)
	missing := map[string]bool{}
	for _, gap := range draft.Missing {
		missing[gap.Field] = true
		if gap.Level != data.LevelError || gap.Message == "" || gap.Fix == "" {
			t.Errorf("half a gap: %+v", gap)
		}
	}
	for _, field := range []string{"lines", "payer_bank", "payer_account", "paid_at", "voucher"} {
		if !missing[field] {
			t.Errorf("missing does not list %s: %v", field, draft.Missing)
		}
	}
	refused := value[draftReply](t, exitFailed, "order", "submit", draft.Number)
	if refused.State != data.ReviewDraft || len(refused.Missing) != len(draft.Missing) || refused.Error == nil {
		t.Errorf("submitting it gives %+v", refused)
	}
}

func TestOrderTakesEveryFlag(t *testing.T) {
	files := rosterReady(t)
	arguments := append(orderArguments(t, files), "--line", "院本部/内科=9600", "--line", unit+"=0.01", "--voucher", voucher(t, files, "二.png", 650, 650),
		"--invoice", "special", "--title", "第九医院", "--tax-id", "12110000400686910X", "--email", "cw@bj9y.example", "--mobile", "13900000001",
		"--address", "北京市朝阳区", "--phone", "84297523", "--bank", "工行和平里支行", "--account", "0200-0042", "--remark", "六月")
	draft := value[draftReply](t, 0, arguments...)
	if len(draft.Missing) != 0 || draft.Total != 9600_01 {
		t.Fatalf("draft: %+v", draft)
	}
	order := value[orderReply](t, 0, "order", "show", draft.Number, "--reveal", "--reason", "核对")
	if order.PaidAt != "2022-06-14 00:00:00" {
		t.Errorf("paid at %q", order.PaidAt)
	}
	if order.Payer != (payerItem{"中国工商银行北京和平里支行", "0200004209014412345"}) || len(order.Vouchers) != 2 || order.Vouchers[1].Width != 650 {
		t.Errorf("payer %+v, vouchers %+v", order.Payer, order.Vouchers)
	}
	want := invoiceItem{Type: data.InvoiceSpecial, Title: "第九医院", TaxID: "12110000400686910X", Address: "北京市朝阳区", Phone: "84297523", Bank: "工行和平里支行",
		Account: "0200-0042", Email: "cw@bj9y.example", Mobile: "13900000001", Remark: "六月", State: data.InvoiceFilled}
	if order.Invoice != want {
		t.Errorf("invoice %+v\nwant    %+v", order.Invoice, want)
	}
	if got := order.Lines; got[0] != (lineItem{"院本部/内科", 3, 9600_00}) || got[1] != (lineItem{unit, 5, 1}) {
		t.Errorf("lines %+v", got)
	}
}

func TestOrderShowsAccountsOnlyForAReason(t *testing.T) {
	batchReady(t)
	shown := must(t, 0, "order", "show", "JF-2022-0001", "--json").out + must(t, 0, "order", "show", "JF-2022-0001").out
	for _, whole := range []string{"0200004209014412345", "13800000417"} {
		if strings.Contains(shown, whole) {
			t.Errorf("order show shows %s", whole)
		}
		if !strings.Contains(must(t, 0, "order", "show", "JF-2022-0001", "--reveal", "--reason", "核对回单").out, whole) {
			t.Errorf("revealing does not show %s", whole)
		}
	}
	if log := value[[]auditItem](t, 0, "list", "audit"); !logged(log, "order.reveal", "核对回单") {
		t.Error("revealing is not logged")
	}
}

func logged(log []auditItem, action, words string) bool {
	for _, entry := range log {
		if entry.Action == action && strings.Contains(entry.Detail, words) {
			return true
		}
	}
	return false
}

func TestOrderStates(t *testing.T) {
	files := rosterReady(t)
	must(t, 0, append(orderArguments(t, files), "--line", "院本部=16000")...)
	order := value[orderReply](t, 0, "order", "submit", "JF-2022-0001")
	order = value[orderReply](t, 0, "order", "reject", "JF-2022-0001", "--reason", "凭证不清楚")
	if order.State != data.ReviewRejected || order.ReviewNote != "凭证不清楚" || len(order.Vouchers) != 1 {
		t.Errorf("rejected: %+v", order)
	}
	order = value[orderReply](t, 0, "order", "revise", "JF-2022-0001")
	if order.State != data.ReviewDraft || order.Revision != 2 || order.AppliedAt != "" {
		t.Errorf("revised: %+v", order)
	}
	voided := must(t, 0, "order", "void", "JF-2022-0001", "--reason", "<重复>&作废", "--json").out
	if !strings.Contains(voided, `"state":"作废"`) || !strings.Contains(voided, `"review_note":"<重复>&作废"`) {
		t.Errorf("void: %s", voided)
	}
	if got := value[failure](t, exitFailed, "order", "submit", "JF-2022-0001"); got.Error.Code != "order-state" {
		t.Errorf("submitting a void order: %+v", got.Error)
	}
	if next := value[draftReply](t, 0, "order", "new", "--plan", plan2022); next.Number != "JF-2022-0002" {
		t.Errorf("the next number is %s", next.Number)
	}
}

func TestOnlinePaymentMakesItsBatchAtOnce(t *testing.T) {
	rosterReady(t)
	draft := value[draftReply](t, 0, "order", "new", "--plan", plan2022, "--mode", "online", "--line", unit+"=16000", "--paid-on", "2022-06-14 10:26", "--transaction", "4200001")
	if len(draft.Missing) != 0 {
		t.Fatalf("missing: %+v", draft.Missing)
	}
	order := value[orderReply](t, 0, "order", "submit", draft.Number)
	if order.State != data.ReviewApproved || order.Batch == "" || order.Mode != data.PayOnline || order.Transaction != "4200001" || order.PaidAt != "2022-06-14 10:26:00" {
		t.Errorf("online: %+v", order)
	}
}

func TestInvoiceFirstWaitsForItsInvoice(t *testing.T) {
	files := rosterReady(t)
	arguments := append(orderArguments(t, files), "--line", unit+"=16000")
	for i, argument := range arguments {
		if argument == "pay-first" {
			arguments[i] = "invoice-first"
		}
	}
	draft := value[draftReply](t, 0, arguments...)
	if len(draft.Missing) != 1 || draft.Missing[0].Code != "invoice-not-issued" {
		t.Errorf("missing: %+v", draft.Missing)
	}
	must(t, 0, "order", "invoice", draft.Number, "--number", "22117000000012345678", "--date", "20220610")
	must(t, 0, "order", "submit", draft.Number)
}

func TestBadVoucherLeavesTheDraftNamed(t *testing.T) {
	files := rosterReady(t)
	text := write(t, files, "回单.jpg", "not a picture")
	got := value[draftReply](t, exitFailed, "order", "new", "--plan", plan2022, "--line", unit+"=1", "--voucher", text)
	if got.Number != "JF-2022-0001" || got.Total != 1_00 || got.Error == nil {
		t.Errorf("got %+v", got)
	}
	if orders := value[[]orderSummary](t, 0, "list", "orders"); len(orders) != 1 || orders[0].Total != 1_00 {
		t.Errorf("orders: %+v", orders)
	}
}

func TestSubmittingConfirmsWarnings(t *testing.T) {
	files := rosterReady(t)
	small := voucher(t, files, "小.png", 200, 200)
	arguments := append(orderArguments(t, files), "--line", unit+"=16000", "--voucher", small)
	inTime := []string{"--now", "2022-06-17 13:02:11"}
	if draft := value[draftReply](t, 0, append(inTime, arguments...)...); len(draft.Missing) != 0 || len(draft.Warnings) != 1 || draft.Warnings[0].Code != "voucher-small" {
		t.Fatalf("draft: %+v", draft)
	}
	if order := value[orderReply](t, 0, append(inTime, "order", "submit", "JF-2022-0001")...); len(order.Confirmed) != 1 || order.Confirmed[0].Code != "voucher-small" {
		t.Errorf("confirmed: %+v", order.Confirmed)
	}
}

func TestListOrdersMatchesShow(t *testing.T) {
	batchReady(t)
	must(t, 0, "order", "new", "--plan", "20210420151309274")
	list := value[[]orderSummary](t, 0, "list", "orders")
	if len(list) != 2 || list[0].Plan != "20210420151309274" || list[1].Total != 16000_00 || list[1].Organizations[0] != "院本部" || list[1].Batch != "XK-2022-0001" {
		t.Errorf("list: %+v", list)
	}
}
