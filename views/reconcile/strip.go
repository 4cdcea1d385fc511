package reconcile

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the strip in px.
const (
	stripBar    float32 = 37
	stripCards  float32 = 60
	stripShown          = 4
	gapsPadding float32 = 8
)

// strip sums the list up: bank lines against orders, with the calculation, and the differences by class.
type strip struct {
	screen  *Screen
	content *fyne.Container
}

func newStrip(r *Screen) *strip { return &strip{screen: r, content: ui.Column(0)} }

// sums are what the strip adds up.
type sums struct {
	paid, ordered         data.Money
	openPaid, openOrdered data.Money // without a partner
	settledGap            data.Money // paid beyond what was ordered, in settled matches
}

func (s *strip) add(found app.Reconciliation, month data.Month) sums {
	var total sums
	taken := map[int64]bool{}
	for _, row := range found.Pairings {
		held := row.State == data.PairSettled || row.State == data.PairCertain
		if held {
			for _, id := range row.Choices[0].Orders {
				taken[id] = true
			}
		}
		if !row.Related() || month != "" && data.MonthOf(row.Lines[0].At) != month {
			continue
		}
		paid := data.NetPaid(row.Lines)
		total.paid += paid
		if !held {
			total.openPaid += paid
			continue
		}
		var ordered data.Money
		for _, id := range row.Choices[0].Orders {
			ordered += s.screen.orders[id].Amount
		}
		total.ordered += ordered
		total.settledGap += paid - ordered
	}
	for _, order := range found.Books.Orders {
		if order.Submitted() && order.Mode != data.PayOnline && !taken[order.ID] && (month == "" || order.Month() == month) {
			total.ordered, total.openOrdered = total.ordered+order.Amount, total.openOrdered+order.Amount
		}
	}
	return total
}

// calculation says how the difference comes about: 2,000.00 无订单 − 1,600.00 未付款 = 400.00.
func (t sums) calculation() string {
	var parts []string
	if t.openPaid != 0 {
		parts = append(parts, t.openPaid.String()+" 未对上的流水")
	}
	if t.openOrdered != 0 {
		parts = append(parts, "− "+t.openOrdered.String()+" 未对上的订单")
	}
	if t.settledGap != 0 {
		parts = append(parts, "+ "+t.settledGap.String()+" 对上但金额不等")
	}
	if len(parts) == 0 {
		return "流水与订单相等"
	}
	return strings.TrimPrefix(strings.Join(parts, " "), "+ ") + " = " + (t.paid - t.ordered).String()
}

func (s *strip) set(found app.Reconciliation, month data.Month) {
	if len(found.Books.Lines) == 0 {
		s.content.Objects = nil
		return
	}
	total := s.add(found, month)
	open := openDifferences(found.Differences)
	gap := ui.NewBold((total.paid - total.ordered).String())
	if total.paid != total.ordered {
		gap.SetRole(theme.TextDanger)
	}
	head := ui.NewBold(fmt.Sprintf("差异 %d 项", len(open)))
	calculation := ui.NewElidedText(total.calculation(), theme.Secondary)
	calculation.Align = fyne.TextAlignTrailing
	bar := ui.Row(24, head, ui.Row(4, ui.NewText("流水合计", theme.Text), ui.NewBold(total.paid.String())),
		ui.Row(4, ui.NewText("订单合计", theme.Text), ui.NewBold(total.ordered.String())), ui.Row(4, ui.NewText("相差", theme.Text), gap), ui.Wide(calculation))
	s.content.Objects = []fyne.CanvasObject{ui.NewLine(), ui.Fixed(stripBar, ui.Ground(theme.Background, ui.Pad(edgePadding, 0, edgePadding, 0, bar))), ui.NewLine()}
	if len(open) > 0 {
		s.content.Add(ui.Fixed(stripCards, ui.Pad(edgePadding, 0, edgePadding, 0, s.cards(open))))
	}
}

func openDifferences(all []data.Difference) []data.Difference {
	var open []data.Difference
	for _, d := range all {
		if d.Accepted == "" {
			open = append(open, d)
		}
	}
	return open
}

// cards are the differences by class, the first four classes.
func (s *strip) cards(open []data.Difference) fyne.CanvasObject {
	row := ui.Row(0)
	for _, class := range data.DifferenceClasses {
		var first *data.Difference
		count := 0
		for place := range open {
			if open[place].Class == class {
				count++
				if first == nil {
					first = &open[place]
				}
			}
		}
		if count == 0 {
			continue
		}
		if len(row.Objects) == stripShown*2-1 {
			return ui.Row(8, ui.Grow(row), ui.NewLink("全部差异", func() { s.screen.desk.Go(desk.Differences, nil) }))
		}
		if len(row.Objects) > 0 {
			row.Add(ui.Fill(ui.Pad(0, 10, 16, 10, ui.FixedFill(1, ui.NewLine()))))
		}
		link := ui.NewLink(string(class), func() { s.screen.desk.Go(desk.Differences, class) })
		link.TextRole = theme.Text
		head := ui.Row(8, ui.NewCountBadge(fmt.Sprint(count), classTone(class)), link)
		row.Add(ui.Grow(ui.Column(0, ui.Space(), head, caption(s.screen.exampleOf(*first), theme.Secondary), ui.Space())))
	}
	return row
}

// exampleOf names a difference in a few words: 06-15 2,000.00, or JF-2022-0003 12,000.00.
func (r *Screen) exampleOf(d data.Difference) string {
	var parts []string
	if order, known := r.orders[d.OrderID]; known {
		parts = append(parts, order.Number)
	} else if lines := r.linesOf([]int64{d.LineID}); len(lines) > 0 {
		parts = append(parts, r.shortDay(lines[0].At.Date()))
	}
	if d.One != 0 {
		parts = append(parts, d.One.String())
	}
	if len(parts) == 0 {
		return d.Explanation
	}
	return strings.Join(parts, " ")
}

// classTone is red for money that is missing or doubled, amber for what waits or is told in another way.
func classTone(class data.DifferenceClass) ui.Tone {
	switch class {
	case data.PayerDiffers, data.InvoiceLate, data.ApprovedWithoutBatch, data.InvoicedUnpaid, data.VoucherTwice:
		return ui.ToneWarning
	}
	return ui.ToneDanger
}

// gapNote tells above the list that the bank's balance does not follow somewhere.
type gapNote struct {
	screen  *Screen
	content *fyne.Container
	note    *ui.Note
	line    int64 // behind the first gap
}

func newGapNote(r *Screen) *gapNote {
	g := &gapNote{screen: r}
	g.note = ui.NewNote(ui.ToneWarning, "", "", ui.NewSmallButton("看看", "", func() {
		r.wanted = g.line
		r.show()
	}))
	g.content = ui.Pad(edgePadding, gapsPadding, edgePadding, gapsPadding, g.note)
	return g
}

func (g *gapNote) set(gaps []data.BalanceGap) {
	g.content.Hidden = len(gaps) == 0
	if len(gaps) == 0 {
		return
	}
	first := gaps[0]
	g.line = first.After.ID
	text := fmt.Sprintf("%s 余额 %s，下一笔 %s 之后应为 %s，银行写的是 %s，差 %s 元，中间可能缺流水。", first.Before.At.Date(), first.Before.Balance, first.After.At.Date(),
		first.Before.Balance-first.After.Out+first.After.In, first.After.Balance, first.Missing)
	g.note.Set(ui.ToneWarning, fmt.Sprintf("余额有 %d 处接不上：", len(gaps)), text)
}
