package sqlite

import (
	"peixun/data"
)

// AddMatch stores a match and gives its key. A line or an order that is in another match fails with data.ErrWrongState, unless an order
// there is void or refused: such a match holds nothing any more, and goes.
func (t *Tx) AddMatch(m data.Match, at data.Moment, user string) (int64, error) {
	for _, line := range m.Lines {
		if _, err := t.exec(`DELETE FROM statement_match WHERE id IN (SELECT l.match_id FROM statement_match_line l
			JOIN statement_match_order m ON m.match_id = l.match_id JOIN payment_order o ON o.id = m.order_id
			WHERE l.line_id = ? AND o.review IN ('作废', '审核驳回'))`, line); err != nil {
			return 0, err
		}
	}
	id, err := t.Next("statement_match")
	if err != nil {
		return 0, err
	}
	_, err = t.exec("INSERT INTO statement_match (id, tier, score, reason, at, user) VALUES (?, ?, ?, ?, ?, ?)", id, int(m.Tier), m.Score, m.Reason, string(at), user)
	if err != nil {
		return 0, err
	}
	for _, part := range []struct {
		insert string
		ids    []int64
	}{
		{"INSERT INTO statement_match_line (line_id, match_id) VALUES (?, ?)", m.Lines},
		{"INSERT INTO statement_match_order (order_id, match_id) VALUES (?, ?)", m.Orders},
	} {
		for _, one := range part.ids {
			if _, err := t.exec(part.insert, one, id); isConstraint(err, "UNIQUE") {
				return 0, data.ErrWrongState
			} else if err != nil {
				return 0, err
			}
		}
	}
	return id, nil
}

// RemoveMatch takes a match back, or fails with data.ErrNotFound.
func (t *Tx) RemoveMatch(id int64) error {
	return t.change("DELETE FROM statement_match WHERE id = ?", id)
}

// Matches lists the settled matches, by key.
func (t *Tx) Matches() ([]data.Match, error) {
	var found []data.Match
	places := map[int64]int{}
	err := t.each("SELECT id, tier, score, reason FROM statement_match ORDER BY id", nil, func(scan func(...any) error) error {
		var m data.Match
		err := scan(&m.ID, &m.Tier, &m.Score, &m.Reason)
		places[m.ID] = len(found)
		found = append(found, m)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		query string
		into  func(m *data.Match) *[]int64
	}{
		{"SELECT match_id, line_id FROM statement_match_line ORDER BY line_id", func(m *data.Match) *[]int64 { return &m.Lines }},
		{"SELECT match_id, order_id FROM statement_match_order ORDER BY order_id", func(m *data.Match) *[]int64 { return &m.Orders }},
	} {
		err := t.each(part.query, nil, func(scan func(...any) error) error {
			var match, one int64
			err := scan(&match, &one)
			ids := part.into(&found[places[match]])
			*ids = append(*ids, one)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// AcceptDifference lets a difference stand, for a reason; again with another reason replaces it.
func (t *Tx) AcceptDifference(d data.Difference, reason string, at data.Moment, user string) error {
	_, err := t.exec(`INSERT INTO difference_accepted (class, line_id, order_id, batch_id, trainee_id, one, other, reason, at, user) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET one = excluded.one, other = excluded.other, reason = excluded.reason, at = excluded.at, user = excluded.user`,
		string(d.Class), d.LineID, d.OrderID, d.BatchID, d.TraineeID, int64(d.One), int64(d.Other), reason, string(at), user)
	return err
}

// ReopenDifference takes back that a difference was accepted, or fails with data.ErrNotFound.
func (t *Tx) ReopenDifference(d data.Difference) error {
	return t.change("DELETE FROM difference_accepted WHERE class = ? AND line_id = ? AND order_id = ? AND batch_id = ? AND trainee_id = ?",
		string(d.Class), d.LineID, d.OrderID, d.BatchID, d.TraineeID)
}

// AcceptedDifferences lists those that somebody let stand, with the reason in Accepted.
func (t *Tx) AcceptedDifferences() ([]data.Difference, error) {
	var found []data.Difference
	err := t.each("SELECT class, line_id, order_id, batch_id, trainee_id, one, other, reason FROM difference_accepted", nil, func(scan func(...any) error) error {
		var d data.Difference
		err := scan(&d.Class, &d.LineID, &d.OrderID, &d.BatchID, &d.TraineeID, &d.One, &d.Other, &d.Accepted)
		found = append(found, d)
		return err
	})
	return found, err
}

// StatementMatches gives the keys of the matches that hold a line of a bank's file.
func (t *Tx) StatementMatches(statementID int64) ([]int64, error) {
	return t.ids("SELECT DISTINCT m.match_id FROM statement_match_line m JOIN statement_line l ON l.id = m.line_id WHERE l.statement_id = ? ORDER BY m.match_id", statementID)
}
