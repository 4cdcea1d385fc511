//go:build ci

package payment

import (
	"context"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/ui"
)

// disturbed is a form whose order another program changed while it was typed into.
func disturbed(t *testing.T, change func(other *app.App, order data.Order)) *fixture {
	f := newFixture(t)
	f.begin()
	f.rest()
	f.screen.wizard.goTo(stepTransfer)
	change(apptest.Again(t, f.App), f.stored())
	f.screen.wizard.transfer.bank.SetText("这里的银行")
	f.rest()
	return f
}

func saveBank(t *testing.T) func(other *app.App, order data.Order) {
	return func(other *app.App, order data.Order) {
		order.PayerBank, order.PayerAccount = "别处的银行", "330101201900556678"
		if _, err := other.SaveOrder(context.Background(), order); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatStandsInTheFormReplacesWhatWasSavedElsewhere(t *testing.T) {
	f := disturbed(t, saveBank(t))
	f.Shows("缴费银行：别处的银行 → 这里的银行")
	f.Shows("缴费卡号：去掉 尾号 6678")
	if got := f.stored().PayerBank; got != "别处的银行" {
		t.Errorf("before it was answered %q stands", got)
	}
	f.Tap("button", "用这里填的")
	if got := f.stored(); got.PayerBank != "这里的银行" || got.Total() != 1600_00 {
		t.Errorf("stored %q, %s", got.PayerBank, got.Total())
	}
	f.screen.wizard.transfer.bank.SetText("这里的银行支行")
	f.rest()
	if got := f.stored().PayerBank; got != "这里的银行支行" {
		t.Errorf("the next save left %q", got)
	}
}

func TestWhatWasSavedElsewhereReplacesTheForm(t *testing.T) {
	f := disturbed(t, saveBank(t))
	f.Tap("button", "用已保存的")
	w := f.screen.wizard
	if got := w.transfer.bank.Text(); got != "别处的银行" || w.at != stepTransfer {
		t.Errorf("the form shows %q at step %d", got, w.at)
	}
	w.transfer.account.SetText("3301012019005566780")
	f.rest()
	if got := f.stored(); got.PayerBank != "别处的银行" || got.PayerAccount != "3301012019005566780" {
		t.Errorf("stored %q, %q", got.PayerBank, got.PayerAccount)
	}
}

// TestLeavingAsksOnlyOnce covers a conflict that the save before another screen finds.
func TestLeavingAsksOnlyOnce(t *testing.T) {
	f := disturbed(t, saveBank(t))
	ui.HandleEscape(f.Window.Canvas())
	left := false
	f.screen.Leave(func() { left = true })
	if _, two := f.Find("dialog", "草稿没有保存"); two || left {
		t.Errorf("a second dialog %v, left %v", two, left)
	}
	f.Tap("button", "用已保存的")
	f.screen.Leave(func() { left = true })
	if !left {
		t.Error("the answer did not let go")
	}
}

func TestOrderThatWasClosedElsewhereIsLeft(t *testing.T) {
	f := disturbed(t, func(other *app.App, order data.Order) {
		if _, err := other.VoidOrder(context.Background(), order.ID, "重复"); err != nil {
			t.Fatal(err)
		}
	})
	f.Shows("这个订单已经不能再改")
	f.Tap("button", "查看订单")
	if f.screen.wizard.inHand() {
		t.Error("the form stays")
	}
}
