package sqlite

import (
	"fmt"
	"strings"
)

// ledgerSums are the ledger's invariants.
var ledgerSums = []sum{
	{"充值明细合计等于批次已用", `SELECT number || '（已用 ' || ` + yuan("used") + ` || ' 元，明细 ' || ` + yuan("(SELECT coalesce(sum(amount), 0) FROM recharge_entry e WHERE e.batch_id = b.id)") + ` || ' 元）'
		FROM card_batch b WHERE used <> (SELECT coalesce(sum(amount), 0) FROM recharge_entry e WHERE e.batch_id = b.id)`},
	{"每次充值的明细合计等于该次总额", `SELECT id || '（' || at || '，' || count || ' 人，总额 ' || ` + yuan("total") + ` || ' 元）' FROM recharge_run r WHERE total <> (SELECT coalesce(sum(amount), 0) FROM recharge_entry e WHERE e.run_id = r.id)
		OR count <> (SELECT count(*) FROM recharge_entry e WHERE e.run_id = r.id)`},
	{"每次充值的种类、时间、经办人和剩余与明细一致", `WITH walk AS (SELECT id, run_id, sum(amount) OVER (PARTITION BY batch_id ORDER BY id) AS used FROM recharge_entry),
			last AS (SELECT run_id, max(id), used FROM walk GROUP BY run_id)
		SELECT r.id || '（' || r.at || '，' || r.kind || '，剩余 ' || coalesce(` + yuan("r.left_after") + `, '没有记') || ' 元）' FROM recharge_run r JOIN card_batch b ON b.id = r.batch_id
		WHERE r.left_after <> b.face - (SELECT used FROM last WHERE last.run_id = r.id)
			OR EXISTS (SELECT 1 FROM recharge_entry e WHERE e.run_id = r.id AND (e.at <> r.at OR e.user <> r.user
				OR r.kind <> '合并' AND (e.reversal_of IS NOT NULL) <> (r.kind IN ('冲正', '平台退回'))
				OR r.kind = '冲正' AND e.reason <> r.reason
				OR r.kind <> '合并' AND (r.kind = '平台退回') <> EXISTS (SELECT 1 FROM recharge_answer a WHERE a.linked_entry = e.id AND a.answer = '失败')
				OR r.kind <> '合并' AND (r.kind = '恢复') <> EXISTS (SELECT 1 FROM recharge_answer a WHERE a.linked_entry = e.id AND a.answer = '撤销')))`},
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
	heads, err := t.keptHeads(ledgerWord)
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

// checkAnswers follows what the platform answered, and looks whether it is what was written down of it in 操作日志, under the data key,
// and by the counter.
func (t *Tx) checkAnswers() (Invariant, error) {
	result := Invariant{Name: "平台结果没有被改动", OK: true}
	heads, err := t.keptHeads(answersWord)
	if err != nil {
		return result, err
	}
	head, err := t.walkAnswers(func(head LedgerHead) {
		if kept, ok := heads[head.Count]; ok && result.OK && !strings.HasPrefix(head.Hash, kept) {
			result.OK, result.Detail = false, fmt.Sprintf("到第 %d 条为止，和操作日志里记下的不一样。", head.Count)
		}
	})
	if result, err = t.complete(result, "recharge_answer", head.Count, err); err != nil || !result.OK {
		return result, err
	}
	kept, known, err := t.sealedHeads()
	if known && kept.withAnswers && kept.answers != head {
		result.OK, result.Detail = false, fmt.Sprintf("现在的 %d 条和封存的校验值对不上。", head.Count)
	}
	return result, err
}

// keptHeads gathers the ends of a chain that 操作日志 has written down: the last hash by the number of lines.
func (t *Tx) keptHeads(word string) (map[int64]string, error) {
	heads := map[int64]string{}
	err := t.each("SELECT detail FROM audit WHERE action LIKE 'recharge.%'", nil, func(scan func(...any) error) error {
		var detail string
		if err := scan(&detail); err != nil {
			return err
		}
		if head, ok := parseHead(detail, word); ok {
			heads[head.Count] = head.Hash
		}
		return nil
	})
	return heads, err
}

// checkSealedHead compares the ledger's end with the one under the data key; a ledger from before that was kept has none.
// One that does not open is told of with the other sealed values.
func (t *Tx) checkSealedHead(result Invariant, head LedgerHead) (Invariant, error) {
	kept, known, err := t.sealedHeads()
	if known && kept.ledger != head {
		result.OK, result.Detail = false, fmt.Sprintf("封存的校验值和现在的 %d 条对不上，末尾可能少了。", head.Count)
	}
	return result, err
}
