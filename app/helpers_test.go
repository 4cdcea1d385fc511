package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
)

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got gives a value that must come without an error.
func got[T any](t testing.TB) func(value T, err error) T {
	return func(value T, err error) T {
		t.Helper()
		must(t, err)
		return value
	}
}

// refused fails the test unless err is a Problem with this code that has words for people.
func refused(t testing.TB, err error, code string) {
	t.Helper()
	problem, ok := data.AsProblem(err)
	if !ok || problem.Code != code || problem.What == "" || problem.Fix == "" {
		t.Errorf("err = %v, want a problem %s with words", err, code)
	}
}

// healthy fails the test unless every invariant of the data holds.
func healthy(t testing.TB, a *app.App) {
	t.Helper()
	for _, invariant := range got[[]app.Invariant](t)(a.Check(ctx)) {
		if !invariant.OK {
			t.Errorf("数据体检: %s: %s", invariant.Name, invariant.Detail)
		}
	}
}

// csv writes lines into a file as they are and gives its path.
func csv(t testing.TB, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "名单.csv")
	must(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	return path
}

// xlsx writes rows into a workbook's sheet 花名册 as excelize writes them: strings as text, numbers as numbers.
func xlsx(t testing.TB, rows ...[]any) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	must(t, book.SetSheetName("Sheet1", "花名册"))
	stream, err := book.NewStreamWriter("花名册")
	must(t, err)
	for place, row := range rows {
		must(t, stream.SetRow(fmt.Sprintf("A%d", place+1), row))
	}
	must(t, stream.Flush())
	path := filepath.Join(t.TempDir(), "名单.xlsx")
	must(t, book.SaveAs(path))
	return path
}

// person gives the n-th invented person's row for a sheet with 姓名,身份证号,手机号.
func person(n int) string {
	return fmt.Sprintf("%s,%s,%s", datatest.Name(n), datatest.IDNumber(n), datatest.Mobile(n))
}

// outcomes writes how an import's rows came out, such as "新增 2 错误 1".
func outcomes(plan *data.ImportPlan) string {
	var parts []string
	for _, outcome := range data.Outcomes {
		if count := plan.Count(outcome); count > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", outcome, count))
		}
	}
	return strings.Join(parts, " ")
}

// tally gives an import's counts: new, updated, unchanged, failed, skipped.
func tally(r app.ImportResult) [5]int {
	return [5]int{r.Added, r.Updated, r.Unchanged, r.Failed, r.Skipped}
}

// importFile plans and commits a roster file.
func importFile(t testing.TB, a *app.App, path string, options app.ImportOptions) app.ImportResult {
	t.Helper()
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, options))
	return got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
}

// contents writes out what is stored in tables, or in all, row by row, so that "nothing has changed" can be compared.
func contents(t testing.TB, a *app.App, tables ...string) string {
	t.Helper()
	raw := datatest.Raw(t, a.DatabasePath())
	defer raw.Close()
	if len(tables) == 0 {
		names, err := raw.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
		must(t, err)
		for names.Next() {
			var name string
			must(t, names.Scan(&name))
			tables = append(tables, name)
		}
		must(t, names.Err())
	}
	var all strings.Builder
	for _, table := range tables {
		rows, err := raw.Query("SELECT * FROM " + table + " ORDER BY 1")
		must(t, err)
		columns, err := rows.Columns()
		must(t, err)
		for rows.Next() {
			cells := make([]any, len(columns))
			into := make([]any, len(columns))
			for place := range cells {
				into[place] = &cells[place]
			}
			must(t, rows.Scan(into...))
			fmt.Fprintln(&all, table, cells)
		}
		must(t, rows.Err())
	}
	return all.String()
}

// unchanged runs work and fails the test where anything stored in tables, or in any, is different afterwards.
func unchanged(t testing.TB, a *app.App, work func(), tables ...string) {
	t.Helper()
	before := contents(t, a, tables...)
	work()
	if after := contents(t, a, tables...); before != after {
		t.Errorf("something stored changed:\n%s", firstDifference(before, after))
	}
}

func firstDifference(before, after string) string {
	old, fresh := strings.Split(before, "\n"), strings.Split(after, "\n")
	for place := range min(len(old), len(fresh)) {
		if old[place] != fresh[place] {
			return "- " + old[place] + "\n+ " + fresh[place]
		}
	}
	return fmt.Sprintf("%d lines became %d", len(old), len(fresh))
}
