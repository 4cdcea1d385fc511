package start

import (
	"context"
	"testing"
	"time"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// loginPage shows the login of an App that is locked; next is what the page does when a second is over.
func loginPage(t *testing.T, a *app.App) (s *desktest.Stand, entered *bool, next func()) {
	t.Helper()
	var pending func()
	wait := everySecond
	everySecond = func(_ *desk.Desk, then func()) { pending = then }
	t.Cleanup(func() { everySecond = wait })
	a.Lock()
	s = desktest.New(t, a, 1280, 800, false)
	entered = new(bool)
	page := NewLogin(s.Desk, a, func() { *entered = true })
	s.Show(page.Content())
	page.FocusFirst()
	return s, entered, func() {
		then := pending
		pending = nil
		if then == nil {
			t.Fatal("the page does not count down")
		}
		then()
	}
}

func TestLoginCountsDownAfterWrongPasswords(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	s, entered, next := loginPage(t, a)
	if s.Holds("note", "") || s.Has("请稍等") {
		t.Error("a wait is shown before the first try")
	}
	for range 4 {
		s.Type("密码", "not the password")
		s.Press("button", "登录")
		clock.Pass(10 * time.Second)
		if s.MustFind("button", "登录").Disabled {
			next()
		}
	}
	s.Type("密码", "not the password")
	s.Press("button", "登录")
	if !s.MustFind("button", "登录").Disabled || !s.Has("还要等 5:00") || !s.Has("账号已锁定") {
		t.Fatalf("after five wrong passwords: %q", s.Texts())
	}
	s.Picture("login-locked")
	clock.Pass(28 * time.Second)
	next()
	if !s.Has("还要等 4:32") {
		t.Errorf("28 s later: %q", s.Texts())
	}
	clock.Pass(5 * time.Minute)
	next()
	if s.MustFind("button", "登录").Disabled || s.Has("还要等") {
		t.Error("the wait does not end")
	}
	s.Type("密码", apptest.Password)
	s.Press("button", "登录")
	if _, in := a.Session(); !in || !*entered {
		t.Error("the right password does not enter")
	}
}

func TestTemporaryPasswordIsReplacedBeforeAnythingElse(t *testing.T) {
	a := apptest.New(t)
	if _, err := a.AddAdministrator(context.Background(), apptest.Password, app.NewAdministrator{User: "liuer", Name: "刘二", Role: data.RoleClerk, Password: "temporary tulip 3"}); err != nil {
		t.Fatal(err)
	}
	s, entered, _ := loginPage(t, a)
	s.Type("用户名", "liuer")
	s.Type("密码", "temporary tulip 3")
	s.Press("button", "登录")
	s.Shows("设置自己的密码")
	if *entered {
		t.Fatal("entered with somebody else's password")
	}
	s.Picture("own-password")
	s.Type("至少 8 个字符", "liuer2022")
	s.Type("再输一次", "liuer2022")
	s.Press("button", "保存并进入")
	if administrator, _ := a.Session(); *entered || !administrator.MustChange {
		t.Error("a password like the user name was taken")
	}
	s.Type("至少 8 个字符", "lasting anchor 71")
	s.Type("再输一次", "lasting anchor 71")
	s.Press("button", "保存并进入")
	if administrator, in := a.Session(); !in || administrator.MustChange || !*entered {
		t.Error("the own password does not enter")
	}
}

func TestLoginProposesWhoWasLast(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	if _, err := a.AddAdministrator(context.Background(), apptest.Password, app.NewAdministrator{User: "liuer", Name: "刘二", Role: data.RoleClerk, Password: "temporary tulip 3"}); err != nil {
		t.Fatal(err)
	}
	if user := lastUser(a); user != apptest.User {
		t.Errorf("proposed %q", user)
	}
	clock.Pass(time.Hour)
	a.Lock()
	if err := a.Login(context.Background(), "liuer", "temporary tulip 3"); err != nil {
		t.Fatal(err)
	}
	if user := lastUser(a); user != "liuer" {
		t.Errorf("proposed %q", user)
	}
}
