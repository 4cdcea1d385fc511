package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// official writes a template as a platform gives one out: a title, headers of its own, a dropdown, a hidden dictionary, an example row.
func official(t testing.TB, headers ...string) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	must(t, book.SetSheetName("Sheet1", "人员信息"))
	got[int](t)(book.NewSheet("字典"))
	must(t, book.SetSheetVisible("字典", false))
	must(t, book.SetSheetRow("字典", "A1", &[]any{"男", "女"}))
	must(t, book.SetCellStr("人员信息", "A1", "公共知识培训人员导入表"))
	must(t, book.SetSheetRow("人员信息", "A2", &headers))
	must(t, book.SetSheetRow("人员信息", "A3", &[]any{"示例", "110101199003070011"}))
	rule := excelize.NewDataValidation(true)
	rule.SetSqref("E3:E500")
	must(t, rule.SetDropList([]string{"男", "女"}))
	must(t, book.AddDataValidation("人员信息", rule))
	path := filepath.Join(t.TempDir(), "官方模板.xlsx")
	must(t, book.SaveAs(path))
	return path
}

var officialHeaders = []string{"*学员姓名", "*证照号码", "联系电话", "所在单位", "性别", "平台编号"}

func loaded(t testing.TB, a *app.App, options app.ImportOptions) string {
	t.Helper()
	path := official(t, officialHeaders...)
	must(t, a.KeepOfficialTemplate(ctx, got[data.OfficialTemplate](t)(a.ReadOfficialTemplate(ctx, path, data.TraineeForm, options))))
	return path
}

func TestOfficialTemplateIsGivenAndFilled(t *testing.T) {
	h := apptest.NewHospital(t, 3)
	path := loaded(t, h.App, app.ImportOptions{})
	out := filepath.Join(t.TempDir(), "模板.xlsx")
	must(t, h.SaveTemplate(out, data.TraineeForm))
	if !bytes.Equal(got[[]byte](t)(os.ReadFile(out)), got[[]byte](t)(os.ReadFile(path))) {
		t.Error("下载模板 gives another file than the one that was loaded")
	}
	export := filepath.Join(t.TempDir(), "名单.xlsx")
	if count := got[int](t)(h.ExportTrainees(ctx, export, data.TraineeQuery{Sort: "username"}, true, "报平台")); count != 3 {
		t.Errorf("%d exported", count)
	}
	file := got[*excelize.File](t)(excelize.OpenFile(export))
	defer file.Close()
	rows := got[[][]string](t)(file.GetRows("人员信息"))
	if len(rows) != 5 || rows[0][0] != "公共知识培训人员导入表" || rows[1][5] != "平台编号" || rows[2][0] != datatest.Name(0) || rows[2][1] != datatest.IDNumber(0) {
		t.Errorf("rows %v", rows)
	}
	if rules := got[[]*excelize.DataValidation](t)(file.GetDataValidations("人员信息")); len(rules) != 1 || rules[0].Sqref != "E3:E500" {
		t.Errorf("the dropdown is gone: %v", rules)
	}
	if visible := got[bool](t)(file.GetSheetVisible("字典")); visible {
		t.Error("the dictionary is hidden no more")
	}
	plan := got[*data.ImportPlan](t)(h.PlanImport(ctx, export, app.ImportOptions{}))
	if outcomes(plan) != "不变 3" {
		t.Errorf("the export read back: %s", outcomes(plan))
	}
	must(t, h.RemoveOfficialTemplate(ctx, data.TraineeForm))
	must(t, h.SaveTemplate(out, data.TraineeForm))
	if bytes.Equal(got[[]byte](t)(os.ReadFile(out)), got[[]byte](t)(os.ReadFile(path))) {
		t.Error("the official template is still given")
	}
	healthy(t, h.App)
}

func TestOfficialTemplateIsMappedAsAPersonCorrectedIt(t *testing.T) {
	h := apptest.NewHospital(t, 2)
	loaded(t, h.App, app.ImportOptions{Columns: map[int]string{3: "payer", 5: "staff_number"}})
	kept, ok, err := h.OfficialTemplate(ctx, data.TraineeForm)
	must(t, err)
	if places := kept.Places(data.TraineeForm); !ok || places[data.TraineeForm.Column("payer")] != 3 || places[data.TraineeForm.Column("staff_number")] != 5 || places[data.TraineeForm.Column("organization")] != -1 {
		t.Errorf("kept %+v", kept.Columns)
	}
	filled := xlsx(t, []any{"*学员姓名", "*证照号码", "联系电话", "所在单位", "性别", "平台编号"}, []any{datatest.Name(9), datatest.IDNumber(9), datatest.Mobile(9), "", "", "P-77"})
	plan := got[*data.ImportPlan](t)(h.PlanImport(ctx, filled, app.ImportOptions{}))
	if !plan.Remembered || plan.Rows[0].Trainee.StaffNumber != "P-77" {
		t.Errorf("an import of such a file is mapped %+v", plan.Columns)
	}
}

func TestWrongOfficialTemplatesAreRefused(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	damaged := filepath.Join(t.TempDir(), "坏.xlsx")
	must(t, os.WriteFile(damaged, []byte("PK\x03\x04nonsense"), 0o600))
	for name, c := range map[string]struct{ path, code string }{
		"a text file":   {csv(t, "姓名,身份证号"), "file-not-table"},
		"another table": {official(t, "水果", "价格"), "sheet-not-this-form"},
		"no numbers":    {official(t, "姓名", "手机号"), "sheet-not-this-form"},
		"a torn file":   {damaged, ""},
		"no file":       {filepath.Join(t.TempDir(), "没有.xlsx"), "file-unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.ReadOfficialTemplate(ctx, c.path, data.TraineeForm, app.ImportOptions{})
			problem, ok := data.AsProblem(err)
			if !ok || c.code != "" && problem.Code != c.code || problem.What == "" || problem.Fix == "" {
				t.Errorf("%v, want %s", err, c.code)
			}
		})
	}
	if _, ok, err := h.OfficialTemplate(ctx, data.TraineeForm); ok || err != nil {
		t.Errorf("something was kept: %v", err)
	}
}
