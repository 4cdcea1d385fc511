package reconcile

import (
	"fyne.io/fyne/v2"

	"peixun/data"
)

// dragLine shows where a bank line would fall: on an order of the panel, or on another line.
func (r *Screen) dragLine(_ int, at fyne.Position) {
	r.openHand()
	r.hand.list.SetTarget(r.hand.list.RowAt(at))
	r.list.SetTarget(r.list.RowAt(at))
}

// dropLine brings a bank line together with the order or the line that it was dropped on.
func (r *Screen) dropLine(row int, at fyne.Position) {
	r.list.SetTarget(-1)
	r.hand.list.SetTarget(-1)
	if r.rows[row].State == data.PairSettled {
		return
	}
	if order := r.hand.list.RowAt(at); order >= 0 {
		r.bring(r.rows[row].Lines, r.hand.open[order].ID)
		return
	}
	if other := r.list.RowAt(at); other >= 0 && other != row && r.rows[other].State != data.PairSettled {
		r.bring(append(r.rows[row].Lines, r.rows[other].Lines...), 0)
	}
}

// dragOrder shows which bank line an order would fall on.
func (h *handPanel) dragOrder(_ int, at fyne.Position) {
	h.screen.list.SetTarget(h.screen.list.RowAt(at))
}

// dropOrder brings an order together with the line that it was dropped on.
func (h *handPanel) dropOrder(row int, at fyne.Position) {
	h.screen.list.SetTarget(-1)
	if line := h.screen.list.RowAt(at); line >= 0 && h.screen.rows[line].State != data.PairSettled {
		h.screen.bring(h.screen.rows[line].Lines, h.open[row].ID)
	}
}

// bring ticks lines and an order. As soon as the sums agree, they are settled.
func (r *Screen) bring(lines []data.BankStatementLine, order int64) {
	r.openHand()
	for _, line := range lines {
		r.hand.lines[line.ID] = true
	}
	if order != 0 {
		r.hand.orders[order] = true
	}
	r.list.Refresh()
	r.hand.update()
	ticked, orders := r.hand.ticked(), r.hand.tickedOrders()
	if len(orders) > 0 && data.NetPaid(ticked) == data.OrderedTotal(orders) {
		r.hand.join()
	}
}
