package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"peixun/data"
)

// letterNumbers are the numbers by which a letter is looked for.
const letterNumbers = `(l.number LIKE ? ESCAPE '\' OR EXISTS (SELECT 1 FROM letter_order c JOIN payment_order o ON o.id = c.order_id WHERE c.letter_id = l.id AND o.number LIKE ? ESCAPE '\')
	OR EXISTS (SELECT 1 FROM letter_step s WHERE s.letter_id = l.id AND (s.tracking LIKE ? ESCAPE '\' OR s.carrier LIKE ? ESCAPE '\')))`

// letterPlan is the plan of the orders that a letter covers.
const letterPlan = "(SELECT plan_id FROM payment_order o WHERE o.id = l.order_id)"

// letterDay is the day of a letter's last step.
const letterDay = "(SELECT s.on_day FROM letter_step s WHERE s.letter_id = l.id ORDER BY s.id DESC LIMIT 1)"

func letterFilter(q data.LetterQuery) *where {
	w := &where{}
	if q.Text != "" {
		word := likeWord(q.Text)
		w.and(letterNumbers, word, word, word, word)
	}
	if q.PlanID != 0 {
		w.and(letterPlan+" = ?", q.PlanID)
	}
	if q.State != "" {
		w.and("l.state = ?", string(q.State))
	}
	if q.Live {
		w.and("l.state <> '已作废'")
	}
	if q.OrderID != 0 {
		w.and("EXISTS (SELECT 1 FROM letter_order c WHERE c.letter_id = l.id AND c.order_id = ?)", q.OrderID)
	}
	if q.From != "" {
		w.and(letterDay+" >= ?", string(q.From))
	}
	if q.To != "" {
		w.and(letterDay+" <= ?", string(q.To))
	}
	return w
}

var letterOrder = sortKeys{
	"number": {"l.number"}, "made": {"l.created_at", "l.id"}, "plan": {letterPlan}, "day": {letterDay, "l.id"},
	"state": {"instr('已生成已打印已盖章已寄出已回签已作废', l.state)"},
}

// LetterIDs lists the keys of the letters that a query finds, in its order; the newest first where it names none.
func (t *Tx) LetterIDs(q data.LetterQuery) ([]int64, error) {
	w := letterFilter(q)
	return t.ids("SELECT l.id FROM letter l"+w.text()+orderBy(letterOrder, q.Sort, q.Descending, "l.id DESC"), w.arguments...)
}

// LetterCounts counts the letters that a query finds by their states; the query's own state does not narrow it.
func (t *Tx) LetterCounts(q data.LetterQuery) (map[data.LetterState]int, error) {
	q.State, q.Live = "", false
	w := letterFilter(q)
	counts := map[data.LetterState]int{}
	err := t.each("SELECT l.state, count(*) FROM letter l"+w.text()+" GROUP BY l.state", w.arguments, func(scan func(...any) error) error {
		var state data.LetterState
		var count int
		err := scan(&state, &count)
		counts[state] = count
		return err
	})
	return counts, err
}

// LetterRows reads the letters of ids in that order, as the register lists them.
func (t *Tx) LetterRows(ids []int64) ([]data.LetterRow, error) {
	rows := make([]data.LetterRow, 0, len(ids))
	for _, id := range ids {
		row, err := t.letterRow(id)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (t *Tx) letterRow(id int64) (row data.LetterRow, err error) {
	if row.ConfirmationLetter, err = t.Letter(id); err != nil {
		return row, err
	}
	steps, err := t.LetterSteps(id)
	if err != nil {
		return row, err
	}
	for _, step := range steps {
		row.Last = step
		if step.State == data.LetterSent && !step.Back {
			row.Carrier, row.Tracking = step.Carrier, step.Tracking
		}
	}
	if err := t.one("SELECT count(*) FROM letter_scan WHERE letter_id = ? AND removed = 0", []any{id}, &row.Scans); err != nil {
		return row, err
	}
	if row.State != data.LetterVoid {
		return row, nil
	}
	err = t.one(`SELECT number FROM letter WHERE id = (SELECT min(n.letter_id) FROM letter_order c JOIN letter_order n ON n.order_id = c.order_id AND n.letter_id > c.letter_id
		WHERE c.letter_id = ?)`, []any{id}, &row.ReplacedBy)
	if errors.Is(err, data.ErrNotFound) {
		err = nil
	}
	return row, err
}

// LetterByNumber finds a letter's key by its number, or fails with data.ErrNotFound.
func (t *Tx) LetterByNumber(number string) (int64, error) {
	var id int64
	return id, t.one("SELECT id FROM letter WHERE number = ?", []any{number}, &id)
}

// LetterSteps reads a letter's history, the first step first.
func (t *Tx) LetterSteps(id int64) ([]data.LetterStep, error) {
	var steps []data.LetterStep
	err := t.each("SELECT id, state, at, user, on_day, carrier, tracking, back, note FROM letter_step WHERE letter_id = ? ORDER BY id", []any{id},
		func(scan func(...any) error) error {
			var s data.LetterStep
			err := scan(&s.ID, &s.State, &s.At, &s.User, &s.On, &s.Carrier, &s.Tracking, &s.Back, &s.Note)
			steps = append(steps, s)
			return err
		})
	return steps, err
}

// StepLetter brings a letter into a step's state and adds the step to its history.
func (t *Tx) StepLetter(id int64, step data.LetterStep) error {
	if err := t.change("UPDATE letter SET state = ? WHERE id = ?", string(step.State), id); err != nil {
		return err
	}
	return t.addLetterStep(id, step)
}

func (t *Tx) addLetterStep(id int64, s data.LetterStep) error {
	_, err := t.exec("INSERT INTO letter_step (letter_id, state, at, user, on_day, carrier, tracking, back, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, string(s.State), string(s.At), s.User, string(s.On), s.Carrier, s.Tracking, s.Back, s.Note)
	return err
}

// AddLetterScan stores a file of a letter that came back, encrypted. The same file twice is refused.
func (t *Tx) AddLetterScan(letterID int64, s data.LetterScan, content []byte) (data.LetterScan, error) {
	id, err := t.Next("letter_scan")
	if err != nil {
		return s, err
	}
	sum := sha256.Sum256(content)
	s.ID, s.Size, s.SHA256 = id, int64(len(content)), hex.EncodeToString(sum[:])
	sealed, err := t.seal(string(content), "letter_scan", id, "content")
	if err != nil {
		return s, err
	}
	_, err = t.exec("INSERT INTO letter_scan (id, letter_id, name, type, size, sha256, added_at, sealed_content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, letterID, s.Name, s.Type, s.Size, s.SHA256, string(s.AddedAt), sealed)
	if isConstraint(err, "letter_scan.letter_id") {
		return s, data.Refuse("scan-twice", "scan", "这份扫描件已经在这里了。", "不用再添加。").Because(err)
	}
	return s, err
}

// LetterScans lists a letter's files, without those that were removed.
func (t *Tx) LetterScans(letterID int64) ([]data.LetterScan, error) {
	var scans []data.LetterScan
	err := t.each("SELECT id, name, type, size, sha256, added_at FROM letter_scan WHERE letter_id = ? AND removed = 0 ORDER BY id", []any{letterID},
		func(scan func(...any) error) error {
			var s data.LetterScan
			err := scan(&s.ID, &s.Name, &s.Type, &s.Size, &s.SHA256, &s.AddedAt)
			scans = append(scans, s)
			return err
		})
	return scans, err
}

// LetterScanContent decrypts a file's original bytes.
func (t *Tx) LetterScanContent(id int64) ([]byte, error) {
	var sealed []byte
	if err := t.one("SELECT sealed_content FROM letter_scan WHERE id = ?", []any{id}, &sealed); err != nil {
		return nil, err
	}
	content, err := t.open(sealed, "letter_scan", id, "content")
	return []byte(content), err
}

// RemoveLetterScan hides a file of a letter, or shows it again.
func (t *Tx) RemoveLetterScan(letterID, id int64, removed bool) error {
	return t.change("UPDATE letter_scan SET removed = ? WHERE id = ? AND letter_id = ?", removed, id, letterID)
}
