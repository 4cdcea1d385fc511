package importer

import (
	"context"
	"strings"
	"testing"

	"time"

	"fyne.io/fyne/v2"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

func TestImportIsUndoneFromItsResult(t *testing.T) {
	a, clock := apptest.NewWithClock(t)
	stock(t, a, 2)
	clock.Pass(time.Minute)
	s := newStand(t, a, false)
	lines := []string{"姓名,身份证号,手机号,组织机构,学历", strings.Join([]string{datatest.Name(0), datatest.IDNumber(8501), datatest.Mobile(417), "骨科", "博士研究生"}, ",")}
	for n := range 3 {
		lines = append(lines, strings.Join([]string{datatest.Name(40 + n), datatest.IDNumber(40 + n), datatest.Mobile(40 + n), "骨科", "本科"}, ","))
	}
	s.screen.Enter(sheet(t, "名单.csv", lines...))
	s.Press("button", "下一步：确认导入 4 人")
	s.Press("button", "导入 4 人")
	s.Picture("import-result")
	s.Press("button", "撤销这次导入")
	s.Must("新增的 3 人会删除；更新的 1 人恢复原来的内容；")
	s.Picture("import-undo")
	s.Press("button", "撤销导入")
	s.Must("已撤销“名单.csv”：删除 3 人，恢复 1 人。")
	s.Picture("import-records")
	s.Must("已撤销 06-17 13:03")
	if got := s.ids(data.TraineeQuery{}); len(got) != 2 {
		t.Errorf("%d people are left, want the two before", len(got))
	}
	if title, back := s.screen.Title(); title != "导入记录" || back != desk.Trainees {
		t.Errorf("title %q back to %q", title, back)
	}
	s.screen.Enter(nil)
	s.Must("选择文件…")
}

func TestWhoHasMoneyIsKeptAndListed(t *testing.T) {
	h := apptest.NewHospital(t, 0)
	s := newStand(t, h.App, false)
	s.screen.Enter(sheet(t, "名单.csv", "姓名,身份证号,手机号,组织机构", "陈若溪,"+datatest.IDNumber(1)+",13800000417,骨科", "方奕,"+datatest.IDNumber(2)+",13800000418,骨科"))
	s.Press("button", "下一步：确认导入 2 人")
	s.Press("button", "导入 2 人")
	rich := s.ids(data.TraineeQuery{Name: "陈若溪"})
	batch := h.Approved("2022-06-17 09:00:00", "2022-06-17 10:00:00", 1)
	h.Charge("2022-06-17 12:00:00", batch.BatchNumber, rich...)
	s.screen.Enter(data.ImportRun{})
	s.window.Canvas().Focus(s.screen.records.table)
	for _, key := range []fyne.KeyName{fyne.KeyHome, fyne.KeyReturn} {
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
	s.Press("button", "撤销导入")
	s.Must("已撤销，1 人保留")
	s.Must("陈若溪")
	s.Picture("import-kept")
	left, err := h.TraineeIDs(context.Background(), data.TraineeQuery{})
	if err != nil || len(left) != 1 || left[0] != rich[0] {
		t.Errorf("left %v, %v", left, err)
	}
	s.Press("button", "知道了")
	s.pressLink("已撤销，保留 1")
	s.Must("撤销时保留的 1 人")
	s.Must("已有充值记录")
	s.pressLink("陈若溪")
	if got := s.Gone[len(s.Gone)-1]; got != (desktest.Step{Page: desk.Trainees, Argument: rich[0]}) {
		t.Errorf("went to %v", got)
	}
}
