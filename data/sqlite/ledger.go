package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"peixun/data"
)

// AddBatch stores the batch that an approval made; an empty number takes the next of the plan's year.
func (t *Tx) AddBatch(orderID int64, number string, face data.Money, now data.Moment) (string, error) {
	id, err := t.Next("card_batch")
	if err != nil {
		return "", err
	}
	if number == "" {
		var planID int64
		if err := t.one("SELECT plan_id FROM payment_order WHERE id = ?", []any{orderID}, &planID); err != nil {
			return "", err
		}
		if number, err = t.freeBatchNumber(planID); err != nil {
			return "", err
		}
	}
	_, err = t.exec("INSERT INTO card_batch (id, number, order_id, face, created_at) VALUES (?, ?, ?, ?, ?)", id, number, orderID, int64(face), string(now))
	if isConstraint(err, "card_batch.number") {
		return "", data.Refuse("batch-number-exists", "batch", fmt.Sprintf("批次号 %s 已经有了。", number), "请核对平台给的批次号。").Because(err)
	}
	return number, err
}

// freeBatchNumber gives the next of our own batch numbers, past those that the platform's own numbers took by looking alike.
func (t *Tx) freeBatchNumber(planID int64) (string, error) {
	for {
		number, err := t.planNumbered("XK", planID)
		if err != nil {
			return "", err
		}
		if _, err := t.BatchByNumber(number); err != nil {
			return number, ignoreNotFound(err)
		}
	}
}

const batchQuery = `SELECT b.id, b.number, b.order_id, o.number, o.plan_id, p.name, p.year, b.face, b.used, b.created_at
	FROM card_batch b JOIN payment_order o ON o.id = b.order_id JOIN plan p ON p.id = o.plan_id`

func (t *Tx) batches(condition string, arguments ...any) ([]data.CardBatch, error) {
	var found []data.CardBatch
	err := t.each(batchQuery+condition, arguments, func(scan func(...any) error) error {
		var b data.CardBatch
		err := scan(&b.ID, &b.Number, &b.OrderID, &b.OrderNumber, &b.PlanID, &b.PlanName, &b.PlanYear, &b.Face, &b.Used, &b.CreatedAt)
		found = append(found, b)
		return err
	})
	return found, err
}

// Batches lists all learning-card batches, the newest first.
func (t *Tx) Batches() ([]data.CardBatch, error) { return t.batches(" ORDER BY b.id DESC") }

// Batch reads one batch, or fails with data.ErrNotFound.
func (t *Tx) Batch(id int64) (data.CardBatch, error) {
	found, err := t.batches(" WHERE b.id = ?", id)
	if err != nil || len(found) == 0 {
		return data.CardBatch{}, errors.Join(err, notFound(len(found)))
	}
	return found[0], nil
}

func ignoreNotFound(err error) error {
	if errors.Is(err, data.ErrNotFound) {
		return nil
	}
	return err
}

func notFound(count int) error {
	if count == 0 {
		return data.ErrNotFound
	}
	return nil
}

// BatchByNumber finds a batch's key, or fails with data.ErrNotFound.
func (t *Tx) BatchByNumber(number string) (int64, error) {
	var id int64
	err := t.one("SELECT id FROM card_batch WHERE number = ?", []any{number}, &id)
	return id, err
}

// RemoveUnusedBatches deletes an order's batches when its approval is taken back; the schema refuses where one is used.
func (t *Tx) RemoveUnusedBatches(orderID int64) error {
	_, err := t.exec("DELETE FROM card_batch WHERE order_id = ?", orderID)
	if isConstraint(err, "") {
		return fmt.Errorf("%w: batch is used: %w", data.ErrWrongState, err)
	}
	return err
}

// Run reads what a recharge run did, or fails with data.ErrNotFound. request is the hash of what was asked for.
func (t *Tx) Run(id string) (result data.RechargeResult, request string, err error) {
	result = data.RechargeResult{RunID: id}
	err = t.one("SELECT r.count, r.total, b.face - b.used, r.request FROM recharge_run r JOIN card_batch b ON b.id = r.batch_id WHERE r.id = ?", []any{id},
		&result.Count, &result.Total, &result.Left, &request)
	return result, request, err
}

// AddRun stores a recharge run's head before its entries.
func (t *Tx) AddRun(id string, batchID int64, count int, total data.Money, request, user string, now data.Moment) error {
	_, err := t.exec("INSERT INTO recharge_run (id, batch_id, count, total, at, user, request) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, batchID, count, int64(total), string(now), user, request)
	return err
}

// LedgerEntry is what one line of the recharge ledger says.
type LedgerEntry struct {
	RunID      string
	BatchID    int64
	TraineeID  int64
	Amount     data.Money // negative for a reversal
	ReversalOf int64
	Reason     string
	User       string
	At         data.Moment
}

func (e LedgerEntry) hash(id int64, previous string) string {
	return chain(previous, fmt.Sprint(id), e.RunID, fmt.Sprint(e.BatchID), fmt.Sprint(e.TraineeID), fmt.Sprint(int64(e.Amount)),
		fmt.Sprint(e.ReversalOf), e.Reason, e.User, string(e.At))
}

// chain hashes a record together with the hash before it; lengths keep neighbouring fields apart.
func chain(previous string, fields ...string) string {
	var text strings.Builder
	text.WriteString(previous)
	for _, field := range fields {
		fmt.Fprintf(&text, "|%d:%s", len(field), field)
	}
	sum := sha256.Sum256([]byte(text.String()))
	return hex.EncodeToString(sum[:])
}

// AppendEntries adds lines to the recharge ledger and gives their keys. The schema refuses a disabled trainee
// (data.ErrTraineeDisabled) and more than the batch has left (data.ErrBatchTooSmall).
func (t *Tx) AppendEntries(entries []LedgerEntry, progress func(done int) error) ([]int64, error) {
	var previous string
	err := t.one("SELECT hash FROM recharge_entry ORDER BY id DESC LIMIT 1", nil, &previous)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return nil, err
	}
	ids := make([]int64, 0, len(entries))
	for done, e := range entries {
		id, err := t.Next("recharge_entry")
		if err != nil {
			return nil, err
		}
		hash := e.hash(id, previous)
		_, err = t.exec(`INSERT INTO recharge_entry (id, run_id, batch_id, trainee_id, amount, reversal_of, reason, user, at, previous, hash)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, e.RunID, e.BatchID, e.TraineeID, int64(e.Amount), nullable(e.ReversalOf), e.Reason, e.User, string(e.At), previous, hash)
		if err != nil {
			return nil, ledgerError(err)
		}
		previous = hash
		ids = append(ids, id)
		if progress != nil {
			if err := progress(done + 1); err != nil {
				return nil, err
			}
		}
	}
	return ids, nil
}

func ledgerError(err error) error {
	switch {
	case isConstraint(err, "trainee is disabled"):
		return fmt.Errorf("%w: %w", data.ErrTraineeDisabled, err)
	case isConstraint(err, "used BETWEEN"):
		return fmt.Errorf("%w: %w", data.ErrBatchTooSmall, err)
	case isConstraint(err, "reversal_of"):
		return fmt.Errorf("%w: already reversed: %w", data.ErrWrongState, err)
	}
	return err
}
