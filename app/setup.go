package app

import (
	"context"
	"errors"
	"fmt"
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
	administrator := data.Administrator{User: setup.User, Name: setup.User, Role: data.RoleManager, State: data.AccountEnabled, CreatedAt: a.Now(), LastLogin: a.Now()}
	a.store.Unlock(opened)
	err = a.store.Write(ctx, func(tx *sqlite.Tx) error {
		if known, err := tx.Administrators(); err != nil || len(known) > 0 {
			return errors.Join(err, errInitialized)
		}
		if administrator.ID, err = tx.AddAdministrator(administrator); err != nil {
			return err
		}
		if err := a.wrapKeys(tx, key, administrator, setup.Password, recoveryKey); err != nil {
			return err
		}
		if err := errors.Join(tx.NoteLogin(administrator.ID, a.Now()), tx.SetKeyName(opened.Name())); err != nil {
			return err
		}
		return a.furnish(tx, setup)
	})
	if err != nil {
		a.store.Unlock(nil)
		return "", explain(err)
	}
	a.session.Store(&administrator)
	a.keepBackupKey(ctx, opened, administrator)
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
	return data.JudgePassword(setup.Password, data.PasswordOwner{User: setup.User, Unit: setup.Unit})
}

// wrapIdentity names a wrap, and is authenticated with it.
func wrapIdentity(administratorID int64) string { return fmt.Sprintf("key/%d", administratorID) }

// wrapKeys seals a new data key for its first administrator and under the recovery key.
func (a *App) wrapKeys(tx *sqlite.Tx, key []byte, administrator data.Administrator, password, recoveryKey string) error {
	if err := a.wrapFor(tx, key, administrator, password); err != nil {
		return err
	}
	wrapped, err := vault.Wrap(key, recoveryKey, wrapIdentity(sqlite.RecoveryWrap), a.cost)
	if err != nil {
		return err
	}
	return tx.SetWrap(sqlite.RecoveryWrap, wrapped)
}

// wrapFor seals the data key for an administrator under a new password.
func (a *App) wrapFor(tx *sqlite.Tx, key []byte, administrator data.Administrator, password string) error {
	wrapped, public, err := vault.WrapPair(key, password, wrapIdentity(administrator.ID), a.cost)
	if err != nil {
		return err
	}
	return errors.Join(tx.SetWrap(administrator.ID, wrapped), tx.SetPublicKey(administrator.ID, public))
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
