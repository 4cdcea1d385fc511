// Package learning is 学习档案: who has how many hours of a plan, who is behind and by how much, and each person's years.
package learning

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

// service is what 学习档案 asks of the program.
type service interface {
	preview.Service
	desk.WidthKeeper
	Learning(ctx context.Context, q data.LearningQuery) ([]int64, data.LearningTotals, error)
	TraineeRows(ctx context.Context, ids []int64, planID int64) ([]data.TraineeRow, error)
	LearningFile(ctx context.Context, traineeID int64) (data.LearningFile, error)
	WriteLearningFile(ctx context.Context, w io.Writer, traineeID int64) (app.Written, error)
	Reminders(ctx context.Context, planID int64, ids []int64) (string, error)
	ExportLearning(ctx context.Context, path string, q data.LearningQuery) (int, error)
	Report(ctx context.Context, q data.ReportQuery) (data.Report, error)
	Plans(ctx context.Context) ([]data.Plan, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
}

// The tabs, in their order.
const (
	tabPeople = iota
	tabOrganizations
)

// drawerWidth is in px.
const drawerWidth float32 = 340

// Screen is the page 学习档案.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject

	sentence      *ui.ElidedText
	tabs          *ui.Tabs
	text          *ui.Field
	plans, only   *ui.Select
	organization  *ui.Picker
	table         *ui.DataTable
	count         *ui.Text
	sum           *ui.Text
	footer        fyne.CanvasObject
	host          *ui.DrawerHost
	drawer        *ui.Drawer
	people        fyne.CanvasObject
	organizations *organizations
	remind        *ui.Button

	found     found
	rows      *desk.Rows[data.TraineeRow]
	planID    int64
	inForce   int64
	sort      string
	backwards bool
	silent    bool
	shown     bool
	file      data.LearningFile // the one in the drawer
	asking    desk.Sequence
	reading   desk.Sequence
}

// New makes the page; it asks for nothing until it is entered.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s, sentence: ui.NewElidedText("", theme.Text), sort: "missing", backwards: true}
	screen.remind = ui.NewFilledButton("复制提醒", "copy", screen.remindAll)
	head := ui.NewPageHead(screen.sentence, screen.remind, ui.NewButton("导出", "download", screen.export))
	screen.tabs = ui.NewTabs(ui.Tab{Label: "学员"}, ui.Tab{Label: "按机构"})
	screen.tabs.OnChanged = func(int) { screen.showTab() }
	screen.newFilters()
	screen.table = screen.newTable()
	screen.count, screen.sum = ui.NewText("", theme.Secondary), ui.NewBold("")
	screen.footer = ui.NewFooter(screen.count, ui.Space(), screen.sum)
	screen.drawer = ui.NewDrawer()
	screen.drawer.OnStep = func(delta int) { screen.table.OpenStep(delta) }
	screen.drawer.OnClose = screen.closeDrawer
	clear := ui.NewLink("清除条件", screen.clear)
	list := ui.Column(0, ui.NewFilterBar(screen.text, screen.organization, ui.Row(12, screen.only, clear)), ui.Grow(screen.table), screen.footer)
	screen.host = ui.NewDrawerHost(list, screen.drawer, drawerWidth)
	screen.people = screen.host
	screen.organizations = newOrganizations(screen)
	bar := ui.Row(0, ui.Wide(screen.tabs), ui.Fixed(planWidth, screen.plans), ui.Gap(16))
	screen.content = ui.Ground(theme.Surface, ui.Column(0, head, bar, ui.NewLine(), ui.Grow(ui.Stack(screen.people, screen.organizations.content))))
	screen.showTab()
	return screen
}

// planWidth is the plan's choice in px.
const planWidth float32 = 132

func (s *Screen) newFilters() {
	s.text = ui.NewSearchField("姓名 / 拼音", 200)
	s.text.OnChanged = func(string) { s.changed() }
	s.organization = ui.NewPicker("组织机构")
	s.organization.Clearable, s.organization.Width = true, 180
	s.organization.OnChanged = func([]string) { s.changed() }
	options := []ui.Option{{Key: "", Text: "全部学员"}}
	for _, flag := range data.LearningFlags {
		options = append(options, ui.Option{Key: string(flag), Text: string(flag)})
	}
	s.only = ui.NewSelect("全部学员", options...)
	s.only.Width = 148
	s.only.SetKey(string(data.LearningMissing))
	s.only.OnChanged = func(string) { s.changed() }
	s.plans = ui.NewSelect("培训计划")
	s.plans.OnChanged = func(key string) {
		s.planID, _ = strconv.ParseInt(key, 10, 64)
		s.changed()
	}
}

func (s *Screen) changed() {
	if !s.silent {
		s.ask()
	}
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter is part of desk.Screen. An int64 is the key of somebody whose file is opened.
func (s *Screen) Enter(argument any) {
	s.shown = true
	ui.SetOnEscape(s.desk.Window.Canvas(), s.closeDrawer)
	if plan := s.desk.Plan().ID; plan != s.inForce {
		s.inForce, s.planID = plan, plan
	}
	s.ask()
	if id, ok := argument.(int64); ok {
		s.open(id)
	}
}

// Leave is part of desk.Leaver: a page that nobody sees asks for nothing.
func (s *Screen) Leave(proceed func()) {
	s.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (s *Screen) Changed(event app.Event) {
	switch event {
	case app.HoursChanged, app.TraineesChanged, app.OrganizationsChanged, app.PlansChanged, app.LedgerChanged:
		if s.shown {
			s.ask()
		}
	}
}

// found is one look at the data.
type found struct {
	ids    []int64
	totals data.LearningTotals
	plans  []data.Plan
	tree   data.OrganizationTree
	report data.Report
}

func (s *Screen) query() data.LearningQuery {
	q := data.LearningQuery{PlanID: s.planID, Text: strings.TrimSpace(s.text.Text()), Only: data.LearningFlag(s.only.Key()), Sort: s.sort, Descending: s.backwards}
	q.OrganizationID, _ = strconv.ParseInt(s.organization.Key(), 10, 64)
	return q
}

func (s *Screen) ask() {
	query := s.query()
	desk.Load(s.desk, &s.asking, func(ctx context.Context) (f found, err error) {
		if f.ids, f.totals, err = s.service.Learning(ctx, query); err != nil {
			return f, err
		}
		if f.plans, err = s.service.Plans(ctx); err != nil {
			return f, err
		}
		if f.tree, err = s.service.Organizations(ctx); err != nil {
			return f, err
		}
		f.report, err = s.service.Report(ctx, data.ReportQuery{Kind: data.ReportPlan, By: data.ByOrganization, PlanID: query.PlanID})
		return f, err
	}, s.show)
}

// plan is the one that the page counts for.
func (s *Screen) plan() data.Plan {
	for _, plan := range s.found.plans {
		if plan.ID == s.planID {
			return plan
		}
	}
	return data.Plan{}
}

func (s *Screen) show(f found) {
	s.found = f
	planID := s.planID
	s.rows = desk.NewRows(f.ids, func(ctx context.Context, ids []int64) ([]data.TraineeRow, error) {
		return s.service.TraineeRows(ctx, ids, planID)
	}, s.desk.Fail)
	s.offer()
	desk.KeepTicked(s.table, f.ids)
	s.table.Refresh()
	s.organizations.show(f.report)
	behind := f.totals.People - f.totals.Reached
	s.sentence.SetText(fmt.Sprintf("%d年计划考核值 %s 学时：%s 人里已达标 %s 人，未达标 %s 人。只算单位登记的学时，线上学时以平台为准。", s.plan().Year, s.plan().Target,
		desk.Thousands(f.totals.People), desk.Thousands(f.totals.Reached), desk.Thousands(behind)))
	s.showSums()
	if s.host.IsOpen() {
		s.open(s.file.Trainee.ID)
	}
}

// offer fills the choices without asking again.
func (s *Screen) offer() {
	s.silent = true
	defer func() { s.silent = false }()
	var options []ui.Option
	for _, plan := range s.found.plans {
		options = append(options, ui.Option{Key: strconv.FormatInt(plan.ID, 10), Text: fmt.Sprintf("%d年计划", plan.Year), Note: plan.Number})
	}
	s.plans.SetOptions(options...)
	s.plans.SetKey(strconv.FormatInt(s.planID, 10))
	s.organization.SetOptions(desk.OrganizationOptions(s.found.tree)...)
}

func (s *Screen) showSums() {
	text := fmt.Sprintf("共 %s 人", desk.Thousands(s.found.totals.Found))
	if ticked := s.table.TickedCount(); ticked > 0 {
		text = fmt.Sprintf("已选 %s 人　", desk.Thousands(ticked)) + text
	}
	s.count.Content = text
	s.sum.Content = fmt.Sprintf("已登记 %s 学时　还差 %s 学时", s.found.totals.Hours, s.found.totals.Missing)
	s.footer.Refresh()
	s.remind.SetDisabled(s.found.totals.Found == 0)
}

func (s *Screen) showTab() {
	people := s.tabs.Selected() == tabPeople
	setHidden(s.people, !people)
	setHidden(s.organizations.content, people)
}

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

func (s *Screen) clear() {
	s.silent = true
	s.text.SetText("")
	s.organization.SetKeys()
	s.only.SetKey("")
	s.silent = false
	s.ask()
}
