package app

import (
	"context"
	"fmt"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// PaymentRequest gathers what an order's 付款申请单 shows. It is refused while the order has no amount. Printing it is told with
// RecordPrinted.
func (a *App) PaymentRequest(ctx context.Context, orderID int64) (data.PaymentRequest, error) {
	if err := a.need(ctx, data.RightWork); err != nil {
		return data.PaymentRequest{}, err
	}
	return query(a, ctx, func(tx *sqlite.Tx) (data.PaymentRequest, error) {
		order, err := tx.Order(orderID)
		if err != nil {
			return data.PaymentRequest{}, err
		}
		if order.Total() <= 0 {
			return data.PaymentRequest{}, data.Refuse("amount-missing", "lines", "订单 "+order.Number+" 还没有填写金额。", "请先选择缴费组织并填写金额。")
		}
		profile, err := tx.Profile()
		if err != nil {
			return data.PaymentRequest{}, err
		}
		year, err := planYear(tx, order.PlanID)
		request := data.PaymentRequest{OrderNumber: order.Number, Date: a.Today(), Unit: profile.Unit, Department: profile.Department, RequestedBy: profile.Name,
			Telephone: profile.Phone, PlanName: order.PlanName, PlanNumber: order.PlanNumber, PlanYear: year, Mode: order.Mode, Lines: order.Lines, Payee: order.Payee,
			PayerBank: order.PayerBank, PayerAccount: order.PayerAccount, Remark: paymentRemark(order, year),
			InvoiceTitle: order.Invoice.Title, InvoiceType: order.Invoice.Type, TaxNumber: order.Invoice.TaxNumber, Signatures: data.RequestSignatures}
		if order.Invoice.State == data.InvoiceIssued {
			request.InvoiceNumber, request.InvoiceIssuedOn = order.Invoice.Number, order.Invoice.IssuedOn
		}
		if request.Telephone == "" {
			request.Telephone = profile.Mobile
		}
		return request, err
	})
}

func planYear(tx *sqlite.Tx, planID int64) (int, error) {
	plans, err := tx.Plans()
	for _, plan := range plans {
		if plan.ID == planID {
			return plan.Year, nil
		}
	}
	return 0, err
}

// remarkRunes is how much of a 附言 online banking takes; some banks take more.
const remarkRunes = 30

// paymentRemark suggests a 附言 by which reviewers recognise the transfer: 2022年公共知识培训费 骨科、急诊科 共 40 人.
func paymentRemark(order data.Order, year int) string {
	subject, people := fmt.Sprintf("%d年公共知识培训费", year), fmt.Sprintf("%d人", order.People())
	var names []string
	for _, line := range order.Lines {
		names = append(names, line.OrganizationPath[strings.LastIndexByte(line.OrganizationPath, '/')+1:])
	}
	for _, organizations := range []string{strings.Join(names, "、"), fmt.Sprintf("%d个机构", len(names))} {
		if remark := subject + " " + organizations + " " + people; len([]rune(remark)) <= remarkRunes {
			return remark
		}
	}
	return subject + " " + people
}
