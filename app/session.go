package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// Setup is what the first start asks for.
type Setup struct {
	Unit     string // 单位全称, the root organisation
	USCC     string // 统一社会信用代码, may be empty
	User     string // 用户名
	Password string
}

// minPassword is the least number of characters; DOMAIN's reset password abc123 is refused by it and by name.
const minPassword = 8

// JudgePassword tells what is wrong with a new password; nil where nothing is.
func JudgePassword(password string) error {
	common := []string{"12345678", "123456789", "1234567890", "87654321", "password", "11111111", "88888888", "abcd1234", "qwertyui", "abc12345", "a1234567", "00000000"}
	switch {
	case len([]rune(password)) < minPassword:
		return data.Refuse("password-short", "password", "密码太短。", fmt.Sprintf("请至少用 %d 个字符。", minPassword))
	case slices.Contains(common, strings.ToLower(password)):
		return data.Refuse("password-common", "password", "这个密码太常见。", "请换一个别人猜不到的。")
	}
	return nil
}

// Initialized tells whether the first administrator exists.
func (a *App) Initialized(ctx context.Context) (bool, error) {
	var found []data.Administrator
	err := a.store.Read(ctx, func(tx *sqlite.Tx) error {
		var err error
		found, err = tx.Administrators()
		return err
	})
	return len(found) > 0, explain(err)
}

// Initialize makes the first administrator, the unit and the manual's three plans, logs in, and gives the recovery key:
// the only other way to the data, shown once.
func (a *App) Initialize(ctx context.Context, setup Setup) (recoveryKey string, err error) {
	setup.Unit, setup.User = data.CleanText(setup.Unit), data.CleanText(setup.User)
	if err := judgeSetup(setup); err != nil {
		return "", err
	}
	// Whoever is logged in keeps the vault; the transaction below asks again, because another program may be setting up too.
	switch done, err := a.Initialized(ctx); {
	case err != nil:
		return "", err
	case done:
		return "", errInitialized
	}
	key := vault.NewKey()
	opened, err := vault.New(key)
	if err != nil {
		return "", err
	}
	recoveryKey = vault.NewRecoveryKey()
	administrator := data.Administrator{User: setup.User, Name: setup.User, CreatedAt: a.Now()}
	a.store.Unlock(opened)
	err = a.store.Write(ctx, func(tx *sqlite.Tx) error {
		if known, err := tx.Administrators(); err != nil || len(known) > 0 {
			return errors.Join(err, errInitialized)
		}
		if administrator.ID, err = tx.AddAdministrator(administrator); err != nil {
			return err
		}
		if err := a.wrapKeys(tx, key, administrator.ID, setup.Password, recoveryKey); err != nil {
			return err
		}
		return a.furnish(tx, setup)
	})
	if err != nil {
		a.store.Unlock(nil)
		return "", explain(err)
	}
	a.session.Store(&administrator)
	a.keepBackupKey(opened, administrator)
	a.publish(SessionChanged)
	return recoveryKey, nil
}

var errInitialized = data.Refuse("initialized", "", "这里已经有数据了。", "请直接登录。")

func judgeSetup(setup Setup) error {
	switch {
	case setup.Unit == "":
		return data.Refuse("unit-missing", "unit", "还没有填写单位全称。", "请填写单位公章上的全称。")
	case strings.Contains(setup.Unit, "/"):
		return data.Refuse("unit-slash", "unit", "单位全称里不能有“/”。", "请去掉它，“/”用来分隔上下级机构。")
	case setup.User == "":
		return data.Refuse("user-missing", "user", "还没有填写用户名。", "请填写您登录时用的名字。")
	case data.LooksLikeIDNumber(setup.User):
		return data.Refuse("user-is-id", "user", "用户名不能用身份证号。", "请换一个名字。")
	}
	if setup.USCC != "" {
		if _, problems := data.JudgeTaxNumber(setup.USCC); data.HasErrors(problems) {
			problem := problems[0]
			problem.Where.Field = "uscc"
			return problem
		}
	}
	return JudgePassword(setup.Password)
}

func wrapIdentity(administratorID int64) string { return fmt.Sprintf("key/%d", administratorID) }

func (a *App) wrapKeys(tx *sqlite.Tx, key []byte, administratorID int64, password, recoveryKey string) error {
	for _, secret := range []struct {
		id   int64
		text string
	}{{administratorID, password}, {sqlite.RecoveryWrap, recoveryKey}} {
		wrapped, err := vault.Wrap(key, secret.text, wrapIdentity(secret.id), a.cost)
		if err != nil {
			return err
		}
		if err := tx.SetWrap(secret.id, wrapped); err != nil {
			return err
		}
	}
	return nil
}

// furnish puts the unit, its profile and the manual's plans into a new database.
func (a *App) furnish(tx *sqlite.Tx, setup Setup) error {
	if _, err := tx.AddOrganization(data.Organization{Name: setup.Unit}); err != nil {
		return err
	}
	if err := tx.SaveProfile(data.Profile{USCC: setup.USCC}); err != nil {
		return err
	}
	for _, plan := range data.ManualPlans {
		if _, err := tx.SavePlan(plan); err != nil {
			return err
		}
	}
	return a.log(tx, setup.User, "unit.create", setup.Unit, "建立数据库，设置第一位管理员")
}

// Administrators lists who can log in.
func (a *App) Administrators(ctx context.Context) ([]data.Administrator, error) {
	var found []data.Administrator
	err := a.store.Read(ctx, func(tx *sqlite.Tx) error {
		var err error
		found, err = tx.Administrators()
		return err
	})
	return found, explain(err)
}

// Login opens the vault with an administrator's password. A wrong name and a wrong password fail alike.
func (a *App) Login(ctx context.Context, user, password string) error {
	administrator, wrapped, err := a.wrapOf(ctx, user)
	if err != nil {
		return err
	}
	key, err := wrapped.Unwrap(password, wrapIdentity(administrator.ID))
	if err != nil {
		return data.Refuse("login-wrong", "password", "用户名或密码不对。",
			"请检查大小写和输入法，或用恢复密钥登录。").Because(errors.Join(data.ErrWrongPassphrase, err))
	}
	return a.open(ctx, key, administrator, "login", "登录")
}

func (a *App) wrapOf(ctx context.Context, user string) (data.Administrator, vault.Wrapped, error) {
	var administrator data.Administrator
	var wrapped vault.Wrapped
	err := a.store.Read(ctx, func(tx *sqlite.Tx) error {
		known, err := tx.Administrators()
		if err != nil {
			return err
		}
		if len(known) == 0 {
			return data.Refuse("not-initialized", "", "还没有建立数据。", "请先完成首次设置。")
		}
		place := slices.IndexFunc(known, func(one data.Administrator) bool { return one.User == user })
		if user == "" && len(known) == 1 {
			place = 0
		}
		if place < 0 {
			return data.Refuse("login-wrong", "password", "用户名或密码不对。", "请检查后再试。").Because(data.ErrWrongPassphrase)
		}
		administrator = known[place]
		wrapped, err = tx.Wrap(administrator.ID)
		return err
	})
	return administrator, wrapped, explain(err)
}

// LoginWithRecoveryKey opens the vault with the recovery key and gives the administrator a new password.
func (a *App) LoginWithRecoveryKey(ctx context.Context, user, recoveryKey, newPassword string) error {
	if err := JudgePassword(newPassword); err != nil {
		return err
	}
	wrong := data.Refuse("recovery-wrong", "recovery", "恢复密钥不对。", "请照打印件逐组核对，共 8 组，每组 4 位。").Because(data.ErrWrongPassphrase)
	typed, ok := vault.NormalizeRecoveryKey(recoveryKey)
	if !ok {
		return wrong
	}
	administrator, _, err := a.wrapOf(ctx, user)
	if err != nil {
		return err
	}
	var wrapped vault.Wrapped
	err = a.store.Read(ctx, func(tx *sqlite.Tx) error {
		var err error
		wrapped, err = tx.Wrap(sqlite.RecoveryWrap)
		return err
	})
	if err != nil {
		return explain(err)
	}
	key, err := wrapped.Unwrap(typed, wrapIdentity(sqlite.RecoveryWrap))
	if err != nil {
		return wrong
	}
	fresh, err := vault.Wrap(key, newPassword, wrapIdentity(administrator.ID), a.cost)
	if err != nil {
		return err
	}
	if err := a.store.Write(ctx, func(tx *sqlite.Tx) error { return tx.SetWrap(administrator.ID, fresh) }); err != nil {
		return explain(err)
	}
	return a.open(ctx, key, administrator, "login.recovery", "用恢复密钥登录并设置新密码")
}

// RenewRecoveryKey gives a new recovery key, shown once, and makes the old one useless. It asks for the password again.
func (a *App) RenewRecoveryKey(ctx context.Context, password string) (recoveryKey string, err error) {
	current, in := a.Session()
	if !in {
		return "", locked()
	}
	_, wrapped, err := a.wrapOf(ctx, current.User)
	if err != nil {
		return "", err
	}
	key, err := wrapped.Unwrap(password, wrapIdentity(current.ID))
	if err != nil {
		return "", data.Refuse("login-wrong", "password", "密码不对。", "请输入登录时用的密码。").Because(data.ErrWrongPassphrase)
	}
	recoveryKey = vault.NewRecoveryKey()
	fresh, err := vault.Wrap(key, recoveryKey, wrapIdentity(sqlite.RecoveryWrap), a.cost)
	if err != nil {
		return "", err
	}
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.SetWrap(sqlite.RecoveryWrap, fresh); err != nil {
			return err
		}
		return a.log(tx, user, "recovery.renew", current.User, "重新生成恢复密钥，旧的作废")
	})
	return recoveryKey, err
}

func (a *App) open(ctx context.Context, key []byte, administrator data.Administrator, action, detail string) error {
	opened, err := vault.New(key)
	if err != nil {
		return err
	}
	a.store.Unlock(opened)
	a.session.Store(&administrator)
	err = a.store.Write(ctx, func(tx *sqlite.Tx) error {
		if err := a.noteClock(tx); err != nil {
			return err
		}
		if profile, err := tx.Profile(); err == nil && profile.Name != "" {
			administrator.Name = profile.Name
		}
		return a.log(tx, administrator.Name, action, administrator.User, detail)
	})
	if err != nil {
		a.Lock()
		return explain(err)
	}
	a.session.Store(&administrator)
	a.keepBackupKey(opened, administrator)
	a.publish(SessionChanged)
	return nil
}

// Lock forgets the data key; everything personal is out of reach until the next login.
func (a *App) Lock() {
	a.store.Unlock(nil)
	a.session.Store(nil)
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
