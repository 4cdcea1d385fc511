package recharge

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// readEntry shows one entry in the drawer.
func (l *Ledger) readEntry(id int64) {
	l.open = id
	if row := slices.Index(l.rows.IDs(), id); row >= 0 {
		l.table.Mark(row)
	} else {
		l.table.CloseRow()
	}
	desk.Load(l.desk, &l.reading, func(ctx context.Context) ([]data.RechargeEntry, error) {
		return l.service.RechargeEntries(ctx, []int64{id})
	}, func(found []data.RechargeEntry) {
		if len(found) == 1 && l.open == id {
			l.showEntry(found[0])
		}
	})
}

func (l *Ledger) closeDrawer() {
	l.open = 0
	l.table.CloseRow()
	l.host.SetOpen(false)
}

func (l *Ledger) showEntry(entry data.RechargeEntry) {
	l.drawer.SetTitle(entry.Name, ui.NewPill(string(entry.State()), entryTone(entry.State())))
	amount := ui.Row(6, ui.NewTitle(entry.Amount.String()), ui.NewText("元", theme.Text), ui.Space(),
		ui.NewLink("钱的去向", func() {
			l.desk.Go(desk.MoneyTrail, data.RechargeQuery{OrderID: entry.OrderID, TraineeID: entry.TraineeID, RunID: entry.RunID})
		}))
	facts := ui.Column(6, ui.NewKeyValue("时间", string(entry.At)))
	if entry.Username != entry.IDNumber {
		facts.Add(ui.NewKeyValue("用户名", entry.Username))
	}
	facts.Add(ui.NewKeyObject("学员", ui.NewLink("在学员列表里查看", func() { l.desk.Go(desk.Trainees, entry.TraineeID) })))
	facts.Add(ui.NewKeyValue("身份证号", entry.IDNumber))
	facts.Add(keyParagraph("组织机构", desk.ShownPath(entry.Organization)))
	facts.Add(keyParagraph("缴费机构", desk.ShownPath(entry.Payer)))
	facts.Add(keyParagraph("培训计划", entry.PlanName))
	facts.Add(ui.NewKeyObject("批次", ui.NewLink(entry.BatchNumber, func() { l.desk.Go(desk.Batches, entry.BatchNumber) })))
	facts.Add(ui.NewKeyObject("订单", ui.NewLink(entry.OrderNumber, func() { l.goOrder(entry.OrderNumber) })))
	facts.Add(ui.NewKeyValue("经办人", entry.User))
	facts.Add(ui.NewKeyObject("这一次", ui.NewLink("同一次充值的明细", func() { l.Enter(data.RechargeQuery{RunID: entry.RunID}) })))
	facts.Add(ui.NewKeyValue("编号", fmt.Sprint(entry.ID)))
	body := ui.Column(12, amount, ui.NewLine(), facts)
	for _, part := range l.historyParts(entry) {
		body.Add(part)
	}
	l.drawer.SetBody(body)
	l.drawer.SetFooter(l.entryActions(entry)...)
	l.host.SetOpen(true)
}

// entryActions are the buttons for what can be done with an entry.
func (l *Ledger) entryActions(entry data.RechargeEntry) []fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	one := []data.RechargeEntry{entry}
	if answerable(entry) && entry.Answer == data.AnswerNone {
		buttons = append(buttons, ui.Wide(ui.NewButton("记平台结果", "badge-check", func() { l.actions.answer(one) })))
	}
	if entry.Answer != data.AnswerNone {
		buttons = append(buttons, ui.Wide(ui.NewButton("撤销平台结果", "rotate-ccw", func() { l.actions.undo(one) })))
	}
	if entry.Reversible() {
		buttons = append(buttons, ui.Wide(ui.NewDangerButton("冲正", "undo-2", func() { l.actions.reverse(one) })))
	}
	return buttons
}

// historyParts tell what the platform said, and which entry takes back which, and why.
func (l *Ledger) historyParts(entry data.RechargeEntry) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if entry.Answer == data.AnswerFailed {
		parts = append(parts, keyParagraph("失败原因", entry.AnswerReason))
	}
	other, text := entry.ReversedBy, "已被第 %d 条冲正。"
	if entry.Answer == data.AnswerFailed {
		text = "钱已由第 %d 条退回批次。"
	}
	if entry.ReversalOf != 0 {
		other, text = entry.ReversalOf, string(entry.State())+"第 %d 条。"
	}
	if other != 0 {
		parts = append(parts, ui.NewNote(ui.ToneNeutral, "", fmt.Sprintf(text, other), ui.NewLink("查看", func() { l.readEntry(other) })))
	}
	if entry.Reason != "" {
		parts = append(parts, keyParagraph("原因", entry.Reason))
	}
	return parts
}

// goOrder opens the order that paid for a batch.
func (l *Ledger) goOrder(number string) {
	desk.Load(l.desk, &desk.Sequence{}, func(ctx context.Context) (data.Order, error) {
		return l.service.OrderByNumber(ctx, number)
	}, func(order data.Order) { l.desk.Go(desk.OrderDetails, order.ID) })
}

// keyParagraph is a fact whose value wraps beside a name of the other facts' width.
func keyParagraph(name, value string) fyne.CanvasObject {
	const nameWidth = 84
	return ui.Row(0, ui.FixedFill(nameWidth, ui.Column(0, ui.NewText(name, theme.Secondary))), ui.Grow(ui.NewParagraph(value, theme.Text)))
}
