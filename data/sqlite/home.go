package sqlite

import (
	"fmt"

	"peixun/data"
)

// Home sums what 首页 shows of one plan.
func (t *Tx) Home(plan data.Plan) (data.Home, error) {
	h := data.Home{Plan: plan}
	var paidFor int
	for _, part := range []struct {
		query     string
		arguments []any
		into      []any
	}{
		{"SELECT count(*), coalesce(sum(status = '启用'), 0), coalesce(sum(status = '启用' AND sealed_mobile IS NULL), 0) FROM trainee WHERE merged_into IS NULL", nil,
			[]any{&h.Trainees, &h.Enabled, &h.Incomplete}},
		{`SELECT count(*), coalesce(sum(review = '草稿'), 0), coalesce(sum(CASE WHEN review NOT IN ('草稿', '待提交', '审核驳回') THEN total END), 0),
			coalesce(sum(CASE WHEN review NOT IN ('草稿', '待提交', '审核驳回') THEN people END), 0),
			coalesce(sum(review = '待审核'), 0), coalesce(sum(CASE WHEN review = '待审核' THEN total END), 0), coalesce(min(CASE WHEN review = '待审核' THEN applied_at END), ''),
			coalesce(sum(CASE WHEN review = '审核通过' THEN total END), 0)
			FROM (SELECT o.review, o.applied_at, ` + orderTotal + ` AS total, (SELECT coalesce(sum(people), 0) FROM order_line l WHERE l.order_id = o.id) AS people
				FROM payment_order o WHERE o.plan_id = ? AND o.review <> '作废')`, []any{plan.ID},
			[]any{&h.Orders, &h.Drafts, &h.Paid, &paidFor, &h.Waiting, &h.WaitingSum, &h.WaitingFrom, &h.Approved}},
		{`SELECT count(*), coalesce(sum(` + orderTotal + `), 0), coalesce(min(o.reviewed_at), '') FROM payment_order o WHERE o.plan_id = ? AND o.review = '审核通过'
			AND NOT EXISTS (SELECT 1 FROM invoice_issue i WHERE i.order_id = o.id AND i.reversed_on IS NULL)`, []any{plan.ID},
			[]any{&h.Uninvoiced, &h.UninvoicedSum, &h.UninvoicedFrom}},
		{`SELECT coalesce(sum(b.used), 0), coalesce(sum(b.face - b.used), 0) FROM card_batch b JOIN payment_order o ON o.id = b.order_id WHERE o.plan_id = ?`, []any{plan.ID},
			[]any{&h.Recharged, &h.Left}},
		{`SELECT coalesce(sum(charged > 0), 0), coalesce(sum(status = '启用' AND charged = 0), 0) FROM (SELECT p.status, coalesce((SELECT sum(e.amount) FROM recharge_entry e
			JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id WHERE e.trainee_id = p.id AND o.plan_id = ?), 0) AS charged FROM trainee p)`,
			[]any{plan.ID}, []any{&h.RechargedTo, &h.Uncharged}},
		{`SELECT count(*), coalesce(sum(total >= ?), 0) FROM (SELECT sum(h.hours) AS total
			FROM offline_hours h JOIN trainee p ON p.id = h.trainee_id AND p.status = '启用' WHERE h.plan_id = ? GROUP BY h.trainee_id)`,
			[]any{int64(plan.Target), plan.ID}, []any{&h.WithHours, &h.Reached}},
		{`SELECT count(*) FROM letter l JOIN payment_order o ON o.id = l.order_id WHERE o.plan_id = ? AND l.state <> '已作废'`, []any{plan.ID}, []any{&h.Letters}},
	} {
		if err := t.one(part.query, part.arguments, part.into...); err != nil {
			return h, fmt.Errorf("home: %w", err)
		}
	}
	h.Unpaid = max(0, h.Enabled-paidFor)
	return h, t.homeMonths(&h)
}

// homeMonths sums payments by 转账时间, recharges by their time, and people by the day on which their hours reached the target.
func (t *Tx) homeMonths(h *data.Home) error {
	months := map[string]int{}
	for month := 1; month <= 12; month++ {
		name := fmt.Sprintf("%04d-%02d", h.Plan.Year, month)
		months[name] = len(h.Months)
		h.Months = append(h.Months, data.HomeMonth{Month: name})
	}
	for _, series := range []struct {
		query     string
		arguments []any
		into      func(*data.HomeMonth) any
	}{
		{"SELECT substr(o.paid_at, 1, 7), sum(" + orderTotal + ") FROM payment_order o WHERE o.plan_id = ? AND o.review IN ('已报盘', '待审核', '审核通过') GROUP BY 1",
			[]any{h.Plan.ID}, func(m *data.HomeMonth) any { return &m.Paid }},
		{"SELECT substr(e.at, 1, 7), sum(e.amount) FROM recharge_entry e JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id WHERE o.plan_id = ? GROUP BY 1",
			[]any{h.Plan.ID}, func(m *data.HomeMonth) any { return &m.Recharged }},
		{`SELECT substr(min(ends_on), 1, 7), count(*) FROM (SELECT h.trainee_id, h.ends_on, sum(h.hours) OVER (PARTITION BY h.trainee_id ORDER BY h.ends_on, h.id) AS reached
				FROM offline_hours h JOIN trainee p ON p.id = h.trainee_id AND p.status = '启用' WHERE h.plan_id = ?)
			WHERE reached >= ? GROUP BY trainee_id`, []any{h.Plan.ID, int64(h.Plan.Target)}, nil},
	} {
		err := t.each(series.query, series.arguments, func(scan func(...any) error) error {
			var name string
			var value int64
			if err := scan(&name, &value); err != nil {
				return err
			}
			place, ok := months[name]
			switch {
			case !ok:
			case series.into == nil:
				h.Months[place].Reached++
			default:
				*series.into(&h.Months[place]).(*data.Money) = data.Money(value)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("home months: %w", err)
		}
	}
	return nil
}
