package desk

import "peixun/views/ui"

// KeepTicked takes the ticks off rows that a list does not show any more: nothing is done to what nobody sees.
func KeepTicked(table *ui.DataTable, listed []int64) {
	if table.TickedCount() == 0 {
		return
	}
	shown := make(map[int64]bool, len(listed))
	for _, id := range listed {
		shown[id] = true
	}
	var kept []int64
	for _, id := range table.Ticked() {
		if shown[id] {
			kept = append(kept, id)
		}
	}
	table.SetTicked(kept...)
}
