package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"

	"peixun/data"
)

// LetterNumber gives the next letter number of a plan's year: QR-2022-0001.
func (t *Tx) LetterNumber(planID int64) (string, error) { return t.planNumbered("QR", planID) }

// AddLetter stores a letter's snapshot, encrypted; the order's earlier letter becomes void.
func (t *Tx) AddLetter(l data.ConfirmationLetter) (int64, error) {
	if err := t.VoidLetters(l.OrderID); err != nil {
		return 0, err
	}
	id, err := t.Next("letter")
	if err != nil {
		return 0, err
	}
	text, err := json.Marshal(l.Content)
	if err != nil {
		return 0, err
	}
	sealed, err := t.seal(string(text), "letter", id, "content")
	if err != nil {
		return 0, err
	}
	_, err = t.exec("INSERT INTO letter (id, number, order_id, state, sha256, sealed_content, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, l.Number, l.OrderID, string(data.LetterMade), l.SHA256, sealed, string(l.CreatedAt))
	return id, err
}

const letterColumns = "id, number, order_id, state, sha256, sealed_content, created_at FROM letter"

func (t *Tx) letters(condition string, arguments ...any) ([]data.ConfirmationLetter, error) {
	var found []data.ConfirmationLetter
	err := t.each("SELECT "+letterColumns+condition, arguments, func(scan func(...any) error) error {
		var l data.ConfirmationLetter
		var sealed []byte
		if err := scan(&l.ID, &l.Number, &l.OrderID, &l.State, &l.SHA256, &sealed, &l.CreatedAt); err != nil {
			return err
		}
		text, err := t.open(sealed, "letter", l.ID, "content")
		if err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &l.Content); err != nil {
			return fmt.Errorf("%w: letter %d: %w", data.ErrDamaged, l.ID, err)
		}
		found = append(found, l)
		return nil
	})
	return found, err
}

// Letters lists all letters, the newest first.
func (t *Tx) Letters() ([]data.ConfirmationLetter, error) { return t.letters(" ORDER BY id DESC") }

// LiveLetter reads an order's letter that is not void, or fails with data.ErrNotFound.
func (t *Tx) LiveLetter(orderID int64) (data.ConfirmationLetter, error) {
	found, err := t.letters(" WHERE order_id = ? AND state = '已生成'", orderID)
	if err != nil || len(found) == 0 {
		return data.ConfirmationLetter{}, errors.Join(err, notFound(len(found)))
	}
	return found[0], nil
}

// VoidLetters voids an order's letter, because what it says does not hold any more.
func (t *Tx) VoidLetters(orderID int64) error {
	_, err := t.exec("UPDATE letter SET state = '已作废' WHERE order_id = ? AND state = '已生成'", orderID)
	return err
}
