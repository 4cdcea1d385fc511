package app_test

import (
	"path/filepath"
	"strings"
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

func TestAMergeOfOrganizationsIsTakenBack(t *testing.T) {
	h := apptest.NewHospital(t, 8)
	order := h.Draft("2022-06-14 10:26:00", 2)
	bone, night, station := h.Departments["骨科"], h.Departments["急诊科"], h.Departments["社区服务站"]
	order.Lines = []data.OrderLine{{OrganizationID: bone, OrganizationPath: "骨科", People: 2, Amount: 80_00}}
	order = got[data.Order](t)(h.SaveOrder(ctx, order))
	ward := got[int64](t)(h.SaveOrganization(ctx, data.Organization{ParentID: bone, Name: "一病区"}))
	got[int64](t)(h.SaveOrganization(ctx, data.Organization{ID: station, ParentID: got[data.OrganizationTree](t)(h.Organizations(ctx)).Root().ID, Name: "社区服务站", PayerID: bone}))
	what := func() string {
		return contents(t, h.App, "organization", "order_line") + standing(t, h.App, h.People("")...)
	}
	before := what()
	change := got[data.OrganizationChange](t)(h.MergeOrganizations(ctx, bone, night))
	if change.ChangeID == 0 || got[data.Order](t)(h.Order(ctx, order.ID)).Lines[0].OrganizationID != night {
		t.Errorf("%+v", change)
	}
	moved := h.People("急诊科")
	if history := told(t, h.App, moved[0]); len(moved) < 2 || !strings.Contains(history, "机构合并") && !strings.Contains(told(t, h.App, moved[1]), "机构合并") {
		t.Errorf("nobody's history tells of the merge: %v\n%s", moved, history)
	}
	got[data.UndoResult](t)(h.UndoTraineeChange(ctx, change.ChangeID))
	if after := what(); after != before {
		t.Errorf("after the undo\n%s", firstDifference(before, after))
	}
	second := got[data.OrganizationChange](t)(h.MergeOrganizations(ctx, ward, night))
	got[int64](t)(h.SaveOrganization(ctx, data.Organization{ParentID: bone, Name: "一病区"}))
	unchanged(t, h.App, func() {
		_, err := h.UndoTraineeChange(ctx, second.ChangeID)
		refused(t, err, "organization-exists")
	})
	healthy(t, h.App)
}

func TestARemovalSaysWhatHangsOnAnOrganization(t *testing.T) {
	h := apptest.NewHospital(t, 6)
	bone := h.Departments["骨科"]
	got[int64](t)(h.SaveOrganization(ctx, data.Organization{ParentID: bone, Name: "一病区"}))
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, h.People("骨科"), data.TraineeDisabled))
	err := h.RemoveOrganization(ctx, data.Organization{ID: bone, Name: "骨科"})
	refused(t, err, "organization-used")
	if problem, _ := data.AsProblem(err); !strings.Contains(problem.What, "1 名停用学员、1 个下级机构") {
		t.Errorf("%s", problem.What)
	}
	alone := got[int64](t)(h.SaveOrganization(ctx, data.Organization{ParentID: bone, Name: "自己缴费"}))
	got[int64](t)(h.SaveOrganization(ctx, data.Organization{ID: alone, ParentID: bone, Name: "自己缴费", PayerID: alone}))
	must(t, h.RemoveOrganization(ctx, data.Organization{ID: alone, Name: "自己缴费"}))
}
