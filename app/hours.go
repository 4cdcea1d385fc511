package app

import (
	"context"
	"errors"

	"peixun/data"
	"peixun/data/sqlite"
)

// The settings of 学时.
const (
	hoursCapSetting  = "hours.per-day"
	hoursHalfSetting = "hours.half-day"
)

// HoursRules are the settings of how many 学时 one day can give and what half a day counts as.
func (a *App) HoursRules(ctx context.Context) data.HoursRules {
	read := func(key string) data.Hours {
		hours, err := data.ParseHours(a.Setting(ctx, key, ""))
		if err != nil {
			return 0
		}
		return hours
	}
	return data.HoursRules{PerDay: read(hoursCapSetting), HalfDay: read(hoursHalfSetting)}.Filled()
}

// PlanHoursImport reads a sheet of offline hours and judges every row against the training plan of options.PlanID. It writes nothing.
func (a *App) PlanHoursImport(ctx context.Context, path string, options ImportOptions) (*data.ImportPlan, error) {
	return a.planImport(ctx, path, data.HoursForm, options)
}

// CommitHoursImport stores what a plan of offline hours says, in one transaction. Afterwards plan.RunID is the key by which the
// import can be undone.
func (a *App) CommitHoursImport(ctx context.Context, plan *data.ImportPlan, progress Progress) (ImportResult, error) {
	return a.commitImport(ctx, plan, progress, a.storeHours, HoursChanged, TraineesChanged)
}

func (a *App) storeHours(run *importing, stored func(done int) error) error {
	done := 0
	return run.eachStored(func(row *data.ImportRow) error {
		done++
		return errors.Join(a.storeHoursRow(run, row), stored(done))
	})
}

// storeHoursRow writes one judged row and, where it changes a record, what it changed.
func (a *App) storeHoursRow(run *importing, row *data.ImportRow) error {
	var err error
	if row.Outcome == data.OutcomeNew {
		row.Hours.CreatedAt = a.Now()
		row.Hours.ID, err = run.tx.AddHours(*row.Hours)
		return err
	}
	before, err := run.tx.Hours(row.Hours.ID)
	if err != nil {
		return err
	}
	if err := run.tx.SaveHours(*row.Hours); err != nil {
		return err
	}
	return run.tx.AddImportedRow(run.runID, run.plan.Form.Key, row.Hours.ID, data.HoursChanges(before, *row.Hours))
}

// HoursIDs lists the keys of the offline hours that a query finds, in its order.
func (a *App) HoursIDs(ctx context.Context, q data.OfflineHoursQuery) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) { return tx.HoursIDs(q) })
}

// HoursRows reads records of offline hours in the order of ids.
func (a *App) HoursRows(ctx context.Context, ids []int64) ([]data.OfflineHoursRow, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.OfflineHoursRow, error) { return tx.HoursRows(ids) })
}

// HoursTotal sums the offline hours that a query finds, in hundredths.
func (a *App) HoursTotal(ctx context.Context, q data.OfflineHoursQuery) (data.Hours, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.Hours, error) { return tx.HoursTotal(q) })
}

// mostPerDay is what a day has, in hundredths of an hour.
const mostPerDay data.Hours = 24_00

// SetHoursRules stores the settings of 学时. A refusal's field is hours or half_day.
func (a *App) SetHoursRules(ctx context.Context, rules data.HoursRules) error {
	if err := a.need(ctx, data.RightWork); err != nil {
		return err
	}
	switch {
	case rules.PerDay <= 0 || rules.PerDay > mostPerDay:
		return data.Refuse("hours-per-day", "hours", "一天的学时要大于 0，不会超过 24。", "请填写 24 以内的数，例如 8。")
	case rules.HalfDay <= 0 || rules.HalfDay > rules.PerDay:
		return data.Refuse("hours-half-day", "half_day", "半天折合的学时要大于 0，不会超过一天的上限。", "请填写例如 4。")
	}
	return explain(a.store.Write(ctx, func(tx *sqlite.Tx) error {
		return errors.Join(tx.SetSetting(hoursCapSetting, rules.PerDay.String()), tx.SetSetting(hoursHalfSetting, rules.HalfDay.String()))
	}))
}
