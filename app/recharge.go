package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// Batches lists the learning-card batches, the newest first.
func (a *App) Batches(ctx context.Context) ([]data.CardBatch, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.CardBatch, error) { return tx.Batches() })
}

// BatchByNumber finds a batch.
func (a *App) BatchByNumber(ctx context.Context, number string) (data.CardBatch, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.CardBatch, error) {
		id, err := tx.BatchByNumber(number)
		if err != nil {
			return data.CardBatch{}, data.Refuse("batch-unknown", "batch", fmt.Sprintf("没有批次 %s。", number), "请核对批次号；订单审核通过后才有批次。").Because(err)
		}
		return tx.Batch(id)
	})
}

// PreviewRecharge tells what a run would do and who would be left out, and why. It writes nothing.
func (a *App) PreviewRecharge(ctx context.Context, run data.RechargeRun) (data.RechargeResult, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.RechargeResult, error) {
		batch, err := tx.Batch(run.BatchID)
		if err != nil {
			return data.RechargeResult{}, err
		}
		eligible, refused, err := eligible(tx, run, batch)
		result := data.RechargeResult{RunID: run.ID, Count: len(eligible), Refused: refused}
		for _, id := range eligible {
			result.Total += run.AmountFor(id)
		}
		result.Left = batch.Left() - result.Total
		return result, err
	})
}

// eligible parts the run's people into those who can be recharged and those who cannot.
func eligible(tx *sqlite.Tx, run data.RechargeRun, batch data.CardBatch) (ids []int64, refused []data.RechargeRefusal, err error) {
	already, err := tx.RechargedFor(batch.PlanID)
	if err != nil {
		return nil, nil, err
	}
	payers, organizations, err := payersOf(tx, batch.OrderID)
	if err != nil {
		return nil, nil, err
	}
	seen := map[int64]bool{}
	for _, id := range run.Trainees {
		if seen[id] {
			continue
		}
		seen[id] = true
		trainee, err := tx.TraineeBrief(id)
		if err != nil {
			return nil, nil, err
		}
		payer := trainee.PayerID
		if payer == 0 {
			payer = organizations.Payer(trainee.OrganizationID).ID
		}
		refusal := data.RechargeRefusal{TraineeID: id, Name: trainee.Name}
		switch {
		case trainee.Status != data.TraineeEnabled:
			refusal.Code, refusal.Reason = "disabled", "已停用"
		case already[id] > 0:
			refusal.Code, refusal.Reason = "already-recharged", fmt.Sprintf("本计划已充值 %s", already[id])
		case !payers[payer]:
			name, _ := organizations.Get(payer)
			refusal.Code, refusal.Reason = "other-payer", fmt.Sprintf("缴费机构是%s，不是这笔缴费的机构", name.Name)
		default:
			ids = append(ids, id)
			continue
		}
		refused = append(refused, refusal)
	}
	return ids, refused, nil
}

// payersOf lists the payers whose money is in an order: each line's organisation, and the payer through which people in it
// or below it pay, unless all of them have a payer of their own. PeoplePaidFor counts by the same rule.
func payersOf(tx *sqlite.Tx, orderID int64) (map[int64]bool, data.OrganizationTree, error) {
	organizations, err := tree(tx)
	if err != nil {
		return nil, organizations, err
	}
	order, err := tx.Order(orderID)
	if err != nil {
		return nil, organizations, err
	}
	payers := map[int64]bool{}
	for _, line := range order.Lines {
		payers[line.OrganizationID] = true
		payer := organizations.Payer(line.OrganizationID).ID
		inside, err := tx.TraineeTotals(data.TraineeQuery{OrganizationIDs: []int64{line.OrganizationID}, PayerIDs: []int64{payer}})
		if err != nil {
			return nil, organizations, err
		}
		if inside.Count > 0 {
			payers[payer] = true
		}
	}
	return payers, organizations, nil
}

// Recharge credits every trainee in run from one card batch, all or none. Amounts are in 分.
// Those whom PreviewRecharge refuses are left out and listed where skipRefused is set; else any refusal fails the run:
// with data.ErrTraineeDisabled, data.ErrBatchTooSmall or data.ErrWrongState, and then nothing has changed.
// Running the same run.ID again changes nothing and returns the first result.
func (a *App) Recharge(ctx context.Context, run data.RechargeRun, skipRefused bool, progress Progress) (data.RechargeResult, error) {
	if run.ID == "" {
		run.ID = NewRunID()
	}
	var result data.RechargeResult
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if result, err = a.repeatedRun(tx, run); err != nil || result.Already {
			return err
		}
		result, err = a.recharge(ctx, tx, user, run, skipRefused, progress)
		return err
	}, LedgerChanged, TraineesChanged)
	return result, err
}

// repeatedRun finds a run that was done before. The same ID for something else is refused.
func (a *App) repeatedRun(tx *sqlite.Tx, run data.RechargeRun) (data.RechargeResult, error) {
	done, request, err := tx.Run(run.ID)
	if errors.Is(err, data.ErrNotFound) {
		return data.RechargeResult{}, nil
	}
	if err != nil {
		return done, err
	}
	if request != requestHash(run) {
		return data.RechargeResult{}, data.Refuse("run-id-reused", "run", "这个充值编号已经用于另一次充值。", "请重新发起充值。").Because(data.ErrWrongState)
	}
	done.Already = true
	return done, nil
}

// requestHash tells runs apart that ask for another batch or other amounts.
func requestHash(run data.RechargeRun) string {
	text := fmt.Sprintf("%d|%d", run.BatchID, run.Amount)
	ids := make([]int64, 0, len(run.Amounts))
	for id := range run.Amounts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		text += fmt.Sprintf("|%d=%d", id, run.Amounts[id])
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func (a *App) recharge(ctx context.Context, tx *sqlite.Tx, user string, run data.RechargeRun, skipRefused bool, progress Progress) (data.RechargeResult, error) {
	result := data.RechargeResult{RunID: run.ID}
	batch, err := tx.Batch(run.BatchID)
	if err != nil {
		return result, err
	}
	people, refused, err := eligible(tx, run, batch)
	if err != nil {
		return result, err
	}
	if err := judgeRun(run, people, refused, skipRefused); err != nil {
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
	if result.Total > batch.Left() {
		return result, data.Refuse("batch-too-small", "batch", fmt.Sprintf("批次 %s 只剩 %s 元，这次要充 %s 元。", batch.Number, batch.Left(), result.Total),
			"请减少人数或金额，或换一个批次。").Because(data.ErrBatchTooSmall)
	}
	if err := tx.AddRun(run.ID, batch.ID, len(people), result.Total, requestHash(run), user, a.Now()); err != nil {
		return result, err
	}
	if _, err := tx.AppendEntries(entries, func(done int) error { return step(ctx, progress, done, len(entries)) }); err != nil {
		return result, err
	}
	result.Count, result.Left, result.Refused = len(people), batch.Left()-result.Total, refused
	return result, a.log(tx, user, "recharge.run", batch.OrderNumber, fmt.Sprintf("充值 %d 人，%s 元，批次 %s", result.Count, result.Total, batch.Number))
}

func judgeRun(run data.RechargeRun, people []int64, refused []data.RechargeRefusal, skipRefused bool) error {
	if len(refused) > 0 && (!skipRefused || len(people) == 0) {
		cause := data.ErrWrongState
		for _, one := range refused {
			if one.Code == "disabled" {
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

// ReverseRecharge takes one entry of the ledger back by a reversing entry (冲正), for a reason.
func (a *App) ReverseRecharge(ctx context.Context, entryID int64, reason string) (data.RechargeResult, error) {
	reason, err := judgeReason(reason, "请写明为什么冲正。")
	if err != nil {
		return data.RechargeResult{}, err
	}
	result := data.RechargeResult{RunID: NewRunID(), Count: 1}
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		entry, err := tx.Entry(entryID)
		if err != nil {
			return data.Refuse("entry-unknown", "entry", fmt.Sprintf("没有第 %d 条充值明细。", entryID), "请核对编号。").Because(err)
		}
		if entry.ReversalOf != 0 {
			return data.Refuse("entry-is-reversal", "entry", "这一条本身就是冲正。", "冲正不能再冲正，请重新充值。").Because(data.ErrWrongState)
		}
		batch, err := tx.Batch(entry.BatchID)
		if err != nil {
			return err
		}
		entry = sqlite.LedgerEntry{RunID: result.RunID, BatchID: entry.BatchID, TraineeID: entry.TraineeID, Amount: -entry.Amount, ReversalOf: entryID,
			Reason: reason, User: user, At: a.Now()}
		if err := tx.AddRun(result.RunID, entry.BatchID, 1, entry.Amount, "reversal", user, a.Now()); err != nil {
			return err
		}
		if _, err := tx.AppendEntries([]sqlite.LedgerEntry{entry}, nil); err != nil {
			if errors.Is(err, data.ErrWrongState) {
				return data.Refuse("entry-reversed", "entry", "这一条已经冲正过。", "不用再冲正。").Because(err)
			}
			return err
		}
		result.Total, result.Left = entry.Amount, batch.Left()-entry.Amount
		return a.log(tx, user, "recharge.reverse", batch.OrderNumber, fmt.Sprintf("冲正 %s 元：%s", -entry.Amount, reason))
	}, LedgerChanged, TraineesChanged)
	return result, err
}

// RechargeIDs lists the keys of the lines of 充值明细 that a query finds, in its order.
func (a *App) RechargeIDs(ctx context.Context, q data.RechargeQuery) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) { return tx.RechargeIDs(q) })
}

// RechargeEntries reads lines of 充值明细 in the order of ids.
func (a *App) RechargeEntries(ctx context.Context, ids []int64) ([]data.RechargeEntry, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.RechargeEntry, error) { return tx.RechargeEntries(ids) })
}

// RechargeTotal sums the lines of 充值明细 that a query finds, in 分.
func (a *App) RechargeTotal(ctx context.Context, q data.RechargeQuery) (data.Money, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.Money, error) { return tx.RechargeTotal(q) })
}
