package trainees

import (
	"archive/zip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// saveTo answers the file dialog with a path in a temporary folder.
func (s *stand) saveTo(name, verb string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	s.window.Canvas().Focused().(interface{ SetText(string) }).SetText(path)
	s.Press("button", verb)
	return path
}

// bookText is everything that an xlsx holds.
func bookText(t *testing.T, path string) string {
	t.Helper()
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var all strings.Builder
	for _, file := range book.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, part); err != nil {
			t.Fatal(err)
		}
		part.Close()
	}
	return all.String()
}

func TestExportIsMaskedUnlessAReasonIsGiven(t *testing.T) {
	a := newApp(t, 5)
	s := newStand(t, a)
	s.screen.filters.text.SetText("jy0112")
	s.screen.askExport()
	s.Must("导出 1 人")
	s.Picture("export")
	s.Press("button", "选择位置…")
	text := bookText(t, s.saveTo("名单.xlsx", "保存"))
	if whole := datatest.IDNumber(8501); strings.Contains(text, whole) || !strings.Contains(text, app.MaskIDNumber(whole)) {
		t.Error("the number is not masked")
	}
	s.screen.askExport()
	s.Press("radio", "完整号码（可以再导入，要写明用途）")
	s.Press("button", "选择位置…")
	s.Must("完整号码要写明用途。")
	s.Picture("export-full")
	s.window.Canvas().Focused().(interface{ SetText(string) }).SetText("报人事科核对")
	s.Press("button", "选择位置…")
	text = bookText(t, s.saveTo("全.xlsx", "保存"))
	if !strings.Contains(text, datatest.IDNumber(8501)) || strings.Contains(text, datatest.IDNumber(8518)) {
		t.Error("the export is not the one that the filter finds, whole")
	}
	lines, err := a.Audit(context.Background(), "报人事科核对", 10)
	if err != nil || len(lines) != 1 {
		t.Errorf("操作日志 %v, %v", lines, err)
	}
}

func TestResetsAreNotedPrintedAndDone(t *testing.T) {
	a := newApp(t, 4)
	s := newStand(t, a)
	ids := s.screen.rows.IDs()
	s.screen.table.SetTicked(ids[0], ids[2])
	s.screen.tickChanged()
	s.Press("button", "重置密码")
	s.Picture("reset")
	s.Press("button", "登记 2 人")
	s.Must("已登记 2 人重置密码。")
	if title, back := s.screen.Title(); title != "重置密码" || back != desk.Trainees {
		t.Errorf("title %q back to %q", title, back)
	}
	s.Picture("resets")
	s.Press("button", "打印领取条")
	s.Picture("slips")
	s.Press("button", "保存为 PDF")
	path := s.saveTo("领取条.pdf", "保存")
	if content, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(content), "%PDF") {
		t.Errorf("the slips: %d bytes, %v", len(content), err)
	}
	ui.HandleEscape(s.Window.Canvas())
	s.Press("button", "回到学员列表")
	s.screen.askReset([]int64{ids[0], ids[1]})
	s.Press("button", "登记 2 人")
	s.Must("新登记 1 人，另外 1 人已经登记过。")
	s.screen.resets.table.ClearTicks()
	s.screen.resets.update()
	s.Press("button", "3 人平台已重置")
	s.Must("没有等平台重置密码的人")
	s.Press("button", "撤销")
	if open, err := a.PasswordResets(context.Background()); err != nil || len(open) != 3 {
		t.Errorf("after taking it back %v, %v", open, err)
	}
	s.Press("button", "撤回登记")
	if open, err := a.PasswordResets(context.Background()); err != nil || len(open) != 0 {
		t.Errorf("open requests %v, %v", open, err)
	}
	s.Picture("resets-empty")
	s.screen.leavePart()
	s.screen.table.Open(0)
	s.screen.details.drawer.SetTab(tabRecord)
	s.screen.details.show()
	s.Must("导入新增")
}

func TestRecordShowsOldAndNewAndTakesBack(t *testing.T) {
	a := newApp(t, 4)
	s := newStand(t, a)
	id := s.screen.rows.IDs()[0]
	if _, err := a.SetTraineeStatus(context.Background(), []int64{id}, data.TraineeDisabled); err != nil {
		t.Fatal(err)
	}
	s.screen.table.Open(0)
	s.Picture("drawer-history")
	s.screen.details.drawer.SetTab(tabRecord)
	s.screen.details.show()
	s.Picture("drawer-record")
	s.Must("状态 启用 → 停用")
	s.Press("button", "撤销")
	if got := s.ids(data.TraineeQuery{Status: data.TraineeDisabled}); len(got) != 0 {
		t.Errorf("still disabled: %v", got)
	}
	s.Must("撤销：停用")
}

// doubles adds records to a list of people: two of 陈若溪 with one mobile, three of 沈奕 of one birth.
func doubles(t *testing.T, a *app.App) {
	t.Helper()
	for _, cells := range []map[string]string{
		{"name": "陈若溪", "id_number": datatest.IDNumber(1), "mobile": "13811110001", "organization": "骨科"},
		{"name": "陈若溪", "id_number": datatest.IDNumber(2), "mobile": "13811110001", "education": "本科", "username": "crx2", "organization": "急诊科"},
		{"name": "李奕", "id_number": datatest.IDNumber(31), "mobile": "13811110031"},
		{"name": "李奕", "id_number": datatest.IDNumber(31 + 12000), "mobile": "13811110032"},
		{"name": "李奕", "id_number": datatest.IDNumber(31 + 24000), "mobile": "13811110033"},
	} {
		if row, err := a.AddTrainee(context.Background(), cells); err != nil || row.Trainee.ID == 0 {
			t.Fatalf("%v, %v", row.Problems, err)
		}
	}
}

func TestRecordsOfOnePersonAreMergedSideBySide(t *testing.T) {
	ctx := context.Background()
	a := newApp(t, 6)
	doubles(t, a)
	s := newStand(t, a)
	before := len(s.ids(data.TraineeQuery{}))
	s.screen.findDuplicates()
	s.Must("2 组学员可能是同一个人")
	if s.window.Canvas().Focused() != s.screen.duplicates.table {
		t.Error("the page's table has no keyboard")
	}
	s.Picture("duplicates")
	s.screen.duplicates.openGroup(0)
	s.Press("button", "显示完整号码（会记入操作日志）")
	s.Must(datatest.IDNumber(2))
	s.Picture("merge")
	s.Press("radio", "急诊科")
	if radio, ok := s.window.Canvas().Focused().(*ui.Radio); !ok || radio.Label != "急诊科" {
		t.Errorf("the keyboard is in %T after a choice", s.window.Canvas().Focused())
	}
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if radio, ok := s.window.Canvas().Focused().(*ui.Radio); !ok || radio.Label != "骨科" || !radio.Chosen() {
		t.Error("an arrow key does not move the choice to the other record's")
	}
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	s.Press("button", "合并成 1 人")
	s.Must("已把 2 条记录合并成 1 人。")
	if got := len(s.ids(data.TraineeQuery{})); got != before-1 {
		t.Errorf("%d people after a merge, before %d", got, before)
	}
	kept := s.ids(data.TraineeQuery{Text: "crx2"})
	if len(kept) != 1 {
		t.Fatalf("the username of the other record is kept, since the first had none: %v", kept)
	}
	if row, err := a.TraineeRows(ctx, kept, 0); err != nil || row[0].Organization != "急诊科" {
		t.Errorf("merged %+v, %v", row, err)
	}
	s.Must("1 组学员可能是同一个人")
	s.Press("button", "撤销")
	if got := len(s.ids(data.TraineeQuery{})); got != before {
		t.Errorf("%d people after the undo, before %d", got, before)
	}
}

func TestPeopleWhoAreTwoAreNamedNoMore(t *testing.T) {
	a := newApp(t, 6)
	doubles(t, a)
	s := newSizedStand(t, a, 1720, 1000, true)
	s.screen.findDuplicates()
	s.screen.duplicates.openGroup(1)
	s.Picture("merge-three-dark")
	s.Press("button", "不是这一位")
	s.Press("button", "取消")
	s.screen.duplicates.openGroup(1)
	s.Press("button", "不是同一人")
	s.Must("1 组学员可能是同一个人")
	s.Press("button", "撤销")
	s.Must("2 组学员可能是同一个人")
	s.screen.duplicates.table.TickAll()
	s.screen.duplicates.update()
	s.Press("button", "不是同一人")
	s.Must("没有发现重复的学员")
	s.Picture("duplicates-none-dark")
}

func TestARosterIsCompared(t *testing.T) {
	a := newApp(t, 4)
	s := newStand(t, a)
	path := filepath.Join(t.TempDir(), "今年.csv")
	lines := []string{"姓名,身份证号,手机号,组织机构",
		datatest.Name(0) + "," + datatest.IDNumber(8501) + ",,骨科", // the same
		"改了名," + datatest.IDNumber(8518) + ",,急诊科",                // renamed
		datatest.Name(2) + "," + datatest.IDNumber(8535) + ",,骨科", // moved from 药学部
		"新来的," + datatest.IDNumber(1) + ",,骨科", "没号的,1234,,骨科"}    // joined, unclear; the fourth has left
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	s.screen.compare("", path)
	s.Picture("comparison")
	s.Must("1 人一致")
	for tab, want := range map[string]string{"新增": "新来的", "离职": datatest.Name(3), "改名": "改了名", "调动": datatest.Name(2), "待核对": "没号的"} {
		s.Press("tab", tab)
		s.Must(want)
		s.Must("共 1 人")
	}
	s.Press("tab", "离职")
	s.Press("button", "停用这 1 人")
	if got := s.ids(data.TraineeQuery{Status: data.TraineeDisabled}); len(got) != 1 {
		t.Errorf("disabled %v", got)
	}
	s.Press("button", "存为工作簿")
	if text := bookText(t, s.saveTo("比对.xlsx", "保存")); !strings.Contains(text, "新来的") || strings.Contains(text, datatest.IDNumber(1)) {
		t.Error("the workbook lacks a person or shows a whole number")
	}
	s.Press("tab", "新增")
	s.Press("button", "导入这 1 人…")
	s.Picture("comparison-import")
	s.Press("button", "导入 1 人")
	if got := s.ids(data.TraineeQuery{Name: "新来的"}); len(got) != 1 {
		t.Errorf("imported %v", got)
	}
	s.Press("button", "撤销")
	if got := s.ids(data.TraineeQuery{}); len(got) != 4 {
		t.Errorf("after the undo there are %d", len(got))
	}
	s.Press("tab", "待核对")
	s.Press("button", "到导入预览里处理")
	if got := s.Gone[len(s.Gone)-1]; got != (desktest.Step{Page: desk.ImportRoster, Argument: path}) {
		t.Errorf("went to %v", got)
	}
}
