package start

import (
	"context"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/views/desk"
	"peixun/views/ui"
)

// login asks for user name and password; the recovery key is the other way in.
type login struct {
	desk     *desk.Desk
	content  fyne.CanvasObject
	service  service
	entered  func()
	form     *ui.Form
	user     *ui.Field
	password *ui.Field
	button   *ui.Button
}

// NewLogin makes the login page; entered is called when somebody is logged in.
func NewLogin(d *desk.Desk, s service, entered func()) Page {
	l := &login{desk: d, service: s, entered: entered, user: ui.NewField("用户名"), password: ui.NewPasswordField("密码")}
	l.form = ui.NewForm(ui.NewFormRow("user", "用户名", l.user), ui.NewFormRow("password", "密码", l.password))
	l.form.LabelWidth = 64
	l.form.OnSubmit = l.submit
	l.password.OnSubmitted = func(string) { l.submit() }
	l.button = ui.NewFilledButton("登录", "", l.submit)
	forgotten := ui.NewLink("忘记密码，用恢复密钥登录", l.recover)
	restore := ui.NewLink("从备份恢复…", func() {
		chooseBackup(d, func(path string) {
			d.AskRestore(s, path, func(app.RestoreResult) { d.Toast("已恢复。请用做备份时的密码登录。") })
		})
	})
	l.content = panel("管理员登录", "请输入用户名和密码。", l.form, ui.Gap(20), ui.Row(16, l.button, forgotten, ui.Space(), restore))
	if known, err := s.Administrators(context.Background()); err == nil && len(known) > 0 {
		l.user.SetText(known[0].User)
	}
	return l
}

// Content is part of Page.
func (l *login) Content() fyne.CanvasObject { return l.content }

// FocusFirst gives the keyboard to the field that is still empty.
func (l *login) FocusFirst() {
	field := l.password
	if l.user.Text() == "" {
		field = l.user
	}
	// The field does not know its canvas before the first frame.
	l.desk.Window.Canvas().Focus(field.FocusTarget())
}

func (l *login) submit() {
	if l.button.Disabled() {
		return
	}
	l.form.SetProblems(nil)
	l.button.SetDisabled(true)
	user, password := l.user.Text(), l.password.Text()
	var failure error
	l.desk.Do(func(ctx context.Context) error {
		failure = l.service.Login(ctx, user, password)
		return nil
	}, func() {
		l.button.SetDisabled(false)
		if failure != nil {
			showProblem(l.desk, l.form, l.content, failure)
			l.password.SelectAll()
			return
		}
		l.entered()
	})
}

// recover asks for the recovery key and a new password.
func (l *login) recover() {
	key, password, again := ui.NewField("8 组，每组 4 位"), ui.NewPasswordField("至少 8 个字符"), ui.NewPasswordField("再输一次")
	form := ui.NewForm(ui.NewRequiredRow("recovery", "恢复密钥", key), ui.NewRequiredRow("password", "新密码", password), ui.NewRequiredRow("again", "确认新密码", again))
	dialog := ui.NewDialog(l.desk.Window, "用恢复密钥登录")
	dialog.Text = "恢复密钥是首次设置时打印或抄下的那一张。登录后使用新密码。"
	dialog.Width = 560
	dialog.Body = ui.Pad(10, 0, 0, 0, form)
	dialog.SetDefault("登录并设置新密码", func() bool {
		if password.Text() != again.Text() {
			showAtField(form, dialog.Body, "again", "两次输入的密码不一样。")
			return false
		}
		user, typed, fresh := l.user.Text(), key.Text(), password.Text()
		var failure error
		l.desk.Do(func(ctx context.Context) error {
			failure = l.service.LoginWithRecoveryKey(ctx, user, typed, fresh)
			return nil
		}, func() {
			if failure != nil {
				showProblem(l.desk, form, dialog.Body, failure)
				return
			}
			dialog.Hide()
			l.entered()
		})
		return false
	})
	dialog.Show()
}
