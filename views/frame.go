package views

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/copying"
	"peixun/views/desk"
	"peixun/views/home"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Frame measures in px.
const (
	navigationWidth float32 = 200
	topBarHeight    float32 = 52
	statusHeight    float32 = 28
)

// Frame is the window of somebody who is logged in: navigation, top bar, one screen, status bar.
type Frame struct {
	window *Window
	desk   *desk.Desk
	// administrator is who was logged in when the frame was made.
	administrator data.Administrator
	builders      map[desk.Page]func() desk.Screen
	screens       map[desk.Page]desk.Screen
	painted       map[desk.Page]bool // whether a screen was last painted dark
	page          desk.Page
	argument      any // with which it was opened
	plan          data.Plan
	plans         []data.Plan

	content  fyne.CanvasObject
	place    *fyne.Container // holds the current screen
	items    map[desk.Page]*ui.NavItem
	groups   []*navGroup
	top      *topBar
	status   *statusBar
	counting desk.Sequence
	checking desk.Sequence // of the bank lines
	counted  data.Home
	// unchecked are the bank lines that nobody settled. Counting them reads all books, so it is done only when these have changed.
	unchecked int
}

// navGroup is a group of pages in the navigation with the pages' lines.
type navGroup struct {
	item  *ui.NavItem
	pages []desk.Page
	lines *fyne.Container
}

func newFrame(w *Window) *Frame {
	f := &Frame{window: w, desk: w.desk, screens: map[desk.Page]desk.Screen{}, painted: map[desk.Page]bool{}, items: map[desk.Page]*ui.NavItem{}}
	f.administrator, _ = w.app.Session()
	f.desk.Go, f.desk.Retitle = f.Go, f.retitle
	f.desk.Plan = func() data.Plan { return f.plan }
	f.desk.CopyAssistant = copying.New(f.desk, w.app).Open
	f.builders = builders(f.desk, w)
	f.loadPlans()
	f.place = ui.Stack()
	f.top, f.status = newTopBar(f), newStatusBar(w.app, func() { f.Go(desk.Backups, nil) })
	right := ui.Column(0, ui.Fixed(topBarHeight, f.top.content), ui.Grow(ui.Ground(theme.Background, f.place)), ui.Fixed(statusHeight, f.status.content))
	f.content = ui.Row(0, ui.FixedFill(navigationWidth, f.navigation()), ui.Grow(right))
	f.count()
	f.countLines()
	return f
}

func (f *Frame) navigation() fyne.CanvasObject {
	lines := ui.Column(2)
	for _, entry := range menu {
		if entry.label == "" {
			lines.Add(f.line(entry.pages[0], ui.NewNavItem(entry.icon, string(entry.pages[0]), nil)))
			continue
		}
		group := &navGroup{pages: entry.pages, lines: ui.Column(2)}
		group.item = ui.NewNavGroup(entry.icon, entry.label, func() {
			if group.item.Open() {
				f.unfold(nil)
			} else {
				f.unfold(group)
			}
		})
		for _, page := range entry.pages {
			group.lines.Add(f.line(page, ui.NewNavChild(string(page), nil)))
		}
		group.lines.Hide()
		f.groups = append(f.groups, group)
		lines.Add(group.item)
		lines.Add(group.lines)
	}
	mark := ui.Stack(ui.NewBox(theme.Primary, theme.None, 4), ui.Pad(4, 4, 4, 4, ui.NewIcon("award", theme.OnPrimary)))
	brand := ui.Column(0, ui.Fixed(topBarHeight-1, ui.Pad(16, 0, 8, 0, ui.Row(8, mark, ui.NewSection("培训管理台")))), ui.NewLine())
	scroll := ui.NewScroll(ui.Pad(8, 8, 8, 8, lines))
	return ui.Ground(theme.Surface, ui.Row(0, ui.Grow(ui.Column(0, brand, ui.Grow(scroll))), ui.FixedFill(1, ui.NewLine())))
}

func (f *Frame) line(page desk.Page, item *ui.NavItem) *ui.NavItem {
	item.OnTapped = func() { f.Go(page, nil) }
	f.items[page] = item
	return item
}

// unfold shows the lines of one group, or of none. One at a time is open, so that the whole list stays in sight; a folded group that
// holds the page shown is marked in its place.
func (f *Frame) unfold(opened *navGroup) {
	for _, group := range f.groups {
		group.item.SetActive(group != opened && slices.ContainsFunc(group.pages, func(page desk.Page) bool { return f.items[page].Active() }))
		if group.item.Open() != (group == opened) {
			group.item.SetOpen(group == opened)
			group.lines.Hidden = group != opened
			f.content.Refresh()
		}
	}
}

// Go opens a screen; the one that is shown may want to save or ask first.
func (f *Frame) Go(page desk.Page, argument any) {
	f.leave(func() { f.show(page, argument) })
}

// leave calls proceed when the screen that is shown may be left.
func (f *Frame) leave(proceed func()) {
	if leaver, ok := f.current().(desk.Leaver); ok {
		leaver.Leave(proceed)
		return
	}
	proceed()
}

func (f *Frame) current() desk.Screen { return f.screens[f.page] }

func (f *Frame) show(page desk.Page, argument any) {
	screen := f.screens[page]
	if screen == nil {
		screen = f.builders[page]()
		f.screens[page], f.painted[page] = screen, f.window.dark
	}
	f.page, f.argument = page, argument
	ui.SetOnEscape(f.desk.Window.Canvas(), nil)
	if f.painted[page] != f.window.dark {
		// The colours were switched while this screen was out of the window.
		ui.Repaint(screen.Content())
		f.painted[page] = f.window.dark
	}
	f.mark(page)
	f.place.Objects = []fyne.CanvasObject{screen.Content()}
	f.place.Refresh()
	screen.Enter(argument)
	f.retitle()
	if argument == nil || page == desk.Payment { // it finds again what was in hand
		f.window.remember(pageSetting, string(page))
	}
}

// again opens the current screen as it was, after a lock. A page of the navigation finds by itself what was in hand; another needs what
// it was opened with.
func (f *Frame) again() {
	argument := any(nil)
	if _, inner := entryOf[f.page]; inner {
		argument = f.argument
	}
	f.show(f.page, argument)
	f.top.setUser()
	f.status.refresh()
	f.count()
}

// mark shows in the navigation where one is. The page's group unfolds; for a page without a group the one that is open stays so.
func (f *Frame) mark(page desk.Page) {
	if entry, ok := entryOf[page]; ok {
		page = entry
	}
	for known, item := range f.items {
		item.SetActive(known == page)
	}
	opened := slices.IndexFunc(f.groups, func(group *navGroup) bool { return slices.Contains(group.pages, page) })
	if opened < 0 {
		opened = slices.IndexFunc(f.groups, func(group *navGroup) bool { return group.item.Open() })
	}
	if opened >= 0 {
		f.unfold(f.groups[opened])
	}
	if item := f.items[page]; item != nil {
		ui.Reveal(item)
	}
}

func (f *Frame) retitle() {
	title, back := string(f.page), desk.Page("")
	if known, ok := titles[f.page]; ok {
		title = known
	}
	if titled, ok := f.current().(desk.Titled); ok {
		title, back = titled.Title()
	}
	f.top.setTitle(title, back)
}

func (f *Frame) changed(event app.Event) {
	switch event {
	case app.PlansChanged:
		f.loadPlans()
		f.top.setPlan(f.plan)
	case app.SessionChanged:
		f.top.setUser()
	}
	for _, screen := range f.screens {
		screen.Changed(event)
	}
	f.status.refresh()
	f.count()
	// A draft is saved as it is typed, and no bank line waits for drafts.
	if event == app.StatementsChanged || event == app.OrdersChanged && f.page != desk.Payment {
		f.countLines()
	}
}

func (f *Frame) loadPlans() {
	ctx := context.Background()
	plans, err := f.window.app.Plans(ctx)
	if err != nil {
		f.desk.Fail(err)
		return
	}
	f.plans = plans
	if f.plan, err = f.window.app.CurrentPlan(ctx); err != nil {
		f.desk.Fail(err)
	}
}

// count shows in the navigation where something waits.
func (f *Frame) count() {
	desk.Load(f.desk, &f.counting, f.window.app.Home, func(counted data.Home) {
		f.counted = counted
		f.showCounts()
	})
}

func (f *Frame) countLines() {
	desk.Load(f.desk, &f.checking, f.window.app.Reconcile, func(found app.Reconciliation) {
		related, settled := found.Progress()
		f.unchecked = related - settled
		f.showCounts()
	})
}

func (f *Frame) showCounts() {
	waiting := home.Counts(f.counted, f.unchecked)
	for _, group := range f.groups {
		sum := 0
		for _, page := range group.pages {
			f.items[page].SetCount(shownCount(waiting[page]))
			sum += waiting[page]
		}
		group.item.SetCount(shownCount(sum))
	}
}

// shownCount writes a count of the navigation; a large one is cut, so that the page's name has room.
func shownCount(count int) string {
	switch {
	case count == 0:
		return ""
	case count > 99:
		return "99+"
	}
	return fmt.Sprint(count)
}
