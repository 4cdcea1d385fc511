package cli

import (
	"context"
	"io"
	"strconv"

	"peixun/data"
)

// sheetAmounts takes people and their amounts from a sheet, and gives the rows that cannot be used.
func (c *call) sheetAmounts(ctx context.Context, path string, run *data.RechargeRun) ([]refusedItem, error) {
	rows, err := c.app.ReadAmounts(ctx, path)
	if err != nil {
		return nil, err
	}
	run.Amounts = map[int64]data.Money{}
	for _, row := range rows {
		if row.Counts() {
			run.Trainees, run.Amounts[row.TraineeID] = append(run.Trainees, row.TraineeID), row.Amount
		}
	}
	return refusedRows(rows), nil
}

// refusedRows lists the rows of a sheet that cannot be used, and why.
func refusedRows(rows []data.PersonRow) []refusedItem {
	var refused []refusedItem
	for _, row := range rows {
		if !row.Counts() && row.Problem != nil {
			refused = append(refused, refusedItem{Username: row.Username, Name: row.Name, Line: row.Row, Code: row.Problem.Code, Reason: row.Problem.What})
		}
	}
	return refused
}

// answerReply tells what recording the platform's answers did.
type answerReply struct {
	Succeeded int           `json:"succeeded" label:"成功"`
	Failed    int           `json:"failed" label:"失败"`
	Unchanged int           `json:"unchanged" label:"已记过"`
	Released  data.Money    `json:"released" label:"退回"`
	Refused   []refusedItem `json:"refused"`
}

func prepareAnswer(f *flags) action {
	entry, result, reason, file, batch := f.text("entry"), f.text("result"), f.text("reason"), f.text("file"), f.text("batch")
	return func(ctx context.Context, c *call) (reply, error) {
		if (*entry == "") == (*file == "") {
			return reply{}, f.wrong("--entry 和 --file 要写一个，只写一个。")
		}
		answer := answerReply{Refused: []refusedItem{}}
		var answers []data.EntryAnswer
		if *file != "" {
			rows, err := c.sheetAnswers(ctx, *file, *batch)
			if err != nil {
				return reply{}, err
			}
			answer.Refused = append(answer.Refused, refusedRows(rows)...)
			for _, row := range rows {
				if row.Counts() {
					answers = append(answers, data.EntryAnswer{EntryID: row.EntryID, Answer: row.Answer, Reason: row.AnswerReason})
				}
			}
		} else {
			id, err := strconv.ParseInt(*entry, 10, 64)
			if err != nil {
				return reply{}, f.wrong("明细编号是一个数字，见 peixun list recharges。")
			}
			answers = []data.EntryAnswer{{EntryID: id, Answer: data.PlatformAnswer(*result), Reason: *reason}}
		}
		if len(answers) > 0 {
			done, err := c.app.RecordAnswers(ctx, answers)
			if err != nil {
				return reply{}, err
			}
			answer.Succeeded, answer.Failed, answer.Unchanged, answer.Released = done.Succeeded, done.Failed, done.Unchanged, done.Released
		}
		return reply{value: answer, refused: len(answer.Refused) > 0, text: func(w io.Writer) {
			writeTable(w, []answerReply{answer})
			if len(answer.Refused) > 0 {
				writeTable(w, answer.Refused)
			}
		}}, nil
	}
}

// sheetAnswers reads the platform's answers to what was charged from a batch, or at all where it is "".
func (c *call) sheetAnswers(ctx context.Context, path, batch string) ([]data.PersonRow, error) {
	var query data.RechargeQuery
	if batch != "" {
		from, err := c.app.BatchByNumber(ctx, batch)
		if err != nil {
			return nil, err
		}
		query.BatchID = from.ID
	}
	return c.app.ReadAnswers(ctx, path, query)
}

func prepareUndoAnswer(f *flags) action {
	reason := f.need("reason")
	return func(ctx context.Context, c *call) (reply, error) {
		id, err := strconv.ParseInt(c.words[0], 10, 64)
		if err != nil {
			return reply{}, f.wrong("明细编号是一个数字，见 peixun list recharges。")
		}
		result, err := c.app.UndoAnswers(ctx, []int64{id}, *reason)
		if err != nil {
			return reply{}, err
		}
		return reversed(result), nil
	}
}
