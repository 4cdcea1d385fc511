package sqlite

import (
	"peixun/data"
	"peixun/data/vault"
)

// RequestPasswordReset notes that the platform shall reset somebody's password and gives the request's key; 0 where one is open already.
func (t *Tx) RequestPasswordReset(traineeID int64, user string, now data.Moment) (int64, error) {
	var open int
	err := t.one("SELECT count(*) FROM password_reset WHERE trainee_id = ? AND done_at IS NULL", []any{traineeID}, &open)
	if err != nil || open > 0 {
		return 0, err
	}
	result, err := t.exec("INSERT INTO password_reset (trainee_id, at, user) SELECT id, ?, ? FROM trainee WHERE id = ? AND merged_into IS NULL", string(now), user, traineeID)
	if err != nil {
		return 0, err
	}
	if count, err := result.RowsAffected(); err != nil || count == 0 {
		return 0, notFoundOr(err)
	}
	return result.LastInsertId()
}

func notFoundOr(err error) error {
	if err != nil {
		return err
	}
	return data.ErrNotFound
}

const resetColumns = `SELECT r.id, r.trainee_id, p.name, coalesce(p.username, ''), p.sealed_id_number, o.path, r.at, r.user, coalesce(r.done_at, ''), coalesce(r.done_by, '')
	FROM password_reset r JOIN trainee p ON p.id = r.trainee_id JOIN organization o ON o.id = p.organization_id`

func (t *Tx) passwordResets(condition string, arguments ...any) ([]data.PasswordReset, error) {
	var found []data.PasswordReset
	err := t.each(resetColumns+condition, arguments, func(scan func(...any) error) error {
		var r data.PasswordReset
		var idNumber []byte
		if err := scan(&r.ID, &r.TraineeID, &r.Name, &r.Username, &idNumber, &r.Organization, &r.At, &r.User, &r.DoneAt, &r.DoneBy); err != nil {
			return err
		}
		number, err := t.open(idNumber, "trainee", r.TraineeID, "id_number")
		if err != nil {
			return err
		}
		r.IDNumber = vault.MaskIDNumber(number)
		if r.Username == "" {
			r.Username = r.IDNumber
		}
		found = append(found, r)
		return nil
	})
	return found, err
}

// OpenPasswordResets lists the requests that are not done, the oldest first, numbers masked.
func (t *Tx) OpenPasswordResets() ([]data.PasswordReset, error) {
	return t.passwordResets(" WHERE r.done_at IS NULL AND p.merged_into IS NULL ORDER BY r.at, r.id")
}

// PasswordResetsOf lists one trainee's requests, done or not.
func (t *Tx) PasswordResetsOf(traineeID int64) ([]data.PasswordReset, error) {
	return t.passwordResets(" WHERE r.trainee_id = ? ORDER BY r.id", traineeID)
}

// FinishPasswordReset notes that a request is done and tells whether it was open.
func (t *Tx) FinishPasswordReset(id int64, user string, now data.Moment) (bool, error) {
	return t.touched("UPDATE password_reset SET done_at = ?, done_by = ? WHERE id = ? AND done_at IS NULL", string(now), user, id)
}

// ReopenPasswordReset takes that back; where the trainee has another open request meanwhile, the old one stays done.
func (t *Tx) ReopenPasswordReset(id int64) (bool, error) {
	return t.touched(`UPDATE password_reset SET done_at = NULL, done_by = NULL WHERE id = ? AND done_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM password_reset o WHERE o.trainee_id = password_reset.trainee_id AND o.done_at IS NULL)`, id)
}

// WithdrawPasswordReset deletes a request that is still open and tells whether it was.
func (t *Tx) WithdrawPasswordReset(id int64) (bool, error) {
	return t.touched("DELETE FROM password_reset WHERE id = ? AND done_at IS NULL", id)
}

// touched runs a statement and tells whether it touched a row.
func (t *Tx) touched(query string, arguments ...any) (bool, error) {
	result, err := t.exec(query, arguments...)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}
