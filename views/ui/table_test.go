package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

func tableWindow(t *testing.T, count int) (*DataTable, fyne.Window) {
	t.Helper()
	window := newWindow(t, NewText("", theme.Text), 800, 400)
	table := traineeTable(count)
	window.SetContent(NewStage(table))
	window.Resize(fyne.NewSize(800, 400))
	return table, window
}

// clickRow clicks a row's tick box or its text, with or without Shift.
func clickRow(table *DataTable, row int, x float32, modifier fyne.KeyModifier) {
	table.MouseDown(&desktop.MouseEvent{Modifier: modifier})
	y := tableHeader + float32(float64(row)*float64(table.RowHeight)-table.offset) + 10
	table.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, y)})
}

func TestTableTicks(t *testing.T) {
	table, _ := tableWindow(t, 100)
	told := 0
	table.OnTick = func() { told++ }
	clickRow(table, 2, 20, 0)
	clickRow(table, 5, 20, fyne.KeyModifierShift)
	if want := []int64{1002, 1003, 1004, 1005}; !slices.Equal(table.Ticked(), want) {
		t.Errorf("shift range: ticked %v, want %v", table.Ticked(), want)
	}
	clickRow(table, 3, 20, 0)
	if table.IsTicked(1003) || table.TickedCount() != 3 {
		t.Errorf("a second click did not clear the tick: %v", table.Ticked())
	}
	if told != 3 {
		t.Errorf("OnTick called %d times, want 3", told)
	}
}

func TestTableTicksSurviveSorting(t *testing.T) {
	table, window := tableWindow(t, 3)
	order := []int64{30, 10, 20}
	table.Key = func(row int) int64 { return order[row] }
	sorted := ""
	table.OnSort = func(key string, descending bool) {
		sorted = fmt.Sprint(key, descending)
		slices.Sort(order)
		if descending {
			slices.Reverse(order)
		}
		table.Refresh()
	}
	table.Refresh()
	clickRow(table, 0, 20, 0)
	clickRow(table, 0, 100, 0) // opens key 30
	tapAt(window, find(t, window, "title", "用户名"))
	if sorted != "userfalse" {
		t.Errorf("first click sorted %q", sorted)
	}
	if !table.IsTicked(30) || table.OpenRow() != 2 {
		t.Errorf("after sorting: ticked %v, open row %d, want 30 and 2", table.Ticked(), table.OpenRow())
	}
	tapAt(window, find(t, window, "title", "用户名"))
	if sorted != "usertrue" || table.OpenRow() != 0 {
		t.Errorf("second click: %q, open row %d", sorted, table.OpenRow())
	}
	tapAt(window, find(t, window, "title", "身份证号码"))
	if sorted != "usertrue" {
		t.Error("a column that is not sortable was sorted")
	}
}

func TestTableTickAll(t *testing.T) {
	table, window := tableWindow(t, 50)
	table.RowDisabled = func(row int) bool { return row == 7 }
	table.Refresh()
	header := find(t, window, "checkbox", "全选")
	tapAt(window, header)
	if table.TickedCount() != 49 || table.IsTicked(1007) {
		t.Errorf("ticked %d rows, want 49 without the disabled one", table.TickedCount())
	}
	if table.headerSign() != "check" {
		t.Errorf("header shows %q", table.headerSign())
	}
	clickRow(table, 0, 20, 0)
	if table.headerSign() != "minus" {
		t.Errorf("header shows %q after one was cleared", table.headerSign())
	}
	clickRow(table, 7, 20, 0)
	if table.IsTicked(1007) {
		t.Error("a disabled row was ticked")
	}
	tapAt(window, header)
	tapAt(window, header)
	if table.TickedCount() != 0 {
		t.Errorf("%d ticks left", table.TickedCount())
	}
}

func TestTableKeyboard(t *testing.T) {
	table, window := tableWindow(t, 1000)
	opened := -1
	table.OnOpen = func(row int) { opened = row }
	window.Canvas().Focus(table)
	for _, step := range []struct {
		name fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 1}, {fyne.KeyUp, 0}, {fyne.KeyUp, 0}, {fyne.KeyPageDown, 10}, {fyne.KeyEnd, 999},
		{fyne.KeyDown, 999}, {fyne.KeyPageUp, 989}, {fyne.KeyHome, 0},
	} {
		key(window, step.name)
		if table.cursor != step.want {
			t.Fatalf("after %s the cursor is on %d, want %d", step.name, table.cursor, step.want)
		}
		row := find(t, window, "row", people[step.want%len(people)].user)
		if row.Height < 10 {
			t.Errorf("after %s the row is not in view", step.name)
		}
	}
	key(window, fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn)
	if !table.IsTicked(1001) || opened != 1 {
		t.Errorf("Space and Enter: ticked %v, opened %d", table.Ticked(), opened)
	}
}

func TestTableCopiesTabSeparated(t *testing.T) {
	table, window := tableWindow(t, 20)
	window.Canvas().Focus(table)
	key(window, fyne.KeyDown)
	table.TypedShortcut(&fyne.ShortcutCopy{})
	want := strings.Join([]string{"jy0187", "方奕", "110108********1211", "骨科", "医院本部", "139****5102", "启用", "40.00"}, "\t")
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	table.SetTicked(1000, 1002)
	table.TypedShortcut(&fyne.ShortcutCopy{})
	lines := strings.Split(fyne.CurrentApp().Clipboard().Content(), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[1], "jy0203\t") {
		t.Errorf("copied %q", lines)
	}
	table.TypedShortcut(&fyne.ShortcutSelectAll{})
	if table.TickedCount() != 20 {
		t.Errorf("Ctrl+A ticked %d", table.TickedCount())
	}
}

func TestTableColumnsNarrowHideAndResize(t *testing.T) {
	table, window := tableWindow(t, 5)
	if got := table.spans[0].width; got != 72 {
		t.Errorf("800 px: first column %v, want the narrow 72", got)
	}
	window.Resize(fyne.NewSize(640, 400))
	if table.spans[4].width != 0 || table.spans[5].width == 0 {
		t.Errorf("640 px: payer %v (want hidden), mobile %v (want shown)", table.spans[4].width, table.spans[5].width)
	}
	window.Resize(fyne.NewSize(1080, 400))
	if got := table.spans[0].width; got != 112 {
		t.Errorf("1080 px: first column %v, want 112", got)
	}
	var saved map[string]float32
	table.OnResize = func(widths map[string]float32) { saved = widths }
	edge := table.spans[0].x + table.spans[0].width
	table.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(edge+20, 10)}, Dragged: fyne.NewDelta(20, 0)})
	table.DragEnd()
	if saved["user"] != 132 || table.spans[0].width != 132 {
		t.Errorf("after dragging: saved %v, width %v", saved, table.spans[0].width)
	}
	last := table.spans[len(table.spans)-1]
	if end := last.x + last.width; end != 1080 {
		t.Errorf("columns end at %v", end)
	}
	table.SetWidths(map[string]float32{"user": 90})
	if table.spans[0].width != 90 {
		t.Errorf("restored width %v", table.spans[0].width)
	}
}

func TestTableScrollsAndKeepsItsPlace(t *testing.T) {
	table, _ := tableWindow(t, 100_000)
	asked := map[int]bool{}
	cell := table.Cell
	table.Cell = func(row, column int) Cell { asked[row] = true; return cell(row, column) }
	table.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	if table.offset != 3*34 {
		t.Errorf("a notch moved %v px", table.offset)
	}
	if len(asked) > 5 {
		t.Errorf("a notch asked for %d rows", len(asked))
	}
	table.ScrollToRow(99_999)
	if got, want := table.offset, table.maxOffset(); got != want {
		t.Errorf("offset %v, want %v", got, want)
	}
	table.Refresh()
	if table.offset != table.maxOffset() {
		t.Error("Refresh lost the place")
	}
	top, _ := table.thumbSpan()
	start := fyne.NewPos(table.Size().Width-5, float32(top)+10)
	table.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: start.AddXY(0, -2000)}, Dragged: fyne.NewDelta(0, -2000)})
	table.DragEnd()
	if table.offset != 0 {
		t.Errorf("dragging the thumb up left offset %v", table.offset)
	}
	begin := time.Now()
	for i := range 20 {
		table.scrollTo(float64(i * 7919 * 34))
	}
	if each := time.Since(begin) / 20; each > 50*time.Millisecond {
		t.Errorf("a page takes %v", each)
	}
}

func TestTableEmptyAndLinks(t *testing.T) {
	count := 0
	window := newWindow(t, NewText("", theme.Text), 600, 300)
	table := NewDataTable(TableColumn{Key: "name", Title: "姓名", Width: 200}, TableColumn{Key: "do", Title: ""})
	table.Count = func() int { return count }
	table.Cell = func(_, column int) Cell {
		return Cell{Text: [...]string{"陈若溪", "查看"}[column], Link: column == 1, Bad: column == 0}
	}
	clicked := ""
	table.OnCell = func(row int, key string) { clicked = fmt.Sprint(row, key) }
	table.OnOpen = func(int) { clicked = "row" }
	table.Empty = NewEmptyState("users", "还没有学员", "先导入。", nil, nil, "")
	window.SetContent(NewStage(table))
	window.Resize(fyne.NewSize(600, 300))
	find(t, window, "empty", "还没有学员")
	find(t, window, "title", "姓名")
	count = 2
	table.Refresh()
	if len(seen(window, "empty")) != 0 {
		t.Error("the empty state stays")
	}
	link := seen(window, "cell")[3]
	link.Width = 40
	tapAt(window, link)
	if clicked != "1do" {
		t.Errorf("clicking a link gave %q", clicked)
	}
	if !seen(window, "cell")[0].Bad {
		t.Error("a bad cell is not seen as bad")
	}
}

func TestSimpleTableIsAsHighAsItsRows(t *testing.T) {
	newWindow(t, NewText("", theme.Text), 300, 300)
	table := NewSimpleTable(TableColumn{Title: "事项"})
	table.Count = func() int { return 4 }
	if got := table.MinSize().Height; got != 35+4*34 {
		t.Errorf("height %v", got)
	}
	if _, scrolls := any(table).(fyne.Scrollable); scrolls {
		t.Error("a simple table takes the wheel from its page")
	}
}

func TestTableSurvivesDataThatShrankBeforeRefresh(t *testing.T) {
	rows := []int64{1, 2, 3, 4, 5}
	table := NewDataTable(TableColumn{Key: "a", Title: "甲"})
	table.Ticks = true
	table.Count = func() int { return len(rows) }
	table.Key = func(row int) int64 { return rows[row] }
	table.Cell = func(row, _ int) Cell { return Cell{Text: fmt.Sprint(rows[row])} }
	window := newWindow(t, table, 400, 300)
	table.Open(4)
	rows = rows[:1]
	table.SetTicked(1)
	table.ScrollToRow(0)
	window.Resize(fyne.NewSize(420, 310))
	if got := table.OpenRow(); got != -1 {
		t.Errorf("open row %d of one", got)
	}
}

func TestElideMiddleKeepsBothEnds(t *testing.T) {
	newWindow(t, NewText("", theme.Text), 100, 100)
	name := "2022年北京市专业技术人员及事业单位工作人员公共知识专题培训"
	cut := elideMiddle(name, 220, theme.SizeBody, false)
	if !strings.HasPrefix(cut, "2022年北京市") || !strings.HasSuffix(cut, "专题培训") || textWidth(cut, theme.SizeBody, false) > 220 {
		t.Errorf("%q, %v px", cut, textWidth(cut, theme.SizeBody, false))
	}
	if whole := elideMiddle(name, 2000, theme.SizeBody, false); whole != name {
		t.Errorf("%q was cut", whole)
	}
}

func TestWideTablesPartTheSpareRoom(t *testing.T) {
	table := NewDataTable(TableColumn{Key: "a", Width: 100, Stretch: 1}, TableColumn{Key: "b", Width: 100, Stretch: 3}, TableColumn{Key: "c", Width: 100}, TableColumn{Key: "d"})
	if got := table.columnWidths(400, 400); !slices.Equal(got, []float32{100, 100, 100, 100}) {
		t.Errorf("nothing is spare at 400: %v", got)
	}
	if got := table.columnWidths(820, 820); !slices.Equal(got, []float32{200, 400, 100, 120}) {
		t.Errorf("at 820 %v", got)
	}
	table.SetWidths(map[string]float32{"b": 100})
	if got := table.columnWidths(820, 820); !slices.Equal(got, []float32{500, 100, 100, 120}) {
		t.Errorf("a dragged width stays: %v", got)
	}
	table.Columns[3].Stretch = 4
	table.SetWidths(nil)
	if got := table.columnWidths(820, 820); !slices.Equal(got, []float32{150, 250, 100, 320}) {
		t.Errorf("a growing column has its part: %v", got)
	}
}
