package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// electronicInvoice is the XML of a fully digital invoice; each number's differs.
func electronicInvoice(n int) []byte {
	return fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header><EIid>2311200000000000000%d</EIid></Header><EInvoiceData>
<BuyerInformation><BuyerIdNum>12110000400686910X</BuyerIdNum><BuyerName>%s</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>75.47</TotalAmWithoutTax><TotalTaxAm>4.53</TotalTaxAm><TotalTax-includedAmount>80.00</TotalTax-includedAmount></BasicInformation>
</EInvoiceData><TaxSupervisionInfo><InvoiceNumber>2311200000000000000%d</InvoiceNumber><IssueTime>2022-06-17</IssueTime></TaxSupervisionInfo></EInvoice>`, n, apptest.Unit, n)
}

// paidOnline makes an online order with a transaction's number and records it as paid.
func paidOnline(t testing.TB, h *apptest.Hospital, transaction string) (data.Order, error) {
	t.Helper()
	order := h.Draft("2022-06-14 10:26:00", 2)
	must(t, h.RemoveVoucher(ctx, order.ID, order.Vouchers[0].ID))
	order.Mode, order.Transaction, order.PayerBank, order.PayerAccount = data.PayOnline, transaction, "", ""
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	return h.SubmitOrder(ctx, order.ID)
}

func TestReversingAnInvoiceAndIssuingAnother(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Submitted("2022-06-10 09:00:00", 2)
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "23112000000000000001", "2022-06-12"))
	for _, c := range []struct {
		name, code, reason string
		day                data.Date
	}{
		{"no reason", "reason-missing", " ", "2022-06-15"},
		{"no day", "reverse-date", "抬头开错", ""},
		{"before it was issued", "reverse-early", "抬头开错", "2022-06-11"},
	} {
		unchanged(t, h.App, func() {
			_, err := h.ReverseInvoice(ctx, order.ID, c.day, c.reason)
			refused(t, err, c.code)
		})
	}
	reversed := got[data.Order](t)(h.ReverseInvoice(ctx, order.ID, "2022-06-15", "抬头开错"))
	if reversed.Invoice.State != data.InvoiceReversed || reversed.Invoice.ReversedOn != "2022-06-15" || reversed.Invoice.Number != "23112000000000000001" {
		t.Errorf("reversed: %+v", reversed.Invoice)
	}
	healthy(t, h.App)
	unchanged(t, h.App, func() {
		_, err := h.InvoiceOrder(ctx, order.ID, "23112000000000000002", "2022-06-16")
		refused(t, err, "invoice-reversed")
		incomplete := order.Invoice
		incomplete.TaxNumber = ""
		_, err = h.RefillInvoice(ctx, order.ID, incomplete)
		refused(t, err, "invoice-tax-number-missing")
	})
	details := order.Invoice
	details.Title = " 北京市第九实验医院（东院）"
	refilled := got[data.Order](t)(h.RefillInvoice(ctx, order.ID, details))
	if refilled.Invoice.State != data.InvoiceFilled || refilled.Invoice.Title != "北京市第九实验医院（东院）" || refilled.Invoice.Number != "" || refilled.Review != data.ReviewSubmitted {
		t.Errorf("refilled: %+v", refilled.Invoice)
	}
	_, err := h.InvoiceOrder(ctx, order.ID, "2311 2000 0000 0000 0001", "2022-06-16")
	refused(t, err, "invoice-number-exists")
	again := got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "23112000000000000002", "2022-06-16"))
	if again.Invoice.State != data.InvoiceIssued || again.Invoice.Number != "23112000000000000002" || again.Invoice.ReversedOn != "" {
		t.Errorf("issued again: %+v", again.Invoice)
	}
	records := got[[]data.InvoiceRecord](t)(h.Invoices(ctx, order.ID))
	if len(records) != 2 || records[0].ReversedOn != "" || records[1].ReverseReason != "抬头开错" || records[1].Amount != order.Total() {
		t.Errorf("records: %+v", records)
	}
	healthy(t, h.App)
}

func TestAnInvoiceIsOverTheWholeOrder(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Submitted("2022-06-10 09:00:00", 2)
	for _, amount := range []data.Money{0, order.Total() - 1, order.Total() + 1, -order.Total()} {
		unchanged(t, h.App, func() {
			_, err := h.IssueInvoice(ctx, order.ID, data.InvoiceIssue{Number: "1", IssuedOn: "2022-06-12", Amount: amount})
			refused(t, err, "invoice-amount")
		})
	}
	got[data.Order](t)(h.IssueInvoice(ctx, order.ID, data.InvoiceIssue{Number: "1", IssuedOn: "2022-06-12", Amount: order.Total()}))
	healthy(t, h.App)
}

func TestAnInvoicedOrderIsVoidedOnlyAfterItsReversal(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-10 09:00:00", 2)
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "1", "2022-06-12"))
	unchanged(t, h.App, func() {
		_, err := h.VoidOrder(ctx, order.ID, "转账退回")
		refused(t, err, "invoice-live")
		if !errors.Is(err, data.ErrWrongState) {
			t.Errorf("%v is not data.ErrWrongState", err)
		}
	})
	got[data.Order](t)(h.ReverseInvoice(ctx, order.ID, "2022-06-15", "不付款了"))
	if void := got[data.Order](t)(h.VoidOrder(ctx, order.ID, "转账退回")); void.Review != data.ReviewVoid || void.Invoice.State != data.InvoiceReversed {
		t.Errorf("void: %+v", void)
	}
	healthy(t, h.App)
}

// Data of a program that let an invoiced order be voided is found by 数据体检 and can be put right.
func TestOldVoidOrdersLoseTheirLiveInvoice(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-10 09:00:00", 2)
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "1", "2022-06-12"))
	raw := datatest.Raw(t, h.DatabasePath())
	datatest.Unguarded(t, raw, []string{"payment_order_invoiced"}, "UPDATE payment_order SET review = '作废', review_note = '重复'")
	broken := 0
	for _, invariant := range got[[]app.Invariant](t)(h.Check(ctx)) {
		if !invariant.OK {
			broken++
			if invariant.Name != "作废的订单没有有效发票" {
				t.Errorf("数据体检 tells of %s: %s", invariant.Name, invariant.Detail)
			}
		}
	}
	if broken != 1 {
		t.Errorf("%d invariants are broken", broken)
	}
	got[data.Order](t)(h.ReverseInvoice(ctx, order.ID, "2022-06-15", "订单已作废"))
	healthy(t, h.App)
}

func TestMistakesOfRecordingAnInvoice(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order, other := h.Submitted("2022-06-10 09:00:00", 2), h.Submitted("2022-06-11 09:00:00", 2)
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "100", "2022-06-12"))
	got[data.Order](t)(h.InvoiceOrder(ctx, other.ID, "200", "2022-06-12"))
	_, err := h.CorrectInvoice(ctx, order.ID, "200", "2022-06-12")
	refused(t, err, "invoice-number-exists")
	corrected := got[data.Order](t)(h.CorrectInvoice(ctx, order.ID, "101", "2022-06-13"))
	if corrected.Invoice.Number != "101" || corrected.Invoice.IssuedOn != "2022-06-13" || corrected.Invoice.State != data.InvoiceIssued {
		t.Errorf("corrected: %+v", corrected.Invoice)
	}
	withdrawn := got[data.Order](t)(h.WithdrawInvoice(ctx, other.ID))
	if withdrawn.Invoice.State != data.InvoiceFilled || withdrawn.Invoice.Number != "" {
		t.Errorf("withdrawn: %+v", withdrawn.Invoice)
	}
	got[data.Order](t)(h.CorrectInvoice(ctx, order.ID, "200", "2022-06-13")) // it belonged here
	file := got[data.InvoiceFile](t)(h.AttachInvoiceFile(ctx, order.ID, pictureFile(t, "发票.xml", electronicInvoice(1))))
	_, err = h.WithdrawInvoice(ctx, order.ID)
	refused(t, err, "invoice-has-files")
	must(t, h.RemoveInvoiceFile(ctx, order.ID, file.ID))
	healthy(t, h.App)
}

func TestInvoicedDetailsStay(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "1", "2022-06-14"))
	changed := order
	changed.Invoice.Title = "另一家医院"
	_, err := h.SaveOrder(ctx, changed)
	refused(t, err, "invoice-issued")
	changed = order
	changed.Invoice.Remark, changed.Invoice.Title = "请寄纸质", order.Invoice.Title+" "
	got[data.Order](t)(h.SaveOrder(ctx, changed))
}

func TestInvoiceFilesAreKeptByteForByte(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Submitted("2022-06-10 09:00:00", 2)
	content := electronicInvoice(7)
	path := pictureFile(t, "发票.pdf", content) // by content, not by extension
	_, err := h.AttachInvoiceFile(ctx, order.ID, path)
	refused(t, err, "invoice-not-issued")
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "23112000000000000007", "2022-06-16"))
	file := got[data.InvoiceFile](t)(h.AttachInvoiceFile(ctx, order.ID, path))
	if file.Type != "application/xml" || file.Size != int64(len(content)) || file.Facts.Amount != 80_00 || file.Facts.Number != "23112000000000000007" {
		t.Errorf("attached: %+v", file)
	}
	_, err = h.AttachInvoiceFile(ctx, order.ID, path)
	refused(t, err, "invoice-file-twice")
	must(t, os.Remove(path))
	saved := filepath.Join(t.TempDir(), "另存.xml")
	must(t, h.SaveInvoiceFile(ctx, file.ID, saved))
	if again := got[[]byte](t)(os.ReadFile(saved)); string(again) != string(content) {
		t.Error("the file came back changed")
	}
	record := got[[]data.InvoiceRecord](t)(h.Invoices(ctx, order.ID))[0]
	var differs []string
	for _, check := range data.CheckInvoiceFile(record.Files[0], record, order.Invoice) {
		if !check.Agrees {
			differs = append(differs, check.Label+" "+check.Said+" "+check.Typed)
		}
	}
	if joined := strings.Join(differs, "; "); joined != "开票日期 2022-06-17 2022-06-16" {
		t.Errorf("differences: %s", joined)
	}
	must(t, h.RemoveInvoiceFile(ctx, order.ID, file.ID))
	if left := got[[]data.InvoiceRecord](t)(h.Invoices(ctx, order.ID))[0].Files; len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
	must(t, h.RestoreInvoiceFile(ctx, order.ID, file.ID))
	if left := got[[]data.InvoiceRecord](t)(h.Invoices(ctx, order.ID))[0].Files; len(left) != 1 || left[0] != file {
		t.Errorf("restored: %+v", left)
	}
	for name, bad := range map[string][]byte{"invoice-file-empty": nil, "invoice-file-kind": []byte("这不是发票"), "invoice-file-damaged": []byte("<html><body>登录</body></html>")} {
		_, err := h.AttachInvoiceFile(ctx, order.ID, pictureFile(t, "x.ofd", bad))
		refused(t, err, name)
	}
	healthy(t, h.App)
}

func TestInvoiceProfiles(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Submitted("2022-06-10 09:00:00", 2)
	first := got[[]data.InvoiceProfile](t)(h.InvoiceProfiles(ctx))
	if len(first) != 1 || first[0].Name != apptest.Unit || !first[0].Default || first[0].Invoice.TaxNumber != order.Invoice.TaxNumber {
		t.Fatalf("submitting remembers the details: %+v", first)
	}
	h.Submitted("2022-06-11 09:00:00", 2)
	if again := got[[]data.InvoiceProfile](t)(h.InvoiceProfiles(ctx)); len(again) != 1 {
		t.Errorf("known details are remembered twice: %+v", again)
	}
	branch := data.InvoiceProfile{Name: "社区站", Default: true, Invoice: data.Invoice{Type: data.InvoiceSpecial, Title: "第九医院社区服务站", TaxNumber: "12110000400686910X",
		Account: "3301 0120 1900 556678", Mobile: "138 0000 0999", Number: "44", State: data.InvoiceIssued}}
	branch = got[data.InvoiceProfile](t)(h.SaveInvoiceProfile(ctx, branch))
	if branch.ID == 0 || branch.Invoice.Account != "330101201900556678" || branch.Invoice.Mobile != "13800000999" || branch.Invoice.Number != "" {
		t.Errorf("saved: %+v", branch)
	}
	all := got[[]data.InvoiceProfile](t)(h.InvoiceProfiles(ctx))
	if len(all) != 2 || all[0] != branch || all[1].Default {
		t.Errorf("all: %+v", all)
	}
	for _, c := range []struct {
		code   string
		change func(*data.InvoiceProfile)
	}{
		{"invoice-profile-exists", func(p *data.InvoiceProfile) { p.Name = apptest.Unit }},
		{"invoice-title-missing", func(p *data.InvoiceProfile) { p.Invoice.Title = " " }},
		{"invoice-type-missing", func(p *data.InvoiceProfile) { p.Invoice.Type = "" }},
		{"mobile-length", func(p *data.InvoiceProfile) { p.Invoice.Mobile = "138" }},
		{"id-in-wrong-column", func(p *data.InvoiceProfile) { p.Name = datatest.IDNumber(3) }},
	} {
		wrong := branch
		c.change(&wrong)
		unchanged(t, h.App, func() {
			_, err := h.SaveInvoiceProfile(ctx, wrong)
			refused(t, err, c.code)
		})
	}
	branch.Name, branch.Invoice.Address = "社区服务站", "育才南路88号"
	got[data.InvoiceProfile](t)(h.SaveInvoiceProfile(ctx, branch))
	was := got[data.InvoiceProfile](t)(h.RemoveInvoiceProfile(ctx, branch.ID))
	if left := got[[]data.InvoiceProfile](t)(h.InvoiceProfiles(ctx)); len(left) != 1 || was != branch {
		t.Errorf("removed %+v, left %+v", was, left)
	}
	was.ID = 0
	back := got[data.InvoiceProfile](t)(h.SaveInvoiceProfile(ctx, was))
	if back.ID == branch.ID || back.Invoice != branch.Invoice {
		t.Errorf("brought back %+v", back)
	}
	_, err := h.RemoveInvoiceProfile(ctx, 999)
	refused(t, err, "not-found")
	healthy(t, h.App)
}
