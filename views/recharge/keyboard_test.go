package recharge

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// keyboard works a window without a pointer.
type keyboard struct {
	t     *testing.T
	stage *desktest.Stand
}

// to presses Tab until the widget with these words has the focus.
func (k keyboard) to(words string) {
	k.t.Helper()
	var passed []string
	for range 60 {
		for _, seen := range ui.InspectCanvas(k.stage.Window.Canvas()) {
			if seen.Focused && (seen.Text == words || seen.Placeholder == words || seen.Tip == words || seen.Kind == words) {
				return
			}
			if seen.Focused {
				passed = append(passed, seen.Kind+" "+seen.Text)
			}
		}
		k.stage.Window.Canvas().FocusNext()
	}
	k.t.Fatalf("Tab does not reach %q; it passes %q", words, passed)
}

func (k keyboard) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		if focused := k.stage.Window.Canvas().Focused(); focused != nil {
			focused.TypedKey(&fyne.KeyEvent{Name: key})
		}
	}
}

func (k keyboard) write(text string) { test.Type(k.stage.Window.Canvas().Focused(), text) }

// From the filter to the reversal nothing needs a pointer.
func TestRechargeByKeyboardAlone(t *testing.T) {
	h, _, stage := opened(t)
	k := keyboard{t, stage}
	k.to("组织机构")
	k.press(fyne.KeyDown)
	k.write("guke")
	k.press(fyne.KeyReturn, fyne.KeyEscape)
	stage.MustFind("text", "查到 2 人")
	k.to("table")
	k.press(fyne.KeyHome, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	stage.MustFind("text", "已选 2 人")
	k.to("XK-2022-0001")
	k.press(fyne.KeySpace)
	k.to("0.00")
	k.write("30")
	stage.MustFind("text", "2 人 × 30.00 =")
	k.press(fyne.KeyReturn)
	if count, _ := charged(t, h); count != 0 {
		t.Fatal("Enter in the amount charges before the sum was looked at")
	}
	k.to("充值 2 人，共 60.00 元")
	k.press(fyne.KeyReturn)
	if count, sum := charged(t, h); count != 2 || sum != 60_00 {
		t.Fatalf("charged %d people with %s", count, sum)
	}

	stage, _ = stand(t, h, func(d *desk.Desk) *Ledger { return NewLedger(d, h) })
	k.stage = stage
	k.to("table")
	k.press(fyne.KeyHome, fyne.KeyReturn)
	stage.MustFind("button", "钱的去向")
	k.to("冲正")
	k.press(fyne.KeyReturn)
	k.write("充错了")
	k.press(fyne.KeyReturn)
	entries, err := h.RechargeEntries(t.Context(), []int64{3})
	if err != nil || entries[0].Amount != -30_00 || entries[0].Reason != "充错了" || entries[0].State() != data.EntryReversal {
		t.Fatalf("the ledger ends with %+v, %v", entries, err)
	}
	ui.HandleEscape(stage.Window.Canvas())
	if stage.Holds("button", "钱的去向") {
		t.Error("Escape leaves the drawer open")
	}
}
