package recharge

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// showBatch fills the drawer: the batch's sums, where its money comes from, and every run.
func (l *BatchList) showBatch(batch data.CardBatch, runs []data.RechargeRunRow) {
	state := batch.State(l.service.Now())
	l.drawer.SetTitle(batch.Number, ui.NewPill(string(state), batchTone(state)))
	left := ui.NewBold(batch.Left().String())
	sums := ui.Row(8, ui.Grow(fact("面值", ui.NewText(batch.Face.String(), theme.Text))), ui.Grow(fact("已用", ui.NewText(batch.Used.String(), theme.Text))), ui.Grow(fact("剩余", left)))
	facts := ui.Column(6,
		ui.NewKeyObject("订单", ui.NewLink(batch.OrderNumber, func() { l.desk.Go(desk.OrderDetails, batch.OrderID) })),
		keyParagraph("培训计划", batch.PlanName),
		ui.NewKeyValue("计划结束", string(batch.PlanEndsAt.Date())),
		ui.NewKeyValue("生成时间", string(batch.CreatedAt)),
		ui.NewKeyValue("学员", desk.Thousands(batch.People)+" 人"))
	body := ui.Column(12, sums, ui.NewProgressBar(share(batch.Used, batch.Face)))
	if state == data.BatchLeftOver {
		body.Add(ui.NewNote(ui.ToneWarning, "计划已结束。", fmt.Sprintf("还剩 %s 元没有充给学员，平台上可能不能再用，请拨打 84297523 询问。", batch.Left())))
	}
	body.Add(facts)
	body.Add(ui.NewLine())
	body.Add(ui.Row(8, ui.NewBold(fmt.Sprintf("充值 %d 次", batch.Runs)), ui.Space(), ui.NewLink("钱的去向", func() { l.desk.Go(desk.MoneyTrail, data.RechargeQuery{OrderID: batch.OrderID}) })))
	for _, run := range runs {
		body.Add(l.runCard(run))
	}
	if len(runs) == 0 {
		body.Add(ui.NewText("还没有从这个批次充值。", theme.Secondary))
	}
	l.drawer.SetBody(body)
	var buttons []fyne.CanvasObject
	if batch.Left() > 0 {
		buttons = append(buttons, ui.Wide(ui.NewButton("从这个批次充值", "wallet", func() { l.desk.Go(desk.Recharge, batch.Number) })))
	}
	l.drawer.SetFooter(buttons...)
	l.host.SetOpen(true)
}

// runCard shows one run: what it did, what the platform said, and what can be done with it.
func (l *BatchList) runCard(run data.RechargeRunRow) fyne.CanvasObject {
	word, tone := runState(run)
	head := ui.Row(8, ui.NewBold(fmt.Sprintf("%s %s 人", run.Kind, desk.Thousands(run.Count))), ui.NewPill(word, tone), ui.Space(), ui.NewBold(run.Total.String()))
	lines := ui.Column(4, head, ui.NewCaption(string(run.At)+" · "+run.User, theme.Secondary))
	if run.Reason != "" {
		lines.Add(ui.NewCaptionParagraph(run.Reason, theme.Secondary))
	}
	if counts := runCounts(run); counts != "" {
		lines.Add(ui.NewCaption(counts, theme.Secondary))
	}
	more := ui.NewMoreButton(func() []ui.MenuItem { return l.runMenu(run) })
	links := ui.Row(12, small("明细", func() { l.desk.Go(desk.Ledger, data.RechargeQuery{RunID: run.ID}) }))
	if run.Refused > 0 {
		links.Add(small(fmt.Sprintf("没有充的 %s 人", desk.Thousands(run.Refused)), func() { l.showRefusals(run) }))
	}
	links.Add(ui.Space())
	if run.Total > 0 {
		links.Add(more)
	}
	lines.Add(links)
	return ui.Stack(ui.NewBox(theme.Surface, theme.Border, 4), ui.Pad(12, 10, 12, 6, lines))
}

func small(label string, action func()) *ui.Button {
	link := ui.NewLink(label, action)
	link.Small = true
	return link
}

// runState gives the word for where a run stands.
func runState(run data.RechargeRunRow) (string, ui.Tone) {
	answer := run.Answer()
	switch answer {
	case "":
		return string(run.Kind), ui.TonePrimary
	case data.RunSucceeded:
		return string(answer), ui.ToneSuccess
	case data.RunFailed:
		return string(answer), ui.ToneDanger
	case data.RunPartly:
		return string(answer), ui.ToneWarning
	}
	return string(answer), ui.ToneNeutral
}

// runCounts says how many of a run's people the platform answered to and how many were taken back.
func runCounts(run data.RechargeRunRow) string {
	text := ""
	for _, part := range []struct {
		count int
		word  string
	}{{run.Succeeded, "成功"}, {run.Failed, "失败退回"}, {run.Reversed - run.Failed, "冲正"}} {
		if part.count > 0 {
			text += fmt.Sprintf("%s %s 人  ", part.word, desk.Thousands(part.count))
		}
	}
	return text
}

// runMenu lists what can be done with a whole run.
func (l *BatchList) runMenu(run data.RechargeRunRow) []ui.MenuItem {
	query := data.RechargeQuery{RunID: run.ID}
	open := run.Open() > 0
	return []ui.MenuItem{
		{Label: "打印充值确认表…", Icon: "printer", Disabled: run.Reversed == run.Count, Action: func() { l.actions.print(query, "列出这一次充值；") }},
		{Label: "记平台结果…", Icon: "badge-check", Disabled: !open, Separated: true, Action: func() {
			l.actions.found(data.RechargeQuery{RunID: run.ID, State: data.EntryWaits}, l.actions.answer)
		}},
		{Label: "从表格记平台结果…", Icon: "file-up", Disabled: !open, Action: func() { l.actions.sheetAnswers(query) }},
		{Label: "下载结果表", Icon: "file-down", Action: l.actions.saveAnswerForm},
		{Label: "撤销平台结果…", Icon: "rotate-ccw", Disabled: run.Succeeded+run.Failed == 0, Action: func() { l.actions.found(query, l.actions.undo) }},
		{Label: "整次冲正…", Icon: "undo-2", Danger: true, Disabled: !open, Separated: true, Action: func() { l.reverseRun(run) }},
	}
}

// reverseRun asks why a whole run is taken back and does it.
func (l *BatchList) reverseRun(run data.RechargeRunRow) {
	l.actions.found(data.RechargeQuery{RunID: run.ID, State: data.EntryWaits}, func(open []data.RechargeEntry) { l.askReverseRun(run, open) })
}

func (l *BatchList) askReverseRun(run data.RechargeRunRow, open []data.RechargeEntry) {
	_, ids, _ := part(open, data.RechargeEntry.Reversible)
	text := fmt.Sprintf("这一次充值里还有效的 %s 人各新增一条冲正，钱回到批次 %s，以后可以重新充值。冲正不能撤销。", desk.Thousands(run.Open()), run.BatchNumber)
	l.actions.askReversal(ids, fmt.Sprintf("整次冲正 %s 人", desk.Thousands(run.Open())), text, "例如：选错批次", fmt.Sprintf("冲正 %s 人", desk.Thousands(run.Open())),
		func(ctx context.Context, reason string) (string, error) {
			result, err := l.service.ReverseRun(ctx, run.ID, reason)
			return fmt.Sprintf("已冲正 %s 人，共 %s 元；批次 %s 剩余 %s 元。", desk.Thousands(result.Count), -result.Total, run.BatchNumber, result.Left), err
		})
}

// showRefusals lists whom a run left out, and why.
func (l *BatchList) showRefusals(run data.RechargeRunRow) {
	desk.Load(l.desk, &desk.Sequence{}, func(ctx context.Context) ([]data.RechargeRefusal, error) {
		return l.service.RechargeRefusals(ctx, run.ID)
	},
		func(refusals []data.RechargeRefusal) { showRefusals(l.desk.Window, "没有充值", refusals) })
}
