package app

import (
	"context"

	"peixun/data"
	"peixun/data/sqlite"
)

// MendImport gives the plan with one more decision, judged anew by the very code that planned it; the old plan stays as it is.
// Nothing is read from the file and nothing is written. Where the roster changed meanwhile, the new plan knows it.
// A decision about something that is not there, such as a column that the form lacks, gives a data.Problem.
func (a *App) MendImport(ctx context.Context, plan *data.ImportPlan, mend data.Mend) (*data.ImportPlan, error) {
	known, err := a.known(ctx, plan)
	if err != nil {
		return nil, err
	}
	if err := plan.JudgeMend(mend, known); err != nil {
		return nil, err
	}
	next, err := plan.With(ctx, mend, known, a.Today())
	return next, explain(err)
}

// UnmendImport gives the plan without its last decision.
func (a *App) UnmendImport(ctx context.Context, plan *data.ImportPlan) (*data.ImportPlan, error) {
	known, err := a.known(ctx, plan)
	if err != nil {
		return nil, err
	}
	next, err := plan.Without(ctx, known, a.Today())
	return next, explain(err)
}

// RenewImport judges a plan's rows under other choices and against the roster as it is now, without reading the file again.
// Only CreateOrganizations, OrganizationID and Columns of the options count, and Columns nil leaves the columns as they are;
// the sheet, the header row and the decisions stay those of the plan.
func (a *App) RenewImport(ctx context.Context, plan *data.ImportPlan, options ImportOptions) (*data.ImportPlan, error) {
	known, err := a.known(ctx, plan)
	if err != nil {
		return nil, err
	}
	next, err := plan.Rearrange(options.Columns)
	if err != nil {
		return nil, err
	}
	next.CreateOrganizations, next.DefaultOrganization = options.CreateOrganizations, options.OrganizationID
	return a.judged(ctx, next, known)
}

// Unplaced lists the ways of writing an organisation that rows of a plan cannot be placed by, the most frequent first, with the
// organisations that each may mean.
func (a *App) Unplaced(ctx context.Context, plan *data.ImportPlan) ([]data.Unplaced, error) {
	return query(a, ctx, func(*sqlite.Tx) ([]data.Unplaced, error) { return plan.Unplaced(), nil })
}
