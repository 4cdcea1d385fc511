package app

import (
	"context"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// TraineeIDs lists the keys of the trainees that a query finds, in its order. Rows are read with TraineeRows as they come into view.
func (a *App) TraineeIDs(ctx context.Context, q data.TraineeQuery) ([]int64, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]int64, error) { return tx.TraineeIDs(q) })
}

// TraineeRows reads the trainees of ids in that order, personal numbers masked. planID says which plan Recharged and Hours count for.
func (a *App) TraineeRows(ctx context.Context, ids []int64, planID int64) ([]data.TraineeRow, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.TraineeRow, error) { return tx.TraineeRows(ids, planID) })
}

// TraineeTotals counts what a query finds and sums its balances.
func (a *App) TraineeTotals(ctx context.Context, q data.TraineeQuery) (data.TraineeTotals, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.TraineeTotals, error) { return tx.TraineeTotals(q) })
}

// Balances sums the balances of the given trainees, in 分.
func (a *App) Balances(ctx context.Context, ids []int64) (data.Money, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.Money, error) { return tx.Balances(ids) })
}

// Trainee reads one trainee with the personal numbers masked.
func (a *App) Trainee(ctx context.Context, id int64) (data.Trainee, error) {
	trainee, err := query(a, ctx, func(tx *sqlite.Tx) (data.Trainee, error) { return tx.Trainee(id) })
	if trainee.Username == trainee.IDNumber {
		trainee.Username = vault.MaskIDNumber(trainee.IDNumber)
	}
	trainee.IDNumber, trainee.Mobile = vault.MaskIDNumber(trainee.IDNumber), vault.MaskMobile(trainee.Mobile)
	return trainee, err
}

// Reveal shows one trainee's whole numbers; every time is a line in 操作日志.
func (a *App) Reveal(ctx context.Context, id int64) (data.Trainee, error) {
	var trainee data.Trainee
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if trainee, err = tx.Trainee(id); err != nil {
			return err
		}
		return a.log(tx, user, "trainee.reveal", fmt.Sprintf("学员 %d", id), "查看完整证件号和手机号")
	})
	return trainee, err
}

// RevealAll gives every trainee that a query finds with whole numbers. The reason is a line in 操作日志.
func (a *App) RevealAll(ctx context.Context, q data.TraineeQuery, reason string) ([]data.Trainee, error) {
	if reason = data.CleanText(reason); reason == "" || data.LooksLikeIDNumber(reason) {
		return nil, data.Refuse("reason-missing", "reason", "查看完整证件号要说明用途。", "请写明原因，例如“核对平台名单”。原因里不要写证件号。")
	}
	var found []data.Trainee
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		ids, err := tx.TraineeIDs(q)
		if err != nil {
			return err
		}
		for _, id := range ids {
			trainee, err := tx.Trainee(id)
			if err != nil {
				return err
			}
			found = append(found, trainee)
		}
		return a.log(tx, user, "trainee.reveal-all", "学员名单", fmt.Sprintf("查看 %d 人的完整证件号：%s", len(ids), reason))
	})
	return found, err
}

// AddTrainee judges one person typed by hand with the very rules of an import and stores them.
// cells holds the form's values by column key. The problems come back where there are any; errors among them store nothing.
func (a *App) AddTrainee(ctx context.Context, cells map[string]string) (data.ImportRow, error) {
	plan, row := typedPlan(cells)
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		judged, err := a.judgeTyped(tx, 0, plan, row)
		if err != nil {
			return err
		}
		plan.Rows = append(plan.Rows, &judged)
		if plan.Rows[0].Outcome != data.OutcomeNew {
			return nil
		}
		if err := a.storeTrainee(&importing{tx: tx, now: a.Now(), made: map[string]int64{}}, plan.Rows[0]); err != nil {
			return err
		}
		if err := tx.TouchRoster(); err != nil {
			return err
		}
		return a.log(tx, user, "trainee.add", fmt.Sprintf("学员 %d", plan.Rows[0].Trainee.ID), "手工添加学员")
	}, TraineesChanged)
	if err != nil {
		return data.ImportRow{}, err
	}
	if row := plan.Rows[0]; row.Outcome == data.OutcomeUpdated || row.Outcome == data.OutcomeUnchanged {
		row.Fail(data.Refuse("id-exists", "id_number", "这个身份证号已经有学员在用。", "请在学员列表里查找并修改原来的那一位。"))
	}
	return *plan.Rows[0], nil
}

// MaskIDNumber and MaskMobile write personal numbers as lists show them.
func MaskIDNumber(number string) string { return vault.MaskIDNumber(number) }

// MaskMobile writes a mobile as lists show it.
func MaskMobile(mobile string) string { return vault.MaskMobile(mobile) }
