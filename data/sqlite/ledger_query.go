package sqlite

import (
	"strings"

	"peixun/data"
	"peixun/data/vault"
)

const entryTables = ` FROM recharge_entry e JOIN trainee p ON p.id = e.trainee_id JOIN organization g ON g.id = p.organization_id
	JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id JOIN plan n ON n.id = o.plan_id`

var entryOrder = sortKeys{
	"at": {"e.at"}, "name": {"p.pinyin"}, "amount": {"e.amount"}, "batch": {"b.number"}, "organization": {"g.path"},
}

func entryFilter(q data.RechargeQuery) *where {
	w := &where{}
	if q.Text != "" {
		pattern := likeWord(q.Text)
		spelled := likeWord(strings.ToLower(q.Text))
		w.and(`(p.name LIKE ? ESCAPE '\' OR p.pinyin LIKE ? ESCAPE '\' OR p.initials LIKE ? ESCAPE '\' OR p.username LIKE ? ESCAPE '\' OR b.number LIKE ? ESCAPE '\' OR o.number LIKE ? ESCAPE '\')`,
			pattern, spelled, spelled, pattern, pattern, pattern)
	}
	if q.BatchID != 0 {
		w.and("e.batch_id = ?", q.BatchID)
	}
	if q.OrderID != 0 {
		w.and("o.id = ?", q.OrderID)
	}
	if q.TraineeID != 0 {
		w.and("e.trainee_id = ?", q.TraineeID)
	}
	if q.PlanID != 0 {
		w.and("o.plan_id = ?", q.PlanID)
	}
	if q.From != "" {
		w.and("substr(e.at, 1, 10) >= ?", string(q.From))
	}
	if q.To != "" {
		w.and("substr(e.at, 1, 10) <= ?", string(q.To))
	}
	return w
}

// RechargeIDs lists the keys of the ledger's lines that a query finds; the newest first where it names no order.
func (t *Tx) RechargeIDs(q data.RechargeQuery) ([]int64, error) {
	w := entryFilter(q)
	return t.ids("SELECT e.id"+entryTables+w.text()+orderBy(entryOrder, q.Sort, q.Descending, "e.id DESC"), w.arguments...)
}

// RechargeTotal sums the ledger's lines that a query finds, in 分.
func (t *Tx) RechargeTotal(q data.RechargeQuery) (data.Money, error) {
	var sum data.Money
	w := entryFilter(q)
	err := t.one("SELECT coalesce(sum(e.amount), 0)"+entryTables+w.text(), w.arguments, &sum)
	return sum, err
}

// RechargeEntries reads the ledger's lines of ids in that order; a username that is the identity number is masked.
func (t *Tx) RechargeEntries(ids []int64) ([]data.RechargeEntry, error) {
	found := make([]data.RechargeEntry, 0, len(ids))
	for _, id := range ids {
		e := data.RechargeEntry{ID: id}
		var idNumber []byte
		err := t.one(`SELECT e.run_id, e.trainee_id, coalesce(p.username, ''), p.sealed_id_number, p.name, g.path, b.number, o.number, n.name, e.amount,
				coalesce(e.reversal_of, 0), coalesce((SELECT r.id FROM recharge_entry r WHERE r.reversal_of = e.id), 0), e.reason, e.user, e.at, e.hash`+
			entryTables+" WHERE e.id = ?", []any{id},
			&e.RunID, &e.TraineeID, &e.Username, &idNumber, &e.Name, &e.Organization, &e.BatchNumber, &e.OrderNumber, &e.PlanName, &e.Amount,
			&e.ReversalOf, &e.ReversedBy, &e.Reason, &e.User, &e.At, &e.Hash)
		if err != nil {
			return nil, err
		}
		if e.Username == "" {
			number, err := t.open(idNumber, "trainee", e.TraineeID, "id_number")
			if err != nil {
				return nil, err
			}
			e.Username = vault.MaskIDNumber(number)
		}
		found = append(found, e)
	}
	return found, nil
}

// Entry reads one ledger line as it was appended, or fails with data.ErrNotFound.
func (t *Tx) Entry(id int64) (LedgerEntry, error) {
	var e LedgerEntry
	err := t.one("SELECT run_id, batch_id, trainee_id, amount, coalesce(reversal_of, 0), reason, user, at FROM recharge_entry WHERE id = ?", []any{id},
		&e.RunID, &e.BatchID, &e.TraineeID, &e.Amount, &e.ReversalOf, &e.Reason, &e.User, &e.At)
	return e, err
}

// RechargedFor sums, for each trainee, what was recharged for a plan, in 分.
func (t *Tx) RechargedFor(planID int64) (map[int64]data.Money, error) {
	sums := map[int64]data.Money{}
	err := t.each(`SELECT e.trainee_id, sum(e.amount) FROM recharge_entry e JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id
		WHERE o.plan_id = ? GROUP BY e.trainee_id`, []any{planID}, func(scan func(...any) error) error {
		var trainee int64
		var sum data.Money
		err := scan(&trainee, &sum)
		sums[trainee] = sum
		return err
	})
	return sums, err
}
