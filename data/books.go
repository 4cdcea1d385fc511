package data

import (
	"strings"
	"unicode/utf8"
)

// Books are the five books that must agree, as they stand at one moment: bank lines, orders, batches, recharges, invoices (DOMAIN §9).
type Books struct {
	Today   Date
	Lines   []BankStatementLine
	Matches []Match // which lines paid which orders, as settled
	Orders  []BookOrder
	// Aside are lines that somebody put aside: they are none of the training's.
	Aside   map[int64]bool
	Batches []CardBatch
	Entries []BookEntry
	// Invoices that are not reversed (红冲).
	Invoices []BookInvoice
	// InvoiceDays is how long an approved order may wait for its invoice; 0 means DefaultInvoiceDays.
	InvoiceDays int
}

// DefaultInvoiceDays is our assumption; nobody says how soon the platform invoices.
const DefaultInvoiceDays = 60

// BookOrder is an order as the books see it.
type BookOrder struct {
	PayableOrder
	Plan         string
	Mode         PaymentMode
	Review       ReviewState
	ReviewedAt   Moment
	CreatedAt    Moment
	Payer        string // 骨科、急诊科
	PayerAccount string
	Vouchers     []string // the SHA-256 of each
}

// Live tells whether the order's money still counts: it is neither void nor refused.
func (o BookOrder) Live() bool { return o.Review != ReviewVoid && o.Review != ReviewRejected }

// Submitted tells whether the unit has said that it paid.
func (o BookOrder) Submitted() bool { return o.Review.booked() }

// Booked is BookOrder.Submitted of an order that is not read for the books.
func (o Order) Booked() bool { return o.Review.booked() }

func (s ReviewState) booked() bool {
	return s == ReviewSubmitted || s == ReviewApproved || s == ReviewPacked
}

// parties are names, folded, and accounts.
type parties map[string]bool

// payees are whom this training is paid to: the manual's payee, those of all orders, and the names under which banks wrote them.
func (b Books) payees() parties {
	found := parties{foldParty(DefaultPayee.Name): true, DefaultPayee.Account: true}
	for _, order := range b.Orders {
		found[foldParty(order.PayeeName)], found[bareAccount(order.PayeeAccount)] = true, true
	}
	delete(found, "")
	return found
}

// has tells whether the other side of a line is one of the parties.
func (p parties) has(line *BankStatementLine) bool {
	name := foldParty(line.Name)
	return p[name] || p[line.Number] || p.cut(name)
}

// cut tells whether a name is the beginning of a party's: banks cut long ones off.
func (p parties) cut(name string) bool {
	const shortest = 8 // characters, so that a firm's city and trade alone are none
	if utf8.RuneCountInString(name) < shortest {
		return false
	}
	for known := range p {
		if strings.HasPrefix(known, name) {
			return true
		}
	}
	return false
}

// BookEntry is what one person has from one batch, reversals counted.
type BookEntry struct {
	BatchID   int64
	TraineeID int64
	Name      string
	Disabled  bool
	Amount    Money
}

// BookInvoice is an invoice that stands.
type BookInvoice struct {
	OrderID int64
	Number  string
	Amount  Money
}

// DifferenceClass is a way in which the five books can disagree.
type DifferenceClass string

// The classes of DOMAIN §9, in its order.
const (
	PaidWithoutOrder     DifferenceClass = "已付款，没有订单"
	OrderNotPaid         DifferenceClass = "有订单，没有付款"
	AmountDiffers        DifferenceClass = "金额不一致"
	PayerDiffers         DifferenceClass = "付款账号不一致"
	PayeeDiffers         DifferenceClass = "收款账号不一致"
	VoucherTwice         DifferenceClass = "同一凭证用了两次"
	ApprovedWithoutBatch DifferenceClass = "审核通过，没有批次"
	BatchDiffers         DifferenceClass = "批次与订单金额不一致"
	RechargedTooMuch     DifferenceClass = "充值超过批次"
	RechargedDisabled    DifferenceClass = "给停用的人充了值"
	InvoiceDiffers       DifferenceClass = "发票与订单金额不一致"
	InvoiceLate          DifferenceClass = "审核通过很久，没有发票"
	InvoiceTwice         DifferenceClass = "发票号码重复"
	InvoicedUnpaid       DifferenceClass = "已开票，没有付款"
)

// DifferenceClasses lists the classes in DOMAIN's order.
var DifferenceClasses = []DifferenceClass{PaidWithoutOrder, OrderNotPaid, AmountDiffers, PayerDiffers, PayeeDiffers, VoucherTwice, ApprovedWithoutBatch,
	BatchDiffers, RechargedTooMuch, RechargedDisabled, InvoiceDiffers, InvoiceLate, InvoiceTwice, InvoicedUnpaid}

// Difference is one place where two books disagree.
type Difference struct {
	Class       DifferenceClass
	Explanation string // what disagrees, in words
	Fix         string // where and how to mend it
	// One and Other are the two figures, in 分, where the class compares amounts.
	One, Other Money
	// The places that disagree; 0 where the class has none.
	LineID, OrderID, BatchID, TraineeID int64
	// Month is the one that the first of these places belongs to; "" where none has a day.
	Month Month
	// Accepted is why somebody lets the difference stand; "" where it is open.
	Accepted string
}

// Same tells whether two differences are one: of one class, at one place, with the same figures.
func (d Difference) Same(other Difference) bool {
	return d.Class == other.Class && d.LineID == other.LineID && d.OrderID == other.OrderID && d.BatchID == other.BatchID && d.TraineeID == other.TraineeID &&
		d.One == other.One && d.Other == other.Other
}

// Compares tells whether a class of differences compares two amounts; of others One alone may stand.
func (c DifferenceClass) Compares() bool {
	return c == AmountDiffers || c == BatchDiffers || c == RechargedTooMuch || c == InvoiceDiffers
}
