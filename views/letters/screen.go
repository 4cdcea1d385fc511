// Package letters is 确认书下载: confirmation letters are made, seen, printed and mailed, and a register of them kept.
package letters

import (
	"context"
	"fmt"
	"image"
	"io"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what 确认书下载 asks of the program.
type service interface {
	desk.WidthKeeper
	preview.Service
	Now() data.Moment
	Today() data.Date
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int64, error)
	OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error)
	Plans(ctx context.Context) ([]data.Plan, error)
	Letters(ctx context.Context) ([]data.ConfirmationLetter, error)
	LetterIDs(ctx context.Context, q data.LetterQuery) ([]int64, error)
	LetterRows(ctx context.Context, ids []int64) ([]data.LetterRow, error)
	LetterCounts(ctx context.Context, q data.LetterQuery) (map[data.LetterState]int, error)
	LetterHistory(ctx context.Context, id int64) ([]data.LetterStep, error)
	LetterContradictions(ctx context.Context, id int64) ([]string, error)
	MakeLetter(ctx context.Context, orderID int64) (app.MadeLetter, error)
	MakeLetters(ctx context.Context, requests []data.LetterRequest, progress app.Progress) ([]int64, error)
	RenewLetter(ctx context.Context, id int64, reason string) (app.MadeLetter, error)
	PrintLetter(ctx context.Context, id int64) (app.MadeLetter, error)
	WriteLetters(ctx context.Context, w io.Writer, ids []int64) (app.Written, error)
	MoveLetters(ctx context.Context, ids []int64, move data.LetterMove) error
	UndoLetterMove(ctx context.Context, ids []int64, state data.LetterState) error
	BackLetter(ctx context.Context, id int64, reason string) error
	VoidLetter(ctx context.Context, id int64, reason string) error
	LetterScans(ctx context.Context, letterID int64) ([]data.LetterScan, error)
	FileScans(ctx context.Context, paths []string, progress app.Progress) ([]app.FiledScan, error)
	AddLetterScan(ctx context.Context, letterID int64, path string) (data.LetterScan, error)
	LetterScanContent(ctx context.Context, id int64) ([]byte, error)
	LetterScanImage(ctx context.Context, id int64) (image.Image, error)
	RemoveLetterScan(ctx context.Context, letterID, id int64) error
	RestoreLetterScan(ctx context.Context, letterID, id int64) error
	VerifyLetter(ctx context.Context, text string) (app.Verified, error)
	VerifyLetterFile(ctx context.Context, path string) (app.Verified, error)
	LetterSettings(ctx context.Context) (data.LetterSettings, error)
	SaveLetterSettings(ctx context.Context, settings data.LetterSettings) error
	DraftLetter(ctx context.Context, w io.Writer, settings data.LetterSettings) (app.Written, error)
	WriteLabels(ctx context.Context, w io.Writer, request data.LabelRequest) (app.Written, error)
}

// drawerWidth is in px, the line before it included.
const drawerWidth float32 = 356

// The tabs, in their order.
const (
	tabOrders = iota
	tabRegister
)

// Screen is 确认书下载: orders that can have a letter, the register of letters, and a drawer with what to do.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject

	sentence         *ui.ElidedText
	tabs             *ui.Tabs
	orders, register *ui.DataTable
	filters          *filters
	batch, step      *ui.Button // for what is ticked in the orders and in the register
	print, scans     *ui.Button
	list             *fyne.Container
	head, footer     fyne.CanvasObject
	sum, count       *ui.Text
	note             *ui.Note
	host             *ui.DrawerHost
	drawer           *ui.Drawer

	shown      bool // on the window now
	listing    desk.Sequence
	details    desk.Sequence
	found      listed
	sort       string // of the register, by a column
	descending bool
	order      int64 // the chosen order, or 0
	letter     int64 // the chosen letter of the register, or 0
	looked     bool  // a list was shown; only the first chooses by itself
}

// listed is what one look at the data found.
type listed struct {
	orders  []data.OrderRow
	live    map[int64]data.ConfirmationLetter // by order
	letters *desk.Rows[data.LetterRow]
	counts  map[data.LetterState]int
	plans   []data.Plan
	mailing data.LetterSettings
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s}
	screen.sentence = ui.NewElidedText("打印《确认书》，盖章后邮寄给平台。", theme.Text)
	screen.tabs = ui.NewWordTabs("可以生成的订单", "确认书登记")
	screen.tabs.OnChanged = func(int) { screen.showTab() }
	screen.orders, screen.register = screen.newOrders(), screen.newRegister()
	screen.filters = newFilters(s.Now, screen.reload)
	screen.sum, screen.count = ui.NewText("", theme.Text), ui.NewText("", theme.Secondary)
	screen.footer = ui.NewFooter(screen.sum, ui.Space(), screen.count)
	screen.register.Hide()
	screen.filters.content.Hide()
	screen.list = ui.Column(0, screen.address(), screen.tabs, ui.NewLine(), screen.filters.content, ui.Grow(ui.Stack(screen.orders, screen.register)), screen.footer)
	screen.drawer = ui.NewDrawer()
	screen.drawer.OnClose = screen.closeDrawer
	screen.host = ui.NewDrawerHost(screen.list, screen.drawer, drawerWidth)
	screen.batch = ui.NewButton("批量生成", "files", screen.askBatch)
	screen.print = ui.NewButton("打印", "printer", screen.printTicked)
	screen.scans = ui.NewButton("归档扫描件", "paperclip", screen.chooseScans)
	screen.step = ui.NewButton("登记", "list-checks", screen.stepTicked)
	screen.head = ui.NewPageHead(screen.sentence, screen.batch, screen.print, screen.step, screen.scans, ui.NewButton("核对真伪", "scan", screen.askVerify),
		ui.NewButton("邮寄标签", "tag", screen.askLabels), ui.NewButton("文字与收件人", "pencil", screen.editWording))
	screen.content = ui.Ground(theme.Surface, ui.Column(0, screen.head, ui.Grow(screen.host)))
	return screen
}

// address tells where the stamped letter goes, in the manual's words.
func (s *Screen) address() fyne.CanvasObject {
	s.note = ui.NewNote(ui.TonePrimary, "邮寄地址　", addressOf(data.LetterSettings{Recipient: data.LetterRecipients[0]}), ui.NewSmallButton("复制", "copy", func() {
		ui.Copy(addressOf(s.found.mailing))
		s.desk.Toast("邮寄地址已复制。")
	}))
	return ui.Pad(16, 12, 16, 4, s.note)
}

func addressOf(settings data.LetterSettings) string {
	to := data.DefaultMailingAddress
	return fmt.Sprintf("%s %s（收） 电话 %s", to.Address, settings.Recipient, to.Telephone)
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter shows the screen. An int64 chooses the order with that key, a data.LetterQuery filters the register.
func (s *Screen) Enter(argument any) {
	s.shown = true
	switch v := argument.(type) {
	case int64:
		s.tabs.SetSelected(tabOrders)
		s.order = v
	case data.LetterQuery:
		s.tabs.SetSelected(tabRegister)
		s.filters.set(v)
	}
	ui.SetOnEscape(s.desk.Window.Canvas(), s.closeDrawer)
	s.reload()
}

// Leave is part of desk.Leaver: there is nothing to save, but what is not seen need not be read again at every change.
func (s *Screen) Leave(proceed func()) {
	s.shown = false
	proceed()
}

// Changed is part of desk.Screen.
func (s *Screen) Changed(event app.Event) {
	switch event {
	case app.LettersChanged, app.OrdersChanged, app.PlansChanged:
		if s.shown {
			s.reload()
		}
	}
}

func (s *Screen) reload() {
	query := s.filters.query()
	query.Sort, query.Descending = s.sort, s.descending
	desk.Load(s.desk, &s.listing, func(ctx context.Context) (listed, error) { return s.look(ctx, query) }, s.show)
}

// look reads the orders that are in review or through it, the newest first, and what the register's filters find.
func (s *Screen) look(ctx context.Context, query data.LetterQuery) (found listed, err error) {
	var ids []int64
	for _, state := range []data.ReviewState{data.ReviewSubmitted, data.ReviewApproved} {
		some, err := s.service.OrderIDs(ctx, data.OrderQuery{Review: state})
		if err != nil {
			return found, err
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	if found.orders, err = s.service.OrderRows(ctx, ids); err != nil {
		return found, err
	}
	if found.live, err = s.liveLetters(ctx); err != nil {
		return found, err
	}
	letters, err := s.service.LetterIDs(ctx, query)
	if err != nil {
		return found, err
	}
	found.letters = desk.NewRows(letters, s.service.LetterRows, s.desk.Fail)
	if found.counts, err = s.service.LetterCounts(ctx, query); err != nil {
		return found, err
	}
	if found.plans, err = s.service.Plans(ctx); err != nil {
		return found, err
	}
	found.mailing, err = s.service.LetterSettings(ctx)
	return found, err
}

// liveLetters gives the letter that is not void for every order that has one.
func (s *Screen) liveLetters(ctx context.Context) (map[int64]data.ConfirmationLetter, error) {
	letters, err := s.service.Letters(ctx)
	live := map[int64]data.ConfirmationLetter{}
	for _, letter := range letters {
		if letter.State == data.LetterVoid {
			continue
		}
		for _, order := range letter.OrderIDs {
			live[order] = letter
		}
	}
	return live, err
}
