package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/views/theme"
)

func TestRowListBuildsOnlyWhatIsSeenAndWalksByKeys(t *testing.T) {
	const rows = 20_000
	built := map[int]bool{}
	list := NewRowList()
	list.Count = func() int { return rows }
	list.Height = func(row int) float32 { return float32(40 + 20*(row%2)) }
	list.Build = func(row int) fyne.CanvasObject {
		built[row] = true
		return NewText(fmt.Sprint(row), theme.Text)
	}
	opened, keys := -1, ""
	list.OnOpen = func(row int) { opened = row }
	list.OnKey = func(_ int, key fyne.KeyName) bool { keys += string(key); return key == fyne.KeyDelete }
	window := newWindow(t, Fixed(400, list), 300, 400)
	if len(built) > 12 {
		t.Errorf("%d rows were built for a view of 400 px", len(built))
	}
	test.TapCanvas(window.Canvas(), fyne.NewPos(20, 50))
	if list.Current() != 1 {
		t.Errorf("the click made %d current", list.Current())
	}
	window.Canvas().Focus(list)
	key(window, fyne.KeyEnd)
	if list.Current() != rows-1 || !built[rows-1] || list.offset != list.maxOffset() {
		t.Errorf("End led to %d at %v of %v", list.Current(), list.offset, list.maxOffset())
	}
	key(window, fyne.KeyPageUp, fyne.KeyUp, fyne.KeyReturn, fyne.KeyDelete)
	if opened != rows-10 {
		t.Errorf("opened %d", opened)
	}
	if len(built) > 60 {
		t.Errorf("%d rows were built", len(built))
	}
	if at := list.RowAt(fyne.NewPos(20, 10)); at < rows-12 {
		t.Errorf("row %d is at the top", at)
	}
}

func TestRowListDropsARowWhereThePointerIs(t *testing.T) {
	list := NewRowList()
	list.Count = func() int { return 5 }
	list.Height = func(int) float32 { return 50 }
	list.Build = func(int) fyne.CanvasObject { return Stack() }
	dropped, onto := -1, -1
	list.OnDrag = func(_ int, at fyne.Position) { list.SetTarget(list.RowAt(at)) }
	list.OnDrop = func(row int, at fyne.Position) { dropped, onto = row, list.RowAt(at) }
	newWindow(t, list, 300, 300)
	list.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, 70)}, Dragged: fyne.NewDelta(0, 60)})
	list.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, 170)}, Dragged: fyne.NewDelta(0, 100)})
	if list.target != 3 {
		t.Errorf("the pointer is over %d", list.target)
	}
	list.DragEnd()
	if dropped != 0 || onto != 3 {
		t.Errorf("%d was dropped on %d", dropped, onto)
	}
}
