package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// PreviewRecharge tells what a run would do and who would be left out, and why. It writes nothing.
func (a *App) PreviewRecharge(ctx context.Context, run data.RechargeRun) (data.RechargeResult, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.RechargeResult, error) {
		batch, err := batchOf(tx, run)
		if err != nil {
			return data.RechargeResult{}, err
		}
		people, refused, err := eligible(tx, run, batch)
		result := data.RechargeResult{RunID: run.ID, Count: len(people), Refused: refused}
		for _, id := range people {
			result.Total += run.AmountFor(id)
		}
		result.Left = batch.Left() - result.Total
		return result, err
	})
}

// batchOf reads the batch that a run is from. It may be gone since the run was looked at: another window took the approval back.
func batchOf(tx *sqlite.Tx, run data.RechargeRun) (data.CardBatch, error) {
	batch, err := tx.Batch(run.BatchID)
	if errors.Is(err, data.ErrNotFound) {
		return batch, data.Refuse("batch-unknown", "batch", "这个学习卡批次已经不在了，没有给任何人充值。", "订单的审核可能被撤回了，请另选一个批次。").Because(err)
	}
	return batch, err
}

// Recharge credits every trainee in run from one card batch, all or none. Amounts are in 分.
// Those whom PreviewRecharge refuses are left out and listed where skipRefused is set; else any refusal fails the run:
// with data.ErrTraineeDisabled, data.ErrBatchTooSmall or data.ErrWrongState, and then nothing has changed.
// Running the same run.ID again changes nothing and returns the first result, those left out included.
func (a *App) Recharge(ctx context.Context, run data.RechargeRun, skipRefused bool, progress Progress) (data.RechargeResult, error) {
	if run.ID == "" {
		run.ID = NewRunID()
	}
	var result data.RechargeResult
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if result, err = repeatedRun(tx, run); err != nil || result.Already {
			return err
		}
		result, err = a.recharge(ctx, tx, user, run, skipRefused, progress)
		return err
	}, LedgerChanged, TraineesChanged)
	return result, err
}

// repeatedRun finds a run that was done before. The same ID for something else is refused.
func repeatedRun(tx *sqlite.Tx, run data.RechargeRun) (data.RechargeResult, error) {
	result, done, err := tx.Run(run.ID)
	if errors.Is(err, data.ErrNotFound) {
		return data.RechargeResult{}, nil
	}
	if err != nil {
		return result, err
	}
	same := done.Kind == data.RunRecharge && done.Request == requestHash(run)
	if !same && done.Kind == data.RunRecharge && !strings.HasPrefix(done.Request, requestMark) {
		if same, err = sameByLedger(tx, done, run); err != nil {
			return result, err
		}
	}
	if !same {
		return data.RechargeResult{}, data.Refuse("run-id-reused", "run", "这个充值编号已经用于另一次充值。", "请重新发起充值。").Because(data.ErrWrongState)
	}
	result.Already = true
	return result, nil
}

// requestMark begins the hashes that hold people and amounts; those of before held the batch and the amounts only.
const requestMark = "2:"

// requestHash tells runs apart that ask for another batch, other people or other amounts.
func requestHash(run data.RechargeRun) string {
	text := strconv.AppendInt(nil, run.BatchID, 10)
	text = strconv.AppendBool(append(text, '|'), run.WithUnreported)
	for _, id := range run.People() {
		text = strconv.AppendInt(append(text, '|'), id, 10)
		text = strconv.AppendInt(append(text, '='), int64(run.AmountFor(id)), 10)
	}
	sum := sha256.Sum256(text)
	return requestMark + hex.EncodeToString(sum[:])
}

// sameByLedger compares a run of before with one that is asked for now by what it wrote: its people must be among those asked for, with their amounts.
func sameByLedger(tx *sqlite.Tx, done sqlite.LedgerRun, run data.RechargeRun) (bool, error) {
	if done.BatchID != run.BatchID {
		return false, nil
	}
	ids, err := tx.RunEntries(run.ID)
	if err != nil {
		return false, err
	}
	people := run.People()
	for _, id := range ids {
		entry, err := tx.Entry(id)
		if err != nil {
			return false, err
		}
		if _, asked := slices.BinarySearch(people, entry.TraineeID); !asked || run.AmountFor(entry.TraineeID) != entry.Amount {
			return false, nil
		}
	}
	return true, nil
}

func (a *App) recharge(ctx context.Context, tx *sqlite.Tx, user string, run data.RechargeRun, skipRefused bool, progress Progress) (data.RechargeResult, error) {
	result := data.RechargeResult{RunID: run.ID}
	batch, err := batchOf(tx, run)
	if err != nil {
		return result, err
	}
	people, refused, err := eligible(tx, run, batch)
	if err != nil {
		return result, err
	}
	if err := judgeRun(people, refused, skipRefused); err != nil {
		return data.RechargeResult{RunID: run.ID, Left: batch.Left(), Refused: refused}, err
	}
	entries := make([]sqlite.LedgerEntry, len(people))
	for place, id := range people {
		amount := run.AmountFor(id)
		if amount <= 0 || amount > data.MaxMoney {
			return result, data.Refuse("amount", "amount", "充值金额不对。", "金额要大于 0，最多两位小数。")
		}
		result.Total += amount
		entries[place] = sqlite.LedgerEntry{RunID: run.ID, BatchID: batch.ID, TraineeID: id, Amount: amount, User: user, At: a.Now()}
	}
	result.Count, result.Left, result.Refused = len(people), batch.Left()-result.Total, refused
	if result.Left < 0 {
		return data.RechargeResult{RunID: run.ID, Left: batch.Left()}, tooSmall(batch, result.Total)
	}
	head := sqlite.LedgerRun{ID: run.ID, Kind: data.RunRecharge, BatchID: batch.ID, Count: result.Count, Total: result.Total, Left: result.Left,
		Request: requestHash(run), User: user, At: a.Now()}
	if err := a.append(ctx, tx, head, entries, progress); err != nil {
		return result, err
	}
	if err := tx.AddRefusals(run.ID, refused); err != nil {
		return result, err
	}
	return result, a.logLedger(tx, user, "recharge.run", batch.OrderNumber, fmt.Sprintf("充值 %d 人，%s 元，批次 %s", result.Count, result.Total, batch.Number))
}

func tooSmall(batch data.CardBatch, total data.Money) error {
	return data.Refuse("batch-too-small", "batch", fmt.Sprintf("批次 %s 只剩 %s 元，这次要充 %s 元。", batch.Number, batch.Left(), total),
		"请减少人数或金额，或换一个批次。").Because(data.ErrBatchTooSmall)
}

// append writes a run and its lines.
func (a *App) append(ctx context.Context, tx *sqlite.Tx, head sqlite.LedgerRun, entries []sqlite.LedgerEntry, progress Progress) error {
	if err := tx.AddRun(head); err != nil {
		return err
	}
	_, err := tx.AppendEntries(entries, func(done int) error { return step(ctx, progress, done, len(entries)) })
	return err
}

// logLedger adds a line to 操作日志 that says where the ledger ends now, so that 数据体检 sees when lines are cut off.
func (a *App) logLedger(tx *sqlite.Tx, user, action, target, detail string) error {
	head, err := tx.LedgerHead()
	if err != nil {
		return err
	}
	return a.log(tx, user, action, target, detail+"；"+head.String())
}

func judgeRun(people []int64, refused []data.RechargeRefusal, skipRefused bool) error {
	if len(refused) > 0 && (!skipRefused || len(people) == 0) {
		cause := data.ErrWrongState
		for _, one := range refused {
			if one.Code == data.RefusedDisabled {
				cause = data.ErrTraineeDisabled
			}
		}
		return data.Refuse("recharge-refused", "trainees", fmt.Sprintf("%d 人不能充值，例如“%s”：%s。", len(refused), refused[0].Name, refused[0].Reason),
			"请去掉他们再充值，没有给任何人充值。").Because(cause)
	}
	if len(people) == 0 {
		return data.Refuse("recharge-nobody", "trainees", "没有选择要充值的学员。", "请先勾选学员。")
	}
	return nil
}
