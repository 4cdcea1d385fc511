package start

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// firstStart asks for the unit and the first administrator, then shows the recovery key.
type firstStart struct {
	desk    *desk.Desk
	content fyne.CanvasObject
	service service
	entered func()

	form                              *ui.Form
	unit, uscc, user, password, again *ui.Field
	button                            *ui.Button
}

// whyPassword stands under the password before it is typed.
const whyPassword = "密码用来加密身份证号、手机号和银行账号，请记牢。"

// NewFirstStart makes the page of the very first start; entered is called when all is set up.
func NewFirstStart(d *desk.Desk, s service, entered func()) Page {
	f := &firstStart{desk: d, service: s, entered: entered,
		unit: ui.NewField("与单位公章一致"), uscc: ui.NewField("18 位，可以以后再填"), user: ui.NewField("例如 zhaoxl"),
		password: ui.NewPasswordField("至少 8 个字符"), again: ui.NewPasswordField("再输一次")}
	f.form = ui.NewForm(
		ui.NewRequiredRow("unit", "单位全称", f.unit),
		ui.NewFormRow("uscc", "统一社会信用代码", f.uscc),
		ui.NewRequiredRow("user", "用户名", f.user),
		ui.NewRequiredRow("password", "密码", f.password).WithHint(whyPassword),
		ui.NewRequiredRow("again", "确认密码", f.again))
	f.password.OnChanged = func(text string) {
		owner := data.PasswordOwner{User: f.user.Text(), Unit: f.unit.Text()}
		f.form.Row("password").SetHint(desk.PasswordHint(text, owner, whyPassword))
		f.content.Refresh()
	}
	f.form.LabelWidth = panelLabel
	f.form.OnSubmit = f.submit
	f.again.OnSubmitted = func(string) { f.submit() }
	f.button = ui.NewFilledButton("建立数据并继续", "", f.submit)
	f.content = panel("首次使用", "先登记单位和第一位管理员。数据只保存在这台电脑上，不会上传。", f.form, ui.Gap(20),
		ui.Row(16, f.button, ui.NewLink("有备份？从备份恢复…", func() { chooseBackup(d, f.restore) })))
	return f
}

// restore puts a backup from another computer in the place of the empty data; the window shows the login then.
func (f *firstStart) restore(path string) {
	f.desk.AskRestore(f.service, path, func(app.RestoreResult) { f.desk.Toast("已恢复。请用做备份时的密码登录。") })
}

// Content is part of Page.
func (f *firstStart) Content() fyne.CanvasObject { return f.content }

// FocusFirst gives the keyboard to the first field.
func (f *firstStart) FocusFirst() { f.desk.Window.Canvas().Focus(f.unit.FocusTarget()) }

func (f *firstStart) submit() {
	if f.button.Disabled() {
		return
	}
	f.form.SetProblems(nil)
	if f.password.Text() != f.again.Text() {
		showAtField(f.form, f.content, "again", "两次输入的密码不一样，请重新输入。")
		return
	}
	f.button.SetDisabled(true)
	setup := app.Setup{Unit: f.unit.Text(), USCC: f.uscc.Text(), User: f.user.Text(), Password: f.password.Text()}
	var key string
	var failure error
	f.desk.Do(func(ctx context.Context) error {
		key, failure = f.service.Initialize(ctx, setup)
		return nil
	}, func() {
		f.button.SetDisabled(false)
		if failure != nil {
			showProblem(f.desk, f.form, f.content, failure)
			return
		}
		f.desk.Window.SetContent(ui.NewStage(f.recoveryPage(key)))
	})
}

// recoveryPage shows the recovery key, which is never shown again.
func (f *firstStart) recoveryPage(key string) fyne.CanvasObject {
	shown := ui.NewParagraph(key, theme.Text)
	shown.Bold, shown.Align = true, fyne.TextAlignCenter
	box := ui.Stack(ui.NewBox(theme.Background, theme.Border, 4), ui.Pad(12, 14, 12, 14, shown))
	enter := ui.NewFilledButton("进入培训管理台", "", f.entered)
	enter.SetDisabled(true)
	kept := ui.NewCheckbox("我已打印或抄下恢复密钥，放在安全的地方", func(checked bool) { enter.SetDisabled(!checked) })
	save := ui.NewButton("保存为 PDF 打印", "printer", func() { f.saveSheet(key) })
	var duplicate *ui.Button
	duplicate = ui.NewButton("复制", "copy", func() {
		ui.CopySecret(key)
		duplicate.SetLabel("已复制")
	})
	note := ui.NewNote(ui.ToneWarning, "只显示这一次。", "忘记密码时只能靠它打开数据，谁也无法代为找回。")
	return panel("请保管好恢复密钥", "把它打印或抄下来，交单位保险柜或主管保管，不要和电脑放在一起。",
		box, ui.Gap(12), ui.Row(8, save, duplicate), ui.Gap(16), note, ui.Gap(16), kept, ui.Gap(16), ui.Row(0, enter))
}

func (f *firstStart) saveSheet(key string) {
	request := ui.FileRequest{Title: "保存恢复密钥", Extensions: []string{".pdf"}, Save: true, Name: "恢复密钥.pdf"}
	ui.ChooseFile(f.desk.Window, request, func(path string) {
		f.desk.Do(func(ctx context.Context) error {
			return app.WriteFile(path, func(w io.Writer) error { return f.service.WriteRecoverySheet(ctx, w, key) })
		}, func() { f.desk.Toast("恢复密钥已保存，打印后请删除这个文件。") })
	})
}
