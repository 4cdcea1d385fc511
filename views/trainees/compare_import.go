package trainees

import (
	"context"
	"fmt"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// importRows imports the new people alone; the preview's words come first, and the toast takes it back.
func (c *comparison) importRows(rows []data.DifferenceRow) {
	var numbers []int
	for _, row := range rows {
		numbers = append(numbers, row.Row)
	}
	s := c.screen
	var plan *data.ImportPlan
	s.desk.Work("正在核对新增的人", func(ctx context.Context, progress app.Progress) error {
		var err error
		plan, err = s.service.PlanRows(ctx, c.difference.Path, app.ImportOptions{CreateOrganizations: true, Progress: progress}, numbers)
		return err
	}, func() { c.confirmImport(plan) })
}

func (c *comparison) confirmImport(plan *data.ImportPlan) {
	s := c.screen
	fresh, failed, warned := plan.Count(data.OutcomeNew)+plan.Count(data.OutcomeUpdated), plan.Count(data.OutcomeFailed), plan.Warned()
	text := fmt.Sprintf("名单里新增的 %s 人会导入，其他行不动。没有的组织机构会新建。", desk.Thousands(fresh))
	if warned > 0 {
		text += fmt.Sprintf("其中 %s 人有警告，例如没有手机号。", desk.Thousands(warned))
	}
	if failed > 0 {
		text += fmt.Sprintf("另有 %s 人有错误，不导入。", desk.Thousands(failed))
	}
	dialog := ui.NewDialog(s.desk.Window, "导入新增的人")
	dialog.Text = text
	dialog.AddButton("打开导入预览", func() { s.desk.Go(desk.ImportRoster, c.difference.Path) })
	if fresh > 0 {
		dialog.SetDefault(fmt.Sprintf("导入 %s 人", desk.Thousands(fresh)), func() bool {
			dialog.Hide()
			c.commit(plan)
			return true
		})
	}
	dialog.Show()
}

func (c *comparison) commit(plan *data.ImportPlan) {
	s := c.screen
	var result app.ImportResult
	s.desk.Work("正在导入", func(ctx context.Context, progress app.Progress) error {
		var err error
		result, err = s.service.CommitImport(ctx, plan, progress)
		return err
	}, func() {
		c.table.ClearTicks()
		ui.ShowToast(s.desk.Window, ui.Toast{Text: fmt.Sprintf("已导入 %s 人。", desk.Thousands(result.Added+result.Updated)), Action: "撤销", OnAction: func() {
			s.desk.Do(func(ctx context.Context) error {
				_, err := s.service.UndoImport(ctx, plan.RunID)
				return err
			}, func() { s.desk.Toast("已撤销导入。") })
		}})
	})
}
