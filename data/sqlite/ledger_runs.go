package sqlite

import (
	"encoding/json"

	"peixun/data"
)

// LedgerRun is the head of a run, stored before its lines.
type LedgerRun struct {
	ID      string
	Kind    data.RunKind
	BatchID int64
	Count   int
	Total   data.Money // negative for what takes money back
	Left    data.Money // of the batch, as the run leaves it
	Reason  string
	Request string // the hash of what was asked for
	User    string
	At      data.Moment
}

// AddRun stores a run's head before its lines.
func (t *Tx) AddRun(r LedgerRun) error {
	_, err := t.exec("INSERT INTO recharge_run (id, batch_id, count, total, at, user, request, kind, reason, left_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		r.ID, r.BatchID, r.Count, int64(r.Total), string(r.At), r.User, r.Request, string(r.Kind), r.Reason, int64(r.Left))
	return err
}

// AddRefusals stores whom a run left out.
func (t *Tx) AddRefusals(runID string, refused []data.RechargeRefusal) error {
	for place, one := range refused {
		_, err := t.exec("INSERT INTO recharge_refusal (run_id, position, trainee_id, code, reason) VALUES (?, ?, ?, ?, ?)", runID, place, one.TraineeID, one.Code, one.Reason)
		if err != nil {
			return err
		}
	}
	return nil
}

// Run reads a run's first result with those whom it left out, or fails with data.ErrNotFound. Left of a run from before that was kept
// is what the batch has now. run tells what was asked for.
func (t *Tx) Run(id string) (result data.RechargeResult, run LedgerRun, err error) {
	result, run.ID = data.RechargeResult{RunID: id}, id
	err = t.one(`SELECT r.kind, r.batch_id, r.count, r.total, coalesce(r.left_after, b.face - b.used), r.reason, r.request, r.user, r.at
			FROM recharge_run r JOIN card_batch b ON b.id = r.batch_id WHERE r.id = ?`, []any{id},
		&run.Kind, &run.BatchID, &run.Count, &run.Total, &run.Left, &run.Reason, &run.Request, &run.User, &run.At)
	if err != nil {
		return result, run, err
	}
	result.Count, result.Total, result.Left = run.Count, run.Total, run.Left
	result.Refused, err = t.Refusals(id)
	return result, run, err
}

// Refusals lists whom a run left out, in its order.
func (t *Tx) Refusals(runID string) ([]data.RechargeRefusal, error) {
	var refused []data.RechargeRefusal
	err := t.each("SELECT f.trainee_id, p.name, f.code, f.reason FROM recharge_refusal f JOIN trainee p ON p.id = f.trainee_id WHERE f.run_id = ? ORDER BY f.position", []any{runID},
		func(scan func(...any) error) error {
			var one data.RechargeRefusal
			err := scan(&one.TraineeID, &one.Name, &one.Code, &one.Reason)
			refused = append(refused, one)
			return err
		})
	return refused, err
}

// RunEntries lists the keys of a run's lines, in the ledger's order.
func (t *Tx) RunEntries(runID string) ([]int64, error) {
	return t.ids("SELECT id FROM recharge_entry WHERE run_id = ? ORDER BY id", runID)
}

// RunRows lists the runs from a batch, or from all for 0, the newest first.
func (t *Tx) RunRows(batchID int64) ([]data.RechargeRunRow, error) {
	var rows []data.RechargeRunRow
	err := t.each(`SELECT r.id, r.kind, r.batch_id, b.number, r.count, r.total, r.reason, r.user, r.at,
			(SELECT count(*) FROM recharge_entry e WHERE e.run_id = r.id AND EXISTS (SELECT 1 FROM recharge_entry v WHERE v.reversal_of = e.id)),
			(SELECT count(*) FROM recharge_entry e WHERE e.run_id = r.id AND `+lastAnswer+` = '成功'),
			(SELECT count(*) FROM recharge_entry e WHERE e.run_id = r.id AND `+lastAnswer+` = '失败'),
			(SELECT count(*) FROM recharge_refusal f WHERE f.run_id = r.id)
		FROM recharge_run r JOIN card_batch b ON b.id = r.batch_id WHERE r.batch_id = ? OR ? = 0 ORDER BY r.rowid DESC`, []any{batchID, batchID},
		func(scan func(...any) error) error {
			var r data.RechargeRunRow
			err := scan(&r.ID, &r.Kind, &r.BatchID, &r.BatchNumber, &r.Count, &r.Total, &r.Reason, &r.User, &r.At, &r.Reversed, &r.Succeeded, &r.Failed, &r.Refused)
			rows = append(rows, r)
			return err
		})
	return rows, err
}

// KeepDraft stores a run whose preview is open, until DropDraft.
func (t *Tx) KeepDraft(run data.RechargeRun, user string, now data.Moment) error {
	request, err := json.Marshal(run)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO recharge_draft (run_id, request, user, at) VALUES (?, ?, ?, ?) ON CONFLICT (run_id) DO UPDATE SET request = excluded.request, at = excluded.at",
		run.ID, string(request), user, string(now))
	return err
}

// DropDraft forgets a run whose answer is known.
func (t *Tx) DropDraft(runID string) error {
	_, err := t.exec("DELETE FROM recharge_draft WHERE run_id = ?", runID)
	return err
}

// Drafts lists a user's runs whose answer is not known yet, the oldest first.
func (t *Tx) Drafts(user string) ([]data.RechargeRun, error) {
	var runs []data.RechargeRun
	err := t.each("SELECT request FROM recharge_draft WHERE user = ? ORDER BY at, run_id", []any{user}, func(scan func(...any) error) error {
		var request string
		if err := scan(&request); err != nil {
			return err
		}
		var run data.RechargeRun
		err := json.Unmarshal([]byte(request), &run)
		runs = append(runs, run)
		return err
	})
	return runs, err
}
