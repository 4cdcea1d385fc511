package reports

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures in px.
const (
	indentWidth float32 = 18 // of an organisation below another
	iconWidth   float32 = 24 // of the arrow before what can be opened, with its gap
	labelWidth  float32 = 260
	labelNarrow float32 = 160
	barWidth    float32 = 112
	titleRoom   float32 = 18  // beside a title's characters
	sortRoom    float32 = 36  // the same with the arrow of sorting
	roomForAll  float32 = 860 // from which on counts, shares and bars stand beside the amounts
)

// openLines is up to how many lines a report is shown wholly opened.
const openLines = 40

// columnWidths are by kind: of a wide table, and of one beside the drawer.
var columnWidths = map[data.FigureKind][2]float32{data.FigureCount: {76, 64}, data.FigureMoney: {116, 96}, data.FigureHours: {96, 80}, data.FigureShare: {72, 64}}

// barKey is the column of bars, and labelKey that of names.
const (
	labelKey = data.SortByLabel
	barKey   = "bar"
)

// table is the report's lines and, below what it adds up, the total.
type table struct {
	screen  *Screen
	content *fyne.Container
	lines   *ui.DataTable
	total   *ui.SimpleTable

	columns []data.ReportColumn
	report  data.Report
	all     []data.ReportLine // the total last
	keys    []string          // of the lines, the same after the next look at the data
	visible []int             // places of the lines that are shown
	closed  map[string]bool
}

func newTable(r *Screen) *table {
	return &table{screen: r, closed: map[string]bool{}, content: ui.Stack()}
}

// build makes the tables for a report's columns.
func (t *table) build(q data.ReportQuery) {
	columns := columnsOf(q)
	t.columns = q.Columns()
	t.lines, t.total = ui.NewDataTable(columns...), ui.NewSimpleTable(columns...)
	t.total.HideHeader, t.total.Cells, t.lines.Cells = true, true, true
	t.lines.Count = func() int { return len(t.visible) }
	t.lines.Key = func(row int) int64 { return int64(t.visible[row]) + 1 }
	t.lines.Cell = func(row, column int) ui.Cell { return t.cell(t.visible[row], column) }
	t.lines.OnOpen = func(row int) { t.open(t.visible[row], t.lines.Current) }
	t.lines.OnKey = t.typed
	t.total.Count = func() int { return min(1, len(t.all)) }
	t.total.Cell = func(_, column int) ui.Cell { return t.cell(len(t.all)-1, column) }
	t.total.OnOpen = func(int) { t.open(len(t.all)-1, t.total.Current) }
	t.lines.OnSort = t.screen.sort
	desk.RememberWidths(t.screen.service, "columns.report."+string(q.Kind), t.lines)
	remember := t.lines.OnResize
	t.lines.OnResize = func(widths map[string]float32) { t.total.SetWidths(widths); remember(widths) }
	t.total.SetWidths(t.lines.Widths())
	t.content.Objects = []fyne.CanvasObject{ui.Column(0, ui.Grow(t.lines), ui.NewLine(), t.total)}
}

// show puts a report into the table; lines stay opened as they were.
func (t *table) show(report data.Report) {
	q := report.Query
	old := t.report.Query
	if !slices.Equal(t.columns, q.Columns()) {
		t.build(q)
	}
	t.lines.Columns[0].Title = q.By.Name()
	t.lines.SetSort(t.screen.choices.Sort, t.screen.choices.Descending)
	t.report, t.all = report, report.Lines()
	t.keys = keysOf(report, t.all)
	if old.Kind != q.Kind || old.By != q.By || old.Then != q.Then {
		t.openTo(len(t.all) <= openLines)
	}
	t.lay()
}

func columnsOf(q data.ReportQuery) []ui.TableColumn {
	columns := []ui.TableColumn{{Key: labelKey, Width: labelWidth, Narrow: labelNarrow, Strong: true, Stretch: 3, Sortable: true}}
	last := q.Columns()[len(q.Columns())-1]
	for _, column := range q.Columns() {
		widths, title := columnWidths[column.Kind], float32(utf8.RuneCountInString(column.Name))*theme.SizeBody
		next := ui.TableColumn{Key: column.Key, Title: column.Name, Width: max(widths[0], title+sortRoom), Narrow: max(widths[1], title+titleRoom), Right: true, Stretch: 1, Sortable: true}
		if q.Kind == data.ReportOrders && column.Kind != data.FigureMoney || column.Kind == data.FigureShare && column != last {
			next.HideBelow = roomForAll
		}
		columns = append(columns, next)
	}
	if q.Kind == data.ReportPlan {
		columns = append(columns, ui.TableColumn{Key: barKey, Width: barWidth, HideBelow: roomForAll})
	}
	return columns
}

// keysOf names every line by the groups above it.
func keysOf(report data.Report, lines []data.ReportLine) []string {
	var above []string
	keys := make([]string, len(lines))
	for place, line := range lines {
		above = above[:min(len(above), line.Depth)]
		key := "total"
		if !line.Total {
			key = report.Groups[line.Group].Key
		}
		if line.Own {
			key = "own"
		}
		above = append(above, key)
		keys[place] = strings.Join(above, "/")
	}
	return keys
}

// openTo opens all lines, or only the unit itself and what stands on top.
func (t *table) openTo(all bool) {
	t.closed = map[string]bool{}
	for place, line := range t.all {
		single := t.report.Query.By == data.ByOrganization && line.Depth == 0
		if len(line.Parts) > 0 && !line.Total && !all && !single {
			t.closed[t.keys[place]] = true
		}
	}
}

// lay lists the lines that are not inside a closed one.
func (t *table) lay() {
	t.visible = nil
	under := -1 // the depth of the closed line that hides those below it
	for place, line := range t.all {
		if line.Total || under >= 0 && line.Depth > under {
			continue
		}
		under = -1
		t.visible = append(t.visible, place)
		if t.closed[t.keys[place]] {
			under = line.Depth
		}
	}
	t.lines.Refresh()
	t.total.Refresh()
}

func (t *table) cell(place, column int) ui.Cell {
	line, key := t.all[place], t.lines.Columns[column].Key
	switch key {
	case labelKey:
		return t.label(place)
	case barKey:
		last := t.columns[len(t.columns)-1]
		return ui.Cell{Bar: true, Fraction: last.Fraction(line), BarRole: theme.Success}
	}
	figure := t.columns[column-1]
	cell := ui.Cell{Text: figure.Text(line), Bold: line.Total}
	value, _ := figure.Value(line)
	if value == 0 || figure.Kind == data.FigureShare && !line.Total {
		cell.Role = theme.Secondary
	}
	return cell
}

// label is a line's name behind its indent, with an arrow where it can be opened.
func (t *table) label(place int) ui.Cell {
	line := t.all[place]
	cell := ui.Cell{Text: line.Label, Middle: true, Bold: line.Total || line.Depth == 0 && len(line.Parts) > 0, Indent: float32(line.Depth) * indentWidth}
	switch {
	case line.Total:
	case len(line.Parts) == 0:
		if t.nested() {
			cell.Indent += iconWidth
		}
	case t.closed[t.keys[place]]:
		cell.Icon = "chevron-right"
	default:
		cell.Icon = "chevron-down"
	}
	if line.Own {
		cell.Role = theme.Secondary
	}
	return cell
}

// nested tells whether any line can be opened.
func (t *table) nested() bool {
	for _, line := range t.all {
		if len(line.Parts) > 0 && !line.Total {
			return true
		}
	}
	return false
}

// open shows the records of the number that was clicked, or opens and closes the line.
func (t *table) open(place int, current func() (int, string)) {
	_, key := current()
	for _, column := range t.columns {
		if column.Key == key {
			t.screen.showRecords(t.all[place], column)
			return
		}
	}
	t.lines.CloseRow()
	t.total.CloseRow()
	t.screen.closeRecords()
	t.toggle(place)
}

func (t *table) toggle(place int) {
	if len(t.all[place].Parts) == 0 || t.all[place].Total {
		return
	}
	t.closed[t.keys[place]] = !t.closed[t.keys[place]]
	t.lay()
}

// typed opens and closes lines with the arrows: Right opens, Left closes or goes to the line above.
func (t *table) typed(row int, column string, key fyne.KeyName) bool {
	if column != labelKey {
		return false
	}
	place := t.visible[row]
	parent := len(t.all[place].Parts) > 0
	closed := t.closed[t.keys[place]]
	switch {
	case key == fyne.KeyRight && parent && closed, key == fyne.KeyLeft && parent && !closed, key == fyne.KeySpace && parent:
		t.toggle(place)
		return true
	case key == fyne.KeyLeft:
		for above := row - 1; above >= 0; above-- {
			if t.all[t.visible[above]].Depth < t.all[place].Depth {
				t.lines.MoveTo(above, labelKey)
				break
			}
		}
		return true
	}
	return false
}

// text is the visible lines and the total for the clipboard, tab-separated as spreadsheets take them.
func (t *table) text() string {
	rows := []string{t.report.Query.By.Name()}
	for _, column := range t.columns {
		rows[0] += "\t" + column.Name
	}
	for _, place := range append(append([]int{}, t.visible...), len(t.all)-1) {
		row := t.all[place].Indented()
		for _, column := range t.columns {
			row += "\t" + column.Text(t.all[place])
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n")
}

// title says which number is drilled down to: 2022-03 · 已缴费.
func (t *table) title(line data.ReportLine, column data.ReportColumn) string {
	label := line.Label
	if line.Own {
		label = t.report.Groups[line.Group].Label + label
	}
	return fmt.Sprintf("%s · %s", label, column.Name)
}
