package hours

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

// rowItems is the menu of a row.
func (s *Screen) rowItems(row int) []ui.MenuItem {
	record := s.rows.At(row)
	ids := []int64{record.ID}
	removal := "删除"
	if ticked := s.table.Ticked(); len(ticked) > 1 && s.ticked(record.ID) {
		ids, removal = ticked, fmt.Sprintf("删除选中的 %d 条", len(ticked))
	}
	return []ui.MenuItem{
		{Label: "修改", Icon: "pencil", Action: func() { s.openForm(record) }},
		{Label: "照这次培训再登记几个人", Icon: "copy", Action: func() { s.again(record) }},
		{Label: "添加附件…", Icon: "upload", Action: func() { s.choosePaper(record.ID) }},
		{Label: "查看这位学员", Icon: "user", Action: func() { s.desk.Go(desk.Trainees, record.TraineeID) }},
		{Label: removal, Icon: "trash-2", Danger: true, Separated: true, Action: func() { s.remove(ids) }},
	}
}

func (s *Screen) ticked(id int64) bool {
	for _, one := range s.table.Ticked() {
		if one == id {
			return true
		}
	}
	return false
}

// again opens the form with a record's training, for others who attended it.
func (s *Screen) again(record data.OfflineHoursRow) {
	record.ID, record.TraineeID, record.Name, record.Certificate = 0, 0, "", ""
	s.openForm(record)
}

// remove removes records; nothing is asked, because it can be taken back.
func (s *Screen) remove(ids []int64) {
	var act data.HoursChange
	s.desk.Do(func(ctx context.Context) (err error) {
		act, err = s.service.RemoveHours(ctx, ids)
		return err
	}, func() {
		s.table.ClearTicks()
		s.tellUndoable(fmt.Sprintf("已删除 %d 条线下学时。", act.Records), act.ID)
	})
}

// tellUndoable says what was done and offers to take it back.
func (s *Screen) tellUndoable(text string, changeID int64) {
	ui.ShowToast(s.desk.Window, ui.Toast{Text: text, Action: "撤销", OnAction: func() {
		s.desk.Do(func(ctx context.Context) error { return s.service.UndoHoursChange(ctx, changeID) }, func() { s.desk.Toast("已撤销。") })
	}})
}

func (s *Screen) export() {
	query, count := s.query(), len(s.found.ids)
	text := "按现在的筛选和排序导出为 Excel 工作簿，列和导入模板一样；带完整证件号的可以再导入。"
	s.desk.AskDisclosure(fmt.Sprintf("导出线下学时 %s 条", desk.Thousands(count)), text, "选择位置…", func(disclosure app.Disclosure) {
		s.desk.SaveWorkbook("导出线下学时", "线下学时.xlsx", func(ctx context.Context, path string) (string, error) {
			written, err := s.service.ExportHours(ctx, path, query, disclosure)
			return fmt.Sprintf("已导出 %s 条到 %s", desk.Thousands(written), path), err
		})
	})
}

func (s *Screen) importHours() { s.desk.Go(desk.ImportHours, nil) }

func (s *Screen) saveTemplate() {
	request := ui.FileRequest{Title: "保存导入模板", Extensions: []string{".xlsx"}, Save: true, Name: data.HoursForm.Name + "导入模板.xlsx"}
	ui.ChooseFile(s.desk.Window, request, func(path string) {
		s.desk.Do(func(context.Context) error { return s.service.SaveTemplate(path, data.HoursForm) }, func() {
			s.desk.Toast("模板已保存到 " + path)
		})
	})
}

func (s *Screen) moreItems() []ui.MenuItem {
	return []ui.MenuItem{
		{Label: "下载模板", Icon: "download", Action: s.saveTemplate},
		{Label: "导出…", Icon: "download", Disabled: len(s.found.ids) == 0, Action: s.export},
		{Label: "导入记录", Icon: "history", Action: func() { s.desk.Go(desk.ImportHours, data.ImportRun{}) }},
		{Label: "打印学时汇总表", Icon: "printer", Disabled: s.filters.planID == 0, Action: s.printSummary},
		{Label: "清除筛选条件", Icon: "x", Separated: true, Action: s.clearFilters},
		{Label: "恢复默认列宽", Icon: "columns-3", Action: func() {
			s.table.SetWidths(nil)
			s.table.OnResize(nil)
		}},
	}
}

// printSummary shows who has how many hours of the plan that is chosen, to be signed.
func (s *Screen) printSummary() {
	planID := s.filters.planID
	preview.Show(s.desk, s.service, preview.Paper{
		Title: "学时汇总表", Name: "学时汇总表.pdf",
		Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
			return s.service.WriteHoursSummary(ctx, w, planID)
		},
	})
}
