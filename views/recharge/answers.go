package recharge

import (
	"context"
	"fmt"
	"io"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/preview"
	"peixun/views/ui"
)

// ledgerActions is what 充值明细 and 学习卡批次 both can do with entries.
type ledgerActions interface {
	preview.Service
	RechargeIDs(ctx context.Context, q data.RechargeQuery) ([]int64, error)
	RechargeEntries(ctx context.Context, ids []int64) ([]data.RechargeEntry, error)
	ClosedMonthsOfEntries(ctx context.Context, ids []int64) ([]data.Month, error)
	ReverseRecharges(ctx context.Context, entryIDs []int64, reason string) (data.RechargeResult, error)
	RecordAnswers(ctx context.Context, answers []data.EntryAnswer) (data.AnswerResult, error)
	UndoAnswers(ctx context.Context, entryIDs []int64, reason string) (data.RechargeResult, error)
	ReadAnswers(ctx context.Context, path string, q data.RechargeQuery) ([]data.PersonRow, error)
	TieAnswers(ctx context.Context, rows []data.PersonRow, q data.RechargeQuery) error
	ExportRecharges(ctx context.Context, path string, q data.RechargeQuery, disclosure app.Disclosure) (int, error)
	WriteRechargeSheet(ctx context.Context, w io.Writer, q data.RechargeQuery, disclosure app.Disclosure) (app.Written, error)
	SaveTemplate(path string, form data.Form) error
}

// actions does things with entries and tells how they went; the screens hear of it by events.
type actions struct {
	desk    *desk.Desk
	service ledgerActions
}

// with reads the entries that an action is about.
func (a actions) with(ids []int64, act func([]data.RechargeEntry)) {
	desk.Load(a.desk, &desk.Sequence{}, func(ctx context.Context) ([]data.RechargeEntry, error) { return a.service.RechargeEntries(ctx, ids) }, act)
}

// found reads the entries that a query finds, for an action.
func (a actions) found(q data.RechargeQuery, act func([]data.RechargeEntry)) {
	desk.Load(a.desk, &desk.Sequence{}, func(ctx context.Context) ([]data.RechargeEntry, error) {
		ids, err := a.service.RechargeIDs(ctx, q)
		if err != nil {
			return nil, err
		}
		return a.service.RechargeEntries(ctx, ids)
	}, act)
}

// part gives the entries that may be used, their keys and sum.
func part(entries []data.RechargeEntry, may func(data.RechargeEntry) bool) (kept []data.RechargeEntry, ids []int64, sum data.Money) {
	for _, entry := range entries {
		if may(entry) {
			kept, ids, sum = append(kept, entry), append(ids, entry.ID), sum+entry.Amount
		}
	}
	return kept, ids, sum
}

// leftOut says how many of the chosen entries an action passes over.
func leftOut(chosen, kept int, why string) string {
	if chosen == kept {
		return ""
	}
	return fmt.Sprintf("选中的 %s 条里有 %s 条%s，不会改动。", desk.Thousands(chosen), desk.Thousands(chosen-kept), why)
}

// reverse asks why entries are taken back and does it: a reversal cannot be reversed.
func (a actions) reverse(entries []data.RechargeEntry) {
	kept, ids, sum := part(entries, data.RechargeEntry.Reversible)
	if len(kept) == 0 {
		a.desk.Toast("选中的明细都不能冲正：已经冲正、退回，或者平台已确认成功。")
		return
	}
	title, text := fmt.Sprintf("冲正 %s 的 %s 元", kept[0].Name, sum), fmt.Sprintf("会新增一条 -%s 元的冲正，这位学员的余额减少 %s 元，批次 %s 的剩余增加 %s 元。原来的一条保留。冲正不能撤销。",
		sum, sum, kept[0].BatchNumber, sum)
	if len(kept) > 1 {
		title = fmt.Sprintf("冲正 %s 条，共 %s 元", desk.Thousands(len(kept)), sum)
		text = fmt.Sprintf("每条充值各新增一条冲正，批次的剩余一共增加 %s 元。原来的明细保留。全部成功或全部不变，冲正不能撤销。", sum)
	}
	a.askReversal(ids, title, text+leftOut(len(entries), len(kept), "不能冲正"), "例如：充错人，应充给另一位学员", fmt.Sprintf("冲正 %s 元", sum),
		func(ctx context.Context, reason string) (string, error) {
			result, err := a.service.ReverseRecharges(ctx, ids, reason)
			if len(kept) == 1 {
				return fmt.Sprintf("已冲正 %s 的 %s 元；批次 %s 剩余 %s 元。", kept[0].Name, sum, kept[0].BatchNumber, result.Left), err
			}
			return fmt.Sprintf("已冲正 %s 条，共 %s 元。", desk.Thousands(result.Count), -result.Total), err
		})
}

// askReversal asks why entries are taken back, and says where that touches a closed month.
func (a actions) askReversal(ids []int64, title, text, example, verb string, work func(ctx context.Context, reason string) (toast string, err error)) {
	desk.Load(a.desk, &desk.Sequence{}, func(ctx context.Context) ([]data.Month, error) { return a.service.ClosedMonthsOfEntries(ctx, ids) }, func(closed []data.Month) {
		a.askReason(title, text+desk.ClosedNote(closed), "冲正原因", example, verb, true, work)
	})
}

// askReason asks for a reason and does what needs it; a reason that is refused stays in the dialog.
func (a actions) askReason(title, text, label, example, verb string, danger bool, work func(ctx context.Context, reason string) (toast string, err error)) {
	reason := ui.NewField(example)
	form := ui.NewForm(ui.NewRequiredRow("reason", label, reason).WithHint("写进充值明细和操作日志，不要写证件号。"))
	dialog := ui.NewDialog(a.desk.Window, title)
	dialog.Text = text
	dialog.Body = ui.Pad(10, 0, 0, 0, form)
	dialog.First = reason.FocusTarget()
	button := dialog.SetDefault(verb, func() bool {
		var toast string
		var failure error
		a.desk.Do(func(ctx context.Context) error {
			toast, failure = work(ctx, reason.Text())
			return nil
		}, func() {
			if problem, ok := data.AsProblem(failure); ok && problem.Where.Field == "reason" {
				form.SetProblems(map[string]string{"reason": problem.Error()})
				form.FocusField("reason")
				dialog.Relayout()
				return
			}
			dialog.Hide()
			a.tell(toast, failure)
		})
		return false
	})
	if danger {
		button.Kind, button.Solid = ui.Danger, true
	}
	dialog.Show()
}

func (a actions) tell(toast string, failure error) {
	if failure != nil {
		a.desk.Fail(failure)
		return
	}
	a.desk.Toast(toast)
}

// answerable tells whether the platform's answer to an entry can be recorded.
func answerable(entry data.RechargeEntry) bool { return entry.Amount > 0 && entry.ReversedBy == 0 }

// answer asks what the platform answered to entries and records it.
func (a actions) answer(entries []data.RechargeEntry) {
	kept, ids, sum := part(entries, answerable)
	if len(kept) == 0 {
		a.desk.Toast("选中的明细都已冲正或退回，不用记平台结果。")
		return
	}
	reason := ui.NewField("照平台的提示，例如：身份信息不一致")
	form := ui.NewForm(ui.NewRequiredRow("reason", "失败原因", reason).WithHint("写进充值明细和操作日志，不要写证件号。"))
	form.SetRowVisible("reason", false)
	dialog := ui.NewDialog(a.desk.Window, fmt.Sprintf("平台充值结果：%s 人，共 %s 元", desk.Thousands(len(kept)), sum))
	dialog.Text = "照平台上“充值明细”的结果记下来。失败的钱会退回批次，可以更正后重新充值。" + leftOut(len(entries), len(kept), "已冲正或退回")
	answer := data.AnswerSucceeded
	choice := ui.NewRadioGroup(func(index int) {
		answer = []data.PlatformAnswer{data.AnswerSucceeded, data.AnswerFailed}[index]
		form.SetRowVisible("reason", index == 1)
		dialog.Relayout()
	}, "成功：平台已经到账", "失败：平台没有充上，退回批次")
	choice.SetSelected(0)
	dialog.Body = ui.Pad(10, 10, 0, 0, ui.Column(12, choice.Radios[0], choice.Radios[1], form))
	dialog.SetDefault("记下结果", func() bool {
		answers := make([]data.EntryAnswer, len(ids))
		for place, id := range ids {
			answers[place] = data.EntryAnswer{EntryID: id, Answer: answer}
			if answer == data.AnswerFailed {
				answers[place].Reason = reason.Text()
			}
		}
		a.record(answers, func(problem data.Problem) {
			form.SetProblems(map[string]string{"reason": problem.Error()})
			form.FocusField("reason")
			dialog.Relayout()
		}, dialog.Hide)
		return false
	})
	dialog.Show()
}

// record writes answers down; wrong is told what a reason lacks, done that the question is over.
func (a actions) record(answers []data.EntryAnswer, wrong func(data.Problem), done func()) {
	var result data.AnswerResult
	var failure error
	a.desk.Do(func(ctx context.Context) error {
		result, failure = a.service.RecordAnswers(ctx, answers)
		return nil
	}, func() {
		if problem, ok := data.AsProblem(failure); ok && problem.Where.Field == "reason" {
			wrong(problem)
			return
		}
		done()
		text := fmt.Sprintf("已记下平台结果：成功 %s 人，失败 %s 人。", desk.Thousands(result.Succeeded), desk.Thousands(result.Failed))
		if result.Failed > 0 {
			text = fmt.Sprintf("已记下平台结果：成功 %s 人，失败 %s 人，退回 %s 元。", desk.Thousands(result.Succeeded), desk.Thousands(result.Failed), result.Released)
		}
		if failure != nil {
			a.desk.Fail(failure)
			return
		}
		ids := make([]int64, len(answers))
		for place, one := range answers {
			ids[place] = one.EntryID
		}
		ui.ShowToast(a.desk.Window, ui.Toast{Text: text, Action: "撤销…", OnAction: func() { a.with(ids, a.undo) }})
	})
}

// undo asks why recorded answers are taken back and does it.
func (a actions) undo(entries []data.RechargeEntry) {
	kept, ids, _ := part(entries, func(entry data.RechargeEntry) bool { return entry.Answer != data.AnswerNone })
	if len(kept) == 0 {
		a.desk.Toast("选中的明细还没有平台结果。")
		return
	}
	text := "记为成功的恢复为“平台未回”；记为失败的，退回的钱会重新充给本人（要求仍启用、本计划没有再充过、批次够用）。"
	a.askReason(fmt.Sprintf("撤销 %s 人的平台结果", desk.Thousands(len(kept))), text+leftOut(len(entries), len(kept), "没有平台结果"), "撤销原因", "例如：看错行，记错人", "撤销结果", false,
		func(ctx context.Context, reason string) (string, error) {
			result, err := a.service.UndoAnswers(ctx, ids, reason)
			return fmt.Sprintf("已撤销 %s 人的平台结果，重新充入 %s 元。", desk.Thousands(result.Count), result.Total), err
		})
}

// sheetAnswers reads the platform's answers to what a query finds from a sheet and shows them before they are recorded.
func (a actions) sheetAnswers(q data.RechargeQuery) {
	ui.ChooseFile(a.desk.Window, ui.FileRequest{Title: "选择平台充值结果的表格", Extensions: peopleFiles}, func(path string) {
		var rows []data.PersonRow
		a.desk.Do(func(ctx context.Context) (err error) {
			rows, err = a.service.ReadAnswers(ctx, path, q)
			return err
		}, func() { a.showAnswers(rows, q) })
	})
}

func (a actions) showAnswers(rows []data.PersonRow, q data.RechargeQuery) {
	p := &peopleDialog{desk: a.desk, rows: rows, valueTitle: "结果"}
	p.value = func(row data.PersonRow) string { return string(row.Answer) }
	p.verb = func(rows []data.PersonRow) string {
		failed := 0
		for _, row := range rows {
			if row.Answer == data.AnswerFailed {
				failed++
			}
		}
		return fmt.Sprintf("记下：成功 %s 人，失败 %s 人", desk.Thousands(len(rows)-failed), desk.Thousands(failed))
	}
	p.apply = func(chosen []data.PersonRow) {
		// Who was chosen among namesakes is tied to an entry only now; where that fails the list comes back and says so.
		a.desk.Do(func(ctx context.Context) error { return a.service.TieAnswers(ctx, chosen, q) }, func() {
			answers := make([]data.EntryAnswer, 0, len(chosen))
			for _, row := range chosen {
				if !row.Counts() {
					a.showAnswers(chosen, q)
					return
				}
				answers = append(answers, data.EntryAnswer{EntryID: row.EntryID, Answer: row.Answer, Reason: row.AnswerReason})
			}
			a.record(answers, func(problem data.Problem) { a.desk.Fail(problem) }, func() {})
		})
	}
	p.showPeople("平台充值结果")
}

// saveAnswerForm writes the empty sheet for the platform's answers.
func (a actions) saveAnswerForm() {
	ui.ChooseFile(a.desk.Window, ui.FileRequest{Title: "保存结果表", Extensions: []string{".xlsx"}, Save: true, Name: "平台充值结果.xlsx"}, func(path string) {
		a.desk.Do(func(context.Context) error { return a.service.SaveTemplate(path, data.AnswerForm) }, func() { a.desk.Toast("已保存到 " + path) })
	})
}
