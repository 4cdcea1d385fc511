package app

import (
	"context"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

const hoursCapSetting = "hours.per-day"

// HoursPerDay is the setting of how many 学时 one day can give.
func (a *App) HoursPerDay(ctx context.Context) data.Hours {
	hours, err := data.ParseHours(a.Setting(ctx, hoursCapSetting, data.HoursPerDayCap.String()))
	if err != nil {
		return data.HoursPerDayCap
	}
	return hours
}

// PlanHoursImport reads a sheet of offline hours and judges every row against the training plan of options.PlanID. It writes nothing.
func (a *App) PlanHoursImport(ctx context.Context, path string, options ImportOptions) (*data.ImportPlan, error) {
	return a.planImport(ctx, path, data.HoursForm, options)
}

// CommitHoursImport stores what a plan of offline hours says, in one transaction.
func (a *App) CommitHoursImport(ctx context.Context, plan *data.ImportPlan, progress Progress) (ImportResult, error) {
	result := countImport(plan)
	total := result.Added + result.Updated
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := a.freshPlan(tx, plan); err != nil {
			return err
		}
		done := 0
		for place := range plan.Rows {
			row := &plan.Rows[place]
			var err error
			switch row.Outcome {
			case data.OutcomeNew:
				row.Hours.CreatedAt = a.Now()
				row.Hours.ID, err = tx.AddHours(row.Hours)
			case data.OutcomeUpdated:
				err = tx.SaveHours(row.Hours)
			default:
				continue
			}
			if err != nil {
				return fmt.Errorf("row %d: %w", row.Source.Number, err)
			}
			done++
			if err := step(ctx, progress, done, total); err != nil {
				return err
			}
		}
		if total > 0 {
			if err := tx.TouchRoster(); err != nil {
				return err
			}
		}
		return a.recordImport(tx, user, plan, result)
	}, HoursChanged, TraineesChanged)
	return result, err
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

// SetHoursPerDay stores the setting of how many 学时 one day can give.
func (a *App) SetHoursPerDay(ctx context.Context, hours data.Hours) error {
	if hours <= 0 || hours > 24_00 {
		return data.Refuse("hours-per-day", "hours", "一天的学时要大于 0，不会超过 24。", "请填写 24 以内的数，例如 8。")
	}
	return a.SetSetting(ctx, hoursCapSetting, hours.String())
}
