package start

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// ownPassword asks for a password that nobody else knows, after a login with one that somebody else has given.
type ownPassword struct {
	desk      *desk.Desk
	service   service
	temporary string
	entered   func()
	content   fyne.CanvasObject
	form      *ui.Form
	fresh     *desk.NewPassword
	button    *ui.Button
}

func newOwnPassword(d *desk.Desk, s service, administrator data.Administrator, temporary string, entered func()) *ownPassword {
	owner, err := s.PasswordOwner(context.Background(), administrator)
	if err != nil {
		owner = data.PasswordOwner{User: administrator.User, Name: administrator.Name}
	}
	o := &ownPassword{desk: d, service: s, temporary: temporary, entered: entered}
	o.fresh = desk.AskNewPassword("新密码", owner, func() { o.content.Refresh() })
	o.form = ui.NewForm()
	o.fresh.AddTo(o.form)
	o.form.LabelWidth = 72
	o.form.OnSubmit = o.submit
	o.button = ui.NewFilledButton("保存并进入", "", o.submit)
	sentence := fmt.Sprintf("%s，您好。刚才用的是别人给的临时密码，请换成只有您自己知道的。", administrator.Name)
	o.content = panel("设置自己的密码", sentence, o.form, ui.Gap(20), ui.Row(0, o.button))
	return o
}

// Content is part of Page.
func (o *ownPassword) Content() fyne.CanvasObject { return o.content }

// FocusFirst gives the keyboard to the new password.
func (o *ownPassword) FocusFirst() { o.form.FocusField("password") }

func (o *ownPassword) submit() {
	if o.button.Disabled() {
		return
	}
	o.form.SetProblems(nil)
	if err := o.fresh.Differs(); err != nil {
		showProblem(o.desk, o.form, o.content, err)
		return
	}
	o.button.SetDisabled(true)
	typed := o.fresh.Text()
	var failure error
	o.desk.Do(func(ctx context.Context) error {
		failure = o.service.ChangePassword(ctx, o.temporary, typed)
		return nil
	}, func() {
		o.button.SetDisabled(false)
		if failure != nil {
			showProblem(o.desk, o.form, o.content, failure)
			return
		}
		o.entered()
	})
}
