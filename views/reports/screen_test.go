//go:build ci

package reports

import (
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/xuri/excelize/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// cellOf gives what a line shows in a column.
func (s *Screen) cellOf(t *testing.T, label, key string) string {
	t.Helper()
	for place, line := range s.table.all {
		for column := range s.table.lines.Columns {
			if line.Label == label && s.table.lines.Columns[column].Key == key {
				return s.table.cell(place, column).Text
			}
		}
	}
	t.Fatalf("no %s in %s", key, label)
	return ""
}

// tapNumber clicks the number of a visible line as a person would.
func (f *fixture) tapNumber(text string) {
	f.t.Helper()
	for _, seen := range ui.InspectCanvas(f.Window.Canvas()) {
		if seen.Kind == "cell" && seen.Text == text {
			test.TapCanvas(f.Window.Canvas(), fyne.NewPos(float32(seen.X+seen.Width/2), float32(seen.Y+seen.Height/2)))
			return
		}
	}
	f.t.Fatalf("no number %s; the window shows %q", text, f.Texts())
}

func TestFiguresAreThoseOfTheDatabase(t *testing.T) {
	f := newFixture(t, desktest.Width, desktest.Height, false)
	f.year()
	s := f.page(NewAccounts, nil)
	for _, c := range [][3]string{
		{"2022-03", "submitted", "1,600.00"}, {"2022-03", "invoiced", "1,600.00"}, {"2022-04", "recharged", "960.00"}, {"2022-04", "invoiced", "0.00"}, // red-invoiced
		{"2022-05", "approved", "640.00"}, {"2022-06", "submitted", "400.00"}, {"2022-06", "amount", "600.00"}, {"2022-06", "recharged", "-40.00"},
		{"合计", "amount", "4,040.00"}, {"合计", "submitted", "3,840.00"}, {"合计", "approved", "3,440.00"}, {"合计", "recharged", "2,040.00"}, {"合计", "invoiced", "1,600.00"},
	} {
		if got := s.cellOf(t, c[0], c[1]); got != c[2] {
			t.Errorf("%s of %s is %s, want %s", c[1], c[0], got, c[2])
		}
	}
	home, err := f.Home(ctx)
	f.check(err)
	if total := s.line("合计").Figures; home.Paid.String() != "3,840.00" || data.Money(total[data.ReportOrders.Place("recharged")]) != home.Recharged {
		t.Errorf("首页 says %s paid and %s recharged, the report %v", home.Paid, home.Recharged, total)
	}
	if _, err := f.VoidOrder(ctx, 5, "重复"); err != nil {
		t.Fatal(err)
	}
	if got := s.cellOf(t, "合计", "amount"); got != "3,840.00" {
		t.Errorf("with a void order the sum is %s", got)
	}
	plans := f.page(NewPlans, nil)
	year := plans.line("合计")
	if plans.report.Query.PlanID != f.Plan.ID || year.Figures[0] != 96 || year.Figures[2] != 51 || year.Figures[4] != 24 || home.Reached != 24 {
		t.Errorf("the year's plan has %v", year.Figures)
	}
}

// A click on a title sorts the groups beside each other, a second one the other way round; the total stays, the workbook follows, and the
// choice is kept.
func TestAClickOnATitleSorts(t *testing.T) {
	f := newFixture(t, desktest.Width, desktest.Height, false)
	f.year()
	s := f.page(NewAccounts, nil)
	labels := func() string {
		var all []string
		for _, line := range s.table.all {
			all = append(all, line.Label)
		}
		return strings.Join(all, " ")
	}
	f.Tap("title", "订单金额")
	if got := labels(); got != "2022-06 2022-05 2022-04 2022-03 合计" {
		t.Errorf("by amount: %s", got)
	}
	f.Tap("title", "已充值")
	if got := labels(); got != "2022-06 2022-03 2022-04 2022-05 合计" && got != "2022-06 2022-03 2022-05 2022-04 合计" {
		t.Errorf("by what was recharged: %s", got)
	}
	f.Tap("title", "月份")
	f.Tap("title", "月份")
	if got := labels(); got != "2022-06 2022-05 2022-04 2022-03 合计" {
		t.Errorf("the newest first: %s", got)
	}
	if first := s.report.Lines()[0].Label; first != "2022-06" {
		t.Errorf("what is exported begins with %s", first)
	}
	if again := NewAccounts(f.Desk, f.Hospital.App); again.choices.Sort != data.SortByLabel || !again.choices.Descending {
		t.Errorf("kept %+v", again.choices)
	}
}

// All plans stand beside each other: their people are counted once for each, and the titles say so.
func TestAllPlansAreCountedAsSuch(t *testing.T) {
	f := newFixture(t, desktest.Width, desktest.Height, false)
	f.year()
	s := f.page(NewPlans, nil)
	f.Shows("应训")
	s.filters.plan.OnChanged("")
	if q := s.report.Query; q.By != data.ByPlan || q.Then != data.ByOrganization || q.PlanID != 0 {
		t.Fatalf("asked %+v", q)
	}
	f.Shows("应训人次")
	plans, err := f.Plans(ctx)
	f.check(err)
	if total := s.line("合计").Figures[0]; total != int64(96*len(plans)) {
		t.Errorf("%d, of %d plans", total, len(plans))
	}
}

func TestEveryNumberLeadsToItsRecords(t *testing.T) {
	f := newFixture(t, desktest.Width, desktest.Height, false)
	f.year()
	s := f.page(NewAccounts, nil)
	f.tapNumber("960.00")
	if !s.records.open || s.records.rows.Len() != 24 || s.records.sum.Content != "合计 960.00 元" || s.records.title.Content != "2022-04 · 已充值" {
		t.Fatalf("%d records, %s, %s", s.records.rows.Len(), s.records.sum.Content, s.records.title.Content)
	}
	if one := s.records.rows.At(0); one.name == "" || !strings.Contains(one.note, "XK-2022-0001") {
		t.Errorf("the first is %+v", one)
	}
	s.records.copy()
	if text := fyne.CurrentApp().Clipboard().Content(); strings.Count(text, "\n") != 24 || !strings.Contains(text, "\t40.00\n") {
		t.Errorf("copied %q", text)
	}
	ui.HandleEscape(f.Window.Canvas())
	if s.records.open {
		t.Error("Escape leaves the records open")
	}
	f.tapNumber("3,440.00")
	if s.records.rows.Len() != 3 {
		t.Fatalf("%d approved orders", s.records.rows.Len())
	}
	s.records.table.Open(0)
	if len(f.Gone) != 1 || f.Gone[0].Page != desk.OrderDetails {
		t.Errorf("an order leads to %+v", f.Gone)
	}
	for _, column := range s.table.columns {
		for place, line := range s.table.all {
			s.showRecords(line, column)
			if column.Kind == data.FigureShare {
				continue
			}
			var sum int64
			for _, fact := range s.records.facts {
				sum += fact.Figures[column.Part]
			}
			if sum != line.Figures[column.Part] || s.records.rows.Len() > 0 && s.records.rows.At(0).name == "" {
				t.Errorf("%s of line %d: records come to %d, it says %d", column.Name, place, sum, line.Figures[column.Part])
			}
		}
	}
	s.overview.open(s.report.Chart(), 0, 0)
	if s.records.title.Content != "2022-03 · 已缴费" || s.records.rows.Len() != 1 {
		t.Errorf("the first bar leads to %s with %d", s.records.title.Content, s.records.rows.Len())
	}
}

func TestGroupsOpenCloseAndStayByKeyboard(t *testing.T) {
	f := newFixture(t, desktest.Width, desktest.Height, false)
	f.year()
	s := f.page(NewPlans, data.ReportQuery{Kind: data.ReportPlan, By: data.ByOrganization})
	all := len(s.table.visible)
	s.table.lines.MoveTo(0, labelKey)
	s.table.lines.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if len(s.table.visible) != 1 {
		t.Fatalf("closed, %d lines show", len(s.table.visible))
	}
	s.Changed("")
	if len(s.table.visible) != 1 {
		t.Errorf("after a change %d lines show", len(s.table.visible))
	}
	s.table.lines.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if len(s.table.visible) != all {
		t.Errorf("opened again, %d of %d lines show", len(s.table.visible), all)
	}
	s.table.lines.MoveTo(all-1, labelKey)
	s.table.lines.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if row, _ := s.table.lines.Current(); row != 0 {
		t.Errorf("Left leads to row %d", row)
	}
	s.table.lines.MoveTo(0, "reached")
	s.table.lines.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "24" {
		t.Errorf("copied %q", got)
	}
	s.table.lines.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !s.records.open || s.records.rows.Len() != 24 {
		t.Errorf("Enter shows %d records", s.records.rows.Len())
	}
	if text := s.table.text(); !strings.HasPrefix(text, "组织机构\t应训\t") || strings.Count(text, "\n") != len(s.table.visible)+1 {
		t.Errorf("the table for Excel: %q", text)
	}
}

func TestChoicesAreRemembered(t *testing.T) {
	f := newFixture(t, desktest.Width, desktest.Height, false)
	f.year()
	s := f.page(NewAccounts, nil)
	f.Tap("segment", "充值明细")
	s.filters.by.OnChanged(string(data.ByState))
	s.filters.period.OnChanged("month")
	s.fold(true)
	if got := s.cellOf(t, "合计", "amount"); got != "-40.00" || s.report.Query.From != "2022-06-01" || s.report.Query.To != "2022-06-30" {
		t.Errorf("in June %s, asked %+v", got, s.report.Query)
	}
	again := f.page(NewAccounts, nil)
	if again.choices != s.choices || len(again.overview.content.Objects) != 0 || again.report.Query != s.report.Query {
		t.Errorf("remembered %+v, was %+v", again.choices, s.choices)
	}
	again.filters.clear()
	if again.report.Query.Filtered() || again.report.Query.By != data.ByState {
		t.Errorf("cleared: %+v", again.report.Query)
	}
	again.filters.period.OnChanged(ownPeriod)
	again.filters.from.SetText("2022-05-01")
	if again.choices.Query.From != "2022-05-01" || again.cellOf(t, "合计", "amount") != "1,080.00" {
		t.Errorf("typed days: %+v, %s", again.choices.Query, again.cellOf(t, "合计", "amount"))
	}
}

// The workbook's formulas, calculated anew by LibreOffice, come to our figures.
func TestWorkbookCalculatesToOurFigures(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice here")
	}
	f := newFixture(t, desktest.Width, desktest.Height, false)
	f.year()
	for _, c := range []struct {
		data.ReportQuery
		sort string
	}{
		{data.ReportQuery{Kind: data.ReportPlan, By: data.ByPlan, Then: data.ByOrganization}, ""},
		{data.ReportQuery{Kind: data.ReportOrders, By: data.ByMode, Then: data.ByMonth}, "recharged"},
		{data.ReportQuery{Kind: data.ReportPlan, By: data.ByOrganization, PlanID: f.Plan.ID}, "hours"},
	} {
		q := c.ReportQuery
		report, err := f.Report(ctx, q)
		f.check(err)
		report = report.Sorted(c.sort, true)
		folder := t.TempDir()
		path := filepath.Join(folder, "report.xlsx")
		f.check(f.SaveReportWorkbook(ctx, path, report))
		f.check(stripValues(path))
		command := exec.CommandContext(context.Background(), office, "--headless", "-env:UserInstallation=file://"+folder+"/office", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false", "--outdir", folder, path)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		rows := readCSV(t, filepath.Join(folder, "report.csv"))
		lines := report.Lines()
		if len(rows) != len(lines)+1 {
			t.Fatalf("%d rows for %d lines", len(rows), len(lines))
		}
		for place, line := range lines {
			for column, figure := range q.Columns() {
				want := strings.TrimSuffix(figure.Text(line), "–")
				if got := rows[place+1][column+1]; got != want {
					t.Errorf("%s, %s: LibreOffice says %q, we %q", line.Label, figure.Name, got, want)
				}
			}
		}
	}
}

// stripValues takes the stored values off a workbook's formulas, so that only who calculates knows them.
func stripValues(path string) error {
	book, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	if err != nil {
		return err
	}
	for row := range rows {
		for column := range rows[row] {
			cell, err := excelize.CoordinatesToCellName(column+1, row+1)
			if err != nil {
				return err
			}
			formula, err := book.GetCellFormula(sheet, cell)
			if err != nil || formula == "" {
				continue
			}
			if err := book.SetCellValue(sheet, cell, nil); err != nil {
				return err
			}
			if err := book.SetCellFormula(sheet, cell, formula); err != nil {
				return err
			}
		}
	}
	return book.Save()
}

func TestAccountsOfferTheStatement(t *testing.T) {
	f := newFixture(t, desktest.Width, desktest.Height, false)
	f.year()
	s := f.page(NewAccounts, data.ReportQuery{Kind: data.ReportOrders, From: "2022-04-01", To: "2022-04-30"})
	items := s.more()
	last := items[len(items)-1]
	if last.Label != "打印对账单" || last.Disabled {
		t.Fatalf("the menu ends with %+v", last)
	}
	last.Action()
	f.Shows("对账单 2022-04")
	for _, item := range f.page(NewPlans, nil).more() {
		if item.Label == last.Label {
			t.Error("培训计划报表 offers it too")
		}
	}
}

func TestPeriods(t *testing.T) {
	got := []string{}
	for _, one := range periods("2022-05-17") {
		got = append(got, one.name+" "+string(one.from)+" "+string(one.to))
	}
	want := []string{"本月 2022-05-01 2022-05-31", "上月 2022-04-01 2022-04-30", "本季度 2022-04-01 2022-06-30", "上季度 2022-01-01 2022-03-31", "本年 2022-01-01 2022-12-31", "去年 2021-01-01 2021-12-31"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
