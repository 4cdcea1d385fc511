package sqlite

import (
	"strings"

	"peixun/data"
)

// LearningYears tells what is recorded of somebody for every plan, the newest plan first.
func (t *Tx) LearningYears(traineeID int64) ([]data.LearningYear, error) {
	plans, err := t.Plans()
	if err != nil {
		return nil, err
	}
	years := make([]data.LearningYear, len(plans))
	for place, plan := range plans {
		year := &years[place]
		year.Plan = plan
		err := t.one(`SELECT coalesce(sum(iif(form = '网络', 0, hours)), 0), coalesce(sum(iif(form = '网络', hours, 0)), 0), count(*) FROM offline_hours
			WHERE trainee_id = ? AND plan_id = ?`, []any{traineeID, plan.ID}, &year.Offline, &year.Network, &year.Records)
		if err != nil {
			return nil, err
		}
		err = t.one(`SELECT coalesce(sum(e.amount), 0) FROM recharge_entry e JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id
			WHERE e.trainee_id = ? AND o.plan_id = ?`, []any{traineeID, plan.ID}, &year.Paid)
		if err != nil {
			return nil, err
		}
	}
	return years, nil
}

var learningOrder = sortKeys{
	"name": {"p.pinyin"}, "organization": {"g.position", "g.path", "p.pinyin"}, "hours": {"coalesce(h.hours, 0)"}, "missing": {"max(0, n.target - coalesce(h.hours, 0))"},
}

// Learning lists the keys of the enabled people whom a query finds, in its order, and sums them up. It fails with data.ErrNotFound where
// there is no such plan.
func (t *Tx) Learning(q data.LearningQuery) ([]int64, data.LearningTotals, error) {
	var totals data.LearningTotals
	var target data.Hours
	if err := t.one("SELECT target FROM plan WHERE id = ?", []any{q.PlanID}, &target); err != nil {
		return nil, totals, err
	}
	w := &where{}
	w.and("p.status = '启用'")
	if q.Text != "" {
		pattern, spelled := likeWord(q.Text), likeWord(strings.ToLower(q.Text))
		w.and(`(p.name LIKE ? ESCAPE '\' OR p.pinyin LIKE ? ESCAPE '\' OR p.initials LIKE ? ESCAPE '\')`, pattern, spelled, spelled)
	}
	if q.OrganizationID != 0 {
		w.and(organizationBelow, q.OrganizationID)
	}
	var ids []int64
	arguments := append([]any{q.PlanID, q.PlanID}, w.arguments...)
	err := t.each(`SELECT p.id, coalesce(h.hours, 0) FROM trainee p JOIN organization g ON g.id = p.organization_id JOIN plan n ON n.id = ?
		LEFT JOIN (SELECT trainee_id, sum(hours) AS hours FROM offline_hours WHERE plan_id = ? GROUP BY trainee_id) h ON h.trainee_id = p.id`+w.text()+
		orderBy(learningOrder, q.Sort, q.Descending, "p.id"), arguments, func(scan func(...any) error) error {
		var id int64
		var hours data.Hours
		if err := scan(&id, &hours); err != nil {
			return err
		}
		totals.People++
		if data.MissingHours(hours, target) == 0 {
			totals.Reached++
		}
		if q.Only.Keeps(hours, target) {
			ids = append(ids, id)
			totals.Found++
			totals.Hours += hours
			totals.Missing += data.MissingHours(hours, target)
		}
		return nil
	})
	return ids, totals, err
}
