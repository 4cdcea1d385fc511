package app

import (
	"context"
	"errors"
	"io"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// MakeLetters makes letters as they are asked for, all or none, and gives their keys in that order. One that would say
// the same as the letter that there is stays as it is. A cancel makes nothing.
func (a *App) MakeLetters(ctx context.Context, requests []data.LetterRequest, progress Progress) ([]int64, error) {
	ids := make([]int64, len(requests))
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		for at, request := range requests {
			if err := ctx.Err(); err != nil {
				return err
			}
			made, err := a.makeLetterIn(tx, user, func() (data.LetterContent, []int64, error) { return a.composed(tx, user, request) })
			if err != nil {
				return err
			}
			ids[at] = made.ID
			if progress != nil {
				progress(at+1, len(requests))
			}
		}
		return nil
	}, LettersChanged, OrdersChanged)
	return ids, err
}

// WriteLetters writes letters as they were made into one PDF, for one print job.
func (a *App) WriteLetters(ctx context.Context, w io.Writer, ids []int64) (Written, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return Written{}, err
	}
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
		return Written{}, err
	}
	var made Written
	for _, content := range contents {
		made.Warnings = append(made.Warnings, letterWarnings(content)...)
	}
	made.Pages, err = letter.Confirmations(w, contents)
	return made, err
}
