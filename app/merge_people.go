package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// PreviewMerge tells what MergeTrainees would do and offers the fields to choose from. It writes nothing.
func (a *App) PreviewMerge(ctx context.Context, request data.MergeRequest) (data.MergePreview, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.MergePreview, error) {
		var preview data.MergePreview
		people, err := mergePeople(tx, request)
		if err != nil {
			return preview, err
		}
		organizations, err := tree(tx)
		if err != nil {
			return preview, err
		}
		preview.Fields = data.MergeFields(people, request.Take, organizations, maskField)
		if preview.People, err = tx.TraineeRows(request.Everybody(), 0); err != nil {
			return preview, err
		}
		for place, row := range preview.People {
			preview.Balance += row.Balance
			if place > 0 {
				preview.Moved += row.Balance
			}
		}
		if preview.Hours, preview.Twice, err = comparedHours(tx, request); err != nil {
			return preview, err
		}
		preview.Paid, err = paidTwice(tx, request)
		return preview, err
	})
}

// mergePeople reads a request's people, the one who stays first.
func mergePeople(tx *sqlite.Tx, request data.MergeRequest) ([]data.Trainee, error) {
	ids := request.Everybody()
	seen := map[int64]bool{}
	var people []data.Trainee
	for _, id := range ids {
		if seen[id] {
			return nil, data.Refuse("merge-self", "", "同一位学员选了两次。", "请选两位或更多不同的学员。")
		}
		seen[id] = true
		person, err := tx.Trainee(id)
		if err != nil {
			return nil, err
		}
		people = append(people, person)
	}
	if len(people) < 2 {
		return nil, data.Refuse("merge-one", "", "合并至少要有两位学员。", "请再选一位。")
	}
	return people, nil
}

// trainingKey is what makes two records of offline hours the same training's, as the schema has it.
type trainingKey struct {
	plan        int64
	title       string
	starts, end data.Date
}

func keyOfTraining(h data.OfflineHours) trainingKey {
	return trainingKey{h.PlanID, h.Title, h.StartsOn, h.EndsOn}
}

// trainings lists what somebody has offline hours for.
func trainings(tx *sqlite.Tx, id int64) (map[trainingKey]bool, error) {
	known := map[trainingKey]bool{}
	err := tx.EachHoursOf(id, func(h data.OfflineHours) error {
		known[keyOfTraining(h)] = true
		return nil
	})
	return known, err
}

// comparedHours counts the records that would come along, and names the trainings that are recorded for both.
func comparedHours(tx *sqlite.Tx, request data.MergeRequest) (moved int, twice []string, err error) {
	known, err := trainings(tx, request.Keep)
	for _, id := range request.Drop {
		if err != nil {
			return 0, nil, err
		}
		err = tx.EachHoursOf(id, func(h data.OfflineHours) error {
			if known[keyOfTraining(h)] {
				twice = append(twice, h.Title)
				return nil
			}
			known[keyOfTraining(h)] = true
			moved++
			return nil
		})
	}
	return moved, twice, err
}

// paidTwice lists the plans for which more than one of the people was recharged.
func paidTwice(tx *sqlite.Tx, request data.MergeRequest) ([]data.PlanPaid, error) {
	plans, err := tx.Plans()
	if err != nil {
		return nil, err
	}
	var found []data.PlanPaid
	for _, plan := range plans {
		rows, err := tx.TraineeRows(request.Everybody(), plan.ID)
		if err != nil {
			return nil, err
		}
		paid := data.PlanPaid{Plan: plan.Name}
		for _, row := range rows {
			if row.Recharged > 0 {
				paid.Times++
				paid.Amount += row.Recharged
			}
		}
		if paid.Times > 1 {
			found = append(found, paid)
		}
	}
	return found, nil
}

// MergeTrainees makes one person of several records, in one transaction: the record that stays gets the chosen values; money comes to
// it by a reversal and a new line for each recharge, so that the ledger stays as it is written; hours and open requests go along. The
// other records stay for the ledger and the log and are listed nowhere; a sheet with one of their numbers finds who they are now.
// UndoTraineeChange takes it back as long as no money was moved since.
func (a *App) MergeTrainees(ctx context.Context, request data.MergeRequest) (data.MergeResult, error) {
	var result data.MergeResult
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		people, err := mergePeople(tx, request)
		if err != nil {
			return err
		}
		m := &merging{app: a, tx: tx, user: user, keep: people[0], merged: data.MergePeople(people, request.Take),
			parts: sqlite.MergeParts{Kept: people[0], Dropped: people[1:], Hours: map[int64]int64{}, Resets: map[int64]int64{}, Revisions: map[int64]int64{}}}
		if err := m.all(); err != nil {
			return err
		}
		err = m.note(request)
		result = m.result
		return err
	}, TraineesChanged, OrganizationsChanged, LedgerChanged, HoursChanged)
	if err != nil {
		return data.MergeResult{}, err
	}
	return result, nil
}

// merging is a merge while it runs.
type merging struct {
	app    *App
	tx     *sqlite.Tx
	user   string
	keep   data.Trainee // as it was
	merged data.Trainee // as it will be
	parts  sqlite.MergeParts
	result data.MergeResult
}

func (m *merging) all() error {
	m.merged.UpdatedAt = m.app.Now()
	for _, part := range []func() error{m.remember, m.release, m.save, m.moveMoney, m.finish, m.moveHours, m.moveResets} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// remember notes the records' revisions, which an undo gives back.
func (m *merging) remember() error {
	for _, person := range append([]data.Trainee{m.keep}, m.parts.Dropped...) {
		revision, err := m.tx.Revision(data.TraineeForm.Key, person.ID)
		if err != nil {
			return err
		}
		m.parts.Revisions[person.ID] = revision
	}
	return nil
}

// waitingNumber stands in for an identity number while two records exchange theirs.
func waitingNumber(id int64) string { return fmt.Sprintf("merging %d", id) }

// release takes the other records out of the lists and frees what the merged person takes of them: numbers and usernames are unique.
func (m *merging) release() error {
	for _, dropped := range m.parts.Dropped {
		if err := m.tx.SetMerged(dropped.ID, m.keep.ID); err != nil {
			return err
		}
		dropped.Status, dropped.Username = data.TraineeDisabled, ""
		if dropped.IDNumber == m.merged.IDNumber {
			dropped.IDNumber = waitingNumber(dropped.ID)
		}
		if err := m.tx.SaveTrainee(dropped); err != nil {
			return err
		}
	}
	return nil
}

// save stores the merged person, enabled until the money has come, and gives the old number to the record whose number it took.
func (m *merging) save() error {
	enabled := m.merged
	enabled.Status = data.TraineeEnabled
	if err := m.tx.SaveTrainee(enabled); err != nil {
		return err
	}
	for _, dropped := range m.parts.Dropped {
		if dropped.IDNumber != m.merged.IDNumber {
			continue
		}
		dropped.Status, dropped.Username, dropped.IDNumber = data.TraineeDisabled, "", m.keep.IDNumber
		return m.tx.SaveTrainee(dropped)
	}
	return nil
}

// moveMoney brings every recharge of the other records to the one who stays.
func (m *merging) moveMoney() error {
	for _, dropped := range m.parts.Dropped {
		entries, err := m.tx.LiveEntries(dropped.ID)
		if err != nil {
			return err
		}
		for _, id := range entries {
			line, amount, err := m.app.moveEntry(m.tx, m.user, id, m.keep.ID, "合并学员")
			if err != nil {
				return err
			}
			m.parts.Entries, m.parts.Owners = append(m.parts.Entries, line), append(m.parts.Owners, dropped.ID)
			m.result.Moved += amount
		}
	}
	var err error
	m.parts.LastEntry, err = m.tx.LastEntryOf(m.keep.ID)
	return err
}

// moveEntry reverses a line of the ledger and gives the same amount of the same batch to another trainee; both lines are one run,
// whose total is 0. What the platform said of the old line counts for the new one, which it gives.
func (a *App) moveEntry(tx *sqlite.Tx, user string, id, to int64, reason string) (line int64, amount data.Money, err error) {
	found, err := tx.RechargeEntries([]int64{id})
	if err != nil {
		return 0, 0, err
	}
	entry := found[0]
	batch, err := tx.Batch(entry.BatchID)
	if err != nil {
		return 0, 0, err
	}
	answer := sqlite.LedgerAnswer{EntryID: id, Reason: reason, User: user, At: a.Now()}
	if entry.Answer != data.AnswerNone {
		if err := tx.AddAnswer(answer); err != nil {
			return 0, 0, err
		}
	}
	head := sqlite.LedgerRun{ID: NewRunID(), Kind: data.RunMerged, BatchID: entry.BatchID, Count: 2, Left: batch.Left(), Reason: reason, Request: "merge", User: user, At: a.Now()}
	out := sqlite.LedgerEntry{RunID: head.ID, BatchID: entry.BatchID, TraineeID: entry.TraineeID, Amount: -entry.Amount, ReversalOf: id, Reason: reason, User: user, At: a.Now()}
	in := sqlite.LedgerEntry{RunID: head.ID, BatchID: entry.BatchID, TraineeID: to, Amount: entry.Amount, Reason: fmt.Sprintf("%s，原明细 %d", reason, id), User: user, At: a.Now()}
	if err := tx.AddRun(head); err != nil {
		return 0, 0, err
	}
	lines, err := tx.AppendEntries([]sqlite.LedgerEntry{out, in}, nil)
	if err != nil {
		return 0, 0, err
	}
	if entry.Answer != data.AnswerNone {
		answer.EntryID, answer.Answer = lines[1], entry.Answer
		if err := tx.AddAnswer(answer); err != nil {
			return 0, 0, err
		}
	}
	return lines[1], entry.Amount, a.logLedger(tx, user, "recharge.merge", batch.OrderNumber, fmt.Sprintf("%s：明细 %d 的 %s 元转给 %s", reason, id, entry.Amount, traineeTarget(to)))
}

// finish gives the merged person the chosen status.
func (m *merging) finish() error {
	if m.merged.Status == data.TraineeEnabled {
		return nil
	}
	return m.tx.SaveTrainee(m.merged)
}

// moveHours brings the records of offline hours along; of a training that is recorded for both, the other record is put aside.
func (m *merging) moveHours() error {
	known, err := trainings(m.tx, m.keep.ID)
	if err != nil {
		return err
	}
	for _, dropped := range m.parts.Dropped {
		var records []data.OfflineHours
		err := m.tx.EachHoursOf(dropped.ID, func(h data.OfflineHours) error {
			records = append(records, h)
			return nil
		})
		if err != nil {
			return err
		}
		for _, hours := range records {
			if err := m.moveRecord(known, hours); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *merging) moveRecord(known map[trainingKey]bool, hours data.OfflineHours) error {
	key := keyOfTraining(hours)
	if known[key] {
		m.parts.Parked = append(m.parts.Parked, hours)
		return m.tx.RemoveHours(hours.ID)
	}
	known[key] = true
	m.parts.Hours[hours.ID] = hours.TraineeID
	m.result.Hours++
	hours.TraineeID = m.keep.ID
	return m.tx.SaveHours(hours)
}

func (m *merging) moveResets() error {
	for _, dropped := range m.parts.Dropped {
		requests, err := m.tx.PasswordResetsOf(dropped.ID)
		if err != nil {
			return err
		}
		for _, request := range requests {
			moved, err := m.tx.MoveReset(request.ID, m.keep.ID)
			if err != nil {
				return err
			}
			if moved {
				m.parts.Resets[request.ID] = dropped.ID
			}
		}
	}
	return nil
}

// note writes down what the merge did: for the history, for an undo and for 操作日志, where each record can be found.
func (m *merging) note(request data.MergeRequest) error {
	act := data.TraineeChange{Action: data.ChangeMerge, At: m.app.Now(), User: m.user}
	if err := m.app.noteChange(m.tx, &act, m.keep.ID, data.TraineeChanges(m.keep, m.merged)); err != nil {
		return err
	}
	m.result.ChangeID = act.ID
	if err := errors.Join(m.tx.AddMerge(act.ID, m.keep.ID, m.parts), m.tx.TouchRoster()); err != nil {
		return err
	}
	for _, id := range request.Drop {
		if err := m.app.log(m.tx, m.user, "trainee.merge", traineeTarget(id), "合并到 "+traineeTarget(m.keep.ID)); err != nil {
			return err
		}
	}
	return m.app.log(m.tx, m.user, "trainee.merge", traineeTarget(m.keep.ID),
		fmt.Sprintf("合并 %s：余额 %s 元、学时 %d 条转入", targets(request.Drop), m.result.Moved, m.result.Hours))
}
