package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/vault"
)

const manyPeople = 100_000

// bigRoster writes a workbook of so many people in twelve columns.
func bigRoster(t testing.TB, people int) string {
	t.Helper()
	rows := [][]any{{"姓名", "证件类型", "身份证号", "性别", "手机号", "组织机构", "人员类别", "职称名称", "职称级别", "学历", "工号", "备注"}}
	for n := range people {
		sex := "女"
		if datatest.IDNumber(n)[16]%2 == 1 {
			sex = "男"
		}
		name := datatest.Name(n)
		if n >= 12_000 { // birthdays begin again, and namesakes would be warned of
			name += "文"
		}
		rows = append(rows, []any{name, "居民身份证", datatest.IDNumber(n), sex, datatest.Mobile(n), "骨科", "专业技术人员", "主治医师", "中级", "大学本科",
			fmt.Sprintf("%06d", n), "2022年3月调入"})
	}
	return xlsx(t, rows...)
}

// BenchmarkImport20000 plans and stores a roster of 20,000 people in 12 columns, and reads the same file with bare excelize beside it.
func BenchmarkImport20000(b *testing.B) {
	path := bigRoster(b, manyPeople)
	var plan, commit, bare time.Duration
	for range b.N {
		b.StopTimer()
		bare += readBare(b, path)
		a := newUnit(b)
		b.StartTimer()
		start := time.Now()
		planned := got[*data.ImportPlan](b)(a.PlanImport(ctx, path, app.ImportOptions{}))
		plan += time.Since(start)
		result := got[app.ImportResult](b)(a.CommitImport(ctx, planned, nil))
		commit += time.Since(start)
		b.StopTimer()
		if result.Added != manyPeople {
			b.Fatalf("%+v", result)
		}
		b.StartTimer()
	}
	commit -= plan
	times := float64(b.N)
	b.ReportMetric(manyPeople*times/(plan+commit).Seconds(), "rows/s")
	b.ReportMetric(plan.Seconds()/times, "s/plan")
	b.ReportMetric(commit.Seconds()/times, "s/commit")
	b.ReportMetric(bare.Seconds()/times, "s/excelize-rows")
	b.ReportMetric((plan+commit).Seconds()/bare.Seconds(), "×excelize-rows")
}

// readBare reads every cell of a workbook's sheet with excelize and does nothing with it.
func readBare(b *testing.B, path string) time.Duration {
	b.Helper()
	start := time.Now()
	book, err := excelize.OpenFile(path)
	must(b, err)
	defer book.Close()
	rows, err := book.Rows("花名册")
	must(b, err)
	count := 0
	for rows.Next() {
		columns, err := rows.Columns(excelize.Options{RawCellValue: true})
		must(b, err)
		count += len(columns)
	}
	must(b, rows.Close())
	if count != (manyPeople+1)*12 {
		b.Fatalf("%d cells", count)
	}
	return time.Since(start)
}

// BenchmarkOpen20000 opens data of 20,000 people, logs in and shows the first page of the list, with the program's own cost of a password and with next to none.
func BenchmarkOpen20000(b *testing.B) {
	for name, cost := range map[string]vault.Cost{"default": vault.DefaultCost, "cheap": {Time: 1, Memory: 64, Threads: 1}} {
		b.Run(name, func(b *testing.B) {
			folder := b.TempDir()
			open := func() *app.App {
				return got[*app.App](b)(app.Open(ctx, app.Options{Folder: folder, Clock: (&apptest.Clock{}).Now, Cost: cost}))
			}
			a := open()
			got[string](b)(a.Initialize(ctx, setup))
			lines := bigRoster(b, manyPeople)
			importFile(b, a, lines, app.ImportOptions{CreateOrganizations: true})
			must(b, a.Close())
			var login, list time.Duration
			for b.Loop() {
				start := time.Now()
				a := open()
				must(b, a.Login(ctx, apptest.User, apptest.Password))
				login += time.Since(start)
				ids := got[[]int64](b)(a.TraineeIDs(ctx, data.TraineeQuery{Sort: "name"}))
				rows := got[[]data.TraineeRow](b)(a.TraineeRows(ctx, ids[:40], 1))
				if len(ids) != manyPeople || len(rows) != 40 {
					b.Fatalf("%d people, %d rows", len(ids), len(rows))
				}
				list += time.Since(start)
				must(b, a.Close())
			}
			b.ReportMetric(login.Seconds()*1000/float64(b.N), "ms/login")
			b.ReportMetric((list-login).Seconds()*1000/float64(b.N), "ms/page")
		})
	}
}

// BenchmarkLists20000 runs what the lists of 20,000 people are asked for.
func BenchmarkLists20000(b *testing.B) {
	a := newUnit(b)
	importFile(b, a, bigRoster(b, manyPeople), app.ImportOptions{})
	for name, query := range map[string]data.TraineeQuery{
		"all": {}, "by balance": {Sort: "balance", Descending: true}, "by organisation": {Sort: "organization"}, "search": {Text: "陈若"}, "payer": {PayerIDs: []int64{1}},
		"last four": {Text: datatest.IDNumber(7)[14:]},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				got[[]int64](b)(a.TraineeIDs(ctx, query))
			}
		})
	}
	b.Run("totals", func(b *testing.B) {
		for b.Loop() {
			got[data.TraineeTotals](b)(a.TraineeTotals(ctx, data.TraineeQuery{}))
		}
	})
	b.Run("home", func(b *testing.B) {
		for b.Loop() {
			got[data.Home](b)(a.Home(ctx))
		}
	})
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			got[[]app.Invariant](b)(a.Check(ctx))
		}
	})
	if info, err := os.Stat(filepath.Clean(a.DatabasePath())); err == nil {
		b.ReportMetric(float64(info.Size())/manyPeople, "bytes/person")
	}
}
