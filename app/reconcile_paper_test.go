package app_test

import (
	"bytes"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

// TestStatementOpensWithWhatTheMonthBeforeLeft: an order of ten people is paid in March and credited to three of them in April.
func TestStatementOpensWithWhatTheMonthBeforeLeft(t *testing.T) {
	h := apptest.NewHospital(t, 10)
	order := h.Approved("2022-03-10 09:00:00", "2022-03-20 10:00:00", 10)
	h.Charge("2022-04-05 09:00:00", order.BatchNumber, h.People("")[:3]...)
	for _, c := range []struct {
		month data.Month
		words []string
	}{
		{"2022-03", []string{"学习卡余额（批次面值－充值）0.00400.000.00400.00", "待开发票（缴费－开票）0.00400.000.00400.00", order.Number, "收款单位（盖章）国培网(北京)教育科技有限公司"}},
		{"2022-04", []string{"学习卡余额（批次面值－充值）400.000.00120.00280.00", "待开发票（缴费－开票）400.000.000.00400.00"}},
		{"", []string{"学习卡余额（批次面值－充值）0.00400.00120.00280.00"}},
	} {
		var out bytes.Buffer
		got[app.Written](t)(h.ReconciliationPaper(ctx, c.month, &out))
		said := saidBy(t, out.Bytes())
		for _, words := range c.words {
			if !strings.Contains(said, words) {
				t.Errorf("%s: %q is not in %s", c.month, words, said)
			}
		}
	}
	// Two orders that one line may have paid agree with nothing before somebody has chosen.
	one, other := h.Submitted("2022-06-02 09:00:00", 2), h.Submitted("2022-06-02 10:00:00", 2)
	bankLines(t, h, "2022-06-02,"+one.Total().Plain()+","+payee, "2022-06-16,9.00,某公司,1")
	var waiting bytes.Buffer
	got[app.Written](t)(h.ReconciliationPaper(ctx, "2022-06", &waiting))
	if said := saidBy(t, waiting.Bytes()); strings.Count(said, "待核对") != 2 || !strings.Contains(said, "还有1笔流水没有核对") || !strings.Contains(said, other.Number) {
		t.Errorf("nothing is settled: %s", said)
	}
	invoiced := got[data.Order](t)(h.InvoiceOrder(ctx, order.ID, "22112000000041860935", "2022-05-20"))
	if invoiced.Invoice.State != data.InvoiceIssued {
		t.Fatalf("invoice %+v", invoiced.Invoice)
	}
	var out bytes.Buffer
	got[app.Written](t)(h.ReconciliationPaper(ctx, "2022-05", &out))
	if said := saidBy(t, out.Bytes()); !strings.Contains(said, "待开发票（缴费－开票）400.000.00400.000.00") {
		t.Errorf("invoiced: %s", said)
	}
}
