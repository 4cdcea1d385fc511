package system

import (
	"context"
	"errors"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

func TestProfileSavesWhatWasTypedWhenLeft(t *testing.T) {
	a := apptest.New(t)
	s := desktest.New(t, a, desktest.Width, desktest.Height, false)
	screen := NewProfile(s.Desk, a)
	s.Enter(screen, nil)
	s.Picture("profile")
	field := screen.fields[3].field
	field.SetText("84297523")
	screen.fields[2].field.SetText("1380000")
	screen.judge(true)
	s.Picture("profile-problem")
	if got := screen.form.Row("mobile").Problem(); !strings.Contains(got, "手机号") {
		t.Errorf("a short mobile says %q", got)
	}
	left := false
	screen.Leave(func() { left = true })
	if !left {
		t.Fatal("the screen does not let go")
	}
	stored, err := a.Profile(context.Background())
	if err != nil || stored.Phone != "84297523" {
		t.Errorf("stored telephone %q, %v", stored.Phone, err)
	}
	gaps, err := a.ProfileGaps(context.Background())
	if err != nil || len(gaps) != 1 || gaps[0].Where.Field != "mobile" {
		t.Errorf("gaps %v, %v", gaps, err)
	}
}

func TestOrganizationsAreMadeRenamedAndRemoved(t *testing.T) {
	ctx := context.Background()
	a := apptest.New(t)
	s := desktest.New(t, a, desktest.Width, desktest.Height, false)
	screen := NewOrganizations(s.Desk, a)
	s.Enter(screen, nil)
	root := screen.tree.Root()
	for _, name := range []string{"院本部", "社区服务站"} {
		if _, err := a.SaveOrganization(ctx, data.Organization{ParentID: root.ID, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	s.Shows("　　院本部")
	screen.table.Open(1)
	screen.add()
	s.Picture("organization-add")
	s.Tap("button", "新建")
	if got := len(screen.tree.List()); got != 3 {
		t.Errorf("an organisation without a name was made: %d", got)
	}
	s.Tap("button", "取消")
	if _, err := a.SaveOrganization(ctx, data.Organization{ParentID: screen.chosen().ID, Name: "骨科"}); err != nil {
		t.Fatal(err)
	}
	s.Picture("organizations")
	if got := screen.tree.List()[2].Path; got != "院本部/骨科" {
		t.Errorf("path %q", got)
	}
	screen.table.Open(2)
	screen.askRemove()
	if got := len(screen.tree.List()); got != 3 {
		t.Errorf("%d organisations after removing one of four", got)
	}
	s.Tap("button", "撤销")
	if got := len(screen.tree.List()); got != 4 {
		t.Errorf("%d organisations after the undo", got)
	}
}

func TestSettingsAreKept(t *testing.T) {
	a := apptest.New(t)
	s := desktest.New(t, a, desktest.Width, desktest.Height, false)
	dark := false
	screen := NewSettings(s.Desk, a, func(on bool) { dark = on })
	s.Enter(screen, nil)
	s.Tap("button", "数据体检")
	s.Picture("settings")
	if len(s.Gone) != 1 || s.Gone[0].Page != desk.Checkup {
		t.Errorf("数据体检 leads to %v", s.Gone)
	}
	screen.look.OnChanged(1)
	if !dark || a.Setting(context.Background(), "window.theme", "") != "dark" {
		t.Error("dark was neither shown nor remembered")
	}
	screen.hours.SetText("80")
	screen.saveHours()
	if got := a.HoursRules(context.Background()); got.PerDay != data.HoursPerDayCap {
		t.Errorf("80 hours a day were taken: %+v", got)
	}
	ui.HandleEscape(s.Window.Canvas())
	screen.hours.SetText("6.5")
	screen.halfDay.SetText("3")
	screen.saveHours()
	if got := a.HoursRules(context.Background()); got != (data.HoursRules{PerDay: 6_50, HalfDay: 3_00}) {
		t.Errorf("the settings became %+v", got)
	}
}

func TestANewRecoveryKeyReplacesTheOld(t *testing.T) {
	ctx := context.Background()
	a := apptest.Empty(t)
	old, err := a.Initialize(ctx, app.Setup{Unit: apptest.Unit, User: apptest.User, Password: apptest.Password})
	if err != nil {
		t.Fatal(err)
	}
	s := desktest.New(t, a, desktest.Width, desktest.Height, false)
	s.Enter(NewSettings(s.Desk, a, func(bool) {}), nil)
	if _, err := a.RenewRecoveryKey(ctx, "not the password"); !errors.Is(err, data.ErrWrongPassphrase) {
		t.Fatalf("a wrong password: %v", err)
	}
	fresh, err := a.RenewRecoveryKey(ctx, apptest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.LoginWithRecoveryKey(ctx, apptest.User, old, "another password"); !errors.Is(err, data.ErrWrongPassphrase) {
		t.Errorf("the old key: %v", err)
	}
	if err := a.LoginWithRecoveryKey(ctx, apptest.User, fresh, "another password"); err != nil {
		t.Errorf("the new key: %v", err)
	}
	s.Tap("button", "重新生成")
	s.Picture("recovery-renew")
	s.Shows("生成后，原来打印的恢复密钥立即作废，请销毁。")
}
