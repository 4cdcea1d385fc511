package sqlite

import (
	"encoding/json"
	"fmt"

	"peixun/data"
)

// AddRevision stores an order as it is handed over. A revision is handed over once.
func (t *Tx) AddRevision(r data.OrderRevision) error {
	id, err := t.Next("order_revision")
	if err != nil {
		return err
	}
	text, err := json.Marshal(r.Order)
	if err != nil {
		return err
	}
	confirmed, err := json.Marshal(r.Confirmed)
	if err != nil {
		return err
	}
	sealed, err := t.seal(string(text), "order_revision", id, "content")
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO order_revision (id, order_id, revision, at, user, confirmed, sealed_content) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, r.Order.ID, r.Revision, string(r.At), r.User, string(confirmed), sealed)
	return err
}

// Revisions lists an order as it was each time it was handed over, the first first.
func (t *Tx) Revisions(orderID int64) ([]data.OrderRevision, error) {
	var found []data.OrderRevision
	err := t.each("SELECT id, revision, at, user, confirmed, sealed_content FROM order_revision WHERE order_id = ? ORDER BY revision", []any{orderID},
		func(scan func(...any) error) error {
			var r data.OrderRevision
			var id int64
			var confirmed string
			var sealed []byte
			if err := scan(&id, &r.Revision, &r.At, &r.User, &confirmed, &sealed); err != nil {
				return err
			}
			text, err := t.open(sealed, "order_revision", id, "content")
			if err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(confirmed), &r.Confirmed); err != nil {
				return fmt.Errorf("%w: order revision %d: %w", data.ErrDamaged, id, err)
			}
			if err := json.Unmarshal([]byte(text), &r.Order); err != nil {
				return fmt.Errorf("%w: order revision %d: %w", data.ErrDamaged, id, err)
			}
			found = append(found, r)
			return nil
		})
	return found, err
}

// Copied lists the keys of the official form's fields that were carried over in a revision.
func (t *Tx) Copied(orderID int64, revision int) (map[string]bool, error) {
	found := map[string]bool{}
	err := t.each("SELECT key FROM order_copied WHERE order_id = ? AND revision = ?", []any{orderID, revision}, func(scan func(...any) error) error {
		var key string
		err := scan(&key)
		found[key] = true
		return err
	})
	return found, err
}

// SetCopied notes that a field was carried over in a revision, or that it was not.
func (t *Tx) SetCopied(orderID int64, revision int, key string, done bool, at data.Moment) error {
	query, arguments := "DELETE FROM order_copied WHERE order_id = ? AND revision = ? AND key = ?", []any{orderID, revision, key}
	if done {
		query, arguments = "INSERT INTO order_copied (order_id, revision, key, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", append(arguments, string(at))
	}
	_, err := t.exec(query, arguments...)
	return err
}
