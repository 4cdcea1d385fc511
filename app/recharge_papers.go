package app

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// Disclosure says whether whole identity numbers leave the program, and why; the zero value masks them.
type Disclosure struct {
	Full   bool
	Reason string // a line in 操作日志, needed for Full
}

// rechargeColumns are the columns of 充值明细 as a workbook.
var rechargeColumns = []excel.OutColumn{
	{Header: "编号", Kind: excel.OutInteger}, {Header: "时间", Width: 20, Kind: excel.OutDate}, {Header: "类型", Kind: excel.OutText}, {Header: "用户名", Kind: excel.OutText},
	{Header: "姓名", Width: 12, Kind: excel.OutText}, {Header: "身份证号", Width: 22, Kind: excel.OutText}, {Header: "组织机构", Width: 24, Kind: excel.OutText},
	{Header: "缴费机构", Width: 22, Kind: excel.OutText}, {Header: "培训计划", Width: 44, Kind: excel.OutText}, {Header: "批次", Kind: excel.OutText}, {Header: "订单", Kind: excel.OutText},
	{Header: "金额", Kind: excel.OutMoney}, {Header: "状态", Width: 12, Kind: excel.OutText}, {Header: "原因", Width: 30, Kind: excel.OutText}, {Header: "经办人", Kind: excel.OutText},
}

// ExportRecharges writes the lines of 充值明细 that a query finds, in its order, as a workbook whose last row sums them, and gives how many.
// Identity numbers are masked unless they are disclosed.
func (a *App) ExportRecharges(ctx context.Context, path string, q data.RechargeQuery, disclosure Disclosure) (int, error) {
	entries, err := a.disclosedEntries(ctx, q, disclosure, "导出充值明细")
	if err != nil {
		return 0, err
	}
	return len(entries), WriteFile(path, func(w io.Writer) error {
		return excel.WriteTable(w, "充值明细", rechargeColumns, entryCells(entries))
	})
}

func entryCells(entries []data.RechargeEntry) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		var sum excel.Sum
		var total data.Money
		for _, e := range entries {
			reason := e.Reason
			if reason == "" {
				reason = e.AnswerReason
			}
			cells := []any{e.ID, e.At, string(e.Kind), e.Username, e.Name, e.IDNumber, e.Organization, e.Payer, e.PlanName, e.BatchNumber, e.OrderNumber, e.Amount,
				string(e.State()), reason, e.User}
			if !yield(cells, nil) {
				return
			}
			sum.Rows = append(sum.Rows, len(sum.Rows)+2)
			total += e.Amount
		}
		sum.Value = total
		yield([]any{nil, nil, "合计", nil, nil, nil, nil, nil, nil, nil, nil, sum, nil, nil, nil}, nil)
	}
}

// disclosedEntries reads the lines that a query finds, with whole identity numbers where a reason is given for it, which is logged.
func (a *App) disclosedEntries(ctx context.Context, q data.RechargeQuery, disclosure Disclosure, what string) ([]data.RechargeEntry, error) {
	var entries []data.RechargeEntry
	read := func(tx *sqlite.Tx) error {
		ids, err := tx.RechargeIDs(q)
		if err != nil {
			return err
		}
		entries, err = tx.RechargeEntries(ids)
		return err
	}
	if !disclosure.Full {
		return entries, a.read(ctx, func(tx *sqlite.Tx) error { return read(tx) })
	}
	reason, err := judgeReason(disclosure.Reason, "请写明为什么要完整证件号，例如“平台核对”。")
	if err != nil {
		return nil, err
	}
	return entries, a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := read(tx); err != nil {
			return err
		}
		numbers := map[int64]string{}
		for place := range entries {
			e := &entries[place]
			if _, known := numbers[e.TraineeID]; !known {
				if numbers[e.TraineeID], err = tx.IDNumber(e.TraineeID); err != nil {
					return err
				}
			}
			if e.Username == e.IDNumber {
				e.Username = numbers[e.TraineeID]
			}
			e.IDNumber = numbers[e.TraineeID]
		}
		return a.log(tx, user, "recharge.reveal", "充值明细", fmt.Sprintf("%s，%d 条，含完整证件号：%s", what, len(entries), reason))
	})
}

// RechargeSheet makes the 充值确认表 of what a query finds and still stands: recharges that were not taken back, in the query's order.
// What is the same for all of them heads the sheet; what differs is left out. A query without an order lists by organisation.
func (a *App) RechargeSheet(ctx context.Context, q data.RechargeQuery, disclosure Disclosure) (data.RechargeSheet, error) {
	if q.Sort == "" {
		q.Sort = "organization"
	}
	entries, err := a.disclosedEntries(ctx, q, disclosure, "打印充值确认表")
	if err != nil {
		return data.RechargeSheet{}, err
	}
	entries = slices.DeleteFunc(entries, func(e data.RechargeEntry) bool { return e.Amount < 0 || e.ReversedBy != 0 })
	if len(entries) == 0 {
		return data.RechargeSheet{}, data.Refuse("sheet-empty", "", "这里没有还有效的充值。", "冲正和退回的不列入确认表，请换一个条件。")
	}
	first := entries[0]
	sheet := data.RechargeSheet{PlanName: first.PlanName, BatchNumber: first.BatchNumber, OrderNumber: first.OrderNumber}
	run := first.RunID
	for _, e := range entries {
		keepCommon(&sheet.PlanName, e.PlanName)
		keepCommon(&sheet.BatchNumber, e.BatchNumber)
		keepCommon(&sheet.OrderNumber, e.OrderNumber)
		keepCommon(&run, e.RunID)
		sheet.Rows = append(sheet.Rows, data.RechargeSheetRow{Name: e.Name, IDNumber: e.IDNumber, Organization: e.Organization, Amount: e.Amount})
	}
	if run != "" {
		sheet.ChargedAt = first.At
	}
	return a.headSheet(ctx, sheet, first.PlanID)
}

// keepCommon empties what is not the same for all.
func keepCommon(kept *string, next string) {
	if *kept != next {
		*kept = ""
	}
}

// headSheet fills in who prints the sheet, and its plan's number.
func (a *App) headSheet(ctx context.Context, sheet data.RechargeSheet, planID int64) (data.RechargeSheet, error) {
	err := a.read(ctx, func(tx *sqlite.Tx) error {
		profile, err := tx.Profile()
		if err != nil {
			return err
		}
		plans, err := tx.Plans()
		for _, plan := range plans {
			if sheet.PlanName != "" && plan.ID == planID {
				sheet.PlanNumber = plan.Number
			}
		}
		sheet.Unit, sheet.PreparedBy, sheet.At = profile.Unit, profile.Name, a.Now()
		return err
	})
	return data.NewRechargeSheet(sheet), err
}

// WriteRechargeSheet writes the 充值确认表 as a PDF.
func (a *App) WriteRechargeSheet(ctx context.Context, w io.Writer, q data.RechargeQuery, disclosure Disclosure) (Written, error) {
	sheet, err := a.RechargeSheet(ctx, q, disclosure)
	if err != nil {
		return Written{}, err
	}
	pages, err := letter.RechargeSheet(w, sheet)
	return Written{pages, letter.MissingFrom(sheet)}, err
}
