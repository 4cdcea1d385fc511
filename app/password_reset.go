package app

import (
	"context"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// RequestPasswordReset notes that the platform shall reset trainees' passwords and gives the keys of the new requests: who has an
// open one keeps it. The program stores no password and resets none; the platform does.
func (a *App) RequestPasswordReset(ctx context.Context, traineeIDs []int64) ([]int64, error) {
	return a.eachReset(ctx, "password.request", "登记重置密码", traineeIDs, func(tx *sqlite.Tx, user string, id int64) (int64, error) {
		return tx.RequestPasswordReset(id, user, a.Now())
	})
}

// WithdrawPasswordResets takes requests back that are still open, and gives their keys.
func (a *App) WithdrawPasswordResets(ctx context.Context, requestIDs []int64) ([]int64, error) {
	return a.eachReset(ctx, "password.withdraw", "撤回重置密码的登记", requestIDs, func(tx *sqlite.Tx, _ string, id int64) (int64, error) {
		return touched(id)(tx.WithdrawPasswordReset(id))
	})
}

// FinishPasswordResets notes that the platform has done requests, and gives the keys of those that were open.
func (a *App) FinishPasswordResets(ctx context.Context, requestIDs []int64) ([]int64, error) {
	return a.eachReset(ctx, "password.done", "平台已重置密码", requestIDs, func(tx *sqlite.Tx, user string, id int64) (int64, error) {
		return touched(id)(tx.FinishPasswordReset(id, user, a.Now()))
	})
}

// ReopenPasswordResets takes that note back and gives the keys of the requests that are open again: not those of people for whom
// there is another open one meanwhile.
func (a *App) ReopenPasswordResets(ctx context.Context, requestIDs []int64) ([]int64, error) {
	return a.eachReset(ctx, "password.reopen", "撤销“平台已重置”", requestIDs, func(tx *sqlite.Tx, _ string, id int64) (int64, error) {
		return touched(id)(tx.ReopenPasswordReset(id))
	})
}

// touched gives the key of a request that a step changed, 0 for one that it left alone.
func touched(id int64) func(bool, error) (int64, error) {
	return func(changed bool, err error) (int64, error) {
		if !changed {
			return 0, err
		}
		return id, err
	}
}

// eachReset takes one step with each of ids, all or none, and gives the keys of the requests that it changed.
func (a *App) eachReset(ctx context.Context, action, what string, ids []int64, step func(tx *sqlite.Tx, user string, id int64) (int64, error)) ([]int64, error) {
	var changed []int64
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		for _, id := range ids {
			request, err := step(tx, user, id)
			if err != nil {
				return err
			}
			if request != 0 {
				changed = append(changed, request)
			}
		}
		if len(changed) == 0 {
			return nil
		}
		return a.log(tx, user, action, "学员", fmt.Sprintf("%s：%d 人", what, len(changed)))
	}, TraineesChanged)
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// PasswordResets lists the open requests, the oldest first, numbers masked.
func (a *App) PasswordResets(ctx context.Context) ([]data.PasswordReset, error) {
	return query(a, ctx, (*sqlite.Tx).OpenPasswordResets)
}
