package app

import (
	"context"
	"errors"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// MendImport gives the plan with one more decision, judged anew by the very code that planned it; the old plan stays as it is.
// Nothing is read from the file and nothing is written. Where the roster changed meanwhile, the new plan knows it.
// A decision about something that is not there, such as a column that the form lacks, gives a data.Problem.
func (a *App) MendImport(ctx context.Context, plan *data.ImportPlan, mend data.Mend) (*data.ImportPlan, error) {
	return a.replan(ctx, plan, append(slices.Clone(plan.Mends), mend))
}

// UnmendImport gives the plan without its last decision.
func (a *App) UnmendImport(ctx context.Context, plan *data.ImportPlan) (*data.ImportPlan, error) {
	return a.replan(ctx, plan, slices.Clone(plan.Mends[:max(0, len(plan.Mends)-1)]))
}

// RenewImport judges a plan's rows under other choices and against the roster as it is now, without reading the file again.
// The sheet and the header row stay those of the plan; decisions that were taken stay too.
func (a *App) RenewImport(ctx context.Context, plan *data.ImportPlan, options ImportOptions) (*data.ImportPlan, error) {
	renewed := *plan
	renewed.CreateOrganizations, renewed.DefaultOrganization = options.CreateOrganizations, options.OrganizationID
	return a.replan(ctx, &renewed, plan.Mends)
}

func (a *App) replan(ctx context.Context, plan *data.ImportPlan, mends []data.Mend) (*data.ImportPlan, error) {
	next := *plan
	next.Mends, next.Rows = mends, make([]data.ImportRow, 0, len(plan.Sources))
	sources := mended(plan.Form, plan.Sources, mends)
	judge := func(tx *sqlite.Tx) (func(data.SourceRow) data.ImportRow, error) {
		roster, err := a.roster(tx)
		if err != nil {
			return nil, err
		}
		roster.CreateOrganizations, roster.DefaultOrganization = plan.CreateOrganizations, plan.DefaultOrganization
		return func(row data.SourceRow) data.ImportRow { return a.judgeTraineeRow(roster, next, row) }, nil
	}
	if plan.Form.Key == data.HoursForm.Key {
		perDay := a.HoursPerDay(ctx)
		judge = func(tx *sqlite.Tx) (func(data.SourceRow) data.ImportRow, error) {
			hours, err := a.hoursJudge(tx, plan.PlanID)
			if err != nil {
				return nil, err
			}
			hours.perDay = perDay
			return func(row data.SourceRow) data.ImportRow { return hours.row(next, row, a.Today()) }, nil
		}
	}
	err := a.read(ctx, func(tx *sqlite.Tx) error {
		each, err := judge(tx)
		if err != nil {
			return err
		}
		for _, source := range sources {
			next.Rows = append(next.Rows, each(source))
		}
		next.Version, err = tx.RosterVersion()
		return err
	})
	if plan.Form.Key == data.TraineeForm.Key {
		data.WarnSharedMobiles(&next)
	}
	return &next, err
}

// mended gives the rows with the cells that people changed.
func mended(form data.Form, sources []data.SourceRow, mends []data.Mend) []data.SourceRow {
	rows := append([]data.SourceRow(nil), sources...)
	for _, mend := range mends {
		column := form.Column(mend.Column)
		for place := range rows {
			if mend.Kind != data.MendCell || column < 0 || rows[place].Number != mend.Rows[0] {
				continue
			}
			rows[place].Cells = append([]data.SourceCell(nil), rows[place].Cells...)
			rows[place].Cells[column] = data.SourceCell{Text: mend.Text, Kind: data.CellText}
		}
	}
	return rows
}

// Unplaced lists the ways of writing an organisation that rows of a plan cannot be placed by, the most frequent first, with the
// organisations that each may mean.
func (a *App) Unplaced(ctx context.Context, plan *data.ImportPlan) ([]data.Unplaced, error) {
	return nil, unbuilt(ctx, a)
}

func unbuilt(ctx context.Context, a *App) error {
	return a.read(ctx, func(*sqlite.Tx) error { return errors.ErrUnsupported })
}
