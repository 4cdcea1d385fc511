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
	amount := ui.WrapRow(8, 0, ui.NewBold(o.Total().String()))
	if o.Total() > 0 {
		amount.Add(ui.Wide(capitals(o.Total())))
	}
	paid := momentText(o.PaidAt)
	return ui.NewCard(ui.Column(10,
		ui.Row(0, ui.GrowBy(3, ui.NewStackedValue("培训计划名称", ui.NewText(o.PlanName, theme.Text))), ui.GrowBy(1, textFact("申请时间", momentText(o.AppliedAt)))),
		quarters(textFact("审核时间", momentText(o.ReviewedAt)), textFact("申请人", o.Applicant), textFact("申请单位", o.ApplicantUnit), ui.Column(0, ui.NewCaption("转账金额", theme.Secondary), amount)),
		quarters(textFact("转账时间", paid), ui.NewStackedValue("审核状态", ui.NewPill(string(o.Review), desk.ReviewTone(o.Review))),
			ui.NewStackedValue("发票状态", ui.NewPill(string(o.Invoice.State), invoiceTone(o.Invoice.State))), textFact("发票类型", orDash(o.Invoice.Type.Short()))),
		ui.Row(0, ui.GrowBy(1, textFact("缴费模式", string(o.Mode))), ui.GrowBy(3, ui.NewStackedValue("操作", p.links()))),
	))
}

// capitals stand beside the figures where they fit on one line and below them where they do not: they are never cut.
func capitals(amount data.Money) fyne.CanvasObject {
	const widest = 160 // px, of a quarter of the card in the narrowest window
	words := ui.NewParagraph(amount.Capitals(), theme.Secondary)
	words.MinWidth = min(theme.SizeBody*float32(len([]rune(words.Content))), widest)
	return words
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
	if words := p.reviewWords(); words != "" {
		row.Add(ui.NewLink("审核意见", func() {
			dialog := ui.NewDialog(p.desk.Window, "审核意见")
			dialog.Text, dialog.NoCancel = words, true
			dialog.SetDefault("知道了", nil)
			dialog.Show()
		}))
	}
	row.Add(ui.NewLink("修改记录", func() { p.desk.Go(desk.Log, p.order.Number) }))
	if p.order.Review != data.ReviewVoid && len(p.order.Lines) > 0 {
		row.Add(ui.NewLink("打印"+data.ChecklistName, p.printChecklist))
	}
	if p.order.Review == data.ReviewApproved {
		row.Add(ui.NewLink("打印确认书", p.printLetter))
	}
	return row
}

// reviewWords is what the reviewers said, or "" where nobody reviewed the order yet. An approval may come without words.
func (p *Details) reviewWords() string {
	if p.order.ReviewNote == "" && p.order.Review == data.ReviewApproved {
		return momentText(p.order.ReviewedAt) + " 审核通过，没有另外的意见。"
	}
	return p.order.ReviewNote
}

// moneyCard follows the money from the bank to the trainees.
func (p *Details) moneyCard() fyne.CanvasObject {
	o := p.order
	people, amount := p.recharged()
	row := ui.NewStations(p.desk.BankStation(o, p.bank),
		ui.Station{Title: "缴费订单", State: doneState(o.AppliedAt != ""), Amount: o.Total().String(), First: o.Number, Second: fmt.Sprintf("%s 人", desk.Thousands(o.People()))},
		desk.InvoiceStation(o, nil), p.batchStation(), p.rechargeStation(people, amount))
	return ui.NewTitledCard("钱的去向", ui.Column(0, row, ui.Gap(1)), p.agreement(), ui.NewLink("到每位学员", func() { p.desk.Go(desk.MoneyTrail, p.order.ID) }))
}

func (p *Details) batchStation() ui.Station {
	if p.order.BatchNumber == "" {
		return ui.Station{Title: "学习卡批次", State: ui.StationWaits, Amount: "没有批次", First: "审核通过后生成"}
	}
	return ui.Station{Title: "学习卡批次", State: ui.StationDone, Amount: p.order.Total().String(), First: p.order.BatchNumber,
		Second: desk.MonthDay(string(p.order.ReviewedAt)) + " 生成", Open: func() { p.desk.Go(desk.Batches, p.order.BatchNumber) }}
}

func (p *Details) rechargeStation(people int, amount data.Money) ui.Station {
	station := ui.Station{Title: "充值", State: doneState(amount > 0 && p.left() == 0), Amount: amount.String(), First: fmt.Sprintf("%s 人", desk.Thousands(people)), Second: "要先有批次"}
	if p.order.BatchNumber != "" {
		station.Second = "还剩 " + (p.order.Total() - amount).String()
		station.Open = func() { p.desk.Go(desk.MoneyTrail, p.order.ID) }
	}
	return station
}

// agreement tells whether what is known of the money agrees.
func (p *Details) agreement() fyne.CanvasObject {
	if p.order.Review != data.ReviewApproved || p.order.Invoice.State != data.InvoiceIssued {
		return ui.NewText("", theme.Secondary)
	}
	if len(p.bank.Lines) > 0 && !p.bank.Agrees() {
		return ui.Row(6, ui.NewIcon("circle-alert", theme.TextDanger), ui.NewText("银行流水和订单的金额不一致", theme.TextDanger))
	}
	word := "订单、发票、批次一致"
	if p.bank.Agrees() && p.bank.Settled {
		word = "流水、" + word
	}
	return ui.Row(6, ui.NewIcon("circle-check", theme.Success), ui.NewText(word, theme.TextSuccess))
}

func doneState(done bool) ui.StationState {
	if done {
		return ui.StationDone
	}
	return ui.StationWaits
}

// linesCard shows the organisations with people, amount and what of it was recharged, and their sum.
func (p *Details) linesCard() fyne.CanvasObject {
	columns := []ui.TableColumn{{Key: "name", Title: "缴费组织"}, {Key: "people", Title: "人数", Width: 64, Right: true}}
	if p.price > 0 {
		columns = append(columns, ui.TableColumn{Key: "price", Title: "单价", Width: 76, Right: true})
	}
	columns = append(columns, ui.TableColumn{Key: "amount", Title: "缴费金额", Width: 108, Right: true}, ui.TableColumn{Key: "bar", Title: "已充值人数", Width: 126},
		ui.TableColumn{Key: "count", Title: "", Width: 104, Right: true}, ui.TableColumn{Key: "recharged", Title: "已充值", Width: 108, Right: true})
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
		label := "充值明细"
		if people, _ := p.recharged(); people > 0 {
			label += fmt.Sprintf(" %s 人", desk.Thousands(people))
		}
		card = append(card, ui.NewLink(label, func() { p.desk.Go(desk.Ledger, p.order.Number) }))
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
