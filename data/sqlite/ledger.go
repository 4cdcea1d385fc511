package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"peixun/data"
)

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
	return chain(previous, strconv.FormatInt(id, 10), e.RunID, strconv.FormatInt(e.BatchID, 10), strconv.FormatInt(e.TraineeID, 10),
		strconv.FormatInt(int64(e.Amount), 10), strconv.FormatInt(e.ReversalOf, 10), e.Reason, e.User, string(e.At))
}

// chain hashes a record together with the hash before it; lengths keep neighbouring fields apart.
func chain(previous string, fields ...string) string {
	text := make([]byte, 0, 512)
	text = append(text, previous...)
	for _, field := range fields {
		text = append(text, '|')
		text = strconv.AppendInt(text, int64(len(field)), 10)
		text = append(text, ':')
		text = append(text, field...)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// LedgerHead reads where the ledger ends.
func (t *Tx) LedgerHead() (LedgerHead, error) {
	var head LedgerHead
	err := t.one("SELECT id, hash FROM recharge_entry ORDER BY id DESC LIMIT 1", nil, &head.Count, &head.Hash)
	if errors.Is(err, data.ErrNotFound) {
		return LedgerHead{}, nil
	}
	return head, err
}

// entriesAtOnce is how many lines one statement appends: an answer from SQLite for every line costs more than the line.
const entriesAtOnce = 50

// AppendEntries adds lines to the recharge ledger and gives their keys. The schema refuses a disabled trainee
// (data.ErrTraineeDisabled), more than the batch has left (data.ErrBatchTooSmall) and a second reversal (data.ErrWrongState).
// progress is told now and then how many are done.
func (t *Tx) AppendEntries(entries []LedgerEntry, progress func(done int) error) ([]int64, error) {
	head, err := t.LedgerHead()
	if err != nil {
		return nil, err
	}
	ids := make([]int64, 0, len(entries))
	for len(ids) < len(entries) {
		some := entries[len(ids):min(len(entries), len(ids)+entriesAtOnce)]
		if head, err = t.appendSome(some, head); err != nil {
			return nil, ledgerError(err)
		}
		for id := head.Count - int64(len(some)) + 1; id <= head.Count; id++ {
			ids = append(ids, id)
		}
		if progress != nil {
			if err := progress(len(ids)); err != nil {
				return nil, err
			}
		}
	}
	return ids, t.sealLedger(head)
}

// appendSome adds a few lines behind head by one statement and gives the new head.
func (t *Tx) appendSome(entries []LedgerEntry, head LedgerHead) (LedgerHead, error) {
	const columns = 11
	arguments := make([]any, 0, columns*len(entries))
	for _, e := range entries {
		id, err := t.Next("recharge_entry")
		if err != nil {
			return head, err
		}
		hash := e.hash(id, head.Hash)
		arguments = append(arguments, id, e.RunID, e.BatchID, e.TraineeID, int64(e.Amount), nullable(e.ReversalOf), e.Reason, e.User, string(e.At), head.Hash, hash)
		head = LedgerHead{Count: id, Hash: hash}
	}
	_, err := t.exec("INSERT INTO recharge_entry (id, run_id, batch_id, trainee_id, amount, reversal_of, reason, user, at, previous, hash) VALUES "+
		strings.TrimSuffix(strings.Repeat("("+placeholders(columns)+"),", len(entries)), ","), arguments...)
	return head, err
}

func ledgerError(err error) error {
	switch {
	case isConstraint(err, "trainee is disabled"):
		return fmt.Errorf("%w: %w", data.ErrTraineeDisabled, err)
	case isConstraint(err, "used BETWEEN"):
		return fmt.Errorf("%w: %w", data.ErrBatchTooSmall, err)
	case isConstraint(err, "reversed already"):
		return fmt.Errorf("%w: %w", data.ErrWrongState, err)
	}
	return err
}

// Entry reads one ledger line as it was appended, or fails with data.ErrNotFound.
func (t *Tx) Entry(id int64) (LedgerEntry, error) {
	var e LedgerEntry
	err := t.one("SELECT run_id, batch_id, trainee_id, amount, coalesce(reversal_of, 0), reason, user, at FROM recharge_entry WHERE id = ?", []any{id},
		&e.RunID, &e.BatchID, &e.TraineeID, &e.Amount, &e.ReversalOf, &e.Reason, &e.User, &e.At)
	return e, err
}
