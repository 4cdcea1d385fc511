package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app/apptest"
	"peixun/data"
)

// 先开票后缴费 from the request to the submission.
func TestInvoiceBeforePayment(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-01 10:26:00", 2)
	path := filepath.Join(t.TempDir(), "申请.eml")
	unchanged(t, h.App, func() {
		_, err := h.SaveInvoiceRequest(ctx, order.ID, path)
		refused(t, err, "mode-other")
	})
	order.Mode = data.InvoiceFirst
	order.Invoice.Email = "cwk@bj9y.example；x@y.example"
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	_, err := h.InvoiceRequest(ctx, order.ID)
	if problem, ok := data.AsProblem(err); !ok || problem.Where.Field != "invoice.email" {
		t.Errorf("a wrong e-mail: %v", err)
	}
	order.Invoice.Email = "cwk@bj9y.example"
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	draft := got[data.MailDraft](t)(h.InvoiceRequest(ctx, order.ID))
	for _, part := range []string{"bjjxjy@chinahrt.com"} {
		if draft.To != part || draft.From != "zhaoxl@bj9y.example" {
			t.Errorf("from %s to %s", draft.From, draft.To)
		}
	}
	for _, part := range []string{order.Number, apptest.Unit, "80.00 元", "捌拾元整", "12110000400686910X", "cwk@bj9y.example", "13800000518", data.DefaultPayee.Account} {
		if !strings.Contains(draft.Text, part) {
			t.Errorf("the mail does not say %s:\n%s", part, draft.Text)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(draft.Attachments[0].Content))
	must(t, err)
	defer book.Close()
	cells := map[string]string{}
	for _, row := range got[[][]string](t)(book.GetRows("开票信息")) {
		cells[row[0]] = row[1]
	}
	if cells["发票抬头"] != apptest.Unit || cells["开票金额"] != "80.00 元" || cells["手机号"] != "13800000518" || cells["税务局注册地址"] != "" {
		t.Errorf("the sheet: %v", cells)
	}
	_, err = h.SaveInvoiceRequest(ctx, order.ID, filepath.Join(t.TempDir(), "没有", "x.eml"))
	refused(t, err, "file-not-written")
	if still := got[data.Order](t)(h.Order(ctx, order.ID)); still.InvoiceRequestedAt != "" {
		t.Error("a request that was not written is noted")
	}
	h.At("2022-06-07 15:00:00")
	requested := got[data.Order](t)(h.SaveInvoiceRequest(ctx, order.ID, path))
	content := got[[]byte](t)(os.ReadFile(path))
	if requested.InvoiceRequestedAt != "2022-06-07 15:00:00" || requested.Version != order.Version || !bytes.HasPrefix(content, []byte("From: zhaoxl@bj9y.example\r\n")) || !bytes.Contains(content, []byte("X-Unsent: 1\r\n")) {
		t.Errorf("requested: %+v\n%.200s", requested, content)
	}
	wait := func() string {
		rows := got[[]data.OrderRow](t)(h.OrderRows(ctx, []int64{order.ID}))
		found, _ := rows[0].Wait(h.Today())
		return found.What
	}
	h.At("2022-06-17 13:02:11")
	if found := wait(); found != "等开票" {
		t.Errorf("waits for %q", found)
	}
	_, err = h.SubmitOrder(ctx, order.ID)
	refused(t, err, "invoice-not-issued")
	got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "044002100111", "2022-06-10"))
	if found := wait(); found != "等缴费" {
		t.Errorf("waits for %q", found)
	}
	submitted := got[data.Order](t)(h.SubmitOrder(ctx, order.ID))
	if submitted.Review != data.ReviewSubmitted || wait() != "等审核" {
		t.Errorf("submitted: %+v", submitted)
	}
	healthy(t, h.App)
}
