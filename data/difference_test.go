package data

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

const unitAccount = "01090303500120111017"

// soundYear makes a unit's year in which all five books agree: 3 plans, 40 organisations' 5,000 people, 300 orders paid, approved,
// recharged and invoiced, and 12 months of bank lines with other payments among them. Equal amounts never lie close together, so that
// every payment can be settled without asking.
func soundYear(seed uint64) Books {
	random := rand.New(rand.NewPCG(seed, 7))
	books := Books{Today: "2022-12-31"}
	taken := map[Money][]int{} // days of orders by amount
	for id := int64(1); id <= 300; id++ {
		day, amount := drawPayment(random, taken)
		order := BookOrder{PayableOrder: paidOrder(id, amount, day), Plan: []string{"2020", "2021", "2022"}[random.IntN(3)], Mode: PayFirst,
			Review: ReviewApproved, ReviewedAt: Moment(day + " 15:00:00"), PayerAccount: unitAccount, Vouchers: []string{fmt.Sprintf("sha-%d", id)}}
		line := paymentLine(id, amount, day, payeeName, payeeNumber)
		line.Account = unitAccount
		books.Orders, books.Lines = append(books.Orders, order), append(books.Lines, line)
		books.Batches = append(books.Batches, CardBatch{ID: id, Number: fmt.Sprintf("XK-%d", id), OrderID: id, Face: amount})
		books.Invoices = append(books.Invoices, BookInvoice{OrderID: id, Number: fmt.Sprintf("2211%d", id), Amount: amount})
		for range int(amount / 40_00) {
			books.Entries = append(books.Entries, BookEntry{BatchID: id, TraineeID: int64(1 + random.IntN(5000)), Name: "学员", Amount: 40_00})
		}
	}
	for id := int64(1001); id <= 2000; id++ {
		other := paymentLine(id, Money(1+random.IntN(2_000_000)), fmt.Sprintf("2022-%02d-%02d", 1+random.IntN(12), 1+random.IntN(28)), "某某商贸公司", "6666")
		if random.IntN(2) == 0 {
			other.In, other.Out = other.Out, 0
		}
		if amountTaken(taken, other.Out, other.At.Date()) {
			other.Out++ // an amount that no order has: orders are whole multiples of a price
		}
		books.Lines = append(books.Lines, other)
	}
	return books
}

func drawPayment(random *rand.Rand, taken map[Money][]int) (day string, amount Money) {
	for {
		day = fmt.Sprintf("2022-%02d-%02d", 1+random.IntN(10), 1+random.IntN(28))
		amount = Money(1+random.IntN(150)) * 40_00
		if !amountTaken(taken, amount, Date(day)) {
			taken[amount] = append(taken[amount], dayNumber(Date(day)))
			return day, amount
		}
	}
}

func amountTaken(taken map[Money][]int, amount Money, day Date) bool {
	return slices.ContainsFunc(taken[amount], func(other int) bool {
		return max(other-dayNumber(day), dayNumber(day)-other) <= 2*amountDays
	})
}

// settle takes over what is certain, as the program does.
func (b *Books) settle() {
	orders := make([]PayableOrder, len(b.Orders))
	for place, order := range b.Orders {
		orders[place] = order.PayableOrder
	}
	b.Matches = MatchPayments(b.Lines, orders, nil).Certain
}

// plants spoil the books at an order of their own, which is neither its line's nor another's neighbour in any book.
var plants = map[DifferenceClass]func(b *Books, order int64){
	PaidWithoutOrder: func(b *Books, id int64) { b.drop(id); b.keepLine(id) },
	OrderNotPaid: func(b *Books, id int64) {
		b.dropLine(id)
		b.dropInvoice(id)
		b.order(id).ReviewedAt = "2022-12-20 09:00:00"
	},
	AmountDiffers:        func(b *Books, id int64) { b.line(id).Out += 1_00 },
	PayerDiffers:         func(b *Books, id int64) { b.line(id).Account = "99990000" },
	PayeeDiffers:         func(b *Books, id int64) { b.line(id).Number, b.line(id).Name = "88887777", "另一家公司" },
	VoucherTwice:         func(b *Books, id int64) { b.order(id).Vouchers = []string{"sha-300"} },
	ApprovedWithoutBatch: func(b *Books, id int64) { b.dropBatch(id) },
	BatchDiffers:         func(b *Books, id int64) { b.batch(id).Face += 40_00 },
	RechargedTooMuch:     func(b *Books, id int64) { b.entry(id).Amount += 40_00 },
	RechargedDisabled:    func(b *Books, id int64) { b.entry(id).Disabled = true },
	InvoiceDiffers:       func(b *Books, id int64) { b.invoice(id).Amount -= 1_00 },
	InvoiceLate:          func(b *Books, id int64) { b.dropInvoice(id); b.order(id).ReviewedAt = "2022-06-01 09:00:00" },
	InvoiceTwice:         func(b *Books, id int64) { b.invoice(id).Number = "2211300" },
	InvoicedUnpaid: func(b *Books, id int64) {
		b.dropLine(id)
		b.dropBatch(id)
		order := b.order(id)
		order.Mode, order.Review, order.PaidAt, order.ReviewedAt = InvoiceFirst, ReviewDraft, "", ""
	},
}

func find[T any](items []T, is func(*T) bool) *T {
	for place := range items {
		if is(&items[place]) {
			return &items[place]
		}
	}
	return nil
}

func (b *Books) order(id int64) *BookOrder {
	return find(b.Orders, func(o *BookOrder) bool { return o.ID == id })
}
func (b *Books) line(id int64) *BankStatementLine {
	return find(b.Lines, func(l *BankStatementLine) bool { return l.ID == id })
}
func (b *Books) batch(id int64) *CardBatch {
	return find(b.Batches, func(c *CardBatch) bool { return c.OrderID == id })
}
func (b *Books) entry(id int64) *BookEntry {
	return find(b.Entries, func(e *BookEntry) bool { return e.BatchID == id })
}
func (b *Books) invoice(id int64) *BookInvoice {
	return find(b.Invoices, func(i *BookInvoice) bool { return i.OrderID == id })
}

func (b *Books) dropLine(id int64) {
	b.Lines = slices.DeleteFunc(b.Lines, func(l BankStatementLine) bool { return l.ID == id })
}
func (b *Books) dropInvoice(id int64) {
	b.Invoices = slices.DeleteFunc(b.Invoices, func(i BookInvoice) bool { return i.OrderID == id })
}
func (b *Books) dropBatch(id int64) {
	b.Batches = slices.DeleteFunc(b.Batches, func(c CardBatch) bool { return c.OrderID == id })
	b.Entries = slices.DeleteFunc(b.Entries, func(e BookEntry) bool { return e.BatchID == id })
}
func (b *Books) drop(id int64) {
	b.dropBatch(id)
	b.dropInvoice(id)
	b.Orders = slices.DeleteFunc(b.Orders, func(o BookOrder) bool { return o.ID == id })
}

// keepLine is what a plant says that leaves the bank's line where it is.
func (b *Books) keepLine(int64) {}

func TestSoundBooksAgree(t *testing.T) {
	for seed := range uint64(20) {
		books := soundYear(seed)
		books.settle()
		if found := books.Differences(); len(found) != 0 {
			t.Fatalf("seed %d: %d differences, the first %+v", seed, len(found), found[0])
		}
	}
}

// apartOrders gives orders in random order whose days lie so far apart that one's mistake is not another's.
// Order 300 is left out: it keeps the voucher and the invoice that others repeat.
func apartOrders(books Books, seed uint64) []int64 {
	var days []int
	var chosen []int64
	for _, place := range rand.New(rand.NewPCG(seed, 99)).Perm(299) {
		day := dayNumber(books.Orders[place].PaidAt.Date())
		if !slices.ContainsFunc(days, func(other int) bool { return max(day-other, other-day) <= nameDays }) {
			days, chosen = append(days, day), append(chosen, books.Orders[place].ID)
		}
	}
	return chosen
}

// TestEveryPlantedDifferenceIsFoundAndNoOther plants one mistake of every class in a year's books.
func TestEveryPlantedDifferenceIsFoundAndNoOther(t *testing.T) {
	for seed := range uint64(200) {
		books := soundYear(seed)
		planted := map[DifferenceClass]int64{}
		places := apartOrders(books, seed)
		for n, class := range DifferenceClasses {
			planted[class] = places[n]
			plants[class](&books, places[n])
		}
		books.settle()
		found := books.Differences()
		if len(found) != len(DifferenceClasses) {
			t.Fatalf("seed %d: %d differences: %+v", seed, len(found), found)
		}
		for place, class := range DifferenceClasses {
			d := found[place]
			at := max(d.OrderID, d.BatchID, d.LineID)
			if d.Class != class || class != VoucherTwice && class != InvoiceTwice && at != planted[class] || d.Explanation == "" || d.Fix == "" {
				t.Fatalf("seed %d: %s planted at %d, found %+v", seed, class, planted[class], d)
			}
		}
	}
}
