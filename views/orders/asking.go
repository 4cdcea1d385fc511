package orders

import (
	"context"
	"fmt"
	"time"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

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

// said is Done of a question that leaves the page as it is.
func (p *Details) said(text string) func() { return func() { p.desk.Toast(text) } }

func (p *Details) askApprove() {
	at, batch := p.timeField(), ui.NewField("不填则按 XK-年份-序号 编号")
	form := ui.NewForm(ui.NewRequiredRow("reviewed_at", "审核时间", at), ui.NewFormRow("batch", "批次号", batch).WithHint("平台给的学习卡批次号，没有可以不填。"))
	id := p.id
	p.dialog = p.desk.Ask(desk.Question{
		Title: "登记审核通过", Text: fmt.Sprintf("%s，%s 元。登记后生成学习卡批次，就可以给学员充值。", p.order.Number, p.order.Total()), Verb: "登记审核通过", Form: form,
		Do: func(ctx context.Context) error {
			when, err := moment(at.Text(), "reviewed_at")
			if err != nil {
				return err
			}
			_, err = p.service.ApproveOrder(ctx, id, batch.Text(), when)
			return err
		}, Done: p.said("已登记审核通过，生成了学习卡批次。")})
}

func (p *Details) askReject() {
	at, reason := p.timeField(), ui.NewTextArea("照平台的审核意见填写", 3)
	form := ui.NewForm(ui.NewRequiredRow("reviewed_at", "审核时间", at), ui.NewRequiredRow("reason", "驳回原因", reason))
	id := p.id
	p.dialog = p.desk.Ask(desk.Question{Title: "登记驳回", Text: "填写的内容都会保留，修订后可以再提交。", Verb: "登记驳回", Form: form,
		Do: func(ctx context.Context) error {
			when, err := moment(at.Text(), "reviewed_at")
			if err != nil {
				return err
			}
			_, err = p.service.RejectOrder(ctx, id, reason.Text(), when)
			return err
		}, Done: p.said("已登记驳回。点“修订”可以改好再提交。")})
}

func (p *Details) askVoid() {
	reason := ui.NewTextArea("例如：转账退回，重新缴费", 3)
	form := ui.NewForm(ui.NewRequiredRow("reason", "作废原因", reason))
	id := p.id
	p.dialog = p.desk.Ask(desk.Question{Title: "作废订单 " + p.order.Number, Text: "作废后不能恢复，这个订单号也不再使用。", Verb: "作废", Form: form,
		Do: func(ctx context.Context) error {
			_, err := p.service.VoidOrder(ctx, id, reason.Text())
			return err
		}, Done: p.said("订单已作废。")})
}

func (p *Details) askInvoice() {
	p.dialog = p.desk.AskInvoice(p.service, p.order, func(data.Order) { p.desk.Toast("已登记发票。") })
}

// askCorrect asks for the number and day of an invoice that were entered wrongly.
func (p *Details) askCorrect() {
	number, day := ui.NewGroupedField("电子发票是 20 位数字", ui.GroupsOfFour), ui.NewDateField("")
	number.SetText(p.order.Invoice.Number)
	day.Now = func() time.Time { return p.service.Now().Time() }
	day.SetText(string(p.order.Invoice.IssuedOn))
	form := ui.NewForm(ui.NewRequiredRow("number", "发票号码", number), ui.NewRequiredRow("date", "开票日期", day))
	id := p.id
	p.dialog = p.desk.Ask(desk.Question{Title: "更正发票登记", Text: "号码或日期登记错了，照发票改正。发票本身开错了，请让开票方红冲，再登记红冲。", Verb: "更正", Form: form,
		Do: func(ctx context.Context) error {
			_, err := p.service.CorrectInvoice(ctx, id, number.Text(), data.Date(day.Text()))
			return err
		}, Done: p.said("已更正。")})
}

// askWithdraw forgets an invoice that was recorded for the wrong order.
func (p *Details) askWithdraw() {
	id := p.id
	text := fmt.Sprintf("发票 %s 不再属于 %s，号码可以登记到别的订单。发票被开票方红冲的，请用“登记红冲”。", ui.GroupText(p.order.Invoice.Number, ui.GroupsOfFour), p.order.Number)
	ui.Confirm(p.desk.Window, "撤回发票登记", text, "撤回登记", func() {
		p.change("已撤回发票登记。", func(ctx context.Context) error {
			_, err := p.service.WithdrawInvoice(ctx, id)
			return err
		})
	})
}

// askReverse asks for the day and the reason of an invoice's 红冲.
func (p *Details) askReverse() {
	day, reason := ui.NewDateField(""), ui.NewTextArea("例如：抬头开错，重新开票", 2)
	day.Now = func() time.Time { return p.service.Now().Time() }
	day.SetText(string(p.service.Today()))
	form := ui.NewForm(ui.NewRequiredRow("date", "红冲日期", day).WithHint("照红字发票填写。"), ui.NewRequiredRow("reason", "红冲原因", reason))
	id := p.id
	p.dialog = p.desk.Ask(desk.Question{
		Title: "登记红冲", Text: "发票 " + ui.GroupText(p.order.Invoice.Number, ui.GroupsOfFour) + " 已由开票方红冲。登记后这张发票作废，可以重新填写发票信息，再登记新的发票。",
		Verb: "登记红冲", Form: form,
		Do: func(ctx context.Context) error {
			_, err := p.service.ReverseInvoice(ctx, id, data.Date(day.Text()), reason.Text())
			return err
		}, Done: p.said("已登记红冲。")})
}

func (p *Details) askTakeBack() {
	id, back := p.id, "待审核"
	if p.order.Mode == data.PayOnline {
		back = "草稿"
	}
	ui.ConfirmDanger(p.desk.Window, "撤回审核", fmt.Sprintf("%s 回到“%s”，批次 %s 会删除。只有没有充值过的批次可以撤回。", p.order.Number, back, p.order.BatchNumber), "撤回审核", func() {
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

// draftMail writes the mail that asks for the invoice before the payment.
func (p *Details) draftMail() {
	p.desk.DraftInvoiceMail(p.service, p.order, func(data.Order) {})
}
