package sqlite

import (
	"encoding/json"
	"fmt"

	"peixun/data"
)

// AddHoursChange begins the record of an act on offline hours and gives its key; AddHoursChangeRow says what it did.
func (t *Tx) AddHoursChange(action, user string, now data.Moment) (int64, error) {
	id, err := t.Next("hours_change")
	if err != nil {
		return 0, err
	}
	_, err = t.exec("INSERT INTO hours_change (id, action, at, user) VALUES (?, ?, ?, ?)", id, action, string(now), user)
	return id, err
}

// AddHoursChangeRow writes down what an act did to one record.
func (t *Tx) AddHoursChangeRow(changeID int64, row data.HoursChangeRow) error {
	id, err := t.Next("hours_change_row")
	if err != nil {
		return err
	}
	before, err := t.sealHoursRecord(row.Before, id, "before")
	if err != nil {
		return err
	}
	after, err := t.sealHoursRecord(row.After, id, "after")
	if err != nil {
		return err
	}
	trainee := row.After
	if trainee == nil {
		trainee = row.Before
	}
	_, err = t.exec("INSERT INTO hours_change_row (id, change_id, hours_id, trainee_id, revision, sealed_before, sealed_after) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, changeID, row.HoursID, trainee.TraineeID, row.Revision, before, after)
	return err
}

func (t *Tx) sealHoursRecord(h *data.OfflineHours, id int64, column string) (any, error) {
	if h == nil {
		return nil, nil
	}
	text, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return t.seal(string(text), "hours_change_row", id, column)
}

func (t *Tx) openHoursRecord(sealed []byte, id int64, column string) (*data.OfflineHours, error) {
	text, err := t.open(sealed, "hours_change_row", id, column)
	if err != nil || text == "" {
		return nil, err
	}
	var h data.OfflineHours
	if err := json.Unmarshal([]byte(text), &h); err != nil {
		return nil, fmt.Errorf("%w: hours change %d: %w", data.ErrDamaged, id, err)
	}
	return &h, nil
}

// HoursChange reads one act with what it did, or fails with data.ErrNotFound.
func (t *Tx) HoursChange(id int64) (data.HoursChange, []data.HoursChangeRow, error) {
	var c data.HoursChange
	err := t.one("SELECT id, action, at, user, coalesce(undone_at, ''), coalesce(undone_by, '') FROM hours_change WHERE id = ?", []any{id},
		&c.ID, &c.Action, &c.At, &c.User, &c.UndoneAt, &c.UndoneBy)
	if err != nil {
		return c, nil, err
	}
	rows, err := t.hoursChangeRows(" WHERE r.change_id = ? ORDER BY r.id", id)
	c.Records = len(rows)
	found := make([]data.HoursChangeRow, len(rows))
	for place, row := range rows {
		found[place] = row.HoursChangeRow
	}
	return c, found, err
}

// PastHoursChange is what an act by hand did to one of somebody's records.
type PastHoursChange struct {
	data.HoursChange
	data.HoursChangeRow
}

// HoursChangesOf lists what was done by hand to somebody's records, the oldest first.
func (t *Tx) HoursChangesOf(traineeID int64) ([]PastHoursChange, error) {
	return t.hoursChangeRows(" WHERE r.trainee_id = ? ORDER BY r.id", traineeID)
}

func (t *Tx) hoursChangeRows(condition string, arguments ...any) ([]PastHoursChange, error) {
	var found []PastHoursChange
	err := t.each(`SELECT r.id, r.hours_id, r.revision, r.sealed_before, r.sealed_after, c.id, c.action, c.at, c.user, coalesce(c.undone_at, ''), coalesce(c.undone_by, '')
		FROM hours_change_row r JOIN hours_change c ON c.id = r.change_id`+condition, arguments, func(scan func(...any) error) error {
		var p PastHoursChange
		var id int64
		var before, after []byte
		err := scan(&id, &p.HoursID, &p.Revision, &before, &after, &p.ID, &p.Action, &p.At, &p.User, &p.UndoneAt, &p.UndoneBy)
		if err != nil {
			return err
		}
		if p.Before, err = t.openHoursRecord(before, id, "before"); err != nil {
			return err
		}
		p.After, err = t.openHoursRecord(after, id, "after")
		found = append(found, p)
		return err
	})
	return found, err
}

// FinishHoursUndo writes down that an act was undone, once.
func (t *Tx) FinishHoursUndo(id int64, user string, now data.Moment) error {
	return t.change("UPDATE hours_change SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL", string(now), user, id)
}

// HoursHandedOver tells in which package that stands a record was handed over last, and what the platform said.
func (t *Tx) HoursHandedOver(id int64) (data.HandedOver, error) {
	var sent data.HandedOver
	err := t.each(`SELECT s.number, r.answer FROM submission_row r JOIN submission s ON s.id = r.submission_id
		WHERE r.kind = '线下学时' AND r.subject_id = ? AND s.withdrawn_at = '' ORDER BY r.id DESC LIMIT 1`, []any{id},
		func(scan func(...any) error) error { return scan(&sent.Submission, &sent.Answer) })
	return sent, err
}
