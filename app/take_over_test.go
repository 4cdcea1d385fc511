package app_test

import (
	"database/sql"
	"os"
	"slices"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// compared compares the unit with a list and gives the rows of a kind.
func compared(t *testing.T, h *apptest.Hospital, path string, kind data.DifferenceKind) (data.RosterDifference, []data.DifferenceRow) {
	t.Helper()
	difference := got[data.RosterDifference](t)(h.CompareRoster(ctx, path, app.ImportOptions{}))
	return difference, difference.Of(kind)
}

func TestNewNamesPlacesAndNumbersAreTakenOver(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	added := got[*data.ImportPlan](t)(h.PlanImport(ctx, csv(t, "姓名,身份证号,手机号", person(20)), app.ImportOptions{}))
	got[app.ImportResult](t)(h.CommitImport(ctx, added, nil)) // the username is the number
	ids := h.People("")
	raw := datatest.Raw(t, h.DatabasePath())
	got[sql.Result](t)(raw.Exec("UPDATE trainee SET platform = ? WHERE id = ?", string(data.PlatformImported), ids[2]))
	must(t, raw.Close())
	path := csv(t, "姓名,身份证号码,手机,部门",
		who(0)+",,信息中心", who(1)+",,",
		"改了名,"+datatest.IDNumber(2)+",13900000000,新科室", // renamed and moved; the mobile is nobody's business here
		who(3)+",,骨科",
		datatest.Name(5)+","+datatest.IDNumber(400)+","+datatest.Mobile(5+417)+",",
		datatest.Name(20)+","+datatest.IDNumber(401)+","+datatest.Mobile(20)+",")
	before := make([]data.Trainee, len(ids))
	for place, id := range ids {
		before[place] = got[data.Trainee](t)(h.Reveal(ctx, id))
	}
	var acts []data.TraineeChange
	for _, kind := range []data.DifferenceKind{data.DifferenceRenamed, data.DifferenceMoved, data.DifferenceCorrected} {
		difference, rows := compared(t, h, path, kind)
		stored := contents(t, h.App)
		plan := got[*data.TakeOverPlan](t)(h.PlanTakeOver(ctx, difference, rows, app.ImportOptions{}))
		if contents(t, h.App) != stored {
			t.Fatalf("%s: the plan wrote something", kind)
		}
		if len(plan.Ready()) != len(rows) {
			t.Fatalf("%s: %+v", kind, plan.Rows)
		}
		act := got[data.TraineeChange](t)(h.TakeOver(ctx, plan))
		if act.People != len(rows) {
			t.Errorf("%s changed %d people, want %d", kind, act.People, len(rows))
		}
		refused(t, second(h.TakeOver(ctx, plan)), "preview-stale")
		if _, left := compared(t, h, path, kind); len(left) != 0 {
			t.Errorf("%s: still differs: %+v", kind, left)
		}
		acts = append(acts, act)
	}
	renamed, moved, corrected := got[data.Trainee](t)(h.Reveal(ctx, ids[2])), got[data.Trainee](t)(h.Reveal(ctx, ids[3])), got[data.Trainee](t)(h.Reveal(ctx, ids[5]))
	tree := got[data.OrganizationTree](t)(h.Organizations(ctx))
	place := func(person data.Trainee) string { o, _ := tree.Get(person.OrganizationID); return o.Path }
	if renamed.Name != "改了名" || place(renamed) != "新科室" || renamed.Mobile != before[2].Mobile || renamed.Platform != data.PlatformPending {
		t.Errorf("renamed: %+v in %q", renamed, place(renamed))
	}
	if place(moved) != "骨科" {
		t.Errorf("moved to %q", place(moved))
	}
	if corrected.IDNumber != datatest.IDNumber(400) || corrected.Username != before[5].Username || corrected.Birth == before[5].Birth {
		t.Errorf("corrected: %+v", corrected)
	}
	if by := got[data.Trainee](t)(h.Reveal(ctx, ids[6])); by.Username != datatest.IDNumber(401) {
		t.Errorf("the username that was the number is %q", by.Username)
	}
	for _, act := range slices.Backward(acts) {
		if result := got[data.UndoResult](t)(h.UndoTraineeChange(ctx, act.ID)); len(result.Kept) != 0 {
			t.Errorf("the undo kept %+v", result.Kept)
		}
	}
	for at, id := range ids {
		back := got[data.Trainee](t)(h.Reveal(ctx, id))
		if changes := data.TraineeChanges(before[at], back); len(changes) != 0 {
			t.Errorf("person %d after the undo: %+v", at, changes)
		}
	}
}

func TestWhatCannotBeTakenOverSaysWhy(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	path := csv(t, "姓名,身份证号码,部门", "改了名,"+datatest.IDNumber(2)+",", who(3)+",骨科")
	difference, rows := compared(t, h, path, data.DifferenceRenamed)
	plan := func() *data.TakeOverPlan {
		return got[*data.TakeOverPlan](t)(h.PlanTakeOver(ctx, difference, rows, app.ImportOptions{}))
	}
	code := func() string {
		if problem := plan().Rows[0].Problem; problem != nil {
			return problem.Code
		}
		return ""
	}
	got[data.TraineeChange](t)(h.TakeOver(ctx, plan()))
	if code() != "take-over-done" {
		t.Errorf("a second time: %q", code())
	}
	rows[0].TraineeID = 4711
	if code() != "take-over-unknown" {
		t.Errorf("nobody: %q", code())
	}
	rows[0].TraineeID = h.People("")[2]
	if err := os.WriteFile(path, []byte("姓名,身份证号码\n又一个名,"+datatest.IDNumber(2)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code() != "take-over-changed" {
		t.Errorf("another file: %q", code())
	}
}
