// Package hours is 线下档案管理: the records of trainings that people attended in person.
package hours

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what this screen asks of the program.
type service interface {
	preview.Service
	WriteHoursSummary(ctx context.Context, w io.Writer, planID int64) (app.Written, error)
	HoursIDs(ctx context.Context, q data.OfflineHoursQuery) ([]int64, error)
	HoursRows(ctx context.Context, ids []int64) ([]data.OfflineHoursRow, error)
	HoursTotal(ctx context.Context, q data.OfflineHoursQuery) (data.Hours, error)
	Plans(ctx context.Context) ([]data.Plan, error)
	SaveTemplate(path string, form data.Form) error
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
}

// drawerWidth is in px, as beside the list of trainees.
const drawerWidth float32 = 308

// allPlans is the choice that does not filter.
const allPlans = "0"

// Screen is the page 线下档案管理.
type Screen struct {
	desk    *desk.Desk
	service service

	sentence *ui.Text
	imports  *ui.Button
	head     fyne.CanvasObject
	text     *ui.Field
	plans    *ui.Select
	table    *ui.DataTable
	count    *ui.Text
	sum      *ui.Text
	footer   fyne.CanvasObject
	drawer   *ui.Drawer
	host     *ui.DrawerHost
	nobody   fyne.CanvasObject // shown in the table's place while nothing is stored
	nothing  fyne.CanvasObject // shown while a filter finds nothing
	content  fyne.CanvasObject

	found     found
	rows      *desk.Rows[data.OfflineHoursRow]
	planID    int64
	inForce   int64 // the plan in force when planID was chosen by it
	sort      string
	backwards bool
	silent    bool
	asking    desk.Sequence
	reading   desk.Sequence
}

// New makes the page; it asks for nothing until it is entered.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s, sentence: ui.NewText("线下培训的学时记录。", theme.Text), sort: "starts", backwards: true}
	screen.inForce = d.Plan().ID
	screen.planID = screen.inForce
	screen.imports = ui.NewFilledButton("批量导入", "upload", screen.importHours)
	screen.imports.Hide()
	screen.head = ui.NewPageHead(screen.sentence, screen.imports, ui.NewButton("下载模板", "download", screen.saveTemplate), ui.NewMoreButton(screen.moreItems))
	screen.text = ui.NewSearchField("姓名 / 拼音 / 培训名称 / 主办单位", 280)
	screen.text.OnChanged = func(string) { screen.changedFilter() }
	screen.plans = ui.NewSelect("培训计划")
	screen.plans.OnChanged = func(key string) {
		screen.planID, _ = strconv.ParseInt(key, 10, 64)
		screen.changedFilter()
	}
	screen.table = screen.newTable()
	screen.count, screen.sum = ui.NewText("", theme.Secondary), ui.NewBold("")
	screen.footer = ui.NewFooter(screen.count, ui.Space(), screen.sum)
	screen.drawer = ui.NewDrawer()
	screen.drawer.OnStep = func(delta int) { screen.table.OpenStep(delta) }
	screen.drawer.OnClose = screen.closeDrawer
	filters := ui.NewFilterBar(screen.text, ui.Fixed(planWidth, screen.plans))
	list := ui.Column(0, filters, ui.Grow(screen.table), screen.footer)
	screen.host = ui.NewDrawerHost(list, screen.drawer, drawerWidth)
	screen.content = ui.Ground(theme.Surface, ui.Column(0, screen.head, ui.Grow(screen.host)))
	return screen
}

// planWidth is the plan filter's in px.
const planWidth float32 = 176

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter is part of desk.Screen. A string is searched for.
func (s *Screen) Enter(argument any) {
	ui.SetOnEscape(s.desk.Window.Canvas(), s.closeDrawer)
	s.followPlan()
	if text, ok := argument.(string); ok {
		s.setText(text)
	}
	s.ask()
}

// Changed is part of desk.Screen.
func (s *Screen) Changed(event app.Event) {
	switch event {
	case app.PlansChanged:
		s.followPlan()
		s.ask()
	case app.HoursChanged, app.TraineesChanged, app.OrganizationsChanged:
		s.ask()
	}
}

// Dropped is part of ui.DropTarget: a file dropped on the list is a sheet to import.
func (s *Screen) Dropped(paths []string) {
	if len(paths) > 0 {
		s.desk.Go(desk.ImportHours, paths[0])
	}
}

// followPlan filters for the plan in force when another was put in force.
func (s *Screen) followPlan() {
	if plan := s.desk.Plan().ID; plan != s.inForce {
		s.inForce, s.planID = plan, plan
	}
}

func (s *Screen) changedFilter() {
	if !s.silent {
		s.ask()
	}
}

// setText changes the search without asking.
func (s *Screen) setText(text string) {
	s.silent = true
	s.text.SetText(text)
	s.silent = false
}

// found is what one question to the store gives.
type found struct {
	ids        []int64
	total      data.Hours
	everything int
	plans      []data.Plan
}

// ask reads the list anew with the present filters and order.
func (s *Screen) ask() {
	query := data.OfflineHoursQuery{Text: strings.TrimSpace(s.text.Text()), PlanID: s.planID, Sort: s.sort, Descending: s.backwards}
	desk.Load(s.desk, &s.asking, func(ctx context.Context) (found, error) { return s.find(ctx, query) }, s.show)
}

func (s *Screen) find(ctx context.Context, query data.OfflineHoursQuery) (found, error) {
	var answer found
	everything, err := s.service.HoursIDs(ctx, data.OfflineHoursQuery{})
	if err != nil {
		return answer, err
	}
	answer.everything = len(everything)
	if answer.plans, err = s.service.Plans(ctx); err != nil {
		return answer, err
	}
	if answer.total, err = s.service.HoursTotal(ctx, query); err != nil {
		return answer, err
	}
	answer.ids, err = s.service.HoursIDs(ctx, query)
	return answer, err
}

// show puts an answer on the screen; the open row and the place in the list stay.
func (s *Screen) show(answer found) {
	s.found = answer
	s.rows = desk.NewRows(answer.ids, s.service.HoursRows, s.desk.Fail)
	s.table.Refresh()
	s.offerPlans()
	empty := answer.everything == 0
	setHidden(s.nobody, !empty)
	setHidden(s.nothing, empty)
	s.text.SetDisabled(empty)
	s.plans.SetDisabled(empty)
	s.imports.Hidden = empty
	s.sentence.Content = "线下培训的学时记录。" + desk.Thousands(answer.everything) + " 条。"
	if empty {
		s.sentence.Content = "线下培训的学时记录。还没有记录，先批量导入。"
	}
	s.head.Refresh()
	s.count.Content = fmt.Sprintf("共 %s 条", desk.Thousands(len(answer.ids)))
	if len(answer.ids) < answer.everything {
		s.count.Content = fmt.Sprintf("找到 %s 条，共 %s 条", desk.Thousands(len(answer.ids)), desk.Thousands(answer.everything))
	}
	s.sum.Content = "合计 " + answer.total.String() + " 学时"
	s.footer.Refresh()
	s.refreshDrawer()
}

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

func (s *Screen) offerPlans() {
	options := []ui.Option{{Key: allPlans, Text: "全部培训计划"}}
	for _, plan := range s.found.plans {
		options = append(options, ui.Option{Key: strconv.FormatInt(plan.ID, 10), Text: fmt.Sprintf("%d年计划", plan.Year), Note: plan.Number})
	}
	s.plans.SetOptions(options...)
	s.plans.SetKey(strconv.FormatInt(s.planID, 10))
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
		{Label: "导入记录", Icon: "history", Action: func() { s.desk.Go(desk.ImportHours, data.ImportRun{}) }},
		{Label: "打印学时汇总表", Icon: "printer", Disabled: s.planID == 0, Action: s.printSummary},
		{Label: "清除筛选条件", Icon: "x", Separated: true, Action: s.clearFilters},
		{Label: "恢复默认列宽", Icon: "columns-3", Action: func() {
			s.table.SetWidths(nil)
			s.table.OnResize(nil)
		}},
	}
}

// printSummary shows who has how many hours of the plan that is chosen, to be signed.
func (s *Screen) printSummary() {
	planID := s.planID
	preview.Show(s.desk, s.service, preview.Paper{
		Title: "学时汇总表", Name: "学时汇总表.pdf",
		Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
			return s.service.WriteHoursSummary(ctx, w, planID)
		},
	})
}

func (s *Screen) clearFilters() {
	s.setText("")
	s.planID = 0
	s.ask()
}

// columnsSetting keeps the widths in px that a person dragged, as JSON by column key.
const columnsSetting = "columns.hours"
