package letter

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"peixun/data"
)

// written gives a paper's bytes, and fails where it says another number of pages than it has.
func written(t *testing.T, write func(*bytes.Buffer) (int, error)) ([]byte, []string) {
	t.Helper()
	var out bytes.Buffer
	count, err := write(&out)
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesText(t, out.Bytes())
	if len(pages) != count {
		t.Errorf("says %d pages, has %d", count, len(pages))
	}
	return out.Bytes(), pages
}

// A unit's whole name stands over every page, however long it is.
func TestLongUnitIsNotCut(t *testing.T) {
	const unit = "北京市朝阳区中国医学科学院北京协和医学院附属第九实验肿瘤医院（国家癌症中心）公共卫生与健康管理学部"
	summary := data.HoursSummary{Unit: unit, PlanName: "2022年北京市专业技术人员及事业单位工作人员公共知识培训", PlanNumber: "20220301161802103"}
	for range 80 {
		summary.Rows = append(summary.Rows, data.HoursSummaryRow{Name: "李䶮", Organization: "骨科"})
	}
	_, pages := written(t, func(out *bytes.Buffer) (int, error) { return HoursSummary(out, summary) })
	for number, page := range pages {
		if !strings.Contains(solid(page), unit) || strings.Contains(page, "…") {
			t.Errorf("page %d does not say whose it is: %.200q", number+1, page)
		}
	}
}

func TestPasswordSlipsSayWhoLogsInHow(t *testing.T) {
	pdf, pages := written(t, func(out *bytes.Buffer) (int, error) {
		return PasswordSlips(out, "北京市𬱖家庄医院", []data.PasswordSlip{{Name: "李䶮", UserName: "lg001", MaskedID: "110101********0011", Organization: "院本部/骨科"}})
	})
	mustSay(t, pdf, "李䶮", "lg001", "110101********0011", "院本部/骨科", "北京市𬱖家庄医院", "abc123", slipAdvice, "http://rsj.beijing.gov.cn/")
	if len(pages) != 1 {
		t.Errorf("%d pages", len(pages))
	}
	for count, want := range map[int]int{8: 1, 9: 2, 800: 100} {
		pdf, pages := written(t, func(out *bytes.Buffer) (int, error) { return PasswordSlips(out, "某医院", slips(count)) })
		if len(pages) != want || strings.Count(strings.Join(pages, ""), "初始密码") != count {
			t.Errorf("%d slips: %d pages", count, len(pages))
		}
		mustSay(t, pdf, fmt.Sprintf("bjsfyy%04d", count))
	}
	if _, err := PasswordSlips(&bytes.Buffer{}, "某医院", nil); err == nil {
		t.Error("no slips are printed")
	}
}

func TestPaymentRequestIsOnePageToSign(t *testing.T) {
	for _, organizations := range []int{0, 1, 8, 10, 12, 60} {
		r := request(organizations)
		pdf, pages := written(t, func(out *bytes.Buffer) (int, error) { return PaymentRequest(out, r) })
		mustSay(t, pdf, r.Unit, r.RequestedBy, r.PlanName, r.PlanNumber, r.OrderNumber, r.Payee.Name, r.Payee.Bank, r.Payee.Account,
			r.Remark, r.PayerAccount, r.InvoiceTitle, r.TaxNumber, r.Telephone, "¥"+r.Total().String(), "人民币"+r.Total().Capitals(), "2022年3月8日", "1100 6059 3018 8000 0305 8")
		for _, line := range r.Lines {
			mustSay(t, pdf, line.OrganizationPath+fmt.Sprint(line.People)+line.Amount.String())
		}
		for i, page := range pages {
			if signed := strings.Contains(page, "单位负责人"); signed != (i == 0) {
				t.Errorf("%d organisations: page %d to be signed: %t", organizations, i+1, signed)
			}
		}
		if wanted := organizations > 12; (len(pages) > 1) != wanted {
			t.Errorf("%d organisations: %d pages", organizations, len(pages))
		}
	}
}

func TestPaymentRequestWithEverythingLongIsStillOnePage(t *testing.T) {
	r, long := request(3), longNames()
	r.Unit, r.RequestedBy, r.PayerBank, r.Department = long.Unit, long.Contact, long.PayerBank, "人力资源部（教育培训办公室）"
	r.Lines[1].OrganizationPath = long.Orders[0].Lines[1].OrganizationPath
	if _, pages := written(t, func(out *bytes.Buffer) (int, error) { return PaymentRequest(out, r) }); len(pages) != 1 {
		t.Errorf("%d pages", len(pages))
	}
}

// counts are how many rows of a list the papers are tried with.
var counts = []int{0, 1, 800}

func TestStatementSaysFiveBooks(t *testing.T) {
	for _, orders := range counts {
		s := statement(orders)
		pdf, pages := written(t, func(out *bytes.Buffer) (int, error) { return Statement(out, s) })
		said := solid(strings.Join(pages, ""))
		mustSay(t, pdf, s.Unit, s.PlanName, "2022年3月1日至2022年6月30日", fmt.Sprintf("合计　%d 笔", orders))
		var invoiced data.Money
		for _, row := range s.Rows {
			if invoiced += row.Invoiced; !strings.Contains(said, row.Order) {
				t.Fatalf("%d orders: %s is missing", orders, row.Order)
			}
		}
		for i, difference := range s.Differences {
			if !strings.Contains(said, solid(fmt.Sprintf("%d．%s", i+1, difference))) {
				t.Fatalf("%d orders: difference %d is missing", orders, i+1)
			}
		}
		mustSay(t, pdf, invoiced.String(), "学习卡余额（批次面值－充值）3,200.0015,230.0015,230.003,200.00", "待开发票（缴费－开票）0.0015,230.0010,815.004,415.00", "收款单位（盖章）"+s.Payee)
		if agreed := strings.Contains(said, "核对一致"); agreed != (len(s.Differences) == 0) {
			t.Errorf("%d orders: says that all agrees: %t", orders, agreed)
		}
		if orders == 800 && strings.Count(said, "本页小计") < 30 {
			t.Errorf("%d pages sum up", strings.Count(said, "本页小计"))
		}
	}
}

// TestHoursSummaryOfOfflineHoursAlone: without online hours there is no column of zeros, which would be read as a figure.
func TestHoursSummaryOfOfflineHoursAlone(t *testing.T) {
	s := hoursSummary(30)
	for i := range s.Rows {
		s.Rows[i].Online = 0
	}
	pdf, pages := written(t, func(out *bytes.Buffer) (int, error) { return HoursSummary(out, s) })
	mustSay(t, pdf, "序号姓名身份证号码组织机构线下学时达标", "本表只列线下学时")
	if said := strings.Join(pages, ""); strings.Contains(said, "合计") {
		t.Error("it sums up what nobody knows")
	}
}

func TestHoursSummarySaysWhoReachedTheTarget(t *testing.T) {
	for _, people := range counts {
		s := hoursSummary(people)
		pdf, pages := written(t, func(out *bytes.Buffer) (int, error) { return HoursSummary(out, s) })
		mustSay(t, pdf, s.Unit, s.PlanName, "30.00 学时", fmt.Sprintf("%d 人，未达标 %d 人", s.Reached(), people-s.Reached()))
		said := solid(strings.Join(pages, ""))
		if yes := strings.Count(said, "是"); yes != s.Reached() {
			t.Errorf("%d people: %d times 是, %d reached it", people, yes, s.Reached())
		}
		for i, page := range pages {
			if heading := strings.Contains(page, "序号姓名身份证号码组织机构线上线下合计达标"); !heading && i < len(pages)-1 {
				t.Errorf("%d people: page %d has no heading", people, i+1)
			}
		}
	}
	short := data.HoursSummary{Target: 30_00, Rows: []data.HoursSummaryRow{{Online: 29_99}, {Online: 15_00, Offline: 15_00}}}
	if short.Reached() != 1 {
		t.Errorf("%d reached 30.00 with 29.99 and 30.00", short.Reached())
	}
}

func TestChecklistSaysEveryItem(t *testing.T) {
	for _, orders := range counts {
		list := checklist(orders)
		_, pages := written(t, func(out *bytes.Buffer) (int, error) { return Checklist(out, list) })
		said := solid(strings.Join(pages, ""))
		for _, section := range list.Sections {
			if !strings.Contains(said, solid(section.Title)) {
				t.Fatalf("%s is missing", section.Title)
			}
		}
		if found := strings.Count(said, "纳税人识别号"); found != orders {
			t.Errorf("%d orders: %d items", orders, found)
		}
		if last := pages[len(pages)-1]; !strings.Contains(last, "录入人：") {
			t.Errorf("%d orders: nobody signs", orders)
		}
	}
}

func TestMailingLabels(t *testing.T) {
	from := data.Profile{Name: "李𬱖", Department: "人事科", Mobile: "13800138000", Unit: "北京市朝阳区示范医院", Address: "北京市朝阳区示范路18号", Postcode: "100020"}
	to := data.DefaultMailingAddress
	for _, c := range []struct {
		request       data.LabelRequest
		pages, labels int
		size          string
	}{
		{data.LabelRequest{}, 1, 1, "595.28 419.53"},
		{data.LabelRequest{Size: data.LabelHalfSheet}, 1, 1, "595.28 419.53"},
		{data.LabelRequest{Size: data.LabelEnvelopeDL}, 1, 1, "623.62 311.81"},
		{data.LabelRequest{Size: data.LabelEnvelopeC5}, 1, 1, "649.13 459.21"},
		{data.LabelRequest{Size: data.LabelSheet}, 1, 1, "595.28 841.89"},
		{data.LabelRequest{Size: data.LabelSheet, Count: 8, Skip: 1}, 2, 8, "595.28 841.89"},
		{data.LabelRequest{Size: data.LabelSheet, Count: 3, Skip: -5}, 1, 3, "595.28 841.89"},
		{data.LabelRequest{Size: data.LabelSheet, Count: 1, Skip: 99}, 1, 1, "595.28 841.89"},
	} {
		pdf, pages := written(t, func(out *bytes.Buffer) (int, error) { return MailingLabel(out, c.request, to, from) })
		said := strings.Join(pages, "")
		if len(pages) != c.pages || strings.Count(said, to.Recipient) != c.labels {
			t.Errorf("%+v: %d pages, %d labels", c.request, len(pages), strings.Count(said, to.Recipient))
		}
		mustSay(t, pdf, to.Address, to.Telephone, from.Name, from.Unit, from.Address, from.Mobile, from.Postcode)
		if !bytes.Contains(pdf, []byte("/MediaBox [0 0 "+c.size+"]")) {
			t.Errorf("%+v: the page is not %s pt", c.request, c.size)
		}
	}
	if _, err := MailingLabel(&bytes.Buffer{}, data.LabelRequest{Size: "A0"}, to, from); err == nil {
		t.Error("an unknown size is printed")
	}
}

// TestRechargeSheetsPagesSumUp reads the page sums back and adds them.
func TestRechargeSheetsPagesSumUp(t *testing.T) {
	for _, people := range []int{0, 1, 22, 23, 24, 25, 26, 80, 800} {
		sheet := rechargeSheet(people)
		pdf, pages := written(t, func(out *bytes.Buffer) (int, error) { return RechargeSheet(out, sheet) })
		mustSay(t, pdf, sheet.Unit, sheet.PlanName, sheet.BatchNumber, sheet.OrderNumber, "人民币"+sheet.Capitals, "¥"+sheet.Total.String(), fmt.Sprintf("合计　%d 人", people))
		sum, count := data.Money(0), 0
		for _, page := range pages {
			_, after, found := strings.Cut(page, "本页小计　")
			if !found {
				continue
			}
			var n int
			var amount string
			if _, err := fmt.Sscanf(after, "%d 人%s", &n, &amount); err != nil {
				t.Fatalf("%q: %v", after, err)
			}
			amount, _, _ = strings.Cut(amount, ".")
			yuan, err := data.ParseMoney(amount + "." + after[strings.Index(after, ".")+1:][:2])
			if err != nil {
				t.Fatal(err)
			}
			sum, count = sum+yuan, count+n
		}
		if len(pages) > 1 && (sum != sheet.Total || count != people) {
			t.Errorf("%d people: the pages sum %s for %d people, the sheet %s", people, sum, count, sheet.Total)
		}
		if last := pages[len(pages)-1]; !strings.Contains(last, "复核人") || !strings.Contains(last, "合计（大写）") {
			t.Errorf("%d people: the places to sign stand alone", people)
		}
	}
}

func TestSheetsTakeAnything(t *testing.T) {
	absurd := strings.Repeat("某\x00\xff𫰡W", 2_500)
	for _, text := range []string{"", " ", absurd} {
		for name, err := range map[string]error{
			"slips":     paged(PasswordSlips(&bytes.Buffer{}, text, []data.PasswordSlip{{Name: text, UserName: text, MaskedID: text, Organization: text}})),
			"request":   paged(PaymentRequest(&bytes.Buffer{}, data.PaymentRequest{Unit: text, Department: text, PlanName: text, Remark: text, Lines: []data.OrderLine{{OrganizationPath: text}}})),
			"statement": paged(Statement(&bytes.Buffer{}, data.Statement{Unit: text, PreparedBy: text, Rows: []data.StatementRow{{Order: text, Payer: text, Note: text}}, Differences: []string{text}})),
			"hours":     paged(HoursSummary(&bytes.Buffer{}, data.HoursSummary{Unit: text, Rows: []data.HoursSummaryRow{{Name: text, Organization: text}}})),
			"checklist": paged(Checklist(&bytes.Buffer{}, data.Checklist{Unit: text, Sections: []data.ChecklistSection{{Title: text, Note: text, Items: []data.ChecklistItem{{Name: text, Value: text}}}}})),
			"envelope":  paged(MailingLabel(&bytes.Buffer{}, data.LabelRequest{Size: data.LabelEnvelopeDL}, data.MailingAddress{Address: text, Recipient: text}, data.Profile{Unit: text})),
			"recharge":  paged(RechargeSheet(&bytes.Buffer{}, data.RechargeSheet{Unit: text, PlanName: text, Rows: []data.RechargeSheetRow{{Name: text, Organization: text}}})),
		} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
