package app

import (
	"context"
	"errors"

	"peixun/data"
)

// OrderRevisions lists an order as it was each time it was handed over, the first first.
func (a *App) OrderRevisions(ctx context.Context, orderID int64) ([]data.OrderRevision, error) {
	return nil, errors.ErrUnsupported
}

// OrderChanges tells what is different in revision to beside revision from. The revision that is being worked on is the order as it
// stands.
func (a *App) OrderChanges(ctx context.Context, orderID int64, from, to int) ([]data.OrderChange, error) {
	return nil, errors.ErrUnsupported
}

// RecordPrinted notes in an order's history that a paper of it was printed or saved, such as 付款申请单.
func (a *App) RecordPrinted(ctx context.Context, orderID int64, paper string) error {
	return errors.ErrUnsupported
}
