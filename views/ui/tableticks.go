package ui

import "slices"

// Ticked gives the keys of all ticked rows in ascending order.
func (g *grid) Ticked() []int64 {
	keys := make([]int64, 0, len(g.ticked))
	for key := range g.ticked {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// TickedCount gives how many rows are ticked.
func (g *grid) TickedCount() int { return len(g.ticked) }

// IsTicked tells whether the row with a key is ticked.
func (g *grid) IsTicked(key int64) bool { return g.ticked[key] }

// SetTicked ticks exactly these rows without calling OnTick.
func (g *grid) SetTicked(keys ...int64) {
	g.ticked = make(map[int64]bool, len(keys))
	for _, key := range keys {
		g.ticked[key] = true
	}
	g.restate()
}

// ClearTicks clears all ticks and calls OnTick if there were any.
func (g *grid) ClearTicks() {
	if len(g.ticked) > 0 {
		g.SetTicked()
		g.toldTicks()
	}
}

// TickAll ticks every row that can be ticked and calls OnTick.
func (g *grid) TickAll() {
	if !g.Ticks {
		return
	}
	g.SetTicked(g.tickable()...)
	g.toldTicks()
}

// tickable gives the keys of all rows that can be ticked.
func (g *grid) tickable() []int64 {
	if g.AllKeys != nil {
		return g.AllKeys()
	}
	var keys []int64
	for row := range g.known() {
		if !g.rowDisabled(row) {
			keys = append(keys, g.key(row))
		}
	}
	return keys
}

// toggle ticks or clears a row; with shift it does so to all rows since the last one clicked.
func (g *grid) toggle(row int, shift bool) {
	if row < 0 || row >= g.known() || g.rowDisabled(row) {
		return
	}
	on := !g.ticked[g.key(row)]
	from, to := row, row
	if shift && g.anchor >= 0 && g.anchor < g.known() {
		from, to, on = min(row, g.anchor), max(row, g.anchor), true
	}
	for i := from; i <= to; i++ {
		switch {
		case g.rowDisabled(i):
		case on:
			g.ticked[g.key(i)] = true
		default:
			delete(g.ticked, g.key(i))
		}
	}
	g.anchor = row
	g.restate()
	g.toldTicks()
}

// toggleAll ticks all rows, or clears all if all were ticked.
func (g *grid) toggleAll() {
	if g.headerSign() == "check" {
		g.ClearTicks()
	} else {
		g.TickAll()
	}
}

// headerSign gives the sign in the header's box: nothing, a minus for some, a tick for all.
func (g *grid) headerSign() string {
	switch {
	case len(g.ticked) == 0:
		return ""
	case g.allTicked():
		return "check"
	}
	return "minus"
}

// allTicked is true if no row that can be ticked is left. It asks rows only if the number of ticks
// makes it possible.
func (g *grid) allTicked() bool {
	if len(g.ticked) >= g.known() {
		return true
	}
	if g.RowDisabled == nil {
		return false
	}
	if g.AllKeys != nil {
		return len(g.ticked) >= len(g.AllKeys())
	}
	for row := range g.known() {
		if !g.ticked[g.key(row)] && !g.rowDisabled(row) {
			return false
		}
	}
	return true
}

func (g *grid) toldTicks() {
	if g.OnTick != nil {
		g.OnTick()
	}
}
