package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// goodScore is from which on a match's bar is green.
const goodScore = 80

// reasonCell shows how sure a match is, why, and what can be done.
func (r *Screen) reasonCell(row data.Pairing, current bool) fyne.CanvasObject {
	var words fyne.CanvasObject
	switch row.State {
	case data.PairSettled, data.PairCertain, data.PairProposed:
		words = scoreWords(row.Choices[0].Score, strings.TrimSuffix(row.Choices[0].Reason, "。"), false)
	case data.PairChoice:
		words = r.choiceWords(row)
	case data.PairOpen:
		words = ui.NewCaptionParagraph(r.openWords(row))
	default:
		words = ui.Stack()
	}
	objects := []fyne.CanvasObject{ui.Wide(words), r.actionOf(row, current)}
	if current && !r.narrow() {
		objects = append(objects, ui.NewMoreButton(func() []ui.MenuItem { return r.menu(r.list.Current()) }))
	}
	return ui.Pad(columnGap, 0, columnGap, 0, ui.Row(columnGap, objects...))
}

// openWords says why nothing answers to a line, as 对账差异 does.
func (r *Screen) openWords(row data.Pairing) (string, theme.Role) {
	if row.Refund() {
		return "收到退款，没有对上付款", theme.TextWarning
	}
	at := slices.IndexFunc(r.found.Differences, func(d data.Difference) bool { return d.LineID == row.Key() })
	switch {
	case r.drafts[row.Key()].ID != 0 && (at < 0 || r.found.Differences[at].Accepted == ""):
		return "订单 " + r.drafts[row.Key()].Number + " 还没有提交", theme.TextWarning
	case at < 0 || r.found.Differences[at].Class == data.PaidWithoutOrder && r.found.Differences[at].Accepted == "":
		return "有付款，没有订单", theme.TextDanger
	case r.found.Differences[at].Accepted != "":
		return "已保留：" + r.found.Differences[at].Accepted, theme.Secondary
	}
	d := r.found.Differences[at]
	return fmt.Sprintf("%s：%s", d.Class, r.orders[d.OrderID].Number), theme.TextDanger
}

func (r *Screen) choiceWords(row data.Pairing) fyne.CanvasObject {
	if place, picked := r.picked[row.Key()]; picked && place < len(row.Choices) {
		return scoreWords(row.Choices[place].Score, strings.TrimSuffix(row.Choices[place].Reason, "。"), false)
	}
	reason := fmt.Sprintf("有 %d 种可能，请您选一种", len(row.Choices))
	if !slices.ContainsFunc(row.Choices, func(m data.Match) bool { return len(m.Orders) != 1 }) {
		reason = fmt.Sprintf("%d 张订单都是 %s，请您选一张", len(row.Choices), row.Lines[0].Out)
	}
	return scoreWords(row.Choices[0].Score, reason, true)
}

func scoreWords(score int, reason string, ask bool) fyne.CanvasObject {
	bar, role := theme.Success, theme.Secondary
	if score < goodScore {
		bar = theme.Warning
	}
	if ask {
		bar, role = theme.Warning, theme.TextWarning
	}
	head := ui.Row(0, ui.Fixed(32, ui.NewBold(fmt.Sprint(score))), ui.Wide(ui.NewPartedBar(ui.BarPart{Fraction: float64(score) / 100, Role: bar})))
	return ui.Column(2, head, ui.NewCaptionParagraph(reason, role))
}
