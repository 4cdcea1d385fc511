package data

import (
	"strings"
	"testing"
)

var goodInvoice = Invoice{
	Type: InvoiceSpecial, Title: "北京市示例医院", TaxNumber: "12110000400686910X", Address: "北京市东城区示例路1号", Telephone: "010-84297523",
	Bank: "工商银行示例支行", Account: "0200004509014412345", Email: "fp@example.com", Mobile: "13800000417", Remark: "培训费",
}

func TestJudgeInvoice(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Invoice)
		want   string // field=level:code, in the form's order
	}{
		{"special, complete", func(*Invoice) {}, ""},
		{"normal needs no bank", func(i *Invoice) {
			*i = Invoice{Type: InvoiceNormal, Title: i.Title, TaxNumber: i.TaxNumber, Email: i.Email, Mobile: i.Mobile}
		}, ""},
		{"special needs the bank", func(i *Invoice) { i.Address, i.Telephone, i.Bank, i.Account = "", " ", "\u3000", "" },
			"address=error:invoice-address-missing telephone=error:invoice-telephone-missing bank=error:invoice-bank-missing account=error:invoice-account-missing"},
		{"nothing at all", func(i *Invoice) { *i = Invoice{} },
			"type=error:invoice-type-missing title=error:invoice-title-missing tax_number=error:invoice-tax-number-missing email=error:invoice-email-missing mobile=error:invoice-mobile-missing"},
		{"unknown type", func(i *Invoice) { i.Type = "收据" }, "type=error:invoice-type-unknown"},
		{"two addresses", func(i *Invoice) { i.Email = "a@b.cn、c@d.cn" }, "email=error:email-several"},
		{"tax number fails its check", func(i *Invoice) { i.TaxNumber = "91350203M0001QKT19" }, "tax_number=warning:tax-check"},
		{"the payee's account", func(i *Invoice) { i.Account = "1100 6059 3018 8000 03058" }, "account=error:account-payee"},
		{"the payee's name", func(i *Invoice) { i.Title = DefaultPayee.Name }, "title=warning:invoice-title-payee"},
		{"what cleaning mends is no problem", func(i *Invoice) { i.Mobile, i.Title = "138 0000 0417", " 北京市示例医院 " }, ""},
		{"a novel", func(i *Invoice) { i.Remark = strings.Repeat("长", MaxLongText+1) }, "remark=error:text-long"},
		{"normal checks what is there", func(i *Invoice) { i.Type, i.Telephone = InvoiceNormal, "1" }, "telephone=error:telephone-length"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			invoice := goodInvoice
			test.change(&invoice)
			problems := JudgeInvoice(invoice, DefaultPayee)
			var got []string
			for _, problem := range problems {
				got = append(got, problem.Where.Field+"="+codesOf([]Problem{problem}))
				if problem.Where.Column == "" {
					t.Errorf("%s has no label", problem.Code)
				}
			}
			if joined := strings.Join(got, " "); joined != test.want {
				t.Errorf("got  %s\nwant %s", joined, test.want)
			}
			checkSentences(t, problems)
		})
	}
}

func TestCleanInvoiceMendsWhatItCanAndKeepsTheRest(t *testing.T) {
	invoice := goodInvoice
	invoice.Mobile, invoice.TaxNumber, invoice.Email, invoice.Remark = "138 0000 0417", "12110000400686910x", " a@b.cn;c@d.cn ", "一\r\n二"
	got := CleanInvoice(invoice)
	if got.Mobile != "13800000417" || got.TaxNumber != "12110000400686910X" || got.Email != "a@b.cn;c@d.cn" || got.Remark != "一\n二" || got.Type != InvoiceSpecial {
		t.Errorf("got %+v", got)
	}
	if CleanInvoice(got) != got {
		t.Error("cleaning twice changes something")
	}
}

func TestJudgeProfile(t *testing.T) {
	good := Profile{Name: "张晓明", Mobile: "13800000417", Email: "zhangxm@example.com", Unit: "北京市示例医院"}
	tests := []struct {
		name   string
		change func(*Profile)
		codes  string
	}{
		{"only what is needed", func(*Profile) {}, ""},
		{"complete", func(p *Profile) {
			p.Department, p.Phone, p.USCC, p.Address, p.Postcode = "科教处", "84297523", "12110000400686910X", "示例路1号", "100029"
		}, ""},
		{"nothing", func(p *Profile) { *p = Profile{} }, "error:profile-name-missing error:profile-mobile-missing error:profile-email-missing error:profile-unit-missing"},
		{"code fails its check", func(p *Profile) { p.USCC = "91350203M0001QKT19" }, "warning:tax-check"},
		{"code is a resident's ID", func(p *Profile) { p.USCC = "11010519491231002X" }, "error:tax-resident"},
		{"postcode", func(p *Profile) { p.Postcode = "10002" }, "error:postcode-format"},
		{"wrong name is not missing too", func(p *Profile) { p.Name = "张三1" }, "error:name-digit"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			profile := good
			test.change(&profile)
			problems := JudgeProfile(profile)
			if codes := codesOf(problems); codes != test.codes {
				t.Errorf("problems %q, want %q", codes, test.codes)
			}
			checkSentences(t, problems)
		})
	}
	if got := CleanProfile(Profile{Name: " 张 三 ", Postcode: "１０００２９", Mobile: "12"}); got != (Profile{Name: "张三", Postcode: "100029", Mobile: "12"}) {
		t.Errorf("cleaned to %+v", got)
	}
}
