package orders

import (
	"context"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// invoiceInput is one field of 填写发票信息 in the dialog that fills it in again.
type invoiceInput struct {
	key, label string
	groups     []int
	required   bool
	value      func(*data.Invoice) *string
}

var invoiceInputs = []invoiceInput{
	{"title", "发票抬头", nil, true, func(i *data.Invoice) *string { return &i.Title }},
	{"tax_number", "纳税人识别号", ui.GroupsOfFour, true, func(i *data.Invoice) *string { return &i.TaxNumber }},
	{"address", "税务局注册地址", nil, false, func(i *data.Invoice) *string { return &i.Address }},
	{"telephone", "税务局注册电话", nil, false, func(i *data.Invoice) *string { return &i.Telephone }},
	{"bank", "开户行", nil, false, func(i *data.Invoice) *string { return &i.Bank }},
	{"account", "开户行账号", ui.GroupsOfFour, false, func(i *data.Invoice) *string { return &i.Account }},
	{"email", "用户邮箱", nil, true, func(i *data.Invoice) *string { return &i.Email }},
	{"mobile", "手机号", ui.GroupsMobile, true, func(i *data.Invoice) *string { return &i.Mobile }},
	{"remark", "备注", nil, false, func(i *data.Invoice) *string { return &i.Remark }},
}

// refillWidth is the width of that dialog in px.
const refillWidth float32 = 560

// askRefill asks for the details of the invoice that is to come instead of the reversed one. They begin with those of the old.
func (p *Details) askRefill() {
	invoice := p.order.Invoice
	kind := ui.NewSegments(string(data.InvoiceNormal), string(data.InvoiceSpecial))
	if invoice.Type == data.InvoiceSpecial {
		kind.SetSelected(1)
	}
	form := ui.NewForm(ui.NewFormRow("type", "发票类型", ui.Row(0, kind)))
	form.LabelWidth = 112
	fields := map[string]*ui.Field{}
	for _, input := range invoiceInputs {
		field := ui.NewField("")
		field.Groups = input.groups
		field.SetText(*input.value(&invoice))
		fields[input.key] = field
		row := ui.NewFormRow(input.key, input.label, field)
		row.Required = input.required
		form.Add(row)
	}
	require := func(special bool) {
		for _, key := range []string{"address", "telephone", "bank", "account"} {
			row := form.Row(key)
			row.Required = special
			row.Refresh()
		}
	}
	require(invoice.Type == data.InvoiceSpecial)
	kind.OnChanged = func(index int) { require(index == 1) }
	id := p.id
	p.dialog = p.desk.Ask(desk.Question{
		Title: "重新填写发票信息", Text: "上一张发票已红冲。把要改的改好，保存后等新的发票。", Verb: "保存", Form: form, Width: refillWidth,
		Read: func() {
			invoice.Type = []data.InvoiceType{data.InvoiceNormal, data.InvoiceSpecial}[kind.Selected()]
			for _, input := range invoiceInputs {
				*input.value(&invoice) = fields[input.key].Text()
			}
		},
		Do: func(ctx context.Context) error {
			_, err := p.service.RefillInvoice(ctx, id, invoice)
			return err
		}, Done: p.said("发票信息已重新填写，收到新发票后登记。")})
}
