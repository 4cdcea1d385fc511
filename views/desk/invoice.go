package desk

import (
	"context"
	"path/filepath"
	"time"

	"peixun/data"
	"peixun/views/ui"
)

// invoiceIssuer records invoices; *app.App is one.
type invoiceIssuer interface {
	Now() data.Moment
	Today() data.Date
	IssueInvoice(ctx context.Context, orderID int64, issue data.InvoiceIssue) (data.Order, error)
}

// AskInvoice asks for an invoice that has come for an order. done gets the order as it is then.
func (d *Desk) AskInvoice(s invoiceIssuer, order data.Order, done func(data.Order)) *ui.Dialog {
	number, day, amount := ui.NewGroupedField("电子发票是 20 位数字", ui.GroupsOfFour), ui.NewDateField(""), ui.NewMoneyField("0.00", 0)
	day.Now = func() time.Time { return s.Now().Time() }
	day.SetText(string(s.Today()))
	amount.SetText(order.Total().String())
	form := ui.NewForm(ui.NewRequiredRow("number", "发票号码", number), ui.NewRequiredRow("date", "开票日期", day),
		ui.NewRequiredRow("amount", "价税合计", amount).WithHint("照发票填写，应等于订单的 "+order.Total().String()+" 元。"))
	var issue data.InvoiceIssue
	var typed string
	var stored data.Order
	return d.Ask(Question{
		Title: "登记发票", Text: order.Number + "，抬头“" + order.Invoice.Title + "”。照收到的发票填写。", Verb: "登记发票", Form: form,
		Read: func() {
			issue = data.InvoiceIssue{Number: number.Text(), IssuedOn: data.Date(day.Text())}
			typed = amount.Text()
		},
		Do: func(ctx context.Context) error {
			var err error
			if issue.Amount, err = data.ParseMoney(typed); err != nil {
				return inField(err, "amount")
			}
			stored, err = s.IssueInvoice(ctx, order.ID, issue)
			return err
		},
		Done: func() { done(stored) },
	})
}

// inField says which row of a form a problem belongs to.
func inField(err error, field string) error {
	problem, known := data.AsProblem(err)
	if !known {
		return err
	}
	problem.Where.Field = field
	return problem
}

// invoiceRequester drafts the mail that asks for an invoice before the payment; *app.App is one.
type invoiceRequester interface {
	SaveInvoiceRequest(ctx context.Context, orderID int64, path string) (data.Order, error)
}

// afterMail is what follows the draft, in the order of doing.
const afterMail = "邮件程序里已经是写好的草稿：收件人 " + data.InvoiceRequestAddress + "，附件是填好的开票信息表。请核对后点“发送”。\n" +
	"收到发票以后：回到这个订单点“登记发票”，再转账、上传凭证、提交。\n疑问请拨打 " + data.HelpTelephones + "。"

// DraftInvoiceMail asks where to keep the mail that asks for an order's invoice, writes it, opens it in the mail program and says
// what to do next. done gets the order as it is then.
func (d *Desk) DraftInvoiceMail(s invoiceRequester, order data.Order, done func(data.Order)) {
	request := ui.FileRequest{Title: "保存邮件草稿", Extensions: []string{".eml"}, Save: true, Name: "开票申请_" + order.Number + ".eml", Verb: "生成并打开"}
	ui.ChooseFile(d.Window, request, func(path string) {
		var stored data.Order
		d.Do(func(ctx context.Context) error {
			var err error
			stored, err = s.SaveInvoiceRequest(ctx, order.ID, path)
			return err
		}, func() {
			done(stored)
			d.openMail(path)
		})
	})
}

func (d *Desk) openMail(path string) {
	title, text := "邮件草稿已打开", afterMail
	if err := d.open(path); err != nil {
		title = "邮件草稿已保存"
		text = "这台电脑没有能打开邮件草稿的程序。请把“" + filepath.Base(path) + "”拷到能发邮件的电脑上双击打开，或在网页邮箱里照草稿填写，附上填好的表。\n" + afterMail
	}
	dialog := ui.NewDialog(d.Window, title)
	dialog.Text, dialog.NoCancel, dialog.Width = text, true, questionWidth
	dialog.SetDefault("知道了", nil)
	dialog.Show()
}

func (d *Desk) open(path string) error {
	if d.OpenFile != nil {
		return d.OpenFile(path)
	}
	return OpenFile(path)
}
