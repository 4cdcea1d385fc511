package orders

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// factsCard shows the twelve fields in the manual's order; the last, 操作, holds what can be looked at.
func (p *Details) factsCard() fyne.CanvasObject {
	o := p.order
	amount := ui.Row(8, ui.NewBold(o.Total().String()))
	if o.Total() > 0 {
		amount.Add(ui.Wide(ui.NewElidedText(o.Total().Capitals(), theme.Secondary)))
	}
	paid := momentText(o.PaidAt)
	return ui.NewCard(ui.Column(10,
		ui.Row(0, ui.GrowBy(3, ui.NewStackedValue("培训计划名称", ui.NewText(o.PlanName, theme.Text))), ui.GrowBy(1, textFact("申请时间", momentText(o.AppliedAt)))),
		quarters(textFact("审核时间", momentText(o.ReviewedAt)), textFact("申请人", o.Applicant), textFact("申请单位", o.ApplicantUnit), ui.Column(0, ui.NewCaption("转账金额", theme.Secondary), amount)),
		quarters(textFact("转账时间", paid), ui.NewStackedValue("审核状态", ui.NewPill(string(o.Review), reviewTone(o.Review))),
			ui.NewStackedValue("发票状态", ui.NewPill(string(o.Invoice.State), invoiceTone(o.Invoice.State))), textFact("发票类型", orDash(o.Invoice.Type.Short()))),
		ui.Row(0, ui.GrowBy(1, textFact("缴费模式", string(o.Mode))), ui.GrowBy(3, ui.NewStackedValue("操作", p.links()))),
	))
}

// quarters puts four facts side by side.
func quarters(objects ...fyne.CanvasObject) fyne.CanvasObject {
	row := ui.Row(0)
	for _, o := range objects {
		row.Add(ui.GrowBy(1, o))
	}
	return row
}

func textFact(name, value string) fyne.CanvasObject {
	return ui.Column(0, ui.NewCaption(name, theme.Secondary), ui.NewElidedText(orDash(value), theme.Text))
}

func orDash(text string) string {
	if strings.TrimSpace(text) == "" {
		return "–"
	}
	return text
}

func momentText(m data.Moment) string { return orDash(string(m)) }

// links lead to what belongs to the order and is shown elsewhere.
func (p *Details) links() fyne.CanvasObject {
	row := ui.Row(12)
	if p.order.ReviewNote != "" {
		row.Add(ui.NewLink("审核意见", func() {
			dialog := ui.NewDialog(p.desk.Window, "审核意见")
			dialog.Text, dialog.NoCancel = p.order.ReviewNote, true
			dialog.SetDefault("知道了", nil)
			dialog.Show()
		}))
	}
	row.Add(ui.NewLink("修改记录", func() { p.desk.Go(desk.Log, p.order.Number) }))
	if p.order.Review == data.ReviewApproved {
		row.Add(ui.NewLink("打印确认书", p.printLetter))
	}
	return row
}

// moneyCard follows the money from the bank to the trainees.
func (p *Details) moneyCard() fyne.CanvasObject {
	o := p.order
	people, amount := p.recharged()
	nodes := []fyne.CanvasObject{
		moneyNode("银行流水", "circle", theme.Secondary, "未核对", "还没有对账", ""),
		moneyNode("缴费订单", doneIcon(o.AppliedAt != ""), doneRole(o.AppliedAt != ""), o.Total().String(), o.Number, fmt.Sprintf("%s 人", desk.Thousands(o.People()))),
		p.invoiceNode(), p.batchNode(),
		moneyNode("充值", doneIcon(amount > 0 && p.left() == 0), doneRole(amount > 0 && p.left() == 0), amount.String(), fmt.Sprintf("%s 人", desk.Thousands(people)), p.rechargeNote(amount)),
	}
	row := ui.Row(3)
	for i, node := range nodes {
		if i > 0 {
			row.Add(ui.NewIcon("arrow-right", theme.Secondary))
		}
		row.Add(ui.Grow(node))
	}
	return ui.NewTitledCard("钱的去向", ui.Column(0, row, ui.Gap(1)), p.agreement(), ui.NewLink("到每位学员", func() { p.desk.Go(desk.MoneyTrail, p.order.ID) }))
}

func (p *Details) invoiceNode() fyne.CanvasObject {
	i := p.order.Invoice
	if i.State != data.InvoiceIssued {
		return moneyNode("发票", "clock", theme.Warning, "未开票", string(i.State), "")
	}
	return moneyNode("发票", "circle-check", theme.Success, p.order.Total().String(), "号码 "+lastFour(i.Number), shortDay(string(i.IssuedOn))+" 开票")
}

func (p *Details) batchNode() fyne.CanvasObject {
	if p.order.BatchNumber == "" {
		return moneyNode("学习卡批次", "clock", theme.Warning, "没有批次", "审核通过后生成", "")
	}
	return moneyNode("学习卡批次", "circle-check", theme.Success, p.order.Total().String(), p.order.BatchNumber, shortDay(string(p.order.ReviewedAt))+" 生成")
}

func (p *Details) rechargeNote(amount data.Money) string {
	if p.order.BatchNumber == "" {
		return "要先有批次"
	}
	return "还剩 " + (p.order.Total() - amount).String()
}

// agreement tells whether what is known of the money agrees.
func (p *Details) agreement() fyne.CanvasObject {
	if p.order.Review == data.ReviewApproved && p.order.Invoice.State == data.InvoiceIssued {
		return ui.Row(6, ui.NewIcon("circle-check", theme.Success), ui.NewText("订单、发票、批次一致", theme.TextSuccess))
	}
	return ui.NewText("", theme.Secondary)
}

func doneIcon(done bool) string {
	if done {
		return "circle-check"
	}
	return "clock"
}

func doneRole(done bool) theme.Role {
	if done {
		return theme.Success
	}
	return theme.Warning
}

// moneyNode is one station of the money: its name with a sign, the amount, and two small lines.
func moneyNode(title, icon string, role theme.Role, amount, first, second string) fyne.CanvasObject {
	small := func(text string) fyne.CanvasObject {
		t := ui.NewElidedText(text, theme.Secondary)
		t.TextSize = theme.SizeCaption
		return t
	}
	head := ui.Row(4, ui.Wide(ui.NewElidedText(title, theme.Text)), ui.NewIcon(icon, role))
	number := ui.NewSection(amount)
	number.Elide = true
	return ui.Stack(ui.NewBox(theme.Surface, theme.Border, 4), ui.Pad(11, 11, 11, 11, ui.Column(0, head, ui.Gap(4), number, small(first), small(second))))
}

func lastFour(number string) string { return "…" + number[max(0, len(number)-4):] }

// shortDay leaves the year out: 05-24.
func shortDay(day string) string {
	const yearPart, dayPart = len("2006-"), len("2006-01-02")
	if len(day) < dayPart {
		return day
	}
	return day[yearPart:dayPart]
}

// linesCard shows the organisations with people, amount and what of it was recharged, and their sum.
func (p *Details) linesCard() fyne.CanvasObject {
	columns := []ui.TableColumn{{Key: "name", Title: "缴费组织"}, {Key: "people", Title: "人数", Width: 64, Right: true}}
	if p.price > 0 {
		columns = append(columns, ui.TableColumn{Key: "price", Title: "单价", Width: 76, Right: true})
	}
	columns = append(columns, ui.TableColumn{Key: "amount", Title: "缴费金额", Width: 108, Right: true}, ui.TableColumn{Key: "bar", Title: "已充值人数", Width: 142},
		ui.TableColumn{Key: "count", Title: "", Width: 72, Right: true}, ui.TableColumn{Key: "recharged", Title: "已充值", Width: 108, Right: true})
	table := ui.NewSimpleTable(columns...)
	lines := p.order.Lines
	table.Count = func() int { return len(lines) + 1 }
	table.Cell = func(row, column int) ui.Cell { return p.lineCell(row, table.Columns[column].Key) }
	if len(lines) == 0 {
		table.Count = func() int { return 0 }
		table.Empty = ui.Pad(16, 16, 16, 16, ui.NewText("还没有选择缴费组织。", theme.Secondary))
	}
	card := []fyne.CanvasObject{}
	if p.order.BatchNumber != "" {
		card = append(card, ui.NewLink("充值明细", func() { p.desk.Go(desk.Ledger, p.order.Number) }))
	}
	return ui.NewListCard("缴费组织与充值", ui.Column(0, table, ui.Gap(8)), card...)
}

func (p *Details) lineCell(row int, key string) ui.Cell {
	sum := row == len(p.order.Lines)
	line := data.OrderLine{OrganizationPath: "合计", People: p.order.People(), Amount: p.order.Total()}
	people, amount := p.recharged()
	if !sum {
		line = p.order.Lines[row]
		people, amount = 0, 0
		if row < len(p.recharges) {
			people, amount = p.recharges[row].People, p.recharges[row].Amount
		}
	}
	switch key {
	case "name":
		return ui.Cell{Text: line.OrganizationPath, Bold: sum}
	case "people":
		return ui.Cell{Text: desk.Thousands(line.People), Bold: sum}
	case "price":
		if sum {
			return ui.Cell{}
		}
		return ui.Cell{Text: p.price.String()}
	case "amount":
		return ui.Cell{Text: line.Amount.String(), Bold: sum}
	case "bar":
		return ui.Cell{Bar: true, Fraction: min(1, float64(people)/float64(max(1, line.People)))}
	case "count":
		role := theme.Secondary
		if sum {
			role = theme.Text
		}
		return ui.Cell{Text: fmt.Sprintf("%s / %s", desk.Thousands(people), desk.Thousands(line.People)), Role: role}
	}
	return ui.Cell{Text: amount.String(), Bold: sum}
}
