package views

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

const searchWidth float32 = 248

// topBar shows where one is, the plan in force, the search, and who is logged in.
type topBar struct {
	frame   *Frame
	content fyne.CanvasObject
	crumb   *ui.Button
	arrow   *ui.Icon
	title   *ui.Text
	plan    *ui.Button
	role    *ui.Pill // of whoever may not do everything
	user    *ui.Button
	names   *fyne.Container
}

func newTopBar(f *Frame) *topBar {
	t := &topBar{frame: f, title: ui.NewTitle("")}
	t.crumb = ui.NewLink("", nil)
	t.crumb.TextRole = theme.Secondary
	t.arrow = ui.NewSizedIcon("chevron-right", theme.Secondary, 14)
	t.plan = ui.NewButton("", "calendar", t.choosePlan)
	t.plan.IconRole = theme.Secondary
	t.plan.Trailing = "chevron-down"
	t.user = ui.NewBareButton("", "user", t.userMenu)
	t.user.IconRole = theme.Secondary
	t.role = ui.NewPill("", ui.ToneNeutral)
	t.setPlan(f.plan)
	t.setUser()
	lock := ui.NewIconButton("lock", "锁定（Ctrl+L）", f.window.lockUnlessBusy)
	lock.IconRole = theme.Secondary
	t.names = ui.Row(8, t.crumb, t.arrow, t.title)
	bar := ui.Row(8, ui.Wide(t.names), t.plan, newSearchButton(f.openSearch), ui.Row(0, t.role, t.user, lock))
	t.content = ui.Ground(theme.Surface, ui.Column(0, ui.Grow(ui.Pad(16, 0, 16, 0, bar)), ui.NewLine()))
	return t
}

func (t *topBar) setTitle(title string, back desk.Page) {
	t.title.SetText(title)
	t.crumb.SetLabel(string(back))
	t.crumb.OnTapped = func() { t.frame.Go(back, nil) }
	t.crumb.Hidden, t.arrow.Hidden = back == "", back == ""
	t.names.Refresh()
}

func (t *topBar) setPlan(plan data.Plan) {
	label := "选择计划"
	if plan.Year != 0 {
		label = fmt.Sprintf("%d年计划", plan.Year)
	}
	t.plan.SetLabel(label)
	if t.content != nil {
		t.content.Refresh()
	}
}

func (t *topBar) choosePlan() {
	var items []ui.MenuItem
	for _, plan := range t.frame.plans {
		items = append(items, ui.MenuItem{Label: fmt.Sprintf("%d年计划", plan.Year), Note: plan.Number, Action: func() {
			t.frame.desk.Do(func(ctx context.Context) error { return t.frame.window.app.ChoosePlan(ctx, plan) }, func() {})
		}})
	}
	items = append(items, ui.MenuItem{Label: "管理培训计划", Icon: "book", Separated: true, Action: func() { t.frame.Go(desk.Plans, nil) }})
	ui.ShowMenu(t.plan, items)
}

func (t *topBar) setUser() {
	administrator, _ := t.frame.window.app.Session()
	t.user.SetLabel(administrator.Name)
	t.role.Set(string(administrator.Role), ui.ToneNeutral)
	if administrator.Role == data.RoleReader {
		t.role.Set(string(administrator.Role), ui.ToneWarning)
	}
	t.role.Hidden = administrator.Role == data.RoleManager
	if t.content != nil {
		t.content.Refresh()
	}
}

func (t *topBar) userMenu() {
	ui.ShowMenu(t.user, []ui.MenuItem{
		{Label: "修改密码", Icon: "key-round", Action: func() { t.frame.desk.ChangePassword(t.frame.window.app) }},
		{Label: "管理员信息维护", Icon: "pencil", Action: func() { t.frame.Go(desk.Profile, nil) }},
		{Label: "帮助", Icon: "circle-help", Note: "F1", Action: t.frame.window.help},
		{Label: "锁定", Icon: "lock", Note: "Ctrl+L", Separated: true, Action: t.frame.window.lockUnlessBusy},
		{Label: "退出登录", Icon: "log-out", Action: t.frame.window.lockUnlessBusy},
	})
}
