package app

import (
	"context"
	"errors"
	"io"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// MakeLetters gives every order its own letter, all or none, and their keys in the orders' order. An order whose letter
// still holds keeps it. A cancel makes nothing.
func (a *App) MakeLetters(ctx context.Context, orderIDs []int64, progress Progress) ([]int64, error) {
	ids := make([]int64, len(orderIDs))
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		for at, orderID := range orderIDs {
			if err := ctx.Err(); err != nil {
				return err
			}
			made, err := a.makeLetterIn(tx, user, func() (data.LetterContent, []int64, error) { return a.sameAgain(tx, orderID) })
			if err != nil {
				return err
			}
			ids[at] = made.ID
			if progress != nil {
				progress(at+1, len(orderIDs))
			}
		}
		return nil
	}, LettersChanged, OrdersChanged)
	return ids, err
}

// WriteLetters writes letters as they were made into one PDF, for one print job.
func (a *App) WriteLetters(ctx context.Context, w io.Writer, ids []int64) (pages int, err error) {
	contents, err := query(a, ctx, func(tx *sqlite.Tx) ([]data.LetterContent, error) {
		var contents []data.LetterContent
		for _, id := range ids {
			stored, err := tx.Letter(id)
			if err = errors.Join(err, ctx.Err()); err != nil {
				return nil, err
			}
			contents = append(contents, stored.Content)
		}
		return contents, nil
	})
	if err != nil {
		return 0, err
	}
	return letter.Confirmations(w, contents)
}
