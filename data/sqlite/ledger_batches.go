package sqlite

import (
	"errors"
	"fmt"

	"peixun/data"
)

// AddBatch stores the batch that an approval made; an empty number takes the next of the plan's year.
func (t *Tx) AddBatch(orderID int64, number string, face data.Money, now data.Moment) (string, error) {
	id, err := t.Next("card_batch")
	if err != nil {
		return "", err
	}
	if number == "" {
		var planID int64
		if err := t.one("SELECT plan_id FROM payment_order WHERE id = ?", []any{orderID}, &planID); err != nil {
			return "", err
		}
		if number, err = t.freeBatchNumber(planID); err != nil {
			return "", err
		}
	}
	_, err = t.exec("INSERT INTO card_batch (id, number, order_id, face, created_at) VALUES (?, ?, ?, ?, ?)", id, number, orderID, int64(face), string(now))
	if isConstraint(err, "card_batch.number") {
		return "", data.Refuse("batch-number-exists", "batch", fmt.Sprintf("批次号 %s 已经有了。", number), "请核对平台给的批次号。").Because(err)
	}
	return number, err
}

// freeBatchNumber gives the next of our own batch numbers, past those that the platform's own numbers took by looking alike.
func (t *Tx) freeBatchNumber(planID int64) (string, error) {
	for {
		number, err := t.planNumbered("XK", planID)
		if err != nil {
			return "", err
		}
		if _, err := t.BatchByNumber(number); err != nil {
			return number, ignoreNotFound(err)
		}
	}
}

const batchQuery = `SELECT b.id, b.number, b.order_id, o.number, o.plan_id, p.name, p.year, p.ends_at, b.face, b.used, b.created_at,
		(SELECT count(*) FROM recharge_run r WHERE r.batch_id = b.id AND r.kind IN ('充值', '恢复')),
		(SELECT count(*) FROM (SELECT 1 FROM recharge_entry e WHERE e.batch_id = b.id GROUP BY e.trainee_id HAVING sum(e.amount) > 0))
	FROM card_batch b JOIN payment_order o ON o.id = b.order_id JOIN plan p ON p.id = o.plan_id`

func (t *Tx) batches(condition string, arguments ...any) ([]data.CardBatch, error) {
	var found []data.CardBatch
	err := t.each(batchQuery+condition, arguments, func(scan func(...any) error) error {
		var b data.CardBatch
		err := scan(&b.ID, &b.Number, &b.OrderID, &b.OrderNumber, &b.PlanID, &b.PlanName, &b.PlanYear, &b.PlanEndsAt, &b.Face, &b.Used, &b.CreatedAt,
			&b.Runs, &b.People)
		found = append(found, b)
		return err
	})
	return found, err
}

// Batches lists all learning-card batches, the newest first.
func (t *Tx) Batches() ([]data.CardBatch, error) { return t.batches(" ORDER BY b.id DESC") }

// Batch reads one batch, or fails with data.ErrNotFound.
func (t *Tx) Batch(id int64) (data.CardBatch, error) {
	found, err := t.batches(" WHERE b.id = ?", id)
	if err != nil || len(found) == 0 {
		return data.CardBatch{}, errors.Join(err, notFound(len(found)))
	}
	return found[0], nil
}

func ignoreNotFound(err error) error {
	if errors.Is(err, data.ErrNotFound) {
		return nil
	}
	return err
}

func notFound(count int) error {
	if count == 0 {
		return data.ErrNotFound
	}
	return nil
}

// BatchByNumber finds a batch's key, or fails with data.ErrNotFound.
func (t *Tx) BatchByNumber(number string) (int64, error) {
	var id int64
	err := t.one("SELECT id FROM card_batch WHERE number = ?", []any{number}, &id)
	return id, err
}

// RemoveUnusedBatches deletes an order's batches when its approval is taken back; the schema refuses where one is used.
func (t *Tx) RemoveUnusedBatches(orderID int64) error {
	_, err := t.exec("DELETE FROM card_batch WHERE order_id = ?", orderID)
	if isConstraint(err, "") {
		return fmt.Errorf("%w: batch is used: %w", data.ErrWrongState, err)
	}
	return err
}
