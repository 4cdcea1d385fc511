package data

// ConfirmationLetter is a 确认书: a snapshot of what it says. A change afterwards voids it and makes a new number.
type ConfirmationLetter struct {
	ID        int64
	Number    string // QR-2022-0001
	OrderID   int64
	CreatedAt Moment
	State     LetterState
	SHA256    string // of the PDF
	Content   LetterContent
}

// LetterState is where a letter stands in the register.
type LetterState string

const (
	LetterMade LetterState = "已生成"
	LetterVoid LetterState = "已作废"
)

// LetterContent is everything that the paper shows.
type LetterContent struct {
	Number       string
	Date         Date
	Unit         string
	USCC         string
	UnitAddress  string
	Contact      string // the administrator's name
	Telephone    string
	PlanName     string
	PlanNumber   string
	PlanYear     int
	Orders       []LetterOrder
	Payee        Payee
	PayerBank    string
	PayerAccount string
	InvoiceTitle string
	InvoiceType  InvoiceType
	TaxNumber    string
	InvoiceNo    string
	Mailing      MailingAddress
	Text         LetterText
}

// LetterOrder is one order on the letter with its lines.
type LetterOrder struct {
	Number     string
	Mode       PaymentMode
	PaidAt     Moment
	ReviewedAt Moment
	Lines      []OrderLine
}

// Total is the letter's amount in 分.
func (c LetterContent) Total() Money {
	var total Money
	for _, order := range c.Orders {
		for _, line := range order.Lines {
			total += line.Amount
		}
	}
	return total
}

// People counts the people on the letter.
func (c LetterContent) People() int {
	people := 0
	for _, order := range c.Orders {
		for _, line := range order.Lines {
			people += line.People
		}
	}
	return people
}

// LetterText is the wording, which nobody has published: every block can be edited.
type LetterText struct {
	Title       string // 确认书
	Opening     string
	Declaration string
	Closing     string
}
