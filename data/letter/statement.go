package letter

import (
	"fmt"
	"io"
	"strconv"

	"peixun/data"
)

// Statement writes the 对账单 in A4, landscape: each order in five books, with the sums of every page and of all, and what
// does not agree in words below.
func Statement(w io.Writer, s data.Statement) (pages int, err error) {
	c := newCanvas(a4Landscape, "对账单", s.At.Time())
	blocks := summed(landscapeFrame, func(sums bool) []block { return statementBlocks(s, sums) })
	pages = c.sheet(landscapeFrame, blocks, furniture{name: "对账单" + titled(" ", period(s.From, s.To)), unit: s.Unit, note: titled("制表 ", moment(s.At))})
	return c.finish(w, "statement", pages)
}

// bookSums is how many columns of a statement hold amounts.
const bookSums = 5

func statementBlocks(s data.Statement, pageSums bool) []block {
	area := landscapeFrame
	blocks := listTitle(area, "对账单", s.Unit, period(s.From, s.To))
	if plan := listed(s.PlanName, s.PlanNumber); plan != "" {
		blocks = append(blocks, paragraph{style: valueStyle, lead: listSpacing.lead, keep: true}.blocks("培训计划："+plan, area)...)
	}
	books := newList(area,
		column{"序号", 11, alignCentre}, column{"转账时间", 29, alignCentre}, column{"缴费订单", 28, alignCentre}, column{"缴费组织", 36, alignLeft},
		column{"订单金额", 24, alignRight}, column{"银行流水", 24, alignRight}, column{"学习卡批次", 24, alignRight}, column{"已充值", 24, alignRight},
		column{"已开票", 24, alignRight}, column{"结果", 33, alignLeft})
	var rows []block
	var totals []data.Money
	for i, row := range s.Rows {
		amounts := []data.Money{row.Ordered, row.Paid, row.Batch, row.Recharged, row.Invoiced}
		totals = added(totals, amounts)
		texts := []string{strconv.Itoa(i + 1), day(row.Date), row.Order, row.Payer}
		for _, amount := range amounts {
			texts = append(texts, amountOrDash(amount))
		}
		rows = append(rows, books.entry(amounts, append(texts, result(row))...)...)
	}
	if pageSums {
		closed(rows, books.pageSum("本页小计　%d 笔", 1))
	}
	blocks = append(blocks, keepNext(under(books.heading(), rows))...)
	total := books.sumRow(fmt.Sprintf("合计　%d 笔", len(s.Rows)), added(make([]data.Money, bookSums), totals), 1)
	blocks = append(blocks, keepNext(books.row(total...))...)
	blocks = joined(blocks, balanceRows(s.Balances, area), differences(s, area))
	signed := signRows(area, 3, []string{"制表人：" + s.PreparedBy, "复核人：", "财务负责人："})
	const stampHigh = 32.0 // mm
	const open = "　　　　年　　月　　日"
	sides := []signature{{heading: "缴费单位（盖章）", name: s.Unit, date: open}, {heading: "收款单位（盖章）", name: s.Payee, date: open}}
	stamps := stamped(sides, area, stampHigh)
	stamps.keep = false
	return joined(blocks, keepNext(signed), []block{stamps}, missingNote(area, MissingFrom(s)))
}

// balanceRows tell what stands open between unit and platform at both ends of the statement's time.
func balanceRows(balances []data.StatementBalance, area frame) []block {
	if len(balances) == 0 {
		return nil
	}
	accounts := newList(area, column{"往来", 93, alignLeft}, column{"期初余额", 41, alignRight}, column{"本期增加", 41, alignRight},
		column{"本期减少", 41, alignRight}, column{"期末余额", 41, alignRight})
	var rows []block
	for _, b := range balances {
		rows = append(rows, accounts.entry(nil, string(b.Account), b.Opening.String(), b.Added.String(), b.Taken.String(), b.Closing.String())...)
	}
	rows = under(accounts.heading(), rows)
	rows[0].before = 3
	return together(rows)
}

// differences says what does not agree, so that nobody needs to search the columns.
func differences(s data.Statement, area frame) []block {
	text := paragraph{style: noteStyle, lead: listSpacing.lead, how: alignJustified, before: 2}
	last := text
	last.keep = true
	if len(s.Differences) == 0 {
		return last.blocks("以上各项核对一致。", area)
	}
	heading := paragraph{style: labelStyle, lead: listSpacing.lead, before: 2, keep: true}
	blocks := heading.blocks(fmt.Sprintf("需要处理的差异（%d 项）", len(s.Differences)), area)
	text.before, last.before = 0, 0
	for i, difference := range s.Differences {
		set := text
		if i == len(s.Differences)-1 {
			set = last
		}
		blocks = append(blocks, set.blocks(fmt.Sprintf("%d．%s", i+1, difference), area)...)
	}
	return blocks
}

// result says in words, not by colour, whether a row's books agree.
func result(row data.StatementRow) string {
	if row.Agrees {
		return "一致" + titled("，", row.Note)
	}
	if row.Waits {
		return "待核对"
	}
	return "不一致" + titled("：", row.Note)
}

// amountOrDash leaves no doubt that a book holds nothing.
func amountOrDash(amount data.Money) string {
	if amount == 0 {
		return "—"
	}
	return amount.String()
}

// period writes from when to when; one of both may be open.
func period(from, to data.Date) string {
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return day(from) + "起"
	case from == "":
		return "截至" + day(to)
	}
	return day(from) + "至" + day(to)
}
