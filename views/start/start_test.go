package start

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
)

func open(t *testing.T) *desktest.Stand {
	return desktest.New(t, apptest.Empty(t), 1280, 800, false)
}

func TestFirstStartLeadsThroughTheRecoveryKeyToTheProgram(t *testing.T) {
	s := open(t)
	entered := false
	first := NewFirstStart(s.Desk, s.App, func() { entered = true }).(*firstStart)
	s.Show(first.Content())
	s.Picture("first-start")
	first.unit.SetText("北京市第九实验医院")
	first.user.SetText("zhaoxl")
	first.password.SetText("horse battery 9")
	first.again.SetText("horse battery 8")
	s.Tap("button", "建立数据并继续")
	if got := first.form.Row("again").Problem(); !strings.Contains(got, "不一样") {
		t.Fatalf("two different passwords: %q", got)
	}
	s.Picture("first-start-problem")
	first.again.SetText("horse battery 9")
	s.Tap("button", "建立数据并继续")
	s.Picture("recovery-key")
	s.Shows("请保管好恢复密钥")
	s.Tap("button", "进入培训管理台")
	if entered {
		t.Fatal("entered without having kept the recovery key")
	}
	s.Tap("checkbox", "我已打印或抄下恢复密钥，放在安全的地方")
	s.Tap("button", "进入培训管理台")
	if !entered {
		t.Fatal("did not enter")
	}
	if made, err := s.App.Initialized(context.Background()); err != nil || !made {
		t.Fatalf("initialized: %v, %v", made, err)
	}
}

func TestFirstStartRefusesAtTheField(t *testing.T) {
	for _, c := range []struct{ name, unit, user, password, field string }{
		{"no unit", "", "zhaoxl", "horse battery 9", "unit"},
		{"no user", "某医院", "", "horse battery 9", "user"},
		{"short password", "某医院", "zhaoxl", "abc123", "password"},
		{"common password", "某医院", "zhaoxl", "12345678", "password"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			first := NewFirstStart(s.Desk, s.App, func() { t.Error("entered") }).(*firstStart)
			s.Show(first.Content())
			first.unit.SetText(c.unit)
			first.user.SetText(c.user)
			first.password.SetText(c.password)
			first.again.SetText(c.password)
			first.submit()
			if first.form.Row(c.field).Problem() == "" {
				t.Error("nothing is said at the field")
			}
			if made, err := s.App.Initialized(context.Background()); err != nil || made {
				t.Errorf("initialized: %v, %v", made, err)
			}
		})
	}
}

func TestLogin(t *testing.T) {
	a := apptest.New(t)
	a.Lock()
	s := desktest.New(t, a, 1280, 800, false)
	entered := false
	page := NewLogin(s.Desk, a, func() { entered = true }).(*login)
	s.Show(page.Content())
	page.FocusFirst()
	if got := page.user.Text(); got != apptest.User {
		t.Errorf("user name %q is not filled in", got)
	}
	s.Shows("管理员账号问题请拨打 84297523、84297213")
	test.Type(page.password.FocusTarget(), "wrong password")
	page.submit()
	if entered || !strings.Contains(page.form.Row("password").Problem(), "用户名或密码不对") {
		t.Fatalf("wrong password: entered %v, says %q", entered, page.form.Row("password").Problem())
	}
	s.Picture("login-wrong")
	page.password.SetText(apptest.Password)
	s.Tap("button", "登录")
	if !entered {
		t.Error("right password does not enter")
	}
}

func TestFailureSaysWhatToDo(t *testing.T) {
	s := open(t)
	s.Show(NewFailure(data.Refuse("already-open", "", "这个数据文件夹已经在另一个窗口里打开。", "请切换到那个窗口。")).Content())
	s.Shows("这个数据文件夹已经在另一个窗口里打开。")
	s.Shows("请切换到那个窗口。")
	s.Picture("failure")
}
