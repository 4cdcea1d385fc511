package app

import (
	"errors"

	"peixun/data"
	"peixun/data/sqlite"
)

// unmerge takes a merge back: everybody as before, money and hours to whom they were. It fails where money was moved since, or the
// person was merged into somebody else.
func (a *App) unmerge(tx *sqlite.Tx, user string, act data.TraineeChange, result *data.UndoResult) error {
	parts, err := tx.Merge(act.ID)
	if err != nil {
		return err
	}
	if err := a.unmergeable(tx, parts); err != nil {
		return err
	}
	u := &unmerging{app: a, tx: tx, user: user, parts: parts}
	for _, part := range []func() error{u.makeRoom, func() error { return a.undoRows(tx, act, result) }, u.restore, u.returnMoney, u.returnHours, u.returnResets, u.finish} {
		if err := part(); err != nil {
			return err
		}
	}
	result.Restored += len(parts.Dropped)
	if len(result.Kept) > 0 {
		delete(parts.Revisions, parts.Kept.ID) // changed since the merge
	}
	for id, revision := range parts.Revisions {
		if err := tx.SetRevision(data.TraineeForm.Key, id, revision); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) unmergeable(tx *sqlite.Tx, parts sqlite.MergeParts) error {
	if _, err := tx.Trainee(parts.Kept.ID); errors.Is(err, data.ErrNotFound) {
		return data.Refuse("merged-again", "", "这位学员后来又合并到了别人。", "请先撤销后一次合并。").Because(data.ErrWrongState)
	} else if err != nil {
		return err
	}
	last, err := tx.LastEntryOf(parts.Kept.ID)
	if err != nil {
		return err
	}
	if last != parts.LastEntry {
		return data.Refuse("money-since-merge", "", "合并之后，这位学员又有充值或冲正，不能再分开。", "请在充值明细里逐笔核对。").Because(data.ErrWrongState)
	}
	return nil
}

// unmerging is the undo of a merge while it runs.
type unmerging struct {
	app   *App
	tx    *sqlite.Tx
	user  string
	parts sqlite.MergeParts
}

// makeRoom lets the numbers go that the records will have again.
func (u *unmerging) makeRoom() error {
	for _, dropped := range u.parts.Dropped {
		if err := u.tx.SetMerged(dropped.ID, 0); err != nil {
			return err
		}
		dropped.Status, dropped.Username, dropped.IDNumber = data.TraineeDisabled, "", waitingNumber(dropped.ID)
		if err := u.save(dropped); err != nil {
			return err
		}
	}
	return nil
}

// save stores a record as it was, in the unit itself where its organisation is gone.
func (u *unmerging) save(person data.Trainee) error {
	undo := &undoing{tx: u.tx}
	missing, err := undo.missingOrganizations(person)
	if err != nil {
		return err
	}
	if missing {
		organizations, err := tree(u.tx)
		if err != nil {
			return err
		}
		person.OrganizationID, person.PayerID = organizations.Root().ID, 0
	}
	return u.tx.SaveTrainee(person)
}

// restore gives the records back what they were, enabled until their money has come back.
func (u *unmerging) restore() error {
	for _, dropped := range u.parts.Dropped {
		dropped.Status, dropped.UpdatedAt = data.TraineeEnabled, u.app.Now()
		if err := u.save(dropped); err != nil {
			return err
		}
	}
	return nil
}

func (u *unmerging) returnMoney() error {
	for place, id := range u.parts.Entries {
		if _, _, err := u.app.moveEntry(u.tx, u.user, id, u.parts.Owners[place], "撤销合并"); err != nil {
			return err
		}
	}
	return nil
}

func (u *unmerging) returnHours() error {
	for id, owner := range u.parts.Hours {
		hours, err := u.tx.Hours(id)
		if errors.Is(err, data.ErrNotFound) {
			continue // its import was undone
		}
		if err != nil {
			return err
		}
		hours.TraineeID = owner
		if err := u.tx.SaveHours(hours); err != nil {
			return err
		}
	}
	for _, hours := range u.parts.Parked {
		if err := u.tx.RestoreHours(hours, 0); err != nil { // under its key, by which its papers are found
			return err
		}
	}
	return nil
}

func (u *unmerging) returnResets() error {
	for id, owner := range u.parts.Resets {
		if _, err := u.tx.MoveReset(id, owner); err != nil {
			return err
		}
	}
	return nil
}

func (u *unmerging) finish() error {
	for _, dropped := range u.parts.Dropped {
		if dropped.Status == data.TraineeEnabled {
			continue
		}
		if _, err := u.tx.SetTraineeStatus([]int64{dropped.ID}, dropped.Status, u.app.Now()); err != nil {
			return err
		}
	}
	return nil
}
