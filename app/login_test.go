package app_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// wrongTries makes tries with a wrong password, each when it is due, and gives the last refusal's code.
func wrongTries(t testing.TB, a *app.App, clock *apptest.Clock, count int) (code string) {
	t.Helper()
	for range count {
		guard := got[data.LoginGuard](t)(a.LoginGuard(ctx, apptest.User))
		clock.Pass(guard.Wait)
		problem, _ := data.AsProblem(a.Login(ctx, apptest.User, "not the password"))
		code = problem.Code
	}
	return code
}

func TestWrongPasswordsAreSlowedAndLocked(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	a.Lock()
	for place, want := range []time.Duration{0, time.Second, 2 * time.Second, 4 * time.Second, 5 * time.Minute, 10 * time.Minute} {
		if code := wrongTries(t, a, clock, 1); code != "login-wrong" {
			t.Fatalf("try %d: %s", place+1, code)
		}
		if guard := got[data.LoginGuard](t)(a.LoginGuard(ctx, apptest.User)); guard.Wait != want || guard.Wrong != place+1 {
			t.Fatalf("after try %d: %+v", place+1, guard)
		}
	}
	err := a.Login(ctx, apptest.User, apptest.Password) // the right one has to wait too
	refused(t, err, "login-locked")
	if !errors.Is(err, data.ErrLocked) {
		t.Errorf("%v is not data.ErrLocked", err)
	}
	clock.Pass(10*time.Minute - time.Millisecond)
	refused(t, a.Login(ctx, apptest.User, apptest.Password), "login-locked")
	clock.Pass(time.Millisecond)
	must(t, a.Login(ctx, apptest.User, apptest.Password))
	if a.WrongTries() != 6 {
		t.Errorf("%d wrong tries are told of, want 6", a.WrongTries())
	}
	if guard := got[data.LoginGuard](t)(a.LoginGuard(ctx, apptest.User)); guard.Wrong != 0 {
		t.Errorf("after the right one: %+v", guard)
	}
	lines := got[[]data.AuditEntry](t)(a.Audit(ctx, "登录失败", 10))
	if len(lines) != 6 || lines[0].User != apptest.User || strings.Contains(lines[0].Detail, "not the password") || !strings.Contains(lines[0].Detail, "锁定 10 分钟") {
		t.Errorf("logged: %+v", lines)
	}
	healthy(t, a)
}

// A lock is no matter of the running program: neither a restart, nor a second program, nor a clock set back makes it shorter.
func TestLockOutlivesTheProgramAndTheClock(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	a.Lock()
	wrongTries(t, a, clock, 5)
	folder := filepath.Dir(a.DatabasePath())
	second, err := apptest.Open(folder, clock)
	must(t, err)
	refused(t, second.Login(ctx, apptest.User, apptest.Password), "login-locked")
	must(t, second.Close())
	must(t, a.Close())
	again, err := apptest.Open(folder, clock)
	must(t, err)
	t.Cleanup(func() { again.Close() })
	refused(t, again.Login(ctx, apptest.User, apptest.Password), "login-locked")
	clock.Pass(4 * time.Minute)
	refused(t, again.Login(ctx, apptest.User, apptest.Password), "login-locked")
	clock.Pass(-24 * time.Hour)
	if guard := got[data.LoginGuard](t)(again.LoginGuard(ctx, apptest.User)); guard.Wait != time.Minute {
		t.Errorf("with the clock set back a day %s are left, want a minute", guard.Wait)
	}
	refused(t, again.Login(ctx, apptest.User, apptest.Password), "login-locked")
	clock.Pass(59 * time.Second)
	refused(t, again.Login(ctx, apptest.User, apptest.Password), "login-locked")
	clock.Pass(time.Second)
	must(t, again.Login(ctx, apptest.User, apptest.Password))
}

// Two programs that try at the same moment have one try between them.
func TestTwoProgramsShareTheTries(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	a.Lock()
	wrongTries(t, a, clock, 4)
	clock.Pass(4 * time.Second)
	second, err := apptest.Open(filepath.Dir(a.DatabasePath()), clock)
	must(t, err)
	t.Cleanup(func() { second.Close() })
	codes := make(chan string, 8)
	for _, one := range []*app.App{a, second, a, second, a, second, a, second} {
		go func() {
			problem, _ := data.AsProblem(one.Login(ctx, apptest.User, "not the password"))
			codes <- problem.Code
		}()
	}
	counted := map[string]int{}
	for range cap(codes) {
		counted[<-codes]++
	}
	if counted["login-wrong"] != 1 || counted["login-locked"] != 7 {
		t.Errorf("%v, want one try", counted)
	}
}

func TestRecoveryKeyIsAlwaysAWayIn(t *testing.T) {
	clock := &apptest.Clock{}
	a, err := apptest.Open(t.TempDir(), clock)
	must(t, err)
	t.Cleanup(func() { a.Close() })
	key := got[string](t)(a.Initialize(ctx, setup))
	a.Lock()
	wrongTries(t, a, clock, 6)
	const wrong = "0000-0000-0000-0000-0000-0000-0000-0000"
	refused(t, a.LoginWithRecoveryKey(ctx, apptest.User, wrong, "a new password"), "recovery-wrong")
	refused(t, a.LoginWithRecoveryKey(ctx, apptest.User, wrong, "a new password"), "recovery-wrong")
	refused(t, a.LoginWithRecoveryKey(ctx, apptest.User, key, "a new password"), "login-wait")
	clock.Pass(time.Second)
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, key, "a new password"))
	a.Lock()
	must(t, a.Login(ctx, apptest.User, "a new password")) // the lock is over too
}

// A damaged line is told from a wrong password, and is counted against nobody.
func TestDamagedKeyIsNoWrongPassword(t *testing.T) {
	clock := &apptest.Clock{}
	a, err := apptest.Open(t.TempDir(), clock)
	must(t, err)
	t.Cleanup(func() { a.Close() })
	key := got[string](t)(a.Initialize(ctx, setup))
	a.Lock()
	raw := datatest.Raw(t, a.DatabasePath())
	for _, column := range []string{"salt", "sealed_private", "sealed_key"} {
		var kept []byte
		must(t, raw.QueryRow("SELECT "+column+" FROM key_wrap WHERE administrator_id = 1").Scan(&kept))
		flipped := append([]byte(nil), kept...)
		flipped[len(flipped)/2] ^= 4
		datatest.Exec(t, raw, "UPDATE key_wrap SET "+column+" = ? WHERE administrator_id = 1", flipped)
		refused(t, a.Login(ctx, apptest.User, apptest.Password), "key-damaged")
		if guard := got[data.LoginGuard](t)(a.LoginGuard(ctx, apptest.User)); guard.Wrong != 0 {
			t.Errorf("%s: counted as a wrong try", column)
		}
		datatest.Exec(t, raw, "UPDATE key_wrap SET "+column+" = ? WHERE administrator_id = 1", kept)
	}
	datatest.Exec(t, raw, "UPDATE key_wrap SET salt = zeroblob(16) WHERE administrator_id = 1")
	must(t, a.LoginWithRecoveryKey(ctx, apptest.User, key, "a new password")) // mends it
	a.Lock()
	must(t, a.Login(ctx, apptest.User, "a new password"))
}
