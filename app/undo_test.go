package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// committed plans and stores a roster file and gives the plan, whose RunID undoes it.
func committed(t testing.TB, a *app.App, path string, options app.ImportOptions) *data.ImportPlan {
	t.Helper()
	plan := got[*data.ImportPlan](t)(a.PlanImport(ctx, path, options))
	got[app.ImportResult](t)(a.CommitImport(ctx, plan, nil))
	return plan
}

// everybody writes out all that is stored of people, organisations and hours.
func everybody(t testing.TB, a *app.App) string {
	t.Helper()
	var all strings.Builder
	for _, trainee := range got[[]data.Trainee](t)(a.RevealAll(ctx, data.TraineeQuery{}, "核对")) {
		fmt.Fprintf(&all, "%+v\n", trainee)
	}
	for _, organization := range got[data.OrganizationTree](t)(a.Organizations(ctx)).List() {
		fmt.Fprintf(&all, "%+v\n", organization)
	}
	ids := got[[]int64](t)(a.HoursIDs(ctx, data.OfflineHoursQuery{}))
	for _, hours := range got[[]data.OfflineHoursRow](t)(a.HoursRows(ctx, ids)) {
		fmt.Fprintf(&all, "%+v\n", hours)
	}
	return all.String()
}

// kept writes who an undo could not take back.
func kept(result data.UndoResult) string {
	var all []string
	for _, row := range result.Kept {
		all = append(all, row.Name+" "+row.Code)
	}
	return strings.Join(all, ", ")
}

func TestUndoGivesEverythingBack(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	committed(t, a, csv(t, "姓名,身份证号,手机号,组织机构,用户名,工龄", person(1)+",骨科,u1,1", person(2)+",,u2,2"), app.ImportOptions{CreateOrganizations: true})
	before := everybody(t, a)
	clock.Pass(3_600_000_000_000)
	plan := committed(t, a, csv(t, "姓名,身份证号,手机号,组织机构,缴费机构,用户名,工龄",
		datatest.Name(1)+","+datatest.IDNumber(1)+",13900000001,内科/一病区,内科,u3,9", person(2)+",,内科,u4,", person(3)+",儿科,,,"), app.ImportOptions{CreateOrganizations: true})
	if everybody(t, a) == before {
		t.Fatal("the import changed nothing")
	}
	runs := got[[]data.ImportRun](t)(a.Imports(ctx, 10))
	if len(runs) != 2 || runs[0].ID != plan.RunID || !runs[0].Undoable || runs[0].Added != 1 || runs[0].Updated != 2 || runs[0].File != plan.File || runs[0].At != "2022-06-17 14:02:11" {
		t.Errorf("runs = %+v", runs)
	}
	result := got[data.UndoResult](t)(a.UndoImport(ctx, plan.RunID))
	if result.Removed != 1 || result.Restored != 2 || result.Organizations != 3 || len(result.Kept) != 0 || result.Gone != 0 {
		t.Errorf("result = %+v", result)
	}
	if after := everybody(t, a); after != before {
		t.Errorf("not as before:\n%s", firstDifference(before, after))
	}
	_, err := a.UndoImport(ctx, plan.RunID)
	refused(t, err, "import-undone")
	if run := got[[]data.ImportRun](t)(a.Imports(ctx, 1))[0]; run.Undoable || run.UndoneAt == "" || run.UndoneBy != "赵晓岚" {
		t.Errorf("run = %+v", run)
	}
	if log := got[[]data.AuditEntry](t)(a.Audit(ctx, "撤销", 1)); len(log) != 1 || log[0].Action != "import.undo" {
		t.Errorf("log = %+v", log)
	}
	got[data.UndoResult](t)(a.UndoImport(ctx, runs[1].ID)) // and the first import too
	if ids := got[[]int64](t)(a.TraineeIDs(ctx, data.TraineeQuery{})); len(ids) != 0 {
		t.Errorf("%d people stayed", len(ids))
	}
	healthy(t, a)
}

func TestUndoKeepsWhatWasTouchedSince(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	plan := committed(t, h.App, csv(t, "姓名,身份证号,手机号,组织机构", person(0)+",骨科", person(101)+",", person(102)+",", person(103)+",", person(104)+",新科室", person(105)+",",
		strings.Replace(person(1), datatest.Mobile(1), "13900000009", 1)+",急诊科"), app.ImportOptions{CreateOrganizations: true})
	ids := map[int]int64{}
	for _, row := range plan.Rows {
		ids[row.Source.Number] = row.Trainee.ID
	}
	order := h.Approved("2022-06-14 10:26:00", "2022-06-16 09:00:00", 10)
	h.Charge("2022-06-17 09:00:00", order.BatchNumber, ids[3])
	hours := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, csv(t, "姓名,身份证号,培训名称,开始日期,结束日期,学时", datatest.Name(102)+","+datatest.IDNumber(102)+",讲座,2022-05-09,2022-05-09,4"),
		app.ImportOptions{PlanID: h.Plan.ID}))
	got[app.ImportResult](t)(h.CommitHoursImport(ctx, hours, nil))
	if changed := got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, []int64{ids[5]}, data.TraineeDisabled)); changed.People != 1 {
		t.Fatal("nobody was disabled")
	}
	committed(t, h.App, csv(t, "姓名,身份证号,手机号", datatest.Name(1)+","+datatest.IDNumber(1)+",13911111111"), app.ImportOptions{}) // a second change of the mobile
	result := got[data.UndoResult](t)(h.UndoImport(ctx, plan.RunID))
	want := datatest.Name(1) + " changed-since, " + datatest.Name(101) + " has-money, " + datatest.Name(102) + " has-hours, " + datatest.Name(103) + " changed-since"
	if kept(result) != want || result.Removed != 2 || result.Restored != 2 || result.Organizations != 1 {
		t.Errorf("%+v\nkept %s\nwant %s", result, kept(result), want)
	}
	for _, row := range result.Kept {
		if row.Reason == "" || !strings.HasSuffix(row.Reason, "。") || row.TraineeID == 0 {
			t.Errorf("%+v", row)
		}
	}
	if again := got[[]data.KeptRow](t)(h.KeptByUndo(ctx, plan.RunID)); kept(data.UndoResult{Kept: again}) != want {
		t.Errorf("listed again: %+v", again)
	}
	for _, run := range got[[]data.ImportRun](t)(h.Imports(ctx, 10)) {
		if wantKept := map[bool]int{true: len(result.Kept)}[run.ID == plan.RunID]; run.Kept != wantKept {
			t.Errorf("import %d kept %d, want %d", run.ID, run.Kept, wantKept)
		}
	}
	one := got[data.Trainee](t)(h.Reveal(ctx, ids[8]))
	tree := got[data.OrganizationTree](t)(h.Organizations(ctx))
	if place, _ := tree.Get(one.OrganizationID); one.Mobile != "13911111111" || place.Name != "社区服务站" {
		t.Errorf("the later mobile must stay and the organisation go back: %s in %s", one.Mobile, place.Name)
	}
	healthy(t, h.App)
}

func TestUndoDoesNotTakeAUsernameBackFromItsNewOwner(t *testing.T) {
	a := newUnit(t)
	committed(t, a, csv(t, "姓名,身份证号,手机号,用户名", person(1)+",u1", person(2)+",u2"), app.ImportOptions{})
	plan := committed(t, a, csv(t, "姓名,身份证号,用户名,备注", datatest.Name(1)+","+datatest.IDNumber(1)+",u3,改过"), app.ImportOptions{})
	committed(t, a, csv(t, "姓名,身份证号,用户名", datatest.Name(2)+","+datatest.IDNumber(2)+",u1"), app.ImportOptions{})
	result := got[data.UndoResult](t)(a.UndoImport(ctx, plan.RunID))
	if kept(result) != datatest.Name(1)+" changed-since" || result.Restored != 1 {
		t.Errorf("result = %+v", result)
	}
	first := got[data.Trainee](t)(a.Reveal(ctx, plan.Rows[0].Trainee.ID))
	if first.Username != "u3" || first.Remark != "" {
		t.Errorf("stored %+v", first)
	}
	healthy(t, a)
}

func TestUndoOfHours(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	header := "姓名,身份证号,培训名称,开始日期,结束日期,学时,考核结果"
	line := func(n int, title, hours, result string) string {
		return fmt.Sprintf("%s,%s,%s,2022-05-09,2022-05-09,%s,%s", datatest.Name(n), datatest.IDNumber(n), title, hours, result)
	}
	store := func(lines ...string) *data.ImportPlan {
		plan := got[*data.ImportPlan](t)(h.PlanHoursImport(ctx, csv(t, append([]string{header}, lines...)...), app.ImportOptions{PlanID: h.Plan.ID}))
		got[app.ImportResult](t)(h.CommitHoursImport(ctx, plan, nil))
		return plan
	}
	first := store(line(0, "讲座", "4", "合格"))
	before := everybody(t, h.App)
	second := store(line(0, "讲座", "6", "不合格"), line(1, "讲座", "4", ""))
	third := store(line(1, "讲座", "4", "合格"))
	if result := got[data.UndoResult](t)(h.UndoImport(ctx, second.RunID)); result.Restored != 1 || kept(result) != datatest.Name(1)+" changed-since" {
		t.Errorf("second = %+v", result)
	}
	if result := got[data.UndoResult](t)(h.UndoImport(ctx, third.RunID)); result.Restored != 1 || len(result.Kept) != 0 {
		t.Errorf("third = %+v", result)
	}
	if after := everybody(t, h.App); after == before || !strings.Contains(after, before[:40]) {
		t.Errorf("the record of the second import must have stayed: %s", after)
	}
	if result := got[data.UndoResult](t)(h.UndoImport(ctx, first.RunID)); result.Removed != 1 {
		t.Errorf("first = %+v", result)
	}
	healthy(t, h.App)
}

func TestUndoIsRefused(t *testing.T) {
	a := newUnit(t)
	path := csv(t, "姓名,身份证号,手机号", person(1))
	plan := committed(t, a, path, app.ImportOptions{})
	empty := committed(t, a, path, app.ImportOptions{})
	_, err := a.UndoImport(ctx, empty.RunID)
	refused(t, err, "import-empty")
	_, err = a.UndoImport(ctx, 999)
	if !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an import that is not there: %v", err)
	}
	datatest.Exec(t, datatest.Raw(t, a.DatabasePath()), "UPDATE import_run SET recorded = 0 WHERE id = ?", plan.RunID)
	_, err = a.UndoImport(ctx, plan.RunID)
	refused(t, err, "import-unrecorded")
}

// Whatever is imported after each other, undoing it in reverse order gives each state back; in any order nothing breaks, nobody with
// a later change loses it. What one case leaves behind the next begins with.
func TestImportsAreUndone(t *testing.T) {
	a := newUnit(t)
	rapid.Check(t, func(r *rapid.T) {
		states := []string{everybody(t, a)}
		var runs []int64
		for range rapid.IntRange(1, 4).Draw(r, "imports") {
			lines := []string{"姓名,身份证号,手机号,组织机构,缴费机构,用户名,备注,工龄"}
			for n := range rapid.IntRange(1, 5).Draw(r, "rows") {
				if rapid.Bool().Draw(r, "left out") {
					continue
				}
				lines = append(lines, fmt.Sprintf("%s,%s,%s,%s,%s,%s,%s,%s", datatest.Name(n), datatest.IDNumber(n), rapid.SampledFrom([]string{"", "13800000001", "13900000002"}).Draw(r, "mobile"),
					rapid.SampledFrom([]string{"", "骨科", "儿科", "儿科/新生儿"}).Draw(r, "organization"), rapid.SampledFrom([]string{"", "服务站", "妇科"}).Draw(r, "payer"),
					rapid.SampledFrom([]string{"", "u1", "u2"}).Draw(r, "username"), rapid.SampledFrom([]string{"", "甲", "乙"}).Draw(r, "remark"), rapid.SampledFrom([]string{"", "1", "2"}).Draw(r, "extra")))
			}
			if len(lines) == 1 {
				continue
			}
			plan := committed(t, a, csv(t, lines...), app.ImportOptions{CreateOrganizations: true})
			if run := got[[]data.ImportRun](t)(a.Imports(ctx, 1))[0]; run.Undoable {
				runs, states = append(runs, plan.RunID), append(states, everybody(t, a))
			}
		}
		if rapid.Bool().Draw(r, "in reverse") {
			for place := len(runs) - 1; place >= 0; place-- {
				result, err := a.UndoImport(ctx, runs[place])
				if err != nil || len(result.Kept) != 0 {
					r.Fatalf("undo %d: %v, kept %s", place, err, kept(result))
				}
				if after := everybody(t, a); after != states[place] {
					r.Fatalf("undo %d:\n%s", place, firstDifference(states[place], after))
				}
			}
			return
		}
		for _, run := range rapid.Permutation(slices.Clone(runs)).Draw(r, "order") {
			if _, err := a.UndoImport(ctx, run); err != nil {
				r.Fatal(err)
			}
		}
		healthy(t, a)
	})
}
