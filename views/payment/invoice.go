package payment

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the step 填写发票信息, in px.
const (
	invoiceLabel float32 = 112
	invoiceForm  float32 = 692
	sidePanel    float32 = 347
	sideNarrow   float32 = 292
)

var invoiceTypes = []data.InvoiceType{data.InvoiceNormal, data.InvoiceSpecial}

// invoiceStep is the third step: the invoice's details beside what is missing and what will be invoiced.
type invoiceStep struct {
	wizard *wizard
	page   fyne.CanvasObject
	form   *ui.Form

	profiles *profiles
	kind     *ui.Segments
	fields   map[string]*ui.Field
	passed   *fyne.Container
	missing  *ui.MissingList
	preview  *fyne.Container
	pill     *ui.Pill
	previews *fyne.Container
}

// invoiceField names one field of the form and where it stands in an invoice.
type invoiceField struct {
	key, placeholder string
	groups           []int
	value            func(*data.Invoice) *string
	special          bool // asked for by a 专用发票 only
}

var invoiceFields = []invoiceField{
	{"title", "付款单位的全称", nil, func(i *data.Invoice) *string { return &i.Title }, false},
	{"tax_number", "统一社会信用代码，18 位", ui.GroupsOfFour, func(i *data.Invoice) *string { return &i.TaxNumber }, false},
	{"address", "税务登记的地址", nil, func(i *data.Invoice) *string { return &i.Address }, true},
	{"telephone", "座机或手机，如 84290000", nil, func(i *data.Invoice) *string { return &i.Telephone }, true},
	{"bank", "开户银行的全称", nil, func(i *data.Invoice) *string { return &i.Bank }, true},
	{"account", "可以带空格粘贴", ui.GroupsOfFour, func(i *data.Invoice) *string { return &i.Account }, true},
	{"email", "电子发票会发到这里，只填一个", nil, func(i *data.Invoice) *string { return &i.Email }, false},
	{"mobile", "11 位手机号", ui.GroupsMobile, func(i *data.Invoice) *string { return &i.Mobile }, false},
	{"remark", "写在发票备注栏，可不填", nil, func(i *data.Invoice) *string { return &i.Remark }, false},
}

func newInvoiceStep(w *wizard) *invoiceStep {
	s := &invoiceStep{wizard: w, fields: map[string]*ui.Field{}}
	s.profiles = newProfiles(s)
	s.kind = ui.NewSegments(string(invoiceTypes[0]), string(invoiceTypes[1]))
	s.kind.OnChanged = func(index int) {
		w.order().Invoice.Type = invoiceTypes[index]
		w.changed()
		s.showKind()
	}
	s.form = ui.NewForm(ui.NewFormRow("details", "开票资料", s.profiles.content), ui.NewRequiredRow("invoice.type", "发票类型", ui.Row(0, s.kind)), ui.NewLine())
	s.form.LabelWidth = invoiceLabel
	s.form.OnLeave, s.form.OnSubmit = w.leave, w.goOn
	for _, field := range invoiceFields {
		s.addField(field)
	}
	s.passed = ui.Row(4, ui.NewSizedIcon("circle-check", theme.Success, 14), ui.NewCaption("校验通过", theme.TextSuccess))
	s.fields["tax_number"].Trailing = ui.Row(4, s.passed, w.copyButton("复制纳税人识别号", func() string { return s.fields["tax_number"].Text() }))
	s.fields["account"].Trailing = w.copyButton("复制开户行账号", func() string { return s.fields["account"].Text() })
	bank := s.fields["bank"]
	bank.Trailing = ui.NewSmallIconButton("chevron-down", "以前用过的账户", theme.Secondary, func() { w.showAccounts(bank, s.fields["account"]) })
	s.buildSide()
	limited := &fyne.Container{Layout: &atMost{width: invoiceForm}, Objects: []fyne.CanvasObject{s.form}}
	left := ui.NewScroll(ui.Pad(16, 12, 24, 16, limited))
	side := ui.Ground(theme.Background, ui.NewScroll(ui.Pad(16, 16, 16, 16, s.previews)))
	s.page = newSplit(&split{fixed: sidePanel, narrow: sideNarrow, right: true}, left, ui.NewLine(), side)
	return s
}

func (s *invoiceStep) addField(field invoiceField) {
	key := invoicePrefix + field.key
	input := ui.NewField(field.placeholder)
	input.Groups = field.groups
	s.fields[field.key] = input
	s.wizard.bind(input, func(text string) {
		*field.value(&s.wizard.order().Invoice) = text
		s.showHints()
		s.showPreview()
		s.profiles.show()
	})
	input.OnFocus = func() { s.missing.SetCurrent(key) }
	row := ui.NewFormRow(key, fieldLabels[key], input)
	row.Required = !field.special && field.key != "remark"
	if field.key == "email" {
		s.form.Add(ui.NewLine())
	}
	s.form.Add(row)
}

func (s *invoiceStep) buildSide() {
	s.missing = ui.NewMissingList(s.wizard.jumpTo)
	s.pill = ui.NewPill("", ui.ToneNeutral)
	s.preview = ui.Column(6)
	equal := ui.NewNote(ui.ToneSuccess, "", "发票金额等于缴费总金额。")
	help := ui.NewCaptionParagraph("审核通过后开票。纸质专票如何寄送，请拨打 "+data.HelpTelephones+" 咨询。", theme.Secondary)
	s.previews = ui.Column(16, s.missing, ui.NewTitledCard("将要开的发票", s.preview, s.pill), equal, help)
}

func (s *invoiceStep) content() fyne.CanvasObject { return s.page }

func (s *invoiceStep) fill() {
	invoice := &s.wizard.order().Invoice
	for _, field := range invoiceFields {
		s.fields[field.key].SetText(*field.value(invoice))
	}
	for i, kind := range invoiceTypes {
		if invoice.Type == kind {
			s.kind.SetSelected(i)
		}
	}
	s.showKind()
	s.showHints()
}

// showKind marks what the chosen type asks for. Fields of the other type stay, with what was typed.
func (s *invoiceStep) showKind() {
	special := s.wizard.order().Invoice.Type == data.InvoiceSpecial
	for _, field := range invoiceFields {
		if field.special {
			row := s.form.Row(invoicePrefix + field.key)
			row.Required = special
			row.Refresh()
		}
	}
	hint := "电子发票会自动发到用户邮箱。"
	if special {
		hint = "纸质专票另需地址、电话、开户行和账号。"
	}
	s.form.Row("invoice.type").SetHint(hint)
	s.showPreview()
	s.profiles.show()
}

func (s *invoiceStep) showHints() {
	invoice := s.wizard.order().Invoice
	number, problems := data.JudgeTaxNumber(invoice.TaxNumber)
	s.passed.Hidden = number == "" || len(warningsOf(problems)) > 0
	s.fields["tax_number"].Refresh()
	hint := ""
	if count := len(s.fields["account"].Text()); count > 0 {
		hint = fmt.Sprintf("%d 位。", count)
		own, _ := data.JudgeAccount(invoice.Account, "")
		if other, _ := data.JudgeAccount(s.wizard.order().PayerAccount, ""); own != "" && own == other {
			hint += "与缴费卡号相同。"
		}
	}
	s.form.Row("invoice.account").SetHint(hint)
}

// warningsOf leaves out what was only mended.
func warningsOf(problems []data.Problem) []data.Problem {
	var found []data.Problem
	for _, problem := range problems {
		if problem.Level != data.LevelFixed {
			found = append(found, problem)
		}
	}
	return found
}

// showPreview shows the invoice as it will be issued.
func (s *invoiceStep) showPreview() {
	order := s.wizard.order()
	state := order.Invoice.State
	if state != data.InvoiceIssued {
		state = "未开票"
	}
	s.pill.Set(string(state), ui.ToneNeutral)
	amount := ui.NewBold(order.Total().String() + " 元")
	lines := make([]string, len(order.Lines))
	for i, line := range order.Lines {
		lines[i] = line.OrganizationPath + " " + line.Amount.String()
	}
	s.preview.Objects = []fyne.CanvasObject{
		ui.NewKeyValue("类型", string(order.Invoice.Type)), keyParagraph("抬头", orDash(order.Invoice.Title)), ui.NewKeyValue("项目", "由开票方填写"),
		ui.NewKeyObject("金额", amount), keyParagraph("大写", order.Total().Capitals()), ui.Gap(0), ui.NewLine(), ui.Gap(0),
		ui.NewKeyValue("订单", order.Number), keyParagraph("缴费组织", orDash(strings.Join(lines, "，"))), ui.NewKeyValue("缴费模式", string(order.Mode)),
	}
	s.previews.Refresh()
}

// keyParagraph is a fact whose value wraps beside its name.
func keyParagraph(name, value string) fyne.CanvasObject {
	const nameWidth = 84
	return ui.Row(0, ui.FixedFill(nameWidth, ui.Column(0, ui.NewText(name, theme.Secondary))), ui.Grow(ui.NewParagraph(value, theme.Text)))
}

func orDash(text string) string {
	if strings.TrimSpace(text) == "" {
		return "–"
	}
	return text
}

func (s *invoiceStep) show(gaps []gap, problems map[string]string) {
	s.form.SetProblems(problems)
	var items []ui.Missing
	for _, one := range errorsIn(gaps, stepInvoice) {
		items = append(items, ui.Missing{Key: one.key, Label: one.label, Problem: one.what})
	}
	s.missing.SetItems(items)
	s.previews.Refresh()
}

func (s *invoiceStep) focus(key string) { s.form.FocusField(key) }
