package letter

import (
	"bytes"
	"strings"
	"testing"

	"peixun/data"
)

func TestOrderSheetTellsAllButWholeAccounts(t *testing.T) {
	r := request(3)
	order := data.Order{Number: "JF-2022-0004", Revision: 2, PlanName: r.PlanName, PlanNumber: r.PlanNumber, Mode: data.PayFirst, Lines: r.Lines, Payee: r.Payee,
		PayerBank: "城南商业银行育才支行", PayerAccount: "330101201900556678", PaidAt: "2022-05-14 10:26:08", AppliedAt: "2022-05-18 15:21:16",
		ReviewedAt: "2022-05-20 10:04:52", Applicant: "赵晓岚", ApplicantUnit: r.Unit, Review: data.ReviewApproved, BatchNumber: "XK-2022-0004",
		Invoice: data.Invoice{Type: data.InvoiceNormal, Title: "某单位", TaxNumber: "12110000400686910X", State: data.InvoiceIssued, Number: "22112000000041860935", IssuedOn: "2022-05-24"}}
	sheet := data.OrderSheet{Order: order, Made: "2022-06-17 13:02:11", Events: []data.OrderEvent{{At: "2022-05-14 16:55:00", Title: "新建草稿", User: "赵晓岚"}, {At: "2022-05-20 10:04:52", Title: "审核通过，生成批次", User: "何嘉言"}}}
	pdf, _ := written(t, func(out *bytes.Buffer) (int, error) { return OrderSheet(out, sheet) })
	mustSay(t, pdf, "JF-2022-0004（第 2 版）", r.PlanNumber, "…6678", "¥"+order.Total().String(), order.Total().Capitals(), "22112000000041860935", "XK-2022-0004", "新建草稿", "何嘉言", "审核通过")
	if pages := pagesText(t, pdf); strings.Contains(strings.Join(pages, ""), order.PayerAccount) {
		t.Error("the whole account stands on the paper")
	}
	online := order
	online.Mode, online.Transaction, online.Vouchers = data.PayOnline, "4200001234202203091234567890", nil
	pdf, _ = written(t, func(out *bytes.Buffer) (int, error) { return OrderSheet(out, data.OrderSheet{Order: online}) })
	mustSay(t, pdf, online.Transaction)
	written(t, func(out *bytes.Buffer) (int, error) { return OrderSheet(out, data.OrderSheet{}) })
}
