package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/mail"
	"peixun/data/sqlite"
)

// workbookType is the MIME type of the sheet that goes with the mail.
const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// InvoiceRequest gives the mail that asks for an order's invoice before the payment (manual, section 五.5). It is refused with the
// first gap while lines, invoice details or 管理员信息 are not complete.
func (a *App) InvoiceRequest(ctx context.Context, orderID int64) (data.MailDraft, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return data.MailDraft{}, err
	}
	return query(a, ctx, func(tx *sqlite.Tx) (data.MailDraft, error) {
		order, err := tx.Order(orderID)
		if err != nil {
			return data.MailDraft{}, err
		}
		return a.invoiceRequest(tx, order)
	})
}

func (a *App) invoiceRequest(tx *sqlite.Tx, order data.Order) (data.MailDraft, error) {
	order = order.Cleaned()
	profile, err := tx.Profile()
	if err != nil {
		return data.MailDraft{}, err
	}
	if err := firstGap(append(errorsOf(data.JudgeProfile(profile)), data.JudgeInvoiceRequest(order)...)); err != nil {
		return data.MailDraft{}, err
	}
	if !order.May(data.ActRequestInvoice) {
		return data.MailDraft{}, refusedAction(order, data.ActRequestInvoice)
	}
	fields := requestFields(order, profile)
	var sheet bytes.Buffer
	columns := []excel.OutColumn{{Header: "项目", Width: 18, Kind: excel.OutText}, {Header: "内容", Width: 60, Kind: excel.OutText}}
	if err := excel.WriteTable(&sheet, "开票信息", columns, fieldRows(fields)); err != nil {
		return data.MailDraft{}, err
	}
	return data.MailDraft{
		From: profile.Email, To: data.InvoiceRequestAddress,
		Subject:     fmt.Sprintf("先开票后缴费申请：%s %s 元（%s）", profile.Unit, order.Total(), order.Number),
		Text:        requestText(fields, order, profile, a.Today()),
		Attachments: []data.MailAttachment{{Name: "开票信息_" + order.Number + ".xlsx", Type: workbookType, Content: sheet.Bytes()}},
	}, nil
}

// requestFields are what the mail and its sheet say: name and value.
func requestFields(order data.Order, profile data.Profile) [][2]string {
	var lines []string
	for _, line := range order.Lines {
		lines = append(lines, fmt.Sprintf("%s %s 元", line.OrganizationPath, line.Amount))
	}
	telephone := profile.Phone
	if telephone == "" {
		telephone = profile.Mobile
	}
	i := order.Invoice
	all := [][2]string{
		{"订单号", order.Number}, {"申请单位", profile.Unit}, {"培训计划名称", order.PlanName}, {"计划编号", order.PlanNumber},
		{"缴费组织", strings.Join(lines, "；")}, {"开票金额", order.Total().String() + " 元"}, {"金额大写", order.Total().Capitals()},
		{"发票类型", string(i.Type)}, {"发票抬头", i.Title}, {"纳税人识别号", i.TaxNumber}, {"税务局注册地址", i.Address}, {"税务局注册电话", i.Telephone},
		{"开户行", i.Bank}, {"开户行账号", i.Account}, {"用户邮箱", i.Email}, {"手机号", i.Mobile}, {"备注", i.Remark},
		{"联系人", profile.Name}, {"联系电话", telephone},
	}
	filled := all[:0]
	for _, field := range all {
		if field[1] != "" {
			filled = append(filled, field)
		}
	}
	return filled
}

func fieldRows(fields [][2]string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, field := range fields {
			if !yield([]any{field[0], field[1]}, nil) {
				return
			}
		}
	}
}

func requestText(fields [][2]string, order data.Order, profile data.Profile, day data.Date) string {
	var text strings.Builder
	text.WriteString("您好！\n\n我单位需要先开票后缴费，请按以下信息开具发票（附件是同样内容的表格）：\n\n")
	for _, field := range fields {
		text.WriteString(field[0] + "：" + field[1] + "\n")
	}
	fmt.Fprintf(&text, "\n收到发票后，我单位将付款到%s（%s，账号 %s），并上传转账凭证。\n\n谢谢！\n\n%s\n%s\n", order.Payee.Name, order.Payee.Bank, order.Payee.Account, profile.Unit, day)
	return text.String()
}

// SaveInvoiceRequest writes that mail as an .eml draft, which a mail program opens ready to be sent, and notes when it was asked for.
// Nothing is noted where the file cannot be written.
func (a *App) SaveInvoiceRequest(ctx context.Context, orderID int64, path string) (data.Order, error) {
	return a.act(ctx, orderID, data.ActRequestInvoice, func(tx *sqlite.Tx, _ string, order data.Order) (string, error) {
		draft, err := a.invoiceRequest(tx, order)
		if err != nil {
			return "", err
		}
		if err := WriteFile(path, func(w io.Writer) error { return mail.Write(w, draft, a.clock().In(data.Shanghai)) }); err != nil {
			return "", err
		}
		detail := fmt.Sprintf("生成开票申请邮件，%s 元", order.Total())
		return detail, tx.NoteInvoiceRequest(orderID, a.Now())
	})
}
