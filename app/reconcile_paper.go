package app

import (
	"context"
	"io"

	"peixun/data"
	"peixun/data/letter"
)

// ReconciliationPaper writes the 对账单 of a month, or of all where month is "", as a PDF to be signed: every order in the five
// books, and every difference with its remedy or the reason for which it stands.
func (a *App) ReconciliationPaper(ctx context.Context, month data.Month, w io.Writer) (Written, error) {
	found, err := a.Reconcile(ctx)
	if err != nil {
		return Written{}, err
	}
	profile, err := a.Profile(ctx)
	if err != nil {
		return Written{}, err
	}
	statement := found.Books.Statement(month, found.Pairings, found.Differences)
	statement.Unit, statement.PreparedBy, statement.At = profile.Unit, profile.Name, a.Now()
	pages, err := letter.Statement(w, statement)
	return Written{pages, letter.MissingFrom(statement)}, err
}
