package app_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// Whatever program the report is mended in, exactly the people who had failed come in by it, and nobody twice.
func TestErrorReportIsMendedAndImportedAgain(t *testing.T) {
	for name, c := range map[string]struct{ opened, saved string }{
		"in the file as it was written":           {},
		"opened and saved by LibreOffice":         {"xlsx", "xlsx"},
		"saved by LibreOffice as an old .xls":     {"xlsx", "xls"},
		"mended first, then saved by LibreOffice": {"", "xlsx"},
	} {
		t.Run(name, func(t *testing.T) { mendReport(t, c.opened, c.saved) })
	}
}

func mendReport(t *testing.T, opened, saved string) {
	a := newUnit(t)
	path := csv(t, "学员姓名,身份证号码,联系电话,部门,工龄", person(1)+",骨科,3", person(2)+",儿科,4", datatest.Name(3)+","+datatest.IDNumber(3)+",13800,骨科,5", person(4)+",骨科,6")
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
	if outcomes(plan) != "新增 2 错误 2" {
		t.Fatal(outcomes(plan))
	}
	got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
	report := filepath.Join(t.TempDir(), "report.xlsx")
	must(t, a.SaveReport(report, plan))
	report = converted(t, report, opened)
	if again := got[*data.ImportPlan](t)(a.PlanImport(ctx, report, app.ImportOptions{})); outcomes(again) != "错误 2" {
		t.Errorf("the report as it is: %s", outcomes(again))
	}
	book := got[*excelize.File](t)(excelize.OpenFile(report))
	defer book.Close()
	sheet := book.GetSheetList()[0]
	must(t, book.SetCellStr(sheet, "D2", "骨科"))
	must(t, book.SetCellStr(sheet, "C3", "13800000777"))
	must(t, book.Save())
	report = converted(t, report, saved)
	mended := got[*data.ImportPlan](t)(a.PlanImport(ctx, report, app.ImportOptions{}))
	if outcomes(mended) != "新增 2" {
		t.Fatalf("mended: %s %+v", outcomes(mended), mended.Rows)
	}
	got[app.ImportResult](t)(a.CommitImport(ctx, mended, nil))
	var people []string
	for _, one := range got[[]data.Trainee](t)(a.RevealAll(ctx, data.TraineeQuery{Sort: "username"}, "核对")) {
		people = append(people, fmt.Sprintf("%s,%s,%s,%v", one.Name, one.IDNumber, one.Mobile, one.Extra))
	}
	want := []string{person(1) + ",map[工龄:3]", person(2) + ",map[工龄:4]", datatest.Name(3) + "," + datatest.IDNumber(3) + ",13800000777,map[工龄:5]", person(4) + ",map[工龄:6]"}
	slices.Sort(people)
	slices.Sort(want)
	if !slices.Equal(people, want) {
		t.Errorf("these are there now: %v\nwant %v", people, want)
	}
	if err := a.WriteReport(&bytes.Buffer{}, mended); err == nil {
		t.Error("a report without a failed row")
	}
}

// converted gives the workbook as LibreOffice saves it in a format, or as it is where none is named. A machine without LibreOffice
// skips the test.
func converted(t *testing.T, path, format string) string {
	t.Helper()
	if format == "" {
		return path
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed")
	}
	folder := t.TempDir()
	command := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless", "--convert-to", format, "--outdir", folder, path)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v %s", err, out)
	}
	return filepath.Join(folder, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+"."+format)
}

func TestTemplatesAreReadBack(t *testing.T) {
	a := newUnit(t)
	folder := t.TempDir()
	for _, form := range data.Forms() {
		path := filepath.Join(folder, form.Key+".xlsx")
		must(t, a.SaveTemplate(path, form))
		_, err := a.PlanImport(ctx, path, app.ImportOptions{})
		if form.Key == "hours" {
			_, err = a.PlanHoursImport(ctx, path, app.ImportOptions{PlanID: 1})
		}
		problem, ok := data.AsProblem(err)
		if err != nil && (!ok || problem.Fix == "") {
			t.Errorf("%s: an empty template gives %v", form.Key, err)
		}
		book, err := excelize.OpenFile(path)
		must(t, err)
		defer book.Close()
		sheet := book.GetSheetName(book.GetActiveSheetIndex())
		rows, err := book.GetRows(sheet)
		must(t, err)
		first := len(rows) + 1
		for place, row := range rows {
			if slices.ContainsFunc(row, func(cell string) bool { return strings.HasPrefix(cell, "姓名") }) {
				first = place + 2
			}
		}
		examples := make([]any, len(form.Columns))
		for place, column := range form.Columns {
			examples[place] = column.Example
			if column.Kind == data.KindOrganization {
				examples[place] = "骨科"
			}
		}
		must(t, book.SetSheetRow(sheet, fmt.Sprintf("A%d", first), &examples))
		must(t, book.Save())
		if form.Key == "trainees" {
			plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
			if outcomes(plan) != "忽略 1" || rowCodes(plan.Rows[0]) != "忽略 row-example" {
				t.Errorf("the template's own examples: %s", outcomes(plan))
			}
			plan = got[*data.ImportPlan](t)(a.MendImport(ctx, plan, data.TakeRows(first)))
			if outcomes(plan) != "新增 1" || plan.Warned() != 0 {
				t.Fatalf("the template's own examples: %s %+v", outcomes(plan), plan.Rows)
			}
			got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
			continue
		}
		plan := got[*data.ImportPlan](t)(a.PlanHoursImport(ctx, path, app.ImportOptions{PlanID: 1}))
		plan = got[*data.ImportPlan](t)(a.MendImport(ctx, plan, data.TakeRows(first)))
		if outcomes(plan) != "新增 1" {
			t.Errorf("the template's own examples: %s %+v", outcomes(plan), plan.Rows)
		}
	}
}

func TestFileNamesWithNumbersOfPeopleAreNotRecorded(t *testing.T) {
	a := apptest.New(t)
	path := filepath.Join(t.TempDir(), "陈若溪"+datatest.IDNumber(1)+".csv")
	must(t, os.WriteFile(path, []byte("姓名,身份证号\n"+datatest.Name(1)+","+datatest.IDNumber(1)+"\n"), 0o600))
	importFile(t, a, path, app.ImportOptions{})
	if strings.Contains(contents(t, a), datatest.IDNumber(1)) {
		t.Error("the file's name was stored with the number:", contents(t, a, "import_run", "audit"))
	}
}
