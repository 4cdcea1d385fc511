package orders

import (
	"context"
	"fmt"
	"io"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/ui"
)

// action is one thing that can be done with the order in its present state.
type action struct {
	label, icon string
	run         func()
	danger      bool
}

// shownActions is how many actions are buttons of their own; the others stand under ⋯.
const shownActions = 3

// actions gives the buttons of the head: the next thing filled, one or two others plain, the rest under ⋯.
func (p *Details) actions() []fyne.CanvasObject {
	possible := p.possible()
	objects := []fyne.CanvasObject{}
	for i, one := range possible {
		switch {
		case i == 0:
			objects = append(objects, ui.NewFilledButton(one.label, one.icon, one.run))
		case i < shownActions && !one.danger:
			objects = append(objects, ui.NewButton(one.label, one.icon, one.run))
		default:
			return append(objects, ui.NewMoreButton(func() []ui.MenuItem { return menuOf(possible[i:]) }))
		}
	}
	return objects
}

func menuOf(actions []action) []ui.MenuItem {
	items := make([]ui.MenuItem, len(actions))
	for i, one := range actions {
		items[i] = ui.MenuItem{Label: one.label, Icon: one.icon, Danger: one.danger, Separated: one.danger && i > 0 && !actions[i-1].danger, Action: one.run}
	}
	return items
}

// possible lists what can be done: the next thing first, what destroys last.
func (p *Details) possible() []action {
	next, last := p.byState()
	papers := []action{{label: "打印订单", icon: "printer", run: p.printSheet}}
	if p.order.Editable() && p.order.Mode != data.PayOnline && p.order.Total() > 0 {
		papers = append([]action{{label: "打印付款申请单", icon: "printer", run: p.printRequest}}, papers...)
	}
	papers = append(papers, action{label: "复制为新订单", icon: "copy", run: p.copyOrder})
	if p.desk.CopyAssistant != nil && p.order.Review != data.ReviewVoid && p.order.Mode != data.PayOnline {
		papers = append(papers, action{label: "逐项复制到平台", icon: "clipboard-list", run: func() { p.desk.CopyAssistant(p.id) }})
	}
	return append(append(next, papers...), last...)
}

// byState lists what the order's state allows: what leads on, and what leads back.
func (p *Details) byState() (next, last []action) {
	edit := action{label: "继续填写", icon: "pencil", run: func() { p.desk.Go(desk.Payment, p.id) }}
	void := action{label: "作废", icon: "ban", run: p.unlessClosed(p.askVoid), danger: true}
	switch p.order.Review {
	case data.ReviewDraft:
		next = append(p.beforePaying(), edit)
		if p.order.May(data.ActReady) {
			next = append(next, action{label: "检查并列入待报", icon: "package", run: p.ready})
		}
		return next, []action{void}
	case data.ReviewReady:
		report := action{label: "去报盘", icon: "package-check", run: func() { p.desk.Go(desk.Submissions, nil) }}
		return append(append(p.beforePaying(), report), edit), []action{void}
	case data.ReviewPacked:
		return []action{{label: "登记已填报到平台", icon: "check", run: p.askSubmitted}}, nil
	case data.ReviewSubmitted:
		return append([]action{{label: "登记审核通过", icon: "check", run: p.askApprove}, {label: "登记驳回", icon: "x", run: p.unlessClosed(p.askReject)}}, p.invoicing()...), nil
	case data.ReviewRejected:
		return append([]action{{label: "修订", icon: "pencil", run: p.revise}}, p.invoicing()...), []action{void}
	case data.ReviewApproved:
		return p.afterApproval()
	}
	return append(p.invoicing(), action{label: "上传缴费凭证", icon: "upload", run: func() { p.desk.Go(desk.Payment, nil) }}), nil
}

// beforePaying is what 先开票后缴费 asks for first: the mail, then the invoice that comes back.
func (p *Details) beforePaying() []action {
	if p.order.Mode != data.InvoiceFirst || p.order.Invoice.State == data.InvoiceIssued || p.order.Total() == 0 {
		return nil
	}
	mail := action{label: "生成邮件草稿", icon: "mail", run: p.draftMail}
	if p.order.InvoiceRequestedAt == "" {
		return append([]action{mail}, p.invoicing()...)
	}
	return append(p.invoicing(), mail)
}

// invoicing is what can be done with the order's invoice.
func (p *Details) invoicing() []action {
	switch {
	case p.order.May(data.ActIssue) && p.order.Total() > 0:
		return []action{{label: "登记发票", icon: "receipt-text", run: p.askInvoice}}
	case p.order.May(data.ActRefill):
		return []action{{label: "重新填写发票信息", icon: "receipt-text", run: p.askRefill}}
	}
	return nil
}

// afterApproval puts first what is still to be done: the recharge, the invoice, and once both are done the letter.
func (p *Details) afterApproval() (next, last []action) {
	_, spent := p.recharged()
	recharge := action{label: "充值", icon: "wallet", run: func() { p.desk.Go(desk.Recharge, p.order.BatchNumber) }}
	if left := p.left(); left > 0 {
		recharge.label = fmt.Sprintf("为 %s 人充值", desk.Thousands(left))
	}
	if spent < p.order.Total() {
		next = append(next, recharge)
	}
	next = append(next, p.invoicing()...)
	letter := action{label: "打印确认书", icon: "award", run: p.printLetter}
	if len(next) == 0 {
		next = append(next, letter)
	} else {
		last = append(last, letter)
	}
	if spent == 0 {
		last = append(last, action{label: "撤回审核", icon: "undo-2", run: p.unlessClosed(p.askTakeBack), danger: true})
	}
	return next, last
}

// unlessClosed is what to do, behind a question where the order stands in a closed month.
func (p *Details) unlessClosed(run func()) func() {
	return func() {
		var closed []data.Month
		if p.bank.Closed != "" {
			closed = append(closed, p.bank.Closed)
		}
		p.desk.UnlessClosed(closed, run)
	}
}

func (p *Details) printLetter() { p.desk.Go(desk.Letters, p.id) }

// printSheet prints the order with all that happened to it.
func (p *Details) printSheet() {
	p.print(data.OrderSheetName, p.service.OrderSheetPaper)
}

// printChecklist prints what the official web form asks for, to be ticked off beside it.
func (p *Details) printChecklist() {
	p.print(data.ChecklistName, p.service.OrderChecklistPaper)
}

// printRequest prints what asks the unit's own finance office for the transfer.
func (p *Details) printRequest() {
	p.print(data.PaymentRequestName, p.service.PaymentRequestPaper)
}

func (p *Details) print(name string, write func(ctx context.Context, orderID int64, w io.Writer) (app.Written, error)) {
	id := p.id
	printed := func() {
		p.desk.Do(func(ctx context.Context) error { return p.service.RecordPrinted(ctx, id, name) }, func() {})
	}
	preview.Show(p.desk, p.service, preview.Paper{
		Title: name + " " + p.order.Number, Name: name + "_" + p.order.Number + ".pdf",
		Write:     func(ctx context.Context, w io.Writer) (app.Written, error) { return write(ctx, id, w) },
		OnPrinted: func(app.Printed) { printed() }, OnSaved: func(string) { printed() },
	})
}

// copyOrder begins an order like this one and goes on with it.
func (p *Details) copyOrder() {
	id := p.id
	var copied data.Order
	p.desk.Do(func(ctx context.Context) error {
		var err error
		copied, err = p.service.CopyOrder(ctx, id)
		return err
	}, func() {
		p.desk.Toast("已复制为新订单 " + copied.Number + "，转账信息和凭证要重新填写。")
		p.desk.Go(desk.Payment, copied.ID)
	})
}

// ready checks the order and puts it among what the next package takes along.
func (p *Details) ready() {
	id := p.id
	p.change("已列入待报，下一个报盘包会带上它。", func(ctx context.Context) error {
		_, err := p.service.ReadyOrder(ctx, id)
		return err
	})
}

// revise makes the rejected order a draft and goes on with it.
func (p *Details) revise() {
	id := p.id
	p.desk.Do(func(ctx context.Context) error {
		_, err := p.service.ReviseOrder(ctx, id)
		return err
	}, func() { p.desk.Go(desk.Payment, id) })
}

func (p *Details) change(said string, do func(ctx context.Context) error) {
	p.desk.Do(do, func() { p.desk.Toast(said) })
}
