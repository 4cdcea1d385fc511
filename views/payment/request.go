package payment

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// requestStep is 申请开票 of 先开票后缴费: the mail that asks for the invoice, and the invoice that comes back.
type requestStep struct {
	wizard *wizard
	page   fyne.CanvasObject
	mail   *fyne.Container
	side   *fyne.Container
	loads  desk.Sequence
}

func newRequestStep(w *wizard) *requestStep {
	r := &requestStep{wizard: w, mail: ui.Column(12), side: ui.Column(16)}
	side := ui.Ground(theme.Background, ui.NewScroll(ui.Pad(16, 16, 16, 16, r.side)))
	r.page = newSplit(&split{fixed: sidePanel, narrow: sideNarrow, right: true}, ui.NewScroll(ui.Pad(16, 12, 16, 16, r.mail)), ui.NewLine(), side)
	return r
}

func (r *requestStep) content() fyne.CanvasObject { return r.page }

func (r *requestStep) issued() bool { return r.wizard.order().Invoice.State == data.InvoiceIssued }

func (r *requestStep) requested() bool { return r.wizard.order().InvoiceRequestedAt != "" }

// onwards names the next thing: the mail, then the invoice, then the transfer.
func (r *requestStep) onwards() string {
	switch {
	case r.issued():
		return "下一步"
	case r.requested():
		return "登记发票"
	}
	return "生成邮件草稿"
}

func (r *requestStep) goOn() {
	switch {
	case r.issued():
		r.wizard.goBy(1)
		r.wizard.begin()
	case r.requested():
		r.register()
	default:
		r.draftMail()
	}
}

// draftMail writes the mail of the order as it is stored and opens it.
func (r *requestStep) draftMail() {
	w := r.wizard
	w.draft.flush(func(err error) {
		if err != nil {
			w.screen.desk.Fail(err)
			return
		}
		w.screen.desk.DraftInvoiceMail(w.screen.service, *w.order(), r.take)
	})
}

func (r *requestStep) register() {
	w := r.wizard
	w.draft.flush(func(err error) {
		if err != nil {
			w.screen.desk.Fail(err)
			return
		}
		w.screen.desk.AskInvoice(w.screen.service, *w.order(), func(order data.Order) {
			r.take(order)
			w.screen.desk.Toast("已登记发票。现在可以转账，再上传凭证。")
		})
	})
}

// take goes on with the order as it was stored by a use case.
func (r *requestStep) take(order data.Order) {
	w := r.wizard
	if w.order().ID != order.ID {
		return
	}
	w.draft.take(order)
	w.showStep(stepRequest)
	w.check()
}

// fill shows the mail as it would be sent.
func (r *requestStep) fill() {
	r.showSide()
	order := *r.wizard.order()
	desk.Load(r.wizard.screen.desk, &r.loads, func(ctx context.Context) (drafted, error) {
		mail, err := r.wizard.screen.service.InvoiceRequest(ctx, order.ID)
		if problem, known := data.AsProblem(err); known {
			return drafted{problem: problem.Error()}, nil
		}
		return drafted{mail: mail}, err
	}, r.showMail)
}

// drafted is the mail, or why there is none yet.
type drafted struct {
	mail    data.MailDraft
	problem string
}

func (r *requestStep) showMail(d drafted) {
	if d.problem != "" {
		r.mail.Objects = []fyne.CanvasObject{ui.NewNote(ui.ToneWarning, "还不能生成邮件草稿。", d.problem)}
		r.mail.Refresh()
		return
	}
	names := make([]string, len(d.mail.Attachments))
	for i, attachment := range d.mail.Attachments {
		names[i] = attachment.Name
	}
	copyAddress := r.wizard.copyButton("复制收件人", func() string { return d.mail.To })
	r.mail.Objects = []fyne.CanvasObject{
		ui.NewNote(ui.TonePrimary, "先开票后缴费：", "把开票信息和金额用邮件发给平台，收到发票后登记，再转账、上传凭证、提交。"),
		ui.NewSection("邮件草稿"),
		ui.NewKeyValue("收件人", d.mail.To, copyAddress), ui.NewKeyValue("主题", d.mail.Subject), ui.NewKeyValue("附件", orDash(strings.Join(names, "、"))),
		ui.Stack(ui.NewBox(theme.Background, theme.Border, 4), ui.Pad(12, 10, 12, 10, paragraphs(d.mail.Text))),
	}
	r.mail.Refresh()
}

// paragraphs sets a text's lines one below the other.
func paragraphs(text string) fyne.CanvasObject {
	column := ui.Column(2)
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			column.Add(ui.Gap(8))
			continue
		}
		column.Add(ui.NewParagraph(line, theme.Text))
	}
	return column
}

func (r *requestStep) showSide() {
	order := r.wizard.order()
	said := func(done bool, title, note string) ui.Event {
		tone := ui.ToneNeutral
		if done {
			tone = ui.ToneSuccess
		}
		return ui.Event{Tone: tone, Title: title, Note: note}
	}
	mailed, issued := "还没有生成", "收到后点“登记发票”"
	if r.requested() {
		mailed = string(order.InvoiceRequestedAt) + " 生成，请确认已经发送"
		if days := order.InvoiceRequestedAt.Date().DaysUntil(r.wizard.screen.service.Now().Date()); days > 0 && !r.issued() {
			mailed += fmt.Sprintf("。已等 %d 天", days)
		}
	}
	if r.issued() {
		issued = "号码 " + ui.GroupText(order.Invoice.Number, ui.GroupsOfFour) + "，" + string(order.Invoice.IssuedOn)
	}
	road := ui.NewTimeline(said(r.requested(), "邮件草稿", mailed), said(r.issued(), "登记发票", issued),
		said(order.PaidAt != "", "转账", "按发票金额 "+order.Total().String()+" 元"), said(len(order.Vouchers) > 0, "上传凭证并提交", "核对后提交，等待审核"))
	r.side.Objects = []fyne.CanvasObject{ui.NewTitledCard("接下来", road)}
	var more []fyne.CanvasObject
	if r.requested() && !r.issued() {
		more = append(more, ui.NewButton("重新生成邮件草稿", "mail", r.draftMail))
	}
	if !r.requested() && !r.issued() {
		more = append(more, ui.NewButton("已经发过邮件，登记发票", "receipt-text", r.register))
	}
	if len(more) > 0 {
		r.side.Add(ui.Column(8, more...))
	}
	r.side.Add(ui.NewCaptionParagraph("有疑问请拨打 "+data.HelpTelephones+" 咨询。", theme.Secondary))
	r.side.Refresh()
}

func (r *requestStep) show([]gap, map[string]string) {
	r.wizard.next.SetLabel(r.onwards())
}

func (r *requestStep) focus(string) { r.wizard.screen.desk.Window.Canvas().Focus(r.wizard.next) }
