package sqlite

import "peixun/data"

// movementsOf gives every movement of data.Accounts: batches against recharges, and orders that were said to be paid against
// invoices. A reversal counts on its own day.
const movementsOf = `
	SELECT ?1, substr(created_at, 1, 10), face, 0 FROM card_batch
	UNION ALL SELECT ?1, substr(at, 1, 10), 0, amount FROM recharge_entry
	UNION ALL SELECT ?2, substr(o.paid_at, 1, 10), (SELECT coalesce(sum(l.amount), 0) FROM order_line l WHERE l.order_id = o.id), 0
		FROM payment_order o WHERE o.review IN ('已报盘', '待审核', '审核通过') AND o.paid_at <> ''
	UNION ALL SELECT ?2, issued_on, 0, amount FROM invoice_issue
	UNION ALL SELECT ?2, reversed_on, 0, -amount FROM invoice_issue WHERE reversed_on IS NOT NULL`

// Movements reads what moved the accounts between the unit and the platform, in no order.
func (t *Tx) Movements() ([]data.Movement, error) {
	var found []data.Movement
	err := t.each(movementsOf, []any{string(data.AccountCards), string(data.AccountInvoices)}, func(scan func(...any) error) error {
		var m data.Movement
		err := scan(&m.Account, &m.On, &m.Added, &m.Taken)
		found = append(found, m)
		return err
	})
	return found, err
}
