package importer

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/xuri/excelize/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// ward is a sheet of people who write organisations in three ways, two of them unknown.
func ward(t *testing.T) string {
	lines := []string{"姓名,身份证号,手机号,部门"}
	for n, department := range []string{"骨科病房", "骨科病房", "骨科", "骨科病房", "体检部"} {
		lines = append(lines, strings.Join([]string{datatest.Name(40 + n), datatest.IDNumber(40 + n), datatest.Mobile(40 + n), department}, ","))
	}
	return sheet(t, "名单.csv", lines...)
}

// has compares the counts of rows, but for warnings.
func (s *stand) has(c counts) {
	s.t.Helper()
	got := count(s.screen.plan)
	if got.warned = 0; got != c {
		s.t.Fatalf("counts %+v, want %+v", got, c)
	}
}

// openRow opens the row with a number in the sheet and gives its editor.
func (s *stand) openRow(number int) *editor {
	s.t.Helper()
	p := s.screen.preview
	for tab := range p.places {
		for place, at := range p.places[tab] {
			if p.plan.Rows[at].Source.Number == number && tab != tabWarned {
				p.tabs.SetSelected(tab)
				p.choose(tab)
				p.table.Open(place)
				return p.editor
			}
		}
	}
	s.t.Fatalf("no row %d", number)
	return nil
}

func TestOneSpellingIsMendedForAllItsRows(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 4)
	s := newStand(t, a, false)
	s.screen.Enter(ward(t))
	s.has(counts{fresh: 1, failed: 4})
	s.Must("3 行的“骨科病房”不是已有机构。")
	s.Must("应用到 3 行")
	s.Press("button", "改为别的机构")
	s.Picture("import-offer")
	s.Press("option", "骨科")
	s.has(counts{fresh: 4, failed: 1})
	s.Must("已改 1 处，文件不变")
	s.Must("1 行的“体检部”不是已有机构。")
	s.Press("button", "1 行改为…")
	s.Picture("import-ask")
	s.Press("button", "取消")
	s.Press("button", "撤销上一步")
	s.has(counts{fresh: 1, failed: 4})
	s.Press("button", "全部新建 2 个机构（4 行）")
	s.has(counts{fresh: 5})
	s.Press("button", "不新建")
	s.Press("button", "3 行都改为最接近的 骨科")
	s.Press("button", "下一步：确认导入 4 人")
	s.Press("button", "导入 4 人")
	tree, err := a.Organizations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	bones, _, _, _ := tree.Resolve("骨科")
	if got := len(s.ids(data.TraineeQuery{OrganizationIDs: []int64{bones.ID}})); got != 5 {
		t.Errorf("%d people in 骨科, want the one before, one as written and three mended", got)
	}
}

func TestPanelMendsOneRowOrAllAlike(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 4)
	s := newStand(t, a, false)
	s.screen.Enter(ward(t))
	e := s.openRow(3)
	if e == nil || !e.together() || e.rows != 3 {
		t.Fatalf("the editor is for %+v", e)
	}
	s.Press("checkbox", "同样的 3 行一起改")
	s.Press("button", "应用到此行")
	s.has(counts{fresh: 2, failed: 3})
	if got := s.screen.preview.opened; got == 3 {
		t.Error("the mended row is still open among the errors")
	}
	s.openRow(2)
	s.Press("button", "应用到 2 行")
	s.has(counts{fresh: 4, failed: 1})
	s.openRow(6)
	s.Press("button", "忽略此行")
	s.has(counts{fresh: 4, skipped: 1})
	s.openRow(6)
	s.Must("您选择不导入")
	s.Press("button", "导入此行")
	s.has(counts{fresh: 4, failed: 1})
	s.window.Canvas().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(&fyne.ShortcutUndo{})
	s.has(counts{fresh: 4, skipped: 1})
}

func TestTypingIntoACellJudgesItAgain(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号,学历", "陈若溪,110105194912310021,13800000417,本科", "方奕,"+datatest.IDNumber(2)+",1380000041,本科"))
	s.has(counts{failed: 2})
	e := s.openRow(2)
	if e.column.Key != "id_number" || e.field.Text() != "" {
		t.Fatalf("the field for %s begins with %q", e.column.Key, e.field.Text())
	}
	s.Press("button", "照文件里的填进来再改")
	if e.field.Text() != "110105194912310021" {
		t.Errorf("the file's number came as %q", e.field.Text())
	}
	e.field.SetText("110105194912310022")
	e.field.OnSubmitted("")
	s.has(counts{failed: 2})
	e = s.screen.preview.editor
	e.field.SetText(datatest.IDNumber(1))
	e.field.OnSubmitted("")
	s.has(counts{fresh: 1, failed: 1})
	if focused := s.window.Canvas().Focused(); focused != s.screen.preview.editor.target() || s.screen.preview.opened != 3 {
		t.Error("the keyboard did not go on to the next row's field")
	}
	s.screen.preview.edit("education")
	e = s.screen.preview.editor
	if e.rows != 2 {
		t.Fatalf("%d rows say 本科", e.rows)
	}
	e.field.SetText("大专")
	s.Press("button", "应用到 2 行")
	for _, row := range s.screen.plan.Rows {
		if row.Trainee.Education != "大专" || !isMended(row, "education") {
			t.Errorf("row %d: %q, mended %v", row.Source.Number, row.Trainee.Education, row.Mended)
		}
	}
	e = s.openRow(3)
	e.submit()
	s.Must("还没有填写。")
	e.field.SetText("1380000041")
	e.submit()
	s.Must("和文件里的一样，没有改动。")
	s.Picture("import-field")
	s.Press("button", "清空这一格")
	s.has(counts{fresh: 2})
}

func TestNamesAndDestroyedNumbersAreDecided(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 4)
	whole := datatest.IDNumber(8501 + 17)
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号", "改了名,"+datatest.IDNumber(8501)+","+datatest.Mobile(417), datatest.Name(1)+","+whole[:6]+"E+12,"+datatest.Mobile(417+4111), "李四,"+whole[:1]+"."+whole[1:11]+"E+17,13800000009"))
	s.openRow(2)
	s.Must("以哪个姓名为准？")
	s.Picture("import-rename")
	s.Press("button", "姓名改为“改了名”")
	if row := s.screen.plan.Rows[0]; row.Outcome != data.OutcomeUpdated {
		t.Errorf("the accepted name is %s %v", row.Outcome, row.Problems)
	}
}

func TestDestroyedNumberOffersThePersonWhoIsKnown(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 4)
	whole := datatest.IDNumber(8501 + 17)
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号,学历", datatest.Name(1)+","+whole[:1]+"."+whole[1:12]+"E+17,"+datatest.Mobile(417+4111)+",博士研究生"))
	s.has(counts{failed: 1})
	s.Must("是这位吗？")
	if s.Has(whole) {
		t.Error("a whole number is shown")
	}
	s.Picture("import-candidate")
	s.Press("button", "是这位")
	s.has(counts{updated: 1})
	s.Press("button", "下一步：确认导入 1 人")
	s.Must("您在预览里改了 1 处")
	s.Press("button", "导入 1 人")
	if found := s.ids(data.TraineeQuery{IDNumber: whole}); len(found) != 1 {
		t.Fatalf("people with the number: %v", found)
	}
	if trainee, err := a.Trainee(context.Background(), s.ids(data.TraineeQuery{IDNumber: whole})[0]); err != nil || trainee.Education != "博士研究生" {
		t.Errorf("stored %q, %v", trainee.Education, err)
	}
}

func TestMendsStayWhenTheListChangesMeanwhile(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 4)
	s := newStand(t, a, false)
	s.screen.Enter(ward(t))
	s.Press("button", "3 行都改为最接近的 骨科")
	if _, err := a.AddTrainee(context.Background(), map[string]string{"name": datatest.Name(40), "id_number": datatest.IDNumber(40), "mobile": datatest.Mobile(40), "organization": "骨科"}); err != nil {
		t.Fatal(err)
	}
	s.screen.Enter(nil)
	s.has(counts{fresh: 3, unchanged: 1, failed: 1})
	if len(s.screen.plan.Mends) != 1 {
		t.Errorf("mends %v", s.screen.plan.Mends)
	}
}

func TestColumnsAreMappedByHand(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	path := sheet(t, "名单.csv", "名儿,身份证号,称呼,手机号", "陈若溪,"+datatest.IDNumber(1)+",老陈,13800000417")
	s.screen.Enter(path)
	s.Must("没有完成")
	s.Press("button", "自己指出表头…")
	s.Picture("import-header")
	s.Press("cell", "名儿 ・ 身份证号 ・ 称呼 ・ 手机号")
	s.Must("还没有指出哪一列是：姓名。")
	s.Picture("import-columns-by-hand")
	if slices.Contains(s.TextsOf("button"), "按此核对") {
		t.Error("a sheet without names can be taken")
	}
	s.screen.mapping.choose(0, "name")
	s.screen.mapping.choose(2, leftKey)
	s.Press("button", "按此核对")
	s.has(counts{fresh: 1})
	if row := s.screen.plan.Rows[0]; row.Trainee.Name != "陈若溪" || len(row.Trainee.Extra) != 0 {
		t.Errorf("read %q with %v", row.Trainee.Name, row.Trainee.Extra)
	}
	s.Press("button", "调整")
	s.Picture("import-columns")
	s.screen.mapping.choose(2, "name")
	if got := s.screen.mapping.columns[0].Key; got != data.ColumnExtra {
		t.Errorf("the column that was the name is now %q", got)
	}
	s.Press("button", "按此核对")
	if got := s.screen.plan.Rows[0].Trainee.Name; got != "老陈" {
		t.Errorf("the name is %q", got)
	}
}

func TestSamplesHideNumbers(t *testing.T) {
	for text, want := range map[string]string{datatest.IDNumber(1): app.MaskIDNumber(datatest.IDNumber(1)), "13800000417": "138****0417", "本科": "本科", "1.1010519491231E+17": "1.1010519491231E+17"} {
		if got := maskSample(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestAmbiguousOrganizationAsksWhich(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 4)
	ctx := context.Background()
	tree, err := a.Organizations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, parent := range []string{"骨科", "急诊科"} {
		o, _, _, _ := tree.Resolve(parent)
		if _, err := a.SaveOrganization(ctx, data.Organization{ParentID: o.ID, Name: "一病区"}); err != nil {
			t.Fatal(err)
		}
	}
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号,科室", "陈若溪,"+datatest.IDNumber(1)+",13800000417,一病区", "方奕,"+datatest.IDNumber(2)+",13800000418,一病区"))
	s.Must("2 行的“一病区”有 2 个同名机构。")
	s.Press("button", "2 行都改为…")
	s.Picture("import-ambiguous")
	s.Press("option", "急诊科 › 一病区")
	s.has(counts{fresh: 2})
	tree, _ = a.Organizations(ctx)
	if o, _ := tree.Get(s.screen.plan.Rows[0].Trainee.OrganizationID); o.Path != "急诊科/一病区" {
		t.Errorf("placed in %q", o.Path)
	}
}

func TestHiddenAndNoteRowsAreAskedAbout(t *testing.T) {
	book := excelize.NewFile()
	for row, cells := range [][]any{
		{"姓名", "身份证号", "手机号"},
		{"陈若溪", datatest.IDNumber(1), "13800000417"},
		{"方奕", datatest.IDNumber(2), "13800000418"},
		{"合计", "2 人"},
	} {
		if err := book.SetSheetRow("Sheet1", "A"+strconv.Itoa(row+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetRowVisible("Sheet1", 3, false); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "名单.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	s := newStand(t, apptest.New(t), false)
	s.screen.Enter(path)
	s.Must("表里有 1 行是隐藏或筛选掉的，会一起导入。")
	taken := count(s.screen.plan)
	s.Press("button", "忽略隐藏的 1 行")
	s.has(counts{fresh: taken.fresh - 1, failed: taken.failed, skipped: taken.skipped + 1})
	s.openRow(3)
	s.Must("隐藏的行")
	s.Picture("import-hidden")
	s.Press("button", "导入隐藏的 1 行")
	s.has(counts{fresh: taken.fresh, failed: taken.failed, skipped: taken.skipped})
}

func TestASecondListBesideTheFirstIsTold(t *testing.T) {
	const told = "G 列起的那一组不会导入"
	s := newStand(t, apptest.New(t), false)
	pair := "陈若溪," + datatest.IDNumber(1) + ",13800000417,骨科,,"
	s.screen.Enter(sheet(t, "两组.csv", "姓名,身份证号,手机号,组织机构,,,姓名,身份证号,手机号", pair+"方奕,"+datatest.IDNumber(2)+",13800000418"))
	s.Must(told)
	s.has(counts{failed: 1})
	s.Picture("import-two-lists")
	// One that only names people again, as a list of contacts may, is not a second list.
	s.screen.Enter(sheet(t, "一组.csv", "姓名,身份证号,手机号,,,,姓名", "陈若溪,"+datatest.IDNumber(1)+",13800000417,,,,方奕"))
	if s.Has(told) {
		t.Error("a second list is told of where there is none")
	}
}

func TestHoursAreMendedInThePreview(t *testing.T) {
	ctx := context.Background()
	a := apptest.New(t)
	stock(t, a, 2)
	s := newStand(t, a, true)
	s.screen.Enter(sheet(t, "学时.csv", "姓名,身份证号,培训名称,开始日期,结束日期,学时",
		datatest.Name(0)+","+datatest.IDNumber(8501)+",急救技能培训,2022-05-09,2022-05-09,12",
		datatest.Name(1)+","+datatest.IDNumber(8518)+",急救技能培训,2022-05-09,2022-05-09,12"))
	s.has(counts{failed: 2})
	s.openRow(2)
	s.Must("应用到 2 行")
	s.screen.preview.editor.field.SetText("8")
	s.Press("checkbox", "同样的 2 行一起改")
	s.Press("button", "应用到此行")
	s.has(counts{fresh: 1, failed: 1})
	s.Press("button", "下一步：确认导入 1 条")
	s.Press("button", "导入 1 条")
	plan, err := a.CurrentPlan(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if total, err := a.HoursTotal(ctx, data.OfflineHoursQuery{PlanID: plan.ID}); err != nil || total != 8_00 {
		t.Errorf("stored %s hours, %v", total, err)
	}
}

func TestColumnsAreRemembered(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号,称呼", "陈若溪,"+datatest.IDNumber(1)+",13800000417,老陈"))
	s.Press("button", "调整")
	s.screen.mapping.choose(3, "remark")
	s.Press("button", "按此核对")
	s.Press("button", "下一步：确认导入 1 人")
	s.Press("button", "导入 1 人")
	s.screen.Enter(sheet(t, "又一份.csv", "姓名,身份证号,手机号,称呼", "方奕,"+datatest.IDNumber(2)+",13800000418,小方"))
	s.Must("按您上次的对应")
	if got := s.screen.plan.Rows[0].Trainee.Remark; got != "小方" {
		t.Errorf("the remark is %q", got)
	}
	s.Press("button", "调整")
	s.Press("button", "恢复自动对应")
	if got := s.screen.plan.Rows[0].Trainee.Remark; got != "" || s.screen.plan.Remembered {
		t.Errorf("by itself, the remark is %q", got)
	}
}
