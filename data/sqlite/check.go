package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"peixun/data"
)

// Invariant is one line of 数据体检.
type Invariant = data.Invariant

// broken lists what a query finds wrong: each by its key, and behind it in （） the figures that disagree.
func (t *Tx) broken(name, query string) (Invariant, error) {
	found := Invariant{Name: name, OK: true}
	err := t.each(query, nil, func(scan func(...any) error) error {
		var which string
		if err := scan(&which); err != nil {
			return err
		}
		found.Break(which)
		return nil
	})
	return found, err
}

// yuan writes a sum of 分 as an amount, for the eyes alone.
func yuan(sum string) string { return "printf('%d.%02d', (" + sum + ") / 100, abs(" + sum + ") % 100)" }

// sum is an invariant that one query can judge: it names whatever breaks it.
type sum struct{ name, query string }

var sums = []sum{
	{"批次合计等于订单的批准金额", `SELECT o.number || '（批准 ' || ` + yuan(orderTotal) + ` || ' 元，批次 ' || ` +
		yuan("(SELECT coalesce(sum(face), 0) FROM card_batch b WHERE b.order_id = o.id)") + ` || ' 元）' FROM payment_order o WHERE o.review = '审核通过'
		AND (SELECT coalesce(sum(face), 0) FROM card_batch b WHERE b.order_id = o.id) <> ` + orderTotal},
	{"没有通过审核的订单没有批次", `SELECT o.number FROM payment_order o WHERE o.review <> '审核通过' AND EXISTS (SELECT 1 FROM card_batch b WHERE b.order_id = o.id)`},
	{"批次已用加剩余等于面值，且都不为负", `SELECT number || '（面值 ' || ` + yuan("face") + ` || ' 元，已用 ' || ` + yuan("used") + ` || ' 元）' FROM card_batch WHERE used < 0 OR used > face`},
	{"审核时间不早于申请时间", `SELECT number || '（申请 ' || iif(applied_at = '', '没有时间', applied_at) || '，审核 ' || iif(reviewed_at = '', '没有时间', reviewed_at) || '）'
		FROM payment_order WHERE review = '审核通过' AND (reviewed_at = '' OR applied_at = '' OR reviewed_at < applied_at)`},
	{"有效发票金额等于订单总金额", `SELECT o.number || '（订单 ' || ` + yuan(orderTotal) + ` || ' 元，发票 ' || i.number || ' ' || ` + yuan("i.amount") + ` || ' 元）' FROM payment_order o JOIN invoice_issue i ON i.order_id = o.id AND i.reversed_on IS NULL WHERE i.amount <> ` + orderTotal},
	{"作废的订单没有有效发票", `SELECT o.number FROM payment_order o JOIN invoice_issue i ON i.order_id = o.id AND i.reversed_on IS NULL WHERE o.review = '作废'`},
	{"一个交易号只支付一个订单", `SELECT group_concat(number, '、') FROM payment_order WHERE mode = '在线支付' AND review = '审核通过' GROUP BY transaction_number HAVING count(*) > 1`},
	{"订单号没有重复使用", `SELECT number FROM payment_order GROUP BY number HAVING count(*) > 1`},
	{"每个订单至多有一份有效的确认书", `SELECT l.number FROM letter l LEFT JOIN letter_order c ON c.letter_id = l.id
		WHERE c.letter_id IS NULL OR c.live <> (l.state <> '已作废') GROUP BY l.id`},
	{"确认书的状态与登记的最后一步一致", `SELECT number FROM letter l WHERE state <>
		coalesce((SELECT s.state FROM letter_step s WHERE s.letter_id = l.id ORDER BY s.id DESC LIMIT 1), '')`},
	{"外键完整", `SELECT "table" || ' ' || coalesce(rowid, '') || '（找不到它所属的' || parent || '）' FROM pragma_foreign_key_check`},
	{"数据库结构完整", `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`},
}

// Check judges every invariant of the stored data; step is told after each how many of all are done, and may be nil.
func (t *Tx) Check(step func(done, total int)) ([]Invariant, error) {
	one := slices.Concat(sums, accountSums, ledgerSums)
	checks := []func() (Invariant, error){t.checkSchema, t.checkAudit, t.checkLedger, t.checkAnswers, t.checkWraps}
	for _, part := range contents {
		checks = append(checks, func() (Invariant, error) { return t.checkContent(part) })
	}
	for _, part := range sealedTables {
		checks = append(checks, func() (Invariant, error) { return t.checkSeals(part) })
	}
	return t.judge(step, one, checks...)
}

// CheckLedger judges what shows that somebody changed the money past the program; it is quick enough for every login.
func (t *Tx) CheckLedger() ([]Invariant, error) {
	return t.judge(nil, ledgerSums, t.checkSchema, t.checkLedger, t.checkAnswers)
}

// judge asks what one query each can tell, and then the checks.
func (t *Tx) judge(step func(done, total int), sums []sum, checks ...func() (Invariant, error)) ([]Invariant, error) {
	asked := make([]func() (Invariant, error), 0, len(sums)+len(checks))
	for _, sum := range sums {
		asked = append(asked, func() (Invariant, error) { return t.broken(sum.name, sum.query) })
	}
	asked = append(asked, checks...)
	all := make([]Invariant, 0, len(asked))
	for _, ask := range asked {
		found, err := ask()
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", found.Name, err)
		}
		all = append(all, found.Explained())
		if step != nil {
			step(len(all), len(asked))
		}
	}
	return all, nil
}

func (t *Tx) checkAudit() (Invariant, error) {
	result := Invariant{Name: "操作日志没有被改动", OK: true}
	previous, last := "", int64(0)
	err := t.each("SELECT id, at, user, action, target, detail, previous, hash FROM audit ORDER BY id", nil, func(scan func(...any) error) error {
		var e data.AuditEntry
		var before string
		if err := scan(&e.ID, &e.At, &e.User, &e.Action, &e.Target, &e.Detail, &before, &e.Hash); err != nil {
			return err
		}
		if result.OK && (e.ID != last+1 || before != previous || e.Hash != auditHash(e, previous)) {
			result.OK, result.Detail = false, fmt.Sprintf("从第 %d 条起对不上。", e.ID)
		}
		previous, last = e.Hash, e.ID
		return nil
	})
	return t.complete(result, "audit", last, err)
}

// complete tells of lines missing at a chain's end, which the chain itself does not show: every line took the next number, from 1.
func (t *Tx) complete(result Invariant, counter string, last int64, err error) (Invariant, error) {
	if err != nil {
		return result, err
	}
	given, err := t.Last(counter)
	if result.OK && given != last {
		result.OK, result.Detail = false, fmt.Sprintf("第 %d 条以后少了 %d 条。", last, given-last)
	}
	return result, err
}

// content is a kind of file that the database keeps: its table, and for each its key, hash, number of the order or letter that it stands in,
// and what is sealed.
type content struct{ name, table, query string }

var contents = []content{
	{"凭证图片与登记的校验值一致", "voucher", `SELECT f.id, f.sha256, o.number, coalesce(c.sealed_content, x'') FROM voucher f
		LEFT JOIN voucher_content c ON c.voucher_id = f.id JOIN payment_order o ON o.id = f.order_id`},
	{"发票文件与登记的校验值一致", "invoice_file", `SELECT f.id, f.sha256, o.number, coalesce(c.sealed_content, x'') FROM invoice_file f
		LEFT JOIN invoice_file_content c ON c.file_id = f.id JOIN invoice_issue i ON i.id = f.issue_id JOIN payment_order o ON o.id = i.order_id`},
	{"线下学时附件与登记的校验值一致", "hours_file", `SELECT f.id, f.sha256, coalesce(h.title, '已删除的记录'), f.sealed_content FROM hours_file f LEFT JOIN offline_hours h ON h.id = f.hours_id`},
	{"回签扫描件与登记的校验值一致", "letter_scan", "SELECT f.id, f.sha256, l.number, f.sealed_content FROM letter_scan f JOIN letter l ON l.id = f.letter_id"},
}

func (t *Tx) checkContent(part content) (Invariant, error) {
	result := Invariant{Name: part.name, OK: true}
	err := t.each(part.query, nil, func(scan func(...any) error) error {
		var id int64
		var want, number string
		var sealed []byte
		if err := scan(&id, &want, &number, &sealed); err != nil {
			return err
		}
		content, err := t.open(sealed, part.table, id, "content")
		sum := sha256.Sum256([]byte(content))
		if err != nil || hex.EncodeToString(sum[:]) != want {
			result.Break(number)
		}
		return nil
	})
	return result, err
}

// sealedTable is a table that keeps personal values, and their columns without the sealed_ before the name.
type sealedTable struct {
	name, table, key string
	columns          []string
}

var sealedTables = []sealedTable{
	{"学员资料都能解开", "trainee", "id", []string{"id_number", "birth", "mobile", "email", "remark", "extra"}},
	{"订单资料都能解开", "payment_order", "id", []string{"payer_account"}},
	{"提交过的订单都能解开", "order_revision", "id", []string{"content"}},
	{"凭证资料都能解开", "voucher", "id", []string{"receipt", "likeness"}},
	{"发票资料都能解开", "invoice", "order_id", []string{"account", "mobile"}},
	{"开票资料都能解开", "invoice_profile", "id", []string{"account", "mobile"}},
	{"发票文件资料都能解开", "invoice_file", "id", []string{"facts"}},
	{"线下学时都能解开", "offline_hours", "id", []string{"remark", "extra"}},
	{"线下学时改动前后的内容都能解开", "hours_change_row", "id", []string{"before", "after"}},
	{"导入前的旧值都能解开", "import_row", "id", []string{"changes"}},
	{"充值明细的封存校验值能解开", "recharge_head", "id", []string{"head"}},
	{"修改前的旧值都能解开", "trainee_change_row", "id", []string{"changes"}},
	{"合并前的资料都能解开", "trainee_merge", "change_id", []string{"parts"}},
	{"官方模板能解开", "official_template", "id", []string{"content"}},
	{"确认书都能解开", "letter", "id", []string{"content"}},
	{"银行流水都能解开", "statement_line", "id", []string{"detail"}},
	{"报盘的内容都能解开", "submission_row", "id", []string{"cells", "reason"}},
	{"管理员信息能解开", "profile", "id", []string{"mobile"}},
	{"管理员的公钥都能解开", "administrator", "id", []string{"public"}},
	{"以前的数据密钥都能解开", "former_key", "id", []string{"key"}},
}

func (t *Tx) checkSeals(part sealedTable) (Invariant, error) {
	broken, err := t.brokenSeals(part.table, part.key, part.columns)
	result := Invariant{Name: part.name, OK: broken == 0, Count: broken}
	if broken > 0 {
		result.Detail = fmt.Sprintf("有 %d 处无法解密。", broken)
	}
	return result, err
}

// brokenSeals counts a table's sealed values that do not open in their place.
func (t *Tx) brokenSeals(table, key string, columns []string) (int, error) {
	broken := 0
	query := fmt.Sprintf("SELECT %s, sealed_%s FROM %s ORDER BY 1", key, strings.Join(columns, ", sealed_"), table)
	err := t.each(query, nil, func(scan func(...any) error) error {
		var id int64
		sealed := make([][]byte, len(columns))
		into := []any{&id}
		for place := range sealed {
			into = append(into, &sealed[place])
		}
		if err := scan(into...); err != nil {
			return err
		}
		for place, column := range columns {
			_, err := t.open(sealed[place], table, id, column)
			if errors.Is(err, data.ErrDamaged) {
				broken++
			} else if err != nil {
				return err
			}
		}
		return nil
	})
	return broken, err
}
