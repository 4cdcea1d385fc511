//go:build ci

package views

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

func TestIdleWatch(t *testing.T) {
	begin := time.Date(2022, 6, 17, 13, 2, 11, 0, data.Shanghai)
	const limit = 15 * time.Minute
	for _, c := range []struct {
		name         string
		after, input time.Duration // the next look, and the last input, after the look before
		limit        time.Duration
		want         bool
	}{
		{"somebody works", watchPause, 0, limit, false},
		{"a minute too little", watchPause, watchPause - 14*time.Minute, limit, false},
		{"long enough", watchPause, watchPause - limit, limit, true},
		{"never", watchPause, -24 * time.Hour, 0, false},
		{"a slow look", 20 * time.Second, 0, limit, false},
		{"the machine slept", 10 * time.Minute, 0, limit, true},
		{"the machine slept and never is set", 8 * time.Hour, 0, 0, true},
		{"the clock was set back", -time.Hour, 0, limit, false},
	} {
		watch := idleWatch{}
		watch.due(begin, begin, c.limit)
		if got := watch.due(begin.Add(c.after), begin.Add(c.input), c.limit); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

// press clicks the topmost widget of a kind with a text.
func press(t *testing.T, w *Window, kind, text string) {
	t.Helper()
	found := -1
	seen := ui.InspectCanvas(w.window.Canvas())
	for place, one := range seen {
		if one.Kind == kind && one.Text == text && !one.Disabled {
			found = place
		}
	}
	if found < 0 {
		t.Fatalf("no enabled %s %q", kind, text)
	}
	one := seen[found]
	test.TapCanvas(w.window.Canvas(), fyne.NewPos(float32(one.X+one.Width/2), float32(one.Y+one.Height/2)))
}

func shows(w *Window, text string) bool {
	for _, one := range ui.InspectCanvas(w.window.Canvas()) {
		if one.Text == text {
			return true
		}
	}
	return false
}

// login types a password on the login page.
func login(t *testing.T, w *Window, password string) {
	t.Helper()
	w.focus()
	for _, character := range password {
		w.window.Canvas().Focused().TypedRune(character)
	}
	press(t, w, "button", "登录")
}

func TestUnattendedWindowLocksAndComesBackAsItWas(t *testing.T) {
	h := apptest.NewHospital(t, 30)
	w := openWindow(t, h.App, firstWidth, firstHeight, false)
	w.frame.Go(desk.Trainees, nil)
	kept := w.frame
	fyne.CurrentApp().Clipboard().SetContent("nothing of ours")
	ui.CopySecret("110060593018800003058")
	ui.Confirm(w.window, "停用 3 人？", "", "停用", func() {})
	now := time.Now()
	w.look(now)
	w.look(now.Add(watchPause))
	if _, in := h.Session(); !in {
		t.Fatal("locked although somebody is there")
	}
	w.look(now.Add(8 * time.Hour)) // the lid was closed over night
	if _, in := h.Session(); in {
		t.Fatal("not locked after the sleep")
	}
	if !shows(w, "管理员登录") || shows(w, "停用 3 人？") || shows(w, string(desk.Trainees)) {
		t.Error("something is still shown over or beside the login")
	}
	if fyne.CurrentApp().Clipboard().Content() != "" {
		t.Error("the account number is still on the clipboard")
	}
	login(t, w, apptest.Password)
	if w.frame != kept || w.frame.page != desk.Trainees || !shows(w, "学员管理") {
		t.Errorf("came back to another page: %s", w.frame.page)
	}
}

// A screen that cannot save what was typed asks, and the window is locked all the same; one that could is locked once only.
func TestScreenThatCannotBeLeftIsLockedToo(t *testing.T) {
	a := apptest.New(t)
	w := openWindow(t, a, firstWidth, firstHeight, false)
	var late func()
	wait := afterLeaveTime
	afterLeaveTime = func(then func()) { late = then }
	t.Cleanup(func() { afterLeaveTime = wait })
	w.lockUnlessBusy()
	login(t, w, apptest.Password)
	late()
	if _, in := a.Session(); !in {
		t.Error("locked once more after the login")
	}
	w.frame.screens[w.frame.page] = stubborn{w.frame.current()}
	w.lockUnlessBusy()
	if _, in := a.Session(); !in {
		t.Fatal("the screen was not asked")
	}
	late()
	if _, in := a.Session(); in {
		t.Error("a screen keeps the data open")
	}
}

// stubborn is a screen that never lets anybody leave.
type stubborn struct{ desk.Screen }

// Leave is part of desk.Leaver.
func (stubborn) Leave(func()) {}

func TestWrongTriesAreToldOfAfterTheLogin(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	w := openWindow(t, a, firstWidth, firstHeight, false)
	w.lockUnlessBusy()
	for range 3 {
		if err := a.Login(context.Background(), apptest.User, "not the password"); err == nil {
			t.Fatal("a wrong password was taken")
		}
		clock.Pass(time.Minute)
	}
	login(t, w, apptest.Password)
	if !shows(w, "登录以前，您的密码被输错 3 次。不是您本人的话，请改密码。") {
		t.Error("nobody is told of the wrong passwords")
	}
	w.lockUnlessBusy()
	login(t, w, apptest.Password)
	if a.WrongTries() != 0 {
		t.Error("told of twice")
	}
}

func TestLockWaitsForLongWork(t *testing.T) {
	a := apptest.New(t)
	w := openWindow(t, a, firstWidth, firstHeight, false)
	now := time.Now()
	w.desk.Work("正在导入", func(context.Context, app.Progress) error {
		w.look(now)
		w.look(now.Add(time.Hour))
		w.lockUnlessBusy()
		if _, in := a.Session(); !in {
			t.Error("locked in the middle of the work")
		}
		return nil
	}, func() {})
	w.look(now.Add(time.Hour + watchPause))
	if _, in := a.Session(); in {
		t.Error("not locked when the work was done")
	}
}

// Somebody else who logs in finds no trace of what the first one had open.
func TestAnotherPersonBeginsAnew(t *testing.T) {
	a := apptest.New(t)
	ctx := context.Background()
	if _, err := a.AddAdministrator(ctx, apptest.Password, app.NewAdministrator{User: "zhousan", Name: "周三", Role: data.RoleReader, Password: "temporary tulip 3"}); err != nil {
		t.Fatal(err)
	}
	w := openWindow(t, a, firstWidth, firstHeight, false)
	before := w.frame
	w.lockUnlessBusy()
	if err := a.Login(ctx, "zhousan", "temporary tulip 3"); err != nil {
		t.Fatal(err)
	}
	if err := a.ChangePassword(ctx, "temporary tulip 3", "lasting anchor 71"); err != nil {
		t.Fatal(err)
	}
	w.enter()
	if w.frame == before || !shows(w, "只读") || !shows(w, "周三") {
		t.Error("the other's screens are shown")
	}
}

func TestAutoLockSetting(t *testing.T) {
	a := apptest.New(t)
	ctx := context.Background()
	if a.AutoLock(ctx) != 15 {
		t.Errorf("at first %d minutes", a.AutoLock(ctx))
	}
	for _, minutes := range []int{-1, 61} {
		if err := a.SetAutoLock(ctx, minutes); err == nil {
			t.Errorf("%d minutes were taken", minutes)
		}
	}
	if err := a.SetAutoLock(ctx, 0); err != nil || a.AutoLock(ctx) != 0 {
		t.Errorf("never: %d, %v", a.AutoLock(ctx), err)
	}
}
