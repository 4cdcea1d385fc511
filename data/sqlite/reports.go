package sqlite

import (
	"database/sql"

	"peixun/data"
)

// handedOver are the reviews of an order by which the unit has said that it paid.
const handedOver = "('已报盘', '待审核', '审核通过')"

// OrderFacts gives, for the figures of data.ReportOrders, a fact for every line of every order that is not void, and one for every
// recharge from their batches. A line's day is that of its order's payment, else of its making; a draft's day may not be understood yet.
func (t *Tx) OrderFacts() ([]data.Fact, error) {
	return t.facts(`SELECT 'order', o.id, substr(CASE WHEN o.paid_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN o.paid_at ELSE o.created_at END, 1, 10),
			o.plan_id, l.organization_id, 0, o.mode, o.review,
			1, l.people, l.amount, iif(o.review IN `+handedOver+`, l.amount, 0), iif(o.review = '审核通过', l.amount, 0), 0,
			iif(EXISTS (SELECT 1 FROM invoice_issue i WHERE i.order_id = o.id AND i.reversed_on IS NULL), l.amount, 0)
		FROM order_line l JOIN payment_order o ON o.id = l.order_id WHERE o.review <> '作废'
		UNION ALL
		SELECT 'entry', e.id, substr(e.at, 1, 10), o.plan_id, n.organization_id, coalesce(n.payer_id, 0), o.mode, o.review, 0, 0, 0, 0, 0, e.amount, 0
		FROM recharge_entry e JOIN trainee n ON n.id = e.trainee_id JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id`,
		data.ReportOrders)
}

// RechargeFacts gives a fact for every line of 充值明细, for the figures of data.ReportRecharges. Its state is what its run did.
func (t *Tx) RechargeFacts() ([]data.Fact, error) {
	return t.facts(`SELECT 'entry', e.id, substr(e.at, 1, 10), o.plan_id, n.organization_id, coalesce(n.payer_id, 0), o.mode, r.kind,
			1, e.amount, iif(r.kind IN ('冲正', '平台退回'), e.amount, 0)
		FROM recharge_entry e JOIN recharge_run r ON r.id = e.run_id JOIN trainee n ON n.id = e.trainee_id JOIN card_batch b ON b.id = e.batch_id
			JOIN payment_order o ON o.id = b.order_id ORDER BY e.id`, data.ReportRecharges)
}

// HoursFacts gives a fact for every record of offline hours, for the figures of data.ReportHours. Its day is that of its beginning.
func (t *Tx) HoursFacts() ([]data.Fact, error) {
	return t.facts(`SELECT 'hours', h.id, h.starts_on, h.plan_id, n.organization_id, coalesce(n.payer_id, 0), '', '', 1, h.hours
		FROM offline_hours h JOIN trainee n ON n.id = h.trainee_id ORDER BY h.id`, data.ReportHours)
}

// PlanFacts gives, for the figures of data.ReportPlan, a fact for every enabled trainee in each of the plans, or one plan where planID
// is not 0, and one for every line of an order that was handed over.
func (t *Tx) PlanFacts(planID int64) ([]data.Fact, error) {
	return t.facts(`SELECT 'trainee', n.id, '', p.id, n.organization_id, coalesce(n.payer_id, 0), '', '', 1, 0, coalesce(c.amount > 0, 0), coalesce(h.hours, 0), coalesce(h.hours, 0) >= p.target
		FROM plan p JOIN trainee n ON n.status = '启用'
			LEFT JOIN (SELECT e.trainee_id, o.plan_id, sum(e.amount) AS amount FROM recharge_entry e JOIN card_batch b ON b.id = e.batch_id
				JOIN payment_order o ON o.id = b.order_id GROUP BY e.trainee_id, o.plan_id) c ON c.trainee_id = n.id AND c.plan_id = p.id
			LEFT JOIN (SELECT trainee_id, plan_id, sum(hours) AS hours FROM offline_hours GROUP BY trainee_id, plan_id) h ON h.trainee_id = n.id AND h.plan_id = p.id
		WHERE ?1 = 0 OR p.id = ?1
		UNION ALL
		SELECT 'order', o.id, '', o.plan_id, l.organization_id, 0, '', '', 0, l.people, 0, 0, 0
		FROM order_line l JOIN payment_order o ON o.id = l.order_id WHERE o.review IN `+handedOver+` AND (?1 = 0 OR o.plan_id = ?1)`, data.ReportPlan, planID)
}

func (t *Tx) facts(query string, kind data.ReportKind, arguments ...any) ([]data.Fact, error) {
	var found []data.Fact
	width := len(kind.Figures())
	figures := make([]sql.NullInt64, width)
	err := t.each(query, arguments, func(scan func(...any) error) error {
		fact := data.Fact{Figures: make([]int64, width)}
		into := []any{&fact.Record, &fact.ID, &fact.Day, &fact.PlanID, &fact.OrganizationID, &fact.PayerID, &fact.Mode, &fact.State}
		for place := range figures {
			into = append(into, &figures[place])
		}
		if err := scan(into...); err != nil {
			return err
		}
		for place, figure := range figures {
			fact.Figures[place] = figure.Int64
		}
		found = append(found, fact)
		return nil
	})
	return found, err
}

// reportTotals sum up, by kind, the tables that a report's facts come from, without anything that they name: the figures' keys, and a
// query that gives them in this order.
var reportTotals = map[data.ReportKind]struct {
	keys  []string
	query string
}{
	data.ReportOrders: {[]string{"lines", "people", "amount", "recharged"}, `SELECT count(*), sum(people), sum(amount), (SELECT sum(amount) FROM recharge_entry)
		FROM order_line WHERE order_id NOT IN (SELECT id FROM payment_order WHERE review = '作废')`},
	data.ReportRecharges: {[]string{"entries", "amount"}, "SELECT count(*), sum(amount) FROM recharge_entry"},
	data.ReportHours:     {[]string{"records", "hours"}, "SELECT count(*), sum(hours) FROM offline_hours"},
	data.ReportPlan:      {[]string{"expected"}, "SELECT (SELECT count(*) FROM plan) * (SELECT count(*) FROM trainee WHERE status = '启用')"},
}

// ReportTotals sums up what a report must come to where nothing is filtered, by the figures' keys; figures that depend on states are left out.
func (t *Tx) ReportTotals(kind data.ReportKind) (map[string]int64, error) {
	part := reportTotals[kind]
	sums := make([]sql.NullInt64, len(part.keys))
	var into []any
	for place := range sums {
		into = append(into, &sums[place])
	}
	totals := map[string]int64{}
	if err := t.one(part.query, nil, into...); err != nil {
		return nil, err
	}
	for place, key := range part.keys {
		totals[key] = sums[place].Int64
	}
	return totals, nil
}
