package letter

import (
	"io"
	"strconv"

	"peixun/data"
)

// OrderSheet writes an order in A4: the twelve facts of the manual's list (section 五.6), who is paid for, the transfer, the invoice and
// all that happened, for the unit's own files. Accounts are masked but for their last four digits.
func OrderSheet(w io.Writer, s data.OrderSheet) (pages int, err error) {
	c := newCanvas(a4, "缴费订单 "+s.Order.Number, s.Made.Time())
	pages = c.sheet(listFrame, orderBlocks(s), furniture{name: titled("缴费订单 ", s.Order.Number), unit: s.Order.ApplicantUnit, note: titled("制表 ", moment(s.Made))})
	return c.finish(w, "order sheet", pages)
}

func orderBlocks(s data.OrderSheet) []block {
	o, area := s.Order, listFrame
	form := newTable(area, listSpacing, 24, 61, 24, 61)
	blocks := listTitle(area, "缴费订单", titled("单位：", o.ApplicantUnit), "")
	blocks = append(blocks, joined(
		pair(form, "培训计划名称", o.PlanName, valueStyle),
		pairs(form, "计划编号", o.PlanNumber, "缴费订单", revised(o)),
		pairs(form, "申请时间", moment(o.AppliedAt), "审核时间", moment(o.ReviewedAt)),
		pairs(form, "申请人", o.Applicant, "缴费模式", string(o.Mode)),
		pairs(form, "转账金额", "¥"+o.Total().String(), "转账时间", moment(o.PaidAt)),
		pair(form, "金额（大写）", "人民币"+o.Total().Capitals(), strongStyle),
		pairs(form, "审核状态", string(o.Review), "学习卡批次", o.BatchNumber),
		sheetTransfer(form, o), sheetInvoice(form, o.Invoice))...)
	if o.ReviewNote != "" {
		blocks = append(blocks, pair(form, "审核意见", o.ReviewNote, valueStyle)...)
	}
	lines := lineRows(newTable(area, listSpacing, 12, 98, 22, 38), data.LetterContent{Unit: o.ApplicantUnit, Orders: []data.LetterOrder{{Lines: o.Lines}}})
	if len(lines) > 0 {
		lines[0].before = 3
	}
	blocks = append(blocks, lines...)
	return joined(blocks, eventRows(area, s.Events), missingNote(area, MissingFrom(s)))
}

// revised names an order with its revision where it is not the first.
func revised(o data.Order) string {
	if o.Revision < 2 {
		return o.Number
	}
	return o.Number + "（第 " + strconv.Itoa(o.Revision) + " 版）"
}

func sheetTransfer(form table, o data.Order) []block {
	if o.Mode == data.PayOnline {
		return pair(form, "交易号", o.Transaction, valueStyle)
	}
	return joined(
		pairs(form, "缴费银行", o.PayerBank, "缴费卡号", lastFour(o.PayerAccount)),
		pair(form, "收款单位", o.Payee.Name, valueStyle),
		pairs(form, "收款银行", o.Payee.Bank, "收款卡号", groupFours(o.Payee.Account)),
		pair(form, "转账凭证", strconv.Itoa(len(o.Vouchers))+" 张", valueStyle))
}

func sheetInvoice(form table, i data.Invoice) []block {
	return joined(
		pairs(form, "发票状态", string(i.State), "发票类型", string(i.Type)),
		pairs(form, "发票抬头", i.Title, "纳税人识别号", i.TaxNumber),
		pairs(form, "发票号码", i.Number, "开票日期", day(i.IssuedOn)))
}

// lastFour hides all of an account but its end: whose paper this is knows it.
func lastFour(account string) string {
	const shown = 4
	if len(account) <= shown {
		return account
	}
	return "…" + account[len(account)-shown:]
}

// eventRows lists what happened, the first first.
func eventRows(area frame, events []data.OrderEvent) []block {
	if len(events) == 0 {
		return nil
	}
	happened := newList(area, column{"时间", 40, alignCentre}, column{"经过", 102, alignLeft}, column{"经手人", 28, alignLeft})
	var rows []block
	for _, event := range events {
		rows = append(rows, happened.entry(nil, string(event.At), event.Title, event.User)...)
	}
	rows = under(happened.heading(), rows)
	rows[0].before = 3
	return rows
}
