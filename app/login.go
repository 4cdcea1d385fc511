package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// Administrators lists everybody who can or could log in.
func (a *App) Administrators(ctx context.Context) ([]data.Administrator, error) {
	var found []data.Administrator
	err := a.store.Read(ctx, func(tx *sqlite.Tx) error {
		var err error
		found, err = tx.Administrators()
		return err
	})
	return found, explain(err)
}

// Login opens the vault with an administrator's password. A wrong name and a wrong password fail alike. After wrong tries the next has
// to wait: it fails with login-wait or login-locked, both data.ErrLocked, and LoginGuard tells how long.
func (a *App) Login(ctx context.Context, user, password string) error {
	administrator, err := a.whoIs(ctx, user)
	if err != nil {
		return err
	}
	key, wrapped, err := a.unwrap(ctx, administrator, password)
	if err != nil {
		return err
	}
	var also func(tx *sqlite.Tx) error
	if !wrapped.Paired() { // of the versions before there were several administrators
		also = func(tx *sqlite.Tx) error { return a.wrapFor(tx, key, administrator, password) }
	}
	return a.open(ctx, key, administrator, "login", "登录", also)
}

// whoIs finds the account that somebody wants to log in with; "" stands for the only one.
func (a *App) whoIs(ctx context.Context, user string) (data.Administrator, error) {
	known, err := a.Administrators(ctx)
	if err != nil {
		return data.Administrator{}, err
	}
	if len(known) == 0 {
		return data.Administrator{}, data.Refuse("not-initialized", "", "还没有建立数据。", "请先完成首次设置。")
	}
	if enabled := data.EnabledAdministrators(known); user == "" && len(enabled) == 1 {
		return enabled[0], nil
	}
	place := slices.IndexFunc(known, func(one data.Administrator) bool { return one.User == user })
	switch {
	case place < 0:
		return data.Administrator{}, wrongLogin("请检查用户名、大小写和输入法。")
	case !known[place].Enabled():
		return data.Administrator{}, data.Refuse("account-closed", "user", "这个账号"+accountWords[known[place].State]+"，不能登录。", "需要继续使用时，请联系单位的“管理员”。").Because(data.ErrWrongPassphrase)
	}
	return known[place], nil
}

// accountWords say what became of an account that cannot log in.
var accountWords = map[data.AccountState]string{data.AccountDisabled: "已停用", data.AccountRemoved: "已移除"}

func wrongLogin(fix string) error {
	return data.Refuse("login-wrong", "password", "用户名或密码不对。", fix).Because(data.ErrWrongPassphrase)
}

// unwrap gives the data key for an administrator's password. Every wrong one is counted and logged; who tried too often waits.
func (a *App) unwrap(ctx context.Context, administrator data.Administrator, password string) (key []byte, wrapped vault.Wrapped, err error) {
	if password == "" {
		return nil, wrapped, wrongLogin("请输入密码。")
	}
	if wrapped, err = a.wrapOf(ctx, administrator.ID); err != nil {
		return nil, wrapped, err
	}
	guard, err := a.beginTry(ctx, administrator.ID, data.LoginGuard.WrongPassword)
	if err != nil {
		return nil, wrapped, err
	}
	if key, err = wrapped.Unwrap(password, wrapIdentity(administrator.ID)); err == nil {
		a.wrongTries.Store(int64(guard.Wrong) - 1)
		return key, wrapped, a.endTries(ctx, administrator.ID)
	}
	a.logWrongTry(ctx, administrator.User, guard)
	return nil, wrapped, wrongLogin(wrongFix(guard))
}

// wrongFix says what a wrong password leads to.
func wrongFix(guard data.LoginGuard) string {
	switch {
	case guard.Locked():
		return fmt.Sprintf("已连续输错 %d 次，这个账号锁定 %s。可以请另一位管理员解锁，或用恢复密钥登录。", guard.Wrong, waitWords(guard.Wait))
	case guard.Wait > 0:
		return fmt.Sprintf("已连续输错 %d 次，请等 %s再试；输错 5 次会锁定。", guard.Wrong, waitWords(guard.Wait))
	}
	return "请检查大小写和输入法，或用恢复密钥登录。"
}

// waitWords writes a wait in minutes, or in seconds where it is short, never less than it is.
func waitWords(wait time.Duration) string {
	if wait > time.Minute {
		return fmt.Sprintf("%d 分钟", (wait+time.Minute-1)/time.Minute)
	}
	return fmt.Sprintf("%d 秒", (wait+time.Second-1)/time.Second)
}

// wrapOf reads the data key as sealed for an administrator or under the recovery key. A damaged line is no wrong password.
func (a *App) wrapOf(ctx context.Context, id int64) (vault.Wrapped, error) {
	var wrapped vault.Wrapped
	err := a.store.Read(ctx, func(tx *sqlite.Tx) error {
		var err error
		wrapped, err = tx.Wrap(id)
		return err
	})
	if errors.Is(err, data.ErrDamaged) || errors.Is(err, data.ErrNotFound) {
		fix := "密码没有错。请用恢复密钥登录并设置新密码，或请另一位管理员重置密码。"
		if id == sqlite.RecoveryWrap {
			fix = "请用密码登录，再重新生成恢复密钥；都不行时从备份恢复。"
		}
		return wrapped, data.Refuse("key-damaged", "", "保存密钥的那一条数据损坏了。", fix).Because(errors.Join(data.ErrDamaged, err))
	}
	return wrapped, explain(err)
}

// beginTry counts a try as a wrong one before it is made, so that neither a second program nor the end of this one makes it free, and
// gives the guard as it stands if it is wrong. While the last one has not been waited for, it refuses.
func (a *App) beginTry(ctx context.Context, id int64, wrong func(data.LoginGuard, time.Time) data.LoginGuard) (data.LoginGuard, error) {
	var guard data.LoginGuard
	var refusal error
	now := a.clock()
	err := a.store.Write(ctx, func(tx *sqlite.Tx) error {
		kept, err := tx.LoginGuard(id)
		if err != nil {
			return err
		}
		if guard = kept.At(now); guard.Wait > 0 {
			refusal = tooSoon(id, guard)
		} else {
			guard = wrong(guard, now)
		}
		return tx.SetLoginGuard(id, guard)
	})
	return guard, errors.Join(explain(err), refusal)
}

func tooSoon(id int64, guard data.LoginGuard) error {
	field := "password"
	if id == sqlite.RecoveryWrap {
		field = "recovery"
	}
	if guard.Locked() && id != sqlite.RecoveryWrap {
		return data.Refuse("login-locked", field, fmt.Sprintf("密码连续输错 %d 次，这个账号已锁定，还要等 %s。", guard.Wrong, waitWords(guard.Wait)),
			"可以请另一位管理员解锁，或用恢复密钥登录。").Because(data.ErrLocked)
	}
	return data.Refuse("login-wait", field, fmt.Sprintf("刚才输错了，还要等 %s才能再试。", waitWords(guard.Wait)), "请稍等。").Because(data.ErrLocked)
}

// WrongTries tells how often a wrong password was typed for the account before the right one.
func (a *App) WrongTries() int { return int(a.wrongTries.Load()) }

// endTries forgets the wrong tries after a right one.
func (a *App) endTries(ctx context.Context, id int64) error {
	return explain(a.store.Write(ctx, func(tx *sqlite.Tx) error { return tx.SetLoginGuard(id, data.LoginGuard{}) }))
}

// logWrongTry leaves a line about a wrong password or key, never the password itself.
func (a *App) logWrongTry(ctx context.Context, user string, guard data.LoginGuard) {
	detail := fmt.Sprintf("登录失败：密码不对，连续第 %d 次", guard.Wrong)
	if guard.Locked() {
		detail += "，锁定 " + waitWords(guard.Wait)
	}
	a.logOutside(ctx, user, "login.wrong", detail)
}

// LoginGuard tells how the wrong tries of an account stand, and how long the next has to wait. One that does not exist has none.
func (a *App) LoginGuard(ctx context.Context, user string) (data.LoginGuard, error) {
	administrator, err := a.whoIs(ctx, user)
	if err != nil {
		return data.LoginGuard{}, nil // the login itself says what is wrong
	}
	var guard data.LoginGuard
	err = a.store.Read(ctx, func(tx *sqlite.Tx) error {
		var err error
		guard, err = tx.LoginGuard(administrator.ID)
		return err
	})
	return guard.At(a.clock()), explain(err)
}

// LoginWithRecoveryKey opens the vault with the recovery key and gives the administrator a new password. It also ends a lock.
func (a *App) LoginWithRecoveryKey(ctx context.Context, user, recoveryKey, newPassword string) error {
	administrator, err := a.whoIs(ctx, user)
	if err != nil {
		return err
	}
	if err := a.judgePassword(ctx, newPassword, administrator); err != nil {
		return err
	}
	wrong := data.Refuse("recovery-wrong", "recovery", "恢复密钥不对。", "请照打印件逐组核对，共 8 组，每组 4 位。").Because(data.ErrWrongPassphrase)
	typed, ok := vault.NormalizeRecoveryKey(recoveryKey)
	if !ok {
		return wrong
	}
	wrapped, err := a.wrapOf(ctx, sqlite.RecoveryWrap)
	if err != nil {
		return err
	}
	guard, err := a.beginTry(ctx, sqlite.RecoveryWrap, data.LoginGuard.WrongKey)
	if err != nil {
		return err
	}
	key, err := wrapped.Unwrap(typed, wrapIdentity(sqlite.RecoveryWrap))
	if err != nil {
		a.logOutside(ctx, administrator.User, "login.wrong", fmt.Sprintf("登录失败：恢复密钥不对，连续第 %d 次", guard.Wrong))
		return wrong
	}
	administrator.MustChange = false
	return a.open(ctx, key, administrator, "login.recovery", "用恢复密钥登录并设置新密码", func(tx *sqlite.Tx) error {
		return errors.Join(tx.SetLoginGuard(sqlite.RecoveryWrap, data.LoginGuard{}), tx.SaveAdministrator(administrator), a.wrapFor(tx, key, administrator, newPassword))
	})
}

// judgePassword judges an administrator's new password.
func (a *App) judgePassword(ctx context.Context, password string, administrator data.Administrator) error {
	owner, err := a.PasswordOwner(ctx, administrator)
	if err != nil {
		return err
	}
	return data.JudgePassword(password, owner)
}

// PasswordOwner gives what the administrator's password must not be made of.
func (a *App) PasswordOwner(ctx context.Context, administrator data.Administrator) (data.PasswordOwner, error) {
	owner := data.PasswordOwner{User: administrator.User, Name: administrator.Name}
	err := a.store.Read(ctx, func(tx *sqlite.Tx) error {
		var err error
		owner.Unit, err = tx.UnitName()
		return err
	})
	return owner, explain(err)
}

// open unlocks the store with the data key and notes the login; also is done in the same transaction and may be nil.
func (a *App) open(ctx context.Context, key []byte, administrator data.Administrator, action, detail string, also func(tx *sqlite.Tx) error) error {
	opened, err := vault.New(key)
	if err != nil {
		return err
	}
	a.store.Unlock(opened)
	a.own.forget()
	a.session.Store(&administrator)
	err = a.store.Write(ctx, func(tx *sqlite.Tx) error {
		if err := a.noteLogin(tx, opened, &administrator); err != nil {
			return err
		}
		if also != nil {
			if err := also(tx); err != nil {
				return err
			}
		}
		return a.log(tx, administrator.Name, action, administrator.User, detail)
	})
	if err != nil {
		a.Lock()
		return explain(err)
	}
	a.session.Store(&administrator)
	a.keepBackupKey(ctx, opened, administrator)
	a.publish(SessionChanged)
	return nil
}

// noteLogin stores what a login changes: the only administrator has the name in 管理员信息.
func (a *App) noteLogin(tx *sqlite.Tx, opened *vault.Vault, administrator *data.Administrator) error {
	if err := a.noteClock(tx); err != nil {
		return err
	}
	if err := nameOnlyAdministrator(tx, administrator); err != nil {
		return err
	}
	administrator.LastLogin = a.Now()
	return errors.Join(tx.SetKeyName(opened.Name()), tx.SetLoginGuard(administrator.ID, data.LoginGuard{}), tx.NoteLogin(administrator.ID, a.Now()))
}

// nameOnlyAdministrator gives the administrator the name of 管理员信息, where there has never been another.
func nameOnlyAdministrator(tx *sqlite.Tx, administrator *data.Administrator) error {
	known, err := tx.Administrators()
	if err != nil || len(known) != 1 {
		return err
	}
	profile, err := tx.Profile()
	if err != nil || profile.Name == "" || profile.Name == administrator.Name {
		return nil // a name is no reason to keep anybody out
	}
	administrator.Name = profile.Name
	return tx.SaveAdministrator(*administrator)
}

// Lock forgets the data key; everything personal is out of reach until the next login.
func (a *App) Lock() {
	a.store.Unlock(nil)
	a.session.Store(nil)
	a.own.forget()
	a.publish(SessionChanged)
}

// Session gives who is logged in; ok is false where nobody is.
func (a *App) Session() (administrator data.Administrator, ok bool) {
	current := a.session.Load()
	if current == nil {
		return data.Administrator{}, false
	}
	return *current, true
}
