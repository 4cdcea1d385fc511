package importer

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/excel"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

func TestRosterGoesInAfterThreeSteps(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	path := sheet(t, "名单.csv", "姓名,身份证号,手机号,血型", "陈若溪,"+datatest.IDNumber(1)+",13800000417,A", "方奕,"+datatest.IDNumber(2)+",,B", "沈知远,110105194912310021,13800000419,O")
	s.screen.choose.path.SetText(path)
	s.Press("button", "预览")
	s.Must("下一步：确认导入 2 人")
	s.Must("现在导入：新增 2，更新 0；跳过错误 1、忽略 0。还没有写入任何数据。")
	s.Must("“血型”未识别，照原样保留")
	if s.Has(datatest.IDNumber(1)) || s.Has("110105194912310021") {
		t.Error("a whole number is shown")
	}
	if len(s.ids(data.TraineeQuery{})) != 0 {
		t.Fatal("the preview wrote")
	}
	s.Press("button", "下一步：确认导入 2 人")
	s.Must("没有手机号")
	s.Press("button", "导入 2 人")
	s.Must("已导入 2 人")
	ids := s.ids(data.TraineeQuery{})
	if len(ids) != 2 {
		t.Fatalf("stored %d", len(ids))
	}
	whole, err := a.Reveal(context.Background(), ids[0])
	if err != nil || whole.Extra["血型"] != "A" {
		t.Errorf("the unknown column is lost: %v, %v", whole.Extra, err)
	}
	s.Press("button", "查看学员列表")
	if !slices.Equal(s.Gone, []desktest.Step{{Page: desk.Trainees}}) {
		t.Errorf("went to %v", s.Gone)
	}
	s.screen.Enter(nil)
	s.Must("选择文件…")
}

func TestWrongFileKeepsThePreview(t *testing.T) {
	s := newStand(t, apptest.New(t), false)
	good := sheet(t, "名单.csv", "姓名,身份证号", "陈若溪,"+datatest.IDNumber(1))
	s.screen.Enter(good)
	for name, content := range map[string]string{"照片.png": "\x89PNG\r\n\x1a\n0000", "空.xlsx": "", "工资.csv": "部门,金额\n骨科,3", "坏.xlsx": "PK\x03\x04 broken"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s.screen.Dropped([]string{path})
		if s.window.Canvas().Overlays().Top() == nil {
			t.Fatalf("%s: no message", name)
		}
		s.Press("button", "知道了")
		if s.screen.path != good || s.screen.step != stepPreview || len(s.screen.plan.Rows) != 1 {
			t.Errorf("%s: the preview before is lost", name)
		}
	}
}

func TestMissingOrganizationsAreMadeOnRequest(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,部门", "陈若溪,"+datatest.IDNumber(1)+",骨科病房", "方奕,"+datatest.IDNumber(2)+",骨科病房", "沈知远,"+datatest.IDNumber(3)+","))
	s.Must("2 行的“骨科病房”不是已有机构。")
	s.Press("button", "新建“骨科病房”")
	s.Must("导入时会新建 1 个机构（2 行）：骨科病房。")
	s.Must("下一步：确认导入 3 人")
	s.Press("button", "撤销上一步")
	s.Must("下一步：确认导入 1 人")
	s.Press("button", "新建“骨科病房”")
	tree, err := a.Organizations(context.Background())
	if err != nil || len(tree.List()) != 1 {
		t.Fatalf("the preview made organisations: %v, %v", tree.List(), err)
	}
	s.screen.show(stepConfirm)
	s.Must("会新建 1 个机构")
	s.Press("button", "导入 3 人")
	tree, _ = a.Organizations(context.Background())
	made, _, known, _ := tree.Resolve("骨科病房")
	if !known || len(s.ids(data.TraineeQuery{OrganizationIDs: []int64{made.ID}})) != 2 {
		t.Errorf("organisations %v", tree.List())
	}
}

func TestPreviewIsReadAgainAfterTheListChanged(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号", "陈若溪,"+datatest.IDNumber(1)+",13800000417"))
	s.Must("下一步：确认导入 1 人")
	if _, err := a.AddTrainee(context.Background(), map[string]string{"name": "陈若溪", "id_number": datatest.IDNumber(1), "mobile": "13800000417"}); err != nil {
		t.Fatal(err)
	}
	s.screen.Enter(nil)
	s.Must("没有可导入的行")
}

func TestStaleImportWritesNothingAndReadsAgain(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号", "陈若溪,"+datatest.IDNumber(1)+",13800000417", "方奕,"+datatest.IDNumber(2)+",13800000418"))
	s.Press("button", "下一步：确认导入 2 人")
	if _, err := a.AddTrainee(context.Background(), map[string]string{"name": "陈若溪", "id_number": datatest.IDNumber(1), "mobile": "13800000417"}); err != nil {
		t.Fatal(err)
	}
	s.Press("button", "导入 2 人")
	s.Must("预览之后，名单又有了变动。")
	s.Press("button", "知道了")
	s.Press("button", "上一步")
	s.Press("button", "下一步：确认导入 1 人")
	s.Press("button", "导入 1 人")
	if got := len(s.ids(data.TraineeQuery{})); got != 2 {
		t.Errorf("%d people", got)
	}
}

func TestReportCanBeImportedAgain(t *testing.T) {
	s := newStand(t, apptest.New(t), false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号", "陈若溪,"+datatest.IDNumber(1), "沈知远,110105194912310021"))
	s.Press("button", "下载错误报告")
	path := filepath.Join(t.TempDir(), "报告.xlsx")
	s.window.Canvas().Focused().(interface{ SetText(string) }).SetText(path)
	s.Press("button", "保存")
	s.Must("错误报告已保存到 " + path)
	book, err := excel.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	book.Close()
	s.screen.Dropped([]string{path})
	if c := count(s.screen.plan); c.failed != 1 || c.fresh != 0 {
		t.Errorf("read again: %+v", c)
	}
}

func TestUpdatesShowOldAndNew(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 5)
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号,学历", datatest.Name(3)+","+datatest.IDNumber(8501+3*17)+",13900000009,本科"))
	for _, text := range []string{"第 2 行 " + datatest.Name(3), "大专", "本科", "139****0009", "手机号 138****2750 → 139****0009；学历 大专 → 本科"} {
		s.Must(text)
	}
	if s.Has("13900000009") {
		t.Error("a whole mobile is shown")
	}
}

func TestHoursAreTiedToThePlan(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 3)
	s := newStand(t, a, true)
	path := sheet(t, "学时.csv", "姓名,身份证号,培训名称,课程类别,培训形式,开始日期,结束日期,学时,证明编号",
		datatest.Name(0)+","+datatest.IDNumber(8501)+",急救技能培训,选修,面授,2022-05-09,2022-05-10,12,JJ-01",
		datatest.Name(1)+","+datatest.IDNumber(8518)+",急救技能培训,选修,面授,2022-05-09,2022-05-09,12,JJ-02",
		"没有这人,"+datatest.IDNumber(77)+",急救技能培训,选修,面授,2022-05-09,2022-05-10,12,JJ-03")
	s.screen.Dropped([]string{path})
	s.Must("系统里没有此人")
	s.Must("学时超过上限")
	s.Picture("hours-preview")
	s.Press("button", "下一步：确认导入 1 条")
	s.Press("button", "导入 1 条")
	plan, _ := a.CurrentPlan(context.Background())
	ids, err := a.HoursIDs(context.Background(), data.OfflineHoursQuery{PlanID: plan.ID})
	if err != nil || len(ids) != 1 {
		t.Fatalf("stored %v, %v", ids, err)
	}
	s.Picture("hours-result")
	s.Press("button", "查看线下档案")
}

func TestTabReachesTheNextButton(t *testing.T) {
	s := newStand(t, apptest.New(t), false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号", "陈若溪,"+datatest.IDNumber(1)+",13800000417"))
	for range 30 {
		s.window.Canvas().FocusNext()
		button, ok := s.window.Canvas().Focused().(interface {
			TypedKey(*fyne.KeyEvent)
			SetLabel(string)
		})
		if !ok || !strings.Contains(s.focusedText(), "下一步") {
			continue
		}
		button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if s.screen.step == stepConfirm {
			return
		}
	}
	t.Fatal("the keyboard does not reach the next step")
}

func (s *stand) focusedText() string {
	for _, w := range s.Seen("button") {
		if w.Focused {
			return w.Text
		}
	}
	return ""
}

func TestNumbersAreMaskedHoweverTheyAreWritten(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"110105194912310021", "110105********0021"},
		{"1.1010519491231E+17", "1.1010519491231E+17"},
		{"1.1010519491231e+17", "1.1010519491231E+17"},
		{"１１０105194912310021", "******************"},
		{"身份证丢失", "身份证丢失"},
		{"#N/A", "#N/A"},
		{"#DIV/0!", "#DIV/0!"},
		{"", ""},
	} {
		if got := maskWritten(c.written, app.MaskIDNumber); got != c.want {
			t.Errorf("%q: %q, want %q", c.written, got, c.want)
		}
	}
}

func TestSameFileTwiceChangesNothingAndSaysSo(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	path := sheet(t, "名单.csv", "姓名,身份证号,手机号", "陈若溪,"+datatest.IDNumber(1)+",13800000417")
	s.screen.Enter(path)
	s.Press("button", "下一步：确认导入 1 人")
	s.Press("button", "导入 1 人")
	s.screen.Enter(path)
	s.has(counts{unchanged: 1})
	s.Must("文件里的内容和系统里的一样，不用再导入。")
	if button, there := s.Find("button", "没有可导入的行"); !there || !button.Disabled {
		t.Error("nothing can be imported, but the button does not say so")
	}
}
