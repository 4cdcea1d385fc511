package system

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// accountForm is what adding an account and giving a password ask for: at its end whoever asks proves to be who is logged in, because
// only that password opens the data for the other.
type accountForm struct {
	form       *ui.Form
	user, name *ui.Field
	roles      *ui.RadioGroup
	fresh      *desk.NewPassword
	own        *ui.Field
}

// roleRows are the roles to choose from, each with what it means.
func roleRows(chosen data.Role, changed func()) (*ui.RadioGroup, fyne.CanvasObject) {
	group := ui.NewRadioGroup(func(int) { changed() }, string(data.RoleManager), string(data.RoleClerk), string(data.RoleReader))
	rows := ui.Column(8)
	for place, radio := range group.Radios {
		rows.Add(ui.Column(2, radio, ui.Pad(24, 0, 0, 0, ui.NewCaptionParagraph(data.Roles[place].Means(), theme.Secondary))))
		if data.Roles[place] == chosen {
			group.SetSelected(place)
		}
	}
	return group, rows
}

// temporaryHint says what becomes of a password that somebody else gives.
const temporaryHint = "当面告诉本人；第一次登录时必须改成自己的密码。"

// addPasswords appends the rows of a temporary password and of one's own.
func (f *accountForm) addPasswords(owner data.PasswordOwner, relayout func()) {
	f.fresh = desk.AskNewPassword("临时密码", owner, relayout)
	f.fresh.AddTo(f.form)
	f.own = ui.NewPasswordField("您登录时用的密码")
	f.form.Add(ui.NewLine())
	f.form.Add(ui.NewRequiredRow("own", "您的密码", f.own).WithHint("用它打开数据密钥，给对方配一把。"))
	f.form.LabelWidth = 80
}

func (a *Accounts) add() { a.addAs(data.RoleClerk) }

// addAs asks for a new account, with a role proposed.
func (a *Accounts) addAs(role data.Role) {
	var dialog *ui.Dialog
	relayout := func() {
		if dialog != nil {
			dialog.Relayout()
		}
	}
	f := &accountForm{user: ui.NewField("例如姓名的拼音"), name: ui.NewField("操作日志里显示"), form: ui.NewForm()}
	f.form.Add(ui.NewRequiredRow("name", "姓名", f.name))
	f.form.Add(ui.NewRequiredRow("user", "用户名", f.user).WithHint("用过的用户名以后不能再给别人。"))
	var rows fyne.CanvasObject
	f.roles, rows = roleRows(role, relayout)
	f.form.Add(ui.NewRequiredRow("role", "权限", rows))
	f.addPasswords(data.PasswordOwner{}, relayout)
	owner := func(string) { f.fresh.Own(data.PasswordOwner{User: f.user.Text(), Name: f.name.Text()}) }
	f.user.OnChanged, f.name.OnChanged = owner, owner
	var asked app.NewAdministrator
	var own string
	dialog = a.desk.Ask(desk.Question{Title: "添加账号", Text: temporaryHint, Verb: "添加", Form: f.form, Width: 560,
		Read: func() {
			asked = app.NewAdministrator{User: f.user.Text(), Name: f.name.Text(), Role: data.Roles[f.roles.Selected()], Password: f.fresh.Text()}
			own = f.own.Text()
		},
		Do: func(ctx context.Context) error {
			if err := f.fresh.Differs(); err != nil {
				return err
			}
			_, err := a.service.AddAdministrator(ctx, own, asked)
			return err
		},
		Done: func() {
			a.desk.Toast(fmt.Sprintf("已添加“%s”。请把临时密码当面告诉本人。", asked.Name))
		}})
}

// givePassword asks for a temporary password for somebody else.
func (a *Accounts) givePassword(one data.Administrator, title, verb string, do func(ctx context.Context, own string, id int64, password string) error, toast string) {
	var dialog *ui.Dialog
	f := &accountForm{form: ui.NewForm()}
	f.addPasswords(data.PasswordOwner{User: one.User, Name: one.Name}, func() { dialog.Relayout() })
	var password, own string
	dialog = a.desk.Ask(desk.Question{Title: title, Text: temporaryHint, Verb: verb, Form: f.form,
		Read: func() { password, own = f.fresh.Text(), f.own.Text() },
		Do: func(ctx context.Context) error {
			if err := f.fresh.Differs(); err != nil {
				return err
			}
			return do(ctx, own, one.ID, password)
		},
		Done: func() { a.desk.Toast(toast) }})
}

func (a *Accounts) reset(one data.Administrator) {
	a.givePassword(one, fmt.Sprintf("重置“%s”的密码", one.Name), "重置密码", a.service.ResetAdministratorPassword, "密码已重置，原来的密码不能再用。")
}

func (a *Accounts) enable(one data.Administrator) {
	a.givePassword(one, fmt.Sprintf("重新启用“%s”", one.Name), "启用", a.service.EnableAdministrator, fmt.Sprintf("已启用“%s”。", one.Name))
}

func (a *Accounts) changeRole(one data.Administrator) {
	var dialog *ui.Dialog
	group, rows := roleRows(one.Role, func() { dialog.Relayout() })
	form := ui.NewForm(ui.NewFormRow("role", "权限", rows))
	form.LabelWidth = 48
	role := one.Role
	dialog = a.desk.Ask(desk.Question{Title: fmt.Sprintf("“%s”的权限", one.Name), Text: "马上生效，对方正在使用时也一样。", Verb: "改权限", Form: form,
		Read: func() { role = data.Roles[group.Selected()] },
		Do:   func(ctx context.Context) error { return a.service.SetAdministratorRole(ctx, one.ID, role) },
		Done: func() { a.desk.Toast(fmt.Sprintf("“%s”现在是“%s”。", one.Name, role)) }})
}

func (a *Accounts) unlock(one data.Administrator) {
	a.desk.Do(func(ctx context.Context) error { return a.service.UnlockAdministrator(ctx, one.ID) },
		func() { a.desk.Toast(fmt.Sprintf("已解锁“%s”，可以再试密码。", one.Name)) })
}

func (a *Accounts) disable(one data.Administrator) {
	ui.Confirm(a.desk.Window, fmt.Sprintf("停用“%s”？", one.Name), "对方的密码马上失效，正在使用也会退出。以后可以重新启用，那时要设一个新的临时密码。", "停用", func() {
		a.desk.Do(func(ctx context.Context) error { return a.service.DisableAdministrator(ctx, one.ID) },
			func() { a.desk.Toast(fmt.Sprintf("已停用“%s”。", one.Name)) })
	})
}

// remove asks how thorough the removal shall be: only another data key keeps out who kept an old copy.
func (a *Accounts) remove(one data.Administrator) {
	thorough := ui.NewCheckbox("同时更换数据密钥（彻底）", nil)
	thorough.SetChecked(true)
	why := ui.NewCaptionParagraph("不换时，对方如果留着旧的数据文件，用旧密码仍可能打开现在的数据。换密钥要输入您的密码，数据多时要几分钟。", theme.Secondary)
	dialog := ui.NewDialog(a.desk.Window, fmt.Sprintf("移除“%s”？", one.Name))
	dialog.Text = "对方的密码马上失效，不能恢复；做过的记录都留着。移除以前做的备份，仍能用当时的密码打开，请把不需要的删掉。"
	dialog.Width = 520
	dialog.Body = ui.Column(4, thorough, ui.Pad(24, 0, 0, 0, why))
	dialog.SetDanger("移除", func() {
		a.desk.Do(func(ctx context.Context) error { return a.service.RemoveAdministrator(ctx, one.ID) }, func() {
			a.closeDrawer()
			a.desk.Toast(fmt.Sprintf("已移除“%s”。", one.Name))
			if thorough.Checked() {
				a.rotate(nil)
			}
		})
	})
	dialog.Show()
}

// rotate asks for one's own password, seals everything under another data key, and shows the new recovery key; done may be nil.
func (a *Accounts) rotate(done func()) {
	own := ui.NewPasswordField("您登录时用的密码")
	form := ui.NewForm(ui.NewRequiredRow("own", "您的密码", own))
	form.LabelWidth = 72
	dialog := ui.NewDialog(a.desk.Window, "更换数据密钥")
	dialog.Text = "把全部证件号、账号和图片用新的密钥重新加密，数据不变。其他人的密码不变，正在别处登录的要重新登录。恢复密钥同时换新，旧的打印件请销毁。"
	dialog.Width = 520
	dialog.Body = ui.Pad(10, 0, 0, 0, form)
	dialog.SetDefault("更换", func() bool {
		typed := own.Text()
		var key string
		var failure error
		dialog.Hide()
		a.desk.Work("正在用新的密钥重新加密", func(ctx context.Context, progress app.Progress) error {
			key, failure = a.service.RotateKey(ctx, typed, everyPercent(progress))
			if problem, known := data.AsProblem(failure); known && problem.Where.Field == "own" {
				return nil // asked again
			}
			return failure
		}, func() {
			if failure != nil {
				dialog.Show()
				form.SetProblems(map[string]string{"own": failure.Error()})
				dialog.Relayout()
				return
			}
			showRecoveryKey(a.desk, a.service, key, done)
		})
		return false
	})
	dialog.Show()
}

// everyPercent passes a progress on when it has moved: there are many thousands of values.
func everyPercent(progress app.Progress) app.Progress {
	told := -1
	return func(done, total int) {
		if percent := done * 100 / max(1, total); percent != told {
			told = percent
			progress(done, total)
		}
	}
}
