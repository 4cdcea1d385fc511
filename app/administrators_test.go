package app_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/vault"
)

func administrators(t testing.TB, a *app.App) map[string]data.Administrator {
	t.Helper()
	known := map[string]data.Administrator{}
	for _, one := range got[[]data.Administrator](t)(a.Administrators(ctx)) {
		known[one.User] = one
	}
	return known
}

func TestTwoAdministrators(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	id := addPerson(t, a, 1)
	refused(t, second(a.AddAdministrator(ctx, "not my password", app.NewAdministrator{User: "liuer", Name: "刘二", Role: data.RoleClerk, Password: "temporary tulip 3"})), "login-wrong")
	for _, c := range []struct {
		code  string
		fresh app.NewAdministrator
	}{
		{"user-missing", app.NewAdministrator{Name: "刘二", Role: data.RoleClerk}},
		{"user-is-id", app.NewAdministrator{User: "34052419800101001X", Name: "刘二", Role: data.RoleClerk}},
		{"name-missing", app.NewAdministrator{User: "liuer", Role: data.RoleClerk}},
		{"name-is-id", app.NewAdministrator{User: "liuer", Name: "34052419800101001X", Role: data.RoleClerk}},
		{"role-missing", app.NewAdministrator{User: "liuer", Name: "刘二", Role: "超级管理员"}},
		{"password-common", app.NewAdministrator{User: "liuer", Name: "刘二", Role: data.RoleClerk, Password: "woaini1314"}},
		{"password-is-user", app.NewAdministrator{User: "liuer", Name: "刘二", Role: data.RoleClerk, Password: "liuer123"}},
		{"user-taken", app.NewAdministrator{User: apptest.User, Name: "刘二", Role: data.RoleClerk, Password: "temporary tulip 3"}},
	} {
		refused(t, second(a.AddAdministrator(ctx, apptest.Password, c.fresh)), c.code)
	}
	made := got[data.Administrator](t)(a.AddAdministrator(ctx, apptest.Password, app.NewAdministrator{User: "liuer", Name: "刘二", Role: data.RoleClerk, Password: "temporary tulip 3"}))
	a.Lock()
	clock.Pass(time.Hour)
	must(t, a.Login(ctx, "liuer", "temporary tulip 3"))
	refused(t, second(a.Plans(ctx)), "password-must-change") // nothing before the own password
	refused(t, second(a.Reveal(ctx, id)), "password-must-change")
	refused(t, a.ChangePassword(ctx, "temporary tulip 3", "temporary tulip 3"), "password-same")
	refused(t, a.ChangePassword(ctx, "temporary tulip 4", "lasting anchor 71"), "login-wrong")
	must(t, a.ChangePassword(ctx, "temporary tulip 3", "lasting anchor 71"))
	if trainee := got[data.Trainee](t)(a.Reveal(ctx, id)); trainee.IDNumber != datatest.IDNumber(1) {
		t.Errorf("the second reads %+v", trainee)
	}
	a.Lock()
	refused(t, a.Login(ctx, "liuer", "temporary tulip 3"), "login-wrong")
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	known := administrators(t, a)
	if one := known["liuer"]; one.LastLogin != "2022-06-17 14:02:11" || one.Role != data.RoleClerk || one.MustChange || one.ID != made.ID {
		t.Errorf("%+v", one)
	}
	lines := got[[]data.AuditEntry](t)(a.Audit(ctx, "", 100))
	if !slices.ContainsFunc(lines, func(e data.AuditEntry) bool { return e.Action == "trainee.reveal" && e.User == "刘二" }) {
		t.Error("the log does not say who looked")
	}
	healthy(t, a)
}

func TestClerkDoesTheDailyWorkOnly(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	a := h.App
	first := administrators(t, a)[apptest.User]
	loginAs(t, a, data.RoleClerk)
	order := h.Draft("2022-06-14 10:26:00", 2)
	must(t, second(a.Reveal(ctx, 1)))
	must(t, a.SetSetting(ctx, "columns.x", "{}"))
	profile := got[data.Profile](t)(a.Profile(ctx))
	must(t, a.SaveProfile(ctx, profile))
	root := got[data.OrganizationTree](t)(a.Organizations(ctx)).Root()
	unchanged(t, a, func() {
		renamed := profile
		renamed.Unit = "另一家医院"
		refused(t, a.SaveProfile(ctx, renamed), "right-missing")
		root.Name = "另一家医院"
		refused(t, second(a.SaveOrganization(ctx, root)), "right-missing")
		refused(t, second(a.AddAdministrator(ctx, "lasting anchor 71", app.NewAdministrator{User: "x", Name: "x", Role: data.RoleManager, Password: "temporary tulip 3"})), "right-missing")
		refused(t, a.SetAdministratorRole(ctx, first.ID, data.RoleReader), "right-missing")
		refused(t, a.DisableAdministrator(ctx, first.ID), "right-missing")
		refused(t, a.RemoveAdministrator(ctx, first.ID), "right-missing")
		refused(t, a.ResetAdministratorPassword(ctx, "lasting anchor 71", first.ID, "temporary tulip 3"), "right-missing")
		refused(t, a.UnlockAdministrator(ctx, first.ID), "right-missing")
		refused(t, second(a.RenewRecoveryKey(ctx, "lasting anchor 71")), "right-missing")
		refused(t, a.SetBackupFolder(ctx, t.TempDir()), "right-missing")
		refused(t, second(a.Restore(ctx, &app.RestorePlan{}, false, nil)), "right-missing")
		refused(t, a.SetSetting(ctx, "security.autolock", "0"), "right-missing")
		refused(t, a.SetSetting(ctx, "backup.folder", t.TempDir()), "right-missing")
		refused(t, a.SetAutoLock(ctx, 0), "right-missing")
	})
	must(t, second(a.SubmitOrder(ctx, order.ID)))
}

func TestReaderSeesMaskedNumbersOnly(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	order := h.Draft("2022-06-14 10:26:00", 2)
	whole := got[data.Order](t)(h.App.Order(ctx, order.ID))
	loginAs(t, h.App, data.RoleReader)
	seen := got[data.Order](t)(h.App.Order(ctx, order.ID))
	if seen.PayerAccount != vault.MaskAccount(whole.PayerAccount) || seen.Invoice.Mobile != vault.MaskMobile(whole.Invoice.Mobile) || seen.PayerAccount == whole.PayerAccount {
		t.Errorf("shown %q, %q", seen.PayerAccount, seen.Invoice.Mobile)
	}
	path := filepath.Join(t.TempDir(), "学员.xlsx")
	must(t, second(h.App.ExportTrainees(ctx, path, data.TraineeQuery{}, false, "")))
	refused(t, second(h.App.ExportTrainees(ctx, path, data.TraineeQuery{}, true, "核对")), "right-missing")
	refused(t, second(h.App.ExportRecharges(ctx, path, data.RechargeQuery{}, app.Disclosure{Full: true, Reason: "核对"})), "right-missing")
	must(t, h.App.SetSetting(ctx, "window.page", "学员列表"))
	if kept := h.App.Setting(ctx, "window.page", ""); kept != "学员列表" {
		t.Errorf("its own setting is %q", kept)
	}
	h.App.Lock()
	if kept := h.App.Setting(ctx, "window.page", ""); kept != "" {
		t.Errorf("the setting %q of 只读 outlived it", kept)
	}
}

func TestTheLastManagerStays(t *testing.T) {
	a := apptest.New(t)
	first := administrators(t, a)[apptest.User]
	refused(t, a.RemoveAdministrator(ctx, first.ID), "account-own")
	refused(t, a.SetAdministratorRole(ctx, first.ID, data.RoleReader), "account-own")
	other := loginAs(t, a, data.RoleManager)
	must(t, a.SetAdministratorRole(ctx, first.ID, data.RoleClerk))
	raw := datatest.Raw(t, a.DatabasePath()) // the schema stands behind the rule
	for _, statement := range []string{"UPDATE administrator SET role = '经办' WHERE id = 2", "UPDATE administrator SET state = '停用' WHERE id = 2", "DELETE FROM administrator"} {
		if _, err := raw.Exec(statement); err == nil {
			t.Errorf("%s was done", statement)
		}
	}
	refused(t, a.SetAdministratorRole(ctx, other.ID, data.RoleReader), "account-own")
	must(t, a.RemoveAdministrator(ctx, first.ID))
	refused(t, a.SetAdministratorRole(ctx, first.ID, data.RoleManager), "account-removed")
	refused(t, a.EnableAdministrator(ctx, "lasting anchor 71", first.ID, "temporary tulip 3"), "account-removed")
	refused(t, second(a.AddAdministrator(ctx, "lasting anchor 71", app.NewAdministrator{User: apptest.User, Name: "x", Role: data.RoleReader, Password: "temporary tulip 3"})), "user-taken")
	healthy(t, a)
}

func TestDisabledAndEnabledAgain(t *testing.T) {
	a := apptest.New(t)
	one := loginAs(t, a, data.RoleClerk)
	running := apptest.Again(t, a) // the first administrator, in another window
	must(t, running.DisableAdministrator(ctx, one.ID))
	refused(t, second(a.Plans(ctx)), "account-closed") // at once, although logged in
	if _, in := a.Session(); in {
		t.Error("who was disabled is still logged in")
	}
	refused(t, a.Login(ctx, one.User, "lasting anchor 71"), "account-closed")
	must(t, running.EnableAdministrator(ctx, apptest.Password, one.ID, "second tulip 44"))
	refused(t, a.Login(ctx, one.User, "lasting anchor 71"), "login-wrong")
	must(t, a.Login(ctx, one.User, "second tulip 44"))
	must(t, a.ChangePassword(ctx, "second tulip 44", "third anchor 58"))
	must(t, running.SetAdministratorRole(ctx, one.ID, data.RoleReader)) // what it may do changes at once too
	refused(t, second(a.Reveal(ctx, 1)), "right-missing")
	healthy(t, running)
}

func TestResetAndUnlockByAColleague(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	one := loginAs(t, a, data.RoleManager)
	a.Lock()
	wrongTries(t, a, clock, 5)
	must(t, a.Login(ctx, one.User, "lasting anchor 71"))
	first := administrators(t, a)[apptest.User]
	if waiting := got[map[int64]data.LoginGuard](t)(a.LockedAdministrators(ctx)); waiting[first.ID].Wait != 5*time.Minute || len(waiting) != 1 {
		t.Errorf("waiting: %v", waiting)
	}
	must(t, a.UnlockAdministrator(ctx, first.ID))
	a.Lock()
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	a.Lock()
	must(t, a.Login(ctx, one.User, "lasting anchor 71"))
	must(t, a.ResetAdministratorPassword(ctx, "lasting anchor 71", first.ID, "temporary tulip 3"))
	refused(t, a.ResetAdministratorPassword(ctx, "lasting anchor 71", one.ID, "temporary tulip 3"), "account-own")
	a.Lock()
	refused(t, a.Login(ctx, apptest.User, apptest.Password), "login-wrong")
	must(t, a.Login(ctx, apptest.User, "temporary tulip 3"))
	must(t, a.ChangePassword(ctx, "temporary tulip 3", apptest.Password))
	healthy(t, a)
}

// A backup from before somebody left does not let them in again, and they cannot put it in the place of the data of now.
func TestRestoreLetsNobodyInAgain(t *testing.T) {
	a, _ := apptest.NewWithClock(t)
	leaver := loginAs(t, a, data.RoleManager)
	clerk := loginAsFrom(t, a, "lasting anchor 71", data.RoleClerk)
	made := got[app.BackupResult](t)(a.Backup(ctx, data.BackupByHand, nil)).Made[0]
	a.Lock()
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	must(t, a.RemoveAdministrator(ctx, leaver.ID))
	a.Lock()
	refused(t, second(a.PlanRestore(ctx, made.Path, "lasting anchor 71", nil)), "account-closed")
	refused(t, second(a.PlanRestore(ctx, made.Path, "clerk's anchor 44", nil)), "right-missing")
	must(t, a.Login(ctx, clerk.User, "clerk's anchor 44"))
	refused(t, second(a.PlanRestore(ctx, made.Path, apptest.Password, nil)), "right-missing")
	a.Lock()
	restored(t, a, made.Path, apptest.Password)
	refused(t, a.Login(ctx, leaver.User, "lasting anchor 71"), "account-closed")
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	healthy(t, a)
}

// loginAsFrom is loginAs by another 管理员 than the first, who is logged in.
func loginAsFrom(t testing.TB, a *app.App, password string, role data.Role) data.Administrator {
	t.Helper()
	made := got[data.Administrator](t)(a.AddAdministrator(ctx, password, app.NewAdministrator{User: "liuer", Name: "刘二", Role: role, Password: "temporary tulip 3"}))
	a.Lock()
	must(t, a.Login(ctx, made.User, "temporary tulip 3"))
	must(t, a.ChangePassword(ctx, "temporary tulip 3", "clerk's anchor 44"))
	return made
}
