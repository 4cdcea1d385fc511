package sqlite

import (
	"database/sql"
	"slices"

	"peixun/data"
)

// Books reads the five books as they stand on a day, every year of them.
func (t *Tx) Books(today data.Date) (data.Books, error) {
	books := data.Books{Today: today}
	var err error
	for _, read := range []func() error{
		func() error { books.Lines, err = t.StatementLines("", ""); return err },
		func() error { books.Matches, err = t.Matches(); return err },
		func() error { books.Aside, err = t.linesAside(); return err },
		func() error { books.Orders, err = t.bookOrders(); return err },
		func() error { books.Batches, err = t.Batches(); return err },
		func() error { books.Entries, err = t.bookEntries(); return err },
		func() error { books.Invoices, err = t.bookInvoices(); return err },
	} {
		if err := read(); err != nil {
			return data.Books{}, err
		}
	}
	dead := map[int64]bool{}
	for _, order := range books.Orders {
		dead[order.ID] = !order.Live()
	}
	// A void order was not paid, whatever was settled before.
	books.Matches = slices.DeleteFunc(books.Matches, func(m data.Match) bool {
		return slices.ContainsFunc(m.Orders, func(id int64) bool { return dead[id] })
	})
	return books, nil
}

func (t *Tx) bookOrders() ([]data.BookOrder, error) {
	vouchers := map[int64][]string{}
	err := t.each("SELECT order_id, sha256 FROM voucher ORDER BY id", nil, func(scan func(...any) error) error {
		var id int64
		var sum string
		err := scan(&id, &sum)
		vouchers[id] = append(vouchers[id], sum)
		return err
	})
	if err != nil {
		return nil, err
	}
	var found []data.BookOrder
	err = t.each(`SELECT o.id, o.number, p.name, o.mode, o.review, o.reviewed_at, o.paid_at, o.transaction_number, o.payee_name, o.payee_account,
			o.created_at, o.sealed_payer_account, (SELECT sum(l.amount) FROM order_line l WHERE l.order_id = o.id),
			`+orderOrganizations+`
		FROM payment_order o JOIN plan p ON p.id = o.plan_id ORDER BY o.id`, nil, func(scan func(...any) error) error {
		var o data.BookOrder
		var sealed []byte
		var amount sql.NullInt64
		err := scan(&o.ID, &o.Number, &o.Plan, &o.Mode, &o.Review, &o.ReviewedAt, &o.PaidAt, &o.Transaction, &o.PayeeName, &o.PayeeAccount, &o.CreatedAt, &sealed, &amount, &o.Payer)
		if err != nil {
			return err
		}
		o.Amount, o.Vouchers = data.Money(amount.Int64), vouchers[o.ID]
		o.PayerAccount, err = t.open(sealed, "payment_order", o.ID, "payer_account")
		found = append(found, o)
		return err
	})
	return found, err
}

// bookEntries sums what every person has from every batch.
func (t *Tx) bookEntries() ([]data.BookEntry, error) {
	var found []data.BookEntry
	err := t.each(`SELECT e.batch_id, e.trainee_id, p.name, p.status = '停用', sum(e.amount) FROM recharge_entry e JOIN trainee p ON p.id = e.trainee_id
		GROUP BY e.batch_id, e.trainee_id HAVING sum(e.amount) <> 0`, nil, func(scan func(...any) error) error {
		var e data.BookEntry
		err := scan(&e.BatchID, &e.TraineeID, &e.Name, &e.Disabled, &e.Amount)
		found = append(found, e)
		return err
	})
	return found, err
}

func (t *Tx) bookInvoices() ([]data.BookInvoice, error) {
	var found []data.BookInvoice
	err := t.each("SELECT order_id, number, amount FROM invoice_issue WHERE reversed_on IS NULL ORDER BY id", nil, func(scan func(...any) error) error {
		var i data.BookInvoice
		err := scan(&i.OrderID, &i.Number, &i.Amount)
		found = append(found, i)
		return err
	})
	return found, err
}
