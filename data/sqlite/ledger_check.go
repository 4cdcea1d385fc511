package sqlite

import (
	"errors"
	"fmt"
	"strings"

	"peixun/data"
)

// ledgerSums are the ledger's invariants.
var ledgerSums = []sum{
	{"充值明细合计等于批次已用", `SELECT number || '（已用 ' || ` + yuan("used") + ` || ' 元，明细 ' || ` + yuan("(SELECT coalesce(sum(amount), 0) FROM recharge_entry e WHERE e.batch_id = b.id)") + ` || ' 元）'
		FROM card_batch b WHERE used <> (SELECT coalesce(sum(amount), 0) FROM recharge_entry e WHERE e.batch_id = b.id)`},
	{"每次充值的明细合计等于该次总额", `SELECT id || '（' || at || '，' || count || ' 人，总额 ' || ` + yuan("total") + ` || ' 元）' FROM recharge_run r WHERE total <> (SELECT coalesce(sum(amount), 0) FROM recharge_entry e WHERE e.run_id = r.id)
		OR count <> (SELECT count(*) FROM recharge_entry e WHERE e.run_id = r.id)`},
	{"每次充值只动一个批次", `SELECT e.run_id FROM recharge_entry e JOIN recharge_run r ON r.id = e.run_id WHERE e.batch_id <> r.batch_id GROUP BY e.run_id`},
	{"没有学员的余额为负", `SELECT '学员 ' || trainee_id || '（余额 ' || ` + yuan("sum(amount)") + ` || ' 元）' FROM recharge_entry GROUP BY trainee_id HAVING sum(amount) < 0`},
	{"没有从未通过审核的订单充值", `SELECT o.number FROM recharge_entry e JOIN card_batch b ON b.id = e.batch_id JOIN payment_order o ON o.id = b.order_id
		WHERE o.review <> '审核通过' GROUP BY o.id`},
	{"每条冲正对应一条同额的充值", `SELECT '第 ' || v.id || ' 条' FROM recharge_entry v LEFT JOIN recharge_entry e ON e.id = v.reversal_of
		WHERE v.amount < 0 AND (e.id IS NULL OR e.amount <> -v.amount OR e.batch_id <> v.batch_id OR e.trainee_id <> v.trainee_id)`},
	{"平台回复失败的充值都已退回，成功的都没有冲正", `SELECT '第 ' || e.id || ' 条' FROM recharge_entry e WHERE e.amount > 0
		AND ` + lastAnswer + ` = CASE WHEN EXISTS (SELECT 1 FROM recharge_entry v WHERE v.reversal_of = e.id) THEN '成功' ELSE '失败' END`},
}

// checkLedger follows the chain, and looks whether it still reaches every end that was written down of it: in 操作日志, under the
// data key, and by the counter. Lines cut off at the end would not show in the chain itself.
func (t *Tx) checkLedger() (Invariant, error) {
	result := Invariant{Name: "充值明细没有被改动", OK: true}
	heads, err := t.keptHeads()
	if err != nil {
		return result, err
	}
	head := LedgerHead{}
	err = t.each("SELECT id, run_id, batch_id, trainee_id, amount, coalesce(reversal_of, 0), reason, user, at, previous, hash FROM recharge_entry ORDER BY id", nil,
		func(scan func(...any) error) error {
			var e LedgerEntry
			var id int64
			var before, hash string
			if err := scan(&id, &e.RunID, &e.BatchID, &e.TraineeID, &e.Amount, &e.ReversalOf, &e.Reason, &e.User, &e.At, &before, &hash); err != nil {
				return err
			}
			if result.OK && (id != head.Count+1 || before != head.Hash || hash != e.hash(id, head.Hash)) {
				result.OK, result.Detail = false, fmt.Sprintf("从第 %d 条起对不上。", id)
			}
			head = LedgerHead{Count: id, Hash: hash}
			if kept, ok := heads[id]; ok && result.OK && !strings.HasPrefix(hash, kept) {
				result.OK, result.Detail = false, fmt.Sprintf("第 %d 条和操作日志里记下的不一样。", id)
			}
			return nil
		})
	if err != nil {
		return result, err
	}
	if result, err = t.complete(result, "recharge_entry", head.Count, nil); err != nil || !result.OK {
		return result, err
	}
	for count := range heads {
		if count > head.Count {
			return Invariant{Name: result.Name, Detail: fmt.Sprintf("操作日志记着 %d 条，现在只有 %d 条。", count, head.Count)}, nil
		}
	}
	return t.checkSealedHead(result, head)
}

// keptHeads gathers the ledger's ends that 操作日志 has written down: the last hash by the number of lines.
func (t *Tx) keptHeads() (map[int64]string, error) {
	heads := map[int64]string{}
	err := t.each("SELECT detail FROM audit WHERE action LIKE 'recharge.%'", nil, func(scan func(...any) error) error {
		var detail string
		if err := scan(&detail); err != nil {
			return err
		}
		if head, ok := parseLedgerHead(detail); ok {
			heads[head.Count] = head.Hash
		}
		return nil
	})
	return heads, err
}

// checkSealedHead compares the ledger's end with the one under the data key; a ledger from before that was kept has none.
// One that does not open is told of with the other sealed values.
func (t *Tx) checkSealedHead(result Invariant, head LedgerHead) (Invariant, error) {
	kept, err := t.SealedHead()
	switch {
	case errors.Is(err, data.ErrNotFound), errors.Is(err, data.ErrDamaged):
	case err != nil:
		return result, err
	case kept != head.whole():
		result.OK, result.Detail = false, fmt.Sprintf("封存的校验值和现在的 %d 条对不上，末尾可能少了。", head.Count)
	}
	return result, nil
}

// SealedHead reads the ledger's end as it was written down under the data key, or fails with data.ErrNotFound.
func (t *Tx) SealedHead() (string, error) {
	var sealed []byte
	if err := t.one("SELECT sealed_head FROM recharge_head", nil, &sealed); err != nil {
		return "", err
	}
	return t.open(sealed, "recharge_head", 1, "head")
}
