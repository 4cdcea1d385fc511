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

// reviewStep is the last step: everything once, what must be confirmed, and the submission.
type reviewStep struct {
	wizard    *wizard
	page      fyne.CanvasObject
	facts     *fyne.Container
	side      *fyne.Container
	confirmed map[string]bool // by the warning's words, so that a changed one is asked anew
	busy      bool
}

func newReviewStep(w *wizard) *reviewStep {
	r := &reviewStep{wizard: w, facts: ui.Column(0), side: ui.Column(16), confirmed: map[string]bool{}}
	side := ui.Ground(theme.Background, ui.NewScroll(ui.Pad(16, 16, 16, 16, r.side)))
	r.page = newSplit(&split{fixed: sidePanel, narrow: sideNarrow, right: true}, ui.NewScroll(r.facts), ui.NewLine(), side)
	return r
}

func (r *reviewStep) content() fyne.CanvasObject { return r.page }

func (r *reviewStep) focus(key string) {
	switch {
	case strings.HasPrefix(key, profilePrefix):
		r.wizard.screen.desk.Go(desk.Profile, strings.TrimPrefix(key, profilePrefix))
	case key == fieldInvoiceNumber:
		r.wizard.screen.desk.Go(desk.OrderDetails, r.wizard.order().ID)
	}
}

// fill shows every fact once, cleaned as it will be stored.
func (r *reviewStep) fill() {
	order := r.wizard.order().Cleaned()
	r.facts.Objects = []fyne.CanvasObject{
		r.heading(stepOrganizations, "缴费组织与金额"), r.lines(order), ui.NewLine(),
		r.heading(stepTransfer, stepLabel(stepTransfer, order.Mode)), facts(transferFacts(order)),
		r.heading(stepInvoice, "发票信息"), facts(invoiceFacts(order.Invoice)), ui.Gap(16),
	}
	r.facts.Refresh()
}

func (r *reviewStep) heading(step int, title string) fyne.CanvasObject {
	change := ui.NewLink("修改", func() { r.wizard.goTo(step) })
	return ui.Fixed(52, ui.Pad(16, 8, 16, 0, ui.Row(8, ui.NewSection(title), ui.Space(), change)))
}

func (r *reviewStep) lines(order data.Order) fyne.CanvasObject {
	table := ui.NewSimpleTable(ui.TableColumn{Key: "organization", Title: "缴费组织"}, ui.TableColumn{Key: "people", Title: "人数", Width: 96, Right: true},
		ui.TableColumn{Key: "amount", Title: "购买学习卡金额", Width: 180, Right: true})
	table.Count = func() int { return len(order.Lines) + 1 }
	table.Cell = func(row, column int) ui.Cell {
		if row == len(order.Lines) {
			return ui.Cell{Bold: true, Text: []string{"合计", desk.Thousands(order.People()), order.Total().String()}[column]}
		}
		line := order.Lines[row]
		return ui.Cell{Text: []string{line.OrganizationPath, desk.Thousands(line.People), line.Amount.String()}[column]}
	}
	return table
}

// fact is a name and its value on the last page.
type fact struct{ name, value string }

func transferFacts(order data.Order) []fact {
	found := []fact{{"培训计划名称", order.PlanName}, {"缴费模式", string(order.Mode)}, {"缴费总金额", order.Total().String() + " 元，" + order.Total().Capitals()}}
	if order.Mode == data.PayOnline {
		return append(found, fact{"交易号", order.Transaction}, fact{"转账时间", string(order.PaidAt)})
	}
	names := make([]string, len(order.Vouchers))
	for i, voucher := range order.Vouchers {
		names[i] = voucher.Name
	}
	return append(found, fact{"缴费银行", order.PayerBank}, fact{"缴费卡号", ui.GroupText(order.PayerAccount, ui.GroupsOfFour)}, fact{"收款单位", order.Payee.Name},
		fact{"收款银行", order.Payee.Bank}, fact{"收款卡号", ui.GroupText(order.Payee.Account, ui.GroupsOfFour)}, fact{"转账时间", string(order.PaidAt)},
		fact{"转账凭证", fmt.Sprintf("%d 张：%s", len(names), strings.Join(names, "、"))})
}

func invoiceFacts(invoice data.Invoice) []fact {
	found := []fact{{"发票类型", string(invoice.Type)}}
	for _, field := range invoiceFields {
		value := *field.value(&invoice)
		if field.groups != nil {
			value = ui.GroupText(value, field.groups)
		}
		if value != "" || !field.special && field.key != "remark" {
			found = append(found, fact{fieldLabels[invoicePrefix+field.key], value})
		}
	}
	return found
}

// facts lays names and values out in two columns, in reading order from left to right.
func facts(list []fact) fyne.CanvasObject {
	column := ui.Column(8)
	for i := 0; i < len(list); i += 2 {
		row := ui.Row(24, ui.Grow(factRow(list[i])))
		if i+1 < len(list) {
			row.Add(ui.Grow(factRow(list[i+1])))
		} else {
			row.Add(ui.Space())
		}
		column.Add(row)
	}
	return ui.Pad(16, 0, 16, 0, column)
}

func factRow(f fact) fyne.CanvasObject {
	return ui.Row(0, ui.FixedFill(invoiceLabel, ui.Column(0, ui.NewText(f.name, theme.Secondary))), ui.Grow(ui.NewParagraph(orDash(f.value), theme.Text)))
}

func (r *reviewStep) show(gaps []gap, _ map[string]string) {
	r.side.Objects = nil
	if blocked := blocking(gaps); len(blocked) > 0 {
		missing := ui.NewMissingList(r.wizard.jumpTo)
		items := make([]ui.Missing, len(blocked))
		for i, one := range blocked {
			items[i] = ui.Missing{Key: one.key, Label: one.place(), Problem: one.what}
		}
		missing.SetItems(items)
		r.side.Add(missing)
	}
	if asked := warnings(gaps); len(asked) > 0 {
		r.side.Add(r.confirmations(asked))
	}
	r.side.Add(ui.NewTitledCard("提交以后", ui.NewParagraph(r.consequence(), theme.Text)))
	if copying := r.wizard.screen.desk.CopyAssistant; copying != nil && r.wizard.order().Mode != data.PayOnline {
		r.side.Add(ui.NewTitledCard("在平台上填报", ui.Column(10,
			ui.NewParagraph("逐项复制助手按平台表单的顺序列出每一项，点一下复制一项，不会漏、不会抄错。", theme.Text),
			ui.Row(0, ui.NewButton("逐项复制到平台", "clipboard-list", func() { copying(r.wizard.order().ID) })))))
	}
	r.side.Refresh()
	r.showButton(gaps)
}

// place names a gap on the last page, where no label stands beside it.
func (g gap) place() string {
	if strings.HasPrefix(g.key, profilePrefix) {
		return "管理员信息：" + g.label
	}
	return g.label
}

func (r *reviewStep) consequence() string {
	if r.wizard.order().Mode == data.PayOnline {
		return "订单直接成为“审核通过”并生成学习卡批次，可以马上给学员充值。"
	}
	return "订单成为“待审核”。在平台上填报后，由业务人员审核；审核通过后登记，就可以给学员充值。提交后要修改，须先登记审核驳回，再修订。"
}

func (r *reviewStep) confirmations(asked []gap) fyne.CanvasObject {
	column := ui.Column(10)
	for _, one := range asked {
		check := ui.NewCheckbox("", func(checked bool) {
			r.confirmed[one.text()] = checked
			r.showButton(r.wizard.gaps)
		})
		check.SetChecked(r.confirmed[one.text()])
		column.Add(ui.Row(8, ui.Top(ui.Pad(0, 2, 0, 0, check)), ui.Grow(ui.NewParagraph(one.text(), theme.Text))))
	}
	return ui.NewTitledCard("请逐项确认", column, ui.NewPill(fmt.Sprintf("%d 项", len(asked)), ui.ToneWarning))
}

// unconfirmed counts the warnings that nobody confirmed yet.
func (r *reviewStep) unconfirmed(gaps []gap) int {
	count := 0
	for _, one := range warnings(gaps) {
		if !r.confirmed[one.text()] {
			count++
		}
	}
	return count
}

func (r *reviewStep) showButton(gaps []gap) {
	w := r.wizard
	if w.at != stepReview {
		return
	}
	w.next.SetLabel(fmt.Sprintf("提交 %s 元", w.order().Total()))
	w.next.SetDisabled(r.busy)
	if count := r.unconfirmed(gaps); count > 0 && len(blocking(gaps)) == 0 {
		w.missing.Show()
		w.missingText.SetText(fmt.Sprintf("还有 %d 项没有确认", count))
		w.missingLink.SetLabel("")
	} else if len(blocking(gaps)) == 0 {
		w.missing.Hide()
	}
	w.content.Refresh()
}

// submit saves what is not saved yet and hands the order to review.
func (r *reviewStep) submit() {
	w := r.wizard
	if r.busy {
		return
	}
	if len(blocking(w.gaps)) > 0 {
		w.jump()
		return
	}
	if r.unconfirmed(w.gaps) > 0 {
		r.showButton(w.gaps)
		return
	}
	w.draft.flush(func(err error) {
		if err != nil {
			w.screen.desk.Fail(err)
			return
		}
		r.handIn()
	})
}

func (r *reviewStep) handIn() {
	w := r.wizard
	id := w.order().ID
	var submitted data.Order
	var failure error
	r.setBusy(true)
	w.screen.desk.Do(func(ctx context.Context) error {
		submitted, failure = w.screen.service.SubmitOrder(ctx, id)
		return nil
	}, func() {
		r.setBusy(false)
		if failure != nil {
			w.screen.desk.Fail(failure)
			w.check()
			return
		}
		w.release()
		w.screen.showChoice()
		w.screen.desk.Toast(fmt.Sprintf("订单 %s 已提交，现在是“%s”。", submitted.Number, submitted.Review))
		w.keep(hand{})
		w.screen.desk.Go(after(submitted), nil)
	})
}

func (r *reviewStep) setBusy(busy bool) {
	r.busy = busy
	r.wizard.next.SetDisabled(busy)
}
