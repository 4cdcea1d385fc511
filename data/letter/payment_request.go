package letter

import (
	"fmt"
	"io"
	"strconv"

	"peixun/data"
)

// PaymentRequest writes the 付款申请单 in A4, with which a unit's administrator asks its finance office to transfer an
// order's amount. What is signed is one page; organisations that it has no room for follow in an appendix.
func PaymentRequest(w io.Writer, r data.PaymentRequest) (pages int, err error) {
	c := newCanvas(a4, "付款申请单 "+r.OrderNumber, r.Date.Time())
	blocks, fits := fitting(officialFrame, func(space spacing) []block { return requestBlocks(r, space, false) })
	if !fits {
		blocks, _ = fitting(officialFrame, func(space spacing) []block { return requestBlocks(r, space, true) })
		title := listTitle(officialFrame, "附：缴费组织机构明细", r.Unit, "")
		title[0].newPage = true
		blocks = joined(blocks, title, requestRows(r, snug))
	}
	pages = c.sheet(officialFrame, blocks, furniture{name: titled("付款申请单 ", r.OrderNumber), unit: r.Unit})
	return c.finish(w, "payment request", pages)
}

// requestBlocks composes the page that is signed.
func requestBlocks(r data.PaymentRequest, space spacing, appended bool) []block {
	area := officialFrame
	form := newTable(area, space, 23.8, 54.2, 23.8, 54.2)
	blocks := titleBlocks("付款申请单", area)
	rows := joined(
		pairs(form, "申请单位", r.Unit, "申请日期", day(r.Date)),
		pairs(form, "申请部门", r.Department, "申请人", listed(r.RequestedBy, r.Telephone)),
		pair(form, "付款事由", requestPurpose(r), valueStyle),
		pairs(form, "计划编号", r.PlanNumber, "缴费订单", r.OrderNumber),
		pair(form, "金额（小写）", "¥"+r.Total().String(), amountStyle),
		pair(form, "金额（大写）", "人民币"+r.Total().Capitals(), amountStyle),
		pair(form, "收款单位", r.Payee.Name, payeeStyle),
		pair(form, "收款银行", r.Payee.Bank, payeeStyle),
		pair(form, "收款账号", groupFours(r.Payee.Account), payeeStyle),
		pair(form, "转账附言", r.Remark, payeeStyle),
		pairs(form, "付款银行", r.PayerBank, "付款账号", groupFours(r.PayerAccount)),
		pairs(form, "缴费模式", string(r.Mode), "发票类型", string(r.InvoiceType)),
		pairs(form, "发票抬头", r.InvoiceTitle, "纳税人识别号", r.TaxNumber),
	)
	if r.InvoiceNumber != "" {
		rows = append(rows, pairs(form, "发票号码", r.InvoiceNumber, "开票日期", day(r.InvoiceIssuedOn))...)
	}
	rows[0].before = 3
	blocks = append(blocks, rows...)
	if appended {
		blocks = append(blocks, pair(form, "组织机构", fmt.Sprintf("共 %d 个组织机构、%d 人，明细见附页。", len(r.Lines), r.People()), valueStyle)...)
	} else {
		blocks = append(blocks, requestRows(r, space)...)
	}
	blocks = append(blocks, signRows(area, 3, r.Signatures)...)
	note := paragraph{style: noteStyle, lead: 5.4, before: 2}
	blocks = append(blocks, note.blocks("转账后请将银行回单（清晰的图片或 PDF）交给申请人，用来上传缴费凭证。", area)...)
	return together(append(blocks, missingNote(area, MissingFrom(r))...))
}

// requestRows lists who is paid for, with a total.
func requestRows(r data.PaymentRequest, space spacing) []block {
	return lineRows(newTable(officialFrame, space, 12, 92, 20, 32), data.LetterContent{Unit: r.Unit, Orders: []data.LetterOrder{{Lines: r.Lines}}})
}

func requestPurpose(r data.PaymentRequest) string {
	return titled(r.PlanName+"，", strconv.Itoa(r.People())+" 人")
}
