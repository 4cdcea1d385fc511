package sqlite

import (
	"database/sql"

	"peixun/data"
)

// OrderFacts gives a fact for every line of every order that is not void, for the figures of data.ReportOrders.
// A line's month is that of its order's payment, else of its making.
func (t *Tx) OrderFacts() ([]data.Fact, error) {
	return t.facts(`SELECT o.id, substr(CASE o.paid_at WHEN '' THEN o.created_at ELSE o.paid_at END, 1, 7), p.name, l.organization_id, o.mode, o.review,
			1, l.people, l.amount, CASE o.review WHEN '审核通过' THEN l.amount ELSE 0 END,
			CASE WHEN EXISTS (SELECT 1 FROM invoice_issue i WHERE i.order_id = o.id AND i.reversed_on IS NULL) THEN l.amount ELSE 0 END
		FROM order_line l JOIN payment_order o ON o.id = l.order_id JOIN plan p ON p.id = o.plan_id
		WHERE o.review <> '作废' ORDER BY o.id, l.position`, data.ReportOrders)
}

// RechargeFacts gives a fact for every line of 充值明细, for the figures of data.ReportRecharges.
func (t *Tx) RechargeFacts() ([]data.Fact, error) {
	return t.facts(`SELECT e.id, substr(e.at, 1, 7), p.name, n.organization_id, o.mode, CASE WHEN e.amount < 0 THEN '冲正' ELSE '充值' END,
			1, e.amount, CASE WHEN e.amount < 0 THEN e.amount ELSE 0 END
		FROM recharge_entry e JOIN trainee n ON n.id = e.trainee_id JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id
			JOIN plan p ON p.id = o.plan_id ORDER BY e.id`, data.ReportRecharges)
}

// HoursFacts gives a fact for every record of offline hours, for the figures of data.ReportHours. Its month is that of its beginning.
func (t *Tx) HoursFacts() ([]data.Fact, error) {
	return t.facts(`SELECT h.id, substr(h.starts_on, 1, 7), p.name, n.organization_id, '', '', 1, h.hours
		FROM offline_hours h JOIN trainee n ON n.id = h.trainee_id JOIN plan p ON p.id = h.plan_id ORDER BY h.id`, data.ReportHours)
}

// PlanFacts gives a fact for every enabled trainee and each of the plans, or one plan where planID is not 0, for the figures of data.ReportPlan.
func (t *Tx) PlanFacts(planID int64) ([]data.Fact, error) {
	return t.facts(`SELECT n.id, '', p.name, n.organization_id, '', '', 1,
			coalesce((SELECT sum(e.amount) > 0 FROM recharge_entry e JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id
				WHERE e.trainee_id = n.id AND o.plan_id = p.id), 0),
			coalesce(h.hours, 0), coalesce(h.hours, 0) >= p.target
		FROM plan p JOIN trainee n ON n.status = '启用'
			LEFT JOIN (SELECT trainee_id, plan_id, sum(hours) AS hours FROM offline_hours GROUP BY trainee_id, plan_id) h ON h.trainee_id = n.id AND h.plan_id = p.id
		WHERE ?1 = 0 OR p.id = ?1 ORDER BY p.year DESC, p.id, n.id`, data.ReportPlan, planID)
}

func (t *Tx) facts(query string, kind data.ReportKind, arguments ...any) ([]data.Fact, error) {
	var found []data.Fact
	width := len(kind.Figures())
	figures := make([]sql.NullInt64, width)
	err := t.each(query, arguments, func(scan func(...any) error) error {
		fact := data.Fact{Figures: make([]int64, width)}
		into := []any{&fact.ID, &fact.Month, &fact.Plan, &fact.OrganizationID, &fact.Mode, &fact.State}
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
