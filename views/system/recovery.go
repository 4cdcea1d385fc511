package system

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
			showRecoveryKey(t.desk, t.service, key, nil)
		})
		return false
	})
	dialog.Show()
}

// recoveryPrinter writes a recovery key for the safe.
type recoveryPrinter interface {
	WriteRecoverySheet(ctx context.Context, w io.Writer, recoveryKey string) error
}

// showRecoveryKey shows a new recovery key, which is never shown again; done is called when the dialog is closed and may be nil.
func showRecoveryKey(d *desk.Desk, s recoveryPrinter, key string, done func()) {
	shown := ui.NewParagraph(key, theme.Text)
	shown.Bold, shown.Align = true, fyne.TextAlignCenter
	dialog := ui.NewDialog(d.Window, "新的恢复密钥")
	dialog.Text = "只显示这一次。请打印或抄下来锁好，不要和电脑放在一起。"
	dialog.Width = 520
	dialog.Body = ui.Stack(ui.NewBox(theme.Background, theme.Border, 4), ui.Pad(12, 14, 12, 14, shown))
	dialog.CancelLabel, dialog.OnCancel = "已经抄好", done
	dialog.SetDefault("保存为 PDF 打印", func() bool {
		saveRecoverySheet(d, s, key)
		return false
	})
	dialog.Show()
}

func saveRecoverySheet(d *desk.Desk, s recoveryPrinter, key string) {
	request := ui.FileRequest{Title: "保存恢复密钥", Extensions: []string{".pdf"}, Save: true, Name: "恢复密钥.pdf"}
	ui.ChooseFile(d.Window, request, func(path string) {
		d.Do(func(ctx context.Context) error {
			return app.WriteFile(path, func(w io.Writer) error { return s.WriteRecoverySheet(ctx, w, key) })
		}, func() { d.Toast("恢复密钥已保存，打印后请删除这个文件。") })
	})
}
