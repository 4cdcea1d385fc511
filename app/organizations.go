package app

import (
	"context"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// MoveOrganization puts an organisation with all below it under another. It fails for the unit itself, below itself, and where
// the name stands there already.
func (a *App) MoveOrganization(ctx context.Context, id, parentID int64) (data.OrganizationChange, error) {
	return a.changeOrganization(ctx, "organization.move", "移动", id, parentID, func(tx *sqlite.Tx, _ string, id, otherID int64) error { return tx.MoveOrganization(id, otherID) })
}

// MergeOrganizations puts the people, the lower organisations, the payers and the order lines of one organisation under another
// and removes the first. Orders keep the path that they were made with. UndoTraineeChange takes it back.
func (a *App) MergeOrganizations(ctx context.Context, from, into int64) (data.OrganizationChange, error) {
	act := data.TraineeChange{Action: data.ChangeOrganization}
	touched, err := a.changeOrganization(ctx, "organization.merge", "合并", from, into, func(tx *sqlite.Tx, user string, id, otherID int64) error {
		act.At, act.User = a.Now(), user
		return a.mergeOrganizations(tx, &act, id, otherID)
	})
	touched.ChangeID = act.ID
	return touched, err
}

// mergeOrganizations merges, and writes down whose organisation or payer that changed.
func (a *App) mergeOrganizations(tx *sqlite.Tx, act *data.TraineeChange, from, into int64) error {
	organizations, err := tree(tx)
	if err != nil {
		return err
	}
	gone, _ := organizations.Get(from)
	merge, err := tx.HangsOn(gone, into)
	if err != nil {
		return err
	}
	people, err := tx.TraineesOn(from)
	if err != nil {
		return err
	}
	if err := tx.MergeOrganizations(from, into); err != nil {
		return err
	}
	if act.ID, err = tx.AddTraineeChange(act.Action, act.User, act.At); err != nil {
		return err
	}
	for _, before := range people {
		after := before
		if before.OrganizationID == from {
			after.OrganizationID = into
		}
		if before.PayerID == from {
			after.PayerID = into
		}
		if err := a.noteChange(tx, act, before.ID, data.TraineeChanges(before, after)); err != nil {
			return err
		}
	}
	return tx.AddOrganizationMerge(act.ID, merge)
}

// splitOrganizations takes a merge of organisations back.
func (a *App) splitOrganizations(tx *sqlite.Tx, act data.TraineeChange, result *data.UndoResult) error {
	merge, err := tx.OrganizationMerge(act.ID)
	if err != nil {
		return err
	}
	if err := tx.SplitOrganizations(merge); err != nil {
		return err
	}
	return a.undoRows(tx, act, result)
}

// OrganizationUse counts what hangs on an organisation: what a removal waits for.
func (a *App) OrganizationUse(ctx context.Context, id int64) (data.OrganizationUse, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.OrganizationUse, error) { return tx.OrganizationUse(id) })
}

// changeOrganization brings one organisation to another and tells what went with it.
func (a *App) changeOrganization(ctx context.Context, action, verb string, id, otherID int64, change func(tx *sqlite.Tx, user string, id, otherID int64) error) (data.OrganizationChange, error) {
	var touched data.OrganizationChange
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		organizations, err := tree(tx)
		if err != nil {
			return err
		}
		one, other, err := judgeChange(organizations, id, otherID, verb)
		if err != nil {
			return err
		}
		totals, err := tx.TraineeTotals(data.TraineeQuery{OrganizationIDs: []int64{id}})
		if err != nil {
			return err
		}
		if err := change(tx, user, id, otherID); err != nil {
			return err
		}
		touched = data.OrganizationChange{People: totals.Count, Organizations: len(organizations.Below(id))}
		if err := tx.TouchRoster(); err != nil {
			return err
		}
		return a.log(tx, user, action, one.Name, fmt.Sprintf("%s到“%s”，%d 人", verb, other.Path, totals.Count))
	}, OrganizationsChanged, TraineesChanged)
	return touched, err
}

// judgeChange finds the two organisations and refuses what cannot be brought together.
func judgeChange(organizations data.OrganizationTree, id, otherID int64, verb string) (one, other data.Organization, err error) {
	one, known := organizations.Get(id)
	other, otherKnown := organizations.Get(otherID)
	switch {
	case !known || !otherKnown:
		return one, other, data.ErrNotFound
	case one.Depth == 0:
		return one, other, data.Refuse("organization-root", "other", "单位本身不能"+verb+"。", "请选它下面的机构。")
	}
	for _, below := range organizations.Below(id) {
		if below.ID == otherID {
			return one, other, data.Refuse("organization-cycle", "other", fmt.Sprintf("“%s”就在“%s”里面。", other.Name, one.Name), "请选别的机构。")
		}
	}
	return one, other, nil
}
