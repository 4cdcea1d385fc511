// Package trainees is 学员列表: everybody who takes part, to be found, added, changed, moved and disabled.
package trainees

import (
	"context"
	"io"

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
	TraineeIDs(ctx context.Context, q data.TraineeQuery) ([]int64, error)
	TraineeRows(ctx context.Context, ids []int64, planID int64) ([]data.TraineeRow, error)
	TraineeTotals(ctx context.Context, q data.TraineeQuery) (data.TraineeTotals, error)
	Balances(ctx context.Context, ids []int64) (data.Money, error)
	Trainee(ctx context.Context, id int64) (data.Trainee, error)
	Reveal(ctx context.Context, id int64) (data.Trainee, error)
	SetTraineeStatus(ctx context.Context, ids []int64, status data.TraineeStatus) (data.TraineeChange, error)
	MoveTrainees(ctx context.Context, ids []int64, organization data.Organization) (data.TraineeChange, error)
	UndoTraineeChange(ctx context.Context, id int64) (data.UndoResult, error)
	TraineeHistory(ctx context.Context, id int64) ([]data.TraineeEvent, error)
	Duplicates(ctx context.Context, progress app.Progress) ([]data.DuplicateGroup, error)
	CompareRoster(ctx context.Context, path string, options app.ImportOptions) (data.RosterDifference, error)
	CompareFiles(ctx context.Context, earlier, later string, options app.ImportOptions) (data.RosterDifference, error)
	SaveRosterDifference(path string, difference data.RosterDifference) error
	PlanTakeOver(ctx context.Context, difference data.RosterDifference, rows []data.DifferenceRow, options app.ImportOptions) (*data.TakeOverPlan, error)
	TakeOver(ctx context.Context, plan *data.TakeOverPlan) (data.TraineeChange, error)
	PlanRows(ctx context.Context, path string, options app.ImportOptions, rows []int) (*data.ImportPlan, error)
	CommitImport(ctx context.Context, plan *data.ImportPlan, progress app.Progress) (app.ImportResult, error)
	UndoImport(ctx context.Context, runID int64) (data.UndoResult, error)
	MarkDistinct(ctx context.Context, ids []int64) error
	ForgetDistinct(ctx context.Context, ids []int64) error
	PreviewMerge(ctx context.Context, request data.MergeRequest) (data.MergePreview, error)
	MergeTrainees(ctx context.Context, request data.MergeRequest) (data.MergeResult, error)
	RequestPasswordReset(ctx context.Context, traineeIDs []int64) ([]int64, error)
	WithdrawPasswordResets(ctx context.Context, requestIDs []int64) ([]int64, error)
	FinishPasswordResets(ctx context.Context, requestIDs []int64) ([]int64, error)
	ReopenPasswordResets(ctx context.Context, requestIDs []int64) ([]int64, error)
	PasswordResets(ctx context.Context) ([]data.PasswordReset, error)
	WritePasswordSlips(ctx context.Context, w io.Writer, requestIDs []int64) (app.Written, error)
	AddTrainee(ctx context.Context, cells map[string]string) (data.ImportRow, error)
	EditTrainee(ctx context.Context, id int64, cells map[string]string) (data.ImportRow, error)
	JudgeTrainee(ctx context.Context, id int64, cells map[string]string) ([]data.Problem, error)
	JudgeTyped(cells map[string]string) []data.Problem
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	LearningFile(ctx context.Context, traineeID int64) (data.LearningFile, error)
	HoursIDs(ctx context.Context, q data.OfflineHoursQuery) ([]int64, error)
	HoursRows(ctx context.Context, ids []int64) ([]data.OfflineHoursRow, error)
	RechargeIDs(ctx context.Context, q data.RechargeQuery) ([]int64, error)
	RechargeEntries(ctx context.Context, ids []int64) ([]data.RechargeEntry, error)
	ExportTrainees(ctx context.Context, path string, q data.TraineeQuery, full bool, reason string) (int, error)
	SaveTemplate(path string, form data.Form) error
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
	Now() data.Moment
}

// drawerWidth is in px (design: Measures).
const drawerWidth float32 = 308

// Screen is the page 学员列表.
type Screen struct {
	desk    *desk.Desk
	service service

	sentence   *sentence
	filters    *filters
	actions    *actions
	table      *ui.DataTable
	footer     *footer
	details    *details
	resets     *resets     // the page that was opened last
	duplicates *duplicates // likewise
	comparison *comparison // likewise
	form       *personForm // the dialog that was opened last
	host       *ui.DrawerHost
	nobody     fyne.CanvasObject // shown in the table's place while nobody is stored
	nothing    fyne.CanvasObject // shown while a filter finds nobody
	list       *fyne.Container   // the page itself
	page       *fyne.Container   // what stands in its place
	content    *fyne.Container

	pageTitle string
	renew     func() // reads the page in the list's place anew
	found     found
	rows      *desk.Rows[data.TraineeRow]
	sort      string
	backwards bool
	asking    desk.Sequence
	summing   desk.Sequence
	sum       data.Money // of the ticked people's balances
	summed    bool       // sum belongs to the present ticks
	wanted    int64      // whose drawer shall open when the list has come
}

// New makes the page; it asks for nothing until it is entered.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s, sort: "username"}
	screen.sentence = newSentence(screen.showWaiting)
	screen.filters = newFilters(screen.ask)
	screen.actions = newActions(screen)
	screen.details = newDetails(screen)
	screen.footer = newFooter(screen)
	screen.table = screen.newTable()
	list := ui.Column(0, screen.filters.content, ui.Grow(screen.table), screen.footer.content)
	screen.host = ui.NewDrawerHost(list, screen.details.drawer, drawerWidth)
	screen.actions.head = ui.NewPageHead(screen.sentence.content, screen.actions.objects()...)
	screen.list, screen.page = ui.Column(0, screen.actions.head, ui.Grow(screen.host)), ui.Stack()
	screen.page.Hide()
	screen.content = ui.Ground(theme.Surface, ui.Stack(screen.list, screen.page))
	return screen
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter is part of desk.Screen. An int64 opens that trainee's drawer, a string is searched for, a data.TraineeQuery filters.
func (s *Screen) Enter(argument any) {
	ui.SetOnEscape(s.desk.Window.Canvas(), s.leavePart)
	s.closePage()
	switch wanted := argument.(type) {
	case int64:
		s.filters.set(data.TraineeQuery{})
		s.wanted = wanted
	case string:
		s.filters.set(data.TraineeQuery{Text: wanted})
	case data.TraineeQuery:
		s.filters.set(wanted)
	}
	s.ask()
}

// Changed is part of desk.Screen.
func (s *Screen) Changed(event app.Event) {
	switch event {
	case app.TraineesChanged, app.OrganizationsChanged, app.LedgerChanged, app.HoursChanged, app.PlansChanged:
		s.found.census.known = false
		s.ask()
		if s.page.Visible() && s.renew != nil {
			s.renew()
		}
	}
}

// Dropped is part of ui.DropTarget: a file dropped on the list is a roster to import.
func (s *Screen) Dropped(paths []string) {
	if len(paths) > 0 {
		s.desk.Go(desk.ImportRoster, paths[0])
	}
}

// showWaiting filters for the people whose data is not complete.
func (s *Screen) showWaiting() {
	s.filters.set(data.TraineeQuery{Status: data.TraineeEnabled, Incomplete: true})
	s.ask()
}

// found is what one question to the store gives.
type found struct {
	census
	ids    []int64
	totals data.TraineeTotals
	planID int64
}

// census is what does not depend on the filters: it is read again only after something was stored, not at every key typed.
type census struct {
	known     bool
	everybody int
	waiting   int
	tree      data.OrganizationTree
}

// ask reads the list anew with the present filters and order.
func (s *Screen) ask() {
	query := s.filters.query()
	query.Sort, query.Descending, query.PlanID = s.sort, s.backwards, s.desk.Plan().ID
	known := s.found.census
	desk.Load(s.desk, &s.asking, func(ctx context.Context) (found, error) { return s.find(ctx, query, known) }, s.show)
}

func (s *Screen) find(ctx context.Context, query data.TraineeQuery, known census) (found, error) {
	answer := found{census: known, planID: query.PlanID}
	var err error
	if !known.known {
		if answer.census, err = s.count(ctx); err != nil {
			return answer, err
		}
	}
	if answer.totals, err = s.service.TraineeTotals(ctx, query); err != nil {
		return answer, err
	}
	answer.ids, err = s.service.TraineeIDs(ctx, query)
	return answer, err
}

func (s *Screen) count(ctx context.Context) (census, error) {
	everybody, err := s.service.TraineeTotals(ctx, data.TraineeQuery{})
	if err != nil {
		return census{}, err
	}
	waiting, err := s.service.TraineeTotals(ctx, data.TraineeQuery{Status: data.TraineeEnabled, Incomplete: true})
	if err != nil {
		return census{}, err
	}
	tree, err := s.service.Organizations(ctx)
	return census{known: true, everybody: everybody.Count, waiting: waiting.Count, tree: tree}, err
}

// show puts an answer on the screen; ticks, the open row and the place in the list stay.
func (s *Screen) show(answer found) {
	s.found = answer
	s.rows = desk.NewRows(answer.ids, func(ctx context.Context, ids []int64) ([]data.TraineeRow, error) {
		return s.service.TraineeRows(ctx, ids, answer.planID)
	}, s.desk.Fail)
	s.filters.offer(answer.tree)
	s.sentence.set(answer.everybody, answer.waiting)
	s.nobody.(hider).Hide()
	s.nothing.(hider).Hide()
	if answer.everybody == 0 {
		s.nobody.Show()
	} else {
		s.nothing.Show()
	}
	s.filters.setDisabled(answer.everybody == 0)
	s.table.Refresh()
	s.keepTicks()
	s.tickChanged()
	s.refreshDrawer()
}

type hider interface{ Hide() }

// keepTicks drops the ticks of people whom the list does not show any more: nobody shall be changed unseen.
func (s *Screen) keepTicks() {
	if s.table.TickedCount() == 0 {
		return
	}
	listed := make(map[int64]bool, len(s.found.ids))
	for _, id := range s.found.ids {
		listed[id] = true
	}
	var kept []int64
	for _, id := range s.table.Ticked() {
		if listed[id] {
			kept = append(kept, id)
		}
	}
	s.table.SetTicked(kept...)
}

// tickChanged shows how many are ticked and sums their balances.
func (s *Screen) tickChanged() {
	ticked := s.table.Ticked()
	s.actions.update(len(ticked), s.found.everybody)
	s.summed = false
	s.footer.update()
	if len(ticked) == 0 {
		return
	}
	desk.Load(s.desk, &s.summing, func(ctx context.Context) (data.Money, error) { return s.service.Balances(ctx, ticked) }, func(sum data.Money) {
		s.sum, s.summed = sum, true
		s.footer.update()
	})
}

// refreshDrawer opens whom Enter asked for, or reads the open trainee anew.
func (s *Screen) refreshDrawer() {
	if s.wanted != 0 {
		for row, id := range s.found.ids {
			if id == s.wanted {
				s.wanted = 0
				s.table.Open(row)
				return
			}
		}
		s.wanted = 0
	}
	if !s.host.IsOpen() {
		return
	}
	if s.table.OpenRow() < 0 {
		s.closeDrawer()
		return
	}
	s.details.load(s.details.id)
}

// leavePart is what Escape does: it closes the drawer, or the page in the list's place.
func (s *Screen) leavePart() {
	if s.page.Visible() {
		s.closePage()
		return
	}
	s.closeDrawer()
}

// openDrawer narrows the filters first, so that they are in one line when the list beside the drawer is laid out.
func (s *Screen) openDrawer(row int) {
	s.filters.widen(false)
	s.host.SetOpen(true)
	s.details.load(s.rows.ID(row))
}

func (s *Screen) closeDrawer() {
	s.host.SetOpen(false)
	s.filters.widen(true)
	s.table.CloseRow()
}
