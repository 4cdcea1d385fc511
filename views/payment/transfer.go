package payment

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// The width of the fields beside the voucher, and on narrow and wide pages, in px.
const (
	transferPanel  float32 = 519
	transferNarrow float32 = 452
	transferWide   float32 = 620
)

// transferStep is the second step: the bank transfer beside the voucher that proves it.
type transferStep struct {
	wizard *wizard
	page   *fyne.Container
	form   *ui.Form
	note   *ui.Note
	paper  *ui.Button
	// divider stands between the fields and the voucher.
	divider *ui.Line

	plan, organizations, amounts, total *ui.ReadOnly
	people, sum                         *ui.Text
	mode                                *ui.Segments
	online                              *ui.ReadOnly
	bank, account, transaction          *ui.Field
	payee                               *fyne.Container
	payeeValues                         [3]*ui.Text
	paidAt                              *ui.DateField
	upload                              *ui.Button
	uploaded, uploading                 *fyne.Container
	uploadedText                        *ui.Text

	accounts []data.PayerAccount // of earlier orders
	loads    desk.Sequence
}

// transferModes are offered beside the voucher; 在线支付, which has none, is chosen in the first step.
var transferModes = modes[:2]

func newTransferStep(w *wizard) *transferStep {
	t := &transferStep{wizard: w}
	t.buildFacts()
	t.buildFields()
	t.paper = ui.NewLink("打印付款申请单", w.printRequest)
	t.note = ui.NewNote(ui.ToneWarning, "", "使用银行转账方式，请您务必上传清晰的转账凭证图片！", t.paper)
	left := ui.NewScroll(ui.Pad(16, 12, 16, 12, t.form))
	t.divider = ui.NewLine()
	panels := newSplit(&split{fixed: transferPanel, narrow: transferNarrow, wide: transferWide, changed: w.vouchers.setNarrow}, left, t.divider, w.vouchers.content)
	t.page = ui.Column(0, ui.Pad(16, 12, 16, 12, t.note), ui.NewLine(), ui.Grow(panels))
	return t
}

func (t *transferStep) buildFacts() {
	t.people, t.sum = ui.NewText("", theme.Secondary), ui.NewBold("")
	t.plan, t.organizations, t.total = ui.NewReadOnly(""), ui.NewReadOnly("", t.people), ui.NewReadOnly("", t.sum)
	t.amounts = ui.NewReadOnly("", ui.NewLink("改", func() { t.wizard.goTo(stepOrganizations) }))
	t.amounts.SetRole(theme.Secondary)
	t.total.SetRole(theme.Secondary)
	t.mode = ui.NewSegments(string(transferModes[0]), string(transferModes[1]))
	t.mode.OnChanged = func(index int) { t.wizard.setMode(transferModes[index]) }
	t.online = ui.NewReadOnly(string(data.PayOnline), ui.NewLink("改", func() { t.wizard.goTo(stepOrganizations) }))
}

func (t *transferStep) buildFields() {
	w := t.wizard
	t.bank = ui.NewField("付款账户的开户银行")
	t.bank.Trailing = ui.NewSmallIconButton("chevron-down", "以前用过的账户", theme.Secondary, func() { w.showAccounts(t.bank, t.account) })
	w.bind(t.bank, func(text string) { w.order().PayerBank = text })
	t.account = ui.NewGroupedField("付款账户的账号，可以带空格粘贴", ui.GroupsOfFour)
	t.account.Trailing = w.copyButton("复制缴费卡号", func() string { return t.account.Text() })
	w.bind(t.account, func(text string) { w.order().PayerAccount = text; t.showHints() })
	t.transaction = ui.NewField("支付成功页面上的交易号")
	w.bind(t.transaction, func(text string) { w.order().Transaction = text })
	t.paidAt = ui.NewDateTimeField("照回单填写，例如 2022-06-14 10:26")
	t.paidAt.Now = func() time.Time { return w.screen.service.Now().Time() }
	w.bind(&t.paidAt.Field, func(text string) { w.order().PaidAt = data.Moment(text) })
	t.upload = ui.NewButton("点击上传", "upload", w.vouchers.choose)
	t.uploadedText = ui.NewText("", theme.TextSuccess)
	t.uploaded = ui.Row(4, ui.NewIcon("circle-check", theme.Success), t.uploadedText)
	t.uploading = ui.Row(8, t.upload, t.uploaded, ui.Row(0, ui.NewText("也可以拖进来或", theme.Secondary), ui.NewLink("粘贴", w.vouchers.paste)))
	t.form = ui.NewForm(ui.NewFormRow("plan", "培训计划名称", t.plan), ui.NewFormRow("organizations", "缴费组织", t.organizations),
		ui.NewFormRow("amounts", "缴费金额", t.amounts), ui.NewFormRow("total", "缴费总金额", t.total),
		ui.NewFormRow("mode", "缴费模式", ui.Row(0, t.mode)), ui.NewFormRow("online", "缴费模式", t.online),
		ui.NewRequiredRow(fieldTransaction, "交易号", t.transaction),
		ui.NewRequiredRow(fieldBank, "缴费银行", t.bank), ui.NewRequiredRow(fieldAccount, "缴费卡号", t.account),
		t.buildPayee(),
		ui.NewRequiredRow(fieldPaidAt, "转账时间", t.paidAt),
		ui.NewRequiredRow(fieldVoucher, "转账凭证上传", t.uploading))
	t.form.LabelWidth = transferLabel
	t.form.OnLeave, t.form.OnSubmit = w.leave, w.goOn
}

// buildPayee makes the grey box with the payee, which is never typed.
func (t *transferStep) buildPayee() fyne.CanvasObject {
	box := ui.Column(0)
	for i, name := range []string{"收款单位", "收款银行", "收款卡号"} {
		value := ui.NewText("", theme.Text)
		t.payeeValues[i] = value
		copied := t.wizard.copyButton("复制"+name, func() string { return strings.ReplaceAll(value.Content, "  ", "") })
		box.Add(ui.Fixed(26, ui.Row(0, ui.Fixed(100, ui.NewText(name, theme.Secondary)), ui.Wide(value), copied)))
	}
	t.payee = ui.Stack(ui.NewBox(theme.Background, theme.Border, 4), ui.Pad(11, 5, 8, 5, box))
	return t.payee
}

// setMode changes the 缴费模式; what was typed for another mode is kept.
func (w *wizard) setMode(mode data.PaymentMode) {
	w.order().Mode = mode
	w.changed()
	if !slices.Contains(w.path(), w.at) {
		w.showStep(stepOrganizations)
		return
	}
	w.next.SetLabel(w.onwards())
	w.fill()
	w.showGaps()
}

func (t *transferStep) loadAccounts() {
	desk.Load(t.wizard.screen.desk, &t.loads, t.wizard.screen.service.PayerAccounts, func(accounts []data.PayerAccount) { t.accounts = accounts })
}

func (t *transferStep) content() fyne.CanvasObject { return t.page }

func (t *transferStep) fill() {
	order := t.wizard.order()
	names, amounts := make([]string, len(order.Lines)), make([]string, len(order.Lines))
	for i, line := range order.Lines {
		names[i], amounts[i] = line.OrganizationPath, line.OrganizationPath+" "+line.Amount.String()
	}
	t.plan.SetText(order.PlanName)
	t.organizations.SetText(strings.Join(names, "、"))
	t.people.SetText(fmt.Sprintf("%d 个机构 %s 人", len(order.Lines), desk.Thousands(order.People())))
	t.amounts.SetText(strings.Join(amounts, " + "))
	t.total.SetText(order.Total().Capitals())
	t.sum.SetText(order.Total().String())
	if order.Mode == data.InvoiceFirst {
		t.mode.SetSelected(1)
	} else {
		t.mode.SetSelected(0)
	}
	t.bank.SetText(order.PayerBank)
	t.account.SetText(order.PayerAccount)
	t.transaction.SetText(order.Transaction)
	t.paidAt.SetText(string(order.PaidAt))
	t.payeeValues[0].SetText(order.Payee.Name)
	t.payeeValues[1].SetText(order.Payee.Bank)
	t.payeeValues[2].SetText(ui.GroupText(order.Payee.Account, ui.GroupsOfFour))
	t.showMode()
	t.showHints()
}

// showMode shows the fields that the order's mode asks for.
func (t *transferStep) showMode() {
	order := t.wizard.order()
	online := order.Mode == data.PayOnline
	t.payee.Hidden, t.paper.Hidden, t.divider.Hidden = online, online, online // before the rows, which lay the form out anew
	for _, key := range []string{"mode", fieldBank, fieldAccount, fieldVoucher} {
		t.form.SetRowVisible(key, !online)
	}
	t.form.SetRowVisible("online", online)
	t.form.SetRowVisible(fieldTransaction, online)
	row := t.form.Row(fieldPaidAt)
	if row.Label = fieldLabels[fieldPaidAt]; online {
		row.Label = "支付时间"
	}
	row.Refresh()
	t.wizard.vouchers.content.Hidden = online
	switch {
	case online:
		t.note.Set(ui.TonePrimary, "", "在线支付不用上传转账凭证。请填写支付成功页面上的交易号和时间。")
	case order.Mode == data.InvoiceFirst && order.Invoice.State != data.InvoiceIssued:
		t.note.Set(ui.TonePrimary, "先开票后缴费：", "还没有登记发票。收到发票后再转账、上传凭证。")
	default:
		t.note.Set(ui.ToneWarning, "", "使用银行转账方式，请您务必上传清晰的转账凭证图片！")
	}
	t.page.Refresh()
}

func (t *transferStep) showHints() {
	order := t.wizard.order()
	hint := accountHint(t.account.Text())
	if other, _ := data.JudgeAccount(order.Invoice.Account, ""); hint != "" && other != "" {
		if own, _ := data.JudgeAccount(t.account.Text(), ""); own == other {
			hint += "与开票资料里的账号一致。"
		} else {
			hint += "与开票资料里的账号不同。"
		}
	}
	t.form.Row(fieldAccount).SetHint(hint)
	t.wizard.vouchers.showRemarks()
}

// accountHint counts an account's digits.
func accountHint(account string) string {
	if count := len(account); count > 0 {
		return fmt.Sprintf("%d 位，可以带空格粘贴。", count)
	}
	return ""
}

func (t *transferStep) show(gaps []gap, problems map[string]string) {
	t.form.SetProblems(problems)
	t.wizard.vouchers.gaps = gaps
	t.wizard.vouchers.showRemarks()
	count := len(t.wizard.order().Vouchers)
	t.uploaded.Hidden = count == 0
	t.uploadedText.SetText(fmt.Sprintf("%d 张", count))
	// A row's control is laid out by the row, which does not know that its words changed.
	t.uploading.Refresh()
	t.page.Refresh()
}

func (t *transferStep) focus(key string) {
	if key == fieldVoucher {
		t.wizard.screen.desk.Window.Canvas().Focus(t.upload)
		return
	}
	t.form.FocusField(key)
}
