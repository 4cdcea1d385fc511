package trainees

import (
	"context"
	"fmt"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// exportWidth is the dialog's in px.
const exportWidth float32 = 480

// askExport asks how the people that the filters find are written: masked, or whole for a reason.
func (s *Screen) askExport() {
	query := s.filters.query()
	query.Sort, query.Descending, query.PlanID = s.sort, s.backwards, s.desk.Plan().ID
	count := len(s.found.ids)
	reason := ui.NewField("例如：报人事科核对")
	form := ui.NewForm(ui.NewRequiredRow("reason", "用途", reason).WithHint("写进操作日志。不要写证件号。"))
	form.LabelWidth = 56
	form.SetRowVisible("reason", false)
	dialog := ui.NewDialog(s.desk.Window, fmt.Sprintf("导出 %s 人", desk.Thousands(count)))
	full := false
	kinds := ui.NewRadioGroup(func(index int) {
		full = index == 1
		form.SetRowVisible("reason", full)
		dialog.Relayout()
	}, "证件号、手机号打星号（适合发给别人看）", "完整号码（可以再导入，要写明用途）")
	kinds.SetSelected(0)
	dialog.Width = exportWidth
	dialog.Text = "按现在的筛选和排序导出为 Excel 工作簿，列和导入模板一样。"
	dialog.Body = ui.Pad(10, 0, 0, 0, ui.Column(12, ui.Column(8, kinds.Radios[0], kinds.Radios[1]), form))
	dialog.SetDefault("选择位置…", func() bool {
		if full && reason.Text() == "" {
			form.SetProblems(map[string]string{"reason": "完整号码要写明用途。"})
			form.FocusFirstProblem()
			return false
		}
		dialog.Hide()
		s.export(query, full, reason.Text())
		return true
	})
	dialog.Show()
}

func (s *Screen) export(query data.TraineeQuery, full bool, reason string) {
	request := ui.FileRequest{Title: "导出学员", Extensions: []string{".xlsx"}, Save: true, Name: "学员名单.xlsx"}
	ui.ChooseFile(s.desk.Window, request, func(path string) {
		written := 0
		s.desk.Work("正在导出学员", func(ctx context.Context, _ app.Progress) error {
			var err error
			written, err = s.service.ExportTrainees(ctx, path, query, full, reason)
			return err
		}, func() { s.tellSaved(fmt.Sprintf("已导出 %s 人到 %s", desk.Thousands(written), path), path) })
	})
}
