package sqlite

import (
	"database/sql/driver"
	"io"

	"peixun/data"
	"peixun/data/vault"
)

// SubmissionNumber gives a plan's next package number, BP-2022-0001.
func (t *Tx) SubmissionNumber(planID int64) (string, error) { return t.planNumbered("BP", planID) }

// AddSubmission stores a package that was written, with its rows as they stand in it, and gives its key.
func (t *Tx) AddSubmission(s data.Submission, items []data.SubmissionItem) (int64, error) {
	id, err := t.Next("submission")
	if err != nil {
		return 0, err
	}
	_, err = t.exec("INSERT INTO submission (id, number, plan_id, file, sha256, everything, at, user) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, s.Number, s.PlanID, s.File, s.SHA256, s.Everything, string(s.At), s.User)
	if err != nil {
		return 0, err
	}
	rows := make([]int64, len(items)) // taken before: while a feed is read, no other statement runs
	for place := range rows {
		if rows[place], err = t.Next("submission_row"); err != nil {
			return 0, err
		}
	}
	place := 0
	return id, t.insertAll("submission_row (id, submission_id, place, kind, subject_id, novelty, file, file_row, label, sealed_cells)", 10, func() ([]driver.Value, error) {
		if place == len(items) {
			return nil, io.EOF
		}
		item, row := items[place], rows[place]
		place++
		cells, err := t.sealJSON(item.Cells, "submission_row", row, "cells")
		if err != nil {
			return nil, err
		}
		return []driver.Value{row, id, int64(item.Place), string(item.Kind), item.SubjectID, string(item.Novelty), item.File, int64(item.Row), item.Label, cells}, nil
	})
}

const submissionColumns = `SELECT s.id, s.number, s.plan_id, p.name, s.file, s.sha256, s.everything, s.at, s.user, s.withdrawn_at, s.withdrawn_reason,
	(SELECT count(*) FROM submission_row r WHERE r.submission_id = s.id),
	(SELECT count(*) FROM submission_row r WHERE r.submission_id = s.id AND r.answer = '成功'),
	(SELECT count(*) FROM submission_row r WHERE r.submission_id = s.id AND r.answer = '失败')
	FROM submission s JOIN plan p ON p.id = s.plan_id`

// Submissions lists every package, the newest first.
func (t *Tx) Submissions() ([]data.Submission, error) { return t.submissions(" ORDER BY s.id DESC") }

// Submission reads one package, or fails with data.ErrNotFound.
func (t *Tx) Submission(id int64) (data.Submission, error) {
	return t.oneSubmission(" WHERE s.id = ?", id)
}

// SubmissionByNumber reads one package, or fails with data.ErrNotFound.
func (t *Tx) SubmissionByNumber(number string) (data.Submission, error) {
	return t.oneSubmission(" WHERE s.number = ?", number)
}

// LastSubmission gives a plan's newest package that was not withdrawn, or data.ErrNotFound.
func (t *Tx) LastSubmission(planID int64) (data.Submission, error) {
	return t.oneSubmission(" WHERE s.plan_id = ? AND s.withdrawn_at = '' ORDER BY s.id DESC LIMIT 1", planID)
}

func (t *Tx) oneSubmission(condition string, arguments ...any) (data.Submission, error) {
	found, err := t.submissions(condition, arguments...)
	if err == nil {
		err = notFound(len(found))
	}
	if err != nil {
		return data.Submission{}, err
	}
	return found[0], nil
}

func (t *Tx) submissions(condition string, arguments ...any) ([]data.Submission, error) {
	var found []data.Submission
	err := t.each(submissionColumns+condition, arguments, func(scan func(...any) error) error {
		var s data.Submission
		err := scan(&s.ID, &s.Number, &s.PlanID, &s.PlanName, &s.File, &s.SHA256, &s.Everything, &s.At, &s.User, &s.WithdrawnAt, &s.WithdrawnReason,
			&s.Rows, &s.Succeeded, &s.Failed)
		found = append(found, s)
		return err
	})
	return found, err
}

// SentRows reads a package's rows in its order.
func (t *Tx) SentRows(submissionID int64) ([]data.SentRow, error) {
	return t.sentRows(" WHERE r.submission_id = ? ORDER BY r.place", submissionID)
}

// LastSent gives for every subject of a kind its row in the newest package of a plan that holds it and stands, by the subject's key.
// People belong to no plan: for them every plan's packages count.
func (t *Tx) LastSent(kind data.SubjectKind, planID int64) (map[int64]data.SentRow, error) {
	if kind == data.SubjectTrainee {
		planID = 0
	}
	rows, err := t.sentRows(` WHERE r.id IN (SELECT max(n.id) FROM submission_row n JOIN submission m ON m.id = n.submission_id
		WHERE n.kind = ? AND m.withdrawn_at = '' AND (? = 0 OR m.plan_id = ?) GROUP BY n.subject_id)`, string(kind), planID, planID)
	last := make(map[int64]data.SentRow, len(rows))
	for _, row := range rows {
		last[row.Item.SubjectID] = row
	}
	return last, err
}

// Accepted lists the subjects of a kind that the platform took at any time, by key.
func (t *Tx) Accepted(kind data.SubjectKind) (map[int64]bool, error) {
	ids, err := t.ids("SELECT DISTINCT subject_id FROM submission_row WHERE kind = ? AND answer = '成功'", string(kind))
	accepted := make(map[int64]bool, len(ids))
	for _, id := range ids {
		accepted[id] = true
	}
	return accepted, err
}

func (t *Tx) sentRows(condition string, arguments ...any) ([]data.SentRow, error) {
	var found []data.SentRow
	err := t.each(`SELECT r.id, s.number, r.kind, r.subject_id, r.place, r.file, r.file_row, r.label, r.novelty, r.sealed_cells, r.answer, r.sealed_reason
		FROM submission_row r JOIN submission s ON s.id = r.submission_id`+condition, arguments, func(scan func(...any) error) error {
		var row data.SentRow
		var cells, reason []byte
		item := &row.Item
		err := scan(&row.ID, &row.Submission, &item.Kind, &item.SubjectID, &item.Place, &item.File, &item.Row, &item.Label, &item.Novelty, &cells, &row.Answer, &reason)
		if err != nil {
			return err
		}
		if item.Cells, err = t.openJSON(cells, "submission_row", row.ID, "cells"); err != nil {
			return err
		}
		row.Reason, err = t.open(reason, "submission_row", row.ID, "reason")
		found = append(found, row)
		return err
	})
	return found, err
}

// AnswerSent stores what the platform said of a row; data.AnswerNone opens it again.
func (t *Tx) AnswerSent(id int64, answer data.PlatformAnswer, reason string, at data.Moment) error {
	sealed, err := t.seal(reason, "submission_row", id, "reason")
	if err != nil {
		return err
	}
	if answer == data.AnswerNone {
		at = ""
	}
	return t.change("UPDATE submission_row SET answer = ?, sealed_reason = ?, answered_at = ? WHERE id = ?", string(answer), sealed, string(at), id)
}

// WithdrawSubmission takes a package back, once; its number is never used again.
func (t *Tx) WithdrawSubmission(id int64, reason string, at data.Moment) error {
	return t.change("UPDATE submission SET withdrawn_at = ?, withdrawn_reason = ? WHERE id = ? AND withdrawn_at = ''", string(at), reason, id)
}

// ReportTrainees makes the people of a package 已报盘 whom the platform has not taken yet, or who wait to be corrected there. Somebody
// whom it has, and of whom it will hear a lesser change, stays 平台已导入.
func (t *Tx) ReportTrainees(submissionID int64, now data.Moment) error {
	return t.movePlatform(submissionID, data.PlatformReported, now, data.PlatformPending, data.PlatformFailed)
}

// ReopenTrainees makes the people of a package 待报 again who are 已报盘.
func (t *Tx) ReopenTrainees(submissionID int64, now data.Moment) error {
	return t.movePlatform(submissionID, data.PlatformPending, now, data.PlatformReported, data.PlatformReported)
}

func (t *Tx) movePlatform(submissionID int64, to data.PlatformState, now data.Moment, from, or data.PlatformState) error {
	_, err := t.exec(`UPDATE trainee SET platform = ?, platform_reason = '', updated_at = ? WHERE platform IN (?, ?)
		AND id IN (SELECT subject_id FROM submission_row WHERE submission_id = ? AND kind = '学员')`,
		string(to), string(now), string(from), string(or), submissionID)
	return err
}

// SetPlatform stores what the platform knows of a trainee, and its reason for a failure.
func (t *Tx) SetPlatform(id int64, state data.PlatformState, reason string, now data.Moment) error {
	return t.change("UPDATE trainee SET platform = ?, platform_reason = ?, updated_at = ? WHERE id = ?", string(state), reason, string(now), id)
}

// SubmissionSeal makes the seal of a package's manifest under the unit's data key.
func (t *Tx) SubmissionSeal(unsealed []byte) ([]byte, error) {
	if t.vault == nil {
		return nil, data.ErrLocked
	}
	return SealOf(t.vault, unsealed), nil
}

// SealOf makes the seal of a package's manifest under a data key, such as one of before.
func SealOf(key *vault.Vault, unsealed []byte) []byte {
	return key.Index("submission", string(unsealed))
}
