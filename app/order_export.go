package app

import (
	"context"
	"io"
	"iter"

	"peixun/data"
	"peixun/data/excel"
)

// orderColumns are the manual's columns of 银行转账凭证 in their order (section 五.6), the order's number before them and what
// reconciling asks for behind.
var orderColumns = []struct {
	excel.OutColumn
	value func(data.OrderRow) any
}{
	{excel.OutColumn{Header: "订单号", Width: 15, Kind: excel.OutText}, func(r data.OrderRow) any { return r.Number }},
	{excel.OutColumn{Header: "培训计划名称", Width: 44, Kind: excel.OutText}, func(r data.OrderRow) any { return r.PlanName }},
	{excel.OutColumn{Header: "申请时间", Width: 20, Kind: excel.OutDate}, func(r data.OrderRow) any { return r.AppliedAt }},
	{excel.OutColumn{Header: "审核时间", Width: 20, Kind: excel.OutDate}, func(r data.OrderRow) any { return r.ReviewedAt }},
	{excel.OutColumn{Header: "申请人", Width: 10, Kind: excel.OutText}, func(r data.OrderRow) any { return r.Applicant }},
	{excel.OutColumn{Header: "申请单位", Width: 24, Kind: excel.OutText}, func(r data.OrderRow) any { return r.ApplicantUnit }},
	{excel.OutColumn{Header: "转账金额", Kind: excel.OutMoney}, func(r data.OrderRow) any { return r.Total }},
	{excel.OutColumn{Header: "转账时间", Width: 20, Kind: excel.OutDate}, func(r data.OrderRow) any { return r.PaidAt }},
	{excel.OutColumn{Header: "审核状态", Width: 10, Kind: excel.OutText}, func(r data.OrderRow) any { return r.Review }},
	{excel.OutColumn{Header: "发票状态", Width: 10, Kind: excel.OutText}, func(r data.OrderRow) any { return r.InvoiceState }},
	{excel.OutColumn{Header: "发票类型", Width: 10, Kind: excel.OutText}, func(r data.OrderRow) any { return r.InvoiceType.Short() }},
	{excel.OutColumn{Header: "缴费模式", Width: 14, Kind: excel.OutText}, func(r data.OrderRow) any { return r.Mode }},
	{excel.OutColumn{Header: "缴费组织", Width: 30, Kind: excel.OutText}, func(r data.OrderRow) any { return r.Organizations }},
	{excel.OutColumn{Header: "交易号", Width: 22, Kind: excel.OutText}, func(r data.OrderRow) any { return r.Transaction }},
	{excel.OutColumn{Header: "学习卡批次", Width: 15, Kind: excel.OutText}, func(r data.OrderRow) any { return r.BatchNumber }},
}

// ExportOrders writes the orders that a query finds, in its order, as a workbook with the manual's columns and a line with the total
// of those that are not void; it gives how many.
func (a *App) ExportOrders(ctx context.Context, path string, q data.OrderQuery) (int, error) {
	ids, err := a.OrderIDs(ctx, q)
	if err != nil {
		return 0, err
	}
	rows, err := a.OrderRows(ctx, ids)
	if err != nil {
		return 0, err
	}
	totals, err := a.OrderTotals(ctx, q)
	if err != nil {
		return 0, err
	}
	columns := make([]excel.OutColumn, len(orderColumns))
	for place, column := range orderColumns {
		columns[place] = column.OutColumn
	}
	return len(rows), WriteFile(path, func(w io.Writer) error {
		return excel.WriteTable(w, "银行转账凭证", columns, orderCells(rows, totals))
	})
}

func orderCells(rows []data.OrderRow, totals data.OrderTotals) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			cells := make([]any, len(orderColumns))
			for place, column := range orderColumns {
				cells[place] = column.value(row)
			}
			if !yield(cells, nil) {
				return
			}
		}
		sum := make([]any, len(orderColumns))
		for place, column := range orderColumns {
			switch column.Header {
			case "订单号":
				sum[place] = "合计"
			case "转账金额":
				sum[place] = totals.Total
			}
		}
		yield(sum, nil)
	}
}
