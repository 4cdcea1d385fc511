package app_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// newUnit is an App with 院本部/内科, 服务站/内科 (which 服务站 pays for) and 骨科.
func newUnit(t testing.TB) *app.App {
	t.Helper()
	a := apptest.New(t)
	root := got[data.OrganizationTree](t)(a.Organizations(ctx)).Root().ID
	add := func(parent int64, name string) int64 {
		return got[int64](t)(a.SaveOrganization(ctx, data.Organization{ParentID: parent, Name: name}))
	}
	add(add(root, "院本部"), "内科")
	station := add(root, "服务站")
	add(station, "内科")
	add(root, "骨科")
	got[int64](t)(a.SaveOrganization(ctx, data.Organization{ID: station, ParentID: root, Name: "服务站", PayerID: station}))
	return a
}

// rowCodes gives a planned row's outcome and the codes of its errors and warnings.
func rowCodes(row *data.ImportRow) string {
	text := string(row.Outcome)
	for _, problem := range row.Problems {
		if problem.Level != data.LevelFixed {
			text += " " + problem.Code
		}
	}
	return text
}

func TestPlanImportJudgesAndWritesNothing(t *testing.T) {
	a := newUnit(t)
	importFile(t, a, csv(t, "姓名,身份证号,手机号,组织机构,备注", person(1)+",骨科,老人", person(2)+",院本部>内科,"), app.ImportOptions{})
	lines := []string{
		"姓名,身份证号码,手机,所在单位,用户名,工龄",
		person(1) + ",,,",                                       // 2: nothing new
		person(2) + ",骨科,,",                                     // 3: moved
		person(3) + ",院本部/内科,jy3,12",                            // 4: new
		person(4) + ",,,7",                                      // 5: new, in the root
		person(3) + ",院本部/内科,jy3,12",                            // 6: stands above
		"周奕," + datatest.IDNumber(3) + ",13800000999,,,",        // 7: the number of row 4, another name
		"周奕," + datatest.IDNumber(1) + ",13800000998,,,",        // 8: stored under another name
		person(5) + ",儿科,,",                                     // 9: no such organisation
		person(6) + ",内科,,",                                     // 10: two of that name
		datatest.Name(7) + ",,13800000007,,,",                   // 11: no number
		datatest.Name(8) + ",110101194912310021,13800000008,,,", // 12: wrong check digit
		person(9) + ",," + datatest.IDNumber(8) + ",",           // 13: a number among the usernames
		",,,,,", // 14: blank
		datatest.Name(10) + "," + datatest.IDNumber(10) + ",,,,", // 15: no mobile
	}
	want := []string{"不变", "更新", "新增", "新增", "忽略 row-repeated", "错误 id-other-name", "错误 id-other-name", "错误 organization-unknown",
		"错误 organization-ambiguous", "错误 id-number-missing", "错误 id-checksum", "错误 id-in-wrong-column", "新增 mobile-missing"}
	check := func(path string) {
		t.Helper()
		var plan *data.ImportPlan
		unchanged(t, a, func() { plan = got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{})) })
		var found []string
		for _, row := range plan.Rows {
			found = append(found, rowCodes(row))
		}
		if !slices.Equal(found, want) {
			t.Errorf("%s:\n got %q\nwant %q", filepath.Ext(path), found, want)
		}
		if last := plan.Rows[len(plan.Rows)-1].Source.Number; last != 15 {
			t.Errorf("%s: the last row is %d", filepath.Ext(path), last)
		}
		if plan.File != filepath.Base(path) || plan.Warned() != 1 {
			t.Errorf("%s: file %q, %d warned", filepath.Ext(path), plan.File, plan.Warned())
		}
	}
	check(csv(t, lines...))
	var rows [][]any
	for _, line := range lines {
		var row []any
		for _, cell := range strings.Split(line, ",") {
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	check(xlsx(t, rows...))
}

func TestCommitImportStoresTheGoodRows(t *testing.T) {
	a := newUnit(t)
	path := csv(t, "姓名,身份证号,手机号,组织机构,缴费机构,用户名,工龄", person(1)+",骨科,服务站,jy1,12", datatest.Name(2)+","+datatest.IDNumber(2)+",,,,,", person(3)+",儿科,,,")
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{}))
	var steps [][2]int
	result := got[app.ImportResult](t)(a.CommitImport(ctx, plan, func(done, total int) { steps = append(steps, [2]int{done, total}) }))
	if tally(result) != [5]int{2, 0, 0, 1, 0} || len(steps) == 0 || steps[len(steps)-1] != [2]int{2, 2} {
		t.Errorf("result = %+v, progress %v", result, steps)
	}
	ids := got[[]int64](t)(a.TraineeIDs(ctx, data.TraineeQuery{}))
	rows := got[[]data.TraineeRow](t)(a.TraineeRows(ctx, ids, 1))
	if len(rows) != 2 || rows[0].Username != "jy1" || rows[0].Organization != "骨科" || rows[0].Payer != "服务站" || rows[1].Organization != apptest.Unit || rows[1].Payer != apptest.Unit {
		t.Errorf("rows = %+v", rows)
	}
	trainee := got[data.Trainee](t)(a.Reveal(ctx, ids[0]))
	if trainee.Extra["工龄"] != "12" || trainee.IDNumber != datatest.IDNumber(1) || trainee.CreatedAt != "2022-06-17 13:02:11" || trainee.Status != data.TraineeEnabled {
		t.Errorf("stored %+v", trainee)
	}
	log := got[[]data.AuditEntry](t)(a.Audit(ctx, "导入学员", 1))
	if len(log) != 1 || log[0].Detail != "导入学员：新增 2，更新 0，不变 0，错误 1，忽略 0" || log[0].Target != "名单.csv" || log[0].User != "赵晓岚" {
		t.Errorf("log = %+v", log)
	}
	var confirmed map[string][]int
	var text string
	must(t, datatest.Raw(t, a.DatabasePath()).QueryRow("SELECT confirmed FROM import_run").Scan(&text))
	must(t, json.Unmarshal([]byte(text), &confirmed))
	if fmt.Sprint(confirmed) != "map[mobile-missing:[3]]" {
		t.Errorf("confirmed warnings = %s", text)
	}
	healthy(t, a)
}

func TestBlankCellsKeepWhatIsStored(t *testing.T) {
	a := newUnit(t)
	importFile(t, a, csv(t, "姓名,身份证号,手机号,组织机构,缴费机构,职称名称,邮箱,备注,民族", person(1)+",骨科,服务站,主治医师,a@b.example,旧,汉"), app.ImportOptions{})
	before := got[data.Trainee](t)(a.Reveal(ctx, 1))
	unchanged(t, a, func() {
		result := importFile(t, a, csv(t, "姓名,身份证号,手机号,组织机构,缴费机构,职称名称,邮箱,备注,民族", datatest.Name(1)+","+datatest.IDNumber(1)+",,,,,,,"), app.ImportOptions{})
		if tally(result) != ([5]int{0, 0, 1, 0, 0}) {
			t.Errorf("result = %+v", result)
		}
	}, "trainee")
	importFile(t, a, csv(t, "姓名,身份证号,备注,籍贯", datatest.Name(1)+","+datatest.IDNumber(1)+",新,北京"), app.ImportOptions{})
	after := got[data.Trainee](t)(a.Reveal(ctx, 1))
	before.Remark, before.Extra["籍贯"] = "新", "北京"
	if fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("after an update\n got %+v\nwant %+v", after, before)
	}
}

func TestImportMakesOrganizationsWhenAsked(t *testing.T) {
	a := newUnit(t)
	path := csv(t, "姓名,身份证号,手机号,组织机构,缴费机构", person(1)+",院本部>儿科>新生儿组,", person(2)+",院本部/儿科/新生儿组,", person(3)+","+apptest.Unit+"/检验科,检验科", person(4)+",院本部/儿科,财务处")
	if plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{})); outcomes(plan) != "错误 4" {
		t.Errorf("without being asked: %s", outcomes(plan))
	}
	if result := importFile(t, a, path, app.ImportOptions{CreateOrganizations: true}); result.Added != 4 {
		t.Errorf("result = %+v", result)
	}
	var paths []string
	for _, o := range got[data.OrganizationTree](t)(a.Organizations(ctx)).List() {
		paths = append(paths, fmt.Sprintf("%s %d", o.Path, o.People))
	}
	want := apptest.Unit + " 0, 院本部 0, 院本部/内科 0, 院本部/儿科 1, 院本部/儿科/新生儿组 2, 服务站 0, 服务站/内科 0, 骨科 0, 检验科 1, 财务处 0"
	if got := strings.Join(paths, ", "); got != want {
		t.Errorf("tree\n got %s\nwant %s", got, want)
	}
	rows := got[[]data.TraineeRow](t)(a.TraineeRows(ctx, []int64{3, 4}, 0))
	if rows[0].Payer != "检验科" || rows[1].Payer != "财务处" {
		t.Errorf("payers %s, %s", rows[0].Payer, rows[1].Payer)
	}
	healthy(t, a)
}

func TestImportOptions(t *testing.T) {
	a := newUnit(t)
	tree := got[data.OrganizationTree](t)(a.Organizations(ctx))
	bone, _, _, err := tree.Resolve("骨科")
	must(t, err)
	importFile(t, a, csv(t, "姓名,身份证号,组织机构", datatest.Name(1)+","+datatest.IDNumber(1)+",", datatest.Name(2)+","+datatest.IDNumber(2)+",服务站"), app.ImportOptions{OrganizationID: bone.ID})
	rows := got[[]data.TraineeRow](t)(a.TraineeRows(ctx, []int64{1, 2}, 0))
	if rows[0].Organization != "骨科" || rows[1].Organization != "服务站" {
		t.Errorf("default organisation: %s, %s", rows[0].Organization, rows[1].Organization)
	}
	book := excelize.NewFile()
	defer book.Close()
	for sheet, n := range map[string]int{"甲": 3, "乙": 4} {
		got[int](t)(book.NewSheet(sheet))
		must(t, book.SetSheetRow(sheet, "A1", &[]any{"姓名", "身份证号"}))
		must(t, book.SetSheetRow(sheet, "A2", &[]any{datatest.Name(n), datatest.IDNumber(n)}))
	}
	path := filepath.Join(t.TempDir(), "两张表.xlsx")
	must(t, book.SaveAs(path))
	for sheet, n := range map[string]int{"甲": 3, "乙": 4} {
		plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, app.ImportOptions{Sheet: sheet}))
		if len(plan.Rows) != 1 || plan.Rows[0].Trainee.Name != datatest.Name(n) || plan.Heading.Sheet != sheet {
			t.Errorf("sheet %s: %+v", sheet, plan.Rows)
		}
	}
	_, err = a.PlanImport(ctx, path, app.ImportOptions{Sheet: "丙"})
	if _, ok := data.AsProblem(err); !ok {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

func TestSameFileTwiceChangesNothing(t *testing.T) {
	a := newUnit(t)
	path := csv(t, "姓名,身份证号,手机号,组织机构,用户名,民族", person(1)+",骨科,jy1,汉", person(2)+",院本部/内科,,", person(2)+",院本部/内科,,")
	if result := importFile(t, a, path, app.ImportOptions{}); tally(result) != ([5]int{2, 0, 0, 0, 1}) {
		t.Errorf("first: %+v", result)
	}
	unchanged(t, a, func() {
		if result := importFile(t, a, path, app.ImportOptions{}); tally(result) != ([5]int{0, 0, 2, 0, 1}) {
			t.Errorf("second: %+v", result)
		}
	}, "trainee", "organization")
}

// whole writes out everybody and every organisation with all that is known of them.
func whole(t interface{ Fatal(...any) }, a *app.App) string {
	people, err := a.RevealAll(ctx, data.TraineeQuery{}, "测试")
	tree, other := a.Organizations(ctx)
	if err != nil || other != nil {
		t.Fatal(err, other)
	}
	var all strings.Builder
	for _, person := range people {
		fmt.Fprintf(&all, "%+v\n", person)
	}
	for _, organization := range tree.List() {
		fmt.Fprintf(&all, "%+v\n", organization)
	}
	return all.String()
}

// Whatever a file says, what it brought in is there afterwards: the same file again adds and changes nobody. Undone, everything is as before.
//
// One kind of row may come in the second time, and the test lets in no other: it was refused because its username belonged to somebody
// who in this very file took another. Refusing it the first time is right. A row counts against the roster as it stands and the rows above it, so that it may be
// left out, mended or undone without harm to the others; had it gone in on the strength of another row, leaving that one out would take
// it along, and two people who swap their usernames could not be stored one after the other. The row is in the error report, and
// importing the file until nothing changes, once for every row at most, settles it.
func TestEveryImportIsSettledByItself(t *testing.T) {
	a := newUnit(t)
	folder := t.TempDir()
	blankOr := func(values ...string) *rapid.Generator[string] { return rapid.SampledFrom(append(values, "", "")) }
	rapid.Check(t, func(t *rapid.T) {
		lines := []string{"姓名,身份证号,手机号,组织机构,缴费机构,用户名,备注,民族"}
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			n := rapid.IntRange(0, 14).Draw(t, "person")
			name := datatest.Name(n)
			if rapid.IntRange(0, 9).Draw(t, "slip") == 0 {
				name = datatest.Name(n + 1)
			}
			lines = append(lines, strings.Join([]string{name, datatest.IDNumber(n), blankOr("13800000417", "13900001111", "1380").Draw(t, "mobile"),
				blankOr("骨科", "内科", "院本部>内科", "儿科", "骨科/儿科", "内科>儿科", apptest.Unit).Draw(t, "organisation"), blankOr("服务站", "骨科", "儿科").Draw(t, "payer"),
				blankOr("u1", "u2", "u3").Draw(t, "username"), blankOr("甲", "乙").Draw(t, "remark"), blankOr("汉", "回").Draw(t, "nation")}, ","))
		}
		path := filepath.Join(folder, "名单.csv")
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		before := whole(t, a)
		options := app.ImportOptions{CreateOrganizations: rapid.Bool().Draw(t, "create organisations")}
		first, err := a.PlanImport(ctx, path, options)
		if err != nil {
			t.Fatal(err)
		}
		result, err := a.CommitImport(ctx, first, nil)
		if err != nil {
			t.Fatalf("what the preview promised was refused: %v\n%s", err, strings.Join(lines, "\n"))
		}
		if sum := result.Added + result.Updated + result.Unchanged + result.Failed + result.Skipped; sum != len(lines)-1 {
			t.Fatalf("%d rows came out as %+v", len(lines)-1, result)
		}
		if rapid.Bool().Draw(t, "undo") && result.Added+result.Updated > 0 {
			undone, err := a.UndoImport(ctx, first.RunID)
			if err != nil || len(undone.Kept)+undone.Gone > 0 {
				t.Fatalf("undone: %+v, %v", undone, err)
			}
			if after := whole(t, a); after != before {
				t.Fatalf("the undo left another unit:\n%s\n%s", firstDifference(before, after), strings.Join(lines, "\n"))
			}
			return
		}
		for pass := 1; ; pass++ {
			again, err := a.PlanImport(ctx, path, options)
			if err != nil {
				t.Fatal(err)
			}
			for place, row := range again.Rows {
				if !waitsForUsername(first, first.Rows[place]) && (row.Outcome == data.OutcomeNew || row.Outcome == data.OutcomeUpdated) {
					t.Fatalf("row %d was %s, and is %s again: %+v\n%s", row.Source.Number, first.Rows[place].Outcome, row.Outcome, row.Changes, strings.Join(lines, "\n"))
				}
			}
			if again.Count(data.OutcomeNew)+again.Count(data.OutcomeUpdated) == 0 {
				return
			}
			if pass == len(lines) {
				t.Fatalf("the file is never settled:\n%s", strings.Join(lines, "\n"))
			}
			if _, err := a.CommitImport(ctx, again, nil); err != nil {
				t.Fatal(err)
			}
			first = again
		}
	})
	healthy(t, a)
}

// waitsForUsername tells whether a row was refused for nothing but a username that another row of the plan gave up.
func waitsForUsername(plan *data.ImportPlan, row *data.ImportRow) bool {
	if row.Outcome != data.OutcomeFailed || slices.ContainsFunc(row.Problems, func(p data.Problem) bool { return p.Level == data.LevelError && p.Code != "username-exists" }) {
		return false
	}
	return slices.ContainsFunc(plan.Rows, func(other *data.ImportRow) bool {
		return other.Outcome == data.OutcomeUpdated && slices.ContainsFunc(other.Changes, func(c data.Change) bool {
			return c.Field == "username" && c.Old == row.Trainee.Username
		})
	})
}

func TestAddTraineeIsJudgedLikeARow(t *testing.T) {
	a := newUnit(t)
	cells := func(changes ...string) map[string]string {
		cells := map[string]string{"name": datatest.Name(1), "id_number": datatest.IDNumber(1), "mobile": datatest.Mobile(1), "organization": "骨科"}
		for place := 0; place < len(changes); place += 2 {
			cells[changes[place]] = changes[place+1]
		}
		return cells
	}
	for _, c := range []struct {
		name, want string
		cells      map[string]string
	}{
		{"complete", "新增", cells()},
		{"the same person again", "错误 id-exists", cells()},
		{"the same number, another name", "错误 id-other-name", cells("name", "周奕")},
		{"a new mobile for somebody who is there", "错误 id-exists", cells("mobile", "13900001111")},
		{"no such organisation", "错误 organization-unknown", cells("organization", "儿科", "id_number", datatest.IDNumber(2))},
		{"no name", "错误 name-missing", cells("name", "", "id_number", datatest.IDNumber(2))},
	} {
		work := func() {
			row := got[data.ImportRow](t)(a.AddTrainee(ctx, c.cells))
			if rowCodes(&row) != c.want {
				t.Errorf("%s: %s, want %s", c.name, rowCodes(&row), c.want)
			}
		}
		if c.want == "新增" {
			work()
		} else {
			unchanged(t, a, work)
		}
	}
	if totals := got[data.TraineeTotals](t)(a.TraineeTotals(ctx, data.TraineeQuery{})); totals.Count != 1 {
		t.Errorf("%d people", totals.Count)
	}
}
