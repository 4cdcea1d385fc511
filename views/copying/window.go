// Package copying is 逐项复制助手: a narrow window that gives the official web form's fields in its order, to be carried over one by one.
package copying

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// The window's size in px: narrow enough to stand beside a browser.
const (
	width  float32 = 300
	height float32 = 640
)

// service is what the assistant asks of the program.
type service interface {
	Order(ctx context.Context, id int64) (data.Order, error)
	CopyPages(ctx context.Context, orderID int64) ([]data.CopyPage, error)
	TickCopied(ctx context.Context, orderID int64, key string, done bool) error
	Session() (data.Administrator, bool)
	Subscribe(listener func(app.Event)) (cancel func())
}

// Assistant keeps the one window.
type Assistant struct {
	desk    *desk.Desk
	service service
	window  fyne.Window
	cancel  func()

	order data.Order
	head  *ui.ElidedText
	state *ui.Text
	list  *ui.CopyList
	on    *ui.Checkbox
	loads desk.Sequence
}

// New makes the assistant; its window opens with the first order.
func New(d *desk.Desk, s service) *Assistant {
	return &Assistant{desk: d, service: s}
}

// Open shows an order in the window, which is made where there is none.
func (a *Assistant) Open(orderID int64) {
	if a.window == nil {
		a.build()
	}
	a.order = data.Order{ID: orderID}
	a.reload(a.list.FocusNext)
	a.window.Show()
	a.window.RequestFocus()
}

// Close closes the window, as when the program is locked.
func (a *Assistant) Close() {
	if a.window != nil {
		a.window.Close()
	}
}

func (a *Assistant) build() {
	a.window = fyne.CurrentApp().NewWindow("逐项复制")
	a.window.SetPadded(false)
	a.head, a.state = ui.NewElidedText("", theme.Text), ui.NewText("", theme.Secondary)
	a.head.Bold = true
	a.list = ui.NewCopyList()
	a.list.OnCopy, a.list.OnTick = copyItem, a.tick
	a.on = ui.NewCheckbox("窗口总在最前", func(on bool) { a.keepAbove(on) })
	hint := ui.NewCaptionParagraph("点一下、按回车或 ↓ 复制一项并到下一项；空格打勾或取消。账号和手机号一分钟后从剪贴板清除。", theme.Secondary)
	foot := ui.Column(6, hint)
	if canKeepAbove() {
		foot.Add(ui.Row(0, a.on))
	}
	page := ui.Ground(theme.Surface, ui.Column(0, ui.Pad(12, 8, 12, 8, ui.Row(8, ui.Wide(a.head), a.state)), ui.NewLine(),
		ui.Grow(ui.NewScroll(a.list)), ui.NewLine(), ui.Pad(12, 8, 12, 8, foot)))
	a.window.SetContent(ui.NewStage(page))
	a.window.Resize(fyne.NewSize(width, height))
	a.window.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			a.window.Close()
		}
	})
	ui.SetOnEscape(a.window.Canvas(), a.window.Close)
	a.cancel = a.service.Subscribe(func(event app.Event) { a.desk.OnScreen(func() { a.changed(event) }) })
	a.window.SetOnClosed(func() {
		a.cancel()
		a.window = nil
	})
}

// changed follows the order, and closes the window where nobody is logged in any more.
func (a *Assistant) changed(event app.Event) {
	switch {
	case a.window == nil:
	case event == app.SessionChanged:
		if _, in := a.service.Session(); !in {
			a.window.Close()
		}
	case event == app.OrdersChanged:
		a.reload(a.list.FocusNext)
	}
}

// shown is what the window shows of an order.
type shown struct {
	order data.Order
	pages []data.CopyPage
}

func (a *Assistant) reload(then func()) {
	id := a.order.ID
	desk.Load(a.desk, &a.loads, func(ctx context.Context) (s shown, err error) {
		if s.order, err = a.service.Order(ctx, id); err == nil {
			s.pages, err = a.service.CopyPages(ctx, id)
		}
		return s, err
	}, func(s shown) {
		if a.window == nil {
			return
		}
		a.order = s.order
		a.head.SetText(s.order.Number + "　" + s.order.Total().String())
		a.list.SetGroups(groups(s.pages))
		a.count()
		then()
	})
}

func groups(pages []data.CopyPage) []ui.CopyGroup {
	var found []ui.CopyGroup
	for _, page := range pages {
		group := ui.CopyGroup{Title: page.Title}
		for _, item := range page.Items {
			group.Items = append(group.Items, ui.CopyItem{Key: item.Key, Label: item.Label, Value: item.Value, Hint: item.Hint, Given: item.Given, Done: item.Done})
		}
		found = append(found, group)
	}
	return found
}

func (a *Assistant) count() {
	left, all := a.list.Left()
	if left == 0 {
		a.state.SetText("都复制过了")
		return
	}
	a.state.SetText(fmt.Sprintf("%d / %d", all-left, all))
}

// copyItem puts a value on the clipboard; what is personal does not stay there.
func copyItem(item ui.CopyItem) {
	for _, part := range []string{"account", "mobile", "email"} {
		if strings.HasSuffix(item.Key, part) {
			ui.CopySecret(item.Value)
			return
		}
	}
	ui.Copy(item.Value)
}

// tick keeps a tick over restarts.
func (a *Assistant) tick(key string, done bool) {
	id := a.order.ID
	a.count()
	a.desk.Do(func(ctx context.Context) error { return a.service.TickCopied(ctx, id, key, done) }, func() {})
}
