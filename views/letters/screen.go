// Package letters is 确认书下载: confirmation letters are made, saved, printed and mailed, and a register of them kept.
package letters

import (
	"context"
	"fmt"
	"io"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what 确认书下载 asks of the program.
type service interface {
	desk.WidthKeeper
	OrderIDs(ctx context.Context, q data.OrderQuery) ([]int64, error)
	OrderRows(ctx context.Context, ids []int64) ([]data.OrderRow, error)
	Letters(ctx context.Context) ([]data.ConfirmationLetter, error)
	MakeLetter(ctx context.Context, orderID int64) (app.MadeLetter, error)
	WriteLabel(ctx context.Context, w io.Writer) error
}

// drawerWidth is in px, the line before it included.
const drawerWidth float32 = 348

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
	open    func(path string) error // shows a file in the system's viewer

	sentence         *ui.ElidedText
	tabs             *ui.Tabs
	orders, register *ui.DataTable
	footer           fyne.CanvasObject
	count            *ui.Text
	host             *ui.DrawerHost
	drawer           *ui.Drawer

	shown   bool // on the window now
	listing desk.Sequence
	found   listed
	order   int64            // the chosen order, or 0
	letter  int64            // the chosen letter of the register, or 0
	saved   map[int64]copied // by order: what was saved since the start
	making  bool
	looked  bool // a list was shown; only the first chooses by itself
}

// copied is a letter's file.
type copied struct{ number, path string }

// listed is what one look at the data found.
type listed struct {
	orders  []data.OrderRow
	letters []data.ConfirmationLetter
}

// live gives an order's letter that is not void.
func (l listed) live(orderID int64) (data.ConfirmationLetter, bool) {
	for _, letter := range l.letters {
		if letter.Covers(orderID) && letter.State != data.LetterVoid {
			return letter, true
		}
	}
	return data.ConfirmationLetter{}, false
}

// New makes the screen.
func New(d *desk.Desk, s service) *Screen {
	screen := &Screen{desk: d, service: s, open: desk.OpenFile, saved: map[int64]copied{}}
	screen.sentence = ui.NewElidedText("生成《确认书》，打印后加盖公章，邮寄给平台。", theme.Text)
	screen.tabs = ui.NewWordTabs("可以生成的订单", "确认书登记")
	screen.tabs.OnChanged = func(int) { screen.showTab() }
	screen.orders, screen.register = screen.newOrders(), screen.newRegister()
	screen.count = ui.NewText("", theme.Secondary)
	screen.footer = ui.NewFooter(ui.Space(), screen.count)
	list := ui.Column(0, screen.address(), screen.tabs, ui.NewLine(), ui.Grow(ui.Stack(screen.orders, screen.register)), screen.footer)
	screen.drawer = ui.NewDrawer()
	screen.drawer.OnClose = screen.closeDrawer
	screen.host = ui.NewDrawerHost(list, screen.drawer, drawerWidth)
	label := ui.NewButton("打印邮寄标签", "printer", screen.saveLabel)
	screen.content = ui.Ground(theme.Surface, ui.Column(0, ui.NewPageHead(screen.sentence, label), ui.Grow(screen.host)))
	screen.register.Hide()
	return screen
}

// address tells where the stamped letter goes, in the manual's words.
func (s *Screen) address() fyne.CanvasObject {
	to := data.DefaultMailingAddress
	text := fmt.Sprintf("%s　%s　电话 %s", to.Address, to.Recipient, to.Telephone)
	copyText := func() {
		fyne.CurrentApp().Clipboard().SetContent(fmt.Sprintf("%s %s 电话 %s", to.Address, to.Recipient, to.Telephone))
		s.desk.Toast("邮寄地址已复制。")
	}
	return ui.Pad(16, 12, 16, 4, ui.NewNote(ui.TonePrimary, "邮寄地址　", text, ui.NewSmallButton("复制", "copy", copyText)))
}

// Content is part of desk.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Enter shows the screen. An int64 chooses the order with that key.
func (s *Screen) Enter(argument any) {
	s.shown = true
	if id, ok := argument.(int64); ok {
		s.tabs.SetSelected(tabOrders)
		s.order = id
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
	desk.Load(s.desk, &s.listing, s.look, s.show)
}

// look reads the orders that are in review or through it, the newest first, and all letters.
func (s *Screen) look(ctx context.Context) (found listed, err error) {
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
	found.letters, err = s.service.Letters(ctx)
	return found, err
}

func (s *Screen) show(found listed) {
	s.found = found
	s.tabs.SetTabs(ui.Tab{Label: "可以生成的订单", Count: fmt.Sprint(len(found.orders)), Tone: ui.TonePrimary},
		ui.Tab{Label: "确认书登记", Count: fmt.Sprint(len(found.letters)), Tone: ui.ToneNeutral})
	without := 0
	for _, order := range found.orders {
		if _, made := found.live(order.ID); !made {
			without++
		}
	}
	s.sentence.SetText("生成《确认书》，打印后加盖公章，邮寄给平台。")
	if without > 0 {
		s.sentence.SetText(fmt.Sprintf("生成《确认书》，打印后加盖公章，邮寄给平台。%d 个订单还没有确认书。", without))
	}
	s.orders.Refresh()
	s.register.Refresh()
	s.showTab()
}

// showTab shows the list of the chosen tab and the drawer of what is chosen in it.
func (s *Screen) showTab() {
	if s.tabs.Selected() == tabRegister {
		s.orders.Hide()
		s.register.Show()
		s.count.SetText(fmt.Sprintf("共 %d 份", len(s.found.letters)))
	} else {
		s.register.Hide()
		s.orders.Show()
		s.count.SetText(fmt.Sprintf("共 %d 个订单", len(s.found.orders)))
	}
	s.footer.Refresh()
	s.showDrawer()
}

func (s *Screen) closeDrawer() {
	s.order, s.letter = 0, 0
	s.orders.CloseRow()
	s.register.CloseRow()
	s.host.SetOpen(false)
}
