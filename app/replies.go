package app

import (
	"context"
	"errors"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// ReplyOptions say how a 回盘 is to be read.
type ReplyOptions struct {
	SubmissionID int64
	Kind         data.SubjectKind // what it answers to; where "", the only kind that fits, else all
	// RestAccepted takes every row of the kind that the answer does not name as accepted: an error report names the refused alone.
	RestAccepted bool
	// Uploaded is the file that was really handed to the platform, where it was sorted or rows were added after the package was written:
	// an answer's row numbers are then those of this file. "" where the package's own was.
	Uploaded string
}

// ReplyPlan is what a 回盘 would record. Making one writes nothing.
type ReplyPlan struct {
	File       string // without its folder; "" for a pasted text
	Submission data.Submission
	Kind       data.ReplyKind
	Subject    data.SubjectKind // what it was read as an answer to; "" where to all
	Rows       []data.ReplyRow
	Rest       []data.SentRow // taken as accepted without being named
}

// Count tells how many rows of the package would become accepted and refused, and how many rows of the answer cannot be recorded.
func (p *ReplyPlan) Count() (accepted, refused, unclear int) {
	accepted = len(p.Rest)
	for _, row := range p.Rows {
		switch {
		case !row.Counts():
			unclear++
		case row.Answer == data.AnswerFailed:
			refused++
		case row.Answer == data.AnswerSucceeded:
			accepted++
		}
	}
	return accepted, refused, unclear
}

// ReplyResult counts what a 回盘 recorded.
type ReplyResult struct {
	Accepted, Refused int
	Unchanged         int // rows whose answer stood already
	// Orders are the rows of orders that could not be recorded, each with its problem.
	Orders []data.ReplyRow
}

// CommitReply records what a plan says, row by row: people become 平台已导入 or 平台失败, recharges succeed or give their money back,
// orders are approved or rejected and their invoices recorded. Rows with errors are left out. People, hours and recharges are recorded
// all or none; an order that its state does not let be recorded is told in the result and holds nothing else up.
func (a *App) CommitReply(ctx context.Context, plan *ReplyPlan) (ReplyResult, error) {
	var result ReplyResult
	rows := plan.recorded()
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		recording := replying{app: a, tx: tx, user: user, at: a.Now()}
		for _, row := range rows {
			if row.Sent.Item.Kind == data.SubjectOrder {
				continue
			}
			if err := recording.record(row); err != nil {
				return err
			}
		}
		if len(recording.entries) > 0 {
			if _, err := a.recordAnswers(ctx, tx, user, recording.entries); err != nil {
				return err
			}
		}
		result = recording.result
		return a.log(tx, user, "submission.reply", plan.Submission.Number, fmt.Sprintf("登记回盘：接收 %d 行，退回 %d 行", result.Accepted, result.Refused))
	}, SubmissionsChanged, TraineesChanged, LedgerChanged, HoursChanged)
	if err != nil {
		return ReplyResult{}, err
	}
	for _, row := range rows {
		if row.Sent.Item.Kind == data.SubjectOrder {
			a.recordOrder(ctx, row, &result)
		}
	}
	return result, ctx.Err()
}

// recorded gives the rows that count, and those that are taken as accepted without being named.
func (p *ReplyPlan) recorded() []data.ReplyRow {
	var rows []data.ReplyRow
	for _, row := range p.Rows {
		if row.Counts() && row.Sent != nil && row.Answer != data.AnswerNone {
			rows = append(rows, row)
		}
	}
	for place := range p.Rest {
		rows = append(rows, data.ReplyRow{Answer: data.AnswerSucceeded, Sent: &p.Rest[place]})
	}
	return rows
}

// replying is the recording of one answer in one transaction.
type replying struct {
	app     *App
	tx      *sqlite.Tx
	user    string
	at      data.Moment
	entries []data.EntryAnswer
	result  ReplyResult
}

func (r *replying) record(row data.ReplyRow) error {
	if row.Sent.Answer == row.Answer && row.Sent.Reason == row.Reason {
		r.result.Unchanged++
		return nil
	}
	if err := r.tx.AnswerSent(row.Sent.ID, row.Answer, row.Reason, r.at); err != nil {
		return err
	}
	r.result.count(row.Answer)
	switch row.Sent.Item.Kind {
	case data.SubjectTrainee:
		return r.person(row)
	case data.SubjectRecharge:
		r.entries = append(r.entries, data.EntryAnswer{EntryID: row.Sent.Item.SubjectID, Answer: row.Answer, Reason: row.Reason})
	}
	return nil
}

func (r *ReplyResult) count(answer data.PlatformAnswer) {
	if answer == data.AnswerFailed {
		r.Refused++
		return
	}
	r.Accepted++
}

// person brings a trainee's state towards the platform up to date. Somebody who was renamed since the package was written waits to be
// reported again, whatever the platform says of the old name.
func (r *replying) person(row data.ReplyRow) error {
	one, err := r.tx.Trainee(row.Sent.Item.SubjectID)
	if errors.Is(err, data.ErrNotFound) {
		return nil // merged or taken back since
	}
	if err != nil {
		return err
	}
	cells := row.Sent.Item.Cells
	switch {
	case one.Name != cells["name"] || one.IDNumber != cells["id_number"]:
		return r.tx.SetPlatform(one.ID, data.PlatformPending, "", r.at)
	case row.Answer == data.AnswerSucceeded:
		return r.tx.SetPlatform(one.ID, data.PlatformImported, "", r.at)
	case one.Platform == data.PlatformImported:
		return nil // it keeps the person and refused a lesser change
	}
	return r.tx.SetPlatform(one.ID, data.PlatformFailed, row.Reason, r.at)
}

// recordOrder records the platform's answer to one order, and its invoice where that is told.
func (a *App) recordOrder(ctx context.Context, row data.ReplyRow, result *ReplyResult) {
	err := a.answerOrder(ctx, row)
	if err != nil {
		problem, explained := data.AsProblem(err)
		if !explained {
			problem = data.Refuse("order-not-recorded", "order", "没有登记成功。", "请在订单页面上登记。").Because(err)
		}
		row.Problem = &problem
		result.Orders = append(result.Orders, row)
		return
	}
	if row.Sent.Answer == row.Answer && row.Invoice.Number == "" {
		result.Unchanged++
		return
	}
	result.count(row.Answer)
}

func (a *App) answerOrder(ctx context.Context, row data.ReplyRow) error {
	id := row.Sent.Item.SubjectID
	order, err := a.Order(ctx, id)
	if err != nil {
		return err
	}
	if order.Review == data.ReviewPacked && row.Answer != data.AnswerNone {
		if order, err = a.enterPacked(ctx, row); err != nil {
			return err
		}
	}
	switch {
	case row.Answer == data.AnswerFailed && order.Review != data.ReviewRejected:
		order, err = a.RejectOrder(ctx, id, row.Reason, row.At)
	case row.Answer == data.AnswerSucceeded && order.Review != data.ReviewApproved:
		order, err = a.ApproveOrder(ctx, id, row.Batch, row.At)
	}
	if err != nil {
		return err
	}
	if row.Invoice.Number != "" && order.Invoice.Number != row.Invoice.Number {
		issue := row.Invoice
		issue.Amount = order.Total()
		if _, err := a.IssueInvoice(ctx, id, issue); err != nil {
			return err
		}
	}
	return a.write(ctx, func(tx *sqlite.Tx, _ string) error {
		return tx.AnswerSent(row.Sent.ID, row.Answer, row.Reason, a.Now())
	}, SubmissionsChanged)
}

// enterPacked records of an order that the platform has answered to, and that it was never told to be entered there, that it was: when
// its package was handed over.
func (a *App) enterPacked(ctx context.Context, row data.ReplyRow) (data.Order, error) {
	sent, err := query(a, ctx, func(tx *sqlite.Tx) (data.Submission, error) { return tx.SubmissionByNumber(row.Sent.Submission) })
	if err != nil {
		return data.Order{}, err
	}
	return a.submitOrder(ctx, row.Sent.Item.SubjectID, sent.At)
}

// ReopenSent takes back what was recorded of people's and hours' rows: they wait for the platform's answer again. Rows of orders and
// recharges are reopened where they live, by 撤回审核 and by 撤销平台结果.
func (a *App) ReopenSent(ctx context.Context, rows []data.SentRow) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		for _, row := range rows {
			if row.Item.Kind != data.SubjectTrainee && row.Item.Kind != data.SubjectHours {
				return data.Refuse("sent-elsewhere", "", "“"+row.Item.Label+"”的结果要在它自己的页面上撤销。", "订单用“撤回审核”，充值用“撤销平台结果”。")
			}
			if err := tx.AnswerSent(row.ID, data.AnswerNone, "", ""); err != nil {
				return err
			}
			if row.Item.Kind == data.SubjectTrainee {
				if err := tx.SetPlatform(row.Item.SubjectID, data.PlatformReported, "", a.Now()); err != nil {
					return err
				}
			}
		}
		return a.log(tx, user, "submission.reopen", rows[0].Submission, fmt.Sprintf("撤销 %d 行回盘结果", len(rows)))
	}, SubmissionsChanged, TraineesChanged, HoursChanged)
}
