package desk

import (
	"peixun/data"
	"peixun/views/ui"
)

// NewPassword is the part of a form that asks twice for a new password and says while it is typed what it is worth.
type NewPassword struct {
	rows         []*ui.FormRow
	owner        data.PasswordOwner
	fresh, again *ui.Field
}

// passwordHint says what makes a password good, before one is typed.
const passwordHint = "至少 8 个字符；几个不相干的词连起来，好记又难猜。"

// AskNewPassword makes the rows, which have the keys password and again; name stands before 密码 in their labels. changed is called when the
// hint changes height and may be nil.
func AskNewPassword(name string, owner data.PasswordOwner, changed func()) *NewPassword {
	p := &NewPassword{owner: owner, fresh: ui.NewPasswordField("至少 8 个字符"), again: ui.NewPasswordField("再输一次")}
	row := ui.NewRequiredRow("password", name, p.fresh).WithHint(passwordHint)
	p.rows = []*ui.FormRow{row, ui.NewRequiredRow("again", "再输一次", p.again)}
	p.fresh.OnChanged = func(text string) {
		row.SetHint(PasswordHint(text, p.owner, passwordHint))
		if changed != nil {
			changed()
		}
	}
	return p
}

// AddTo puts the rows at the end of a form.
func (p *NewPassword) AddTo(form *ui.Form) {
	for _, row := range p.rows {
		form.Add(row)
	}
}

// Own changes who the password is for.
func (p *NewPassword) Own(owner data.PasswordOwner) { p.owner = owner }

// PasswordHint says what a new password that is being typed is worth, or what is wrong with it; empty stands there before anything is typed.
func PasswordHint(text string, owner data.PasswordOwner, empty string) string {
	if text == "" {
		return empty
	}
	if word, _ := data.PasswordStrength(text, owner); word != "" {
		return "强度：" + word + "。"
	}
	problem, _ := data.AsProblem(data.JudgePassword(text, owner))
	return problem.Error()
}

// Text gives the password.
func (p *NewPassword) Text() string { return p.fresh.Text() }

// Differs tells that the two are not the same, as a problem at the row again.
func (p *NewPassword) Differs() error {
	if p.fresh.Text() == p.again.Text() {
		return nil
	}
	return data.Refuse("password-differs", "again", "两次输入的密码不一样。", "请再输一次。")
}
