package app_test

import (
	"math"
	"runtime/debug"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// A sheet beyond what an import keeps in memory is refused with its row and what to do, and nothing of it goes in.
func TestTooMuchForOneImportIsRefused(t *testing.T) {
	a := apptest.New(t)
	const strange, rows = 498, 8000
	line := strings.Repeat(",甲", strange) + "\n"
	content := "姓名,身份证号"
	for column := range strange {
		content += "," + data.ColumnLetters(column) + "列"
	}
	content += "\n" + strings.Repeat(datatest.Name(1)+","+datatest.IDNumber(1)+line, rows)
	path := pictureFile(t, "名单.csv", []byte(content))
	unchanged(t, a, func() {
		plan, err := a.PlanImport(ctx, path, app.ImportOptions{})
		problem, ok := data.AsProblem(err)
		if !ok || plan != nil || problem.Code != "file-too-much" || problem.Where.Row < 3000 || !strings.Contains(problem.Fix, "分成几个文件") {
			t.Errorf("plan %v, err %v", plan != nil, err)
		}
	})
}

// A sheet of which nearly every cell is wrong is refused in words, before its problems fill the memory.
func TestTooManyProblemsAreRefused(t *testing.T) {
	a := apptest.New(t)
	rows := strings.Repeat("李4,11010119900307,1380,不是邮箱,不详\n", 80_000)
	path := pictureFile(t, "名单.csv", []byte("姓名,身份证号,手机号,电子邮箱,性别\n"+rows))
	unchanged(t, a, func() {
		_, err := a.PlanImport(ctx, path, app.ImportOptions{})
		refused(t, err, "too-many-problems")
	})
}

// An import lowers the limit of memory while it runs, and leaves the one that was there.
func TestImportsLeaveTheMemoryLimit(t *testing.T) {
	a := apptest.New(t)
	const usual = math.MaxInt64 - 1
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(usual))
	limit := int64(usual)
	progress := func(int, int) { limit = min(limit, debug.SetMemoryLimit(-1)) }
	path := xlsx(t, []any{"姓名", "身份证号"}, []any{datatest.Name(1), datatest.IDNumber(1)})
	for range 2 {
		plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{Progress: progress}))
		got[app.ImportResult](t)(a.CommitImport(ctx, plan, progress))
	}
	if after := debug.SetMemoryLimit(-1); limit == usual || after != usual {
		t.Errorf("limit %d during imports, %d afterwards", limit, after)
	}
}
