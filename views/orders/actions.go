package orders

import (
	"context"
	"fmt"
	"image"
	"time"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// action is one thing that can be done with the order in its present state.
type action struct {
	label, icon string
	run         func()
	danger      bool
}

// actions gives the buttons of the head: the next thing filled, one or two others plain, the rest under ⋯.
func (p *Details) actions() []fyne.CanvasObject {
	possible := p.possible()
	objects := []fyne.CanvasObject{}
	for i, one := range possible {
		switch {
		case i == 0:
			objects = append(objects, ui.NewFilledButton(one.label, one.icon, one.run))
		case i < 3 && !one.danger:
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
		items[i] = ui.MenuItem{Label: one.label, Icon: one.icon, Danger: one.danger, Separated: one.danger && i > 0, Action: one.run}
	}
	return items
}

// possible lists what can be done, the next thing first.
func (p *Details) possible() []action {
	edit := action{label: "继续填写", icon: "pencil", run: func() { p.desk.Go(desk.Payment, p.id) }}
	invoice := action{label: "登记开票", icon: "receipt-text", run: p.askInvoice}
	void := action{label: "作废", icon: "ban", run: p.askVoid, danger: true}
	invoiceable := p.order.Invoice.State != data.InvoiceIssued && p.order.Invoice.State != data.InvoiceEmpty && p.order.Total() > 0
	switch p.order.Review {
	case data.ReviewDraft, data.ReviewReady:
		switch {
		case p.order.Mode == data.InvoiceFirst && invoiceable:
			return []action{invoice, edit, void}
		default:
			return []action{edit, void}
		}
	case data.ReviewPacked:
		return []action{{label: "登记已填报到平台", icon: "check", run: p.askSubmitted}}
	case data.ReviewSubmitted:
		found := []action{{label: "登记审核通过", icon: "check", run: p.askApprove}, {label: "登记驳回", icon: "x", run: p.askReject}}
		return appendIf(found, invoiceable, invoice)
	case data.ReviewRejected:
		return []action{{label: "修订", icon: "pencil", run: p.revise}, void}
	case data.ReviewApproved:
		return p.afterApproval(invoice, invoiceable)
	}
	return []action{{label: "上传缴费凭证", icon: "upload", run: func() { p.desk.Go(desk.Payment, nil) }}}
}

// afterApproval puts first what is still to be done: the recharge, the invoice, the letter.
func (p *Details) afterApproval(invoice action, invoiceable bool) []action {
	_, spent := p.recharged()
	letter := action{label: "打印确认书", icon: "printer", run: p.printLetter}
	recharge := action{label: "充值", icon: "wallet", run: func() { p.desk.Go(desk.Recharge, p.order.BatchNumber) }}
	if left := p.left(); left > 0 {
		recharge.label = fmt.Sprintf("为 %s 人充值", desk.Thousands(left))
	}
	var found []action
	found = appendIf(found, spent < p.order.Total(), recharge)
	found = appendIf(found, invoiceable, invoice)
	found = append(found, letter)
	return appendIf(found, spent == 0, action{label: "撤回审核", icon: "undo-2", run: p.askTakeBack, danger: true})
}

func appendIf(list []action, wanted bool, one action) []action {
	if wanted {
		return append(list, one)
	}
	return list
}

func (p *Details) printLetter() { p.desk.Go(desk.Letters, p.id) }

// ask shows a form in a dialog. The answer is carried out off the user interface thread; a refusal that names a field shows under it and
// the dialog stays open.
func (p *Details) ask(title, text, verb string, form *ui.Form, do func(ctx context.Context) error, said string) {
	p.dialog = ui.NewDialog(p.desk.Window, title)
	dialog := p.dialog
	dialog.Text, dialog.Body, dialog.Width = text, form, 480
	dialog.SetDefault(verb, func() bool {
		var failure error
		p.desk.Do(func(ctx context.Context) error { failure = do(ctx); return nil }, func() {
			problem, known := data.AsProblem(failure)
			switch {
			case failure == nil:
				dialog.Hide()
				p.desk.Toast(said)
			case known && form.Row(problem.Where.Field) != nil:
				form.SetProblems(map[string]string{problem.Where.Field: problem.Error()})
				form.FocusFirstProblem()
				dialog.Relayout()
			default:
				dialog.Hide()
				p.desk.Fail(failure)
			}
		})
		return false
	})
	dialog.Show()
}

// moment reads a typed time; a problem names the field.
func moment(text, field string) (data.Moment, error) {
	at, err := data.ParseMoment(text)
	if problem, wrong := data.AsProblem(err); wrong {
		problem.Where.Field = field
		return "", problem
	}
	return at, err
}

func (p *Details) timeField() *ui.DateField {
	field := ui.NewDateTimeField("")
	field.Now = func() time.Time { return p.service.Now().Time() }
	field.SetText(string(p.service.Now()))
	return field
}

func (p *Details) askApprove() {
	at, batch := p.timeField(), ui.NewField("不填则按 XK-年份-序号 编号")
	form := ui.NewForm(ui.NewRequiredRow("reviewed_at", "审核时间", at), ui.NewFormRow("batch", "批次号", batch).WithHint("平台给的学习卡批次号，没有可以不填。"))
	id := p.id
	p.ask("登记审核通过", fmt.Sprintf("%s，%s 元。登记后生成学习卡批次，就可以给学员充值。", p.order.Number, p.order.Total()), "登记审核通过", form,
		func(ctx context.Context) error {
			when, err := moment(at.Text(), "reviewed_at")
			if err != nil {
				return err
			}
			_, err = p.service.ApproveOrder(ctx, id, batch.Text(), when)
			return err
		}, "已登记审核通过，生成了学习卡批次。")
}

func (p *Details) askReject() {
	at, reason := p.timeField(), ui.NewTextArea("照平台的审核意见填写", 3)
	form := ui.NewForm(ui.NewRequiredRow("reviewed_at", "审核时间", at), ui.NewRequiredRow("reason", "驳回原因", reason))
	id := p.id
	p.ask("登记驳回", "填写的内容都会保留，修订后可以再提交。", "登记驳回", form, func(ctx context.Context) error {
		when, err := moment(at.Text(), "reviewed_at")
		if err != nil {
			return err
		}
		_, err = p.service.RejectOrder(ctx, id, reason.Text(), when)
		return err
	}, "已登记驳回。")
}

func (p *Details) askVoid() {
	reason := ui.NewTextArea("例如：转账退回，重新缴费", 3)
	form := ui.NewForm(ui.NewRequiredRow("reason", "作废原因", reason))
	id := p.id
	p.ask("作废订单 "+p.order.Number, "作废后不能恢复，这个订单号也不再使用。", "作废", form, func(ctx context.Context) error {
		_, err := p.service.VoidOrder(ctx, id, reason.Text())
		return err
	}, "订单已作废。")
}

func (p *Details) askInvoice() {
	number, day := ui.NewGroupedField("电子发票是 20 位数字", ui.GroupsOfFour), ui.NewDateField("")
	day.Now = func() time.Time { return p.service.Now().Time() }
	day.SetText(string(p.service.Today()))
	form := ui.NewForm(ui.NewRequiredRow("number", "发票号码", number), ui.NewRequiredRow("date", "开票日期", day))
	id := p.id
	p.ask("登记开票", fmt.Sprintf("%s，价税合计 %s 元。", p.order.Number, p.order.Total()), "登记开票", form, func(ctx context.Context) error {
		_, err := p.service.InvoiceOrder(ctx, id, number.Text(), data.Date(day.Text()))
		return err
	}, "已登记开票。")
}

func (p *Details) askTakeBack() {
	id := p.id
	ui.ConfirmDanger(p.desk.Window, "撤回审核", fmt.Sprintf("%s 回到“待审核”，批次 %s 会删除。只有没有充值过的批次可以撤回。", p.order.Number, p.order.BatchNumber), "撤回审核", func() {
		p.change("已撤回审核。", func(ctx context.Context) error {
			_, err := p.service.TakeBackApproval(ctx, id)
			return err
		})
	})
}

func (p *Details) askSubmitted() {
	id := p.id
	ui.Confirm(p.desk.Window, "登记已填报到平台", p.order.Number+" 成为“待审核”，等业务人员审核。", "登记", func() {
		p.change("订单现在是“待审核”。", func(ctx context.Context) error {
			_, err := p.service.SubmitOrder(ctx, id)
			return err
		})
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

// showIn decodes another voucher for the large view.
func (p *Details) showIn(viewer *ui.Viewer, voucher data.Voucher) {
	var picture image.Image
	p.desk.Do(func(ctx context.Context) error {
		var err error
		picture, err = p.service.VoucherImage(ctx, voucher)
		return err
	}, func() { viewer.SetImage(picture) })
}
