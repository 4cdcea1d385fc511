//go:build ci

package views

import (
	"context"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

func TestRefusedLabels(t *testing.T) {
	for _, c := range []struct {
		label         string
		reader, clerk bool // may use it
	}{
		{"添加学员", false, true}, {"充值", false, true}, {"充值明细", true, true}, {"修改密码", true, true}, {"导出 Excel", true, true}, {"查询", true, true},
		{"添加账号", false, false}, {"从文件恢复…", false, false}, {"打印对账单", true, true}, {"重置密码", false, true}, {"打印确认书", false, true}, {"", true, true},
	} {
		if got := refusal(data.RoleReader)(c.label) == ""; got != c.reader {
			t.Errorf("只读, %s: %t", c.label, got)
		}
		if got := refusal(data.RoleClerk)(c.label) == ""; got != c.clerk {
			t.Errorf("经办, %s: %t", c.label, got)
		}
		if refusal(data.RoleManager)(c.label) != "" {
			t.Errorf("管理员 may not use %s", c.label)
		}
	}
}

// Whoever may only look finds what changes something grey on every page, and comes to no page that fails.
func TestReaderFindsWorkGrey(t *testing.T) {
	d := newDemo(t, 40)
	ctx := context.Background()
	if _, err := d.AddAdministrator(ctx, apptest.Password, app.NewAdministrator{User: "zhousan", Name: "周三", Role: data.RoleReader, Password: "temporary tulip 3"}); err != nil {
		t.Fatal(err)
	}
	arguments := d.arguments()
	d.Lock()
	if err := d.Login(ctx, "zhousan", "temporary tulip 3"); err != nil {
		t.Fatal(err)
	}
	if err := d.ChangePassword(ctx, "temporary tulip 3", "lasting anchor 71"); err != nil {
		t.Fatal(err)
	}
	w := openWindow(t, d.App, firstWidth, firstHeight, false)
	t.Cleanup(func() { ui.Refusal = refusal(data.RoleManager) })
	greyed := 0
	for _, page := range pages() {
		w.frame.Go(page, arguments[page])
		for _, one := range ui.InspectCanvas(w.window.Canvas()) {
			if one.Kind != "button" || refusal(data.RoleReader)(one.Text) == "" {
				continue
			}
			greyed++
			if !one.Disabled {
				t.Errorf("%s: the button %s can be pressed", page, one.Text)
			}
		}
		if top := w.window.Canvas().Overlays().Top(); top != nil {
			t.Errorf("%s: a dialog stands over the page", page)
			ui.CloseOverlays(w.window.Canvas())
		}
	}
	if greyed < 10 {
		t.Errorf("only %d buttons are grey", greyed)
	}
	w.frame.Go(desk.Trainees, nil)
	if one := w.frame.page; one != desk.Trainees {
		t.Errorf("the list of trainees does not open: %s", one)
	}
}
