package app_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// differs writes a comparison as "kind name (old name) organisation", a line a row.
func differs(d data.RosterDifference) string {
	var lines []string
	for _, row := range d.Rows {
		line := fmt.Sprintf("%s %s", row.Kind, row.Name)
		if row.OldName != "" && row.OldName != row.Name {
			line += "←" + row.OldName
		}
		if row.OldOrganization != "" && row.OldOrganization != row.Organization {
			line += " " + row.OldOrganization + "→" + row.Organization
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestRosterIsComparedWithLastYear(t *testing.T) {
	h := apptest.NewHospital(t, 12) // 信息中心 后勤保障部 骨科 急诊科 护理部 in turn, the last in 社区服务站
	ids := h.People("")
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, []int64{ids[10]}, data.TraineeDisabled))
	got[data.TraineeChange](t)(h.SetTraineeStatus(ctx, []int64{ids[11]}, data.TraineeDisabled))
	path := csv(t, "单位名单", "姓名,身份证号码,手机,部门,备注",
		who(0)+",,信息中心,", // the same
		who(1)+",,,",     // the same, no organisation said
		"改了名,"+datatest.IDNumber(2)+",,骨科,", // renamed
		who(3)+",,骨科,",                      // moved
		"又改又调,"+datatest.IDNumber(4)+",,新科室,",
		datatest.Name(5)+","+datatest.IDNumber(400)+","+datatest.Mobile(5+417)+",,", // corrected: the mobile tells
		datatest.Name(6)+",1234,,,",                                                 // unreadable
		"新来的,"+datatest.IDNumber(500)+",,骨科,",
		who(10)+",,,", // disabled and there again
		"合计,,,,")
	before := contents(t, h.App)
	difference := got[data.RosterDifference](t)(h.CompareRoster(ctx, path, app.ImportOptions{}))
	if after := contents(t, h.App); after != before {
		t.Error("a comparison wrote something")
	}
	want := fmt.Sprintf(`新增 新来的
离职 %s
离职 %s
离职 %s
改名 改了名←%s
改名 又改又调←%s 护理部→新科室
调动 %s 急诊科→骨科
调动 又改又调←%s 护理部→新科室
证件号更正 %s
停用后又出现 %s
待核对 %s
待核对 %s`, datatest.Name(7), datatest.Name(8), datatest.Name(9), datatest.Name(2), datatest.Name(4), datatest.Name(3), datatest.Name(4),
		datatest.Name(5), datatest.Name(10), datatest.Name(6), datatest.Name(6))
	if got := differs(difference); got != want || difference.Same != 2 {
		t.Errorf("%d the same\n%s\nwant\n%s", difference.Same, got, want)
	}
	book := filepath.Join(t.TempDir(), "比对.xlsx")
	must(t, h.SaveRosterDifference(book, difference))
	file := got[*excelize.File](t)(excelize.OpenFile(book))
	defer file.Close()
	rows := got[[][]string](t)(file.GetRows("名单比对"))
	if len(rows) != 13 || rows[0][0] != "类别" || strings.Contains(fmt.Sprint(rows), datatest.IDNumber(500)) {
		t.Errorf("the workbook has %d rows: %v", len(rows), rows)
	}
}

func TestFilesAreComparedWithEachOther(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	earlier := csv(t, "姓名,身份证号,组织机构", who(0)+",骨科", who(1)+",骨科", who(2)+",骨科")
	later := csv(t, "姓名,身份证号,组织机构", who(0)+",骨科", who(2)+",急诊科", who(3)+",")
	difference := got[data.RosterDifference](t)(h.CompareFiles(ctx, earlier, later, app.ImportOptions{}))
	want := fmt.Sprintf("新增 %s\n离职 %s\n调动 %s 骨科→急诊科", datatest.Name(3), datatest.Name(1), datatest.Name(2))
	if got := differs(difference); got != want || difference.Same != 1 {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if left := difference.Of(data.DifferenceLeft); len(left) != 1 || left[0].TraineeID == 0 {
		t.Errorf("who left is stored and must be found: %+v", left)
	}
	refused(t, second(h.CompareFiles(ctx, csv(t, "水果,价格", "苹果,3"), later, app.ImportOptions{})), "sheet-not-this-form")
}

func TestOnlyTheNewOnesAreImported(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	path := csv(t, "姓名,身份证号,手机号", who(0)+",13900000000", person(5), person(6))
	plan := got[*data.ImportPlan](t)(h.PlanRows(ctx, path, app.ImportOptions{}, []int{3, 4}))
	if outcomes(plan) != "新增 2 忽略 1" {
		t.Errorf("%s", outcomes(plan))
	}
	got[app.ImportResult](t)(h.CommitImport(ctx, plan, nil))
	if one := got[data.Trainee](t)(h.Reveal(ctx, h.People("")[0])); one.Mobile == "13900000000" {
		t.Error("a row that was not asked for was imported")
	}
}
