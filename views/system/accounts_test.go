package system

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

const (
	temporary = "temporary tulip 3"
	lasting   = "lasting anchor 71"
)

func accountOf(t *testing.T, a *app.App, user string) data.Administrator {
	t.Helper()
	known, err := a.Administrators(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range known {
		if one.User == user {
			return one
		}
	}
	return data.Administrator{}
}

// hints tells whether a form's row in the topmost dialog has a hint with some words.
func hints(s *desktest.Stand, words string) bool {
	found := false
	s.Each(func(object fyne.CanvasObject) {
		row, ok := object.(*ui.FormRow)
		found = found || ok && strings.Contains(row.Hint(), words)
	})
	return found
}

func TestAccountIsAddedByTyping(t *testing.T) {
	s := desktest.New(t, apptest.New(t), 1080, 720, false)
	screen := NewAccounts(s.Desk, s.App)
	s.Enter(screen, nil)
	s.Press("button", "添加账号")
	s.Picture("accounts-add")
	s.Type("操作日志里显示", "刘二")
	s.Type("例如姓名的拼音", "liuer")
	s.Press("radio", "只读")
	s.Type("至少 8 个字符", "woaini1314")
	if !hints(s, "这个密码太常见") {
		t.Error("nothing is said about a common password while it is typed")
	}
	s.Type("至少 8 个字符", temporary)
	if !hints(s, "强度：") {
		t.Error("the strength is not shown")
	}
	s.Type("再输一次", temporary+"x")
	s.Type("您登录时用的密码", apptest.Password)
	s.Press("button", "添加")
	if !s.Has("两次输入的密码不一样") || accountOf(t, s.App, "liuer").ID != 0 {
		t.Error("two different passwords were taken")
	}
	s.Picture("accounts-add-problem")
	s.Type("再输一次", temporary)
	s.Press("button", "添加")
	if made := accountOf(t, s.App, "liuer"); made.Role != data.RoleReader || made.Name != "刘二" || !made.MustChange {
		t.Fatalf("made %+v; it shows %q", made, s.Texts())
	}
	s.Look("accounts")
	screen.table.Open(1)
	s.Look("accounts-drawer")
	s.Press("button", "改权限…")
	s.Press("radio", "经办")
	s.Picture("accounts-role")
	s.Press("button", "改权限")
	if made := accountOf(t, s.App, "liuer"); made.Role != data.RoleClerk {
		t.Errorf("the role is %s", made.Role)
	}
	s.Press("button", "更多操作")
	s.Press("option", "移除…")
	s.Picture("accounts-remove")
	s.Press("button", "移除")
	if made := accountOf(t, s.App, "liuer"); made.State != data.AccountRemoved {
		t.Errorf("the state is %s", made.State)
	}
	s.Picture("accounts-rotate")
	s.Type("您登录时用的密码", "not my password")
	s.Press("button", "更换")
	if !s.Has("您自己的密码不对") {
		t.Errorf("a wrong password is not told of: %q", s.Texts())
	}
	s.Type("您登录时用的密码", apptest.Password)
	s.Press("button", "更换")
	s.Shows("新的恢复密钥")
	s.Picture("accounts-rotated")
	if known, err := s.App.KeyKnownToRemoved(context.Background()); err != nil || known {
		t.Errorf("the key is still the old one: %v", err)
	}
	s.Press("button", "已经抄好")
	s.Look("accounts-after")
}

// The work is handed over: the successor is added, and the guide knows how far it has come.
func TestWorkIsHandedOver(t *testing.T) {
	a := apptest.New(t)
	s := desktest.New(t, a, 1080, 720, false)
	screen := NewAccounts(s.Desk, a)
	s.Enter(screen, nil)
	s.Press("button", "把工作交给接任者…")
	s.Shows("1. 添加接任者，权限选“管理员”")
	s.Picture("successor")
	s.Press("button", "添加账号…")
	s.Type("操作日志里显示", "孙一")
	s.Type("例如姓名的拼音", "sunyi")
	s.Press("radio", "管理员")
	s.Type("至少 8 个字符", temporary)
	s.Type("再输一次", temporary)
	s.Type("您登录时用的密码", apptest.Password)
	s.Press("button", "添加")
	s.Press("button", "把工作交给接任者…")
	s.Shows("2. 孙一用自己的账号登录一次，改成自己的密码")
	s.Picture("successor-added")
	sheet, err := a.DutySheet(context.Background(), "孙一")
	if err != nil || sheet.From != "赵晓岚" || sheet.To != "孙一" || len(sheet.Who) != 2 || len(sheet.Keep) == 0 {
		t.Errorf("交接清单: %+v, %v", sheet, err)
	}
}

func TestReaderSeesAccountsWithoutChangingThem(t *testing.T) {
	a := apptest.New(t)
	ctx := context.Background()
	if _, err := a.AddAdministrator(ctx, apptest.Password, app.NewAdministrator{User: "zhousan", Name: "周三", Role: data.RoleReader, Password: temporary}); err != nil {
		t.Fatal(err)
	}
	a.Lock()
	if err := a.Login(ctx, "zhousan", temporary); err != nil {
		t.Fatal(err)
	}
	if err := a.ChangePassword(ctx, temporary, lasting); err != nil {
		t.Fatal(err)
	}
	s := desktest.New(t, a, 1080, 720, true)
	screen := NewAccounts(s.Desk, a)
	s.Enter(screen, nil)
	if add := s.MustFind("button", "添加账号"); !add.Disabled || !strings.Contains(add.Tip, "“管理员”") {
		t.Errorf("the button is %+v", add)
	}
	screen.table.Open(0)
	if reset := s.MustFind("button", "重置密码…"); !reset.Disabled {
		t.Error("a colleague's password can be reset")
	}
	s.Picture("accounts-reader-dark")
	screen.table.Open(1)
	s.Press("button", "修改密码")
	s.Picture("change-password-dark")
	s.Type("现在登录用的密码", lasting)
	s.Type("至少 8 个字符", "another anchor 72")
	s.Type("再输一次", "another anchor 72")
	s.Press("button", "修改密码")
	a.Lock()
	if err := a.Login(ctx, "zhousan", "another anchor 72"); err != nil {
		t.Error(err)
	}
}

// Whoever may only look types nothing into 管理员信息 and 设置 that could not be stored, and leaves both pages freely.
func TestReaderTypesNothing(t *testing.T) {
	a := apptest.New(t)
	ctx := context.Background()
	if _, err := a.AddAdministrator(ctx, apptest.Password, app.NewAdministrator{User: "zhousan", Name: "周三", Role: data.RoleReader, Password: temporary}); err != nil {
		t.Fatal(err)
	}
	a.Lock()
	if err := a.Login(ctx, "zhousan", temporary); err != nil {
		t.Fatal(err)
	}
	if err := a.ChangePassword(ctx, temporary, lasting); err != nil {
		t.Fatal(err)
	}
	s := desktest.New(t, a, 1080, 720, false)
	profile := NewProfile(s.Desk, a)
	s.Enter(profile, nil)
	settings := NewSettings(s.Desk, a, func(bool) {})
	s.Enter(settings, nil)
	s.Picture("settings-reader")
	left := false
	profile.Leave(func() { left = true })
	if !left || !profile.save.Disabled() || !settings.recovery.Disabled() {
		t.Errorf("left %t, save disabled %t, recovery disabled %t", left, profile.save.Disabled(), settings.recovery.Disabled())
	}
	for _, field := range append([]*ui.Field{settings.hours, settings.halfDay, settings.rows, settings.autolock}, profile.fields[0].field, profile.fields[5].field) {
		if !field.Inspect().Disabled {
			t.Errorf("a field with %q can be typed in", field.Text())
		}
	}
}
