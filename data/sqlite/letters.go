package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"

	"peixun/data"
)

// LetterNumber gives the next letter number of a plan's year: QR-2022-0001.
func (t *Tx) LetterNumber(planID int64) (string, error) { return t.planNumbered("QR", planID) }

// AddLetter stores a letter's snapshot, encrypted; earlier letters of the orders that it covers become void.
func (t *Tx) AddLetter(l data.ConfirmationLetter, user string) (int64, error) {
	for _, order := range l.OrderIDs {
		if err := t.VoidLetters(order, l.CreatedAt, user, "由确认书 "+l.Number+" 代替"); err != nil {
			return 0, err
		}
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
		id, l.Number, l.OrderIDs[0], string(data.LetterMade), l.SHA256, sealed, string(l.CreatedAt))
	if err != nil {
		return 0, err
	}
	for _, order := range l.OrderIDs {
		if _, err := t.exec("INSERT INTO letter_order (letter_id, order_id, live) VALUES (?, ?, 1)", id, order); err != nil {
			return 0, err
		}
	}
	return id, t.addLetterStep(id, data.LetterStep{State: data.LetterMade, At: l.CreatedAt, User: user, On: l.CreatedAt.Date()})
}

const letterColumns = `id, number, (SELECT json_group_array(order_id) FROM (SELECT order_id FROM letter_order WHERE letter_id = letter.id ORDER BY order_id)),
	state, sha256, sealed_content, created_at FROM letter`

func (t *Tx) letters(condition string, arguments ...any) ([]data.ConfirmationLetter, error) {
	var found []data.ConfirmationLetter
	err := t.each("SELECT "+letterColumns+condition, arguments, func(scan func(...any) error) error {
		var l data.ConfirmationLetter
		var orders string
		var sealed []byte
		if err := scan(&l.ID, &l.Number, &orders, &l.State, &l.SHA256, &sealed, &l.CreatedAt); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(orders), &l.OrderIDs); err != nil {
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

// Letter reads a letter, or fails with data.ErrNotFound.
func (t *Tx) Letter(id int64) (data.ConfirmationLetter, error) {
	return t.letter(" WHERE id = ?", id)
}

// liveOf finds an order's letter that is not void.
const liveOf = " WHERE id IN (SELECT letter_id FROM letter_order WHERE order_id = ? AND live = 1)"

// LiveLetter reads the letter that covers an order and is not void, or fails with data.ErrNotFound.
func (t *Tx) LiveLetter(orderID int64) (data.ConfirmationLetter, error) {
	return t.letter(liveOf, orderID)
}

func (t *Tx) letter(condition string, id int64) (data.ConfirmationLetter, error) {
	found, err := t.letters(condition, id)
	if err != nil || len(found) == 0 {
		return data.ConfirmationLetter{}, errors.Join(err, notFound(len(found)))
	}
	return found[0], nil
}

// VoidLetters voids the letter that covers an order, because what it says does not hold any more; note says why.
func (t *Tx) VoidLetters(orderID int64, at data.Moment, user, note string) error {
	letter, err := t.LiveLetter(orderID)
	if errors.Is(err, data.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.StepLetter(letter.ID, data.LetterStep{State: data.LetterVoid, At: at, User: user, On: at.Date(), Note: note})
}
