package sqlite

import (
	"fmt"

	"peixun/data"
)

const (
	orderTotal         = "(SELECT coalesce(sum(amount), 0) FROM order_line l WHERE l.order_id = o.id)"
	orderOrganizations = "(SELECT coalesce(group_concat(organization_path, '、'), '') FROM (SELECT organization_path FROM order_line l WHERE l.order_id = o.id ORDER BY position))"
	invoiceState       = `CASE (SELECT CASE WHEN reversed_on IS NULL THEN 1 WHEN refilled_at IS NULL THEN 0 END FROM invoice_issue i WHERE i.order_id = o.id ORDER BY i.id DESC LIMIT 1)
		WHEN 1 THEN '已开票' WHEN 0 THEN '已红冲' ELSE CASE v.title WHEN '' THEN '未填写' ELSE '已填写' END END`
	orderBatch    = "coalesce((SELECT b.number FROM card_batch b WHERE b.order_id = o.id), '')"
	orderInvoiced = "coalesce((SELECT i.issued_on FROM invoice_issue i WHERE i.order_id = o.id AND i.reversed_on IS NULL), '')"
)

func orderFilter(q data.OrderQuery) *where {
	w := &where{}
	if q.Text != "" {
		pattern := likeWord(q.Text)
		w.and(`(o.number LIKE ? ESCAPE '\' OR o.applicant LIKE ? ESCAPE '\' OR o.transaction_number LIKE ? ESCAPE '\' OR `+orderBatch+` LIKE ? ESCAPE '\'
			OR EXISTS (SELECT 1 FROM invoice_issue i WHERE i.order_id = o.id AND i.number LIKE ? ESCAPE '\') OR `+orderOrganizations+` LIKE ? ESCAPE '\')`,
			pattern, pattern, pattern, pattern, pattern, pattern)
	}
	if q.PlanID != 0 {
		w.and("o.plan_id = ?", q.PlanID)
	}
	if q.Review != "" {
		w.and("o.review = ?", string(q.Review))
	}
	if q.Invoice != "" {
		w.and(invoiceState+" = ?", string(q.Invoice))
	}
	if q.Mode != "" {
		w.and("o.mode = ?", string(q.Mode))
	}
	if q.OrganizationID != 0 {
		w.and("EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.organization_id IN ("+fmt.Sprintf(below, "?")+"))", q.OrganizationID)
	}
	if q.PaidFrom != "" {
		w.and("o.paid_at >= ?", string(q.PaidFrom))
	}
	if q.PaidTo != "" {
		w.and("o.paid_at <> '' AND substr(o.paid_at, 1, 10) <= ?", string(q.PaidTo))
	}
	if q.Month != "" {
		w.and("substr(o.applied_at, 1, 7) = ?", q.Month)
	}
	return w
}

const orderTables = " FROM payment_order o JOIN plan p ON p.id = o.plan_id JOIN invoice v ON v.order_id = o.id"

var orderOrder = sortKeys{
	"number": {"o.number"}, "applied": {"o.applied_at"}, "reviewed": {"o.reviewed_at"}, "amount": {orderTotal},
	"paid": {"o.paid_at"}, "review": {"o.review"}, "invoice": {invoiceState}, "plan": {"p.year"},
}

// OrderIDs lists the keys of the orders that a query finds, in its order; the newest first where it names none.
func (t *Tx) OrderIDs(q data.OrderQuery) ([]int64, error) {
	w := orderFilter(q)
	return t.ids("SELECT o.id"+orderTables+w.text()+orderBy(orderOrder, q.Sort, q.Descending, "o.id DESC"), w.arguments...)
}

// OrderRows reads the orders of ids in that order, as 银行转账凭证 lists them.
func (t *Tx) OrderRows(ids []int64) ([]data.OrderRow, error) {
	found := make([]data.OrderRow, 0, len(ids))
	for _, id := range ids {
		var r data.OrderRow
		err := t.one("SELECT o.id, o.number, p.name, o.applied_at, o.reviewed_at, o.applicant, o.applicant_unit, "+orderTotal+
			", o.paid_at, o.review, "+invoiceState+", v.type, o.mode, "+orderOrganizations+", "+orderBatch+
			", o.created_at, o.transaction_number, o.invoice_requested_at, "+orderInvoiced+orderTables+" WHERE o.id = ?", []any{id},
			&r.ID, &r.Number, &r.PlanName, &r.AppliedAt, &r.ReviewedAt, &r.Applicant, &r.ApplicantUnit, &r.Total,
			&r.PaidAt, &r.Review, &r.InvoiceState, &r.InvoiceType, &r.Mode, &r.Organizations, &r.BatchNumber, &r.CreatedAt,
			&r.Transaction, &r.InvoiceRequestedAt, &r.InvoiceIssuedOn)
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, nil
}

// OrderTotals counts the orders that a query finds and sums them. What void orders would have paid is in no sum, unless nothing else
// is asked for.
func (t *Tx) OrderTotals(q data.OrderQuery) (data.OrderTotals, error) {
	var totals data.OrderTotals
	w := orderFilter(q)
	sum := func(review string) string {
		return "coalesce(sum(CASE WHEN o.review " + review + " THEN " + orderTotal + " ELSE 0 END), 0)"
	}
	counted := "<> '作废'"
	if q.Review == data.ReviewVoid {
		counted = "= '作废'"
	}
	err := t.one("SELECT count(*), "+sum(counted)+", "+sum("= '待审核'")+", "+sum("= '审核通过'")+
		", coalesce(sum((SELECT sum(b.used) FROM card_batch b WHERE b.order_id = o.id)), 0)"+orderTables+w.text(), w.arguments,
		&totals.Count, &totals.Total, &totals.Waiting, &totals.Approved, &totals.Used)
	return totals, err
}
