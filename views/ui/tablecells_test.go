package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// cellTable is a table with a current cell that writes down what it tells.
func cellTable(t *testing.T) (*DataTable, fyne.Window, *[]string) {
	t.Helper()
	table, window := tableWindow(t, 100)
	told := []string{}
	table.Cells = true
	table.OnOpen = func(row int) { told = append(told, fmt.Sprint("open ", row)) }
	table.OnEdit = func(row int, column, typed string) {
		told = append(told, fmt.Sprintf("edit %d %s %q", row, column, typed))
	}
	table.Refresh()
	return table, window, &told
}

// expectTold compares what was told since the last look.
func expectTold(t *testing.T, told *[]string, want ...string) {
	t.Helper()
	if fmt.Sprint(*told) != fmt.Sprint(want) {
		t.Errorf("told %q, want %q", *told, want)
	}
	*told = nil
}

// currentCell gives the text of the cell that is seen as the current one.
func currentCell(t *testing.T, window fyne.Window) string {
	t.Helper()
	text := ""
	for _, cell := range seen(window, "cell") {
		if cell.Focused {
			text += cell.Text
		}
	}
	return text
}

func TestTableMovesTheCurrentCell(t *testing.T) {
	table, window, told := cellTable(t)
	window.Canvas().Focus(table)
	key(window, fyne.KeyDown, fyne.KeyRight, fyne.KeyRight)
	if got := currentCell(t, window); got != "110108********1211" {
		t.Errorf("current cell %q", got)
	}
	key(window, fyne.KeyF2)
	expectTold(t, told, `edit 1 identity ""`)
	window.Canvas().Focused().TypedRune('7')
	window.Canvas().Focused().TypedRune(' ')
	expectTold(t, told, `edit 1 identity "7"`)
	table.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "110108********1211" {
		t.Errorf("copied %q", got)
	}
	key(window, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	if _, column := table.Current(); column != "user" {
		t.Errorf("left of the first column stands %q", column)
	}
}

func TestTableStepsOverColumnsWithoutRoom(t *testing.T) {
	table, window, _ := cellTable(t)
	window.Resize(fyne.NewSize(640, 400))
	window.Canvas().Focus(table)
	table.MoveTo(0, "organization")
	key(window, fyne.KeyRight)
	if _, column := table.Current(); column != "mobile" {
		t.Errorf("right of the organisation stands %q, though the payer is hidden", column)
	}
}

func TestTableEditsByADoubleClick(t *testing.T) {
	table, _, told := cellTable(t)
	x := table.spans[1].x + 10
	clickRow(table, 2, x, 0)
	clickRow(table, 2, x, 0)
	expectTold(t, told, "open 2", `edit 2 name ""`)
	if frame := table.view.cursor; frame.Hidden || frame.Raster.Position().X != table.spans[1].x || frame.Raster.Size().Width != table.spans[1].width {
		t.Error("the clicked cell has no frame")
	}
	clickRow(table, 2, x, 0)
	clickRow(table, 3, x, 0)
	clickRow(table, 3, table.spans[2].x+10, 0)
	expectTold(t, told, "open 2", "open 3", "open 3")
}

func TestTableAsksForKeysFirst(t *testing.T) {
	table, window, told := cellTable(t)
	table.OnKey = func(row int, column string, name fyne.KeyName) bool {
		*told = append(*told, fmt.Sprint(row, column, name))
		return name == fyne.KeySpace
	}
	window.Canvas().Focus(table)
	key(window, fyne.KeySpace, fyne.KeyReturn)
	expectTold(t, told, "0userSpace", "0userReturn", "open 0")
	if table.TickedCount() != 0 {
		t.Error("a key that was taken ticked a row")
	}
}

func TestTableHandsOnShortcuts(t *testing.T) {
	table, window, told := cellTable(t)
	search := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault}
	window.Canvas().AddShortcut(search, func(fyne.Shortcut) { *told = append(*told, "search") })
	window.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { *told = append(*told, "undo") })
	table.TypedShortcut(search)
	table.TypedShortcut(&fyne.ShortcutUndo{})
	expectTold(t, told, "search", "undo")
	table.OnPaste = func(row int, column, text string) { *told = append(*told, fmt.Sprint(row, column, text)) }
	fyne.CurrentApp().Clipboard().SetContent("甲\n乙")
	window.Canvas().Focus(table)
	table.TypedShortcut(&fyne.ShortcutPaste{})
	expectTold(t, told, "0user甲\n乙")
	field := NewField("")
	window.SetContent(NewStage(field))
	window.Canvas().Focus(field.FocusTarget())
	field.entry.TypedShortcut(search)
	expectTold(t, told, "search")
}

func TestCellIsEditedInPlace(t *testing.T) {
	for name, c := range map[string]struct {
		keys []fyne.KeyName
		want string
	}{
		"Enter goes down":        {[]fyne.KeyName{fyne.KeyReturn}, "x陈若溪 {1 0}"},
		"Tab goes right":         {[]fyne.KeyName{fyne.KeyTab}, "x陈若溪 {0 1}"},
		"the arrow goes up":      {[]fyne.KeyName{fyne.KeyUp}, "x陈若溪 {-1 0}"},
		"Escape changes nothing": {[]fyne.KeyName{fyne.KeyEscape}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			table, window, told := cellTable(t)
			window.Canvas().Focus(table)
			table.EditCell(0, "name", CellEdit{Text: "陈若溪", Done: func(text string, step CellStep) {
				*told = append(*told, fmt.Sprint(text, " ", step))
			}})
			snapshot(t, window, "cell-editor")
			key(window, fyne.KeyHome)
			test.Type(window.Canvas().Focused(), "x")
			key(window, c.keys...)
			if c.want == "" {
				expectTold(t, told)
			} else {
				expectTold(t, told, c.want)
			}
			if window.Canvas().Focused() != table {
				t.Error("the table has not got the keyboard back")
			}
		})
	}
}

func TestCellOffersOptions(t *testing.T) {
	table, window, told := cellTable(t)
	edit := CellEdit{Text: "骨科病房", Whole: true, Options: []Option{{Key: "内科", Text: "内科"}, {Key: "院本部/骨科", Text: "骨科", Search: []string{"guke", "gk"}}},
		Done: func(text string, step CellStep) { *told = append(*told, fmt.Sprint(text, " ", step)) }}
	window.Canvas().Focus(table)
	table.EditCell(0, "organization", edit)
	snapshot(t, window, "cell-options")
	test.Type(window.Canvas().Focused(), "gk")
	key(window, fyne.KeyReturn)
	expectTold(t, told, "院本部/骨科 {1 0}")
	table.EditCell(0, "organization", edit)
	test.Type(window.Canvas().Focused(), "新病区")
	key(window, fyne.KeyReturn)
	expectTold(t, told, "新病区 {1 0}")
	table.EditCell(0, "organization", edit)
	key(window, fyne.KeyReturn)
	expectTold(t, told, "骨科病房 {1 0}")
}

func TestClickBesideAnEditedCellTakesTheText(t *testing.T) {
	table, window, told := cellTable(t)
	window.Canvas().Focus(table)
	table.EditCell(0, "name", CellEdit{Text: "甲", Done: func(text string, step CellStep) { *told = append(*told, fmt.Sprint(text, step)) }})
	test.TapCanvas(window.Canvas(), fyne.NewPos(table.spans[2].x+20, tableHeader+2*tableRow+10))
	expectTold(t, told, "甲{0 0}", "open 2")
	if row, column := table.Current(); row != 2 || column != "identity" {
		t.Errorf("the click went to %d %s", row, column)
	}
}
