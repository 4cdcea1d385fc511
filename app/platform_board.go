package app

import (
	"context"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// PlatformBoard tells for a plan where everything stands towards the platform: people, recharges, hours, orders, batches, invoices. What it
// counts as 待报 is what the plan's next package would hold.
func (a *App) PlatformBoard(ctx context.Context, planID int64) ([]data.PlatformLine, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.PlatformLine, error) {
		plan, err := a.planSubmission(ctx, tx, SubmissionRequest{PlanID: planID})
		if err != nil {
			return nil, err
		}
		b := board{tx: tx, plan: plan}
		var lines []data.PlatformLine
		for _, count := range []func() (data.PlatformLine, error){b.people, b.recharges, b.hours} {
			line, err := count()
			if err != nil {
				return nil, err
			}
			line.Hindrance = plan.hindrance(line.Subject)
			lines = append(lines, line)
		}
		orders, err := b.orders()
		lines = append(lines, orders...)
		for place := range lines {
			lines[place].Next = lines[place].NextStep()
		}
		return lines, err
	})
}

// board counts what stands where, on one snapshot.
type board struct {
	tx   *sqlite.Tx
	plan *SubmissionPlan
}

// count sorts the records of a kind by what the next package holds and what earlier ones came to.
func (b board) count(kind data.SubjectKind, ids []int64) (data.PlatformLine, error) {
	line := data.PlatformLine{Subject: kind}
	last, err := b.tx.LastSent(kind, b.plan.Plan.ID)
	if err != nil {
		return line, err
	}
	due := b.plan.due(kind)
	for _, id := range ids {
		novelty, waits := due[id]
		sent, known := last[id]
		switch {
		case novelty == data.NoveltyRefused:
			line.Refused++
		case waits:
			line.Pending++
		case !known:
			line.Held++
		case sent.Answer == data.AnswerSucceeded:
			line.Accepted++
		case sent.Answer == data.AnswerFailed:
			line.Refused++
		default:
			line.Sent++
		}
	}
	return line, nil
}

// due gives why the plan's rows of a kind wait, by the record's key.
func (p *SubmissionPlan) due(kind data.SubjectKind) map[int64]data.Novelty {
	due := map[int64]data.Novelty{}
	for _, item := range p.Items {
		if item.Kind == kind {
			due[item.SubjectID] = item.Novelty
		}
	}
	return due
}

// hindrance says what stands in the way of a kind's rows: errors before warnings, the first in words and the others counted.
func (p *SubmissionPlan) hindrance(kind data.SubjectKind) string {
	for _, level := range []data.Level{data.LevelError, data.LevelWarning} {
		first, count := "", 0
		for _, item := range p.Items {
			for _, problem := range item.Problems {
				if item.Kind != kind || problem.Level != level {
					continue
				}
				if count++; first == "" {
					first = item.Label + "：" + problem.What
				}
			}
		}
		if count > 1 {
			return fmt.Sprintf("%d 处，例如%s", count, first)
		}
		if count == 1 {
			return first
		}
	}
	return ""
}

// people leaves out those who are disabled and whom the platform never heard of.
func (b board) people() (data.PlatformLine, error) {
	roll, err := b.tx.Roll()
	if err != nil {
		return data.PlatformLine{}, err
	}
	last, err := b.tx.LastSent(data.SubjectTrainee, 0)
	if err != nil {
		return data.PlatformLine{}, err
	}
	var ids []int64
	for _, one := range roll {
		if _, sent := last[one.ID]; sent || !one.Disabled {
			ids = append(ids, one.ID)
		}
	}
	return b.count(data.SubjectTrainee, ids)
}

func (b board) hours() (data.PlatformLine, error) {
	ids, err := b.tx.HoursIDs(data.OfflineHoursQuery{PlanID: b.plan.Plan.ID})
	if err != nil {
		return data.PlatformLine{}, err
	}
	return b.count(data.SubjectHours, ids)
}

// recharges counts the plan's recharges that stand, and those that the platform refused; what was reversed counts nowhere.
func (b board) recharges() (data.PlatformLine, error) {
	line := data.PlatformLine{Subject: data.SubjectRecharge}
	ids, err := b.tx.RechargeIDs(data.RechargeQuery{PlanID: b.plan.Plan.ID})
	if err != nil {
		return line, err
	}
	entries, err := b.tx.RechargeEntries(ids)
	if err != nil {
		return line, err
	}
	due := b.plan.due(data.SubjectRecharge)
	for _, e := range entries {
		novelty, waits := due[e.ID]
		switch {
		case e.Answer == data.AnswerSucceeded:
			line.Accepted++
		case e.Answer == data.AnswerFailed || novelty == data.NoveltyRefused:
			line.Refused++
		case waits:
			line.Pending++
		case e.ReversedBy == 0 && e.ReversalOf == 0 && e.Kind != data.RunReturned:
			line.Sent++
		}
	}
	return line, nil
}

// orders counts the plan's orders with their batches and invoices.
func (b board) orders() ([]data.PlatformLine, error) {
	orders, batches, invoices := data.PlatformLine{Subject: data.SubjectOrder}, data.PlatformLine{Subject: data.SubjectBatch}, data.PlatformLine{Subject: data.SubjectInvoice}
	ids, err := b.tx.OrderIDs(data.OrderQuery{PlanID: b.plan.Plan.ID})
	if err != nil {
		return nil, err
	}
	rows, err := b.tx.OrderRows(ids)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		orders.CountOrder(row.Review)
		batches.CountBatch(row.Review)
		invoices.CountInvoice(row.Review, row.InvoiceState)
	}
	if orders.Held > 0 {
		orders.Hindrance = fmt.Sprintf("%d 个草稿还没有检查，不会放进报盘包", orders.Held)
	}
	if batches.Held > 0 {
		batches.Hindrance = fmt.Sprintf("%d 个订单还没有交给平台审核", batches.Held)
	}
	if invoices.Refused > 0 {
		invoices.Hindrance = fmt.Sprintf("%d 张已红冲，要重新填写发票信息", invoices.Refused)
	}
	return []data.PlatformLine{orders, batches, invoices}, nil
}
