package trainees

import (
	"context"
	"fmt"
	"strings"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the dialog in px: its list grows with the rows so far.
const (
	takeOverWidth  float32 = 720
	takeOverRows           = 9
	tableHead      float32 = 36
	tableRow       float32 = 34
	tableUnderEdge float32 = 1
)

// takeOver shows what people would become by what the later list says, and does it on request.
func (c *comparison) takeOver(rows []data.DifferenceRow) {
	s, difference := c.screen, c.difference
	var plan *data.TakeOverPlan
	s.desk.Work("正在核对名单", func(ctx context.Context, progress app.Progress) error {
		var err error
		plan, err = s.service.PlanTakeOver(ctx, difference, rows, app.ImportOptions{Progress: progress})
		return err
	}, func() { s.askTakeOver(plan) })
}

// takeOverWords say what each kind does.
var takeOverWords = map[data.DifferenceKind]struct{ title, text, verb string }{
	data.DifferenceRenamed:   {"按新名单改名", "只改姓名，别的内容不动。平台上已有的人会重新待报，下次报盘一起更正。", "给 %s 人改名"},
	data.DifferenceMoved:     {"按新名单调动", "只改组织机构，别的内容不动。没有单独指定缴费机构的人，会跟着新机构走。", "调动 %s 人"},
	data.DifferenceCorrected: {"按新名单更正证件号", "改证件号，以及由它得出的性别、出生日期；余额、学时都不动。平台上已有的人会重新待报。", "更正 %s 人"},
}

func (s *Screen) askTakeOver(plan *data.TakeOverPlan) {
	words, ready := takeOverWords[plan.Kind], len(plan.Ready())
	dialog := ui.NewDialog(s.desk.Window, words.title)
	dialog.Width = takeOverWidth
	dialog.Text = words.text + "可以撤销。"
	if fresh := plan.NewOrganizations(); len(fresh) > 0 {
		dialog.Text += fmt.Sprintf("会新建 %d 个机构：%s。", len(fresh), desk.ShownPath(strings.Join(fresh, "、")))
	}
	if refused := len(plan.Rows) - ready; refused > 0 {
		dialog.Text += fmt.Sprintf("其中 %s 人不能改，原因在最后一列。", desk.Thousands(refused))
	}
	table := takeOverTable(plan)
	height := tableHead + tableRow*float32(min(len(plan.Rows), takeOverRows)) + tableUnderEdge
	dialog.Body = ui.Fixed(height, table)
	button := dialog.SetDefault(fmt.Sprintf(words.verb, desk.Thousands(ready)), func() bool {
		dialog.Hide()
		s.doTakeOver(plan)
		return true
	})
	button.SetDisabled(ready == 0)
	dialog.Show()
}

var takeOverColumns = []ui.TableColumn{
	{Key: "name", Title: "姓名", Width: 92, Strong: true},
	{Key: "id_number", Title: "身份证号码", Width: 164},
	{Key: "old", Title: "现在", Width: 136},
	{Key: "new", Title: "改为", Width: 136},
	{Key: "note", Title: ""},
}

func takeOverTable(plan *data.TakeOverPlan) *ui.DataTable {
	table := ui.NewDataTable(takeOverColumns...)
	table.Count = func() int { return len(plan.Rows) }
	table.Cell = func(row, column int) ui.Cell {
		one := plan.Rows[row]
		switch takeOverColumns[column].Key {
		case "name":
			return ui.Cell{Text: one.Name}
		case "id_number":
			return ui.Cell{Text: one.IDNumber}
		case "old":
			return ui.Cell{Text: desk.ShownPath(one.Old), Role: theme.Secondary}
		case "new":
			return ui.Cell{Text: desk.ShownPath(one.New), Role: theme.TextPrimary}
		}
		switch {
		case one.Problem != nil:
			return ui.Cell{Text: one.Problem.What + one.Problem.Fix, Role: theme.TextDanger}
		case one.NewOrganization != "":
			return ui.Cell{Text: "新建机构", Role: theme.Secondary}
		}
		return ui.Cell{}
	}
	table.OnOpen = func(int) {}
	return table
}

func (s *Screen) doTakeOver(plan *data.TakeOverPlan) {
	var act data.TraineeChange
	s.desk.Do(func(ctx context.Context) error {
		var err error
		act, err = s.service.TakeOver(ctx, plan)
		return err
	}, func() {
		s.tellUndoable(fmt.Sprintf("已按新名单修改 %s 人。", desk.Thousands(act.People)), act.ID)
	})
}
