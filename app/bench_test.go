package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

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
		if round := n / 12_000; round > 0 { // birthdays begin again, and namesakes would be warned of
			name += string([]rune("文武双全智勇仁义礼信")[round])
		}
		rows = append(rows, []any{name, "居民身份证", datatest.IDNumber(n), sex, datatest.Mobile(n), "骨科", "专业技术人员", "主治医师", "中级", "大学本科",
			fmt.Sprintf("%06d", n), "2022年3月调入"})
	}
	return xlsx(t, rows...)
}

// BenchmarkOpen opens data of many people, logs in and shows the first page of the list, with the program's own cost of a password
// and with next to none. The page waits for the index of people, which is made in the background.
func BenchmarkOpen(b *testing.B) {
	for name, cost := range map[string]vault.Cost{"default": vault.DefaultCost, "cheap": {Time: 1, Memory: 64, Threads: 1}} {
		b.Run(name, func(b *testing.B) {
			folder := b.TempDir()
			open := func() *app.App {
				return got[*app.App](b)(app.Open(ctx, app.Options{Folder: folder, Clock: (&apptest.Clock{}).Now, Cost: cost}))
			}
			a := open()
			got[string](b)(a.Initialize(ctx, setup))
			importFile(b, a, bigRoster(b, manyPeople), app.ImportOptions{CreateOrganizations: true})
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

// typed are searches as somebody types them: every beginning of them is a keystroke that the list follows.
var typed = []string{"陈若溪", "chenruoxi", "crx", "zhou", "0417", datatest.IDNumber(7)[12:], datatest.IDNumber(7), datatest.Mobile(77), "骨科 陈", "000777", "沈晚 shen", "查无此人"}

// BenchmarkSearch types into the list's search box: who is found, how many they are with their balances, and the rows in sight.
func BenchmarkSearch(b *testing.B) {
	for _, people := range []int{1000, 20_000, manyPeople} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			a := newUnit(b)
			importFile(b, a, bigRoster(b, people), app.ImportOptions{})
			got[[]int64](b)(a.TraineeIDs(ctx, data.TraineeQuery{}))
			var strokes, pages []time.Duration
			for b.Loop() {
				for _, text := range typed {
					for end := range text {
						strokes, pages = stroke(b, a, text[:end+1], strokes, pages)
					}
				}
			}
			report(b, "stroke", strokes)
			report(b, "stroke-with-rows", pages)
		})
	}
}

// stroke measures one keystroke, without and with the rows in sight.
func stroke(b *testing.B, a *app.App, text string, strokes, pages []time.Duration) (_, _ []time.Duration) {
	query := data.TraineeQuery{Text: text, Sort: "name"}
	start := time.Now()
	ids := got[[]int64](b)(a.TraineeIDs(ctx, query))
	got[data.TraineeTotals](b)(a.TraineeTotals(ctx, query))
	found := time.Since(start)
	got[[]data.TraineeRow](b)(a.TraineeRows(ctx, ids[:min(len(ids), 40)], 1))
	return append(strokes, found), append(pages, time.Since(start))
}

func report(b *testing.B, what string, times []time.Duration) {
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2].Seconds()*1000, "ms-median/"+what)
	b.ReportMetric(times[len(times)*99/100].Seconds()*1000, "ms-p99/"+what)
}

// BenchmarkIndex makes the index of people from a cold start, sorts it every way for the first time, and follows one edit.
func BenchmarkIndex(b *testing.B) {
	a := newUnit(b)
	importFile(b, a, bigRoster(b, manyPeople), app.ImportOptions{})
	for b.Loop() {
		a.Lock()
		before := heap()
		start := time.Now()
		must(b, a.Login(ctx, apptest.User, apptest.Password))
		ids := got[[]int64](b)(a.TraineeIDs(ctx, data.TraineeQuery{Sort: "name"}))
		b.ReportMetric(time.Since(start).Seconds()*1000, "ms/cold")
		b.ReportMetric(float64(heap()-before)/(1<<20), "MB/index")
		for _, column := range []string{"name", "username", "organization", "balance"} {
			start = time.Now()
			got[[]int64](b)(a.TraineeIDs(ctx, data.TraineeQuery{Sort: column, Descending: true}))
			b.ReportMetric(time.Since(start).Seconds()*1000, "ms/sort-"+column)
		}
		got[data.TraineeChange](b)(a.SetTraineeStatus(ctx, ids[:1], data.TraineeDisabled))
		start = time.Now()
		got[[]int64](b)(a.TraineeIDs(ctx, data.TraineeQuery{Text: "陈", Sort: "name"}))
		b.ReportMetric(time.Since(start).Seconds()*1000, "ms/after-edit")
	}
	if info, err := os.Stat(filepath.Clean(a.DatabasePath())); err == nil {
		b.ReportMetric(float64(info.Size())/manyPeople, "bytes/person")
	}
}

func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// BenchmarkPages runs what the start page and 数据体检 ask of many people.
func BenchmarkPages(b *testing.B) {
	a := newUnit(b)
	importFile(b, a, bigRoster(b, manyPeople), app.ImportOptions{})
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
}
