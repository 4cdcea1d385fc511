package einvoice

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"peixun/data"
)

const digital = `<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header><EIid>23112000000123456789</EIid></Header><EInvoiceData><SellerInformation><SellerName>国培网</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>12110000400686910X</BuyerIdNum><BuyerName>北京市第九实验医院</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>1509.43</TotalAmWithoutTax><TotalTaxAm>90.57</TotalTaxAm><TotalTax-includedAmount>1600.00</TotalTax-includedAmount></BasicInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>23112000000123456789</InvoiceNumber><IssueTime>2023-05-24 10:11:12</IssueTime></TaxSupervisionInfo></EInvoice>`

const ofdRoot = `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:CustomDatas>
<ofd:CustomData Name="发票代码">011002100311</ofd:CustomData><ofd:CustomData Name="发票号码">41860935</ofd:CustomData><ofd:CustomData Name="开票日期">2022年05月24日</ofd:CustomData>
<ofd:CustomData Name="合计税额">90.57</ofd:CustomData><ofd:CustomData Name="合计金额">1509.43</ofd:CustomData><ofd:CustomData Name="购买方纳税人识别号">12110000400686910X</ofd:CustomData>
</ofd:CustomDatas></ofd:DocInfo></ofd:DocBody></ofd:OFD>`

const original = `<fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"><fp:InvoiceNo>41860935</fp:InvoiceNo><fp:Buyer><fp:BuyerName>北京市第九实验医院</fp:BuyerName></fp:Buyer></fp:eInvoice>`

func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for n := 0; n < len(files); n += 2 {
		entry, err := w.Create(files[n])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte(files[n+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadKnowsInvoicesByContent(t *testing.T) {
	facts := data.InvoiceFacts{Number: "23112000000123456789", IssuedOn: "2023-05-24", Amount: 1600_00, BuyerName: "北京市第九实验医院", BuyerTaxNumber: "12110000400686910X"}
	older := data.InvoiceFacts{Number: "41860935", IssuedOn: "2022-05-24", Amount: 1600_00, BuyerName: "北京市第九实验医院", BuyerTaxNumber: "12110000400686910X"}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.Replace(digital, "UTF-8", "GBK", 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		content []byte
		kind    string
		facts   data.InvoiceFacts
	}{
		{"PDF", []byte("%PDF-1.4\n…"), PDF, data.InvoiceFacts{}},
		{"digital XML", []byte(digital), XML, facts},
		{"with a byte order mark", []byte("\xEF\xBB\xBF" + digital), XML, facts},
		{"in GBK", []byte(gbk), XML, facts},
		{"XML of something else", []byte("<a><b>1</b></a>"), XML, data.InvoiceFacts{}},
		{"OFD", archive(t, "OFD.xml", ofdRoot, "Doc_0/Attachs/original_invoice.xml", original, "Doc_0/Pages/Page_0/Content.xml", "<x>发票号码 999</x>"), OFD, older},
		{"OFD from Windows", archive(t, `Doc_0\Attachs\original_invoice.xml`, original, "OFD.xml", ofdRoot), OFD, older},
		{"OFD with a broken attachment", archive(t, "OFD.xml", ofdRoot, "Doc_0/Attachs/x.xml", "<a>"), OFD,
			data.InvoiceFacts{Number: "41860935", IssuedOn: "2022-05-24", Amount: 1600_00, BuyerTaxNumber: "12110000400686910X"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			kind, got, err := Read(c.content)
			if err != nil || kind != c.kind || got != c.facts {
				t.Errorf("%s %+v, %v", kind, got, err)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	bomb := "<a>" + strings.Repeat("<b/>", maxTokens) + "</a>"
	for _, c := range []struct {
		name, code string
		content    []byte
	}{
		{"nothing", "invoice-file-empty", nil},
		{"21 MB", "invoice-file-large", make([]byte, data.MaxInvoiceFile+1)},
		{"a text", "invoice-file-kind", []byte("发票")},
		{"a picture", "invoice-file-kind", []byte("\xFF\xD8\xFF")},
		{"a page of a tax site", "invoice-file-damaged", []byte("<!DOCTYPE html><html><body>登录</body></html>")},
		{"XML that ends early", "invoice-file-damaged", []byte(digital[:400])},
		{"too much XML", "invoice-file-damaged", []byte(bomb)},
		{"too deep", "invoice-file-damaged", []byte(strings.Repeat("<a>", maxDepth+2))},
		{"another zip", "invoice-file-damaged", archive(t, "word/document.xml", "<a/>")},
		{"a damaged zip", "invoice-file-damaged", archive(t, "OFD.xml", ofdRoot)[:120]},
		{"an OFD whose root is a bomb", "invoice-file-damaged", archive(t, "OFD.xml", "<a>"+strings.Repeat(" ", maxDocument)+"</a>")},
		{"entities", "invoice-file-damaged", []byte(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, facts, err := Read(c.content)
			problem, ok := data.AsProblem(err)
			if !ok || problem.Code != c.code || problem.What == "" || problem.Fix == "" || facts != (data.InvoiceFacts{}) {
				t.Errorf("%v, %+v", err, facts)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(digital))
	f.Add(archive(f, "OFD.xml", ofdRoot, "Doc_0/Attachs/a.xml", original))
	f.Fuzz(func(t *testing.T, content []byte) {
		if _, facts, err := Read(content); err != nil && facts != (data.InvoiceFacts{}) || facts.Amount < 0 {
			t.Error(fmt.Sprint(facts, err))
		}
	})
}
