package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// A station that opens does so by a click anywhere on it, and by its link for the keyboard.
func TestStationsOpen(t *testing.T) {
	opened := 0
	stations := NewStations(Station{Title: "银行流水", Amount: "未核对", First: "还没有导入流水"},
		Station{Title: "缴费订单", State: StationDone, Amount: "6,400.00", First: "JF-2022-0004", Second: "160 人", Open: func() { opened++ }})
	window := newWindow(t, stations, 400, 104)
	for _, place := range []struct {
		x, y float32
		want int
	}{{50, 60, 0}, {250, 70, 1}, {390, 100, 2}, {240, 20, 3}} {
		test.TapCanvas(window.Canvas(), fyne.NewPos(place.x, place.y))
		if opened != place.want {
			t.Errorf("after a click at %v it was opened %d times", place, opened)
		}
	}
	focusable := 0
	for _, seen := range InspectCanvas(window.Canvas()) {
		if seen.Kind == "button" {
			focusable++
		}
	}
	if focusable != 1 {
		t.Errorf("%d links", focusable)
	}
}
