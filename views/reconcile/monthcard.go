package reconcile

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// card is a month's check list, and below it the way to close it.
func (m *MonthEnd) card(check data.MonthCheck) fyne.CanvasObject {
	parts := ui.Column(12, ui.NewSection(check.Month.Words()))
	if check.Closing != nil {
		parts.Add(m.closedNote(check))
	}
	parts.Add(ui.Column(8,
		ui.NewKeyValue("流水", fmt.Sprintf("%s 笔，付给国培网 %s 笔", desk.Thousands(check.Lines), desk.Thousands(check.Payments))),
		ui.NewKeyValue("付款合计", check.Paid.String()+" 元"),
		ui.NewKeyValue("订单", fmt.Sprintf("%s 个，合计 %s 元", desk.Thousands(check.Orders), check.Ordered)),
		ui.NewKeyValue("已对上", check.Settled.String()+" 元")))
	parts.Add(ui.NewLine())
	parts.Add(m.checkList(check))
	body := ui.NewScroll(ui.Pad(16, 12, 16, 12, parts))
	return ui.Ground(theme.Surface, ui.Column(0, ui.Grow(body), ui.NewLine(), ui.Fixed(handFoot, ui.Pad(16, 0, 16, 0, m.buttons(check)))))
}

func (m *MonthEnd) closedNote(check data.MonthCheck) fyne.CanvasObject {
	closing := check.Closing
	text := fmt.Sprintf("%s 由 %s 月结。", closing.At, closing.User)
	if closing.Note != "" {
		text += closing.Note
	}
	moved := check.MovedSince()
	if len(moved) == 0 {
		return ui.NewNote(ui.ToneSuccess, "已月结　", text)
	}
	return ui.NewNote(ui.ToneDanger, "月结后有变动　", text+strings.Join(moved, "")+"请查明原因；确实要改的，取消月结后重新核对。")
}

// checkList names everything that is looked at: what is done, what blocks, what a person should know.
func (m *MonthEnd) checkList(check data.MonthCheck) fyne.CanvasObject {
	list := ui.Column(10)
	lines := func() { m.desk.Go(desk.Statements, check.Month) }
	differences := func() { m.desk.Go(desk.Differences, check.Month) }
	goes := map[string]func(){"month-waiting": lines, "month-refunds": lines, "month-differences": differences, "month-gaps": lines,
		"month-no-lines": func() { m.desk.Go(desk.BringIn, nil) }, "month-uncovered": func() { m.desk.Go(desk.BringIn, nil) }}
	for _, problem := range check.Blockers() {
		list.Add(checkLine("circle-x", theme.Danger, problem, goes[problem.Code]))
	}
	for _, problem := range check.Warnings() {
		list.Add(checkLine("triangle-alert", theme.Warning, problem, goes[problem.Code]))
	}
	done := func(text string) {
		list.Add(ui.Row(8, ui.NewIcon("circle-check", theme.Success), ui.NewText(text, theme.Text)))
	}
	switch {
	case len(check.Unmatched) > 0:
		list.Add(checkLine("triangle-alert", theme.Warning, unmatched(check), lines))
	case len(check.Waiting)+len(check.Refunds) == 0 && check.Payments > 0:
		done("付给国培网的流水都对上了。")
	}
	if len(check.Open) == 0 {
		done("没有待处理的差异。")
	}
	if len(check.Kept) > 0 {
		list.Add(ui.NewBold(fmt.Sprintf("写明原因保留的差异 %d 处", len(check.Kept))))
		for _, d := range check.Kept {
			list.Add(ui.NewCaptionParagraph(fmt.Sprintf("%s：%s原因：%s", d.Class, d.Explanation, d.Accepted), theme.Secondary))
		}
	}
	return list
}

// unmatched says which payments have no order: a difference tells why, but they are not settled.
func unmatched(check data.MonthCheck) data.Problem {
	var sum data.Money
	for _, row := range check.Unmatched {
		sum += data.NetPaid(row.Lines)
	}
	return data.Warn("month-unmatched", "", fmt.Sprintf("付给国培网的流水有 %d 笔共 %s 元没有订单。", len(check.Unmatched), sum), "每一笔都列在“对账差异”里，处理或写明原因。")
}

func checkLine(icon string, role theme.Role, problem data.Problem, show func()) fyne.CanvasObject {
	words := ui.Column(2, ui.NewParagraph(problem.What, theme.Text), ui.NewCaptionParagraph(problem.Fix, theme.Secondary))
	row := ui.Row(8, ui.Top(ui.Pad(0, 2, 0, 0, ui.NewIcon(icon, role))), ui.Wide(words))
	if show != nil {
		row.Add(ui.NewSmallButton("查看", "", show))
	}
	return row
}

func (m *MonthEnd) buttons(check data.MonthCheck) fyne.CanvasObject {
	sheet := ui.NewButton("打印对账单", "printer", func() { printPaper(m.desk, m.service, check.Month) })
	if check.Closing != nil {
		return ui.Row(8, ui.Wide(ui.NewButton("取消月结", "lock-open", func() { m.askReopen(check) })), sheet)
	}
	finish := ui.NewFilledButton(check.Month.Words()+"月结", "lock", func() { m.askClose(check) })
	finish.SetDisabled(len(check.Blockers()) > 0)
	return ui.Row(8, ui.Wide(finish), sheet)
}

// askClose shows what a month is closed with; what a person should know stands above the button.
func (m *MonthEnd) askClose(check data.MonthCheck) {
	note := ui.NewTextArea("可以不填", 2)
	form := ui.NewForm(ui.NewFormRow("note", "说明", note))
	form.LabelWidth = 56
	text := fmt.Sprintf("付款 %s 元，订单 %s 元，保留差异 %d 处。月结以后再改动这个月的流水或订单会先提醒，有变动会标出来；可以写明原因取消月结。", check.Paid, check.Ordered, check.Accepted)
	for _, warning := range check.Warnings() {
		text += "\n注意：" + warning.What + warning.Fix
	}
	var typed string
	m.desk.Ask(desk.Question{Title: check.Month.Words() + "月结", Text: text, Verb: "月结", Form: form,
		Read: func() { typed = note.Text() },
		Do:   func(ctx context.Context) error { return m.service.CloseMonth(ctx, check.Month, typed) },
		Done: func() { m.desk.Toast(check.Month.Words() + "已月结。可以打印对账单，签字后存档。") }})
}

func (m *MonthEnd) askReopen(check data.MonthCheck) {
	reason := ui.NewTextArea("例如：补导入了漏掉的流水", 2)
	form := ui.NewForm(ui.NewRequiredRow("reason", "原因", reason).WithHint("写进操作日志。"))
	form.LabelWidth = 56
	var typed string
	m.desk.Ask(desk.Question{Title: "取消" + check.Month.Words() + "的月结", Text: "这个月回到未月结，可以重新核对。", Verb: "取消月结", Form: form,
		Read: func() { typed = reason.Text() },
		Do:   func(ctx context.Context) error { return m.service.ReopenMonth(ctx, check.Month, typed) },
		Done: func() { m.desk.Toast(check.Month.Words() + "已取消月结。") }})
}
