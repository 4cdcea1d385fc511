package data

import "strings"

// InvoiceProfile are invoice details that the unit remembers (开票资料), to be chosen instead of typed again.
type InvoiceProfile struct {
	ID      int64
	Name    string  // as lists show it; the title where none was given
	Invoice Invoice // the form's fields; nothing of what became of an invoice
	Default bool    // taken for a new order; at most one
}

// InvoiceIssue is what is entered when an invoice has come.
type InvoiceIssue struct {
	Number   string
	IssuedOn Date
	Amount   Money // 价税合计, in 分; it must be the order's total
}

// InvoiceRecord is an invoice that was issued for an order; an order has one for every time it was issued.
type InvoiceRecord struct {
	ID int64
	InvoiceIssue
	OrderID       int64
	ReversedOn    Date   // 红冲
	ReverseReason string // why
	Files         []InvoiceFile
}

// InvoiceFile is the invoice itself as a file, kept byte for byte. Content is loaded only on request.
type InvoiceFile struct {
	ID      int64
	Name    string
	Type    string // by content: application/pdf, application/ofd or application/xml
	Size    int64  // bytes
	SHA256  string
	AddedAt Moment
	Facts   InvoiceFacts
}

// InvoiceFacts is what an invoice's file says of itself. Empty parts were not found.
type InvoiceFacts struct {
	Number         string
	IssuedOn       Date
	Amount         Money // 价税合计, in 分
	BuyerName      string
	BuyerTaxNumber string
}

// MaxInvoiceFile is the largest invoice file that is kept, in bytes.
const MaxInvoiceFile = 20 << 20

// CheckInvoiceFile compares what an invoice's file says with what was entered; what either of them lacks is left out.
func CheckInvoiceFile(file InvoiceFile, record InvoiceRecord, details Invoice) []ReceiptCheck {
	facts := file.Facts
	var checks []ReceiptCheck
	check := func(field, label, said, typed string) {
		if said != "" && typed != "" {
			checks = append(checks, ReceiptCheck{field, label, said, typed, plainName(said) == plainName(typed)})
		}
	}
	if len(facts.Number) == shortInvoiceNumber && strings.HasSuffix(record.Number, facts.Number) {
		facts.Number = record.Number // entered with the code before it
	}
	check("invoice.number", "发票号码", facts.Number, record.Number)
	check("invoice.issued_on", "开票日期", string(facts.IssuedOn), string(record.IssuedOn))
	if facts.Amount != 0 {
		check("lines", "价税合计", facts.Amount.String(), record.Amount.String())
	}
	check("invoice.title", "发票抬头", facts.BuyerName, details.Title)
	check("invoice.tax_number", "纳税人识别号", facts.BuyerTaxNumber, details.TaxNumber)
	return checks
}

// shortInvoiceNumber is the length of a number that has an invoice code before it.
const shortInvoiceNumber = 8

// longestInvoiceNumber bounds an invoice's number: 20 digits for an electronic one, code and number of a paper one.
const longestInvoiceNumber = 30

// JudgeInvoiceIssue cleans what is entered when an invoice has come, or refuses it. The amount is compared with its order elsewhere.
func JudgeInvoiceIssue(issue InvoiceIssue) (InvoiceIssue, error) {
	issue.Number = strings.ToUpper(compact(issue.Number))
	switch {
	case issue.Number == "" || len(issue.Number) > longestInvoiceNumber || strings.Trim(issue.Number, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "":
		return issue, Refuse("invoice-number", "number", "发票号码不对。", "请填写发票上的号码，电子发票是 20 位数字。")
	case issue.IssuedOn.Time().IsZero():
		return issue, Refuse("invoice-date", "date", "开票日期不对。", "请照发票填写，例如 2022-05-24。")
	}
	return issue, nil
}

// JudgeInvoiceProfile cleans invoice details that are to be remembered, or refuses them with what is wrong. Only type and title are needed.
func JudgeInvoiceProfile(profile InvoiceProfile) (InvoiceProfile, error) {
	profile.Invoice = CleanInvoice(profile.Invoice.Details())
	if profile.Name = CleanText(profile.Name); profile.Name == "" {
		profile.Name = profile.Invoice.Title
	}
	if len([]rune(profile.Name)) > MaxShortText {
		return profile, Refuse("invoice-profile-name", "name", "名称太长。", "请用短一些的名称。")
	}
	for _, problem := range JudgeInvoice(profile.Invoice, Payee{}) {
		missing := strings.HasSuffix(problem.Code, "-missing")
		if problem.Level == LevelError && (!missing || problem.Where.Field == "title" || problem.Where.Field == "type") {
			return profile, problem
		}
	}
	return profile, nil
}

// Details gives what the form asks for, without what became of the invoice.
func (i Invoice) Details() Invoice {
	i.State, i.Number, i.IssuedOn, i.ReversedOn = "", "", "", ""
	return i
}
