// Package system holds the screens of 系统管理: the administrator's data, organisations, the log, settings.
package system

import (
	"context"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

type profileService interface {
	desk.Permitter
	Profile(ctx context.Context) (data.Profile, error)
	SaveProfile(ctx context.Context, profile data.Profile) error
}

// Measures in px.
const (
	formWidth      float32 = 640
	sideWidth      float32 = 348
	profileLabel   float32 = 122
	formPaddingTop float32 = 16
)

// Profile is 管理员信息维护.
type Profile struct {
	desk    *desk.Desk
	service profileService
	content fyne.CanvasObject
	form    *ui.Form
	fields  []profileField
	missing *ui.MissingList
	state   *ui.Text
	save    *ui.Button
	stored  data.Profile
	loading desk.Sequence
}

// profileField is a field of the form and the value that it edits.
type profileField struct {
	key   string
	field *ui.Field
	of    func(*data.Profile) *string
}

// NewProfile makes the screen.
func NewProfile(d *desk.Desk, s profileService) *Profile {
	p := &Profile{desk: d, service: s, form: ui.NewForm(), state: ui.NewText("", theme.Secondary)}
	p.form.LabelWidth = profileLabel
	for _, row := range []struct {
		key, label, placeholder string
		required                bool
		of                      func(*data.Profile) *string
	}{
		{"name", "姓名", "管理员本人", true, func(p *data.Profile) *string { return &p.Name }},
		{"department", "部门/职务", "例如 人事科 科员", false, func(p *data.Profile) *string { return &p.Department }},
		{"mobile", "手机号", "11 位", true, func(p *data.Profile) *string { return &p.Mobile }},
		{"phone", "座机", "例如 84297523", false, func(p *data.Profile) *string { return &p.Phone }},
		{"email", "邮箱", "接收电子发票和通知", true, func(p *data.Profile) *string { return &p.Email }},
		{"unit", "单位全称", "与单位公章一致", true, func(p *data.Profile) *string { return &p.Unit }},
		{"uscc", "统一社会信用代码", "18 位", false, func(p *data.Profile) *string { return &p.USCC }},
		{"address", "通讯地址", "邮寄确认书时的寄件地址", false, func(p *data.Profile) *string { return &p.Address }},
		{"postcode", "邮编", "6 位", false, func(p *data.Profile) *string { return &p.Postcode }},
	} {
		field := ui.NewField(row.placeholder)
		line := ui.NewFormRow(row.key, row.label, field)
		line.Required = row.required
		field.OnChanged = func(string) { p.judge(false) }
		p.form.Add(line)
		p.fields = append(p.fields, profileField{row.key, field, row.of})
	}
	p.form.OnLeave = func(string) { p.judge(true) }
	p.form.OnSubmit = func() { p.store(func() {}) }
	p.missing = ui.NewMissingList(p.form.FocusField)
	p.missing.Goal = "提交订单"
	p.save = ui.NewFilledButton("保存", "save", func() { p.store(func() { p.desk.Toast("管理员信息已保存。") }) })
	head := ui.NewPageHead(ui.NewText("首次登录请完善这些信息；信息不全时可以录入，但不能提交。", theme.Text), p.state, p.save)
	side := ui.Ground(theme.Background, ui.Pad(16, 16, 16, 16, ui.Column(16, p.missing)))
	form := ui.NewScroll(ui.Pad(16, formPaddingTop, 16, 16, ui.Row(0, ui.FixedFill(formWidth, p.form), ui.Space())))
	p.content = ui.Column(0, head, ui.Grow(ui.Row(0, ui.Grow(ui.Ground(theme.Surface, form)), ui.FixedFill(1, ui.NewLine()), ui.FixedFill(sideWidth, side))))
	return p
}

// Content is part of desk.Screen.
func (p *Profile) Content() fyne.CanvasObject { return p.content }

// Enter reads what is stored. An argument names the field to go to.
func (p *Profile) Enter(argument any) {
	p.permit()
	desk.Load(p.desk, &p.loading, p.service.Profile, func(stored data.Profile) {
		p.stored = stored
		for _, field := range p.fields {
			field.field.SetText(*field.of(&stored))
		}
		p.judge(false)
		if key, ok := argument.(string); ok {
			p.form.FocusField(key)
		}
	})
}

// permit greys the fields that whoever is logged in may not change; the unit's name is the 管理员's to give.
func (p *Profile) permit() {
	p.save.Tip = desk.Permit(p.service, data.RightWork, p.save)
	for _, field := range p.fields {
		right := data.RightWork
		if field.key == "unit" {
			right = data.RightManage
		}
		desk.Permit(p.service, right, field.field)
	}
}

// Changed is part of desk.Screen; nobody else edits the profile while it is open.
func (p *Profile) Changed(app.Event) {}

// Leave saves what was typed.
func (p *Profile) Leave(proceed func()) {
	if p.typed() == p.stored {
		proceed()
		return
	}
	p.store(proceed)
}

func (p *Profile) typed() data.Profile {
	typed := p.stored
	for _, field := range p.fields {
		*field.of(&typed) = field.field.Text()
	}
	return typed
}

// judge lists what is missing or wrong; the words under the fields change only when a field is left.
func (p *Profile) judge(underFields bool) {
	typed := p.typed()
	var gaps []ui.Missing
	problems := map[string]string{}
	for _, problem := range data.JudgeProfile(typed) {
		if problem.Level != data.LevelError {
			continue
		}
		key := problem.Where.Field
		row := p.form.Row(key)
		gaps = append(gaps, ui.Missing{Key: key, Label: row.Label, Problem: problem.What})
		if underFields && row.Control.(*ui.Field).Text() != "" {
			problems[key] = problem.Error()
		}
	}
	p.missing.SetItems(gaps)
	if underFields {
		p.form.SetProblems(problems)
	}
	if typed != p.stored {
		p.state.SetText("有改动，离开时自动保存")
	} else {
		p.state.SetText("")
	}
	p.content.Refresh()
}

func (p *Profile) store(done func()) {
	typed := p.typed()
	p.desk.Do(func(ctx context.Context) error { return p.service.SaveProfile(ctx, typed) }, func() {
		p.stored = typed
		p.judge(true)
		done()
	})
}
