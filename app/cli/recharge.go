package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"peixun/app"
	"peixun/data"
)

type rechargeItem struct {
	Entry        string      `json:"entry" label:"编号"`
	Run          string      `json:"run"`
	Batch        string      `json:"batch" label:"批次号"`
	Order        string      `json:"order"`
	Username     string      `json:"username"`
	Name         string      `json:"name" label:"姓名"`
	Organization string      `json:"organization" label:"组织机构"`
	Amount       data.Money  `json:"amount" label:"金额"`
	At           data.Moment `json:"at" label:"时间"`
	ReversalOf   string      `json:"reversal_of" label:"冲正"`
	ReversedBy   string      `json:"reversed_by" label:"被冲正"`
	Reason       string      `json:"reason" label:"原因"`
	Kind         string      `json:"kind" label:"类型"`
	State        string      `json:"state" label:"状态"`
}

func listRecharges(ctx context.Context, c *call) ([]rechargeItem, error) {
	ids, err := c.app.RechargeIDs(ctx, data.RechargeQuery{})
	if err != nil {
		return nil, err
	}
	entries, err := c.app.RechargeEntries(ctx, ids)
	if err != nil {
		return nil, err
	}
	var items []rechargeItem
	for _, e := range entries {
		items = append(items, rechargeItem{Entry: identifier(e.ID), Run: e.RunID, Kind: string(e.Kind), State: string(e.State()), Batch: e.BatchNumber, Order: e.OrderNumber, Username: e.Username,
			Name: e.Name, Organization: e.Organization, Amount: e.Amount, At: e.At, ReversalOf: identifier(e.ReversalOf), ReversedBy: identifier(e.ReversedBy),
			Reason: e.Reason})
	}
	return items, nil
}

// rechargeReply tells what a run did. Already marks one that had been done before: nothing changed now.
type rechargeReply struct {
	Run     string        `json:"run" label:"充值编号"`
	Count   int           `json:"count" label:"人数"`
	Total   data.Money    `json:"total" label:"合计"`
	Left    data.Money    `json:"left" label:"批次剩余"`
	Already bool          `json:"already" label:"以前已完成"`
	Refused []refusedItem `json:"refused"`
	Error   *fieldProblem `json:"error,omitempty"`
}

// refusedItem is somebody who was left out: a trainee, or a line of the --ids file that is nobody's.
type refusedItem struct {
	Username string `json:"username" label:"用户名"`
	Name     string `json:"name" label:"姓名"`
	Line     int    `json:"line,omitempty"` // the file's, from 1, for one who is nobody
	Code     string `json:"code"`
	Reason   string `json:"reason" label:"原因"`
}

func rechargeCommands() []command {
	return []command{
		{name: "recharge", flags: "--batch 批次号 (--amount 元 (--all|--org 机构路径|--ids 文件)|--amounts 表格) [--with-unreported] [--run-id 编号]", prepare: prepareRecharge,
			summary: "从一个批次给学员充值，每人金额相同，或照表格里的金额；同一充值编号再运行一次不会重复充值"},
		{name: "recharge reverse", words: []string{"明细编号"}, flags: "--reason 原因", prepare: prepareReverse, summary: "冲正一条充值明细"},
		{name: "recharge reverse-run", words: []string{"充值编号"}, flags: "--reason 原因", prepare: prepareReverseRun, summary: "冲正一次充值里还有效的全部明细"},
		{name: "recharge answer", flags: "(--entry 明细编号 --result 成功|失败 [--reason 原因]|--file 表格 [--batch 批次号])", prepare: prepareAnswer,
			summary: "登记平台的充值结果，一条或一张表格；失败的退回批次"},
		{name: "recharge undo", words: []string{"明细编号"}, flags: "--reason 原因", prepare: prepareUndoAnswer, summary: "撤销一条记错的平台结果；失败的重新充入"},
	}
}

func prepareReverse(f *flags) action {
	reason := f.need("reason")
	return func(ctx context.Context, c *call) (reply, error) {
		entry, err := strconv.ParseInt(c.words[0], 10, 64)
		if err != nil {
			return reply{}, f.wrong("明细编号是一个数字，见 peixun list recharges。")
		}
		result, err := c.app.ReverseRecharge(ctx, entry, *reason)
		if err != nil {
			return reply{}, err
		}
		return reversed(result), nil
	}
}

func prepareReverseRun(f *flags) action {
	reason := f.need("reason")
	return func(ctx context.Context, c *call) (reply, error) {
		result, err := c.app.ReverseRun(ctx, c.words[0], *reason)
		if err != nil {
			return reply{}, err
		}
		return reversed(result), nil
	}
}

// reversed tells what a reversal took back.
func reversed(result data.RechargeResult) reply {
	return rechargeReplyOf(rechargeReply{Run: result.RunID, Count: result.Count, Total: result.Total, Left: result.Left})
}

// selection says who is recharged: one of its flags must be given.
type selection struct {
	all                        *bool
	organization, ids, amounts *string
}

func prepareRecharge(f *flags) action {
	batch, amount, runID, unreported := f.need("batch"), f.text("amount"), f.text("run-id"), f.flag("with-unreported")
	who := selection{all: f.flag("all"), organization: f.text("org"), ids: f.text("ids"), amounts: f.text("amounts")}
	return func(ctx context.Context, c *call) (reply, error) {
		if count := btoi(*who.all) + btoi(*who.organization != "") + btoi(*who.ids != "") + btoi(*who.amounts != ""); count != 1 {
			return reply{}, f.wrong("--all、--org、--ids、--amounts 要写一个，只写一个。")
		}
		if (*amount == "") != (*who.amounts != "") {
			return reply{}, f.wrong("--amount 和 --amounts 要写一个，只写一个。")
		}
		var money data.Money
		if *amount != "" {
			var err error
			if money, err = data.ParseMoney(*amount); err != nil {
				return reply{}, asUsage(err)
			}
		}
		from, err := c.app.BatchByNumber(ctx, *batch)
		if err != nil {
			return reply{}, err
		}
		run := data.RechargeRun{ID: *runID, BatchID: from.ID, Amount: money, WithUnreported: *unreported}
		var unknown []refusedItem
		if *who.amounts != "" {
			unknown, err = c.sheetAmounts(ctx, *who.amounts, &run)
		} else {
			run.Trainees, unknown, err = c.selected(ctx, who)
		}
		if err != nil {
			return reply{}, err
		}
		if run.ID == "" {
			run.ID = app.NewRunID()
		}
		return c.recharge(ctx, run, from, unknown)
	}
}

func btoi(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// recharge runs a recharge; those who cannot be recharged are left out and listed.
func (c *call) recharge(ctx context.Context, run data.RechargeRun, from data.CardBatch, unknown []refusedItem) (reply, error) {
	result, err := c.app.Recharge(ctx, run, true, nil)
	answer := rechargeReply{Run: run.ID, Left: from.Left(), Refused: unknown}
	refused, failed := c.refusedItems(ctx, result.Refused)
	if failed != nil {
		return reply{}, failed
	}
	answer.Refused = append(refused, unknown...)
	if err != nil {
		answer.Error = errorItem(err)
	} else {
		answer.Count, answer.Total, answer.Left, answer.Already = result.Count, result.Total, result.Left, result.Already
	}
	return rechargeReplyOf(answer), err
}

func rechargeReplyOf(answer rechargeReply) reply {
	if answer.Refused == nil {
		answer.Refused = []refusedItem{}
	}
	return reply{value: answer, refused: len(answer.Refused) > 0, text: func(w io.Writer) {
		writeTable(w, []rechargeReply{answer})
		if len(answer.Refused) > 0 {
			fmt.Fprintf(w, "有 %d 个没有充值：\n", len(answer.Refused))
			writeTable(w, answer.Refused)
		}
	}}
}

func (c *call) refusedItems(ctx context.Context, refusals []data.RechargeRefusal) ([]refusedItem, error) {
	ids := make([]int64, len(refusals))
	for place, refusal := range refusals {
		ids[place] = refusal.TraineeID
	}
	trainees, err := c.app.TraineeRows(ctx, ids, 0)
	if err != nil {
		return nil, err
	}
	var items []refusedItem
	for place, refusal := range refusals {
		items = append(items, refusedItem{Username: trainees[place].Username, Name: refusal.Name, Code: refusal.Code, Reason: refusal.Reason})
	}
	return items, nil
}

// selected gives who is recharged, and the lines of the --ids file that are nobody's.
func (c *call) selected(ctx context.Context, who selection) (people []int64, unknown []refusedItem, err error) {
	switch {
	case *who.ids != "":
		return c.listed(ctx, *who.ids)
	case *who.organization != "":
		o, err := c.organization(ctx, *who.organization)
		if err != nil {
			return nil, nil, err
		}
		people, err = c.app.TraineeIDs(ctx, data.TraineeQuery{OrganizationIDs: []int64{o.ID}})
		return people, nil, err
	}
	people, err = c.app.TraineeIDs(ctx, data.TraineeQuery{})
	return people, nil, err
}

// listed reads identity numbers or usernames, one a line, and finds their people.
func (c *call) listed(ctx context.Context, path string) (people []int64, unknown []refusedItem, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, data.Refuse("file-unreadable", "ids", fmt.Sprintf("打不开“%s”。", filepath.Base(path)), "请确认文件还在，没有被别的程序占用。").Because(err)
	}
	if !utf8.Valid(content) {
		return nil, nil, data.Refuse("file-encoding", "ids", fmt.Sprintf("“%s”不是 UTF-8 文本。", filepath.Base(path)), "请在记事本里另存为 UTF-8，一行一个身份证号或用户名。")
	}
	var keys []string
	var lines []int
	for number, line := range strings.Split(string(content), "\n") {
		if key := data.CleanText(line); key != "" {
			keys, lines = append(keys, key), append(lines, number+1)
		}
	}
	ids, err := c.app.FindTrainees(ctx, keys)
	if err != nil {
		return nil, nil, err
	}
	for place, id := range ids {
		if id == 0 {
			unknown = append(unknown, refusedItem{Username: maskedKey(keys[place]), Line: lines[place], Code: "trainee-unknown", Reason: fmt.Sprintf("第 %d 行不是任何学员", lines[place])})
			continue
		}
		people = append(people, id)
	}
	return people, unknown, nil
}

// maxOpenDigits is how many digits a username may have and still be shown; more may be part of an identity number.
const maxOpenDigits = 5

// maskedKey repeats a line that is nobody's without showing what may be somebody's number.
func maskedKey(key string) string {
	digits := 0
	for _, r := range key {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	switch {
	case digits <= maxOpenDigits:
		return shown(key)
	case strings.IndexFunc(key, func(r rune) bool { return r > unicode.MaxASCII }) >= 0:
		return "…"
	}
	return app.MaskIDNumber(key)
}
