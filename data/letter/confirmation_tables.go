package letter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"peixun/data"
)

// contentTables sets what the letter confirms: the plan, who pays for whom, from where to where, and the invoice.
func contentTables(content data.LetterContent, space spacing, area frame) []block {
	form := newTable(area, space, 23.8, 54.2, 23.8, 54.2)
	blocks := planRows(form, content)
	blocks = append(blocks, lineRows(newTable(area, space, 12, 92, 20, 32), content)...)
	blocks = append(blocks, pair(form, "金额（大写）", "人民币"+content.Total().Capitals(), strongStyle)...)
	if content.LetterPayment == (data.LetterPayment{}) && len(content.Orders) > 1 {
		blocks = append(blocks, together(joined(
			pairs(form, "缴费单位", content.Unit, "收款单位", content.Payee.Name),
			pairs(form, "收款银行", content.Payee.Bank, "收款账号", groupFours(content.Payee.Account))))...)
		for _, order := range content.Orders {
			blocks = append(blocks, ownPaymentRows(form, order)...)
		}
		return blocks
	}
	return joined(blocks, partyRows(form, content), invoiceRows(form, content.LetterPayment))
}

func invoiceRows(form table, payment data.LetterPayment) []block {
	return together(joined(
		pairs(form, "发票类型", string(payment.InvoiceType), "发票号码", payment.InvoiceNo),
		pairs(form, "发票抬头", payment.InvoiceTitle, "纳税人识别号", payment.TaxNumber)))
}

// ownPaymentRows tells how one order of several is paid and invoiced, where they differ.
func ownPaymentRows(form table, order data.LetterOrder) []block {
	return together(joined(
		form.row(cell{text: "订单 " + order.Number, style: labelStyle, span: 4, fill: true}),
		pairs(form, "缴费银行", order.PayerBank, "缴费账号", groupFours(order.PayerAccount)),
		invoiceRows(form, order.LetterPayment)))
}

// newTable makes a table whose rows leave room for a heading of two rows on their page.
func newTable(area frame, space spacing, widths ...float64) table {
	return table{left: area.left, widths: widths, low: space.row, tall: area.height - 2*space.row, leading: space.leading}
}

// planRows names the plan, and the order where there is only one; several stand among their lines.
func planRows(form table, content data.LetterContent) []block {
	year := ""
	if content.PlanYear > 0 {
		year = strconv.Itoa(content.PlanYear) + "年"
	}
	numbers := pairs(form, "计划编号", content.PlanNumber, "所属年份", year)
	if content.Price > 0 {
		numbers = pairs(form, "计划编号", content.PlanNumber+bracketed(year), "缴费标准", "每人 ¥"+content.Price.String())
	}
	rows := joined(
		pairs(form, "社会信用代码", content.USCC, "单位地址", content.UnitAddress),
		pair(form, "培训计划", content.PlanName, valueStyle),
		numbers,
	)
	if len(content.Orders) == 1 {
		order := content.Orders[0]
		rows = append(rows, joined(
			pairs(form, "缴费订单", order.Number, "缴费模式", string(order.Mode)),
			pairs(form, "转账时间", moment(order.PaidAt), "审核时间", moment(order.ReviewedAt)),
		)...)
	}
	return joined(rows, kindsRow(form, content))
}

// kindsRow tells of what kind the people are, as far as that is known.
func kindsRow(form table, content data.LetterContent) []block {
	if len(content.Categories) == 0 {
		return nil
	}
	kinds := make([]string, len(content.Categories))
	for i, category := range content.Categories {
		kinds[i] = fmt.Sprintf("%s %d 人", category.Name, category.People)
	}
	return pair(form, "人员类别", strings.Join(kinds, "、"), valueStyle)
}

// lineRows lists the organisations with people and amounts, under a heading that every page repeats, and the total.
func lineRows(t table, content data.LetterContent) []block {
	heading := t.row(
		cell{text: "序号", style: labelStyle, how: alignCentre, fill: true},
		cell{text: "组织机构", style: labelStyle, how: alignCentre, fill: true},
		cell{text: "人数", style: labelStyle, how: alignCentre, fill: true},
		cell{text: "金额（元）", style: labelStyle, how: alignCentre, fill: true})[0]
	var rows []block
	number := 0
	for _, order := range content.Orders {
		if len(content.Orders) > 1 {
			head := t.row(orderCells(order)...)
			rows = append(rows, keepNext(head)...)
		}
		for _, entry := range order.Lines {
			number++
			rows = append(rows, t.row(
				cell{text: strconv.Itoa(number), style: valueStyle, how: alignCentre},
				cell{text: organizationName(entry, content.Unit), style: valueStyle},
				cell{text: strconv.Itoa(entry.People), style: valueStyle, how: alignCentre},
				cell{text: entry.Amount.String(), style: valueStyle, how: alignRight, whole: true})...)
		}
	}
	total := t.row(
		cell{text: "合　　计", style: labelStyle, how: alignCentre, span: 2, fill: true},
		cell{text: strconv.Itoa(content.People()), style: strongStyle, how: alignCentre},
		cell{text: "¥" + content.Total().String(), style: strongStyle, how: alignRight, whole: true})
	if len(rows) > 0 {
		rows[len(rows)-1].keep = true
	}
	return under(heading, append(rows, keepNext(total)...))
}

// orderCells is the row that heads an order's lines, with its subtotal.
func orderCells(order data.LetterOrder) []cell {
	people, amount := 0, data.Money(0)
	for _, entry := range order.Lines {
		people += entry.People
		amount += entry.Amount
	}
	text := "订单 " + order.Number + titled("　", string(order.Mode))
	text += titled("\n", listed(titled("转账 ", moment(order.PaidAt)), titled("审核 ", moment(order.ReviewedAt))))
	return []cell{
		{text: text, style: labelStyle, span: 2, fill: true},
		{text: strconv.Itoa(people), style: strongStyle, how: alignCentre, fill: true},
		{text: amount.String(), style: strongStyle, how: alignRight, fill: true, whole: true},
	}
}

// partyRows sets payer and payee side by side, as a bank's 进账单 does, in the words of the manual's form.
func partyRows(form table, content data.LetterContent) []block {
	return together(joined(
		pairs(form, "缴费单位", content.Unit, "收款单位", content.Payee.Name),
		pairs(form, "缴费银行", content.PayerBank, "收款银行", content.Payee.Bank),
		pairs(form, "缴费账号", groupFours(content.PayerAccount), "收款账号", groupFours(content.Payee.Account))))
}

// pair is a row of one heading and its value.
func pair(form table, heading, value string, used style) []block {
	return form.row(
		cell{text: heading, style: labelStyle, how: alignCentre, fill: true},
		cell{text: value, style: used, span: 3})
}

// pairs is a row of two headings with their values.
func pairs(form table, heading1, value1, heading2, value2 string) []block {
	return form.row(
		cell{text: heading1, style: labelStyle, how: alignCentre, fill: true},
		cell{text: value1, style: valueStyle},
		cell{text: heading2, style: labelStyle, how: alignCentre, fill: true},
		cell{text: value2, style: valueStyle})
}

func joined(parts ...[]block) []block {
	var all []block
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// keepNext keeps the last of rows on the page of what follows.
func keepNext(rows []block) []block {
	rows[len(rows)-1].keep = true
	return rows
}

func organizationName(entry data.OrderLine, unit string) string {
	if entry.OrganizationPath == "" {
		return unit
	}
	return entry.OrganizationPath
}

// titled puts a heading before text, or gives nothing where there is no text.
func titled(heading, text string) string {
	if text == "" {
		return ""
	}
	return heading + text
}

// bracketed puts text in brackets, or gives nothing where there is no text.
func bracketed(text string) string {
	if text == "" {
		return ""
	}
	return "（" + text + "）"
}

// listed joins the parts that are not empty with a blank of one em.
func listed(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "　")
}

// moment writes a time for people: 2022年3月9日, with the hour where it is not midnight, which forms use for "no hour".
func moment(m data.Moment) string {
	t := m.Time()
	if t.IsZero() {
		return string(m)
	}
	if t.Hour() == 0 && t.Minute() == 0 {
		return day(m.Date())
	}
	return day(m.Date()) + t.Format(" 15:04")
}

// day writes a date as GB/T 9704 asks, in Arabic figures without leading zeros; what is no date stands as it is.
func day(d data.Date) string {
	t := d.Time()
	if t.IsZero() {
		return string(d)
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}

// groupFours parts an account number into groups of four, by which people compare them.
func groupFours(text string) string {
	var grouped []rune
	count := 0
	for _, char := range text {
		if char == ' ' {
			continue
		}
		if count > 0 && count%4 == 0 {
			grouped = append(grouped, ' ')
		}
		grouped = append(grouped, char)
		count++
	}
	return string(grouped)
}
