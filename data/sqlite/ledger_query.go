package sqlite

import (
	"encoding/json"
	"strings"

	"peixun/data"
	"peixun/data/vault"
)

const entryTables = ` FROM recharge_entry e JOIN recharge_run u ON u.id = e.run_id JOIN trainee p ON p.id = e.trainee_id JOIN organization g ON g.id = p.organization_id
	JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id JOIN plan n ON n.id = o.plan_id`

var entryOrder = sortKeys{
	"at": {"e.at"}, "name": {"p.pinyin"}, "amount": {"e.amount"}, "batch": {"b.number"}, "organization": {"g.path"},
}

const isReversed = "EXISTS (SELECT 1 FROM recharge_entry v WHERE v.reversal_of = e.id)"

// entryStates are the conditions for the states that RechargeEntry.State tells.
var entryStates = map[data.EntryState]string{
	data.EntryReversal:  "e.amount < 0 AND u.kind <> '平台退回'",
	data.EntryReturn:    "e.amount < 0 AND u.kind = '平台退回'",
	data.EntryFailed:    "e.amount > 0 AND " + lastAnswer + " = '失败'",
	data.EntryReversed:  "e.amount > 0 AND " + isReversed + " AND " + lastAnswer + " <> '失败'",
	data.EntrySucceeded: "e.amount > 0 AND NOT " + isReversed + " AND " + lastAnswer + " = '成功'",
	data.EntryWaits:     "e.amount > 0 AND NOT " + isReversed + " AND " + lastAnswer + " = ''",
}

func entryFilter(q data.RechargeQuery) *where {
	w := &where{}
	if q.Text != "" {
		pattern := likeWord(q.Text)
		spelled := likeWord(strings.ToLower(q.Text))
		w.and(`(p.name LIKE ? ESCAPE '\' OR p.pinyin LIKE ? ESCAPE '\' OR p.initials LIKE ? ESCAPE '\' OR p.username LIKE ? ESCAPE '\' OR b.number LIKE ? ESCAPE '\' OR o.number LIKE ? ESCAPE '\')`,
			pattern, spelled, spelled, pattern, pattern, pattern)
	}
	for _, key := range []struct {
		column string
		id     int64
	}{{"e.batch_id", q.BatchID}, {"o.id", q.OrderID}, {"e.trainee_id", q.TraineeID}, {"o.plan_id", q.PlanID}} {
		if key.id != 0 {
			w.and(key.column+" = ?", key.id)
		}
	}
	for _, word := range []struct{ condition, value string }{
		{"e.run_id = ?", q.RunID}, {"u.kind = ?", string(q.Kind)}, {"substr(e.at, 1, 10) >= ?", string(q.From)}, {"substr(e.at, 1, 10) <= ?", string(q.To)},
	} {
		if word.value != "" {
			w.and(word.condition, word.value)
		}
	}
	if len(q.OrganizationIDs) > 0 {
		w.and("p.organization_id IN ("+strings.Replace(below, "%s", placeholders(len(q.OrganizationIDs)), 1)+")", anys(q.OrganizationIDs)...)
	}
	if len(q.PayerIDs) > 0 {
		w.and(payerOf+" IN ("+placeholders(len(q.PayerIDs))+")", anys(q.PayerIDs)...)
	}
	if condition, known := entryStates[q.State]; known {
		w.and(condition)
	}
	return w
}

// RechargeIDs lists the keys of the ledger's lines that a query finds; the newest first where it names no order.
func (t *Tx) RechargeIDs(q data.RechargeQuery) ([]int64, error) {
	w := entryFilter(q)
	return t.ids("SELECT e.id"+entryTables+w.text()+orderBy(entryOrder, q.Sort, q.Descending, "e.id DESC"), w.arguments...)
}

// RechargeTotals sums the ledger's lines that a query finds, in 分.
func (t *Tx) RechargeTotals(q data.RechargeQuery) (data.RechargeTotals, error) {
	var sums data.RechargeTotals
	w := entryFilter(q)
	err := t.one("SELECT count(*), count(DISTINCT e.trainee_id), coalesce(sum(max(e.amount, 0)), 0), coalesce(sum(min(e.amount, 0)), 0)"+entryTables+w.text(), w.arguments,
		&sums.Count, &sums.People, &sums.Charged, &sums.Taken)
	return sums, err
}

const entryColumns = `SELECT e.id, e.run_id, u.kind, e.trainee_id, coalesce(p.username, ''), p.sealed_id_number, p.name, g.path, payer.path, e.batch_id, b.number, o.id, o.number,
	n.id, n.name, n.year, e.amount, coalesce(e.reversal_of, 0), coalesce((SELECT r.id FROM recharge_entry r WHERE r.reversal_of = e.id), 0), ` + lastAnswer + `,
	coalesce((SELECT a.reason FROM recharge_answer a WHERE a.entry_id = e.id ORDER BY a.id DESC LIMIT 1), ''), e.reason, e.user, e.at, e.hash`

// RechargeEntries reads the ledger's lines of ids in that order, personal numbers masked; it fails with data.ErrNotFound where one is not there.
func (t *Tx) RechargeEntries(ids []int64) ([]data.RechargeEntry, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	read := make(map[int64]data.RechargeEntry, len(ids))
	err = t.each(entryColumns+entryTables+" JOIN organization payer ON payer.id = "+payerOf+" WHERE e.id IN (SELECT value FROM json_each(?))", []any{string(list)},
		func(scan func(...any) error) error {
			e, err := t.scanEntry(scan)
			read[e.ID] = e
			return err
		})
	if err != nil {
		return nil, err
	}
	found := make([]data.RechargeEntry, len(ids))
	for place, id := range ids {
		entry, ok := read[id]
		if !ok {
			return nil, data.ErrNotFound
		}
		found[place] = entry
	}
	return found, nil
}

func (t *Tx) scanEntry(scan func(...any) error) (data.RechargeEntry, error) {
	var e data.RechargeEntry
	var sealed []byte
	err := scan(&e.ID, &e.RunID, &e.Kind, &e.TraineeID, &e.Username, &sealed, &e.Name, &e.Organization, &e.Payer, &e.BatchID, &e.BatchNumber, &e.OrderID, &e.OrderNumber,
		&e.PlanID, &e.PlanName, &e.PlanYear, &e.Amount, &e.ReversalOf, &e.ReversedBy, &e.Answer, &e.AnswerReason, &e.Reason, &e.User, &e.At, &e.Hash)
	if err != nil {
		return e, err
	}
	number, err := t.open(sealed, "trainee", e.TraineeID, "id_number")
	e.IDNumber = vault.MaskIDNumber(number)
	if e.Username == "" {
		e.Username = e.IDNumber
	}
	return e, err
}
