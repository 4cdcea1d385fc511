package app

import (
	"context"

	"peixun/data"
	"peixun/data/sqlite"
)

// Home sums what 首页 shows of the plan in force.
func (a *App) Home(ctx context.Context) (data.Home, error) {
	plan, err := a.CurrentPlan(ctx)
	if err != nil {
		return data.Home{}, err
	}
	return query(a, ctx, func(tx *sqlite.Tx) (data.Home, error) { return tx.Home(plan) })
}

// RecentActions lists the latest work in 操作日志, at most limit lines; who merely logged in is left out.
func (a *App) RecentActions(ctx context.Context, limit int) ([]data.AuditEntry, error) {
	entries, err := query(a, ctx, func(tx *sqlite.Tx) ([]data.AuditEntry, error) { return tx.RecentActions(limit) })
	for place := range entries {
		entries[place].Detail = sqlite.WithoutLedgerHead(entries[place].Detail)
	}
	return entries, err
}
