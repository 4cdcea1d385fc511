package data_test

import (
	"slices"
	"testing"

	"peixun/data"
)

// A month whose sums are as they were can still have come apart: a recharge or an invoice changed, and a difference has come up.
func TestAClosedMonthTellsOfWhatCameUpSince(t *testing.T) {
	figures := data.MonthFigures{Lines: 3, Payments: 1, Paid: 400_00, Orders: 1, Ordered: 400_00, Settled: 400_00}
	check := data.MonthCheck{Month: "2022-05", Over: true, MonthFigures: figures, Open: []data.Difference{{}}}
	if moved := check.MovedSince(); moved != nil {
		t.Errorf("an open month has not moved: %v", moved)
	}
	check.Closing = &data.MonthClosing{Month: "2022-05", MonthFigures: figures}
	if moved := check.MovedSince(); !slices.Equal(moved, []string{"还有 1 处差异没有处理。"}) {
		t.Errorf("a difference came up: %v", moved)
	}
	check.Open = nil
	if moved := check.MovedSince(); moved != nil {
		t.Errorf("as it was closed: %v", moved)
	}
	check.Lines = 4
	if moved := check.MovedSince(); !slices.Equal(moved, []string{"流水原来 3 笔，现在 4 笔。"}) {
		t.Errorf("a line was added: %v", moved)
	}
}
