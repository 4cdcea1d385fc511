package importer

import (
	"context"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// kind is what differs between the two forms.
type kind struct {
	form    data.Form
	title   string
	file    string // what the file is called
	first   string // what a sheet without headers begins with
	unit    string // what a row stands for: 人 or 条
	list    desk.Page
	listing string // the button that leads there
	columns []ui.TableColumn
	plan    func(ctx context.Context, path string, options app.ImportOptions) (*data.ImportPlan, error)
	commit  func(ctx context.Context, plan *data.ImportPlan, progress app.Progress) (app.ImportResult, error)
}

func rosterKind(s service) kind {
	return kind{form: data.TraineeForm, title: "导入学员", file: "学员名单", first: "人", unit: "人", list: desk.Trainees, listing: "查看学员列表",
		plan: s.PlanImport, commit: s.CommitImport,
		columns: []ui.TableColumn{
			{Key: rowColumn, Title: "行号", Width: 62, Right: true, Sortable: true},
			{Key: "name", Title: "姓名", Width: 72, Narrow: 64, Stretch: 1},
			{Key: "id_number", Title: "身份证号", Width: 152, Narrow: 148, Stretch: 1},
			{Key: "mobile", Title: "手机号", Width: 112, Stretch: 1, HideBelow: 640},
			{Key: "organization", Title: "组织机构", Width: 108, Narrow: 92, Stretch: 2},
			{Key: problemColumn, Title: "问题", Stretch: 4},
			{Key: takeColumn, Title: "", Width: 56, Narrow: 52},
		}}
}

func hoursKind(s service) kind {
	return kind{form: data.HoursForm, title: "批量导入线下学时", file: "线下学时表", first: "学时", unit: "条", list: desk.Hours, listing: "查看线下档案",
		plan: s.PlanHoursImport, commit: s.CommitHoursImport,
		columns: []ui.TableColumn{
			{Key: rowColumn, Title: "行号", Width: 72, Narrow: 62, Right: true, Sortable: true},
			{Key: "name", Title: "姓名", Width: 72, Narrow: 64},
			{Key: "id_number", Title: "身份证号", Width: 152, Narrow: 148},
			{Key: "title", Title: "培训名称"}, // often twelve characters and more: beside the panel it is worth more than a date
			{Key: "starts_on", Title: "开始日期", Width: 96, HideBelow: 760},
			{Key: "ends_on", Title: "结束日期", Width: 96, HideBelow: 860},
			{Key: "hours", Title: "学时", Width: 64, Right: true},
			{Key: problemColumn, Title: "问题", Width: 132},
			{Key: takeColumn, Title: "", Width: 56, Narrow: 52},
		}}
}

// Keys of columns that are not the form's.
const (
	rowColumn     = "row"
	problemColumn = "problem"
	takeColumn    = "take"
)

func (k kind) hours() bool { return k.form.Key == data.HoursForm.Key }

// counted writes a number of rows in the form's unit: 218 人.
func (k kind) counted(n int) string { return desk.Thousands(n) + " " + k.unit }

// counts are a plan's rows by what the import would do.
type counts struct {
	fresh, updated, unchanged, warned, failed, skipped int
}

func count(plan *data.ImportPlan) counts {
	var c counts
	for _, row := range plan.Rows {
		switch row.Outcome {
		case data.OutcomeNew:
			c.fresh++
		case data.OutcomeUpdated:
			c.updated++
		case data.OutcomeUnchanged:
			c.unchanged++
		case data.OutcomeFailed:
			c.failed++
		case data.OutcomeSkipped:
			c.skipped++
		}
		if row.Warned() {
			c.warned++
		}
	}
	return c
}

// stored is how many rows would be written.
func (c counts) stored() int { return c.fresh + c.updated }
