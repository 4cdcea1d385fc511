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

func TestPasswordSlipsSayWhoLogsInHow(t *testing.T) {
	pdf, pages := written(t, func(out *bytes.Buffer) (int, error) {
		return PasswordSlips(out, "北京市𬱖家庄医院", []data.PasswordSlip{{Name: "李䶮", UserName: "lg001", MaskedID: "110101********0011", Organization: "院本部/骨科"}})
	})
	mustSay(t, pdf, "李䶮", "lg001", "110101********0011", "院本部/骨科", "北京市𬱖家庄医院", "abc123", "立即修改密码", "http://rsj.beijing.gov.cn/")
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
			"slips":    paged(PasswordSlips(&bytes.Buffer{}, text, []data.PasswordSlip{{Name: text, UserName: text, MaskedID: text, Organization: text}})),
			"request":  paged(PaymentRequest(&bytes.Buffer{}, data.PaymentRequest{Unit: text, Department: text, PlanName: text, Remark: text, Lines: []data.OrderLine{{OrganizationPath: text}}})),
			"recharge": paged(RechargeSheet(&bytes.Buffer{}, data.RechargeSheet{Unit: text, PlanName: text, Rows: []data.RechargeSheetRow{{Name: text, Organization: text}}})),
		} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
