package app

import (
	"context"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// Batches lists the learning-card batches, the newest first.
func (a *App) Batches(ctx context.Context) ([]data.CardBatch, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.CardBatch, error) { return tx.Batches() })
}

// BatchByNumber finds a batch.
func (a *App) BatchByNumber(ctx context.Context, number string) (data.CardBatch, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.CardBatch, error) {
		id, err := tx.BatchByNumber(number)
		if err != nil {
			return data.CardBatch{}, data.Refuse("batch-unknown", "batch", fmt.Sprintf("没有批次 %s。", number), "请核对批次号；订单审核通过后才有批次。").Because(err)
		}
		return tx.Batch(id)
	})
}

// RechargeRuns lists the runs from a batch, or from all for 0, the newest first.
func (a *App) RechargeRuns(ctx context.Context, batchID int64) ([]data.RechargeRunRow, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.RechargeRunRow, error) { return tx.RunRows(batchID) })
}

// RechargeRefusals lists whom a run left out, and why.
func (a *App) RechargeRefusals(ctx context.Context, runID string) ([]data.RechargeRefusal, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.RechargeRefusal, error) { return tx.Refusals(runID) })
}

// RechargeIDs lists the keys of the lines of 充值明细 that a query finds, in its order.
func (a *App) RechargeIDs(ctx context.Context, q data.RechargeQuery) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) { return tx.RechargeIDs(q) })
}

// RechargeEntries reads lines of 充值明细 in the order of ids.
func (a *App) RechargeEntries(ctx context.Context, ids []int64) ([]data.RechargeEntry, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.RechargeEntry, error) { return tx.RechargeEntries(ids) })
}

// RechargeTotals sums the lines of 充值明细 that a query finds, in 分.
func (a *App) RechargeTotals(ctx context.Context, q data.RechargeQuery) (data.RechargeTotals, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.RechargeTotals, error) { return tx.RechargeTotals(q) })
}
