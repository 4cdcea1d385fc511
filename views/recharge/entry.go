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
	word, tone := entryState(entry)
	l.drawer.SetTitle(entry.Name, ui.NewPill(word, tone))
	amount := ui.Row(6, ui.NewTitle(entry.Amount.String()), ui.NewText("元", theme.Text))
	facts := ui.Column(6, ui.NewKeyValue("时间", string(entry.At)))
	if entry.Username != "" {
		facts.Add(ui.NewKeyValue("用户名", entry.Username))
	}
	facts.Add(keyParagraph("组织机构", entry.Organization))
	facts.Add(keyParagraph("培训计划", entry.PlanName))
	facts.Add(ui.NewKeyValue("批次", entry.BatchNumber))
	facts.Add(ui.NewKeyObject("订单", ui.NewLink(entry.OrderNumber, func() { l.goOrder(entry.OrderNumber) })))
	facts.Add(ui.NewKeyValue("经办人", entry.User))
	facts.Add(ui.NewKeyValue("编号", fmt.Sprint(entry.ID)))
	body := ui.Column(12, amount, ui.NewLine(), facts)
	for _, part := range l.reversalParts(entry) {
		body.Add(part)
	}
	l.drawer.SetBody(body)
	if entry.ReversalOf != 0 || entry.ReversedBy != 0 {
		l.drawer.SetFooter()
	} else {
		l.drawer.SetFooter(ui.Wide(ui.NewDangerButton("冲正", "undo-2", func() { l.askReversal(entry) })))
	}
	l.host.SetOpen(true)
}

// reversalParts tell which entry takes back which, and why.
func (l *Ledger) reversalParts(entry data.RechargeEntry) []fyne.CanvasObject {
	other, text := entry.ReversedBy, "已被第 %d 条冲正。"
	if entry.ReversalOf != 0 {
		other, text = entry.ReversalOf, "冲正第 %d 条。"
	}
	if other == 0 {
		return nil
	}
	parts := []fyne.CanvasObject{ui.NewNote(ui.ToneNeutral, "", fmt.Sprintf(text, other), ui.NewLink("查看", func() { l.readEntry(other) }))}
	if entry.Reason != "" {
		parts = append(parts, keyParagraph("冲正原因", entry.Reason))
	}
	return parts
}

// askReversal asks why an entry is taken back and does it: a reversal cannot be reversed.
func (l *Ledger) askReversal(entry data.RechargeEntry) {
	reason := ui.NewField("例如：充错人，应充给另一位学员")
	form := ui.NewForm(ui.NewRequiredRow("reason", "冲正原因", reason).WithHint("写进充值明细和操作日志，不要写证件号。"))
	dialog := ui.NewDialog(l.desk.Window, fmt.Sprintf("冲正 %s 的 %s 元", entry.Name, entry.Amount))
	dialog.Text = fmt.Sprintf("会新增一条 -%s 元的冲正，这位学员的余额减少 %s 元，批次 %s 的剩余增加 %s 元。原来的一条保留。冲正不能撤销。",
		entry.Amount, entry.Amount, entry.BatchNumber, entry.Amount)
	dialog.Body = ui.Pad(10, 0, 0, 0, form)
	dialog.First = reason.FocusTarget()
	button := dialog.SetDefault(fmt.Sprintf("冲正 %s 元", entry.Amount), func() bool {
		l.reverse(entry, reason.Text(), func(problem data.Problem) {
			form.SetProblems(map[string]string{"reason": problem.Error()})
			form.FocusField("reason")
			dialog.Relayout()
		}, dialog.Hide)
		return false
	})
	button.Kind, button.Solid = ui.Danger, true
	dialog.Show()
}

// reverse takes an entry back. wrong is told what the reason lacks, done that it went well.
func (l *Ledger) reverse(entry data.RechargeEntry, reason string, wrong func(data.Problem), done func()) {
	var result data.RechargeResult
	var failure error
	l.desk.Do(func(ctx context.Context) error {
		result, failure = l.service.ReverseRecharge(ctx, entry.ID, reason)
		return nil
	}, func() {
		if problem, ok := data.AsProblem(failure); ok && problem.Where.Field == "reason" {
			wrong(problem)
			return
		}
		done()
		if failure != nil {
			l.desk.Fail(failure)
			return
		}
		l.desk.Toast(fmt.Sprintf("已冲正 %s 的 %s 元；批次 %s 剩余 %s 元。", entry.Name, entry.Amount, entry.BatchNumber, result.Left))
		l.reload()
	})
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
