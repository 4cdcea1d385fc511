package sqlite

import (
	"encoding/json"
	"fmt"

	"peixun/data"
)

// ImportRun is the record of one import: what it did and which warnings its confirmation covered.
type ImportRun struct {
	Form, File, Sheet, User                    string
	At                                         data.Moment
	Added, Updated, Unchanged, Failed, Skipped int
	Confirmed                                  string // JSON: row numbers by warning code
}

// ImportedRow is what an import changed in one stored record.
type ImportedRow struct {
	RecordID int64
	Revision int64 // the record's, as the import left it
	Changes  []data.FieldChange
}

// Tables whose records an import adds, by the form's key.
var importTables = map[string]string{data.TraineeForm.Key: "trainee", data.HoursForm.Key: "offline_hours"}

// AddImportRun stores the record of an import and gives its key; FinishImportRun completes it.
func (t *Tx) AddImportRun(r ImportRun) (int64, error) {
	result, err := t.exec(`INSERT INTO import_run (form, file, sheet, at, user, added, updated, unchanged, failed, skipped, confirmed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Form, r.File, r.Sheet, string(r.At), r.User, r.Added, r.Updated, r.Unchanged, r.Failed, r.Skipped, r.Confirmed)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// FinishImportRun writes down that the last so many records of a run's table are what it added. From then on it can be undone.
func (t *Tx) FinishImportRun(id int64, form string, added int) error {
	if added == 0 {
		return t.change("UPDATE import_run SET recorded = 1 WHERE id = ?", id)
	}
	last, err := t.Last(importTables[form])
	if err != nil {
		return err
	}
	return t.change("UPDATE import_run SET recorded = 1, first_added = ?, last_added = ? WHERE id = ?", last-int64(added)+1, last, id)
}

// AddImportedRow writes down what an import changed in a record that it has just stored.
func (t *Tx) AddImportedRow(runID int64, form string, recordID int64, changes []data.FieldChange) error {
	id, err := t.Next("import_row")
	if err != nil {
		return err
	}
	sealed, err := t.sealChanges(changes, "import_row", id)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO import_row (id, run_id, record_id, revision, sealed_changes) SELECT ?, ?, id, revision, ? FROM "+importTables[form]+" WHERE id = ?", id, runID, sealed, recordID)
	return err
}

// AddImportedOrganization writes down that an import made an organisation.
func (t *Tx) AddImportedOrganization(runID int64, o data.Organization) error {
	_, err := t.exec("INSERT INTO import_organization (run_id, organization_id, name) VALUES (?, ?, ?)", runID, o.ID, o.Name)
	return err
}

const importRunColumns = `SELECT id, form, file, sheet, at, user, added, updated, unchanged, failed, skipped, coalesce(undone_at, ''), coalesce(undone_by, ''),
	recorded = 1 AND undone_at IS NULL AND added + updated > 0 FROM import_run`

func (t *Tx) importRuns(condition string, arguments ...any) ([]data.ImportRun, error) {
	var runs []data.ImportRun
	err := t.each(importRunColumns+condition, arguments, func(scan func(...any) error) error {
		var r data.ImportRun
		err := scan(&r.ID, &r.Form, &r.File, &r.Sheet, &r.At, &r.User, &r.Added, &r.Updated, &r.Unchanged, &r.Failed, &r.Skipped, &r.UndoneAt, &r.UndoneBy, &r.Undoable)
		runs = append(runs, r)
		return err
	})
	return runs, err
}

// ImportRuns lists the imports, the newest first; at most limit of them.
func (t *Tx) ImportRuns(limit int) ([]data.ImportRun, error) {
	return t.importRuns(" ORDER BY id DESC LIMIT ?", limit)
}

// ImportRun reads one import, or fails with data.ErrNotFound.
func (t *Tx) ImportRun(id int64) (data.ImportRun, error) {
	runs, err := t.importRuns(" WHERE id = ?", id)
	if err != nil {
		return data.ImportRun{}, err
	}
	if len(runs) == 0 {
		return data.ImportRun{}, data.ErrNotFound
	}
	return runs[0], nil
}

// ImportedRows reads what an import changed, by the record's key.
func (t *Tx) ImportedRows(runID int64) ([]ImportedRow, error) {
	var found []ImportedRow
	err := t.each("SELECT id, record_id, revision, sealed_changes FROM import_row WHERE run_id = ? ORDER BY record_id", []any{runID}, func(scan func(...any) error) error {
		row, err := t.scanChanges(scan, "import_row")
		found = append(found, row)
		return err
	})
	return found, err
}

// scanChanges reads a row of a table that keeps what was changed: its key, the record's key and revision, the changes.
func (t *Tx) scanChanges(scan func(...any) error, table string) (ImportedRow, error) {
	var row ImportedRow
	var id int64
	var sealed []byte
	err := scan(&id, &row.RecordID, &row.Revision, &sealed)
	if err == nil {
		row.Changes, err = t.openChanges(sealed, table, id)
	}
	return row, err
}

func (t *Tx) sealChanges(changes []data.FieldChange, table string, id int64) (any, error) {
	text, err := json.Marshal(changes)
	if err != nil {
		return nil, err
	}
	return t.seal(string(text), table, id, "changes")
}

func (t *Tx) openChanges(sealed []byte, table string, id int64) ([]data.FieldChange, error) {
	text, err := t.open(sealed, table, id, "changes")
	if err != nil {
		return nil, err
	}
	var changes []data.FieldChange
	if err := json.Unmarshal([]byte(text), &changes); err != nil {
		return nil, fmt.Errorf("%w: %s %d: %w", data.ErrDamaged, table, id, err)
	}
	return changes, nil
}

// ImportedOrganizations lists the organisations that an import made and that still have the name that it gave them, the lowest first.
func (t *Tx) ImportedOrganizations(runID int64) ([]int64, error) {
	return t.ids(`SELECT o.id FROM import_organization i JOIN organization o ON o.id = i.organization_id AND o.name = i.name
		WHERE i.run_id = ? ORDER BY o.depth DESC, o.id DESC`, runID)
}

// FinishUndo writes down that an import was undone, once.
func (t *Tx) FinishUndo(runID int64, user string, now data.Moment) error {
	return t.change("UPDATE import_run SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL", string(now), user, runID)
}

// AddedTrainee is what an undo must know of a trainee whom an import added.
type AddedTrainee struct {
	ID                                  int64
	Name                                string
	Platform                            data.PlatformState
	Changed, Charged, Taught, Requested bool // since the import: the record, money, hours, a password reset
}

// AddedTrainees reads those of an import's people who are still stored.
func (t *Tx) AddedTrainees(runID int64) ([]AddedTrainee, error) {
	var found []AddedTrainee
	err := t.each(`SELECT p.id, p.name, p.platform, p.revision > 0, EXISTS (SELECT 1 FROM recharge_entry e WHERE e.trainee_id = p.id),
			EXISTS (SELECT 1 FROM offline_hours h WHERE h.trainee_id = p.id), EXISTS (SELECT 1 FROM password_reset s WHERE s.trainee_id = p.id)
		FROM trainee p JOIN import_run r ON p.id BETWEEN r.first_added AND r.last_added WHERE r.id = ? ORDER BY p.id`, []any{runID}, func(scan func(...any) error) error {
		var a AddedTrainee
		err := scan(&a.ID, &a.Name, &a.Platform, &a.Changed, &a.Charged, &a.Taught, &a.Requested)
		found = append(found, a)
		return err
	})
	return found, err
}

// AddedHours is what an undo must know of a record that an import added.
type AddedHours struct {
	ID, TraineeID int64
	Name          string
	Changed       bool // since the import
}

// AddedHours reads those of an import's records that are still stored.
func (t *Tx) AddedHours(runID int64) ([]AddedHours, error) {
	var found []AddedHours
	err := t.each(`SELECT h.id, p.id, p.name, h.revision > 0 FROM offline_hours h JOIN trainee p ON p.id = h.trainee_id
			JOIN import_run r ON h.id BETWEEN r.first_added AND r.last_added WHERE r.id = ? ORDER BY h.id`, []any{runID}, func(scan func(...any) error) error {
		var a AddedHours
		err := scan(&a.ID, &a.TraineeID, &a.Name, &a.Changed)
		found = append(found, a)
		return err
	})
	return found, err
}

// RemoveTrainee deletes a trainee on whom nothing hangs; else it fails with data.ErrWrongState.
func (t *Tx) RemoveTrainee(id int64) error {
	err := t.change("DELETE FROM trainee WHERE id = ?", id)
	if isConstraint(err, "FOREIGN KEY") {
		return fmt.Errorf("%w: trainee in use: %w", data.ErrWrongState, err)
	}
	return err
}

// RemoveHours deletes a record of offline hours.
func (t *Tx) RemoveHours(id int64) error {
	return t.change("DELETE FROM offline_hours WHERE id = ?", id)
}

// Revision tells how often a record of a form was changed.
func (t *Tx) Revision(form string, id int64) (int64, error) {
	var revision int64
	err := t.one("SELECT revision FROM "+importTables[form]+" WHERE id = ?", []any{id}, &revision)
	return revision, err
}

// SetRevision puts a record that has its old values back to the revision that it had with them.
func (t *Tx) SetRevision(form string, id, revision int64) error {
	return t.change("UPDATE "+importTables[form]+" SET revision = ? WHERE id = ?", revision, id)
}
