package app

import (
	"context"
	"errors"

	"peixun/data"
	"peixun/data/sqlite"
)

// RechargeDraft is a run whose preview was open when the program last stopped, or whose answer never came.
type RechargeDraft struct {
	Run  data.RechargeRun
	Done *data.RechargeResult // what it did, nil where it did nothing
}

// KeepRecharge writes down a run whose preview is opened, so that its ID outlives the program until its answer is known.
func (a *App) KeepRecharge(ctx context.Context, run data.RechargeRun) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error { return tx.KeepDraft(run, user, a.Now()) })
}

// ForgetRecharge drops what KeepRecharge wrote down: the answer is known, or nobody wants the run any more.
func (a *App) ForgetRecharge(ctx context.Context, runID string) error {
	return a.write(ctx, func(tx *sqlite.Tx, _ string) error { return tx.DropDraft(runID) })
}

// RechargeDrafts lists the administrator's runs whose answer is not known yet, with what became of them, the oldest first.
func (a *App) RechargeDrafts(ctx context.Context) ([]RechargeDraft, error) {
	administrator := a.session.Load()
	if administrator == nil {
		return nil, locked()
	}
	return query(a, ctx, func(tx *sqlite.Tx) ([]RechargeDraft, error) {
		runs, err := tx.Drafts(administrator.Name)
		if err != nil {
			return nil, err
		}
		drafts := make([]RechargeDraft, len(runs))
		for place, run := range runs {
			drafts[place].Run = run
			done, _, err := tx.Run(run.ID)
			if err == nil {
				drafts[place].Done = &done
			} else if !errors.Is(err, data.ErrNotFound) {
				return nil, err
			}
		}
		return drafts, nil
	})
}
