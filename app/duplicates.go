package app

import (
	"context"

	"peixun/data"
)

// Duplicates lists groups of stored people who may be one person, with masked numbers: the same name and day of birth with
// different identity numbers, the same name and mobile, the same name and staff number.
func (a *App) Duplicates(ctx context.Context) ([]data.Duplicate, error) {
	return nil, unbuilt(ctx, a)
}

// MergeTrainees makes one person of two: the hours of drop move to keep, blank fields of keep are filled, and drop is removed.
// It fails where drop has recharge entries, since the ledger is never rewritten: then that one must be kept.
func (a *App) MergeTrainees(ctx context.Context, keep, drop int64) (data.MergeResult, error) {
	return data.MergeResult{}, unbuilt(ctx, a)
}
