package trainees

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// actions are the buttons at the right of the page's head.
type actions struct {
	imports, add          *ui.Button
	enable, disable, move *ui.Button
	reset, more           *ui.Button
	head                  fyne.CanvasObject
}

func newActions(s *Screen) *actions {
	a := &actions{
		imports: ui.NewFilledButton("导入学员", "upload", s.importRoster),
		add:     ui.NewButton("添加", "plus", s.add),
		enable:  ui.NewButton(string(data.TraineeEnabled), "", func() { s.setStatus(s.table.Ticked(), data.TraineeEnabled) }),
		disable: ui.NewButton(string(data.TraineeDisabled), "", func() { s.setStatus(s.table.Ticked(), data.TraineeDisabled) }),
		move:    ui.NewButton("调整组织机构", "", func() { s.askMove(s.table.Ticked()) }),
		reset:   ui.NewButton("重置密码", "", func() { s.askReset(s.table.Ticked()) }),
		more:    ui.NewMoreButton(s.moreItems),
	}
	a.imports.Hide()
	return a
}

func (a *actions) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{a.imports, a.add, ui.NewDivider(), a.enable, a.disable, a.move, a.reset, a.more}
}

// update greys what needs ticked people. While nobody is stored, the one filled button stands in the empty list.
func (a *actions) update(ticked, everybody int) {
	for _, button := range []*ui.Button{a.enable, a.disable, a.move, a.reset} {
		button.SetDisabled(ticked == 0)
	}
	if a.imports.Hidden != (everybody == 0) {
		a.imports.Hidden = everybody == 0
		a.head.Refresh()
	}
}

// rowItems are what a row's menu offers: for all ticked people where the row is one of them, else for its own.
func (s *Screen) rowItems(row int) []ui.MenuItem {
	ids, whom := []int64{s.rows.ID(row)}, ""
	if s.table.IsTicked(ids[0]) && s.table.TickedCount() > 1 {
		ids = s.table.Ticked()
		whom = fmt.Sprintf(" %s 人", desk.Thousands(len(ids)))
	}
	items := []ui.MenuItem{
		{Label: "充值" + whom, Icon: "wallet", Action: func() { s.desk.Go(desk.Recharge, ids) }},
		{Label: string(data.TraineeEnabled) + whom, Icon: "power", Action: func() { s.setStatus(ids, data.TraineeEnabled) }},
		{Label: string(data.TraineeDisabled) + whom, Icon: "ban", Action: func() { s.setStatus(ids, data.TraineeDisabled) }},
		{Label: "调整组织机构" + whom + "…", Icon: "arrow-right-left", Action: func() { s.askMove(ids) }},
		{Label: "重置密码" + whom + "…", Icon: "lock-open", Action: func() { s.askReset(ids) }},
	}
	if len(ids) > 1 {
		return items
	}
	return append([]ui.MenuItem{
		{Label: "打开", Icon: "arrow-right", Note: "回车", Action: func() { s.table.Open(row) }},
		{Label: "编辑资料…", Icon: "pencil", Action: func() { s.edit(ids[0]) }},
	}, items...)
}

func (s *Screen) moreItems() []ui.MenuItem {
	return []ui.MenuItem{
		{Label: "导出…", Icon: "file-down", Disabled: len(s.found.ids) == 0, Action: s.askExport},
		{Label: "名单比对…", Icon: "arrow-left-right", Action: s.askComparison},
		{Label: "查重", Icon: "scan", Disabled: s.found.everybody == 0, Action: s.findDuplicates},
		{Label: fmt.Sprintf("合并选中的 %s 人…", desk.Thousands(s.table.TickedCount())), Icon: "merge", Disabled: s.table.TickedCount() < 2 || s.table.TickedCount() > mostMerged,
			Action: func() { s.askMerge(s.table.Ticked(), "") }},
		{Label: "等平台重置密码的人", Icon: "lock-open", Action: s.showResets},
		{Label: "导入记录", Icon: "history", Separated: true, Action: func() { s.desk.Go(desk.ImportRoster, data.ImportRun{}) }},
		{Label: "下载导入模板", Icon: "download", Action: s.saveTemplate},
		{Label: "清除筛选条件", Icon: "x", Separated: true, Action: func() {
			s.filters.set(data.TraineeQuery{})
			s.ask()
		}},
		{Label: "恢复默认列宽", Icon: "columns-3", Action: func() {
			s.table.SetWidths(nil)
			s.table.OnResize(nil)
		}},
	}
}

// mostMerged is how many records fit side by side.
const mostMerged = 5

func (s *Screen) importRoster() { s.desk.Go(desk.ImportRoster, nil) }

func (s *Screen) saveTemplate() {
	request := ui.FileRequest{Title: "保存导入模板", Extensions: []string{".xlsx"}, Save: true, Name: "学员导入模板.xlsx"}
	ui.ChooseFile(s.desk.Window, request, func(path string) {
		s.desk.Do(func(context.Context) error { return s.service.SaveTemplate(path, data.TraineeForm) }, func() {
			s.desk.Toast("模板已保存到 " + path)
		})
	})
}

// setStatus enables or disables people at once; the toast takes it back.
func (s *Screen) setStatus(ids []int64, status data.TraineeStatus) {
	var change data.TraineeChange
	s.desk.Do(func(ctx context.Context) error {
		var err error
		change, err = s.service.SetTraineeStatus(ctx, ids, status)
		return err
	}, func() {
		if change.People == 0 {
			s.desk.Toast(fmt.Sprintf("选中的人已经都是“%s”，没有改动。", status))
			return
		}
		s.tellUndoable(fmt.Sprintf("已%s %s 人。", status, desk.Thousands(change.People)), change.ID)
	})
}

// tellUndoable tells of a change, and takes it back on request.
func (s *Screen) tellUndoable(text string, changeID int64) {
	ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "撤销", OnAction: func() { s.undo(changeID) }})
}

// undo takes a change back and names those whom somebody changed again since.
func (s *Screen) undo(changeID int64) {
	var result data.UndoResult
	s.desk.Do(func(ctx context.Context) error {
		var err error
		result, err = s.service.UndoTraineeChange(ctx, changeID)
		return err
	}, func() {
		if len(result.Kept) == 0 {
			s.desk.Toast("已撤销。")
			return
		}
		s.desk.Toast(fmt.Sprintf("已撤销；%s 人后来又改过，保留现在的内容，例如“%s”。", desk.Thousands(len(result.Kept)), result.Kept[0].Name))
	})
}

// askMove asks for the organisation that people are moved to.
func (s *Screen) askMove(ids []int64) {
	tree := s.found.tree
	picker := ui.NewPicker("选择组织机构，可输入拼音", desk.OrganizationOptions(tree)...)
	form := ui.NewForm(ui.NewRequiredRow("organization", "组织机构", picker).WithHint("缴费机构没有单独指定的人，会跟着新机构走。"))
	dialog := ui.NewDialog(s.desk.Window, "调整组织机构")
	dialog.Text = fmt.Sprintf("把选中的 %s 人调整到：", desk.Thousands(len(ids)))
	dialog.Body, dialog.First = form, picker.FocusTarget()
	dialog.SetDefault(fmt.Sprintf("调整 %s 人", desk.Thousands(len(ids))), func() bool {
		organization, ok := tree.Get(keyOf(picker.Key()))
		if !ok {
			form.SetProblems(map[string]string{"organization": "还没有选择组织机构。"})
			form.FocusFirstProblem()
			return false
		}
		s.moveTo(ids, organization)
		return true
	})
	dialog.Show()
}

func (s *Screen) moveTo(ids []int64, organization data.Organization) {
	var change data.TraineeChange
	s.desk.Do(func(ctx context.Context) error {
		var err error
		change, err = s.service.MoveTrainees(ctx, ids, organization)
		return err
	}, func() {
		if change.People == 0 {
			s.desk.Toast(fmt.Sprintf("选中的人已经都在“%s”，没有改动。", organization.Name))
			return
		}
		s.tellUndoable(fmt.Sprintf("已把 %s 人调整到“%s”。", desk.Thousands(change.People), organization.Name), change.ID)
	})
}
