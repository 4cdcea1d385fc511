package recharge

import (
	"context"
	"fmt"
	"io"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/ui"
)

// export writes what a query finds as a workbook.
func (a actions) export(q data.RechargeQuery, count int) {
	text := "按现在的筛选和排序导出为 Excel 工作簿，一条一行。"
	a.askDisclosure(fmt.Sprintf("导出充值明细 %s 条", desk.Thousands(count)), text, "选择位置…", func(disclosure app.Disclosure) {
		a.save("导出充值明细", "充值明细.xlsx", ".xlsx", func(ctx context.Context, path string) (string, error) {
			written, err := a.service.ExportRecharges(ctx, path, q, disclosure)
			return fmt.Sprintf("已导出 %s 条到 %s", desk.Thousands(written), path), err
		})
	})
}

// print shows the 充值确认表 of what a query finds, to be printed or saved.
func (a actions) print(q data.RechargeQuery, what string) {
	text := "打印后由制表人、复核人和单位负责人签字。" + what + "冲正和退回的不列入。"
	a.askDisclosure("充值确认表", text, "预览", func(disclosure app.Disclosure) {
		preview.Show(a.desk, a.service, preview.Paper{
			Title: "充值确认表", Name: "充值确认表.pdf",
			Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
				return a.service.WriteRechargeSheet(ctx, w, q, disclosure)
			},
		})
	})
}

// save asks for a place and writes a file there under a bar.
func (a actions) save(title, name, extension string, write func(ctx context.Context, path string) (toast string, err error)) {
	ui.ChooseFile(a.desk.Window, ui.FileRequest{Title: title, Extensions: []string{extension}, Save: true, Name: name}, func(path string) {
		var toast string
		a.desk.Work(title, func(ctx context.Context, _ app.Progress) (err error) {
			toast, err = write(ctx, path)
			return err
		}, func() { a.desk.Toast(toast) })
	})
}

// askDisclosure asks whether whole identity numbers leave the program, and why.
func (a actions) askDisclosure(title, text, verb string, next func(app.Disclosure)) {
	reason := ui.NewField("例如：平台核对")
	form := ui.NewForm(ui.NewRequiredRow("reason", "用途", reason).WithHint("写进操作日志，不要写证件号。"))
	form.LabelWidth = 56
	form.SetRowVisible("reason", false)
	dialog := ui.NewDialog(a.desk.Window, title)
	full := false
	kinds := ui.NewRadioGroup(func(index int) {
		full = index == 1
		form.SetRowVisible("reason", full)
		dialog.Relayout()
	}, "证件号打星号（适合张贴或发给别人看）", "完整证件号（要写明用途）")
	kinds.SetSelected(0)
	dialog.Width, dialog.Text = 480, text
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
