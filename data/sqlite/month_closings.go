package sqlite

import "peixun/data"

// SetAside puts a bank line aside as none of the training's; a second time changes nothing.
func (t *Tx) SetAside(lineID int64, at data.Moment, user string) error {
	_, err := t.exec("INSERT INTO statement_line_aside (line_id, at, user) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", lineID, string(at), user)
	return err
}

// TakeUp takes back that a bank line was put aside, or fails with data.ErrNotFound.
func (t *Tx) TakeUp(lineID int64) error {
	return t.change("DELETE FROM statement_line_aside WHERE line_id = ?", lineID)
}

// linesAside gives the keys of the bank lines that were put aside.
func (t *Tx) linesAside() (map[int64]bool, error) {
	ids, err := t.ids("SELECT line_id FROM statement_line_aside")
	aside := make(map[int64]bool, len(ids))
	for _, id := range ids {
		aside[id] = true
	}
	return aside, err
}

// MonthClosings lists the months that are closed, the newest first.
func (t *Tx) MonthClosings() ([]data.MonthClosing, error) {
	var found []data.MonthClosing
	err := t.each("SELECT month, at, user, note, lines, payments, paid, orders, ordered, settled, accepted FROM month_closing ORDER BY month DESC", nil, func(scan func(...any) error) error {
		var c data.MonthClosing
		err := scan(&c.Month, &c.At, &c.User, &c.Note, &c.Lines, &c.Payments, &c.Paid, &c.Orders, &c.Ordered, &c.Settled, &c.Accepted)
		found = append(found, c)
		return err
	})
	return found, err
}

// CloseMonth stores that a month is closed; where it is already, it fails with data.ErrWrongState.
func (t *Tx) CloseMonth(c data.MonthClosing) error {
	_, err := t.exec("INSERT INTO month_closing (month, at, user, note, lines, payments, paid, orders, ordered, settled, accepted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		string(c.Month), string(c.At), c.User, c.Note, c.Lines, c.Payments, int64(c.Paid), c.Orders, int64(c.Ordered), int64(c.Settled), c.Accepted)
	if isConstraint(err, "UNIQUE") {
		return data.ErrWrongState
	}
	return err
}

// ReopenMonth takes back that a month is closed, or fails with data.ErrNotFound.
func (t *Tx) ReopenMonth(month data.Month) error {
	return t.change("DELETE FROM month_closing WHERE month = ?", string(month))
}
