// Package home is 首页: the year's road in four steps, what waits for whom, deadlines, months, and the latest actions.
package home

import (
	"context"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what 首页 asks of the program.
type service interface {
	Home(ctx context.Context) (data.Home, error)
	Waits(ctx context.Context, home data.Home) ([]app.Wait, error)
	Plans(ctx context.Context) ([]data.Plan, error)
	RecentActions(ctx context.Context, limit int) ([]data.AuditEntry, error)
	ProfileGaps(ctx context.Context) ([]data.Problem, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	Today() data.Date
}

// Measures in px: the head, the distance between cards, and the columns' widths in a window of 1280.
const (
	pageHead   float32 = 52
	cardGap    float32 = 16
	leftShare  float32 = 680
	rightShare float32 = 352
)

// auditLines is how many of the latest actions are listed.
const auditLines = 6

// Screen is 首页.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject

	head   *fyne.Container
	place  *fyne.Container // holds the road, or the first steps of a new unit
	road   fyne.CanvasObject
	cards  [4]*stepCard
	waits  *waitList
	months *chart
	ends   *endList
	recent *recentList

	shown   bool // on the window now
	loading desk.Sequence
}

// outlook is what one look at the data found.
type outlook struct {
	home          data.Home
	waits         []app.Wait
	plans         []data.Plan
	audit         []data.AuditEntry
	gaps          int
	organizations int // below the unit itself
	today         data.Date
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s, head: ui.Row(8), place: ui.Stack()}
	for step := range screen.cards {
		screen.cards[step] = newStepCard(app.Step(step))
	}
	screen.waits, screen.ends, screen.recent = newWaitList(screen), newEndList(), newRecentList(d)
	screen.months = newChart(func() { d.Go(desk.Reports, nil) })
	screen.road = screen.buildRoad()
	head := ui.Fixed(pageHead, ui.Pad(16, 0, 16, 0, screen.head))
	screen.content = ui.Ground(theme.Background, ui.Column(0, head, ui.Grow(screen.place)))
	return screen
}

// buildRoad lays out the cards: four steps on top, below them what waits and the months, at the right the small lists.
func (s *Screen) buildRoad() fyne.CanvasObject {
	steps := &fyne.Container{Layout: stepLayout{}}
	for place, card := range s.cards {
		if place > 0 {
			steps.Add(ui.NewSizedIcon("chevron-right", theme.Secondary, 14))
		}
		steps.Add(card.content)
	}
	left := ui.Column(cardGap, s.waits.content, ui.Grow(s.months.card))
	right := ui.Column(cardGap, s.ends.content, s.recent.content)
	columns := ui.Row(cardGap, ui.GrowBy(leftShare, left), ui.GrowBy(rightShare, right))
	return ui.NewScroll(ui.Pad(16, 0, 16, 16, ui.Column(cardGap, steps, ui.Grow(columns))))
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter shows the screen; it takes no argument.
func (s *Screen) Enter(any) {
	s.shown = true
	s.reload()
}

// Leave is part of desk.Leaver: there is nothing to save, but what is not seen need not be read again at every change.
func (s *Screen) Leave(proceed func()) {
	s.shown = false
	proceed()
}

// Changed is part of desk.Screen. Everything that is stored shows here somewhere.
func (s *Screen) Changed(app.Event) {
	if s.shown {
		s.reload()
	}
}

func (s *Screen) reload() { desk.Load(s.desk, &s.loading, s.look, s.show) }

func (s *Screen) look(ctx context.Context) (found outlook, err error) {
	found.today = s.service.Today()
	if found.home, err = s.service.Home(ctx); err != nil {
		return found, err
	}
	if found.waits, err = s.service.Waits(ctx, found.home); err != nil {
		return found, err
	}
	if found.plans, err = s.service.Plans(ctx); err != nil {
		return found, err
	}
	if found.audit, err = s.service.RecentActions(ctx, auditLines); err != nil {
		return found, err
	}
	gaps, err := s.service.ProfileGaps(ctx)
	if err != nil {
		return found, err
	}
	tree, err := s.service.Organizations(ctx)
	found.gaps, found.organizations = len(gaps), max(0, len(tree.List())-1)
	return found, err
}

func (s *Screen) show(found outlook) {
	s.showHead(found)
	if found.home.Trainees == 0 {
		s.place.Objects = []fyne.CanvasObject{s.welcome(found)}
		s.content.Refresh()
		return
	}
	next := app.NextStep(found.home)
	for step, card := range s.cards {
		facts := stepFacts(app.Step(step), found.home)
		card.set(facts, app.Step(step) == next, func() { s.desk.Go(facts.page, facts.argument) })
	}
	s.waits.set(found)
	s.ends.set(found)
	s.recent.set(found)
	s.months.set(found.home)
	s.place.Objects = []fyne.CanvasObject{s.road}
	s.content.Refresh()
}

// showHead says what day it is, how long the plan still runs, and what comes next.
func (s *Screen) showHead(found outlook) {
	day, rest := headline(found)
	words := ui.NewElidedText(rest, theme.Text)
	pay := ui.NewButton("新建缴费", "plus", func() { s.desk.Go(desk.Payment, nil) })
	add := ui.NewButton("导入学员", "upload", func() { s.desk.Go(desk.ImportRoster, nil) })
	s.head.Objects = []fyne.CanvasObject{ui.Wide(ui.Row(0, ui.NewBold(day), ui.Wide(words))), pay, add}
	if found.home.Trainees == 0 {
		s.head.Objects = s.head.Objects[:1]
	}
}
