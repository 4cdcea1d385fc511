package app

import (
	"context"

	"peixun/data"
	"peixun/data/sqlite"
)

// Reconciliation is how the five books stand to each other.
type Reconciliation struct {
	Books    data.Books // Matches holds what is certain
	Proposed []data.Match
	// Differences are all of the year's, whatever month is looked at, since a payment may belong to an order of another month.
	Differences []data.Difference
}

// Reconcile matches bank lines with orders and compares the five books. It writes nothing. Orders that are drafts, void or refused are
// not expected to be paid.
func (a *App) Reconcile(ctx context.Context) (Reconciliation, error) {
	books, err := query(a, ctx, func(tx *sqlite.Tx) (data.Books, error) { return tx.Books(a.Today()) })
	if err != nil {
		return Reconciliation{}, err
	}
	var payable []data.PayableOrder
	for _, order := range books.Orders {
		if order.Submitted() {
			payable = append(payable, order.PayableOrder)
		}
	}
	found := data.MatchPayments(books.Lines, payable, nil)
	books.Matches = found.Certain
	return Reconciliation{Books: books, Proposed: found.Proposed, Differences: books.Differences()}, nil
}
