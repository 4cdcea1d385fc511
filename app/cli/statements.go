package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

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
	return command{name: "import statement", words: []string{"文件"}, flags: "[--account 本单位账号] [--sheet 工作表] [--header-row 行号] [--column 列=内容]… [--dry-run]", summary: "导入银行流水：重复的不再导入，看不懂的行列出来",
		prepare: func(f *flags) action {
			read := declareStatement(f)
			return func(ctx context.Context, c *call) (reply, error) {
				path := c.words[0]
				options, err := read.options()
				if err != nil {
					return reply{}, err
				}
				plan, err := c.app.PlanStatement(ctx, path, options)
				if err != nil {
					return refusedStatement(path, err)
				}
				if !*read.dryRun {
					if _, err := c.app.CommitStatement(ctx, plan); err != nil {
						return reply{}, err
					}
				}
				result := countStatement(plan)
				return reply{value: result, refused: result.refused(), text: result.write}, nil
			}
		}}
}

// statementFlags say how a bank's file is read.
type statementFlags struct {
	account, sheet, headerRow *string
	columns                   *texts
	dryRun                    *bool
}

func declareStatement(f *flags) statementFlags {
	return statementFlags{account: f.text("account"), sheet: f.text("sheet"), headerRow: f.text("header-row"), columns: f.many("column"), dryRun: f.flag("dry-run")}
}

// options reads the columns, which stand as their letter and what they are: C=借方发生额, or C=out.
func (s statementFlags) options() (app.StatementOptions, error) {
	options := app.StatementOptions{Account: *s.account, Sheet: *s.sheet}
	if *s.headerRow != "" {
		row, err := strconv.Atoi(*s.headerRow)
		if err != nil || row < 1 {
			return options, wrongUse("--header-row 要写表头所在的行号。", "例如 --header-row 5。")
		}
		options.HeaderRow = row
	}
	for _, one := range *s.columns {
		letters, what, _ := strings.Cut(one, "=")
		place, index := data.StatementForm.Column(what), data.ColumnIndex(letters)
		if place < 0 {
			place = data.StatementForm.Match(what)
		}
		if place < 0 || index < 0 {
			return options, wrongUse("--column 写错了："+one+"。", "要写成 列字母=内容，例如 --column A=交易时间 --column C=借方发生额。")
		}
		if options.Columns == nil {
			options.Columns = map[int]string{}
		}
		options.Columns[index] = data.StatementForm.Columns[place].Key
	}
	return options, nil
}

func countStatement(plan *app.StatementPlan) statementReply {
	result := statementReply{Lines: len(plan.Statement.Lines), New: len(plan.New), Already: plan.Already, Noise: plan.Statement.Noise, Problems: []rowProblem{}}
	for _, problem := range append(slices.Clone(plan.Warnings), plan.Statement.Problems...) {
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
