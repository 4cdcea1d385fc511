package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// NewAdministrator is what adding an administrator asks for. Password is temporary: the first login asks for another.
type NewAdministrator struct {
	User, Name string
	Role       data.Role
	Password   string
}

// AddAdministrator makes an account. own is the password of whoever is logged in, which opens the data key for the new one.
// A refusal's field is own, user, name, role or password.
func (a *App) AddAdministrator(ctx context.Context, own string, fresh NewAdministrator) (data.Administrator, error) {
	administrator := data.Administrator{User: data.CleanText(fresh.User), Name: data.CleanText(fresh.Name), Role: fresh.Role, State: data.AccountEnabled, MustChange: true, CreatedAt: a.Now()}
	if err := a.need(ctx, data.RightManage); err != nil {
		return administrator, err
	}
	if err := judgeAccount(administrator); err != nil {
		return administrator, err
	}
	if err := a.judgePassword(ctx, fresh.Password, administrator); err != nil {
		return administrator, err
	}
	key, err := a.ownKey(ctx, own)
	if err != nil {
		return administrator, err
	}
	err = a.manage(ctx, func(tx *sqlite.Tx, user string) (err error) {
		if administrator.ID, err = tx.AddAdministrator(administrator); err != nil {
			return err
		}
		if err := a.wrapFor(tx, key, administrator, fresh.Password); err != nil {
			return err
		}
		return a.log(tx, user, "administrator.add", administrator.User, fmt.Sprintf("添加账号：%s，%s", administrator.Name, administrator.Role))
	}, AdministratorsChanged)
	return administrator, err
}

// mostNameRunes bounds user names and names.
const mostNameRunes = 50

func judgeAccount(administrator data.Administrator) error {
	switch {
	case administrator.User == "":
		return data.Refuse("user-missing", "user", "还没有填写用户名。", "请填写登录时用的名字，例如姓名的拼音。")
	case data.LooksLikeIDNumber(administrator.User):
		return data.Refuse("user-is-id", "user", "用户名不能用身份证号。", "请换一个名字。")
	case administrator.Name == "":
		return data.Refuse("name-missing", "name", "还没有填写姓名。", "请填写，操作日志里用它记录是谁做的。")
	case data.LooksLikeIDNumber(administrator.Name):
		return data.Refuse("name-is-id", "name", "姓名里有身份证号。", "请只写姓名。")
	case len([]rune(administrator.User)) > mostNameRunes:
		return data.Refuse("user-long", "user", "用户名太长。", fmt.Sprintf("请不要超过 %d 个字。", mostNameRunes))
	case len([]rune(administrator.Name)) > mostNameRunes:
		return data.Refuse("name-long", "name", "姓名太长。", fmt.Sprintf("请不要超过 %d 个字。", mostNameRunes))
	case administrator.Role.Means() == "":
		return data.Refuse("role-missing", "role", "还没有选择权限。", "请在管理员、经办、只读里选一个。")
	}
	return nil
}

// ownKey gives the data key for the password of whoever is logged in. A refusal's field is own.
func (a *App) ownKey(ctx context.Context, own string) ([]byte, error) {
	current, in := a.Session()
	if !in {
		return nil, locked()
	}
	key, _, err := a.unwrap(ctx, current, own)
	if problem, ok := data.AsProblem(err); ok && problem.Where.Field == "password" {
		problem.Where.Field = "own"
		if problem.Code == "login-wrong" {
			problem.What = "您自己的密码不对。"
		}
		return nil, problem
	}
	return key, err
}

// another changes the account of somebody else; work may refuse.
func (a *App) another(ctx context.Context, id int64, action string, work func(tx *sqlite.Tx, one *data.Administrator) (detail string, err error)) error {
	return a.manage(ctx, func(tx *sqlite.Tx, user string) error {
		one, err := tx.Administrator(id)
		if err != nil {
			return err
		}
		if one.State == data.AccountRemoved {
			return data.Refuse("account-removed", "", "这个账号已经移除。", "移除以后不能再改；需要时请添加一个新账号。").Because(data.ErrWrongState)
		}
		detail, err := work(tx, &one)
		if err != nil {
			return err
		}
		if err := tx.SaveAdministrator(one); err != nil {
			return err
		}
		return a.log(tx, user, action, one.User, detail)
	}, AdministratorsChanged)
}

// judgeLoss refuses what would take the rights of whoever asks, or of the last one who may do everything.
func (a *App) judgeLoss(tx *sqlite.Tx, one data.Administrator) error {
	if current, _ := a.Session(); current.ID == one.ID {
		return data.Refuse("account-own", "", "不能停用、移除自己，也不能改自己的权限。", "请由另一位“管理员”来做。").Because(data.ErrWrongState)
	}
	known, err := tx.Administrators()
	if err == nil && one.Enabled() && one.Role == data.RoleManager && data.Managers(known) == 1 {
		err = data.Refuse("last-manager", "", "这是最后一位“管理员”。", "请先把另一个账号设为“管理员”。").Because(data.ErrWrongState)
	}
	return err
}

// SetAdministratorRole gives somebody else another role.
func (a *App) SetAdministratorRole(ctx context.Context, id int64, role data.Role) error {
	return a.another(ctx, id, "administrator.role", func(tx *sqlite.Tx, one *data.Administrator) (string, error) {
		if err := a.judgeLoss(tx, *one); err != nil {
			return "", err
		}
		before := one.Role
		one.Role = role
		return fmt.Sprintf("%s 的权限：%s → %s", one.Name, before, role), judgeAccount(*one)
	})
}

// DisableAdministrator takes somebody's key away until EnableAdministrator gives a new one.
func (a *App) DisableAdministrator(ctx context.Context, id int64) error {
	return a.another(ctx, id, "administrator.disable", func(tx *sqlite.Tx, one *data.Administrator) (string, error) {
		err := a.judgeLoss(tx, *one)
		one.State = data.AccountDisabled
		return "停用账号：" + one.Name, err
	})
}

// RemoveAdministrator takes somebody's key away for good. Only RotateKey keeps out somebody who kept an old copy of the database too.
func (a *App) RemoveAdministrator(ctx context.Context, id int64) error {
	return a.another(ctx, id, "administrator.remove", func(tx *sqlite.Tx, one *data.Administrator) (string, error) {
		err := a.judgeLoss(tx, *one)
		one.State = data.AccountRemoved
		return "移除账号：" + one.Name, err
	})
}

// EnableAdministrator lets somebody who was disabled log in again, with a temporary password.
func (a *App) EnableAdministrator(ctx context.Context, own string, id int64, password string) error {
	return a.givePassword(ctx, own, id, password, "administrator.enable", "重新启用账号：")
}

// ResetAdministratorPassword gives somebody else a temporary password and ends a lock.
func (a *App) ResetAdministratorPassword(ctx context.Context, own string, id int64, password string) error {
	return a.givePassword(ctx, own, id, password, "administrator.password", "重置密码：")
}

func (a *App) givePassword(ctx context.Context, own string, id int64, password, action, words string) error {
	if err := a.need(ctx, data.RightManage); err != nil {
		return err
	}
	one, err := query(a, ctx, func(tx *sqlite.Tx) (data.Administrator, error) { return tx.Administrator(id) })
	if err != nil {
		return err
	}
	if current, _ := a.Session(); current.ID == id {
		return data.Refuse("account-own", "", "自己的密码不在这里改。", "请点右上角的名字，选“修改密码”。").Because(data.ErrWrongState)
	}
	if err := a.judgePassword(ctx, password, one); err != nil {
		return err
	}
	key, err := a.ownKey(ctx, own)
	if err != nil {
		return err
	}
	return a.another(ctx, id, action, func(tx *sqlite.Tx, one *data.Administrator) (string, error) {
		one.State, one.MustChange = data.AccountEnabled, true // before the key: who is not enabled gets none
		if err := tx.SaveAdministrator(*one); err != nil {
			return "", err
		}
		return words + one.Name + "，临时密码", errors.Join(a.wrapFor(tx, key, *one, password), tx.SetLoginGuard(id, data.LoginGuard{}))
	})
}

// UnlockAdministrator ends the wait after somebody's wrong tries.
func (a *App) UnlockAdministrator(ctx context.Context, id int64) error {
	return a.another(ctx, id, "administrator.unlock", func(tx *sqlite.Tx, one *data.Administrator) (string, error) {
		return "解锁账号：" + one.Name, tx.SetLoginGuard(id, data.LoginGuard{})
	})
}

// LockedAdministrators gives how long each account that has to wait for its next try still waits.
func (a *App) LockedAdministrators(ctx context.Context) (map[int64]data.LoginGuard, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (map[int64]data.LoginGuard, error) {
		known, err := tx.Administrators()
		if err != nil {
			return nil, err
		}
		waiting := map[int64]data.LoginGuard{}
		for _, one := range known {
			guard, err := tx.LoginGuard(one.ID)
			if err != nil {
				return nil, err
			}
			if guard = guard.At(a.clock()); guard.Wait > 0 {
				waiting[one.ID] = guard
			}
		}
		return waiting, nil
	})
}

// ChangePassword gives whoever is logged in another password; a temporary one ends with it. A refusal's field is own or password.
func (a *App) ChangePassword(ctx context.Context, own, password string) error {
	current, in := a.Session()
	if !in {
		return locked()
	}
	if own == password && own != "" {
		return data.Refuse("password-same", "password", "新密码和原来的一样。", "请换一个。")
	}
	if err := a.judgePassword(ctx, password, current); err != nil {
		return err
	}
	if _, err := a.ownKey(ctx, own); err != nil {
		return err
	}
	wrapped, err := a.wrapOf(ctx, current.ID)
	if err != nil {
		return err
	}
	fresh, err := wrapped.Rewrap(own, password, wrapIdentity(current.ID), a.cost)
	if err != nil {
		return fmt.Errorf("rewrap: %w", err)
	}
	err = a.store.Write(ctx, func(tx *sqlite.Tx) error {
		known, err := tx.Administrator(current.ID)
		if err != nil || !known.Enabled() {
			return errors.Join(errClosed, err)
		}
		if now, err := tx.Wrap(current.ID); err != nil || string(now.Sealed) != string(wrapped.Sealed) {
			return errors.Join(data.ErrStale, err) // another data key was handed over meanwhile
		}
		known.MustChange = false
		current = known
		return errors.Join(tx.SetWrap(current.ID, fresh), tx.SaveAdministrator(known), a.log(tx, known.Name, "password.change", known.User, "修改了自己的密码"))
	})
	if err != nil {
		return a.ended(err)
	}
	a.session.Store(&current)
	a.publish(SessionChanged, AdministratorsChanged)
	return nil
}

// RenewRecoveryKey gives a new recovery key, shown once, and makes the old one useless. It asks for the password again.
func (a *App) RenewRecoveryKey(ctx context.Context, password string) (recoveryKey string, err error) {
	if err := a.need(ctx, data.RightManage); err != nil {
		return "", err
	}
	current, _ := a.Session()
	key, _, err := a.unwrap(ctx, current, password)
	if err != nil {
		return "", err
	}
	recoveryKey = vault.NewRecoveryKey()
	fresh, err := vault.Wrap(key, recoveryKey, wrapIdentity(sqlite.RecoveryWrap), a.cost)
	if err != nil {
		return "", err
	}
	err = a.manage(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.SetWrap(sqlite.RecoveryWrap, fresh); err != nil {
			return err
		}
		return a.log(tx, user, "recovery.renew", current.User, "重新生成恢复密钥，旧的作废")
	})
	return recoveryKey, err
}
