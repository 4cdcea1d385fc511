package data

import (
	"fmt"
	"strings"
	"testing"
)

// goodOrder is complete but for what a mode adds.
func goodOrder() Order {
	return Order{
		Number: "JF-2022-0008", Mode: PayFirst, Review: ReviewDraft, Payee: DefaultPayee, PayerBank: "城南商业银行育才支行", PayerAccount: "330101201900556678",
		Lines:  []OrderLine{{OrganizationID: 1, OrganizationPath: "第九医院", People: 2, Amount: 80_00}, {OrganizationID: 6, OrganizationPath: "骨科", People: 1, Amount: 40_00}},
		PaidAt: "2022-06-14 10:26:00", Vouchers: []Voucher{{Name: "回单.jpg", Width: 900, Height: 640}},
		Invoice: goodInvoice,
	}
}

var goodReceipt = Receipt{Bank: "中国工商银行", Serial: "2206141026005520", Amount: 120_00, PaidAt: "2022-06-14 10:26:08", PayerAccount: "3301 0120 1900 5566 78",
	PayeeName: "国培网（北京）教育科技有限公司", PayeeAccount: "110060593018800003058"}

func TestJudgeOrder(t *testing.T) {
	const now = "2022-06-17 13:02:11"
	for _, c := range []struct {
		name   string
		change func(*Order)
		price  Money
		want   string // field=level:code, in the form's order
	}{
		{"complete", func(*Order) {}, 40_00, ""},
		{"no price known", func(o *Order) { o.Lines[0].Amount = 1 }, 0, ""},
		{"amount differs from people × price", func(o *Order) { o.Lines[1].Amount = 40_01 }, 40_00, "lines=warning:amount-differs"},
		{"no lines", func(o *Order) { o.Lines = nil }, 40_00, "lines=error:lines-missing"},
		{"a line of nothing", func(o *Order) { o.Lines[1].Amount = 0 }, 40_00, "lines=error:amount-missing"},
		{"a negative line", func(o *Order) { o.Lines[1].Amount = -1 }, 40_00, "lines=error:amount-missing"},
		{"the largest sum", func(o *Order) { o.Lines = []OrderLine{{Amount: MaxMoney}} }, 0, ""},
		{"more than the largest sum", func(o *Order) { o.Lines = []OrderLine{{Amount: MaxMoney}, {Amount: 1}} }, 0, "lines=error:total-too-large"},
		{"no bank", func(o *Order) { o.PayerBank = " " }, 0, "payer_bank=error:payer-bank-missing"},
		{"no account", func(o *Order) { o.PayerAccount = "" }, 0, "payer_account=error:payer-account-missing"},
		{"the payee's own account", func(o *Order) { o.PayerAccount = DefaultPayee.Account }, 0, "payer_account=error:account-payee"},
		{"a personal card", func(o *Order) { o.PayerAccount = "6222020200001122334" }, 0, "payer_account=warning:account-personal payer_account=warning:account-luhn"},
		{"no voucher", func(o *Order) { o.Vouchers = nil }, 0, "voucher=error:voucher-missing"},
		{"a short PDF receipt with text", func(o *Order) {
			o.Vouchers[0].Height, o.Vouchers[0].Receipt = MinVoucherSide-1, Receipt{Serial: "BJ220614009921"}
		}, 0, ""},
		{"a small voucher", func(o *Order) { o.Vouchers[0].Height = MinVoucherSide - 1 }, 0, "voucher=warning:voucher-small"},
		{"a voucher just large enough", func(o *Order) { o.Vouchers[0].Height = MinVoucherSide }, 0, ""},
		{"no time of payment", func(o *Order) { o.PaidAt = "" }, 0, "paid_at=error:paid-at-missing"},
		{"a time that is none", func(o *Order) { o.PaidAt = "昨天" }, 0, "paid_at=error:date-format"},
		{"a time in the future", func(o *Order) { o.PaidAt = "2022-06-17 13:02:12" }, 0, "paid_at=warning:paid-at-future"},
		{"a year with a slip of the pen", func(o *Order) { o.PaidAt = "1922-06-14 10:26:00" }, 0, "paid_at=warning:paid-at-old"},
		{"a payment of the plan before", func(o *Order) { o.PaidAt = "2020-09-14 10:26:00" }, 0, ""},
		{"an emoji in the title", func(o *Order) { o.Invoice.Title = "示范医院😀" }, 0, "invoice.title=error:text-symbol"},
		{"a character of somebody's own in the title", func(o *Order) { o.Invoice.Title = "示范医院\ue000" }, 0, "invoice.title=warning:text-private-use"},
		{"this very second", func(o *Order) { o.PaidAt = now }, 0, ""},
		{"an invoice without title", func(o *Order) { o.Invoice.Title = "" }, 0, "invoice.title=error:invoice-title-missing"},
		{"a blurred voucher", func(o *Order) { o.Vouchers[0].Blurred = true }, 0, "voucher=warning:voucher-blurred"},
		{"a receipt that agrees", func(o *Order) { o.Vouchers[0].Receipt = goodReceipt }, 0, ""},
		{"a receipt over another amount", func(o *Order) { o.Vouchers[0].Receipt = goodReceipt; o.Vouchers[0].Receipt.Amount = 120_01 }, 0, "lines=warning:receipt-lines"},
		{"a receipt of another day and account", func(o *Order) {
			o.Vouchers[0].Receipt = goodReceipt
			o.PaidAt, o.PayerAccount = "2022-06-15 10:26:00", "330101201900556679"
		}, 0, "paid_at=warning:receipt-paid-at payer_account=warning:receipt-payer-account"},
		{"a receipt for somebody else", func(o *Order) {
			o.Vouchers[0].Receipt = goodReceipt
			o.Vouchers[0].Receipt.PayeeAccount, o.Vouchers[0].Receipt.PayeeName = "110060593018800003059", "另一家公司"
		}, 0, "voucher=warning:receipt-payee-account voucher=warning:receipt-payee-name"},
		{"a reversed invoice", func(o *Order) { o.Invoice.State = InvoiceReversed }, 0, "invoice.type=error:invoice-reversed"},
		{"invoice first, not issued", func(o *Order) { o.Mode = InvoiceFirst }, 0, "invoice.number=error:invoice-not-issued"},
		{"invoice first, filled in", func(o *Order) { o.Mode, o.Invoice.State = InvoiceFirst, InvoiceFilled }, 0, "invoice.number=error:invoice-not-issued"},
		{"invoice first, issued", func(o *Order) { o.Mode, o.Invoice.State = InvoiceFirst, InvoiceIssued }, 0, ""},
		{"online without its number", func(o *Order) { o.Mode, o.PayerBank, o.PayerAccount, o.Vouchers = PayOnline, "", "", nil }, 0, "transaction=error:transaction-missing"},
		{"online with its number", func(o *Order) {
			o.Mode, o.PayerBank, o.PayerAccount, o.Vouchers, o.Transaction = PayOnline, "", "", nil, "2022061422001"
		}, 0, ""},
		{"nothing at all", func(o *Order) { *o = Order{} }, 0, "lines=error:lines-missing payer_bank=error:payer-bank-missing payer_account=error:payer-account-missing " +
			"paid_at=error:paid-at-missing voucher=error:voucher-missing invoice.type=error:invoice-type-missing invoice.title=error:invoice-title-missing " +
			"invoice.tax_number=error:invoice-tax-number-missing invoice.email=error:invoice-email-missing invoice.mobile=error:invoice-mobile-missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			order := goodOrder()
			c.change(&order)
			problems := JudgeOrder(order, c.price, now)
			var got []string
			for _, problem := range problems {
				got = append(got, fmt.Sprintf("%s=%s:%s", problem.Where.Field, problem.Level, problem.Code))
			}
			if joined := strings.Join(got, " "); joined != c.want {
				t.Errorf("got  %s\nwant %s", joined, c.want)
			}
			checkSentences(t, problems)
		})
	}
}

func TestCleanedMendsWhatItCanAndKeepsTheRest(t *testing.T) {
	order := goodOrder()
	order.PayerBank, order.PayerAccount, order.PaidAt, order.Transaction = " 城南 银行\u200b ", "3301 0120 1900 556678", "2022/6/14 10:26", "  T-1\t"
	got := order.Cleaned()
	if got.PayerBank != "城南 银行" || got.PayerAccount != "330101201900556678" || got.PaidAt != "2022-06-14 10:26:00" || got.Transaction != "T-1" {
		t.Errorf("cleaned: %+v", got)
	}
	order.PayerAccount, order.PaidAt = "工行1234", "昨天"
	if got := order.Cleaned(); got.PayerAccount != "工行1234" || got.PaidAt != "昨天" {
		t.Errorf("what cannot be cleaned: %q, %q", got.PayerAccount, got.PaidAt)
	}
	if once := got.Cleaned(); fmt.Sprint(once) != fmt.Sprint(got) {
		t.Errorf("cleaning twice gave %+v", once)
	}
}

func TestOrderSums(t *testing.T) {
	order := goodOrder()
	if order.Total() != 120_00 || order.People() != 3 {
		t.Errorf("total %s for %d people", order.Total(), order.People())
	}
	content := LetterContent{Orders: []LetterOrder{{Lines: order.Lines}, {Lines: order.Lines[:1]}}}
	if content.Total() != 200_00 || content.People() != 5 {
		t.Errorf("letter: %s for %d people", content.Total(), content.People())
	}
	if (Order{}).Total() != 0 || InvoiceNormal.Short() != "普通发票" || InvoiceType("").Short() != "" {
		t.Error("empty values")
	}
}

func TestAmountFor(t *testing.T) {
	run := RechargeRun{Amount: 40_00, Amounts: map[int64]Money{7: 20_00, 8: 0}}
	for id, want := range map[int64]Money{1: 40_00, 7: 20_00, 8: 0} {
		if got := run.AmountFor(id); got != want {
			t.Errorf("trainee %d gets %s, want %s", id, got, want)
		}
	}
	if left := (CardBatch{Face: 100, Used: 30}).Left(); left != 70 {
		t.Errorf("left %s", left)
	}
}

func TestImportPlanCounts(t *testing.T) {
	warning, fixed := Warn("w", "", "w。", "f。"), Fixed("f", "", "f。")
	plan := ImportPlan{Rows: []*ImportRow{
		{Outcome: OutcomeNew}, {Outcome: OutcomeNew, Problems: []Problem{warning, fixed}}, {Outcome: OutcomeUpdated, Problems: []Problem{warning}},
		{Outcome: OutcomeUnchanged, Problems: []Problem{warning, fixed}}, {Outcome: OutcomeFailed, Problems: []Problem{warning}}, {Outcome: OutcomeSkipped, Problems: []Problem{warning}},
	}}
	for outcome, want := range map[Outcome]int{OutcomeNew: 2, OutcomeUpdated: 1, OutcomeUnchanged: 1, OutcomeFailed: 1, OutcomeSkipped: 1} {
		if got := plan.Count(outcome); got != want {
			t.Errorf("%s: %d, want %d", outcome, got, want)
		}
	}
	if plan.Warned() != 2 || plan.Fixed() != 2 {
		t.Errorf("warned %d, fixed %d", plan.Warned(), plan.Fixed())
	}
	if len(Outcomes) != 5 {
		t.Errorf("%d outcomes", len(Outcomes))
	}
}

func TestColumnLetters(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := ColumnLetters(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

// The question before submitting stands apart from the form, so it names the field.
func TestTextProblemsNameTheirField(t *testing.T) {
	problems := JudgeInvoice(Invoice{Type: InvoiceNormal, Title: "示范医院😀", TaxNumber: "12110000400686910X", Email: "a@b.cn", Mobile: "13800000417"}, Payee{})
	if len(problems) != 1 || problems[0].What != "“发票抬头”里有图形符号“😀”，发票和公文上印不出来。" {
		t.Errorf("%+v", problems)
	}
}
