package desk

import (
	"context"

	"peixun/app"
	"peixun/views/ui"
)

// AskDisclosure asks whether whole identity numbers leave the program, and why.
func (d *Desk) AskDisclosure(title, text, verb string, next func(app.Disclosure)) {
	reason := ui.NewField("例如：平台核对")
	form := ui.NewForm(ui.NewRequiredRow("reason", "用途", reason).WithHint("写进操作日志，不要写证件号。"))
	form.LabelWidth = 56
	form.SetRowVisible("reason", false)
	dialog := ui.NewDialog(d.Window, title)
	full := false
	kinds := ui.NewRadioGroup(func(index int) {
		full = index == 1
		form.SetRowVisible("reason", full)
		dialog.Relayout()
	}, "证件号打星号（适合张贴或发给别人看）", "完整证件号（要写明用途）")
	kinds.SetSelected(0)
	dialog.Width, dialog.Text = questionWidth, text
	dialog.Body = ui.Pad(10, 10, 0, 0, ui.Column(12, ui.Column(8, kinds.Radios[0], kinds.Radios[1]), form))
	dialog.SetDefault(verb, func() bool {
		if full && reason.Text() == "" {
			form.SetProblems(map[string]string{"reason": "完整证件号要写明用途。"})
			form.FocusFirstProblem()
			dialog.Relayout()
			return false
		}
		dialog.Hide()
		next(app.Disclosure{Full: full, Reason: reason.Text()})
		return false
	})
	dialog.Show()
}

// SaveWorkbook asks for a place and writes a workbook there under a bar; the toast says what write tells and offers to open it.
func (d *Desk) SaveWorkbook(title, name string, write func(ctx context.Context, path string) (toast string, err error)) {
	ui.ChooseFile(d.Window, ui.FileRequest{Title: title, Extensions: []string{".xlsx"}, Save: true, Name: name}, func(path string) {
		var toast string
		d.Work(title, func(ctx context.Context, _ app.Progress) (err error) {
			toast, err = write(ctx, path)
			return err
		}, func() {
			ui.ShowToast(d.Window, ui.Toast{Text: toast, Action: "打开", OnAction: func() {
				if err := d.open(path); err != nil {
					d.Fail(err)
				}
			}})
		})
	})
}
