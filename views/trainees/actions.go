package trainees

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
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
		reset:   ui.NewButton("重置密码", "", s.tellReset),
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

func (s *Screen) moreItems() []ui.MenuItem {
	return []ui.MenuItem{
		{Label: "导出…", Icon: "file-down", Disabled: len(s.found.ids) == 0, Action: s.askExport},
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

func (s *Screen) importRoster() { s.desk.Go(desk.ImportRoster, nil) }

func (s *Screen) saveTemplate() {
	request := ui.FileRequest{Title: "保存导入模板", Extensions: []string{".xlsx"}, Save: true, Name: "学员导入模板.xlsx"}
	ui.ChooseFile(s.desk.Window, request, func(path string) {
		s.desk.Do(func(context.Context) error { return s.service.SaveTemplate(path, data.TraineeForm) }, func() {
			s.desk.Toast("模板已保存到 " + path)
		})
	})
}

// tellReset says where passwords are reset: they live on the platform, and this program is offline (manual, section 三).
func (s *Screen) tellReset() {
	dialog := ui.NewDialog(s.desk.Window, "重置密码")
	dialog.Text = "学员的登录密码在官方平台上，本程序不联网，不能替您重置。请在平台的“学员管理”里勾选学员，点“重置密码”；重置后的密码是 abc123，请学员登录后马上修改。"
	dialog.Body = ui.NewParagraph("账号问题请拨打 "+data.HelpTelephones+"。", theme.Secondary)
	dialog.NoCancel = true
	dialog.SetDefault("知道了", nil)
	dialog.Show()
}

// setStatus enables or disables people at once; the toast takes it back.
func (s *Screen) setStatus(ids []int64, status data.TraineeStatus) {
	other := data.TraineeEnabled
	if status == data.TraineeEnabled {
		other = data.TraineeDisabled
	}
	var changed []int64
	s.desk.Do(func(ctx context.Context) error {
		others, err := s.service.TraineeIDs(ctx, data.TraineeQuery{Status: other})
		if err != nil {
			return err
		}
		if changed = both(ids, others); len(changed) == 0 {
			return nil
		}
		_, err = s.service.SetTraineeStatus(ctx, changed, status)
		return err
	}, func() {
		if len(changed) == 0 {
			s.desk.Toast(fmt.Sprintf("选中的人已经都是“%s”，没有改动。", status))
			return
		}
		s.tellUndoable(fmt.Sprintf("已%s %s 人。", status, desk.Thousands(len(changed))), func(ctx context.Context) error {
			_, err := s.service.SetTraineeStatus(ctx, changed, other)
			return err
		})
	})
}

// both gives the keys that stand in both lists.
func both(a, b []int64) []int64 {
	known := make(map[int64]bool, len(b))
	for _, id := range b {
		known[id] = true
	}
	return slices.DeleteFunc(slices.Clone(a), func(id int64) bool { return !known[id] })
}

func (s *Screen) tellUndoable(text string, undo func(ctx context.Context) error) {
	ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "撤销", OnAction: func() {
		s.desk.Do(undo, func() { s.desk.Toast("已撤销。") })
	}})
}

// askMove asks for the organisation that people are moved to.
func (s *Screen) askMove(ids []int64) {
	tree := s.found.tree
	picker := ui.NewPicker("选择组织机构，可输入拼音", organizationOptions(tree)...)
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

// maxUndoneMoves bounds what has to be remembered so that a move can be taken back.
const maxUndoneMoves = 2000

func (s *Screen) moveTo(ids []int64, organization data.Organization) {
	moved := 0
	before := map[data.Organization][]int64{}
	s.desk.Do(func(ctx context.Context) error {
		var err error
		if len(ids) <= maxUndoneMoves {
			if before, err = s.membership(ctx, ids); err != nil {
				return err
			}
		}
		moved, err = s.service.MoveTrainees(ctx, ids, organization)
		return err
	}, func() {
		text := fmt.Sprintf("已把 %s 人调整到“%s”。", desk.Thousands(moved), organization.Name)
		if len(before) == 0 || moved == 0 {
			s.desk.Toast(text)
			return
		}
		s.tellUndoable(text, func(ctx context.Context) error {
			for old, members := range before {
				if _, err := s.service.MoveTrainees(ctx, members, old); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// membership tells who belongs to which organisation.
func (s *Screen) membership(ctx context.Context, ids []int64) (map[data.Organization][]int64, error) {
	rows, err := s.service.TraineeRows(ctx, ids, 0)
	if err != nil {
		return nil, err
	}
	members := map[data.Organization][]int64{}
	for _, row := range rows {
		organization, _, known, err := s.found.tree.Resolve(row.Organization)
		if err != nil || !known {
			return nil, err
		}
		members[organization] = append(members[organization], row.ID)
	}
	return members, nil
}
