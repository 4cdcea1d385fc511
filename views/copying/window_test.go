//go:build ci

package copying

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// lines gives the window's lines by label: whether each is ticked.
func lines(a *Assistant) map[string]ui.SeenWidget {
	found := map[string]ui.SeenWidget{}
	for _, seen := range ui.InspectCanvas(a.window.Canvas()) {
		if seen.Kind == "copy" {
			found[seen.Text] = seen
		}
	}
	return found
}

func press(a *Assistant, name fyne.KeyName) {
	a.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

func TestTicksSurviveTheWindow(t *testing.T) {
	s := desktest.New(t, apptest.New(t), desktest.Width, desktest.Height, false)
	ctx := context.Background()
	order, err := s.App.NewOrder(ctx, s.Desk.Plan(), data.PayFirst)
	if err != nil {
		t.Fatal(err)
	}
	order.PayerBank, order.PayerAccount = "城南商业银行育才支行", "330101201900556678"
	if order, err = s.App.SaveOrder(ctx, order); err != nil {
		t.Fatal(err)
	}
	a := New(s.Desk, s.App)
	a.Open(order.ID)
	a.window.Resize(fyne.NewSize(width, 1400))
	for lines(a)["缴费卡号"].Checked == false {
		press(a, fyne.KeyReturn)
	}
	if got := fyne.CurrentApp().Clipboard().Content(); got != "330101201900556678" {
		t.Errorf("the clipboard holds %q", got)
	}
	if seen := lines(a); !seen["缴费银行"].Checked || seen["转账时间"].Checked {
		t.Errorf("ticked %v", seen)
	}
	press(a, fyne.KeyEscape)
	if a.window != nil {
		t.Fatal("Escape left the window open")
	}
	again := New(s.Desk, s.App)
	again.Open(order.ID)
	again.window.Resize(fyne.NewSize(width, 1400))
	if seen := lines(again); !seen["缴费卡号"].Checked || seen["转账时间"].Checked || !seen["转账时间"].Focused {
		t.Errorf("after a restart: %+v", seen["转账时间"])
	}
	s.App.Lock()
	if again.window != nil {
		t.Error("the window stays open after a lock")
	}
}
