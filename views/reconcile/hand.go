package reconcile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the panel in px.
const (
	handWidth     float32 = 308
	handRow       float32 = 54
	handLines     float32 = 24
	handHead      float32 = 48
	handFoot      float32 = 56
	linesListed           = 4
	handPadding   float32 = 16
	sumHeight     float32 = 20
	searchPadding float32 = 8
)

// handPanel is 手工核对 at the right of the list: the ticked lines, the orders that are still open, and what is between them.
type handPanel struct {
	screen  *Screen
	content fyne.CanvasObject
	lines   map[int64]bool
	orders  map[int64]bool

	chosen *fyne.Container // the ticked lines
	search *ui.Field
	list   *ui.RowList
	sums   *fyne.Container
	settle *ui.Button
	open   []data.BookOrder // found by the search
	all    []data.BookOrder
}

func newHandPanel(r *Screen) *handPanel {
	h := &handPanel{screen: r, lines: map[int64]bool{}, orders: map[int64]bool{}, chosen: ui.Column(0), sums: ui.Column(0)}
	h.search = ui.NewSearchField("订单号、机构、金额", 0)
	h.search.OnChanged = func(string) { h.find() }
	h.list = ui.NewRowList()
	h.list.Count = func() int { return len(h.open) }
	h.list.Key = func(row int) int64 { return h.open[row].ID }
	h.list.Height = func(int) float32 { return handRow }
	h.list.Build = h.build
	h.list.Name = func(row int) string { return h.open[row].Number + "　" + h.open[row].Amount.String() }
	h.list.OnOpen = func(row int) { h.toggleOrder(h.open[row].ID) }
	h.list.OnRune = func(row int, typed rune) {
		if typed == ' ' {
			h.toggleOrder(h.open[row].ID)
		}
	}
	h.list.OnDrag, h.list.OnDrop = h.dragOrder, h.dropOrder
	h.list.Empty = ui.NewEmptyState("search", "没有可对的订单", "订单都已经对上，或者还没有建。", nil, nil, "")
	h.settle = ui.NewFilledButton("对上", "link", func() { h.join() })
	shut := ui.NewIconButton("x", "关闭", r.closeHand)
	head := ui.Fixed(handHead, ui.Pad(handPadding, 0, searchPadding, 0, ui.Row(4, ui.NewSection("手工核对"), ui.Space(), shut)))
	h.content = ui.Ground(theme.Surface, ui.Column(0, head, ui.NewLine(), ui.Pad(handPadding, searchPadding, handPadding, searchPadding, h.chosen),
		ui.NewLine(), ui.Pad(handPadding, searchPadding, handPadding, searchPadding, h.search), ui.NewLine(), ui.Grow(h.list), ui.NewLine(),
		ui.Pad(handPadding, searchPadding, handPadding, 0, h.sums), ui.Fixed(handFoot, ui.Pad(handPadding, 0, handPadding, 0, ui.Row(0, ui.Wide(h.settle))))))
	return h
}

// load lists the orders that no match holds, drafts among them.
func (h *handPanel) load() {
	taken := map[int64]bool{}
	for _, match := range h.screen.found.Books.Matches {
		if match.ID != 0 {
			for _, id := range match.Orders {
				taken[id] = true
			}
		}
	}
	h.all = nil
	there := map[int64]bool{}
	for _, order := range h.screen.found.Books.Orders {
		if order.Live() && !taken[order.ID] {
			h.all, there[order.ID] = append(h.all, order), true
		}
	}
	maps.DeleteFunc(h.orders, func(id int64, _ bool) bool { return !there[id] })
	free := map[int64]bool{}
	for _, row := range h.screen.found.Pairings {
		for _, line := range row.Lines {
			free[line.ID] = row.State != data.PairSettled
		}
	}
	maps.DeleteFunc(h.lines, func(id int64, _ bool) bool { return !free[id] })
}

// find shows the orders that the search lets through, those nearest in amount to the ticked lines first.
func (h *handPanel) find() {
	text := strings.ToLower(strings.ReplaceAll(strings.TrimSpace(h.search.Text()), ",", ""))
	h.open = nil
	for _, order := range h.all {
		if h.orders[order.ID] || text == "" || strings.Contains(strings.ToLower(order.Number+" "+order.Payer+" "+order.Amount.Plain()+" "+string(order.PaidAt)), text) {
			h.open = append(h.open, order)
		}
	}
	paid := data.NetPaid(h.ticked())
	slices.SortStableFunc(h.open, func(one, other data.BookOrder) int {
		if paid == 0 {
			return cmp.Compare(other.PaidAt, one.PaidAt)
		}
		return cmp.Compare(max(one.Amount-paid, paid-one.Amount), max(other.Amount-paid, paid-other.Amount))
	})
	h.list.Refresh()
}

func (h *handPanel) ticked() []data.BankStatementLine {
	return h.screen.linesOf(slices.Collect(maps.Keys(h.lines)))
}

func (h *handPanel) tickedOrders() []data.PayableOrder {
	var found []data.PayableOrder
	for _, order := range h.all {
		if h.orders[order.ID] {
			found = append(found, order.PayableOrder)
		}
	}
	return found
}

// update shows what is ticked and how the sums stand to each other.
func (h *handPanel) update() {
	if !h.screen.host.IsOpen() {
		return
	}
	h.find()
	lines, orders := h.ticked(), h.tickedOrders()
	h.chosen.Objects = []fyne.CanvasObject{ui.NewCaption("在左边勾选流水（空格），或把流水拖到订单上", theme.Secondary)}
	for place, line := range lines {
		if place == linesListed {
			h.chosen.Add(ui.NewCaption(fmt.Sprintf("还有 %d 笔", len(lines)-place), theme.Secondary))
			break
		}
		amount := ui.NewText((line.Out - line.In).String(), theme.Text)
		name := line.Name
		h.chosen.Add(ui.Fixed(handLines, ui.Row(8, ui.NewText(h.screen.shortDay(line.At.Date()), theme.Secondary), ui.Wide(ui.NewElidedText(name, theme.Text)), amount,
			ui.NewSmallIconButton("x", "不选这一笔", theme.Secondary, func() { h.toggleLine(line.ID) }))))
	}
	paid, ordered := data.NetPaid(lines), data.OrderedTotal(orders)
	gap := theme.TextSuccess
	if paid != ordered {
		gap = theme.TextDanger
	}
	sum := func(word string, money data.Money, role theme.Role) fyne.CanvasObject {
		return ui.Fixed(sumHeight, ui.Row(0, ui.NewText(word, theme.Secondary), ui.Space(), ui.NewText(money.String(), role)))
	}
	h.sums.Objects = []fyne.CanvasObject{sum(fmt.Sprintf("流水 %d 笔", len(lines)), paid, theme.Text), sum(fmt.Sprintf("订单 %d 个", len(orders)), ordered, theme.Text), sum("相差", paid-ordered, gap)}
	_, err := data.PersonalMatch(lines, orders)
	h.settle.SetDisabled(err != nil)
	h.settle.SetLabel("对上")
	if err == nil {
		h.settle.SetLabel(fmt.Sprintf("对上 %d 笔流水和 %d 个订单", len(lines), len(orders)))
	}
	h.content.Refresh()
}

func (h *handPanel) build(row int) fyne.CanvasObject {
	order := h.open[row]
	tick := ui.NewCheckbox("", func(bool) { h.toggleOrder(order.ID) })
	tick.SetChecked(h.orders[order.ID])
	note := "未填转账时间"
	if order.PaidAt != "" {
		note = h.screen.shortDay(order.PaidAt.Date())
	}
	if order.Payer != "" {
		note += " ・ " + organizationWords(order.Payer)
	}
	words := ui.Column(0, ui.NewElidedText(order.Number, theme.Text), caption(note, theme.Secondary))
	amount := ui.NewBold(order.Amount.String())
	amount.Align = fyne.TextAlignTrailing
	right := ui.Column(2, amount, ui.Row(0, ui.Space(), ui.NewPill(string(order.Review), desk.ReviewTone(order.Review))))
	return ui.Pad(handPadding, 0, handPadding, 0, ui.Row(0, ui.Fixed(tickWidth, tick), ui.Wide(words), right))
}

func (h *handPanel) toggleLine(id int64) {
	toggle(h.lines, id)
	h.screen.list.Refresh()
	h.update()
}

func (h *handPanel) toggleOrder(id int64) {
	toggle(h.orders, id)
	h.update()
}

func toggle(set map[int64]bool, id int64) {
	if set[id] {
		delete(set, id)
		return
	}
	set[id] = true
}

func (h *handPanel) clear() {
	clear(h.lines)
	clear(h.orders)
	h.update()
}

// join settles what is ticked; where the sums differ it says what will follow, and asks.
func (h *handPanel) join() {
	lines, orders := h.ticked(), h.tickedOrders()
	match, err := data.PersonalMatch(lines, orders)
	if err != nil {
		h.screen.desk.Fail(err)
		return
	}
	paid, ordered := data.NetPaid(lines), data.OrderedTotal(orders)
	if paid == ordered {
		h.screen.settleMatch(match)
		return
	}
	text := fmt.Sprintf("流水合计 %s 元，订单合计 %s 元，相差 %s 元。仍然对上的话，这里会列为“%s”的差异，等您处理或写明原因。", paid, ordered, paid-ordered, data.AmountDiffers)
	ui.Confirm(h.screen.desk.Window, "金额不相等", text, "仍然对上", func() { h.screen.settleMatch(match) })
}

// byHand opens 手工核对 with a row's lines ticked.
func (r *Screen) byHand(row data.Pairing) {
	if row.State == data.PairSettled {
		return
	}
	r.openHand()
	clear(r.hand.orders)
	clear(r.hand.lines)
	for _, line := range row.Lines {
		r.hand.lines[line.ID] = true
	}
	if at := r.rowOf(row.Key()); at >= 0 {
		r.list.SetCurrent(at)
	}
	r.list.Refresh()
	r.hand.update()
}

func (r *Screen) openHand() {
	if r.host.IsOpen() {
		return
	}
	r.host.SetOpen(true)
	ui.SetOnEscape(r.desk.Window.Canvas(), r.closeHand)
	r.list.Refresh()
	r.hand.update()
}

func (r *Screen) closeHand() {
	r.hand.clear()
	r.host.SetOpen(false)
	ui.SetOnEscape(r.desk.Window.Canvas(), nil)
	r.list.Refresh()
	r.list.Focus()
}
