package sqlite

import (
	"strings"

	"peixun/data"
	"peixun/data/search"
	"peixun/data/vault"
)

// where collects the conditions of a query and their arguments.
type where struct {
	conditions []string
	arguments  []any
}

func (w *where) and(condition string, arguments ...any) {
	w.conditions = append(w.conditions, condition)
	w.arguments = append(w.arguments, arguments...)
}

func (w *where) text() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// longestWord is how many bytes of a search word count: SQLite refuses longer patterns, and nothing that is stored is so long.
const longestWord = 1000

// likeWord writes a search word as a LIKE pattern with its own wildcards taken literally (ESCAPE '\').
func likeWord(word string) string {
	if len(word) > longestWord {
		word = strings.ToValidUTF8(word[:longestWord], "")
	}
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(word) + "%"
}

// below lists an organisation and everything under it.
const below = `WITH RECURSIVE tree (id) AS (SELECT id FROM organization WHERE id IN (%s)
	UNION SELECT o.id FROM organization o JOIN tree ON o.parent_id = tree.id) SELECT id FROM tree`

// payerOf is the organisation that pays for a trainee: its own payer, or the nearest payer up the organisation tree.
const payerOf = `coalesce(p.payer_id, (WITH RECURSIVE up (id, parent_id, payer_id, level) AS (
		SELECT id, parent_id, payer_id, 0 FROM organization WHERE id = p.organization_id
		UNION ALL SELECT o.id, o.parent_id, o.payer_id, up.level + 1 FROM organization o JOIN up ON o.id = up.parent_id AND up.payer_id IS NULL)
	SELECT coalesce(payer_id, id) FROM up ORDER BY level DESC LIMIT 1))`

const balanceOf = "coalesce((SELECT sum(amount) FROM recharge_entry e WHERE e.trainee_id = p.id), 0)"

// sortKeys are the expressions that a list is sorted by, by its column's key.
type sortKeys map[string][]string

// TraineeIDs lists the keys of the trainees that a query finds, in its order.
func (t *Tx) TraineeIDs(q data.TraineeQuery) ([]int64, error) {
	found, err := t.findTrainees(q)
	if err != nil {
		return nil, err
	}
	return found.IDs(q.Sort, q.Descending), nil
}

func (t *Tx) findTrainees(q data.TraineeQuery) (search.Found, error) {
	index, err := t.people()
	if err != nil {
		return search.Found{}, err
	}
	found := index.Find(q, t.numberKey)
	if q.Platform != "" {
		known, err := t.ids("SELECT id FROM trainee WHERE platform = ?", string(q.Platform))
		if err != nil {
			return search.Found{}, err
		}
		found = found.Among(known, true)
	}
	if q.Charged == "" {
		return found, nil
	}
	charged, err := t.ids(`SELECT e.trainee_id FROM recharge_entry e JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id
		WHERE o.plan_id = ? GROUP BY e.trainee_id HAVING sum(e.amount) > 0`, q.PlanID)
	return found.Among(charged, q.Charged == data.Charged), err
}

func orderBy(known sortKeys, key string, descending bool, last string) string {
	direction := ", "
	if descending {
		direction = " DESC, "
	}
	text := " ORDER BY "
	for _, expression := range known[key] {
		text += expression + direction
	}
	return text + last
}

// TraineeRows reads the trainees of ids in that order, as lists show them. planID says which plan Recharged and Hours count for.
func (t *Tx) TraineeRows(ids []int64, planID int64) ([]data.TraineeRow, error) {
	found := make([]data.TraineeRow, 0, len(ids))
	for _, id := range ids {
		row, err := t.traineeRow(id, planID)
		if err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, nil
}

func (t *Tx) traineeRow(id, planID int64) (data.TraineeRow, error) {
	var r data.TraineeRow
	var idNumber, mobile []byte
	err := t.one(`SELECT p.id, coalesce(p.username, ''), p.name, p.sealed_id_number, p.sealed_mobile, p.sex, o.path, payer.path, p.category, p.title_name,
			p.status, p.platform, `+balanceOf+`,
			coalesce((SELECT sum(e.amount) FROM recharge_entry e JOIN card_batch b ON b.id = e.batch_id JOIN payment_order r ON r.id = b.order_id
				WHERE e.trainee_id = p.id AND r.plan_id = ?), 0),
			coalesce((SELECT sum(h.hours) FROM offline_hours h WHERE h.trainee_id = p.id AND h.plan_id = ?), 0)
		FROM trainee p JOIN organization o ON o.id = p.organization_id JOIN organization payer ON payer.id = `+payerOf+` WHERE p.id = ?`,
		[]any{planID, planID, id},
		&r.ID, &r.Username, &r.Name, &idNumber, &mobile, &r.Sex, &r.Organization, &r.Payer, &r.Category, &r.TitleName,
		&r.Status, &r.Platform, &r.Balance, &r.Recharged, &r.Hours)
	if err != nil {
		return r, err
	}
	if r.IDNumber, err = t.open(idNumber, "trainee", id, "id_number"); err != nil {
		return r, err
	}
	if r.Mobile, err = t.open(mobile, "trainee", id, "mobile"); err != nil {
		return r, err
	}
	r.IDNumber, r.Mobile = vault.MaskIDNumber(r.IDNumber), vault.MaskMobile(r.Mobile)
	if r.Username == "" {
		r.Username = r.IDNumber
	}
	return r, nil
}

// TraineeTotals counts what a query finds and sums its balances.
func (t *Tx) TraineeTotals(q data.TraineeQuery) (data.TraineeTotals, error) {
	found, err := t.findTrainees(q)
	if err != nil {
		return data.TraineeTotals{}, err
	}
	return data.TraineeTotals{Count: found.Count(), Balance: found.Balance()}, nil
}

// Balances sums the balances of the given trainees.
func (t *Tx) Balances(ids []int64) (data.Money, error) {
	var sum data.Money
	for _, id := range ids {
		var balance data.Money
		if err := t.one("SELECT coalesce(sum(amount), 0) FROM recharge_entry WHERE trainee_id = ?", []any{id}, &balance); err != nil {
			return 0, err
		}
		sum += balance
	}
	return sum, nil
}
