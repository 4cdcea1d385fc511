package app_test

import (
	"bytes"
	"fmt"
	"os"
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

func TestErrorReportIsMendedAndImportedAgain(t *testing.T) {
	a := newUnit(t)
	path := csv(t, "学员姓名,身份证号码,联系电话,部门,工龄", person(1)+",骨科,3", person(2)+",儿科,4", datatest.Name(3)+","+datatest.IDNumber(3)+",13800,骨科,5", person(4)+",骨科,6")
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
	if outcomes(plan) != "新增 2 错误 2" {
		t.Fatal(outcomes(plan))
	}
	got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
	report := filepath.Join(t.TempDir(), "错误报告.xlsx")
	must(t, a.SaveReport(report, plan))
	if again := got[*data.ImportPlan](t)(a.PlanImport(ctx, report, app.ImportOptions{})); outcomes(again) != "错误 2" {
		t.Errorf("the report as it is: %s", outcomes(again))
	}
	book, err := excelize.OpenFile(report)
	must(t, err)
	defer book.Close()
	sheet := book.GetSheetList()[0]
	must(t, book.SetCellStr(sheet, "D2", "骨科"))
	must(t, book.SetCellStr(sheet, "C3", "13800000777"))
	must(t, book.Save())
	mended := got[*data.ImportPlan](t)(a.PlanImport(ctx, report, app.ImportOptions{}))
	if outcomes(mended) != "新增 2" {
		t.Fatalf("mended: %s %+v", outcomes(mended), mended.Rows)
	}
	got[app.ImportResult](t)(a.CommitImport(ctx, mended, nil))
	ids := got[[]int64](t)(a.TraineeIDs(ctx, data.TraineeQuery{}))
	if trainee := got[data.Trainee](t)(a.Reveal(ctx, ids[3])); len(ids) != 4 || trainee.Extra["工龄"] != "5" || len(trainee.Extra) != 1 {
		t.Errorf("%d people, the last %+v", len(ids), trainee)
	}
	if err := a.WriteReport(&bytes.Buffer{}, mended); err == nil {
		t.Error("a report without a failed row")
	}
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
