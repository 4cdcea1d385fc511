package payment

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// pageTurner leafs through the pages of a PDF receipt.
type pageTurner struct {
	content        *fyne.Container
	previous, next *ui.Button
	place          *ui.Text
	page, pages    int
}

func newPageTurner(show func(page int)) *pageTurner {
	t := &pageTurner{place: ui.NewCaption("", theme.Secondary)}
	t.previous = ui.NewSmallIconButton("chevron-left", "上一页", theme.Secondary, func() { show(t.page - 1) })
	t.next = ui.NewSmallIconButton("chevron-right", "下一页", theme.Secondary, func() { show(t.page + 1) })
	t.content = ui.Row(2, t.previous, t.place, t.next)
	return t
}

// set shows the place; a single page needs no turning.
func (t *pageTurner) set(page, pages int) {
	t.page, t.pages = page, pages
	t.content.Hidden = pages < 2
	t.place.SetText(fmt.Sprintf("第 %d / %d 页", page+1, pages))
	t.previous.SetDisabled(page == 0)
	t.next.SetDisabled(page >= pages-1)
	t.content.Refresh()
}

// showRemarks says of the picture that is shown what is doubtful, and what its text says beside what was typed.
func (p *voucherPanel) showRemarks() {
	p.remarks.Objects = nil
	if p.at < len(p.vouchers()) {
		voucher := p.vouchers()[p.at]
		for _, one := range p.gaps {
			if one.key == fieldVoucher && one.warning && !one.compared() && strings.Contains(one.what, "“"+voucher.Name+"”") {
				p.remarks.Add(p.warning(one))
			}
		}
		p.remarks.Add(p.comparison(voucher))
		for _, offer := range p.offers(voucher.Receipt) {
			p.remarks.Add(offer)
		}
	}
	p.remarks.Refresh()
	p.content.Refresh()
}

// compared tells of a warning that the comparison with the receipt shows already.
func (g gap) compared() bool {
	return strings.HasPrefix(g.code, "receipt-") && g.code != "receipt-elsewhere"
}

// offers are the fields that nobody filled in yet and that the receipt has something for.
func (p *voucherPanel) offers(receipt data.Receipt) []fyne.CanvasObject {
	order := p.wizard.order()
	var found []fyne.CanvasObject
	for _, one := range []data.ReceiptCheck{{Field: fieldPaidAt, Label: "转账时间", Said: string(receipt.PaidAt), Typed: string(order.PaidAt)},
		{Field: fieldAccount, Label: "缴费卡号", Said: receipt.PayerAccount, Typed: order.PayerAccount}} {
		if use := p.taking(one); one.Said != "" && one.Typed == "" && use != nil {
			found = append(found, ui.NewNote(ui.TonePrimary, one.Label+"还没有填。", "凭证上是 "+one.Said+"。", ui.NewLink("用这个", use)))
		}
	}
	return found
}

// orderNumber finds the order that a warning names.
var orderNumber = regexp.MustCompile(`JF-\d{4}-\d+`)

// warning shows a doubt about a picture. Where another order has it too, a link leads there.
func (p *voucherPanel) warning(one gap) fyne.CanvasObject {
	number := orderNumber.FindString(one.what)
	if number == "" {
		return ui.NewNote(ui.ToneWarning, "", one.what+one.fix)
	}
	return ui.NewNote(ui.ToneWarning, "", one.what+one.fix, ui.NewLink("查看 "+number, func() { p.openOrder(number) }))
}

func (p *voucherPanel) openOrder(number string) {
	var other data.Order
	p.wizard.screen.desk.Do(func(ctx context.Context) error {
		var err error
		other, err = p.wizard.screen.service.OrderByNumber(ctx, number)
		return err
	}, func() { p.wizard.screen.desk.Go(desk.OrderDetails, other.ID) })
}

// comparison puts what a receipt says beside what was typed. Nothing is taken over by itself.
func (p *voucherPanel) comparison(voucher data.Voucher) fyne.CanvasObject {
	order := *p.wizard.order()
	checks := data.CheckReceipt(voucher, order)
	var agreed []string
	var differing []data.ReceiptCheck
	for _, check := range checks {
		if check.Agrees {
			agreed = append(agreed, check.Label)
		} else {
			differing = append(differing, check)
		}
	}
	switch {
	case len(checks) == 0:
		account := order.Payee.Account
		return ui.NewNote(ui.TonePrimary, "请对照凭证。", fmt.Sprintf("金额应为 %s 元，收款卡号末四位 %s。", order.Total(), account[max(0, len(account)-4):]))
	case len(differing) == 0 && checks[0].Field == fieldLines:
		return ui.NewNote(ui.ToneSuccess, "金额一致。", fmt.Sprintf("凭证上 ¥%s，填写的缴费总金额 %s 元。%s", checks[0].Said, order.Total(), alsoAgreed(agreed[1:])))
	case len(differing) == 0:
		return ui.NewNote(ui.ToneSuccess, "与凭证一致：", strings.Join(agreed, "、")+"。")
	}
	rows := ui.Column(6)
	for _, check := range differing {
		rows.Add(p.difference(check))
	}
	head := ui.Row(9, ui.NewIcon("circle-alert", theme.TextDanger), ui.NewBold("与凭证不一致"), ui.Wide(ui.NewElidedText(alsoAgreed(agreed), theme.Secondary)))
	return ui.Stack(ui.NewBox(theme.Surface, theme.Danger, 4), ui.Pad(14, 8, 14, 8, ui.Column(6, head, rows)))
}

func alsoAgreed(labels []string) string {
	if len(labels) == 0 {
		return ""
	}
	return strings.Join(labels, "、") + "也一致。"
}

// checkLabel is the width of what a difference is about, in px.
const checkLabel float32 = 60

// difference shows one thing that differs, with a link that takes what the receipt says where that can be typed.
func (p *voucherPanel) difference(check data.ReceiptCheck) fyne.CanvasObject {
	typed := "还没有填写"
	if check.Typed != "" {
		typed = "填写的是 " + check.Typed
	}
	row := ui.Row(8, ui.Fixed(checkLabel, ui.NewText(check.Label, theme.Secondary)), ui.Grow(ui.NewParagraph("凭证上 "+check.Said+"，"+typed, theme.Text)))
	switch use := p.taking(check); {
	case use != nil:
		row.Add(ui.NewLink("用这个", use))
	case check.Field == fieldLines:
		row.Add(ui.NewLink("去改金额", func() { p.wizard.goTo(stepOrganizations) }))
	}
	return row
}

// taking gives what takes over what a receipt says, or nil where that cannot be.
func (p *voucherPanel) taking(check data.ReceiptCheck) func() {
	field := map[string]*ui.Field{fieldPaidAt: &p.wizard.transfer.paidAt.Field, fieldAccount: p.wizard.transfer.account}[check.Field]
	if field == nil {
		return nil
	}
	return func() {
		before := field.Text()
		field.SetText(check.Said)
		p.wizard.leave(check.Field)
		p.showRemarks()
		ui.ShowToast(p.wizard.screen.desk.Window, ui.Toast{Text: check.Label + "已改成凭证上的。", Action: "撤销", OnAction: func() {
			field.SetText(before)
			p.showRemarks()
		}})
	}
}
