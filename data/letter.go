package data

import "slices"

// ConfirmationLetter is a 确认书: a snapshot of what it says. A change afterwards voids it and makes a new number.
type ConfirmationLetter struct {
	ID        int64
	Number    string  // QR-2022-0001
	OrderIDs  []int64 // the orders that it covers, the oldest first
	CreatedAt Moment
	State     LetterState
	SHA256    string // of the PDF
	Content   LetterContent
}

// LetterState is where a letter stands in the register.
type LetterState string

const (
	LetterMade     LetterState = "已生成"
	LetterPrinted  LetterState = "已打印"
	LetterStamped  LetterState = "已盖章"
	LetterSent     LetterState = "已寄出"
	LetterReturned LetterState = "已回签"
	LetterVoid     LetterState = "已作废"
)

// Covers tells whether the letter is about an order.
func (l ConfirmationLetter) Covers(orderID int64) bool { return slices.Contains(l.OrderIDs, orderID) }

// LetterList is what a letter says of the people whom it is for.
type LetterList string

const (
	ListNone   LetterList = ""   // only how many they are
	ListMasked LetterList = "隐藏" // each, with the identity number masked
	ListWhole  LetterList = "完整" // each, with the whole number; asks for a reason
)

// LetterRequest asks for a letter on one order or several of one plan.
type LetterRequest struct {
	OrderIDs []int64
	List     LetterList
	Reason   string // why whole numbers are needed, for 操作日志
}

// LetterSettings are what a unit chooses once for all its letters. Empty blocks of text stand for the default wording.
type LetterSettings struct {
	Text      LetterText
	Recipient string // one of LetterRecipients, or the unit's own word
	// SendWithin and ReturnWithin are after how many days 首页 reminds of a letter that was made and not sent, and of one that
	// was sent and did not come back.
	SendWithin, ReturnWithin int
}

// DefaultSendWithin and DefaultReturnWithin are our assumption, in days; the longest that one can choose is a year.
const (
	DefaultSendWithin   = 7
	DefaultReturnWithin = 30
	LongestWithin       = 366
)

// LetterRecipients are the recipients that the manual names, in two of its places.
var LetterRecipients = []string{"北京专技组", "北京组"}

// LetterContent is everything that the paper shows.
type LetterContent struct {
	Number        string
	Date          Date
	Unit          string
	USCC          string
	UnitAddress   string
	Contact       string // the administrator's name
	Telephone     string
	PlanName      string
	PlanNumber    string
	PlanYear      int
	Price         Money // per person, 0: not known
	Categories    []LetterCategory
	Orders        []LetterOrder
	Payee         Payee
	LetterPayment // of every order; empty where they differ
	Mailing       MailingAddress
	Text          LetterText
	Listed        []LetterPerson // empty where the letter only counts them
}

// LetterCategory counts the people of one 人员类别.
type LetterCategory struct {
	Name   string
	People int
}

// LetterPerson is one line of a letter's list of people.
type LetterPerson struct {
	Name         string
	IDNumber     string // as it is printed: masked, or whole where a reason was given
	Category     string
	Organization string // the path below the root
}

// LetterOrder is one order on the letter with its lines.
type LetterOrder struct {
	Number     string
	Mode       PaymentMode
	PaidAt     Moment
	ReviewedAt Moment
	Lines      []OrderLine
	// Payment is the order's own where the letter's orders differ in it.
	LetterPayment
}

// LetterPayment is from which account an order is paid and who gets the invoice.
type LetterPayment struct {
	PayerBank    string
	PayerAccount string
	InvoiceTitle string
	InvoiceType  InvoiceType
	TaxNumber    string
	InvoiceNo    string
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
