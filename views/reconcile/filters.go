package reconcile

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// The tabs of the filter bar.
const (
	tabAll = iota
	tabWaiting
	tabSettled
	tabFees
	tabOthers
)

// filters say which rows of 银行流水核对 are shown.
type filters struct {
	changed func()
	content fyne.CanvasObject
	file    *ui.Select
	period  *ui.Select
	tabs    *ui.Segments
	text    *ui.Field
}

func newFilters(changed func()) *filters {
	f := &filters{changed: changed, file: ui.NewSelect("全部流水文件"), period: ui.NewSelect("全部月份")}
	f.file.Width, f.file.Icon, f.period.Width, f.period.Icon = 184, "file-spreadsheet", 128, "calendar"
	f.file.OnChanged = func(string) { changed() }
	f.period.OnChanged = func(string) { changed() }
	f.tabs = ui.NewSegments("全部", "待核对", "已确认", "手续费", "无关")
	f.tabs.OnChanged = func(int) { changed() }
	f.text = ui.NewSearchField("户名、金额、流水号", 200)
	f.text.OnChanged = func(string) { changed() }
	f.content = ui.NewFilterBar(f.file, f.period, f.tabs, f.text)
	return f
}

// load offers the files and months that there are.
func (f *filters) load(found app.Reconciliation) {
	file, month := f.file.Key(), f.period.Key()
	files := []ui.Option{{Key: "", Text: "全部流水文件"}}
	for _, statement := range found.Statements {
		files = append(files, ui.Option{Key: strconv.FormatInt(statement.ID, 10), Text: statement.File, Note: statement.Bank})
	}
	f.file.SetOptions(files...)
	f.file.SetKey(kept(files, file))
	seen := map[data.Month]bool{}
	months := []ui.Option{{Key: "", Text: "全部月份"}}
	for _, line := range slices.Backward(found.Books.Lines) {
		if month := data.MonthOf(line.At); !seen[month] {
			seen[month] = true
			months = append(months, ui.Option{Key: string(month), Text: month.Words()})
		}
	}
	f.period.SetOptions(months...)
	f.period.SetKey(kept(months, month))
}

// kept gives a key that is still among the options, else that of the first.
func kept(options []ui.Option, key string) string {
	if slices.ContainsFunc(options, func(o ui.Option) bool { return o.Key == key }) {
		return key
	}
	return ""
}

func (f *filters) month() data.Month { return data.Month(f.period.Key()) }

func (f *filters) setMonth(month data.Month) { f.period.SetKey(string(month)) }

func (f *filters) clear() {
	f.file.SetKey("")
	f.period.SetKey("")
	f.tabs.SetSelected(tabAll)
	f.text.SetText("")
}

// reveal goes to the tab in which a bank line is shown.
func (f *filters) reveal(rows []data.Pairing, line int64) {
	at := slices.IndexFunc(rows, func(row data.Pairing) bool {
		return slices.ContainsFunc(row.Lines, func(l data.BankStatementLine) bool { return l.ID == line })
	})
	if at >= 0 {
		f.clear()
		f.tabs.SetSelected(tabOf(rows[at]))
	}
}

func tabOf(row data.Pairing) int {
	switch row.State {
	case data.PairSettled:
		return tabSettled
	case data.PairFee:
		return tabFees
	case data.PairUnrelated:
		return tabOthers
	}
	return tabWaiting
}

// apply gives the rows that the filters let through, and counts them on the tabs.
func (f *filters) apply(rows []data.Pairing) []data.Pairing {
	var shown []data.Pairing
	counts := map[int]int{}
	statement, _ := strconv.ParseInt(f.file.Key(), 10, 64)
	text := strings.ToLower(strings.ReplaceAll(strings.TrimSpace(f.text.Text()), ",", ""))
	for _, row := range rows {
		if !f.within(row, statement, text) {
			continue
		}
		tab := tabOf(row)
		counts[tab]++
		if row.Related() {
			counts[tabAll]++
		}
		if f.tabs.Selected() == tab || f.tabs.Selected() == tabAll && row.Related() {
			shown = append(shown, row)
		}
	}
	var labels []string
	for tab, word := range []string{"全部", "待核对", "已确认", "手续费", "无关"} {
		labels = append(labels, word+" "+desk.Thousands(counts[tab]))
	}
	f.tabs.SetLabels(labels...)
	f.content.Refresh()
	return shown
}

// within tells whether a row passes every filter but the tabs.
func (f *filters) within(row data.Pairing, statement int64, text string) bool {
	return slices.ContainsFunc(row.Lines, func(line data.BankStatementLine) bool {
		return (statement == 0 || line.StatementID == statement) && (f.month() == "" || data.MonthOf(line.At) == f.month()) && (text == "" || holds(line, text))
	})
}

func holds(line data.BankStatementLine, text string) bool {
	for _, one := range []string{line.Name, line.Summary, line.Purpose, line.Serial, (line.Out + line.In).Plain(), string(line.At)} {
		if strings.Contains(strings.ToLower(one), text) {
			return true
		}
	}
	return false
}
