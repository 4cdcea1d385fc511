package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the list in px, as design/README has them.
const (
	linesWidth   float32 = 392
	reasonsWidth float32 = 284
	oneHeight    float32 = 58
	moreHeight   float32 = 38
	dateWidth    float32 = 56
	amountWidth  float32 = 84
	buttonWidth  float32 = 76
	smallWidth   float32 = 60 // of a button in a narrow list
	tickWidth    float32 = 28
	headHeight   float32 = 36
	cellPadding  float32 = 8
	columnGap    float32 = 12
	edgePadding  float32 = 16
)

// choicesShown is how many proposals of one line are listed; others are found by hand.
const choicesShown = 4

// shares are the first two columns' parts of a list that is narrower than the design's, as beside the panel.
const (
	narrowList   float32 = 900
	linesShare   float32 = 0.36
	reasonsShare float32 = 0.27
)

// columnHead names the columns; what stands in a row follows its widths.
type columnHead struct {
	screen  *Screen
	content fyne.CanvasObject
}

func newColumnHead(r *Screen) *columnHead {
	cells := &threeColumns{}
	lines := ui.Pad(edgePadding, 0, cellPadding, 0, ui.Row(0, ui.NewBold("银行流水"), ui.Space(), ui.NewBold("借方，元")))
	objects := []fyne.CanvasObject{lines, ui.NewLine(), ui.Pad(columnGap, 0, columnGap, 0, ui.Row(0, ui.NewBold("匹配与理由"))),
		ui.NewLine(), ui.Pad(columnGap, 0, edgePadding, 0, ui.Row(0, ui.NewBold("缴费订单")))}
	row := &fyne.Container{Layout: cells, Objects: objects}
	return &columnHead{screen: r, content: ui.Fixed(headHeight, ui.Ground(theme.Header, ui.Column(0, ui.Grow(row), ui.NewLine())))}
}

// threeColumns lays a row's three cells and the two lines between them out.
type threeColumns struct{}

// MinSize is part of fyne.Layout: a row takes what it is given.
func (*threeColumns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 0) }

// Layout is part of fyne.Layout.
func (*threeColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	first, second := linesWidth, reasonsWidth
	if size.Width < narrowList {
		first, second = float32(int(size.Width*linesShare)), float32(int(size.Width*reasonsShare))
	}
	x := float32(0)
	for place, width := range []float32{first, 1, second - 1, 1, size.Width - first - second - 1} {
		objects[place].Move(fyne.NewPos(x, 0))
		objects[place].Resize(fyne.NewSize(width, size.Height))
		x += width
	}
}

func (r *Screen) buildList() {
	r.list = ui.NewRowList()
	r.list.Empty = r.nothing
	r.list.Count = func() int { return len(r.rows) }
	r.list.Key = func(row int) int64 { return r.rows[row].Key() }
	r.list.Height = func(row int) float32 { return r.height(r.rows[row]) }
	r.list.Build = r.build
	r.list.Name = func(row int) string { return lineWords(r.rows[row].Lines[0]) }
	r.list.OnCurrent = func(int) { r.list.Refresh() }
	r.list.OnOpen = func(row int) { r.act(r.rows[row]) }
	r.list.OnKey, r.list.OnRune = r.key, r.rune
	r.list.OnDrag, r.list.OnDrop = r.dragLine, r.dropLine
}

// lineWords names a bank line: 06-14 1,600.00.
func lineWords(line data.BankStatementLine) string {
	return string(line.At.Date()) + "　" + (line.Out + line.In).String()
}

// height is that of as many lines or orders as stand below each other.
func (r *Screen) height(row data.Pairing) float32 {
	right := 1
	switch row.State {
	case data.PairSettled, data.PairCertain, data.PairProposed:
		right = len(row.Choices[0].Orders)
	case data.PairChoice:
		right = min(len(row.Choices), choicesShown)
	}
	return oneHeight + moreHeight*float32(max(len(row.Lines), right, 1)-1)
}

// narrow tells whether the list has less room than the design's, as beside the panel.
func (r *Screen) narrow() bool { return r.list.Size().Width < narrowList }

func (r *Screen) build(at int) fyne.CanvasObject {
	row := r.rows[at]
	current := r.list.Current() == at
	cells := []fyne.CanvasObject{r.lineCell(row), ui.NewLine(), r.reasonCell(row, current), ui.NewLine(), r.orderCell(row)}
	return &fyne.Container{Layout: &threeColumns{}, Objects: cells}
}

// middle puts objects below each other in the middle of a cell.
func middle(objects ...fyne.CanvasObject) fyne.CanvasObject {
	parts := []fyne.CanvasObject{ui.Space()}
	for _, o := range objects {
		parts = append(parts, ui.Fixed(moreHeight, o))
	}
	return ui.Column(0, append(parts, ui.Space())...)
}

// lineCell shows the bank's lines: day, whom, what for, how much.
func (r *Screen) lineCell(row data.Pairing) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, line := range row.Lines {
		parts = append(parts, r.lineRow(row, line))
	}
	return ui.Pad(edgePadding, 0, cellPadding, 0, middle(parts...))
}

func (r *Screen) lineRow(row data.Pairing, line data.BankStatementLine) fyne.CanvasObject {
	objects := []fyne.CanvasObject{}
	if r.host.IsOpen() && row.State != data.PairSettled {
		tick := ui.NewCheckbox("", func(bool) { r.hand.toggleLine(line.ID) })
		tick.SetChecked(r.hand.lines[line.ID])
		objects = append(objects, ui.Fixed(tickWidth, tick))
	}
	name := line.Name
	if name == "" {
		name = "（没有户名）"
	}
	amount := ui.NewBold(line.Out.String())
	if line.In > 0 {
		amount = ui.NewBold("+" + line.In.String())
		amount.SetRole(theme.TextSuccess)
	}
	words := ui.Column(0, ui.NewElidedText(name, theme.Text), caption(lineNote(line), theme.Secondary))
	objects = append(objects, ui.Fixed(dateWidth, ui.NewText(r.shortDay(line.At.Date()), theme.Secondary)), ui.Wide(words))
	if mark := lineMark(row, line); mark != "" {
		objects = append(objects, ui.NewPill(mark, ui.ToneNeutral))
	}
	return ui.Row(0, append(objects, ui.Gap(cellPadding), amount)...)
}

// lineMark says what a line is that pays for nothing.
func lineMark(row data.Pairing, line data.BankStatementLine) string {
	switch {
	case row.State == data.PairFee:
		return "手续费"
	case row.Aside:
		return "与培训无关"
	case row.Related() && line.In > 0:
		return "退款"
	}
	return ""
}

// shortDay leaves this year out: 03-09.
func (r *Screen) shortDay(day data.Date) string {
	const year = len("2006")
	if text := string(day); len(text) > year && text[:year] != string(r.service.Today())[:year] {
		return text[2:]
	}
	return strings.TrimPrefix(string(day), string(r.service.Today())[:year]+"-")
}

// lineNote says what a line was for and its number's end: 培训费 ・ 流水 …0931.
func lineNote(line data.BankStatementLine) string {
	var parts []string
	for _, text := range []string{line.Purpose, line.Summary} {
		if text != "" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	const tail = 4
	if runes := []rune(line.Serial); len(runes) > tail {
		parts = append(parts, "流水 …"+string(runes[len(runes)-tail:]))
	} else if len(runes) > 0 {
		parts = append(parts, "流水 "+line.Serial)
	}
	return strings.Join(parts, " ・ ")
}

func caption(text string, role theme.Role) fyne.CanvasObject {
	line := ui.NewElidedText(text, role)
	line.TextSize = theme.SizeCaption
	return line
}

// orderCell shows the orders that lines paid, or may have paid.
func (r *Screen) orderCell(row data.Pairing) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	switch row.State {
	case data.PairSettled, data.PairCertain, data.PairProposed:
		for _, id := range row.Choices[0].Orders {
			parts = append(parts, r.orderRow(r.orders[id], nil))
		}
		if len(parts) == 0 {
			parts = append(parts, ui.Row(0, ui.NewText("付款已退回，没有订单", theme.Secondary)))
		}
	case data.PairChoice:
		for place, match := range row.Choices[:min(len(row.Choices), choicesShown)] {
			parts = append(parts, r.choiceRow(row, place, match))
		}
	case data.PairOpen:
		choose := ui.NewLink("选择订单", func() { r.byHand(row) })
		words := "没有对应的订单"
		if draft, begun := r.drafts[row.Key()]; begun {
			words = string(draft.Review) + " " + draft.Number
		}
		box := ui.Stack(ui.NewBox(theme.None, theme.Border, 4), ui.Pad(columnGap, 0, columnGap, 0, ui.Row(0, ui.Wide(ui.NewElidedText(words, theme.Text)), choose)))
		parts = append(parts, box)
	default:
		return ui.Stack()
	}
	return ui.Pad(columnGap, 0, edgePadding, 0, middle(parts...))
}

func (r *Screen) choiceRow(row data.Pairing, place int, match data.Match) fyne.CanvasObject {
	chosen, picked := r.picked[row.Key()]
	radio := ui.NewRadio("", func() { r.pick(row, place) })
	radio.SetChosen(picked && chosen == place)
	if len(match.Orders) == 1 {
		return r.orderRow(r.orders[match.Orders[0]], radio)
	}
	var numbers []string
	var sum data.Money
	for _, id := range match.Orders {
		numbers, sum = append(numbers, r.orders[id].Number), sum+r.orders[id].Amount
	}
	if len(numbers) == 0 {
		numbers = []string{"付款与退款对冲，不对应订单"}
	}
	amount := ui.NewBold(sum.String())
	amount.Align = fyne.TextAlignTrailing
	return ui.Row(columnGap, ui.Fixed(amountWidth, amount), radio, ui.Wide(ui.Column(0, ui.NewElidedText(strings.Join(numbers, "、"), theme.Text), caption(match.Reason, theme.Secondary))))
}

// orderRow is one order: amount, number, when and who, state.
func (r *Screen) orderRow(order data.BookOrder, radio fyne.CanvasObject) fyne.CanvasObject {
	amount := ui.NewBold(order.Amount.String())
	amount.Align = fyne.TextAlignTrailing
	objects := []fyne.CanvasObject{ui.Fixed(amountWidth, amount)}
	if radio != nil {
		objects = append(objects, radio)
	}
	note := "还没有转账时间"
	if order.PaidAt != "" {
		note = "转账 " + r.shortDay(order.PaidAt.Date())
	}
	if order.Payer != "" {
		note += " ・ " + organizationWords(order.Payer)
	}
	words := ui.Column(0, ui.NewElidedText(order.Number, theme.Text), caption(note, theme.Secondary))
	objects = append(objects, ui.Wide(words))
	if !r.narrow() {
		objects = append(objects, ui.NewPill(string(order.Review), desk.ReviewTone(order.Review)))
	}
	return ui.Row(columnGap, objects...)
}

// organizationWords names the first of several organisations: 外科等 4 个机构.
func organizationWords(all string) string {
	names := strings.Split(all, "、")
	if len(names) > 2 {
		return fmt.Sprintf("%s等 %d 个机构", names[0], len(names))
	}
	return all
}

// actionOf is the one next thing for a row.
func (r *Screen) actionOf(row data.Pairing, current bool) fyne.CanvasObject {
	button := func(label string, act func(), disabled bool) fyne.CanvasObject {
		b := ui.NewButton(label, "", act)
		b.MinWidth = buttonWidth
		if r.narrow() {
			b.MinWidth = smallWidth
		}
		b.SetDisabled(disabled)
		return b
	}
	switch row.State {
	case data.PairSettled:
		if current {
			return button("取消对应", func() { r.unmatch(row) }, false)
		}
		return ui.Row(4, ui.NewIcon("circle-check", theme.Success), ui.NewText("已确认", theme.TextSuccess))
	case data.PairCertain, data.PairProposed:
		return button("确认", func() { r.act(row) }, false)
	case data.PairChoice:
		_, picked := r.picked[row.Key()]
		return button("确认", func() { r.act(row) }, !picked)
	case data.PairOpen:
		if row.Refund() {
			return button("选付款", func() { r.byHand(row) }, false)
		}
		if draft, begun := r.drafts[row.Key()]; begun {
			return button("打开订单", func() { r.openDraft(draft) }, false)
		}
		return button("建订单", func() { r.newOrder(row) }, false)
	}
	if row.Aside {
		return button("列入核对", func() { r.setAside(row, false) }, false)
	}
	if current {
		return button("手工核对", func() { r.byHand(row) }, false)
	}
	return ui.Stack()
}

var _ service = (*app.App)(nil)
