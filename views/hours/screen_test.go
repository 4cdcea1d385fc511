package hours

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/excel"
	"peixun/views/ui"
)

func TestLooks(t *testing.T) {
	a := apptest.New(t)
	newStand(t, a).shot("hours-empty")
	records(t, a, 60)
	s := newStand(t, a)
	s.shot("hours")
	s.screen.table.Open(2)
	s.shot("hours-drawer")
	s = newSizedStand(t, a, 1520, 920, true)
	s.screen.table.Open(2)
	s.shot("hours-dark-wide")
}

func TestEmptyListOffersTheImport(t *testing.T) {
	s := newStand(t, apptest.New(t))
	s.Must("还没有线下学时")
	s.Press("button", "批量导入")
	s.screen.Dropped([]string{"/tmp/学时.xlsx"})
	if strings.Join(s.gone, ";") != "批量导入 <nil>;批量导入 /tmp/学时.xlsx" {
		t.Errorf("went to %q", s.gone)
	}
}

func TestSummaryOfThePlanIsPreviewed(t *testing.T) {
	a := apptest.New(t)
	records(t, a, 12)
	s := newStand(t, a)
	summary := func() ui.MenuItem {
		at := slices.IndexFunc(s.screen.moreItems(), func(item ui.MenuItem) bool { return item.Label == "打印学时汇总表" })
		return s.screen.moreItems()[at]
	}
	summary().Action()
	s.Must("1 / 1 页")
	s.shot("hours-summary")
	ui.HandleEscape(s.window.Canvas())
	s.screen.filters.setPlan(0)
	if !summary().Disabled {
		t.Error("a summary is offered of no plan")
	}
}

func TestCountAndSumFollowTheFilter(t *testing.T) {
	a := apptest.New(t)
	records(t, a, 12)
	s := newStand(t, a)
	s.Must("共 12 条")
	s.Must("合计 74.00 学时")
	s.screen.filters.text.SetText("急救")
	s.Must("找到 3 条，共 12 条")
	want, err := a.HoursTotal(context.Background(), data.OfflineHoursQuery{Text: "急救"})
	if err != nil {
		t.Fatal(err)
	}
	s.Must("合计 " + want.String() + " 学时")
	plans, err := a.Plans(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s.screen.filters.setPlan(plans[1].ID)
	s.screen.ask()
	s.Must("没有符合条件的记录")
	s.Press("button", "清除筛选条件")
	if s.screen.rows.Len() != 12 || s.screen.filters.text.Text() != "" {
		t.Errorf("%d rows after clearing", s.screen.rows.Len())
	}
}

func TestDrawerShowsTheRecord(t *testing.T) {
	a := apptest.New(t)
	records(t, a, 3)
	s := newStand(t, a)
	s.screen.table.Open(0)
	for _, text := range []string{"医务处", "讲师", "李老师", "20220301161802103", "合格"} {
		s.Must(text)
	}
	id := s.screen.rows.At(0).TraineeID
	s.Press("button", "查看学员")
	if len(s.gone) != 1 || !strings.HasPrefix(s.gone[0], "学员列表") || id == 0 {
		t.Errorf("went to %q", s.gone)
	}
	s.screen.filters.text.SetText("没有这条")
	if s.screen.host.IsOpen() {
		t.Error("the drawer shows what is not listed")
	}
}

func TestTemplateIsSavedWhole(t *testing.T) {
	s := newStand(t, apptest.New(t))
	s.Press("button", "下载模板")
	path := filepath.Join(t.TempDir(), "模板.xlsx")
	s.window.Canvas().Focused().(interface{ SetText(string) }).SetText(path)
	s.Press("button", "保存")
	book, err := excel.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	book.Close()
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".peixun-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
