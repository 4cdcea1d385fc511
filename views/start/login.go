package start

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
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
	note     *ui.Note // says how long the next try waits
	noted    fyne.CanvasObject
	busy     bool
	guard    data.LoginGuard
	left     bool // another page has taken the place
}

// NewLogin makes the login page; entered is called when somebody is logged in.
func NewLogin(d *desk.Desk, s service, entered func()) Page {
	l := &login{desk: d, service: s, entered: entered, user: ui.NewField("用户名"), password: ui.NewPasswordField("密码")}
	l.form = ui.NewForm(ui.NewFormRow("user", "用户名", l.user), ui.NewFormRow("password", "密码", l.password))
	l.form.LabelWidth = 64
	l.form.OnSubmit = l.submit
	l.password.OnSubmitted = func(string) { l.submit() }
	l.user.OnBlur = l.look
	l.button = ui.NewFilledButton("登录", "", l.submit)
	forgotten := ui.NewLink("忘记密码，用恢复密钥登录", l.recover)
	restore := ui.NewLink("从备份恢复…", func() {
		chooseBackup(d, func(path string) {
			d.AskRestore(s, path, func(app.RestoreResult) { d.Toast("已恢复。请用做备份时的密码登录。") })
		})
	})
	l.note = ui.NewNote(ui.ToneWarning, "", "")
	l.noted = ui.Column(0, l.note, ui.Gap(16))
	l.noted.Hide()
	l.content = panel("管理员登录", "请输入用户名和密码。", l.noted, l.form, ui.Gap(20), ui.Row(16, l.button, forgotten, ui.Space(), restore))
	l.user.SetText(lastUser(s))
	l.look()
	return l
}

// lastUser is who logged in last of those who still can.
func lastUser(s service) string {
	known, err := s.Administrators(context.Background())
	if err != nil {
		return ""
	}
	var last data.Administrator
	for _, one := range data.EnabledAdministrators(known) {
		if last.ID == 0 || one.LastLogin > last.LastLogin {
			last = one
		}
	}
	return last.User
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

// everySecond calls a second later; tests replace it.
var everySecond = func(d *desk.Desk, next func()) {
	time.AfterFunc(time.Second, func() { d.OnScreen(next) })
}

// look asks how long the next try has to wait, and again every second while there is something to wait for: a colleague may unlock the
// account from another window.
func (l *login) look() {
	if l.left {
		return
	}
	guard, err := l.service.LoginGuard(context.Background(), l.user.Text())
	if err != nil {
		return // the login says what is wrong
	}
	waited := l.guard.Wait > 0
	l.guard = guard
	l.showWait()
	switch {
	case guard.Wait > 0:
		everySecond(l.desk, l.look)
	case waited:
		l.form.SetProblems(nil)
		l.content.Refresh()
		l.FocusFirst()
	}
}

func (l *login) showWait() {
	l.button.SetDisabled(l.busy || l.guard.Wait > 0)
	lead, text := "请稍等。", fmt.Sprintf("刚才的密码不对，%s后可以再试。", countdown(l.guard.Wait))
	if l.guard.Locked() {
		lead, text = "账号已锁定。", fmt.Sprintf("密码连续输错 %d 次，还要等 %s。另一位“管理员”可以解锁，也可以用恢复密钥登录。", l.guard.Wrong, countdown(l.guard.Wait))
	}
	l.note.Set(ui.ToneWarning, lead, text)
	if hidden := l.guard.Wait == 0; hidden == l.noted.Visible() {
		if hidden {
			l.noted.Hide()
		} else {
			l.noted.Show()
		}
		l.content.Refresh()
	}
}

// countdown writes a wait as 4:32, or in seconds below a minute, rounded up: nobody comes too early.
func countdown(wait time.Duration) string {
	seconds := int((wait + time.Second - 1) / time.Second)
	if seconds < 60 {
		return fmt.Sprintf("%d 秒", seconds)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

func (l *login) submit() {
	if l.button.Disabled() {
		return
	}
	l.form.SetProblems(nil)
	l.busy = true
	l.button.SetDisabled(true)
	user, password := l.user.Text(), l.password.Text()
	var failure error
	l.desk.Do(func(ctx context.Context) error {
		failure = l.service.Login(ctx, user, password)
		return nil
	}, func() {
		l.busy = false
		l.button.SetDisabled(false)
		if failure != nil {
			l.password.SelectAll()
			l.look()
			l.showFailure(failure)
			return
		}
		l.done(password)
	})
}

// showFailure says what was wrong; how long to wait stands above already.
func (l *login) showFailure(failure error) {
	problem, _ := data.AsProblem(failure)
	switch waits := l.guard.Wait > 0; {
	case waits && problem.Code == "login-wrong":
		showAtField(l.form, l.content, "password", problem.What)
	case waits && problem.Where.Field == "password":
	default:
		showProblem(l.desk, l.form, l.content, failure)
	}
}

// done goes on, by way of a password of one's own where the one typed was temporary.
func (l *login) done(password string) {
	l.left = true
	if administrator, _ := l.service.Session(); administrator.MustChange {
		own := newOwnPassword(l.desk, l.service, administrator, password, l.entered)
		l.desk.Window.SetContent(ui.NewStage(own.Content()))
		own.FocusFirst()
		return
	}
	l.entered()
}

// recover asks for the recovery key and a new password.
func (l *login) recover() {
	user := l.user.Text()
	owner := data.PasswordOwner{User: user}
	var dialog *ui.Dialog
	key := ui.NewField("8 组，每组 4 位")
	fresh := desk.AskNewPassword("新密码", owner, func() { dialog.Relayout() })
	form := ui.NewForm(ui.NewRequiredRow("recovery", "恢复密钥", key))
	fresh.AddTo(form)
	dialog = ui.NewDialog(l.desk.Window, "用恢复密钥登录")
	dialog.Text = fmt.Sprintf("恢复密钥是打印或抄下的那一张。登录后，“%s”使用新密码。", user)
	dialog.Width = 560
	dialog.Body = ui.Pad(10, 0, 0, 0, form)
	dialog.SetDefault("登录并设置新密码", func() bool {
		if err := fresh.Differs(); err != nil {
			showProblem(l.desk, form, dialog.Body, err)
			dialog.Relayout()
			return false
		}
		typed := key.Text()
		var failure error
		l.desk.Do(func(ctx context.Context) error {
			failure = l.service.LoginWithRecoveryKey(ctx, user, typed, fresh.Text())
			return nil
		}, func() {
			if failure != nil {
				showProblem(l.desk, form, dialog.Body, failure)
				dialog.Relayout()
				return
			}
			dialog.Hide()
			l.left = true
			l.entered()
		})
		return false
	})
	dialog.Show()
}
