package data

import (
	"strings"
	"testing"
)

func TestCompareOrders(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Order)
		want   string
	}{
		{"nothing", func(*Order) {}, ""},
		{"what is not the administrator's to change", func(o *Order) {
			o.Review, o.Version, o.AppliedAt, o.Invoice.Number = ReviewRejected, 9, "2022-06-17 13:02:11", "1"
		}, ""},
		{"mode", func(o *Order) { o.Mode = PayOnline }, "缴费模式：先缴费后开票 → 在线支付"},
		{"a line's amount", func(o *Order) { o.Lines[0].Amount = 1600_00 }, "缴费组织“第九医院”：2 人 80.00 元 → 2 人 1,600.00 元; 缴费总金额：120.00 元 → 1,640.00 元"},
		{"a line's people", func(o *Order) { o.Lines[1].People = 4 }, "缴费组织“骨科”：1 人 40.00 元 → 4 人 40.00 元"},
		{"a line less", func(o *Order) { o.Lines = o.Lines[:1] }, "缴费组织“骨科”：去掉 1 人 40.00 元; 缴费总金额：120.00 元 → 80.00 元"},
		{"a line more", func(o *Order) {
			o.Lines = append(o.Lines, OrderLine{OrganizationID: 9, OrganizationPath: "急诊科", People: 1, Amount: 5})
		},
			"缴费组织“急诊科”：填写 1 人 0.05 元; 缴费总金额：120.00 元 → 120.05 元"},
		{"lines in another order", func(o *Order) { o.Lines[0], o.Lines[1] = o.Lines[1], o.Lines[0] }, ""},
		{"bank and time", func(o *Order) { o.PayerBank, o.PaidAt = "另一家银行", "" }, "缴费银行：城南商业银行育才支行 → 另一家银行; 转账时间：去掉 2022-06-14 10:26:00"},
		{"account, by its end", func(o *Order) { o.PayerAccount = "622202020000112233" }, "缴费卡号：尾号 6678 → 尾号 2233"},
		{"account, in the middle", func(o *Order) { o.PayerAccount = "330101201911556678" }, "缴费卡号：尾号 6678 → 尾号 6678（前面的数字不同）"},
		{"another voucher", func(o *Order) { o.Vouchers = []Voucher{{Name: "新回单.pdf", SHA256: "b"}} }, "转账凭证：去掉 “回单.jpg”; 转账凭证：填写 “新回单.pdf”"},
		{"the invoice", func(o *Order) { o.Invoice.Type, o.Invoice.Title, o.Invoice.Mobile = InvoiceNormal, "新抬头", "" },
			"发票类型：增值税专用发票(纸质) → 增值税电子普通发票; 发票抬头：" + goodInvoice.Title + " → 新抬头; 手机号：去掉 尾号 " + goodInvoice.Mobile[7:]},
	} {
		t.Run(c.name, func(t *testing.T) {
			order := goodOrder()
			c.change(&order)
			var got []string
			for _, change := range CompareOrders(goodOrder(), order) {
				got = append(got, change.String())
			}
			if joined := strings.Join(got, "; "); joined != c.want {
				t.Errorf("got  %s\nwant %s", joined, c.want)
			}
		})
	}
}

func TestCheckReceipt(t *testing.T) {
	differs := func(order Order) string {
		var all []string
		for _, voucher := range order.Vouchers {
			for _, check := range CheckReceipt(voucher, order) {
				if !check.Agrees {
					all = append(all, check.Label+" "+check.Said+" "+check.Typed)
				}
			}
		}
		return strings.Join(all, "; ")
	}
	with := func(receipts ...Receipt) Order {
		order := goodOrder()
		order.Vouchers, order.ApplicantUnit = nil, "北京市第九实验医院"
		for _, receipt := range receipts {
			order.Vouchers = append(order.Vouchers, Voucher{Name: "回单.pdf", Receipt: receipt})
		}
		return order
	}
	part := func(serial string, amount Money) Receipt { return Receipt{Serial: serial, Amount: amount} }
	for _, c := range []struct {
		name  string
		order Order
		want  string
	}{
		{"nothing read", with(Receipt{}), ""},
		{"two transfers that add up", with(part("1", 80_00), part("2", 40_00)), ""},
		{"two that do not", with(part("1", 80_00), part("2", 41_00)), "金额 80.00 120.00; 金额 41.00 120.00"},
		{"one receipt twice", with(part("1", 60_00), part("1", 60_00)), "金额 60.00 120.00; 金额 60.00 120.00"},
		{"an account with its middle hidden", with(Receipt{PayerAccount: "3301********6678"}), ""},
		{"another account with its middle hidden", with(Receipt{PayerAccount: "3301********6679"}), "缴费卡号 3301********6679 330101201900556678"},
		{"brackets of another width", with(Receipt{PayeeName: "国培网（北京）教育科技有限公司"}), ""},
		{"paid by a department", with(Receipt{PayerName: "北京市第九实验医院骨科"}), ""},
		{"paid by a stranger", with(Receipt{PayerName: "某某公司"}), "付款单位 某某公司 北京市第九实验医院"},
		{"a day without its time", with(Receipt{PaidAt: "2022-06-14 00:00:00"}), ""},
		{"another day", with(Receipt{PaidAt: "2022-06-13 00:00:00"}), "转账时间 2022-06-13 2022-06-14 10:26:00"},
	} {
		if got := differs(c.order); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOrderWait(t *testing.T) {
	for _, c := range []struct {
		name string
		row  OrderRow
		what string
		days int
	}{
		{"a draft", OrderRow{Review: ReviewDraft, Mode: PayFirst, InvoiceState: InvoiceFilled}, "", 0},
		{"an invoice asked for", OrderRow{Review: ReviewDraft, Mode: InvoiceFirst, InvoiceState: InvoiceFilled, InvoiceRequestedAt: "2022-06-07 23:59:59"}, "等开票", 10},
		{"not asked for yet", OrderRow{Review: ReviewDraft, Mode: InvoiceFirst, InvoiceState: InvoiceFilled}, "", 0},
		{"invoiced, to be paid", OrderRow{Review: ReviewReady, Mode: InvoiceFirst, InvoiceState: InvoiceIssued, InvoiceRequestedAt: "2022-06-01 00:00:00", InvoiceIssuedOn: "2022-06-12"}, "等缴费", 5},
		{"submitted", OrderRow{Review: ReviewSubmitted, Mode: PayFirst, AppliedAt: "2022-06-17 00:00:00"}, "等审核", 0},
		{"rejected", OrderRow{Review: ReviewRejected, Mode: PayFirst, ReviewedAt: "2022-05-17 00:00:00"}, "等修订", 31},
		{"approved without an invoice", OrderRow{Review: ReviewApproved, Mode: PayFirst, InvoiceState: InvoiceReversed, ReviewedAt: "2022-06-16 00:00:00"}, "等开票", 1},
		{"done", OrderRow{Review: ReviewApproved, Mode: PayFirst, InvoiceState: InvoiceIssued, ReviewedAt: "2022-06-16 00:00:00"}, "", 0},
		{"void", OrderRow{Review: ReviewVoid, Mode: InvoiceFirst, InvoiceRequestedAt: "2022-06-07 00:00:00"}, "", 0},
	} {
		wait, ok := c.row.Wait("2022-06-17")
		if wait.What != c.what || wait.Days != c.days || ok != (c.what != "") {
			t.Errorf("%s: %+v, %t", c.name, wait, ok)
		}
	}
}

// The pages of 逐项复制 hold the manual's labels in the manual's order.
func TestCopyPages(t *testing.T) {
	order := goodOrder()
	order.PlanName, order.PlanNumber = "2022年计划", "20220301161802103"
	var got []string
	keys := map[string]bool{}
	for _, page := range CopyPages(order) {
		got = append(got, "《"+page.Title+"》")
		for _, item := range page.Items {
			mark := item.Label
			if item.Given {
				mark = "(" + mark + ")"
			}
			got = append(got, mark)
			if keys[item.Key] {
				t.Errorf("the key %s stands twice", item.Key)
			}
			keys[item.Key] = true
			if item.Value == "" && item.Hint == "" {
				t.Errorf("%s says nothing", item.Label)
			}
		}
	}
	want := "《组织缴费》 培训计划名称 组织机构 购买学习卡金额 组织机构 购买学习卡金额 《银行转账信息上传》 (培训计划名称) (缴费组织) (缴费总金额) 缴费模式 缴费银行 缴费卡号 (收款单位) (收款银行) (收款卡号) 转账时间 转账凭证上传 " +
		"《填写发票信息》 发票类型 发票抬头 纳税人识别号 税务局注册地址 税务局注册电话 开户行 开户行账号 用户邮箱 手机号 备注"
	if joined := strings.Join(got, " "); joined != want {
		t.Errorf("got  %s\nwant %s", joined, want)
	}
	order.Mode = PayOnline
	if pages := CopyPages(order); len(pages) != 2 || pages[1].Title != "填写发票信息" {
		t.Errorf("an online payment has no transfer: %+v", pages)
	}
}
