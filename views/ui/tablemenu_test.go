package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestARowHasAMenu(t *testing.T) {
	table, window := tableWindow(t, 20)
	asked := -1
	table.OnMenu = func(row int) []MenuItem {
		asked = row
		return []MenuItem{{Label: "停用"}}
	}
	table.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(table.spans[1].x+10, tableHeader+2.5*table.RowHeight), AbsolutePosition: fyne.NewPos(200, 120)})
	if asked != 2 {
		t.Errorf("a right click asked for the menu of row %d, want 2", asked)
	}
	tapAt(window, find(t, window, "option", "复制这一格"))
	if got, want := fyne.CurrentApp().Clipboard().Content(), table.Cell(2, 1).Text; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	if window.Canvas().Focused() != table {
		t.Error("the keyboard is not in the table after its menu")
	}
	for _, name := range []fyne.KeyName{desktop.KeyMenu, fyne.KeyF10} {
		asked = -1
		key(window, fyne.KeyDown, name)
		if find(t, window, "option", "停用"); asked < 3 {
			t.Errorf("%s asked for the menu of row %d", name, asked)
		}
		key(window, fyne.KeyEscape)
	}
	table.SetTicked(table.Key(0), table.Key(asked))
	key(window, desktop.KeyMenu)
	tapAt(window, find(t, window, "option", "复制选中的 2 行"))
	table.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(10, 5)})
	if len(seen(window, "option")) != 0 {
		t.Error("the header has a menu")
	}
}
