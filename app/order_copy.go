package app

import (
	"context"
	"errors"

	"peixun/data"
)

// CopyPages gives the official web form's pages with what an order enters there and what was ticked in this revision.
func (a *App) CopyPages(ctx context.Context, orderID int64) ([]data.CopyPage, error) {
	return nil, errors.ErrUnsupported
}

// TickCopied notes that a field was carried over to the official form, or that it was not.
func (a *App) TickCopied(ctx context.Context, orderID int64, key string, done bool) error {
	return errors.ErrUnsupported
}

// CopyOrder starts a draft with another order's plan, mode, lines, payer and invoice details; what was paid and proved is not taken.
func (a *App) CopyOrder(ctx context.Context, orderID int64) (data.Order, error) {
	return data.Order{}, errors.ErrUnsupported
}
