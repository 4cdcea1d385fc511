package system

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// renewRecoveryKey asks for the password, makes a new recovery key and shows it once.
func (t *Settings) renewRecoveryKey() {
	password := ui.NewPasswordField("登录时用的密码")
	form := ui.NewForm(ui.NewRequiredRow("password", "密码", password))
	form.LabelWidth = 64
	dialog := ui.NewDialog(t.desk.Window, "重新生成恢复密钥")
	dialog.Text = "生成后，原来打印的恢复密钥立即作废，请销毁。"
	dialog.Body = ui.Pad(10, 0, 0, 0, form)
	dialog.SetDefault("重新生成", func() bool {
		typed := password.Text()
		var key string
		var failure error
		t.desk.Do(func(ctx context.Context) error {
			key, failure = t.service.RenewRecoveryKey(ctx, typed)
			return nil
		}, func() {
			if problem, refused := data.AsProblem(failure); refused && problem.Where.Field == "password" {
				form.SetProblems(map[string]string{"password": problem.Error()})
				dialog.Body.Refresh()
				return
			}
			dialog.Hide()
			if failure != nil {
				t.desk.Fail(failure)
				return
			}
			t.showRecoveryKey(key)
		})
		return false
	})
	dialog.Show()
}

func (t *Settings) showRecoveryKey(key string) {
	shown := ui.NewParagraph(key, theme.Text)
	shown.Bold, shown.Align = true, fyne.TextAlignCenter
	dialog := ui.NewDialog(t.desk.Window, "新的恢复密钥")
	dialog.Text = "只显示这一次。请打印或抄下来锁好，不要和电脑放在一起。"
	dialog.Width = 520
	dialog.Body = ui.Stack(ui.NewBox(theme.Background, theme.Border, 4), ui.Pad(12, 14, 12, 14, shown))
	dialog.CancelLabel = "已经抄好"
	dialog.SetDefault("保存为 PDF 打印", func() bool {
		t.saveRecoverySheet(key)
		return false
	})
	dialog.Show()
}

func (t *Settings) saveRecoverySheet(key string) {
	request := ui.FileRequest{Title: "保存恢复密钥", Extensions: []string{".pdf"}, Save: true, Name: "恢复密钥.pdf"}
	ui.ChooseFile(t.desk.Window, request, func(path string) {
		t.desk.Do(func(ctx context.Context) error {
			return app.WriteFile(path, func(w io.Writer) error { return t.service.WriteRecoverySheet(ctx, w, key) })
		}, func() { t.desk.Toast("恢复密钥已保存，打印后请删除这个文件。") })
	})
}
