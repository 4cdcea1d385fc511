package app_test

import (
	"path/filepath"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
)

func TestOrganizationsMoveAndMerge(t *testing.T) {
	a := apptest.New(t)
	importFile(t, a, csv(t, "姓名,身份证号,组织机构", "陈若溪,11010519491231002X,院本部/骨科", "方奕,440524188001010014,分院/骨科病房"), app.ImportOptions{CreateOrganizations: true})
	at := func(path string) int64 {
		organization, _, known, err := got[data.OrganizationTree](t)(a.Organizations(ctx)).Resolve(path)
		must(t, err)
		if !known {
			t.Fatalf("no organisation %s", path)
		}
		return organization.ID
	}
	_, err := a.MoveOrganization(ctx, at("院本部"), at("院本部/骨科"))
	refused(t, err, "organization-cycle")
	_, err = a.MoveOrganization(ctx, at(apptest.Unit), at("分院"))
	refused(t, err, "organization-root")
	change := got[data.OrganizationChange](t)(a.MoveOrganization(ctx, at("分院"), at("院本部")))
	if change != (data.OrganizationChange{People: 1, Organizations: 2}) {
		t.Errorf("moved %+v", change)
	}
	change = got[data.OrganizationChange](t)(a.MergeOrganizations(ctx, at("院本部/分院/骨科病房"), at("院本部/骨科")))
	if change.People != 1 {
		t.Errorf("merged %+v", change)
	}
	inside := got[data.TraineeTotals](t)(a.TraineeTotals(ctx, data.TraineeQuery{OrganizationIDs: []int64{at("院本部/骨科")}}))
	if inside.Count != 2 {
		t.Errorf("%d people in 骨科 after the merge", inside.Count)
	}
	healthy(t, a)
}

func TestAFullExportImportedAgainChangesNothing(t *testing.T) {
	h := apptest.NewHospital(t, 40)
	path := filepath.Join(t.TempDir(), "名单.xlsx")
	if _, err := h.ExportTrainees(ctx, path, data.TraineeQuery{}, true, " "); err == nil {
		t.Error("a full export without a reason")
	}
	if count := got[int](t)(h.ExportTrainees(ctx, path, data.TraineeQuery{}, true, "核对平台名单")); count != 40 {
		t.Errorf("%d people", count)
	}
	if result := importFile(t, h.App, path, app.ImportOptions{}); tally(result) != [5]int{0, 0, 40, 0, 0} {
		t.Errorf("imported again: %+v", result)
	}
	masked := filepath.Join(t.TempDir(), "遮住.xlsx")
	got[int](t)(h.ExportTrainees(ctx, masked, data.TraineeQuery{}, false, ""))
	if plan := got[*data.ImportPlan](t)(h.PlanImport(ctx, masked, app.ImportOptions{})); plan.Count(data.OutcomeFailed) != 40 {
		t.Errorf("masked numbers were taken: %s", outcomes(plan))
	}
}
