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
	a.desk.AskDisclosure(fmt.Sprintf("导出充值明细 %s 条", desk.Thousands(count)), text, "选择位置…", func(disclosure app.Disclosure) {
		a.save("导出充值明细", "充值明细.xlsx", ".xlsx", func(ctx context.Context, path string) (string, error) {
			written, err := a.service.ExportRecharges(ctx, path, q, disclosure)
			return fmt.Sprintf("已导出 %s 条到 %s", desk.Thousands(written), path), err
		})
	})
}

// print shows the 充值确认表 of what a query finds, to be printed or saved.
func (a actions) print(q data.RechargeQuery, what string) {
	text := "打印后由制表人、复核人和单位负责人签字。" + what + "冲正和退回的不列入。"
	a.desk.AskDisclosure("充值确认表", text, "预览", func(disclosure app.Disclosure) {
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
