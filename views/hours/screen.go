// Package hours is 线下档案管理: the records of trainings that people attended in person.
package hours

import (
	"context"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"slices"
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
	desk.WidthKeeper
	WriteHoursSummary(ctx context.Context, w io.Writer, planID int64) (app.Written, error)
	HoursIDs(ctx context.Context, q data.OfflineHoursQuery) ([]int64, error)
	HoursRows(ctx context.Context, ids []int64) ([]data.OfflineHoursRow, error)
	HoursTotal(ctx context.Context, q data.OfflineHoursQuery) (data.Hours, error)
	HoursRules(ctx context.Context) data.HoursRules
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	Plans(ctx context.Context) ([]data.Plan, error)
	Roll(ctx context.Context) ([]data.RollEntry, error)
	Now() data.Moment
	JudgeHours(ctx context.Context, id int64, entry app.HoursEntry) ([]data.Problem, error)
	AddHours(ctx context.Context, entry app.HoursEntry) (data.HoursChange, error)
	EditHours(ctx context.Context, id int64, entry app.HoursEntry) (data.HoursChange, error)
	RemoveHours(ctx context.Context, ids []int64) (data.HoursChange, error)
	UndoHoursChange(ctx context.Context, id int64) error
	HoursFiles(ctx context.Context, hoursID int64) ([]data.HoursPaper, error)
	AddHoursFile(ctx context.Context, hoursID int64, path string) (data.HoursPaper, error)
	RemoveHoursFile(ctx context.Context, hoursID, id int64) error
	RestoreHoursFile(ctx context.Context, hoursID, id int64) error
	HoursFileContent(ctx context.Context, id int64) ([]byte, error)
	HoursFileImage(ctx context.Context, id int64) (image.Image, error)
	SaveHoursFile(ctx context.Context, id int64, path string) error
	ExportHours(ctx context.Context, path string, q data.OfflineHoursQuery, disclosure app.Disclosure) (int, error)
	SaveTemplate(path string, form data.Form) error
}

// drawerWidth is in px, as beside the list of trainees.
const drawerWidth float32 = 308

// Screen is the page 线下档案管理.
type Screen struct {
	desk    *desk.Desk
	service service

	sentence *ui.Text
	adds     *ui.Button
	exports  *ui.Button
	head     fyne.CanvasObject
	filters  *filters
	table    *ui.DataTable
	count    *ui.Text
	sum      *ui.Text
	footer   fyne.CanvasObject
	drawer   *ui.Drawer
	list     *fyne.Container
	host     *ui.DrawerHost
	nobody   fyne.CanvasObject // shown in the table's place while nothing is stored
	nothing  fyne.CanvasObject // shown while a filter finds nothing
	content  fyne.CanvasObject
	form     *entryForm // the one that was opened last

	found     found
	rows      *desk.Rows[data.OfflineHoursRow]
	wanted    int64 // the record to open at the next look
	inForce   int64 // the plan in force when the list was filtered by it
	sort      string
	backwards bool
	asking    desk.Sequence
	reading   desk.Sequence
	adding    desk.Sequence
}

// New makes the page; it asks for nothing until it is entered.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s, sentence: ui.NewText("线下培训的学时记录。", theme.Text), sort: "starts", backwards: true}
	screen.adds = ui.NewFilledButton("登记学时", "plus", screen.add)
	screen.adds.Hide()
	screen.exports = ui.NewButton("导出", "download", screen.export)
	screen.head = ui.NewPageHead(screen.sentence, screen.adds, ui.NewButton("批量导入", "upload", screen.importHours), screen.exports,
		ui.NewMoreButton(screen.moreItems))
	screen.filters = newFilters(screen.ask)
	screen.table = screen.newTable()
	screen.count, screen.sum = ui.NewText("", theme.Secondary), ui.NewBold("")
	screen.footer = ui.NewFooter(screen.count, ui.Space(), screen.sum)
	screen.drawer = ui.NewDrawer()
	screen.drawer.OnStep = func(delta int) { screen.table.OpenStep(delta) }
	screen.drawer.OnClose = screen.closeDrawer
	screen.list = ui.Column(0, screen.filters.content, ui.Grow(screen.table), screen.footer)
	screen.host = ui.NewDrawerHost(screen.list, screen.drawer, drawerWidth)
	screen.content = ui.Ground(theme.Surface, ui.Column(0, screen.head, ui.Grow(screen.host)))
	return screen
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter is part of desk.Screen. A string is searched for, a flag keeps those that have it, an int64 is the key of a record to open.
func (s *Screen) Enter(argument any) {
	ui.SetOnEscape(s.desk.Window.Canvas(), s.closeDrawer)
	s.followPlan()
	switch wanted := argument.(type) {
	case string:
		s.filters.set(func() { s.filters.text.SetText(wanted) })
	case int64:
		s.filters.clear()
		s.wanted = wanted
	case data.HoursFlag:
		s.filters.clear()
		s.filters.set(func() { s.filters.only.SetKey(string(wanted)) })
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

// Dropped is part of ui.DropTarget: files dropped beside an open record are its papers, else a file is a sheet to import.
func (s *Screen) Dropped(paths []string) {
	if len(paths) == 0 {
		return
	}
	if row := s.table.OpenRow(); s.host.IsOpen() && row >= 0 && isPaper(paths[0]) {
		s.addPapers(s.rows.ID(row), paths)
		return
	}
	s.desk.Go(desk.ImportHours, paths[0])
}

// isPaper tells a proof from a sheet by the file's name alone; its content is judged when it is kept.
func isPaper(path string) bool {
	return slices.Contains(paperTypes, strings.ToLower(filepath.Ext(path)))
}

// followPlan filters for the plan in force when another was put in force.
func (s *Screen) followPlan() {
	if plan := s.desk.Plan().ID; plan != s.inForce {
		s.inForce = plan
		s.filters.setPlan(plan)
	}
}

// found is what one question to the store gives.
type found struct {
	ids        []int64
	total      data.Hours
	everything int
	plans      []data.Plan
	tree       data.OrganizationTree
}

// query is what the list shows.
func (s *Screen) query() data.OfflineHoursQuery {
	q := s.filters.query()
	q.Sort, q.Descending = s.sort, s.backwards
	return q
}

// ask reads the list anew with the present filters and order.
func (s *Screen) ask() {
	query := s.query()
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
	if answer.tree, err = s.service.Organizations(ctx); err != nil {
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
	s.filters.offer(answer.plans, answer.tree)
	desk.KeepTicked(s.table, answer.ids)
	s.table.Refresh()
	empty := answer.everything == 0
	setHidden(s.nobody, !empty)
	setHidden(s.nothing, empty)
	setHidden(s.filters.content, empty)
	s.adds.Hidden = empty
	s.exports.Hidden = empty
	s.sentence.Content = "线下培训的学时记录。" + desk.Thousands(answer.everything) + " 条。"
	if empty {
		s.sentence.Content = "线下培训的学时记录。还没有记录，批量导入或逐条登记。"
	}
	s.head.Refresh()
	s.showSums()
	s.list.Refresh()
	if row := slices.Index(answer.ids, s.wanted); s.wanted != 0 && row >= 0 {
		s.table.ScrollToRow(row)
		s.table.Open(row)
	}
	s.wanted = 0
	s.refreshDrawer()
}

// showSums tells what the list, or what is ticked in it, comes to.
func (s *Screen) showSums() {
	s.count.Content = fmt.Sprintf("共 %s 条", desk.Thousands(len(s.found.ids)))
	if len(s.found.ids) < s.found.everything {
		s.count.Content = fmt.Sprintf("找到 %s 条，共 %s 条", desk.Thousands(len(s.found.ids)), desk.Thousands(s.found.everything))
	}
	s.sum.Content = "合计 " + s.found.total.String() + " 学时"
	s.footer.Refresh()
	ticked := s.table.Ticked()
	if len(ticked) == 0 {
		s.adding.Drop()
		return
	}
	desk.Load(s.desk, &s.adding, func(ctx context.Context) (data.Hours, error) {
		rows, err := s.service.HoursRows(ctx, ticked)
		var total data.Hours
		for _, row := range rows {
			total += row.Hours
		}
		return total, err
	}, func(total data.Hours) {
		s.count.Content = fmt.Sprintf("已选 %s 条 · %s 学时　%s", desk.Thousands(len(ticked)), total, s.count.Content)
		s.footer.Refresh()
	})
}

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

func (s *Screen) clearFilters() {
	s.filters.clear()
	s.ask()
}

// columnsSetting keeps the widths in px that a person dragged, as JSON by column key.
const columnsSetting = "columns.hours"
