package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

func TestEachSubmissionIsKept(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	order := h.Submitted("2022-03-10 09:00:00", 3)
	got[data.Order](t)(h.RejectOrder(ctx, order.ID, "回单看不清", "2022-03-12 09:00:00"))
	draft := got[data.Order](t)(h.ReviseOrder(ctx, order.ID))
	old := draft.Vouchers[0]
	must(t, h.RemoveVoucher(ctx, draft.ID, old.ID))
	got[data.Voucher](t)(h.AddVoucher(ctx, draft.ID, "清晰的回单.png", pixels(t, 900, 700)))
	draft.Lines[0].Amount += 1_00
	draft = got[data.Order](t)(h.SaveOrder(ctx, draft))
	words := func(from, to int) string {
		var all []string
		for _, change := range got[[]data.OrderChange](t)(h.OrderChanges(ctx, order.ID, from, to)) {
			all = append(all, change.String())
		}
		return strings.Join(all, "; ")
	}
	want := "缴费组织“" + apptest.Unit + "”：3 人 120.00 元 → 3 人 121.00 元; 缴费总金额：120.00 元 → 121.00 元; 转账凭证：去掉 “回单.png”; 转账凭证：填写 “清晰的回单.png”"
	if found := words(1, 2); found != want {
		t.Errorf("while revising:\n got %s\nwant %s", found, want)
	}
	got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
	revisions := got[[]data.OrderRevision](t)(h.OrderRevisions(ctx, order.ID))
	if len(revisions) != 2 || revisions[0].Revision != 1 || revisions[0].At != "2022-03-10 09:00:00" || revisions[1].Revision != 2 || revisions[1].User != "赵晓岚" {
		t.Fatalf("revisions: %+v", revisions)
	}
	if first := revisions[0].Order; first.Total() != 120_00 || first.PayerAccount != order.PayerAccount || len(first.Vouchers) != 1 || first.Vouchers[0] != old {
		t.Errorf("the first submission: %+v", first)
	}
	if confirmed := strings.Join(revisions[1].Confirmed, ""); !strings.Contains(confirmed, "3 人 × 40.00 元是 120.00 元") {
		t.Errorf("confirmed: %q", confirmed)
	}
	if found := words(1, 2); found != want || words(2, 1) == want || words(2, 2) != "" {
		t.Errorf("between submissions: %s", found)
	}
	if _, err := h.VoucherImage(ctx, old); err != nil {
		t.Errorf("the picture that was handed over first is gone: %v", err)
	}
	_, err := h.OrderChanges(ctx, order.ID, 1, 3)
	refused(t, err, "revision-unknown")
	healthy(t, h.App)
}

// All that happens to an order stands in its history, with user and time, the newest first.
func TestAnOrdersWholeHistory(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	draft := h.Draft("2022-06-10 09:00:00", 2)
	h.At("2022-06-10 10:00:00")
	draft.PayerBank = "另一家银行"
	draft = got[data.Order](t)(h.SaveOrder(ctx, draft))
	for range 3 { // as typed: one line
		draft.PayerBank += "行"
		draft = got[data.Order](t)(h.SaveOrder(ctx, draft))
	}
	draft = got[data.Order](t)(h.SaveOrder(ctx, draft)) // nothing changed
	must(t, h.RecordPrinted(ctx, draft.ID, "付款申请单"))
	got[data.Order](t)(h.SubmitOrder(ctx, draft.ID))
	got[data.Order](t)(h.RejectOrder(ctx, draft.ID, "看不清", ""))
	got[data.Order](t)(h.ReviseOrder(ctx, draft.ID))
	got[data.Order](t)(h.SubmitOrder(ctx, draft.ID))
	approved := got[data.Order](t)(h.ApproveOrder(ctx, draft.ID, "", ""))
	h.Charge("2022-06-11 09:00:00", approved.BatchNumber, h.People("")[0])
	h.At("2022-06-12 09:00:00")
	got[data.RechargeResult](t)(h.ReverseRecharge(ctx, 1, "充错了"))
	got[data.Order](t)(h.InvoiceOrder(ctx, draft.ID, "1", "2022-06-12"))
	got[data.Order](t)(h.ReverseInvoice(ctx, draft.ID, "2022-06-12", "开错"))
	got[app.MadeLetter](t)(h.MakeLetter(ctx, draft.ID))
	var history []string
	events := got[[]data.OrderEvent](t)(h.OrderEvents(ctx, draft.Number))
	for _, event := range events {
		if event.User == "" || event.At == "" || event.Title == "" {
			t.Errorf("an event without user, time or words: %+v", event)
		}
		history = append(history, event.Action)
	}
	want := "letter.make order.invoice-reverse order.invoice recharge.reverse recharge.run order.approve order.submit order.revise order.reject order.submit order.print order.edit order.voucher order.create"
	if joined := strings.Join(history, " "); joined != want {
		t.Errorf("got  %s\nwant %s", joined, want)
	}
}

func TestTakingAnOnlinePaymentBackStartsARevision(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := got[data.Order](t)(paidOnline(t, h, "T-1"))
	if order.Review != data.ReviewApproved || order.BatchNumber == "" {
		t.Fatalf("paid: %+v", order)
	}
	back := got[data.Order](t)(h.TakeBackApproval(ctx, order.ID))
	if back.Review != data.ReviewDraft || back.Revision != 2 || back.AppliedAt != "" || back.BatchNumber != "" || len(got[[]data.CardBatch](t)(h.Batches(ctx))) != 0 {
		t.Errorf("taken back: %+v", back)
	}
	back.Transaction = "T-2"
	got[data.Order](t)(h.SaveOrder(ctx, back))
	again := got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
	if again.Review != data.ReviewApproved || again.BatchNumber == order.BatchNumber {
		t.Errorf("paid again: %+v", again)
	}
	healthy(t, h.App)
}

func TestOnlinePayments(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	first := got[data.Order](t)(paidOnline(t, h, "20220616220014"))
	h.Charge("2022-06-17 09:00:00", first.BatchNumber, h.People("")[0])
	h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 2)
	_, err := paidOnline(t, h, "20220616220014")
	refused(t, err, "transaction-elsewhere")
	query := data.OrderQuery{Mode: data.PayOnline}
	ids := got[[]int64](t)(h.OrderIDs(ctx, query))
	rows := got[[]data.OrderRow](t)(h.OrderRows(ctx, ids))
	if len(rows) != 2 || rows[1].Transaction != "20220616220014" || rows[1].BatchNumber != first.BatchNumber {
		t.Errorf("rows: %+v", rows)
	}
	if totals := got[data.OrderTotals](t)(h.OrderTotals(ctx, query)); totals != (data.OrderTotals{Count: 2, Total: 160_00, Approved: 80_00, Used: 40_00}) {
		t.Errorf("totals: %+v", totals)
	}
	for text, want := range map[string]int{"220014": 2, first.BatchNumber: 1, "没有": 0} {
		query.Text = text
		if found := got[[]int64](t)(h.OrderIDs(ctx, query)); len(found) != want {
			t.Errorf("%s finds %d orders, want %d", text, len(found), want)
		}
	}
	healthy(t, h.App)
}

func TestCopyingIntoTheOfficialForm(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Submitted("2022-06-10 09:00:00", 2)
	ticked := func() string {
		var all []string
		for _, page := range got[[]data.CopyPage](t)(h.CopyPages(ctx, order.ID)) {
			for _, item := range page.Items {
				if item.Done {
					all = append(all, item.Key)
				}
			}
		}
		return strings.Join(all, " ")
	}
	for range 2 { // twice is once
		must(t, h.TickCopied(ctx, order.ID, "payer_account", true))
	}
	must(t, h.TickCopied(ctx, order.ID, "invoice.title", true))
	must(t, h.TickCopied(ctx, order.ID, "invoice.email", true))
	must(t, h.TickCopied(ctx, order.ID, "invoice.email", false))
	if found := ticked(); found != "payer_account invoice.title" {
		t.Errorf("ticked: %s", found)
	}
	refused(t, h.TickCopied(ctx, order.ID, "x'); DROP TABLE order_copied; --", true), "copy-unknown")
	got[data.Order](t)(h.RejectOrder(ctx, order.ID, "看不清", ""))
	got[data.Order](t)(h.ReviseOrder(ctx, order.ID))
	if found := ticked(); found != "" {
		t.Errorf("the next revision begins with %s", found)
	}
}

// The paper to tick off holds every field of the official form that the order fills, in the form's order.
func TestChecklistOfAnOrder(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Submitted("2022-06-10 09:00:00", 2)
	var out bytes.Buffer
	if made := got[app.Written](t)(h.OrderChecklistPaper(ctx, order.ID, &out)); made.Pages != 1 || len(made.Warnings) > 0 {
		t.Fatalf("made %+v", made)
	}
	list, pages := data.OrderChecklist(order), data.CopyPages(order)
	if len(list.Sections) != len(pages) || list.Order != order.Number {
		t.Fatalf("list %+v", list)
	}
	for place, page := range pages {
		items := list.Sections[place].Items
		for _, field := range page.Items {
			if field.Value == "" && field.Key != "voucher" {
				continue
			}
			if len(items) == 0 || !strings.HasSuffix(items[0].Name, field.Label) || items[0].Value != field.Value && field.Value != "" {
				t.Fatalf("%s: %s should come next, the list goes on with %+v", page.Title, field.Label, items)
			}
			items = items[1:]
		}
		if len(items) > 0 {
			t.Errorf("%s ends with %+v", page.Title, items)
		}
	}
}

func TestCopyOrder(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	source := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 2)
	got[data.Order](t)(h.InvoiceOrder(ctx, source.ID, "1", "2022-06-12"))
	copied := got[data.Order](t)(h.CopyOrder(ctx, source.ID))
	copied = got[data.Order](t)(h.Order(ctx, copied.ID))
	if copied.Number == source.Number || copied.Review != data.ReviewDraft || copied.Total() != source.Total() || copied.PayerAccount != source.PayerAccount ||
		copied.Invoice.Title != source.Invoice.Title || copied.Invoice.State != data.InvoiceFilled || copied.PaidAt != "" || len(copied.Vouchers) != 0 || copied.AppliedAt != "" || copied.BatchNumber != "" {
		t.Errorf("copied: %+v", copied)
	}
	healthy(t, h.App)
}

func TestPaymentRequest(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	empty := got[data.Order](t)(h.NewOrder(ctx, h.Plan, data.PayFirst))
	_, err := h.PaymentRequest(ctx, empty.ID)
	refused(t, err, "amount-missing")
	order := h.Draft("2022-06-14 10:26:00", 3)
	request := got[data.PaymentRequest](t)(h.PaymentRequest(ctx, order.ID))
	if request.Total() != 120_00 || request.People() != 3 || request.Total().Capitals() != "壹佰贰拾元整" || request.Payee != data.DefaultPayee || request.OrderNumber != order.Number ||
		request.Unit != apptest.Unit || request.RequestedBy != "赵晓岚" || request.PlanYear != 2022 || request.Date != "2022-06-17" || len(request.Signatures) != 4 || request.InvoiceNumber != "" {
		t.Errorf("request: %+v", request)
	}
	if request.Remark != "2022年公共知识培训费 "+apptest.Unit+" 3人" {
		t.Errorf("remark %q", request.Remark)
	}
	for name, id := range h.Departments {
		order.Lines = append(order.Lines, data.OrderLine{OrganizationID: id, OrganizationPath: name, People: 1, Amount: 40_00})
	}
	order.Mode = data.InvoiceFirst
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "044002100111", "2022-06-14"))
	request = got[data.PaymentRequest](t)(h.PaymentRequest(ctx, order.ID))
	if request.Remark != fmt.Sprintf("2022年公共知识培训费 7个机构 %d人", order.People()) || request.InvoiceNumber != "044002100111" {
		t.Errorf("request: %+v", request)
	}
}

func TestExportOrders(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", 2)
	void := h.Draft("2022-06-14 10:26:00", 2)
	void.PayerBank = "=1+1"
	void = got[data.Order](t)(h.SaveOrder(ctx, void))
	got[data.Order](t)(h.VoidOrder(ctx, void.ID, "重复"))
	path := filepath.Join(t.TempDir(), "订单.xlsx")
	if count := got[int](t)(h.ExportOrders(ctx, path, data.OrderQuery{Sort: "number"})); count != 2 {
		t.Errorf("%d exported", count)
	}
	book, err := excelize.OpenFile(path)
	must(t, err)
	defer book.Close()
	rows := got[[][]string](t)(book.GetRows("银行转账凭证"))
	if head := strings.Join(rows[0], " "); head != "订单号 培训计划名称 申请时间 审核时间 申请人 申请单位 转账金额 转账时间 审核状态 发票状态 发票类型 缴费模式 缴费组织 交易号 学习卡批次" {
		t.Errorf("head: %s", head)
	}
	if len(rows) != 4 || rows[1][0] != order.Number || rows[1][6] != "80.00" || rows[1][8] != "审核通过" || rows[1][14] != order.BatchNumber || rows[2][8] != "作废" || rows[3][0] != "合计" || rows[3][6] != "80.00" {
		t.Errorf("rows: %q", rows)
	}
	_, err = h.ExportOrders(ctx, filepath.Join(t.TempDir(), "没有", "x.xlsx"), data.OrderQuery{})
	refused(t, err, "file-not-written")
	if left := got[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(path))); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}
