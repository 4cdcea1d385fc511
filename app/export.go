package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// DatabaseExists tells whether a folder holds a database, without making one.
func DatabaseExists(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, sqlite.FileName))
	return err == nil
}

// FindTrainees gives the trainee of each key, a whole identity number or an exact username; 0 stands for nobody.
func (a *App) FindTrainees(ctx context.Context, keys []string) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) {
		ids := make([]int64, len(keys))
		var usernames map[string]int64
		for place, key := range keys {
			id, err := tx.TraineeByIDNumber(key)
			if errors.Is(err, data.ErrNotFound) {
				if usernames, err = knownUsernames(tx, usernames); err == nil {
					id = usernames[key]
				}
			}
			if err != nil {
				return nil, err
			}
			ids[place] = id
		}
		return ids, nil
	})
}

// knownUsernames reads everybody's username once, when the first is asked for.
func knownUsernames(tx *sqlite.Tx, known map[string]int64) (map[string]int64, error) {
	if known != nil {
		return known, nil
	}
	known = map[string]int64{}
	err := tx.EachTrainee(func(trainee data.Trainee) error {
		known[trainee.Username] = trainee.ID
		return nil
	})
	return known, err
}

// RevealOrder reads an order with its whole account and mobile numbers for a reason, which is a line in 操作日志.
func (a *App) RevealOrder(ctx context.Context, id int64, reason string) (data.Order, error) {
	reason, err := judgeReason(reason, "请写明为什么要看完整账号，例如“核对回单”。")
	if err != nil {
		return data.Order{}, err
	}
	var order data.Order
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if order, err = tx.Order(id); err != nil {
			return err
		}
		return a.log(tx, user, "order.reveal", order.Number, "查看完整账号："+reason)
	})
	return order, err
}

// MaskAccount writes a bank account as lists show it.
func MaskAccount(account string) string { return vault.MaskAccount(account) }

// SaveFile writes a file whole or not at all.
func SaveFile(path string, content []byte) error {
	return WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}
