package app

import (
	"errors"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
)

// mayRestore refuses a password of the backup's with which nobody may decide over the data of now any more.
func (a *App) mayRestore(present []data.Administrator, by data.Administrator) error {
	if a.session.Load() != nil || by.ID == sqlite.RecoveryWrap || len(present) == 0 {
		return nil
	}
	for _, one := range present {
		if sameAccount(one, by) && !one.Enabled() {
			return data.Refuse("account-closed", "password", "这个密码的主人已经不能登录。", "请由现在的“管理员”登录后恢复，或用做这个备份时的恢复密钥。").Because(data.ErrWrongPassphrase)
		}
		if sameAccount(one, by) {
			by.Role = one.Role
		}
	}
	if !by.Role.May(data.RightManage) {
		return rightMissing(by.Role, data.RightManage)
	}
	return nil
}

// sameAccount tells whether two databases mean the same account.
func sameAccount(one, other data.Administrator) bool {
	return one.User == other.User && one.CreatedAt == other.CreatedAt
}

// keepOut takes away from the restored data the keys of those who can no longer log in. The last who may do everything stays: without
// one nobody could.
func (p *RestorePlan) keepOut(tx *sqlite.Tx) error {
	known, err := tx.Administrators()
	if err != nil {
		return err
	}
	for _, one := range known {
		place := slices.IndexFunc(p.gone, func(gone data.Administrator) bool { return sameAccount(one, gone) })
		if place < 0 || one.State == data.AccountRemoved {
			continue
		}
		one.State = p.gone[place].State
		if err := tx.SaveAdministrator(one); err != nil && !errors.Is(err, data.ErrWrongState) {
			return err
		}
	}
	return nil
}
