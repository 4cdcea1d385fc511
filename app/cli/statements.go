package cli

import (
	"context"
	"fmt"
	"io"

	"peixun/app"
	"peixun/data"
)

// statementReply tells what a bank's file added.
type statementReply struct {
	Lines    int          `json:"lines" label:"笔数"`
	New      int          `json:"new" label:"新增"`
	Already  int          `json:"already" label:"已有"`
	Noise    int          `json:"noise" label:"不是交易的行"`
	Problems []rowProblem `json:"problems"`
}

// statementCommand brings bank lines in. Rows that cannot be read are told, all others go in.
func statementCommand() command {
	return command{name: "import statement", words: []string{"文件"}, flags: "[--account 本单位账号]", summary: "导入银行流水：重复的不再导入，看不懂的行列出来",
		prepare: func(f *flags) action {
			account := f.text("account")
			return func(ctx context.Context, c *call) (reply, error) {
				path := c.words[0]
				plan, err := c.app.PlanStatement(ctx, path, app.StatementOptions{Account: *account})
				if err != nil {
					return refusedStatement(path, err)
				}
				if _, err := c.app.CommitStatement(ctx, plan); err != nil {
					return reply{}, err
				}
				result := countStatement(plan)
				return reply{value: result, refused: result.refused(), text: result.write}, nil
			}
		}}
}

func countStatement(plan *app.StatementPlan) statementReply {
	result := statementReply{Lines: len(plan.Statement.Lines), New: len(plan.New), Already: plan.Already, Noise: plan.Statement.Noise, Problems: []rowProblem{}}
	for _, problem := range plan.Statement.Problems {
		result.Problems = append(result.Problems, rowItem(problem, "", 0))
	}
	return result
}

// refusedStatement answers for a file that lets nothing in. Errors of the database pass.
func refusedStatement(path string, err error) (reply, error) {
	item, err := refusedByFile(path, err)
	if item == nil {
		return reply{}, err
	}
	return reply{value: statementReply{Problems: []rowProblem{*item}}}, err
}

func (r statementReply) refused() bool {
	for _, problem := range r.Problems {
		if problem.Level == data.LevelError {
			return true
		}
	}
	return false
}

// write tells people what went in, and every row that did not.
func (r statementReply) write(w io.Writer) {
	writeTable(w, []statementReply{r})
	for _, problem := range r.Problems {
		fmt.Fprintf(w, "第 %d 行“%s”：%s%s\n", problem.Row, problem.Column, problem.Message, problem.Fix)
	}
}

type statementItem struct {
	Entry   string      `json:"entry" label:"编号"`
	At      data.Moment `json:"at" label:"交易时间"`
	Out     data.Money  `json:"out" label:"支出"`
	In      data.Money  `json:"in" label:"收入"`
	Balance *data.Money `json:"balance"` // null where the bank wrote none
	Name    string      `json:"name" label:"对方户名"`
	Number  string      `json:"number" label:"对方账号"` // masked
	Summary string      `json:"summary" label:"摘要"`
	Purpose string      `json:"purpose"`
	Serial  string      `json:"serial"`
	Account string      `json:"account"` // masked
}

func listStatement(ctx context.Context, c *call) ([]statementItem, error) {
	lines, err := c.app.StatementLines(ctx, "", "")
	if err != nil {
		return nil, err
	}
	var items []statementItem
	for _, line := range lines {
		item := statementItem{Entry: identifier(line.ID), At: line.At, Out: line.Out, In: line.In, Name: line.Name, Number: app.MaskAccount(line.Number),
			Summary: line.Summary, Purpose: line.Purpose, Serial: line.Serial, Account: app.MaskAccount(line.Account)}
		if line.HasBalance {
			item.Balance = &line.Balance
		}
		items = append(items, item)
	}
	return items, nil
}
