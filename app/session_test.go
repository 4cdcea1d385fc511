package app_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

var setup = app.Setup{Unit: apptest.Unit, USCC: "12110000400686910X", User: apptest.User, Password: apptest.Password}

func TestFirstStart(t *testing.T) {
	a := apptest.Empty(t)
	if got[bool](t)(a.Initialized(ctx)) {
		t.Fatal("a new folder is initialized")
	}
	refused(t, a.Login(ctx, apptest.User, apptest.Password), "not-initialized")
	var events []app.Event
	a.Subscribe(func(event app.Event) { events = append(events, event) })
	key := got[string](t)(a.Initialize(ctx, setup))
	if len(key) != 39 || !slices.Contains(events, app.SessionChanged) || !got[bool](t)(a.Initialized(ctx)) {
		t.Errorf("recovery key %q, events %v", key, events)
	}
	administrator, ok := a.Session()
	if !ok || administrator.User != apptest.User {
		t.Errorf("session = %+v, %t", administrator, ok)
	}
	if tree := got[data.OrganizationTree](t)(a.Organizations(ctx)); tree.Root().Name != apptest.Unit || len(tree.List()) != 1 {
		t.Errorf("tree = %+v", tree.List())
	}
	plans := got[[]data.Plan](t)(a.Plans(ctx))
	if len(plans) != 3 || plans[0].Number != "20220301161802103" || plans[0].Target != 30_00 || plans[0].Price != 0 {
		t.Errorf("plans = %+v", plans)
	}
	healthy(t, a)
}

func TestFirstStartRefuses(t *testing.T) {
	for _, c := range []struct {
		name, code string
		change     func(*app.Setup)
	}{
		{"no unit", "unit-missing", func(s *app.Setup) { s.Unit = " \u3000" }},
		{"a slash in the unit", "unit-slash", func(s *app.Setup) { s.Unit = "甲/乙" }},
		{"no user", "user-missing", func(s *app.Setup) { s.User = "\t" }},
		{"an ID number as user", "user-is-id", func(s *app.Setup) { s.User = "34052419800101001X" }},
		{"a USCC of the wrong shape", "tax-length", func(s *app.Setup) { s.USCC = "123" }},
		{"a short password", "password-short", func(s *app.Setup) { s.Password = "七个字的口令啊" }},
		{"the platform's reset password", "password-short", func(s *app.Setup) { s.Password = "abc123" }},
		{"a common password", "password-common", func(s *app.Setup) { s.Password = "PassWord" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := apptest.Empty(t)
			wrong := setup
			c.change(&wrong)
			_, err := a.Initialize(ctx, wrong)
			refused(t, err, c.code)
			if got[bool](t)(a.Initialized(ctx)) {
				t.Error("it was set up all the same")
			}
		})
	}
}

func TestASecondFirstStartChangesNothing(t *testing.T) {
	a := apptest.New(t)
	id := addPerson(t, a, 1)
	unchanged(t, a, func() {
		_, err := a.Initialize(ctx, app.Setup{Unit: "另一家", User: "somebody", Password: "another password"})
		refused(t, err, "initialized")
	})
	if trainee := got[data.Trainee](t)(a.Reveal(ctx, id)); trainee.Name != datatest.Name(1) {
		t.Errorf("the session reads %+v", trainee)
	}
}

// addPerson stores the n-th invented person and gives the key.
func addPerson(t testing.TB, a *app.App, n int) int64 {
	t.Helper()
	row := got[data.ImportRow](t)(a.AddTrainee(ctx, map[string]string{"name": datatest.Name(n), "id_number": datatest.IDNumber(n), "mobile": datatest.Mobile(n)}))
	if row.Outcome != data.OutcomeNew {
		t.Fatalf("person %d: %+v", n, row.Problems)
	}
	return row.Trainee.ID
}

func TestLogin(t *testing.T) {
	first := apptest.New(t)
	id := addPerson(t, first, 1)
	folder := strings.TrimSuffix(first.DatabasePath(), "/peixun.db")
	must(t, first.Close())
	clock := &apptest.Clock{}
	a, err := apptest.Open(folder, clock)
	must(t, err)
	t.Cleanup(func() { a.Close() })
	for _, c := range []struct{ name, user, password string }{
		{"wrong password", apptest.User, "horse battery 8"},
		{"password in other case", apptest.User, "Horse battery 9"},
		{"no password", apptest.User, ""},
		{"wrong user", "somebody", apptest.Password},
		{"nobody's wrong password", "somebody", "x"},
	} {
		err := a.Login(ctx, c.user, c.password)
		refused(t, err, "login-wrong")
		if !errors.Is(err, data.ErrWrongPassphrase) {
			t.Errorf("%s: %v is not data.ErrWrongPassphrase", c.name, err)
		}
		if _, ok := a.Session(); ok {
			t.Errorf("%s: logged in", c.name)
		}
		clock.Pass(time.Minute)
	}
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	if administrator, _ := a.Session(); administrator.Name != "赵晓岚" {
		t.Errorf("the session is %q, not the profile's name", administrator.Name)
	}
	if trainee := got[data.Trainee](t)(a.Reveal(ctx, id)); trainee.IDNumber != datatest.IDNumber(1) {
		t.Errorf("after the login %+v", trainee)
	}
	a.Lock()
	must(t, a.Login(ctx, "", apptest.Password)) // the only administrator needs no name
}

func TestRecoveryKey(t *testing.T) {
	a := apptest.Empty(t)
	key := got[string](t)(a.Initialize(ctx, setup))
	id := addPerson(t, a, 1)
	a.Lock()
	for name, c := range map[string]struct{ key, password, code string }{
		"another key":                 {"0000-0000-0000-0000-0000-0000-0000-0000", "a new password", "recovery-wrong"},
		"half a key":                  {key[:19], "a new password", "recovery-wrong"},
		"the password":                {apptest.Password, "a new password", "recovery-wrong"},
		"a new password that is weak": {key, "12345678", "password-common"},
	} {
		refused(t, a.LoginWithRecoveryKey(ctx, apptest.User, c.key, c.password), c.code)
		if _, ok := a.Session(); ok {
			t.Errorf("%s opened the data", name)
		}
	}
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, " "+strings.ToLower(strings.ReplaceAll(key, "-", " ")), "a new password"))
	if trainee := got[data.Trainee](t)(a.Reveal(ctx, id)); trainee.Mobile != datatest.Mobile(1) {
		t.Errorf("after the recovery %+v", trainee)
	}
	a.Lock()
	refused(t, a.Login(ctx, apptest.User, apptest.Password), "login-wrong")
	must(t, a.Login(ctx, apptest.User, "a new password"))
	a.Lock()
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, key, "a third password")) // the key stays good
}

func TestSubscriptionsHearOfChangesAndEnd(t *testing.T) {
	a := apptest.New(t)
	var heard []app.Event
	cancel := a.Subscribe(func(event app.Event) { heard = append(heard, event) })
	addPerson(t, a, 1)
	if !slices.Contains(heard, app.TraineesChanged) {
		t.Errorf("heard %v", heard)
	}
	heard = nil
	if _, err := a.SetTraineeStatus(ctx, []int64{999}, "none"); err != nil || len(heard) == 0 {
		t.Errorf("a change of nobody: %v, heard %v", err, heard)
	}
	heard = nil
	if _, err := a.SavePlan(ctx, data.Plan{Number: "1"}); err == nil || len(heard) > 0 {
		t.Errorf("a refused change was told: %v, %v", heard, err)
	}
	cancel()
	addPerson(t, a, 2)
	if len(heard) > 0 {
		t.Errorf("after the end heard %v", heard)
	}
}

func TestDamageAndForeignFilesHaveWords(t *testing.T) {
	for name, c := range map[string]struct{ content, code string }{
		"no database": {"转账凭证，不是数据库，而且长得超过一页的开头。" + strings.Repeat("字", 200), "database-damaged"},
	} {
		folder := t.TempDir()
		must(t, app.SaveFile(folder+"/peixun.db", []byte(c.content)))
		_, err := apptest.Open(folder, &apptest.Clock{})
		refused(t, err, c.code)
		if !errors.Is(err, data.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	file := t.TempDir() + "/file"
	must(t, app.SaveFile(file, []byte("x")))
	_, err := apptest.Open(file, &apptest.Clock{})
	refused(t, err, "database-unreachable")
}

func TestOneWindowPerFolder(t *testing.T) {
	folder := t.TempDir() + "/数据"
	release, err := app.Claim(folder)
	must(t, err)
	_, err = app.Claim(folder)
	refused(t, err, "already-open")
	release()
	release, err = app.Claim(folder)
	must(t, err)
	release()
}

func TestTimeIsTheClocks(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	if a.Now() != "2022-06-17 13:02:11" || a.Today() != "2022-06-17" {
		t.Errorf("now is %s", a.Now())
	}
	clock.Pass(11 * 3600e9)
	if a.Now() != "2022-06-18 00:02:11" || a.Today() != "2022-06-18" {
		t.Errorf("eleven hours later it is %s", a.Now())
	}
	addPerson(t, a, 1)
	if a.SavedAt() != a.Now() {
		t.Errorf("saved at %s", a.SavedAt())
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err := a.Plans(cancelled)
	refused(t, err, "canceled")
}
