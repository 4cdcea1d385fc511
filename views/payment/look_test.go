//go:build ci

package payment

import (
	"testing"

	"peixun/data"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// TestLook draws every page of the screen. Set PEIXUN_LOOK to a folder to keep the pictures.
func TestLook(t *testing.T) {
	for _, look := range []struct {
		name          string
		width, height float32
		dark          bool
	}{{"light", desktest.Width, desktest.Height, false}, {"dark", desktest.Width, desktest.Height, true}, {"wide", 1720, 1000, false}, {"small", 824, 600, false}} {
		t.Run(look.name, func(t *testing.T) {
			f := newFixtureAt(t, look.width, look.height, look.dark)
			f.Enter(f.screen, nil)
			f.Picture("payment-choice-empty-" + look.name)
			f.begin()
			f.Picture("payment-1-" + look.name)
			w := f.screen.wizard
			w.goTo(stepTransfer)
			f.Picture("payment-2-empty-" + look.name)
			w.transfer.bank.SetText("城南商业银行育才支行")
			w.transfer.account.SetText("330101201900556678")
			w.invoice.fields["account"].SetText("330101201900556678")
			w.order().Invoice.Account = "330101201900556678"
			w.transfer.paidAt.SetText("22-06-14 10:26")
			w.leave(fieldPaidAt)
			f.screen.Dropped([]string{f.picture("付款审批单.png", 1240, 1754), f.picture("电子回单.png", 1654, 1183)})
			w.fill()
			w.check()
			f.rest()
			f.Picture("payment-2-" + look.name)
			w.transfer.paidAt.SetText("2022-06-14 10:26")
			w.goTo(stepInvoice)
			w.order().Invoice = data.Invoice{Type: data.InvoiceSpecial, Title: "北京市第九实验医院", TaxNumber: "12110000400686910X", Address: "北京市朝阳区育才南路 88 号",
				Bank: "城南商业银行育才支行", Account: "330101201900556678", Email: "caiwu@bj9y.example；zhaoxl@bj9y.example", Mobile: "13800000417"}
			w.fill()
			w.changed()
			w.leave("invoice.email")
			f.rest()
			w.invoice.focus("invoice.telephone")
			f.Picture("payment-3-" + look.name)
			w.goTo(stepReview)
			f.Picture("payment-4-gaps-" + look.name)
			w.invoice.fields["email"].SetText("caiwu@bj9y.example")
			w.invoice.fields["telephone"].SetText("84290000")
			w.order().Lines[0].Amount = 840_00
			w.changed()
			w.showStep(stepReview)
			f.Picture("payment-4-" + look.name)
			w.setMode(data.InvoiceFirst)
			w.goTo(stepRequest)
			f.Picture("payment-request-" + look.name)
			w.setMode(data.PayOnline)
			w.showStep(stepTransfer)
			f.Picture("payment-online-" + look.name)
			w.explain()
			f.Picture("payment-why-" + look.name)
			ui.HandleEscape(f.Window.Canvas())
			w.cancel()
			f.Picture("payment-choice-" + look.name)
		})
	}
}
