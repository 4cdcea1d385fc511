package cli

import (
	"context"
	"fmt"
	"io"

	"peixun/data"
)

const refillUsage = `[--invoice normal|special] [--title 抬头] [--tax-id 税号] [--email 邮箱] [--mobile 手机号] ` +
	`[--address 注册地址] [--phone 注册电话] [--bank 开户行] [--account 开户行账号] [--remark 备注]`

func prepareInvoice(f *flags) orderChange {
	number, date := f.need("number"), f.need("date")
	return func(ctx context.Context, c *call, order data.Order) (reply, error) {
		day, err := argumentDay(*date)
		if err != nil {
			return reply{}, err
		}
		return c.changed(ctx)(c.app.InvoiceOrder(ctx, order.ID, *number, day))
	}
}

// argumentDay reads a day among the arguments.
func argumentDay(written string) (data.Date, error) {
	day, err := data.ParseDate(data.SourceCell{Text: written, Kind: data.CellText}, false)
	return day, asUsage(err)
}

func prepareInvoiceRequest(f *flags) orderChange {
	out := f.need("out")
	return func(ctx context.Context, c *call, order data.Order) (reply, error) {
		return c.changed(ctx)(c.app.SaveInvoiceRequest(ctx, order.ID, *out))
	}
}

func prepareReverseInvoice(f *flags) orderChange {
	date, reason := f.need("date"), f.need("reason")
	return func(ctx context.Context, c *call, order data.Order) (reply, error) {
		day, err := argumentDay(*date)
		if err != nil {
			return reply{}, err
		}
		return c.changed(ctx)(c.app.ReverseInvoice(ctx, order.ID, day, *reason))
	}
}

// invoiceFields are the flags of the invoice's details among an order's fields.
func invoiceFields(i *data.Invoice) map[string]*string {
	return map[string]*string{"title": &i.Title, "tax-id": &i.TaxNumber, "email": &i.Email, "mobile": &i.Mobile,
		"address": &i.Address, "phone": &i.Telephone, "bank": &i.Bank, "account": &i.Account, "remark": &i.Remark}
}

func prepareRefillInvoice(f *flags) orderChange {
	kind, given := f.text("invoice"), map[string]*string{}
	for name := range invoiceFields(&data.Invoice{}) {
		given[name] = f.text(name)
	}
	return func(ctx context.Context, c *call, order data.Order) (reply, error) {
		if err := takeInvoiceType(f, *kind, &order.Invoice); err != nil {
			return reply{}, err
		}
		for name, field := range invoiceFields(&order.Invoice) {
			if f.given(name) {
				*field = *given[name]
			}
		}
		return c.changed(ctx)(c.app.RefillInvoice(ctx, order.ID, order.Invoice))
	}
}

// takeInvoiceType sets an invoice's type from its flag; none leaves it.
func takeInvoiceType(f *flags, written string, invoice *data.Invoice) error {
	kind, known := invoiceTypes[written]
	switch {
	case written == "":
	case !known:
		return f.wrong("--invoice 要写 normal 或 special。")
	default:
		invoice.Type = kind
	}
	return nil
}

// invoiceFileReply tells of an attached invoice file and how what it says compares with what was entered.
type invoiceFileReply struct {
	Number string      `json:"number" label:"订单号"`
	File   string      `json:"file" label:"发票文件"`
	Type   string      `json:"type" label:"类型"`
	SHA256 string      `json:"sha256" label:"SHA-256"`
	Checks []checkItem `json:"checks"`
}

// checkItem compares one thing that the file says with what was entered.
type checkItem struct {
	Label  string `json:"label" label:"核对"`
	Said   string `json:"said" label:"文件上"`
	Typed  string `json:"typed" label:"登记的"`
	Agrees bool   `json:"agrees"`
}

func prepareAttachInvoice(f *flags) orderChange {
	path := f.need("file")
	return func(ctx context.Context, c *call, order data.Order) (reply, error) {
		file, err := c.app.AttachInvoiceFile(ctx, order.ID, *path)
		if err != nil {
			return reply{}, err
		}
		records, err := c.app.Invoices(ctx, order.ID)
		if err != nil {
			return reply{}, err
		}
		attached := invoiceFileReply{Number: order.Number, File: file.Name, Type: file.Type, SHA256: file.SHA256, Checks: []checkItem{}}
		for _, check := range data.CheckInvoiceFile(file, records[0], order.Invoice) {
			attached.Checks = append(attached.Checks, checkItem{check.Label, check.Said, check.Typed, check.Agrees})
		}
		return reply{value: attached, text: attached.write}, nil
	}
}

// write tells people what was attached and where it differs.
func (r invoiceFileReply) write(w io.Writer) {
	writeFields(w, r)
	for _, check := range r.Checks {
		if check.Agrees {
			fmt.Fprintf(w, "%s一致\n", check.Label)
		} else {
			fmt.Fprintf(w, "%s不一致：文件上是 %s，登记的是 %s\n", check.Label, check.Said, check.Typed)
		}
	}
}
