package data

// PaymentRequest is all that a 付款申请单 shows: the page that asks a unit's own finance office for an order's transfer.
type PaymentRequest struct {
	OrderNumber string
	Date        Date // the day on which it was asked for
	Unit        string
	Department  string // the administrator's
	RequestedBy string
	Telephone   string
	PlanName    string
	PlanNumber  string
	PlanYear    int
	Mode        PaymentMode
	Lines       []OrderLine
	Payee       Payee
	PayerBank   string // blank where it is not known yet
	// PayerAccount is whole: the paper goes to the office that owns the account.
	PayerAccount string
	// Remark is the suggested 附言, by which the platform's reviewers recognise the transfer.
	Remark       string
	InvoiceTitle string
	InvoiceType  InvoiceType
	TaxNumber    string
	// InvoiceNumber and InvoiceIssuedOn are known beforehand only in 先开票后缴费.
	InvoiceNumber   string
	InvoiceIssuedOn Date
	// Signatures are the titles of the boxes to be signed, in their order.
	Signatures []string
}

// RequestSignatures are the boxes that a 付款申请单 usually has. They are our assumption.
var RequestSignatures = []string{"经办人", "部门负责人", "财务审核", "单位负责人"}

// Total is the amount to be transferred, in 分; Money.Capitals writes it in capitals.
func (r PaymentRequest) Total() Money {
	var total Money
	for _, line := range r.Lines {
		total += line.Amount
	}
	return total
}

// People counts the people who are paid for.
func (r PaymentRequest) People() int {
	people := 0
	for _, line := range r.Lines {
		people += line.People
	}
	return people
}
