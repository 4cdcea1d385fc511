package desk

import (
	"context"

	"peixun/data"
	"peixun/views/ui"
)

// PasswordChanger is what changing one's own password needs.
type PasswordChanger interface {
	Session() (administrator data.Administrator, ok bool)
	PasswordOwner(ctx context.Context, administrator data.Administrator) (data.PasswordOwner, error)
	ChangePassword(ctx context.Context, own, password string) error
}

// ChangePassword asks whoever is logged in for the old password and a new one.
func (d *Desk) ChangePassword(s PasswordChanger) {
	administrator, _ := s.Session()
	owner, err := s.PasswordOwner(context.Background(), administrator)
	if err != nil {
		d.Fail(err)
		return
	}
	var dialog *ui.Dialog
	own := ui.NewPasswordField("现在登录用的密码")
	fresh := AskNewPassword("新密码", owner, func() { dialog.Relayout() })
	form := ui.NewForm(ui.NewRequiredRow("own", "原密码", own))
	fresh.AddTo(form)
	form.LabelWidth = 80
	dialog = d.Ask(Question{Title: "修改密码", Verb: "修改密码", Form: form,
		Text: "以后用新密码登录。以前的备份仍要用做备份时的密码才能打开。",
		Do: func(ctx context.Context) error {
			if err := fresh.Differs(); err != nil {
				return err
			}
			return s.ChangePassword(ctx, own.Text(), fresh.Text())
		},
		Done: func() { d.Toast("密码已修改。") }})
}
