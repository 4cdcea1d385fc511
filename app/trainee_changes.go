package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// SetTraineeStatus enables or disables trainees and tells how many changed; UndoTraineeChange takes it back. Nobody is ever deleted.
func (a *App) SetTraineeStatus(ctx context.Context, ids []int64, status data.TraineeStatus) (data.TraineeChange, error) {
	return a.changeTrainees(ctx, data.ChangeStatus, string(status), ids, func(p *data.Trainee) { p.Status = status },
		func(tx *sqlite.Tx, id int64) (int, error) { return tx.SetTraineeStatus([]int64{id}, status, a.Now()) })
}

// MoveTrainees puts trainees into another organisation and tells how many changed; UndoTraineeChange takes it back.
func (a *App) MoveTrainees(ctx context.Context, ids []int64, organization data.Organization) (data.TraineeChange, error) {
	return a.changeTrainees(ctx, data.ChangeMove, "调整到“"+organization.Path+"”", ids, func(p *data.Trainee) { p.OrganizationID = organization.ID },
		func(tx *sqlite.Tx, id int64) (int, error) {
			return tx.MoveTrainees([]int64{id}, organization.ID, a.Now())
		})
}

// changeTrainees changes each of ids and writes down what that was for whom it made a difference.
func (a *App) changeTrainees(ctx context.Context, action, what string, ids []int64, change func(*data.Trainee), store func(tx *sqlite.Tx, id int64) (int, error)) (data.TraineeChange, error) {
	var act data.TraineeChange
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		act = data.TraineeChange{Action: action, At: a.Now(), User: user}
		for _, id := range ids {
			before, err := tx.TraineeBrief(id)
			if errors.Is(err, data.ErrNotFound) {
				continue // merged into somebody else since the list was read
			}
			if err != nil {
				return err
			}
			after := before
			change(&after)
			changes := data.TraineeChanges(before, after)
			if len(changes) == 0 {
				continue
			}
			if _, err := store(tx, id); err != nil {
				return err
			}
			if err := a.noteChange(tx, &act, id, changes); err != nil {
				return err
			}
		}
		if act.People == 0 {
			return nil
		}
		if err := tx.TouchRoster(); err != nil {
			return err
		}
		return a.log(tx, user, "trainee."+action, "学员", fmt.Sprintf("%s：%d 人", what, act.People))
	}, TraineesChanged, OrganizationsChanged)
	if err != nil {
		return data.TraineeChange{}, err
	}
	return act, nil
}

// noteChange writes down what an act changed in a trainee who has just been stored; the first one begins the act's record.
func (a *App) noteChange(tx *sqlite.Tx, act *data.TraineeChange, traineeID int64, changes []data.FieldChange) error {
	if act.ID == 0 {
		var err error
		if act.ID, err = tx.AddTraineeChange(act.Action, act.User, act.At); err != nil {
			return err
		}
	}
	act.People++
	return tx.AddChangedTrainee(act.ID, traineeID, changes)
}

// UndoTraineeChange takes back what SetTraineeStatus, MoveTrainees, EditTrainee or MergeTrainees did, in one transaction: values that
// were changed again since stay, and their people are listed. A merge is taken back whole or not at all.
func (a *App) UndoTraineeChange(ctx context.Context, id int64) (data.UndoResult, error) {
	var result data.UndoResult
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		act, err := tx.TraineeChange(id)
		if err != nil {
			return err
		}
		if act.UndoneAt != "" {
			return data.Refuse("change-undone", "", fmt.Sprintf("这次修改已经在 %s 撤销过了。", act.UndoneAt), "不用再撤销一次。").Because(data.ErrWrongState)
		}
		undo := a.undoRows
		switch act.Action {
		case data.ChangeMerge:
			undo = func(tx *sqlite.Tx, act data.TraineeChange, result *data.UndoResult) error {
				return a.unmerge(tx, user, act, result)
			}
		case data.ChangeOrganization:
			undo = a.splitOrganizations
		}
		if err := undo(tx, act, &result); err != nil {
			return err
		}
		if err := errors.Join(tx.FinishChangeUndo(id, user, a.Now()), tx.TouchRoster()); err != nil {
			return err
		}
		return a.log(tx, user, "trainee.undo", "学员", fmt.Sprintf("撤销 %s 的修改：恢复 %d 人，保留 %d 人", act.At, result.Restored, len(result.Kept)))
	}, TraineesChanged, OrganizationsChanged, LedgerChanged, HoursChanged)
	if err != nil {
		return data.UndoResult{}, err
	}
	return result, nil
}

// undoRows gives everybody whom an act changed the old values back.
func (a *App) undoRows(tx *sqlite.Tx, act data.TraineeChange, result *data.UndoResult) error {
	rows, err := tx.ChangedTrainees(act.ID)
	if err != nil {
		return err
	}
	undo := &undoing{tx: tx, run: data.ImportRun{Form: data.TraineeForm.Key}, now: a.Now(), result: result}
	for _, row := range rows {
		switch err := undo.restoreTrainee(row); {
		case errors.Is(err, data.ErrNotFound):
			result.Gone++
		case err != nil:
			return fmt.Errorf("restore %d: %w", row.RecordID, err)
		}
	}
	return nil
}
