package cli

import (
	"context"
	"fmt"
	"io"

	"peixun/app"
	"peixun/data"
)

// orderSummary is an order as lists show it.
type orderSummary struct {
	Number        string            `json:"number" label:"订单号"`
	State         data.ReviewState  `json:"state" label:"审核状态"`
	InvoiceState  data.InvoiceState `json:"invoice_state" label:"发票状态"`
	Total         data.Money        `json:"total" label:"金额"`
	People        int               `json:"people" label:"人数"`
	Plan          string            `json:"plan" label:"计划编号"`
	PlanName      string            `json:"plan_name"`
	Mode          data.PaymentMode  `json:"mode" label:"缴费模式"`
	Organizations []string          `json:"organizations" label:"缴费组织"`
	Applicant     string            `json:"applicant"`
	ApplicantUnit string            `json:"applicant_unit"`
	CreatedAt     data.Moment       `json:"created_at"`
	PaidAt        data.Moment       `json:"paid_at" label:"转账时间"`
	AppliedAt     data.Moment       `json:"applied_at" label:"申请时间"`
	ReviewedAt    data.Moment       `json:"reviewed_at" label:"审核时间"`
	Batch         string            `json:"batch" label:"批次号"`
}

// orderReply is a whole order. Account and mobile numbers are masked unless they were revealed.
type orderReply struct {
	orderSummary
	Revision    int            `json:"revision"`
	Lines       []lineItem     `json:"lines"`
	Payer       payerItem      `json:"payer"`
	Payee       payeeItem      `json:"payee"`
	Transaction string         `json:"transaction"`
	Vouchers    []voucherItem  `json:"vouchers"`
	Invoice     invoiceItem    `json:"invoice"`
	ReviewNote  string         `json:"review_note"`
	Events      []eventItem    `json:"events"`
	Confirmed   []fieldProblem `json:"confirmed,omitempty"` // the warnings that this submission confirmed
}

type lineItem struct {
	Organization string     `json:"organization" label:"缴费组织"`
	People       int        `json:"people" label:"人数"`
	Amount       data.Money `json:"amount" label:"金额"`
}

type payerItem struct {
	Bank    string `json:"bank" label:"缴费银行"`
	Account string `json:"account" label:"缴费卡号"`
}

type payeeItem struct {
	Name    string `json:"name" label:"收款单位"`
	Bank    string `json:"bank" label:"收款银行"`
	Account string `json:"account" label:"收款卡号"`
}

type voucherItem struct {
	Name   string `json:"name" label:"凭证"`
	Type   string `json:"type" label:"类型"`
	Width  int    `json:"width" label:"宽"`
	Height int    `json:"height" label:"高"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

type invoiceItem struct {
	Type       data.InvoiceType  `json:"type" label:"发票类型"`
	Title      string            `json:"title" label:"发票抬头"`
	TaxID      string            `json:"tax_id" label:"纳税人识别号"`
	Address    string            `json:"address" label:"税务局注册地址"`
	Phone      string            `json:"phone" label:"税务局注册电话"`
	Bank       string            `json:"bank" label:"开户行"`
	Account    string            `json:"account" label:"开户行账号"`
	Email      string            `json:"email" label:"用户邮箱"`
	Mobile     string            `json:"mobile" label:"手机号"`
	Remark     string            `json:"remark" label:"备注"`
	State      data.InvoiceState `json:"state"`
	Number     string            `json:"number" label:"发票号码"`
	IssuedOn   data.Date         `json:"issued_on" label:"开票日期"`
	ReversedOn data.Date         `json:"reversed_on" label:"红冲日期"`
}

type eventItem struct {
	At     data.Moment `json:"at" label:"时间"`
	User   string      `json:"user" label:"操作人"`
	Action string      `json:"action"`
	Detail string      `json:"detail" label:"经过"`
}

func summaryOf(o data.Order) orderSummary {
	summary := orderSummary{Number: o.Number, State: o.Review, InvoiceState: o.Invoice.State, Total: o.Total(), People: o.People(), Plan: o.PlanNumber,
		PlanName: o.PlanName, Mode: o.Mode, Organizations: []string{}, Applicant: o.Applicant, ApplicantUnit: o.ApplicantUnit, CreatedAt: o.CreatedAt,
		PaidAt: o.PaidAt, AppliedAt: o.AppliedAt, ReviewedAt: o.ReviewedAt, Batch: o.BatchNumber}
	for _, line := range o.Lines {
		summary.Organizations = append(summary.Organizations, line.OrganizationPath)
	}
	return summary
}

func listOrders(ctx context.Context, c *call) ([]orderSummary, error) {
	ids, err := c.app.OrderIDs(ctx, data.OrderQuery{})
	if err != nil {
		return nil, err
	}
	var items []orderSummary
	for _, id := range ids {
		order, err := c.app.Order(ctx, id)
		if err != nil {
			return nil, err
		}
		items = append(items, summaryOf(order))
	}
	return items, nil
}

// masked hides an order's numbers as lists do.
func masked(o data.Order) data.Order {
	o.PayerAccount, o.Invoice.Account = app.MaskAccount(o.PayerAccount), app.MaskAccount(o.Invoice.Account)
	o.Invoice.Mobile = app.MaskMobile(o.Invoice.Mobile)
	return o
}

// orderReply answers with a whole order, its numbers as they stand in o.
func (c *call) orderReply(ctx context.Context, o data.Order, confirmed []fieldProblem) (reply, error) {
	events, err := c.app.OrderEvents(ctx, o.Number)
	if err != nil {
		return reply{}, err
	}
	i := o.Invoice
	shown := orderReply{orderSummary: summaryOf(o), Revision: o.Revision, Lines: []lineItem{}, Payer: payerItem{o.PayerBank, o.PayerAccount},
		Payee: payeeItem{o.Payee.Name, o.Payee.Bank, o.Payee.Account}, Transaction: o.Transaction, Vouchers: []voucherItem{},
		Invoice: invoiceItem{Type: i.Type, Title: i.Title, TaxID: i.TaxNumber, Address: i.Address, Phone: i.Telephone, Bank: i.Bank, Account: i.Account,
			Email: i.Email, Mobile: i.Mobile, Remark: i.Remark, State: i.State, Number: i.Number, IssuedOn: i.IssuedOn, ReversedOn: i.ReversedOn},
		ReviewNote: o.ReviewNote, Events: []eventItem{}, Confirmed: confirmed}
	for _, line := range o.Lines {
		shown.Lines = append(shown.Lines, lineItem{line.OrganizationPath, line.People, line.Amount})
	}
	for _, v := range o.Vouchers {
		shown.Vouchers = append(shown.Vouchers, voucherItem{v.Name, v.Type, v.Width, v.Height, v.Size, v.SHA256})
	}
	for _, event := range events {
		shown.Events = append(shown.Events, eventItem{event.At, event.User, event.Action, event.Title})
	}
	return reply{value: shown, text: shown.write}, nil
}

// write shows an order to people.
func (o orderReply) write(w io.Writer) {
	writeFields(w, o.orderSummary)
	for _, part := range []any{o.Payer, o.Payee, o.Invoice} {
		fmt.Fprintln(w)
		writeFields(w, part)
	}
	fmt.Fprintln(w)
	writeTable(w, o.Lines)
	if len(o.Vouchers) > 0 {
		fmt.Fprintln(w)
		writeTable(w, o.Vouchers)
	}
	if o.ReviewNote != "" {
		fmt.Fprintf(w, "\n审核意见：%s\n", o.ReviewNote)
	}
	fmt.Fprintln(w)
	writeTable(w, o.Events)
	if len(o.Confirmed) > 0 {
		fmt.Fprintln(w, "\n提交时确认了：")
		writeProblems(w, o.Confirmed)
	}
}
