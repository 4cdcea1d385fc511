package sqlite

import (
	"errors"
	"fmt"

	"peixun/data"
)

// accountSums judge who can log in.
var accountSums = []sum{
	{"至少有一位启用的“管理员”", `SELECT '没有人能管理账号' WHERE EXISTS (SELECT 1 FROM administrator)
		AND NOT EXISTS (SELECT 1 FROM administrator WHERE state = '启用' AND role = '管理员')`},
	{"启用的账号各有一把钥匙，其他账号没有", `SELECT user || '（' || state || '，钥匙 ' || (SELECT count(*) FROM key_wrap w WHERE w.administrator_id = a.id) || ' 把）'
		FROM administrator a WHERE (SELECT count(*) FROM key_wrap w WHERE w.administrator_id = a.id) <> (a.state = '启用')`},
	{"恢复密钥在", `SELECT '没有恢复密钥' WHERE EXISTS (SELECT 1 FROM administrator) AND NOT EXISTS (SELECT 1 FROM key_wrap WHERE administrator_id IS NULL)`},
}

// checkWraps looks whether the sealed data keys are as they were written: a damaged one opens with no password.
func (t *Tx) checkWraps() (Invariant, error) {
	result := Invariant{Name: "各账号的钥匙没有损坏", OK: true}
	err := t.each(wrapColumns, nil, func(scan func(...any) error) error {
		id, _, err := scanWrap(scan)
		if !errors.Is(err, data.ErrDamaged) {
			return err
		}
		if id == RecoveryWrap {
			result.Break("恢复密钥的")
			return nil
		}
		result.Break(fmt.Sprintf("第 %d 个账号的", id))
		return nil
	})
	return result, err
}
