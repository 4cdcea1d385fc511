package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// Imports lists what was imported, the newest first; at most limit of them.
func (a *App) Imports(ctx context.Context, limit int) ([]data.ImportRun, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.ImportRun, error) {
		runs, err := tx.ImportRuns(limit)
		for place := range runs {
			if err != nil {
				return nil, err
			}
			var kept []data.KeptRow
			if runs[place].UndoneAt != "" {
				kept, err = recalledKept(tx, runs[place].ID)
			}
			runs[place].Kept = len(kept)
		}
		return runs, err
	})
}

// UndoImport takes an import back in one transaction: people and records that it added are removed, changed ones get their old
// values back where they still hold what the import wrote, and organisations that it made go where nobody uses them.
// Whoever has money or hours, was reported or changed since stays and is listed in the result, and by KeptByUndo ever after.
// It fails where the import was undone already, or was made by a version of the program that did not write down what it did.
func (a *App) UndoImport(ctx context.Context, runID int64) (data.UndoResult, error) {
	var result data.UndoResult
	a.backUpBefore(ctx, data.BeforeUndo)
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		run, err := tx.ImportRun(runID)
		if err != nil {
			return err
		}
		if err := undoable(run); err != nil {
			return err
		}
		undo := &undoing{tx: tx, run: run, now: a.Now(), result: &result}
		if err := undo.all(); err != nil {
			return err
		}
		if err := errors.Join(tx.FinishUndo(runID, user, a.Now()), rememberKept(tx, runID, result.Kept), tx.TouchRoster()); err != nil {
			return err
		}
		return a.log(tx, user, "import.undo", run.File, fmt.Sprintf("撤销 %s 的导入：删除 %d，恢复 %d，保留 %d", run.At, result.Removed, result.Restored, len(result.Kept)))
	}, TraineesChanged, OrganizationsChanged, HoursChanged)
	if err != nil {
		return data.UndoResult{}, err
	}
	return result, nil
}

func undoable(run data.ImportRun) error {
	switch {
	case run.UndoneAt != "":
		return data.Refuse("import-undone", "", fmt.Sprintf("这次导入已经在 %s 撤销过了。", run.UndoneAt), "不用再撤销一次。").Because(data.ErrWrongState)
	case run.Added+run.Updated == 0:
		return data.Refuse("import-empty", "", "这次导入没有改动任何数据。", "没有什么可以撤销。").Because(data.ErrWrongState)
	case !run.Undoable:
		return data.Refuse("import-unrecorded", "", "这次导入是旧版本的程序做的，没有记下改了什么。", "请在学员管理里逐个修改。").Because(data.ErrWrongState)
	}
	return nil
}

// undoing is an undo while it runs.
type undoing struct {
	tx     *sqlite.Tx
	run    data.ImportRun
	now    data.Moment
	result *data.UndoResult
}

func (u *undoing) all() error {
	restore, remove := u.restoreTrainee, u.removeTrainees
	if u.run.Form == data.HoursForm.Key {
		restore, remove = u.restoreHours, u.removeHours
	}
	rows, err := u.tx.ImportedRows(u.run.ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		switch err := restore(row); {
		case errors.Is(err, data.ErrNotFound):
			u.result.Gone++
		case err != nil:
			return fmt.Errorf("restore %d: %w", row.RecordID, err)
		}
	}
	if err := remove(); err != nil {
		return err
	}
	return u.removeOrganizations()
}

// restoreTrainee gives a trainee the old values back.
func (u *undoing) restoreTrainee(row sqlite.ImportedRow) error {
	current, err := u.tx.Trainee(row.RecordID)
	if err != nil {
		return err
	}
	restored, kept := data.TakeBackTrainee(current, row.Changes)
	whole, err := u.untouched(row)
	if err != nil {
		return err
	}
	if !whole {
		restored.UpdatedAt = u.now
	}
	missing, err := u.missingOrganizations(restored)
	if err != nil {
		return err
	}
	if missing {
		restored.OrganizationID, restored.PayerID, whole = current.OrganizationID, current.PayerID, false
		kept = append(kept, "组织机构")
	}
	if len(data.TraineeChanges(current, restored)) > 0 && !onlyTouched(current, restored) {
		err := u.tx.SaveTrainee(restored)
		if problem, ok := data.AsProblem(err); ok && problem.Code == "username-exists" { // somebody else took it since
			restored.Username, whole = current.Username, false
			kept = append(kept, "用户名")
			err = u.tx.SaveTrainee(restored)
		}
		if err != nil {
			return err
		}
		u.result.Restored++
	}
	u.keep(current.ID, current.Name, kept)
	if whole {
		return u.tx.SetRevision(u.run.Form, row.RecordID, row.Revision-1)
	}
	return nil
}

// onlyTouched tells that nothing but the time of the last change differs.
func onlyTouched(current, restored data.Trainee) bool {
	restored.UpdatedAt = current.UpdatedAt
	return len(data.TraineeChanges(current, restored)) == 0
}

// missingOrganizations tells whether a trainee would go back to an organisation that has been removed since.
func (u *undoing) missingOrganizations(trainee data.Trainee) (bool, error) {
	for _, id := range []int64{trainee.OrganizationID, trainee.PayerID} {
		if id == 0 {
			continue
		}
		if there, err := u.tx.HasOrganization(id); err != nil || !there {
			return true, err
		}
	}
	return false, nil
}

func (u *undoing) restoreHours(row sqlite.ImportedRow) error {
	current, err := u.tx.Hours(row.RecordID)
	if err != nil {
		return err
	}
	restored, kept := data.TakeBackHours(current, row.Changes)
	whole, err := u.untouched(row)
	if err != nil {
		return err
	}
	if len(data.HoursChanges(current, restored)) > 0 {
		if err := u.tx.SaveHours(restored); err != nil {
			return err
		}
		u.result.Restored++
	}
	trainee, err := u.tx.TraineeBrief(current.TraineeID)
	if err != nil {
		return err
	}
	u.keep(current.TraineeID, trainee.Name, kept)
	if whole {
		return u.tx.SetRevision(u.run.Form, row.RecordID, row.Revision-1)
	}
	return nil
}

// untouched tells whether nobody changed a record since the import did.
func (u *undoing) untouched(row sqlite.ImportedRow) (bool, error) {
	revision, err := u.tx.Revision(u.run.Form, row.RecordID)
	return revision == row.Revision, err
}

// keep lists fields that stay because they were changed again since.
func (u *undoing) keep(id int64, name string, fields []string) {
	if len(fields) > 0 {
		u.result.Kept = append(u.result.Kept, data.KeptRow{TraineeID: id, Name: name, Code: "changed-since",
			Reason: "之后又改过“" + strings.Join(fields, "、") + "”，保留现在的内容。"})
	}
}

func (u *undoing) removeTrainees() error {
	added, err := u.tx.AddedTrainees(u.run.ID)
	if err != nil {
		return err
	}
	u.result.Gone += u.run.Added - len(added)
	for _, trainee := range added {
		if kept, ok := keptTrainee(trainee); ok {
			u.result.Kept = append(u.result.Kept, kept)
			continue
		}
		if err := u.tx.RemoveTrainee(trainee.ID); err != nil {
			return err
		}
		u.result.Removed++
	}
	return nil
}

// keptTrainee tells why somebody whom the import added stays.
func keptTrainee(trainee sqlite.AddedTrainee) (data.KeptRow, bool) {
	kept := data.KeptRow{TraineeID: trainee.ID, Name: trainee.Name}
	switch {
	case trainee.Charged:
		kept.Code, kept.Reason = "has-money", "已有充值记录，账目不能删除；不再参加培训的请停用。"
	case trainee.Taught:
		kept.Code, kept.Reason = "has-hours", "已登记线下学时；要删除请先撤销那次学时导入。"
	case trainee.Platform != data.PlatformPending:
		kept.Code, kept.Reason = "reported", "已经报给平台（"+string(trainee.Platform)+"）；不再参加培训的请停用。"
	case trainee.Requested:
		kept.Code, kept.Reason = "has-requests", "已申请重置密码。"
	case trainee.Changed:
		kept.Code, kept.Reason = "changed-since", "导入之后资料又改过。"
	default:
		return kept, false
	}
	return kept, true
}

func (u *undoing) removeHours() error {
	added, err := u.tx.AddedHours(u.run.ID)
	if err != nil {
		return err
	}
	u.result.Gone += u.run.Added - len(added)
	for _, hours := range added {
		if hours.Changed {
			u.result.Kept = append(u.result.Kept, data.KeptRow{TraineeID: hours.TraineeID, Name: hours.Name, Code: "changed-since", Reason: "导入之后这条学时又改过。"})
			continue
		}
		sent, err := u.tx.HoursHandedOver(hours.ID)
		if err != nil {
			return err
		}
		if sent.Stands() {
			u.result.Kept = append(u.result.Kept, data.KeptRow{TraineeID: hours.TraineeID, Name: hours.Name, Code: "reported", Reason: "已在报盘包 " + sent.Submission + " 里报给平台。"})
			continue
		}
		if err := u.tx.RemoveHours(hours.ID); err != nil {
			return err
		}
		u.result.Removed++
	}
	return nil
}

// removeOrganizations removes what the import made and nobody uses.
func (u *undoing) removeOrganizations() error {
	made, err := u.tx.ImportedOrganizations(u.run.ID)
	if err != nil {
		return err
	}
	for _, id := range made {
		switch err := u.tx.RemoveOrganization(id); {
		case err == nil:
			u.result.Organizations++
		case !errors.Is(err, data.ErrWrongState):
			return err
		}
	}
	return nil
}
