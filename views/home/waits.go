package home

import (
	"cmp"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// waitList is 等谁办: what has to be done, by whom, and for how long it has been waiting.
type waitList struct {
	screen  *Screen
	content fyne.CanvasObject
	table   *ui.SimpleTable
	none    fyne.CanvasObject
	waits   []app.Wait
	today   data.Date
}

func newWaitList(s *Screen) *waitList {
	w := &waitList{screen: s}
	columns := []ui.TableColumn{
		{Key: "what"}, {Key: "amount", Width: 112, Right: true}, {Key: "who", Width: 76}, {Key: "since", Width: 76, HideBelow: 520},
		{Key: "days", Width: 72, Right: true}, {Key: "act", Width: 74, Right: true},
	}
	w.table = ui.NewSimpleTable(columns...)
	w.table.HideHeader = true
	w.table.Count = func() int { return len(w.waits) }
	w.table.Cell = func(row, column int) ui.Cell { return waitCell(w.waits[row], columns[column].Key, w.today) }
	w.table.OnOpen = func(row int) { w.act(row) }
	w.table.OnCell = func(row int, _ string) { w.act(row) }
	w.none = ui.Pad(16, 14, 16, 14, ui.Row(8, ui.NewIcon("circle-check", theme.Success), ui.NewText("没有等着办的事。", theme.Secondary)))
	w.content = ui.NewListCard("等谁办", ui.Stack(w.table, w.none), ui.NewCaption("按已等天数排列", theme.Secondary))
	return w
}

func (w *waitList) set(found outlook) {
	w.waits, w.today = found.waits, found.today
	w.none.Hide()
	w.table.Show()
	if len(w.waits) == 0 {
		w.none.Show()
		w.table.Hide()
	}
	w.table.Refresh()
}

// waitWord are the words of a kind of waiting: for one order, and for several of anything.
var waitWord = map[app.WaitKind]struct{ icon, one, many, act string }{
	app.WaitReview:   {"clipboard-check", "%s 待审核", "%d 笔订单待审核", "查看"},
	app.WaitInvoice:  {"landmark", "%s 已通过，还没有开票", "%d 笔订单已通过，还没有开票", "查看"},
	app.WaitProfile:  {"sliders-horizontal", "", "完善管理员信息", "处理"},
	app.WaitIssue:    {"mail", "%s 已申请开票，等发票", "%d 笔订单已申请开票，等发票", "查看"},
	app.WaitTransfer: {"landmark", "%s 已开票，等转账和凭证", "%d 笔订单已开票，等转账和凭证", "处理"},
	app.WaitDraft:    {"pencil", "%s 还没有提交", "%d 笔订单还没有提交", "处理"},
	app.WaitRejected: {"rotate-ccw", "%s 被驳回，等修订", "%d 笔订单被驳回，等修订", "处理"},
	app.WaitPeople:   {"users", "", "补全手机号", "处理"},
	app.WaitRecharge: {"wallet", "", "给已缴费的学员充值", "处理"},
	app.WaitLeftOver: {"wallet", "", "%d 个批次的余额，计划结束后可能作废", "查看"},
	app.WaitLetter:   {"mail", "确认书 %s 还没有寄出", "%d 份确认书还没有寄出", "处理"},
	app.WaitReturn:   {"mail", "确认书 %s 寄出后还没有回签", "%d 份确认书寄出后还没有回签", "查看"},
}

// waitTitle says what waits.
func waitTitle(wait app.Wait) string {
	words := waitWord[wait.Kind]
	switch wait.Kind {
	case app.WaitProfile, app.WaitPeople, app.WaitRecharge:
		return words.many
	}
	if number := cmp.Or(wait.Order.Number, wait.Letter); number != "" {
		return fmt.Sprintf(words.one, number)
	}
	return fmt.Sprintf(words.many, wait.Count)
}

// waitAmount says of how much: money of orders, else people or fields.
func waitAmount(wait app.Wait) string {
	switch wait.Kind {
	case app.WaitPeople, app.WaitRecharge:
		return desk.Thousands(wait.Count) + " 人"
	case app.WaitProfile:
		return fmt.Sprintf("%d 项", wait.Count)
	}
	return wait.Sum.String() + " 元"
}

// waitCell gives what stands in a column of a line.
func waitCell(wait app.Wait, column string, today data.Date) ui.Cell {
	days, known := wait.Days(today)
	switch column {
	case "what":
		return ui.Cell{Text: waitTitle(wait), Icon: waitWord[wait.Kind].icon}
	case "amount":
		return ui.Cell{Text: waitAmount(wait)}
	case "who":
		if wait.Mine() {
			return ui.Cell{Text: "我", Tone: ui.TonePrimary}
		}
		return ui.Cell{Text: "国培网", Tone: ui.ToneNeutral}
	case "since":
		if !known {
			return ui.Cell{}
		}
		return ui.Cell{Text: monthDay(string(wait.Since)) + " 起", Role: theme.Secondary}
	case "days":
		switch {
		case !known:
			return ui.Cell{}
		case late(wait, today):
			return ui.Cell{Text: fmt.Sprintf("%d 天", days), Role: theme.TextWarning, Bold: true}
		}
		return ui.Cell{Text: fmt.Sprintf("%d 天", days)}
	}
	return ui.Cell{Text: waitAction(wait, today), Link: true}
}

// waitAction names what ends a waiting; an invoice that is late is asked for by telephone.
func waitAction(wait app.Wait, today data.Date) string {
	if late(wait, today) && wait.Kind == app.WaitInvoice {
		return "打电话"
	}
	return waitWord[wait.Kind].act
}

func late(wait app.Wait, today data.Date) bool {
	days, known := wait.Days(today)
	return known && days > app.LateAfter
}

// act goes where a line's waiting is ended.
func (w *waitList) act(row int) {
	wait := w.waits[row]
	w.table.CloseRow()
	if wait.Kind == app.WaitInvoice && late(wait, w.today) {
		w.call(wait)
		return
	}
	page, argument := destination(wait, w.screen.desk.Plan().ID)
	w.screen.desk.Go(page, argument)
}

// destination is the page on which a waiting is ended, and what it is given.
func destination(wait app.Wait, planID int64) (desk.Page, any) {
	states := map[app.WaitKind]data.ReviewState{app.WaitReview: data.ReviewSubmitted, app.WaitDraft: data.ReviewDraft,
		app.WaitRejected: data.ReviewRejected, app.WaitInvoice: data.ReviewApproved}
	switch {
	case wait.Kind == app.WaitProfile:
		return desk.Profile, nil
	case wait.Kind == app.WaitPeople:
		return desk.Trainees, data.TraineeQuery{Incomplete: true, Status: data.TraineeEnabled}
	case wait.Kind == app.WaitRecharge:
		return desk.Recharge, nil
	case wait.Kind == app.WaitLeftOver:
		return desk.Batches, nil
	case wait.Kind == app.WaitLetter, wait.Kind == app.WaitReturn:
		return desk.Letters, data.LetterQuery{PlanID: planID, Text: wait.Letter, Live: true}
	case wait.Kind == app.WaitDraft && wait.Order.ID != 0:
		return desk.Payment, wait.Order.ID
	case wait.Order.ID != 0:
		return desk.OrderDetails, wait.Order.ID
	case wait.Kind == app.WaitIssue, wait.Kind == app.WaitTransfer:
		return desk.Orders, data.OrderQuery{PlanID: planID, Mode: data.InvoiceFirst}
	}
	return desk.Orders, data.OrderQuery{PlanID: planID, Review: states[wait.Kind]}
}

// call says whom to ring for an invoice and what to tell, and leads to the orders.
func (w *waitList) call(wait app.Wait) {
	dialog := ui.NewDialog(w.screen.desk.Window, "打电话催开发票")
	number := fmt.Sprintf("%d 笔订单", wait.Count)
	if wait.Order.Number != "" {
		number = "订单 " + wait.Order.Number
	}
	dialog.Text = fmt.Sprintf("请拨打 %s，说明%s、共 %s 元已经审核通过，还没有收到发票。收到后在订单详情里登记发票号码。", data.HelpTelephones, number, wait.Sum)
	dialog.CancelLabel = "关闭"
	dialog.SetDefault("查看订单", func() bool {
		dialog.Hide()
		page, argument := destination(wait, w.screen.desk.Plan().ID)
		w.screen.desk.Go(page, argument)
		return false
	})
	dialog.Show()
}
