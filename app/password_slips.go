package app

import (
	"context"
	"io"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// WritePasswordSlips writes a hand-out slip for each of the open requests as a PDF. It fails where none is open.
func (a *App) WritePasswordSlips(ctx context.Context, w io.Writer, requestIDs []int64) (Written, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return Written{}, err
	}
	slips, unit, err := a.passwordSlips(ctx, requestIDs)
	if err != nil {
		return Written{}, err
	}
	pages, err := letter.PasswordSlips(w, unit, slips)
	return Written{pages, letter.MissingFrom(slips)}, err
}

func (a *App) passwordSlips(ctx context.Context, requestIDs []int64) (slips []data.PasswordSlip, unit string, err error) {
	wanted := make(map[int64]bool, len(requestIDs))
	for _, id := range requestIDs {
		wanted[id] = true
	}
	err = a.read(ctx, func(tx *sqlite.Tx) error {
		organizations, err := tree(tx)
		if err != nil {
			return err
		}
		unit = organizations.Root().Name
		requests, err := tx.OpenPasswordResets()
		if err != nil {
			return err
		}
		for _, request := range requests {
			if wanted[request.ID] {
				slips = append(slips, request.Slip())
			}
		}
		if len(slips) == 0 {
			return data.Refuse("no-open-resets", "", "这些登记都已经办完或撤回了。", "请先登记重置密码，再打印领取条。")
		}
		return nil
	})
	return slips, unit, err
}
