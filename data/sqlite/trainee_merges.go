package sqlite

import (
	"encoding/json"
	"fmt"

	"peixun/data"
)

// EachPerson hands everybody who is stored to visit, by key, with what tells whether two records are one person's.
func (t *Tx) EachPerson(visit func(data.Person) error) error {
	const query = `SELECT id, name, pinyin, document_type, sealed_id_number, sealed_birth, sealed_mobile, status = '停用'
		FROM trainee WHERE merged_into IS NULL ORDER BY id`
	return t.each(query, nil, func(scan func(...any) error) error {
		var p data.Person
		var number, birth, mobile []byte
		if err := scan(&p.ID, &p.Name, &p.Pinyin, &p.DocumentType, &number, &birth, &mobile, &p.Disabled); err != nil {
			return err
		}
		var born string
		for _, cell := range []struct {
			into   *string
			sealed []byte
			column string
		}{{&p.IDNumber, number, "id_number"}, {&born, birth, "birth"}, {&p.Mobile, mobile, "mobile"}} {
			var err error
			if *cell.into, err = t.open(cell.sealed, "trainee", p.ID, cell.column); err != nil {
				return err
			}
		}
		p.Birth = data.Date(born)
		return visit(p)
	})
}

// MarkDistinct remembers that two people are two.
func (t *Tx) MarkDistinct(a, b int64, user string, now data.Moment) error {
	_, err := t.exec("INSERT INTO trainee_distinct (one_id, other_id, at, user) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", min(a, b), max(a, b), string(now), user)
	return err
}

// ForgetDistinct takes that back.
func (t *Tx) ForgetDistinct(a, b int64) error {
	_, err := t.exec("DELETE FROM trainee_distinct WHERE one_id = ? AND other_id = ?", min(a, b), max(a, b))
	return err
}

// Distinct gives the pairs of people of whom somebody said that they are two, the lower key first.
func (t *Tx) Distinct() (map[[2]int64]bool, error) {
	pairs := map[[2]int64]bool{}
	err := t.each("SELECT one_id, other_id FROM trainee_distinct", nil, func(scan func(...any) error) error {
		var pair [2]int64
		err := scan(&pair[0], &pair[1])
		pairs[pair] = true
		return err
	})
	return pairs, err
}

// MergedInto lists the records that were merged into a trainee, and into those, by key.
func (t *Tx) MergedInto(id int64) ([]int64, error) {
	return t.ids(`WITH RECURSIVE merged (id) AS (SELECT id FROM trainee WHERE merged_into = ?
		UNION SELECT p.id FROM trainee p JOIN merged m ON p.merged_into = m.id) SELECT id FROM merged ORDER BY id`, id)
}

// EachAlias hands the identity numbers of merged records to visit, with the key of whom each belongs to now: a sheet may still have them.
func (t *Tx) EachAlias(visit func(number string, id int64) error) error {
	const query = `WITH RECURSIVE up (id, top) AS (SELECT id, merged_into FROM trainee WHERE merged_into IS NOT NULL
			UNION SELECT up.id, p.merged_into FROM up JOIN trainee p ON p.id = up.top WHERE p.merged_into IS NOT NULL)
		SELECT p.id, p.sealed_id_number, up.top FROM up JOIN trainee p ON p.id = up.id JOIN trainee k ON k.id = up.top AND k.merged_into IS NULL ORDER BY p.id`
	return t.each(query, nil, func(scan func(...any) error) error {
		var id, top int64
		var sealed []byte
		if err := scan(&id, &sealed, &top); err != nil {
			return err
		}
		number, err := t.open(sealed, "trainee", id, "id_number")
		if err != nil {
			return err
		}
		return visit(number, top)
	})
}

// SetMerged makes a trainee another's second record, or with 0 nobody's: then the record is disabled until somebody says otherwise.
func (t *Tx) SetMerged(id, into int64) error {
	return t.change("UPDATE trainee SET merged_into = ?, status = '停用' WHERE id = ?", nullable(into), id)
}

// MergeParts is what a merge moved, so that it can be put back. It is sealed.
type MergeParts struct {
	Kept    data.Trainee        // as the record that stays was before
	Dropped []data.Trainee      // as the others were
	Hours   map[int64]int64     // whose each moved record of offline hours was
	Parked  []data.OfflineHours // records that were there twice
	Resets  map[int64]int64     // whose each moved password request was
	Entries []int64             // the ledger's lines that brought money, in order
	Owners  []int64             // whose each of those was
	// Revisions are everybody's before, by key.
	Revisions map[int64]int64
	// LastEntry is the newest line about the one who stays, as the merge left the ledger.
	LastEntry int64
}

// AddMerge writes down what a merge moved.
func (t *Tx) AddMerge(changeID, keptID int64, parts MergeParts) error {
	text, err := json.Marshal(parts)
	if err != nil {
		return err
	}
	sealed, err := t.seal(string(text), "trainee_merge", changeID, "parts")
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO trainee_merge (change_id, kept_id, sealed_parts) VALUES (?, ?, ?)", changeID, keptID, sealed)
	return err
}

// Merge reads what a merge moved, or fails with data.ErrNotFound.
func (t *Tx) Merge(changeID int64) (MergeParts, error) {
	var parts MergeParts
	var sealed []byte
	if err := t.one("SELECT sealed_parts FROM trainee_merge WHERE change_id = ?", []any{changeID}, &sealed); err != nil {
		return parts, err
	}
	text, err := t.open(sealed, "trainee_merge", changeID, "parts")
	if err != nil {
		return parts, err
	}
	if err := json.Unmarshal([]byte(text), &parts); err != nil {
		return parts, fmt.Errorf("%w: trainee_merge %d: %w", data.ErrDamaged, changeID, err)
	}
	return parts, nil
}

// LiveEntries lists the ledger's lines that gave somebody money and were not reversed, the oldest first.
func (t *Tx) LiveEntries(traineeID int64) ([]int64, error) {
	return t.ids(`SELECT e.id FROM recharge_entry e WHERE e.trainee_id = ? AND e.amount > 0
		AND NOT EXISTS (SELECT 1 FROM recharge_entry r WHERE r.reversal_of = e.id) ORDER BY e.id`, traineeID)
}

// LastEntryOf gives the newest line of the ledger about a trainee, 0 where there is none.
func (t *Tx) LastEntryOf(traineeID int64) (int64, error) {
	var id int64
	err := t.one("SELECT coalesce(max(id), 0) FROM recharge_entry WHERE trainee_id = ?", []any{traineeID}, &id)
	return id, err
}

// MoveReset gives a password request to another trainee, unless that one has an open request already, and tells whether it did.
func (t *Tx) MoveReset(id, traineeID int64) (bool, error) {
	return t.touched(`UPDATE password_reset SET trainee_id = ?1 WHERE id = ?2 AND (done_at IS NOT NULL
		OR NOT EXISTS (SELECT 1 FROM password_reset o WHERE o.trainee_id = ?1 AND o.done_at IS NULL))`, traineeID, id)
}

// EachHoursOf hands one trainee's records of offline hours to visit, by key.
func (t *Tx) EachHoursOf(traineeID int64, visit func(data.OfflineHours) error) error {
	return t.eachHours(" WHERE trainee_id = ? ORDER BY id", []any{traineeID}, visit)
}
