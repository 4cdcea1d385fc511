package importer

import (
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// A list that begins with its first person goes in whole: nobody is taken for the headers.
func TestAListWithoutHeaders(t *testing.T) {
	a := apptest.New(t)
	var lines []string
	for i := range 3 {
		lines = append(lines, strings.Join([]string{datatest.Name(i), datatest.IDNumber(i), datatest.Mobile(i), "内科"}, ","))
	}
	s := newStand(t, a, false)
	path := sheet(t, "名单.csv", lines...)
	s.screen.Enter(path)
	s.Must("文件“名单.csv”")
	s.Press("button", "自己指出表头…")
	s.Press("button", "表里没有表头，第一行就是人")
	if s.Has(datatest.IDNumber(0)) {
		t.Error("a whole number stands in the dialog")
	}
	s.Picture("import-no-headers")
	s.Press("button", "按此核对")
	s.Must("B 列")
	s.Press("button", "下一步：确认导入 3 人")
	s.Press("button", "导入 3 人")
	if found := len(s.ids(data.TraineeQuery{})); found != 3 {
		t.Errorf("%d people are stored, want 3", found)
	}
	if found := s.ids(data.TraineeQuery{Text: datatest.Name(0)}); len(found) != 1 {
		t.Errorf("the first row's person is stored %d times", len(found))
	}
	again := newStand(t, a, false)
	again.screen.Enter(path)
	again.Must("文件“名单.csv”") // nothing is remembered for sheets without headers: any other would answer to it
}

// Rows of people that are shown as possible headers, and chosen by mistake, give no number away.
func TestChosenHeadersAreMasked(t *testing.T) {
	s := newStand(t, apptest.New(t), false)
	s.screen.Enter(sheet(t, "名单.csv", datatest.Name(0)+","+datatest.IDNumber(0), datatest.Name(1)+","+datatest.IDNumber(1)))
	s.Press("button", "自己指出表头…")
	s.Press("cell", datatest.Name(0)+" ・ "+maskSample(datatest.IDNumber(0)))
	s.Must("列对应")
	if s.Has(datatest.IDNumber(0)) {
		t.Error("a whole number stands in the dialog")
	}
}
