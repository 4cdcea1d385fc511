package app

import (
	"context"
	"io"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// ReconciliationPaper writes the 对账单 of a month, or of all where month is "", as a PDF to be signed: every order in the five
// books, what stands open with the platform before and after, and every difference with its remedy or the reason for which it stands.
func (a *App) ReconciliationPaper(ctx context.Context, month data.Month, w io.Writer) (Written, error) {
	found, err := a.Reconcile(ctx)
	if err != nil {
		return Written{}, err
	}
	profile, err := a.Profile(ctx)
	if err != nil {
		return Written{}, err
	}
	movements, err := query(a, ctx, func(tx *sqlite.Tx) ([]data.Movement, error) { return tx.Movements() })
	if err != nil {
		return Written{}, err
	}
	statement := found.Books.Statement(month, found.Pairings, found.Differences)
	statement.Unit, statement.PreparedBy, statement.At = profile.Unit, profile.Name, a.Now()
	statement.Payee, statement.Balances = data.DefaultPayee.Name, data.Balance(movements, statement.From, statement.To)
	pages, err := letter.Statement(w, statement)
	return Written{pages, letter.MissingFrom(statement)}, err
}
