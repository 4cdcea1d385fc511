package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// PlanTakeOver tells what people of a comparison would become by taking over what the later list says of them: another name (改名),
// organisation (调动) or identity number (证件号更正). The list is read again, for a comparison holds no whole numbers.
// It writes nothing; TakeOver does.
func (a *App) PlanTakeOver(ctx context.Context, difference data.RosterDifference, rows []data.DifferenceRow, options ImportOptions) (*data.TakeOverPlan, error) {
	plan, err := a.rosterPlan(ctx, difference.Path, options)
	if err != nil {
		return nil, err
	}
	said := map[int]*data.ImportRow{}
	for _, row := range plan.Rows {
		said[row.Source.Number] = row
	}
	known, err := a.known(ctx, &data.ImportPlan{Form: data.TraineeForm})
	if err != nil {
		return nil, err
	}
	taken := &data.TakeOverPlan{Version: known.Version}
	for _, row := range rows {
		taken.Kind = row.Kind
		taken.Rows = append(taken.Rows, known.TakeOver(row.Kind, row, said[row.Row]))
	}
	return taken, nil
}

// TakeOver stores what a plan says, all or nothing, and tells how many changed; UndoTraineeChange takes it back. Organisations that
// it makes stay. It fails with data.ErrStale, and nothing has changed, where the roster changed after the plan was made.
func (a *App) TakeOver(ctx context.Context, plan *data.TakeOverPlan) (data.TraineeChange, error) {
	act := data.TraineeChange{Action: data.ChangeEdit, At: a.Now()}
	if plan.Kind == data.DifferenceMoved {
		act.Action = data.ChangeMove
	}
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := freshRoster(tx, plan.Version); err != nil {
			return err
		}
		act.User = user
		making := &importing{tx: tx, made: map[string]int64{}}
		for _, row := range plan.Ready() {
			if err := a.takeOver(making, &act, row); err != nil {
				return fmt.Errorf("take over %d: %w", row.Person.ID, err)
			}
		}
		return errors.Join(tx.TouchRoster(),
			a.log(tx, user, "trainee."+act.Action, "学员", fmt.Sprintf("名单比对：%s %d 人", plan.Kind, act.People)))
	}, TraineesChanged, OrganizationsChanged)
	if err != nil {
		return data.TraineeChange{}, err
	}
	return act, nil
}

func (a *App) takeOver(making *importing, act *data.TraineeChange, row data.TakeOver) error {
	person := row.Person
	stored, err := making.tx.Trainee(person.ID)
	if err != nil {
		return err
	}
	if row.NewOrganization != "" {
		if person.OrganizationID, err = making.organization(row.NewOrganization); err != nil {
			return err
		}
	}
	person.UpdatedAt = act.At
	if err := making.tx.SaveTrainee(person); err != nil {
		return err
	}
	return a.noteChange(making.tx, act, person.ID, data.TraineeChanges(stored, person))
}
