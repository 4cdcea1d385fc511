package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// RecordAnswers writes down what the platform answered to recharges, all or none. A failure needs the platform's reason and releases
// its money by a reversing entry; an answer that stands already is left as it is. An entry that was taken back, or that failed and is
// now said to have succeeded, fails with data.ErrWrongState: undo what was recorded first.
func (a *App) RecordAnswers(ctx context.Context, answers []data.EntryAnswer) (data.AnswerResult, error) {
	var result data.AnswerResult
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		result, err = a.recordAnswers(ctx, tx, user, answers)
		return err
	}, LedgerChanged, TraineesChanged)
	return result, err
}

func (a *App) recordAnswers(ctx context.Context, tx *sqlite.Tx, user string, answers []data.EntryAnswer) (data.AnswerResult, error) {
	var result data.AnswerResult
	entries, err := answeredEntries(tx, answers)
	if err != nil {
		return result, err
	}
	var failed []data.RechargeEntry
	reasons := map[int64]string{}
	for place, entry := range entries {
		answer := answers[place]
		if answer.Answer == entry.Answer {
			result.Unchanged++
			continue
		}
		if answer.Reason, err = judgeAnswer(entry, answer); err != nil {
			return result, err
		}
		if answer.Answer == data.AnswerFailed {
			failed, reasons[entry.ID] = append(failed, entry), answer.Reason
			continue
		}
		result.Succeeded++
		if err := tx.AddAnswer(sqlite.LedgerAnswer{EntryID: entry.ID, Answer: answer.Answer, Reason: answer.Reason, User: user, At: a.Now()}); err != nil {
			return result, err
		}
	}
	result.Failed = len(failed)
	if result.Released, err = a.release(ctx, tx, user, failed, reasons); err != nil {
		return result, err
	}
	if result.Succeeded+result.Failed == 0 {
		return result, nil
	}
	return result, a.logAnswers(tx, user, "recharge.answer", entries[0].OrderNumber, fmt.Sprintf("平台充值结果：成功 %d 人，失败 %d 人，退回 %s 元", result.Succeeded, result.Failed, result.Released))
}

// logAnswers adds a line to 操作日志 that says where the answers end now, so that 数据体检 sees when one is changed or cut off.
func (a *App) logAnswers(tx *sqlite.Tx, user, action, target, detail string) error {
	head, err := tx.AnswersHead()
	if err != nil {
		return err
	}
	return a.log(tx, user, action, target, detail+"；"+head.NotedAnswers())
}

// answeredEntries reads the entries that answers name, in their order.
func answeredEntries(tx *sqlite.Tx, answers []data.EntryAnswer) ([]data.RechargeEntry, error) {
	ids, seen := make([]int64, len(answers)), map[int64]bool{}
	for place, answer := range answers {
		if seen[answer.EntryID] {
			return nil, data.Refuse("answer-twice", "entry", fmt.Sprintf("第 %d 条充值有两个结果。", answer.EntryID), "请只留一个。").Because(data.ErrWrongState)
		}
		ids[place], seen[answer.EntryID] = answer.EntryID, true
	}
	if len(ids) == 0 {
		return nil, data.Refuse("entry-none", "entry", "没有选择充值明细。", "请先勾选。").Because(data.ErrWrongState)
	}
	entries, err := tx.RechargeEntries(ids)
	if errors.Is(err, data.ErrNotFound) {
		return nil, data.Refuse("entry-unknown", "entry", "有一条充值明细找不到。", "请刷新后再试。").Because(err)
	}
	return entries, err
}

// judgeAnswer cleans an answer's reason, or says why the entry cannot have that answer.
func judgeAnswer(entry data.RechargeEntry, answer data.EntryAnswer) (reason string, err error) {
	switch {
	case entry.ReversalOf != 0:
		return "", data.Refuse("entry-is-reversal", "entry", fmt.Sprintf("第 %d 条是%s，平台不会对它回复。", entry.ID, entry.State()), "请选充值的那一条。").Because(data.ErrWrongState)
	case entry.Answer == data.AnswerFailed:
		return "", data.Refuse("entry-failed", "entry", fmt.Sprintf("第 %d 条已经记为失败，钱已退回批次。", entry.ID), "如果记错了，请先撤销平台结果，再记成功。").Because(data.ErrWrongState)
	case entry.ReversedBy != 0:
		return "", data.Refuse("entry-reversed", "entry", fmt.Sprintf("第 %d 条已经被第 %d 条冲正。", entry.ID, entry.ReversedBy), "不用再记平台结果。").Because(data.ErrWrongState)
	case answer.Answer == data.AnswerFailed:
		return judgeReason(answer.Reason, "请照平台的提示写明为什么失败。")
	case answer.Answer != data.AnswerSucceeded:
		return "", data.Refuse("answer-unknown", "answer", "平台结果只能是成功或失败。", "请选择其中一个。")
	case answer.Reason != "":
		return judgeReason(answer.Reason, "")
	}
	return "", nil
}

// release gives failures' money back to their batches and ties each reversing entry to its answer.
func (a *App) release(ctx context.Context, tx *sqlite.Tx, user string, failed []data.RechargeEntry, reasons map[int64]string) (data.Money, error) {
	if len(failed) == 0 {
		return 0, nil
	}
	returned, err := a.takeBack(ctx, tx, user, data.RunReturned, failed, func(entry data.RechargeEntry) string { return "平台充值失败：" + reasons[entry.ID] })
	if err != nil {
		return 0, err
	}
	for _, entry := range failed {
		reversal, err := tx.ReversalOf(entry.ID)
		if err != nil {
			return 0, err
		}
		err = tx.AddAnswer(sqlite.LedgerAnswer{EntryID: entry.ID, Answer: data.AnswerFailed, Reason: reasons[entry.ID], Linked: reversal, User: user, At: a.Now()})
		if err != nil {
			return 0, err
		}
	}
	return -returned.Total, nil
}

// UndoAnswers takes wrongly recorded answers back, for a reason, all or none. A success is simply open again; a failure's money is
// charged again by a new entry, which the same rules judge as any recharge: it fails with data.ErrWrongState, data.ErrTraineeDisabled or
// data.ErrBatchTooSmall where that is not possible any more.
func (a *App) UndoAnswers(ctx context.Context, entryIDs []int64, reason string) (data.RechargeResult, error) {
	var result data.RechargeResult
	reason, err := judgeReason(reason, "请写明为什么撤销平台结果。")
	if err != nil {
		return result, err
	}
	answers := make([]data.EntryAnswer, len(entryIDs))
	for place, id := range entryIDs {
		answers[place].EntryID = id
	}
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		entries, err := answeredEntries(tx, answers)
		if err != nil {
			return err
		}
		var failed []data.RechargeEntry
		for _, entry := range entries {
			switch entry.Answer {
			case data.AnswerFailed:
				failed = append(failed, entry)
				continue
			case data.AnswerNone:
				return data.Refuse("answer-none", "entry", fmt.Sprintf("第 %d 条还没有平台结果。", entry.ID), "不用撤销。").Because(data.ErrWrongState)
			}
			if err := tx.AddAnswer(sqlite.LedgerAnswer{EntryID: entry.ID, Reason: reason, User: user, At: a.Now()}); err != nil {
				return err
			}
		}
		if result, err = a.restore(ctx, tx, user, failed, reason); err != nil {
			return err
		}
		result.Count = len(entries)
		return a.logAnswers(tx, user, "recharge.answer-undo", entries[0].OrderNumber, fmt.Sprintf("撤销 %d 条平台结果，重新充入 %s 元：%s", len(entries), result.Total, reason))
	}, LedgerChanged, TraineesChanged)
	return result, err
}

// restore charges people again whose failure had been recorded wrongly.
func (a *App) restore(ctx context.Context, tx *sqlite.Tx, user string, failed []data.RechargeEntry, reason string) (data.RechargeResult, error) {
	var result data.RechargeResult
	for _, group := range byBatch(failed) {
		batch, err := tx.Batch(group[0].BatchID)
		if err != nil {
			return result, err
		}
		head := sqlite.LedgerRun{ID: NewRunID(), Kind: data.RunRestored, BatchID: batch.ID, Count: len(group), Reason: reason, User: user, At: a.Now()}
		run := data.RechargeRun{BatchID: batch.ID, WithUnreported: true}
		lines := make([]sqlite.LedgerEntry, len(group))
		for place, entry := range group {
			head.Total += entry.Amount
			run.Trainees = append(run.Trainees, entry.TraineeID)
			lines[place] = sqlite.LedgerEntry{RunID: head.ID, BatchID: batch.ID, TraineeID: entry.TraineeID, Amount: entry.Amount, Reason: reason, User: user, At: a.Now()}
		}
		people, refused, err := eligible(tx, run, batch)
		if err != nil {
			return result, err
		}
		if err := judgeRun(people, refused, false); err != nil {
			return result, err
		}
		if head.Left = batch.Left() - head.Total; head.Left < 0 {
			return result, tooSmall(batch, head.Total)
		}
		if err := a.appendRestored(ctx, tx, head, lines, group); err != nil {
			return result, err
		}
		result.RunID, result.Left, result.Total = head.ID, head.Left, result.Total+head.Total
		if err := a.logLedger(tx, user, "recharge.restore", batch.OrderNumber, fmt.Sprintf("恢复 %d 人，%s 元，批次 %s：%s", head.Count, head.Total, batch.Number, reason)); err != nil {
			return result, err
		}
	}
	return result, nil
}

// appendRestored writes the run and ties each of its lines to the answer that it undoes.
func (a *App) appendRestored(ctx context.Context, tx *sqlite.Tx, head sqlite.LedgerRun, lines []sqlite.LedgerEntry, undone []data.RechargeEntry) error {
	if err := a.append(ctx, tx, head, lines, nil); err != nil {
		return err
	}
	ids, err := tx.RunEntries(head.ID)
	if err != nil {
		return err
	}
	for place, entry := range undone {
		if err := tx.AddAnswer(sqlite.LedgerAnswer{EntryID: entry.ID, Reason: head.Reason, Linked: ids[place], User: head.User, At: head.At}); err != nil {
			return err
		}
	}
	return nil
}
