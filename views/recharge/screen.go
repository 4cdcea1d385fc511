// Package recharge is 学员缴费, where people are given what the learning-card batches hold, and 充值明细, its ledger.
package recharge

import (
	"context"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what 学员缴费 asks of the program.
type service interface {
	desk.WidthKeeper
	Now() data.Moment
	Home(ctx context.Context) (data.Home, error)
	Plans(ctx context.Context) ([]data.Plan, error)
	Organizations(ctx context.Context) (data.OrganizationTree, error)
	Batches(ctx context.Context) ([]data.CardBatch, error)
	TraineeIDs(ctx context.Context, q data.TraineeQuery) ([]int64, error)
	TraineeRows(ctx context.Context, ids []int64, planID int64) ([]data.TraineeRow, error)
	Balances(ctx context.Context, ids []int64) (data.Money, error)
	KeepRecharge(ctx context.Context, run data.RechargeRun) error
	ForgetRecharge(ctx context.Context, runID string) error
	RechargeDrafts(ctx context.Context) ([]app.RechargeDraft, error)
	MatchPeople(ctx context.Context, text string) ([]data.PersonRow, error)
	ReadPeople(ctx context.Context, path string) ([]data.PersonRow, error)
	ReadAmounts(ctx context.Context, path string) ([]data.PersonRow, error)
	SaveTemplate(path string, form data.Form) error
	PreviewRecharge(ctx context.Context, run data.RechargeRun) (data.RechargeResult, error)
	Recharge(ctx context.Context, run data.RechargeRun, skipRefused bool, progress app.Progress) (data.RechargeResult, error)
}

// panelWidth is the right panel's in px, the line before it included.
const panelWidth float32 = 356

// Screen is 学员缴费: people to be ticked at the left, the batch and the sum at the right.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject

	sentence *ui.ElidedText
	open     *ui.Button // brings the closed panel back
	filters  *filters
	table    *ui.DataTable
	footer   *footer
	host     *ui.DrawerHost
	panel    *panel

	shown     bool // on the window now
	listing   desk.Sequence
	preparing desk.Sequence
	found     listed
	rows      *desk.Rows[data.TraineeRow]
	refused   map[int64]data.RechargeRefusal
	eligible  []int64
	batch     data.CardBatch // the chosen one; ID 0: none
	wanted    string         // the number of the batch to choose, or ""
	showUsed  bool           // list batches that have nothing left
	ready     *prepared      // what the button would do; nil while that is not known
	running   bool
	amounts   map[int64]data.Money // each person's, from a sheet; nil: the same for all
	waiting   []int64              // who is ticked again after this run, for the next batch
	// withUnreported charges also people of whom the platform is not known to have heard.
	withUnreported bool
	recalling      desk.Sequence
	sortKey        string
	descending     bool
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s, refused: map[int64]data.RechargeRefusal{}, sortKey: "username"}
	screen.sentence = ui.NewElidedText("为学员充值学习卡。", theme.Text)
	screen.open = ui.NewFilledButton("充值", "wallet", func() { screen.host.SetOpen(true) })
	screen.filters = newFilters(screen.reload)
	screen.table = screen.newTable()
	screen.footer = newFooter(screen.table)
	screen.panel = newPanel(screen)
	list := ui.Column(0, screen.filters.content, ui.Grow(screen.table), screen.footer.content)
	screen.host = ui.NewDrawerHost(list, screen.panel.content, panelWidth)
	screen.host.OnOpen = func(open bool) { screen.open.Hidden = open; screen.content.Refresh() }
	head := ui.NewPageHead(screen.sentence, ui.NewButton("充值明细", "table-2", func() { d.Go(desk.Ledger, nil) }),
		ui.NewButton("在线充值登记", "plus", func() { d.Go(desk.Online, nil) }), screen.open, ui.NewMoreButton(screen.more))
	screen.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.Grow(screen.host)))
	screen.host.SetOpen(true)
	return screen
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter shows the screen. A string chooses the batch of that number; an int64 or []int64 ticks these trainees.
func (s *Screen) Enter(argument any) {
	s.shown = true
	switch given := argument.(type) {
	case string:
		s.wanted = given
	case int64:
		s.tick([]int64{given})
	case []int64:
		s.tick(given)
	}
	s.host.SetOpen(true)
	s.reload()
	s.recall()
}

// more lists what is needed less often.
func (s *Screen) more() []ui.MenuItem {
	return []ui.MenuItem{
		{Label: "粘贴名单勾选…", Icon: "clipboard-paste", Action: s.pastePeople},
		{Label: "从文件勾选…", Icon: "file-spreadsheet", Action: s.filePeople},
		{Label: "按表格逐人填金额…", Icon: "file-up", Separated: true, Action: s.sheetAmounts},
		{Label: "下载金额表", Icon: "file-down", Action: s.saveAmountForm},
		{Label: "学习卡批次", Icon: "wallet", Separated: true, Action: func() { s.desk.Go(desk.Batches, nil) }},
	}
}

// tick chooses exactly these people, whatever the filters hid before.
func (s *Screen) tick(ids []int64) {
	s.filters.clear()
	s.table.SetTicked(ids...)
}

// Leave is part of desk.Leaver: there is nothing to save, but what is not seen need not be read again at every change.
func (s *Screen) Leave(proceed func()) {
	s.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (s *Screen) Changed(event app.Event) {
	if event == app.PlansChanged && s.batch.PlanID != s.desk.Plan().ID {
		s.batch = data.CardBatch{}
	}
	switch event {
	case app.TraineesChanged, app.LedgerChanged, app.OrdersChanged, app.PlansChanged, app.OrganizationsChanged:
		if s.shown {
			s.reload()
		}
	}
}
