// Package einvoice tells of an invoice's own file what it is and, where it holds the standard fields of an electronic invoice, what
// it says.
package einvoice

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"peixun/data"
)

// The kinds of files, by content.
const (
	PDF = "application/pdf"
	OFD = "application/ofd"
	XML = "application/xml"
)

// The limits of what is read inside a file; an invoice needs a hundredth of them.
const (
	maxEntries  = 5000    // of an OFD
	maxDocument = 8 << 20 // bytes of one XML document inside an OFD
	maxTokens   = 400_000 // of an XML document
	maxDepth    = 200
	headLength  = 1024 // bytes before which a PDF's mark must stand (ISO 32000, annex H)
)

// Read tells of an invoice's file its kind and what it says. What is no PDF, OFD or XML by its content, is damaged or larger than
// data.MaxInvoiceFile is refused with a data.Problem. Of a PDF nothing is read.
func Read(content []byte) (kind string, facts data.InvoiceFacts, err error) {
	refuse := func(code, what, fix string, cause error) (string, data.InvoiceFacts, error) {
		return "", data.InvoiceFacts{}, data.Refuse(code, "file", what, fix).Because(cause)
	}
	switch {
	case len(content) == 0:
		return refuse("invoice-file-empty", "这个文件是空的。", "请重新下载发票。", nil)
	case len(content) > data.MaxInvoiceFile:
		return refuse("invoice-file-large", "文件超过 20 MB。", "发票文件一般不到 1 MB，请核对是不是选错了文件。", nil)
	case bytes.Contains(content[:min(len(content), headLength)], []byte("%PDF-")):
		return PDF, facts, nil
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		if facts, err = readOFD(content); err != nil {
			return refuse("invoice-file-damaged", "这个压缩文件不是能读取的 OFD 发票，或者已经损坏。", "请重新下载发票的 OFD、PDF 或 XML 文件，不要另外压缩。", err)
		}
		return OFD, facts, nil
	case bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\xEF\xBB\xBF")), " \t\r\n"), []byte("<")):
		if facts, err = readXML(bytes.NewReader(content)); err != nil {
			return refuse("invoice-file-damaged", "这个 XML 文件不完整，或者不是发票。", "请重新下载发票文件。", err)
		}
		return XML, facts, nil
	}
	return refuse("invoice-file-kind", "这不是 PDF、OFD 或 XML 格式的发票文件。", "请选择开票方发来的电子发票文件；纸质发票请扫描成 PDF。", nil)
}

// readOFD reads an OFD (GB/T 33190): a zip that holds OFD.xml. Invoices carry their fields in an attached XML and in OFD.xml's custom data.
func readOFD(content []byte) (data.InvoiceFacts, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return data.InvoiceFacts{}, err
	}
	if len(archive.File) > maxEntries {
		return data.InvoiceFacts{}, fmt.Errorf("%d entries", len(archive.File))
	}
	var facts data.InvoiceFacts
	found := false
	for _, entry := range archive.File {
		name := strings.ToLower(strings.ReplaceAll(entry.Name, `\`, "/"))
		root := name == "ofd.xml"
		if !root && !(strings.Contains(name, "attach") && path.Ext(name) == ".xml") {
			continue
		}
		more, err := readEntry(entry)
		if err != nil && root {
			return facts, err
		}
		found = found || root
		facts = merge(facts, more)
	}
	if !found {
		return facts, errors.New("no OFD.xml")
	}
	return facts, nil
}

func readEntry(entry *zip.File) (data.InvoiceFacts, error) {
	file, err := entry.Open()
	if err != nil {
		return data.InvoiceFacts{}, err
	}
	defer file.Close()
	return readXML(&io.LimitedReader{R: file, N: maxDocument})
}

// merge fills what the first lacks from the second.
func merge(facts, more data.InvoiceFacts) data.InvoiceFacts {
	fill(&facts.Number, more.Number)
	fill(&facts.IssuedOn, more.IssuedOn)
	fill(&facts.BuyerName, more.BuyerName)
	fill(&facts.BuyerTaxNumber, more.BuyerTaxNumber)
	if facts.Amount == 0 {
		facts.Amount = more.Amount
	}
	return facts
}

func fill[T ~string](value *T, other T) {
	if *value == "" {
		*value = other
	}
}

// The names of the standard fields: those of the fully digital invoice (XML since 2023), of the OFD invoice's attachment (2020) and,
// in Chinese, of OFD.xml's custom data. The first that is there counts.
var (
	numberNames    = []string{"InvoiceNumber", "InvoiceNo", "发票号码", "EIid"}
	dateNames      = []string{"IssueTime", "IssueDate", "开票日期", "RequestTime"}
	amountNames    = []string{"TotalTax-includedAmount", "TaxInclusiveTotalAmount", "TotaltaxIncludedAmount", "价税合计"}
	netNames       = []string{"TotalAmWithoutTax", "TaxExclusiveTotalAmount", "合计金额"}
	taxNames       = []string{"TotalTaxAm", "TaxTotalAmount", "合计税额"}
	buyerNames     = []string{"BuyerName", "购买方名称"}
	buyerTaxNames  = []string{"BuyerIdNum", "BuyerTaxID", "购买方纳税人识别号"}
	customDataName = "CustomData"
)

// readXML reads the standard fields of one XML document. A document without them gives no facts; HTML and what is not well formed fail.
func readXML(r io.Reader) (data.InvoiceFacts, error) {
	fields, err := leaves(r)
	if err != nil {
		return data.InvoiceFacts{}, err
	}
	first := func(names []string) string {
		for _, name := range names {
			if value := fields[name]; value != "" {
				return value
			}
		}
		return ""
	}
	facts := data.InvoiceFacts{Number: first(numberNames), BuyerName: first(buyerNames), BuyerTaxNumber: first(buyerTaxNames), Amount: money(first(amountNames))}
	if moment, err := data.ParseMoment(first(dateNames)); err == nil {
		facts.IssuedOn = moment.Date()
	}
	if net, tax := first(netNames), first(taxNames); facts.Amount == 0 && net != "" && tax != "" {
		facts.Amount = money(net) + money(tax)
	}
	return facts, nil
}

func money(text string) data.Money {
	amount, err := data.ParseMoney(text)
	if err != nil {
		return 0
	}
	return amount
}

// leaves gives the first text of each element by its local name; an OFD's custom data by the name that it gives itself.
func leaves(r io.Reader) (map[string]string, error) {
	decoder := xml.NewDecoder(r)
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		encoding, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return encoding.NewDecoder().Reader(input), nil
	}
	fields := map[string]string{}
	var open []string
	for tokens, elements := 0, 0; ; tokens++ {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && elements > 0 && len(open) == 0 {
			return fields, nil
		}
		if err != nil {
			return nil, err
		}
		if tokens > maxTokens || len(open) > maxDepth {
			return nil, errors.New("too much XML for an invoice")
		}
		switch token := token.(type) {
		case xml.StartElement:
			if elements++; elements == 1 && strings.EqualFold(token.Name.Local, "html") {
				return nil, errors.New("a web page")
			}
			open = append(open, nameOf(token))
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if text := strings.TrimSpace(string(token)); text != "" && len(open) > 0 && fields[open[len(open)-1]] == "" {
				fields[open[len(open)-1]] = text
			}
		}
	}
}

func nameOf(element xml.StartElement) string {
	if element.Name.Local != customDataName {
		return element.Name.Local
	}
	place := slices.IndexFunc(element.Attr, func(a xml.Attr) bool { return a.Name.Local == "Name" })
	if place < 0 {
		return element.Name.Local
	}
	return element.Attr[place].Value
}
