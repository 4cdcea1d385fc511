package payment

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Keys of the choices of 开票资料: a remembered profile by its key, details of an earlier order by their place.
const (
	profileKey = "profile."
	earlierKey = "earlier."
)

// profiles is the line 开票资料: invoice details that the unit remembers, or that stand in earlier orders, to be taken over.
type profiles struct {
	step    *invoiceStep
	choice  *ui.Select
	save    *ui.Button
	more    *ui.Button
	content *fyne.Container

	kept    []data.InvoiceProfile
	earlier []app.InvoiceDetails
	loads   desk.Sequence
}

func newProfiles(s *invoiceStep) *profiles {
	p := &profiles{step: s, choice: ui.NewSelect("选择保存过的资料，或从以前的订单带入")}
	p.choice.Icon = "file"
	p.choice.OnChanged = p.takeOver
	p.save = ui.NewButton("存为新资料", "", p.askSave)
	p.more = ui.NewMoreButton(p.menu)
	p.content = ui.Row(8, ui.Wide(p.choice), p.save, p.more)
	return p
}

// load reads what can be taken over.
func (p *profiles) load() {
	type found struct {
		kept    []data.InvoiceProfile
		earlier []app.InvoiceDetails
	}
	service := p.step.wizard.screen.service
	desk.Load(p.step.wizard.screen.desk, &p.loads, func(ctx context.Context) (f found, err error) {
		if f.kept, err = service.InvoiceProfiles(ctx); err == nil {
			f.earlier, err = service.InvoiceDetails(ctx)
		}
		return f, err
	}, func(f found) {
		p.kept, p.earlier = f.kept, f.earlier
		p.choice.SetOptions(p.options()...)
		p.show()
	})
}

func (p *profiles) options() []ui.Option {
	var options []ui.Option
	for _, one := range p.kept {
		name := one.Name
		if one.Default {
			name += "（默认）"
		}
		options = append(options, ui.Option{Key: profileKey + strconv.FormatInt(one.ID, 10), Text: name})
	}
	for i, one := range p.earlier {
		options = append(options, ui.Option{Key: earlierKey + strconv.Itoa(i), Text: one.Invoice.Title, Note: one.Source, Separated: i == 0 && len(p.kept) > 0})
	}
	return options
}

// show marks the profile that the fields agree with; saving is offered where they agree with none.
func (p *profiles) show() {
	details := detailsOf(p.step.wizard.order().Invoice)
	key := ""
	for _, one := range p.kept {
		if detailsOf(one.Invoice) == details {
			key = profileKey + strconv.FormatInt(one.ID, 10)
		}
	}
	if key == "" && !strings.HasPrefix(p.choice.Key(), profileKey) {
		key = p.choice.Key()
	}
	p.choice.SetKey(key)
	p.save.SetDisabled(strings.HasPrefix(key, profileKey) || details.Title == "")
	p.more.Hidden = len(p.kept) == 0
	p.content.Refresh()
}

// detailsOf leaves of an invoice what a profile remembers, brought into its stored form.
func detailsOf(invoice data.Invoice) data.Invoice {
	var details data.Invoice
	details.Type = invoice.Type
	cleaned := data.CleanInvoice(invoice)
	for _, field := range invoiceFields {
		if field.key != "remark" {
			*field.value(&details) = *field.value(&cleaned)
		}
	}
	return details
}

// chosen gives the details that a key stands for, and what people call them.
func (p *profiles) chosen(key string) (details data.Invoice, name string, ok bool) {
	for _, one := range p.kept {
		if key == profileKey+strconv.FormatInt(one.ID, 10) {
			return one.Invoice, one.Name, true
		}
	}
	for i, one := range p.earlier {
		if key == earlierKey+strconv.Itoa(i) {
			return one.Invoice, one.Invoice.Title, true
		}
	}
	return details, "", false
}

// takeOver fills the fields; a toast takes it back. The remark belongs to one order and stays.
func (p *profiles) takeOver(key string) {
	taken, name, ok := p.chosen(key)
	if !ok {
		return
	}
	w := p.step.wizard
	order, before := w.order(), w.order().Invoice
	for _, field := range invoiceFields {
		if field.key != "remark" {
			*field.value(&order.Invoice) = *field.value(&taken)
		}
	}
	if taken.Type != "" {
		order.Invoice.Type = taken.Type
	}
	w.fill()
	w.changed()
	ui.ShowToast(w.screen.desk.Window, ui.Toast{Text: "已带入“" + name + "”的开票资料。", Action: "撤销", OnAction: func() {
		w.order().Invoice = before
		p.choice.SetKey("")
		w.fill()
		w.changed()
	}})
}

// askSave asks what the details in the fields shall be called.
func (p *profiles) askSave() {
	w := p.step.wizard
	invoice := detailsOf(w.order().Invoice)
	name, standard := ui.NewField("例如：医院本部，专票"), ui.NewCheckbox("新订单默认用这份资料", nil)
	name.SetText(invoice.Title)
	standard.SetChecked(len(p.kept) == 0)
	form := ui.NewForm(ui.NewRequiredRow("name", "名称", name), ui.NewFormRow("default", "", standard))
	var profile data.InvoiceProfile
	w.screen.desk.Ask(desk.Question{
		Title: "存为新资料", Text: "抬头“" + invoice.Title + "”和其他开票信息会保存下来，以后直接选。", Verb: "保存", Form: form,
		Read: func() {
			profile = data.InvoiceProfile{Name: name.Text(), Invoice: invoice, Default: standard.Checked()}
		},
		Do: func(ctx context.Context) error {
			_, err := w.screen.service.SaveInvoiceProfile(ctx, profile)
			return err
		},
		Done: func() { p.load(); w.screen.desk.Toast("已保存开票资料。") },
	})
}

// menu offers for every remembered profile what can be done with it.
func (p *profiles) menu() []ui.MenuItem {
	var items []ui.MenuItem
	invoice := detailsOf(p.step.wizard.order().Invoice)
	for i, one := range p.kept {
		updated := one
		updated.Invoice = invoice
		items = append(items, ui.MenuItem{Label: "用现在填写的更新“" + one.Name + "”", Icon: "save", Separated: i > 0, Disabled: detailsOf(one.Invoice) == invoice || invoice.Title == "",
			Action: func() { p.store(updated, one, fmt.Sprintf("已更新“%s”。", one.Name)) }})
		standard := one
		standard.Default = true
		items = append(items, ui.MenuItem{Label: "新订单默认用“" + one.Name + "”", Icon: "star", Disabled: one.Default,
			Action: func() { p.store(standard, one, fmt.Sprintf("新订单默认用“%s”。", one.Name)) }})
		items = append(items, ui.MenuItem{Label: "删除“" + one.Name + "”", Icon: "trash-2", Danger: true, Action: func() { p.remove(one) }})
	}
	return items
}

// store changes a remembered profile; a toast brings back what it was.
func (p *profiles) store(profile, before data.InvoiceProfile, said string) {
	w := p.step.wizard
	save := func(profile data.InvoiceProfile, done func()) {
		w.screen.desk.Do(func(ctx context.Context) error {
			_, err := w.screen.service.SaveInvoiceProfile(ctx, profile)
			return err
		}, func() { p.load(); done() })
	}
	save(profile, func() {
		ui.ShowToast(w.screen.desk.Window, ui.Toast{Text: said, Action: "撤销", OnAction: func() { save(before, func() {}) }})
	})
}

func (p *profiles) remove(profile data.InvoiceProfile) {
	w := p.step.wizard
	var was data.InvoiceProfile
	w.screen.desk.Do(func(ctx context.Context) error {
		var err error
		was, err = w.screen.service.RemoveInvoiceProfile(ctx, profile.ID)
		return err
	}, func() {
		p.load()
		ui.ShowToast(w.screen.desk.Window, ui.Toast{Text: "已删除“" + was.Name + "”。以前的订单不受影响。", Action: "撤销", OnAction: func() {
			was.ID = 0
			w.screen.desk.Do(func(ctx context.Context) error {
				_, err := w.screen.service.SaveInvoiceProfile(ctx, was)
				return err
			}, p.load)
		}})
	})
}

// showAccounts offers the accounts of earlier orders below a bank's field, which can also be typed into.
func (w *wizard) showAccounts(bank, account *ui.Field) {
	items := make([]ui.MenuItem, 0, len(w.transfer.accounts))
	for _, one := range w.transfer.accounts {
		items = append(items, ui.MenuItem{Label: one.Bank, Note: tailOf(one.Account), Action: func() { w.takeAccount(bank, account, one) }})
	}
	if len(items) == 0 {
		items = append(items, ui.MenuItem{Label: "还没有用过的银行，请直接输入", Disabled: true})
	}
	ui.ShowMenu(bank, items)
}

// accountTail is how many digits tell accounts apart.
const accountTail = 4

func tailOf(account string) string {
	if account == "" {
		return ""
	}
	return "尾号 " + account[max(0, len(account)-accountTail):]
}

// takeAccount fills bank and account; a toast takes it back.
func (w *wizard) takeAccount(bank, account *ui.Field, taken data.PayerAccount) {
	oldBank, oldAccount := bank.Text(), account.Text()
	bank.SetText(taken.Bank)
	if taken.Account == "" || taken.Account == oldAccount {
		return
	}
	account.SetText(taken.Account)
	ui.ShowToast(w.screen.desk.Window, ui.Toast{Text: "已带入" + tailOf(taken.Account) + " 的账户。", Action: "撤销", OnAction: func() {
		bank.SetText(oldBank)
		account.SetText(oldAccount)
	}})
}

// copyButton copies a value without the gaps between its groups.
func (w *wizard) copyButton(tip string, value func() string) *ui.Button {
	return ui.NewSmallIconButton("copy", tip, theme.Primary, func() {
		if text := value(); text != "" {
			ui.Copy(text)
			w.screen.desk.Toast("已复制。")
		}
	})
}
