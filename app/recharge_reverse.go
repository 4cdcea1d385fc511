package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// ReverseRecharge takes one entry of the ledger back by a reversing entry (冲正), for a reason.
func (a *App) ReverseRecharge(ctx context.Context, entryID int64, reason string) (data.RechargeResult, error) {
	return a.ReverseRecharges(ctx, []int64{entryID}, reason)
}

// ReverseRecharges takes entries of the ledger back by reversing entries (冲正), for a reason, all or none: one that is a reversal,
// is reversed already or was confirmed by the platform fails with data.ErrWrongState. Left is of the last entry's batch.
func (a *App) ReverseRecharges(ctx context.Context, entryIDs []int64, reason string) (data.RechargeResult, error) {
	var result data.RechargeResult
	reason, err := judgeReason(reason, "请写明为什么冲正。")
	if err != nil {
		return result, err
	}
	entryIDs = slices.Clone(entryIDs)
	slices.Sort(entryIDs)
	entryIDs = slices.Compact(entryIDs)
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		entries, err := tx.RechargeEntries(entryIDs)
		if errors.Is(err, data.ErrNotFound) {
			return data.Refuse("entry-unknown", "entry", fmt.Sprintf("没有第 %d 条充值明细。", entryIDs[0]), "请核对编号。").Because(err)
		}
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return data.Refuse("entry-none", "entry", "没有选择要冲正的充值明细。", "请先勾选。").Because(data.ErrWrongState)
		}
		for _, entry := range entries {
			if err := judgeReversal(entry); err != nil {
				return err
			}
		}
		result, err = a.takeBack(ctx, tx, user, data.RunReversal, entries, func(data.RechargeEntry) string { return reason })
		return err
	}, LedgerChanged, TraineesChanged)
	return result, err
}

// ReverseRun takes back what is left of a run: every entry that is not taken back yet, for a reason.
func (a *App) ReverseRun(ctx context.Context, runID, reason string) (data.RechargeResult, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return data.RechargeResult{}, err
	}
	ids, err := query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) {
		return tx.RechargeIDs(data.RechargeQuery{RunID: runID, State: data.EntryWaits})
	})
	if err != nil {
		return data.RechargeResult{}, err
	}
	if len(ids) == 0 {
		return data.RechargeResult{}, data.Refuse("run-reversed", "run", "这次充值里没有还能冲正的明细。", "已经冲正、退回，或者平台已确认成功；平台结果记错了，请先撤销结果。").Because(data.ErrWrongState)
	}
	return a.ReverseRecharges(ctx, ids, reason)
}

// judgeReversal refuses an entry that cannot be taken back, and says why.
func judgeReversal(entry data.RechargeEntry) error {
	switch {
	case entry.ReversalOf != 0:
		return data.Refuse("entry-is-reversal", "entry", fmt.Sprintf("第 %d 条本身就是%s。", entry.ID, entry.State()), "它不能再冲正，请重新充值。").Because(data.ErrWrongState)
	case entry.ReversedBy != 0:
		return data.Refuse("entry-reversed", "entry", fmt.Sprintf("第 %d 条已经被第 %d 条冲正或退回。", entry.ID, entry.ReversedBy), "不用再冲正。").Because(data.ErrWrongState)
	case entry.Answer == data.AnswerSucceeded:
		return data.Refuse("entry-confirmed", "entry", fmt.Sprintf("平台已确认第 %d 条充值成功。", entry.ID), "如果结果记错了，请先撤销平台结果，再冲正。").Because(data.ErrWrongState)
	}
	return nil
}

// takeBack appends a reversing entry for each entry, a run for each batch, and logs them. reason gives each its words.
func (a *App) takeBack(ctx context.Context, tx *sqlite.Tx, user string, kind data.RunKind, entries []data.RechargeEntry, reason func(data.RechargeEntry) string) (data.RechargeResult, error) {
	result := data.RechargeResult{}
	for _, group := range byBatch(entries) {
		batch, err := tx.Batch(group[0].BatchID)
		if err != nil {
			return result, err
		}
		head := sqlite.LedgerRun{ID: NewRunID(), Kind: kind, BatchID: batch.ID, Count: len(group), Reason: reason(group[0]), User: user, At: a.Now()}
		lines := make([]sqlite.LedgerEntry, len(group))
		for place, entry := range group {
			head.Total -= entry.Amount
			lines[place] = sqlite.LedgerEntry{RunID: head.ID, BatchID: entry.BatchID, TraineeID: entry.TraineeID, Amount: -entry.Amount, ReversalOf: entry.ID,
				Reason: reason(entry), User: user, At: a.Now()}
		}
		head.Left = batch.Left() - head.Total
		if err := a.append(ctx, tx, head, lines, nil); err != nil {
			return result, err
		}
		result.RunID, result.Left = head.ID, head.Left
		result.Count, result.Total = result.Count+head.Count, result.Total+head.Total
		months, err := monthsOfEntries(tx, group)
		if err != nil {
			return result, err
		}
		closed, err := closedWords(tx, months...)
		if err != nil {
			return result, err
		}
		detail := fmt.Sprintf("%s %d 条，%s 元，批次 %s：%s", kind, head.Count, -head.Total, batch.Number, head.Reason) + closed
		if err := a.logLedger(tx, user, reversalActions[kind], batch.OrderNumber, detail); err != nil {
			return result, err
		}
	}
	return result, nil
}

var reversalActions = map[data.RunKind]string{data.RunReversal: "recharge.reverse", data.RunReturned: "recharge.return"}

// byBatch parts entries by their batch, since a run has one, and so that nobody stands twice in a run: a person who was merged of two
// may have two recharges.
func byBatch(entries []data.RechargeEntry) [][]data.RechargeEntry {
	type group struct {
		batch int64
		round int
	}
	var groups [][]data.RechargeEntry
	places, rounds := map[group]int{}, map[[2]int64]int{}
	for _, entry := range entries {
		person := [2]int64{entry.BatchID, entry.TraineeID}
		this := group{entry.BatchID, rounds[person]}
		rounds[person]++
		place, known := places[this]
		if !known {
			place = len(groups)
			places[this] = place
			groups = append(groups, nil)
		}
		groups[place] = append(groups[place], entry)
	}
	return groups
}
