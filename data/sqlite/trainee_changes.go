package sqlite

import (
	"peixun/data"
)

// AddTraineeChange begins the record of an act that changes trainees and gives its key; AddChangedTrainee says whom it changed.
func (t *Tx) AddTraineeChange(action, user string, now data.Moment) (int64, error) {
	result, err := t.exec("INSERT INTO trainee_change (action, at, user) VALUES (?, ?, ?)", action, string(now), user)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// AddChangedTrainee writes down what an act changed in a trainee who has just been stored.
func (t *Tx) AddChangedTrainee(changeID, traineeID int64, changes []data.FieldChange) error {
	id, err := t.Next("trainee_change_row")
	if err != nil {
		return err
	}
	sealed, err := t.sealChanges(changes, "trainee_change_row", id)
	if err != nil {
		return err
	}
	return t.change("INSERT INTO trainee_change_row (id, change_id, trainee_id, revision, sealed_changes) SELECT ?, ?, id, revision, ? FROM trainee WHERE id = ?",
		id, changeID, sealed, traineeID)
}

const changeColumns = `SELECT c.id, c.action, c.at, c.user, coalesce(c.undone_at, ''), coalesce(c.undone_by, ''),
	(SELECT count(*) FROM trainee_change_row r WHERE r.change_id = c.id) FROM trainee_change c`

// TraineeChange reads one act, or fails with data.ErrNotFound.
func (t *Tx) TraineeChange(id int64) (data.TraineeChange, error) {
	var c data.TraineeChange
	err := t.one(changeColumns+" WHERE c.id = ?", []any{id}, &c.ID, &c.Action, &c.At, &c.User, &c.UndoneAt, &c.UndoneBy, &c.People)
	return c, err
}

// ChangedTrainees reads whom an act changed, and how.
func (t *Tx) ChangedTrainees(changeID int64) ([]ImportedRow, error) {
	var found []ImportedRow
	err := t.each("SELECT id, trainee_id, revision, sealed_changes FROM trainee_change_row WHERE change_id = ? ORDER BY trainee_id", []any{changeID}, func(scan func(...any) error) error {
		row, err := t.scanChanges(scan, "trainee_change_row")
		found = append(found, row)
		return err
	})
	return found, err
}

// FinishChangeUndo writes down that an act was undone, once.
func (t *Tx) FinishChangeUndo(id int64, user string, now data.Moment) error {
	return t.change("UPDATE trainee_change SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL", string(now), user, id)
}

// PastChange is what one act or import did to one trainee.
type PastChange struct {
	data.TraineeChange
	File    string // an import's
	Added   bool   // the import added the trainee
	Changes []data.FieldChange
}

// ChangesOf lists what acts outside of imports did to a trainee, the oldest first.
func (t *Tx) ChangesOf(traineeID int64) ([]PastChange, error) {
	return t.pastChanges("trainee_change_row", `SELECT c.id, c.action, c.at, c.user, coalesce(c.undone_at, ''), coalesce(c.undone_by, ''), '', 0, r.id, r.sealed_changes
		FROM trainee_change_row r JOIN trainee_change c ON c.id = r.change_id WHERE r.trainee_id = ? ORDER BY c.id`, traineeID)
}

// ImportsOf lists what imports did to a trainee, the oldest first: what they wrote down for their undo tells it, so that an import
// writes no history of its own.
func (t *Tx) ImportsOf(traineeID int64) ([]PastChange, error) {
	return t.pastChanges("import_row", `SELECT n.id, '', n.at, n.user, coalesce(n.undone_at, ''), coalesce(n.undone_by, ''), n.file,
			coalesce(?1 BETWEEN n.first_added AND n.last_added, 0), coalesce(r.id, 0), r.sealed_changes
		FROM import_run n LEFT JOIN import_row r ON r.run_id = n.id AND r.record_id = ?1
		WHERE n.form = 'trainees' AND (r.id IS NOT NULL OR ?1 BETWEEN n.first_added AND n.last_added) ORDER BY n.id`, traineeID)
}

func (t *Tx) pastChanges(table, query string, traineeID int64) ([]PastChange, error) {
	var found []PastChange
	err := t.each(query, []any{traineeID}, func(scan func(...any) error) error {
		var p PastChange
		var row int64
		var sealed []byte
		err := scan(&p.ID, &p.Action, &p.At, &p.User, &p.UndoneAt, &p.UndoneBy, &p.File, &p.Added, &row, &sealed)
		if err == nil && row != 0 {
			p.Changes, err = t.openChanges(sealed, table, row)
		}
		found = append(found, p)
		return err
	})
	return found, err
}
