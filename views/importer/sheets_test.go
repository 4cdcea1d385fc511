package importer

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

func TestAWorkbookWithSeveralRosters(t *testing.T) {
	file := excelize.NewFile()
	for place, name := range []string{"说明", "医师", "护理"} {
		if _, err := file.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		rows := [][]any{{"2022年名单"}, {"姓名", "身份证号", "手机号"}, {datatest.Name(place), datatest.IDNumber(place), datatest.Mobile(place)}, {datatest.Name(10 + place), datatest.IDNumber(10 + place), datatest.Mobile(10 + place)}}
		if place == 0 {
			rows = [][]any{{"请各科室于 3 月 15 日前报送"}}
		}
		for at, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, at+1)
			if err := file.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "名单.xlsx")
	if err := file.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	a := apptest.New(t)
	s := newStand(t, a, false)
	s.screen.Enter(path)
	s.Must("文件里还有 1 张名单：“护理”2 行。现在只导入“医师”，导入后可以接着导入。")
	s.Picture("import-sheets")
	s.Press("button", "调整")
	s.Press("select", "医师")
	s.Must("不是这种表")
	s.Picture("import-sheets-choice")
	s.Press("option", "护理")
	s.Must("“医师”2 行")
	s.Press("button", "先看“医师”")
	s.Press("button", "下一步：确认导入 2 人")
	s.Press("button", "导入 2 人")
	s.Must("还有工作表“护理”")
	s.Press("button", "导入“护理”")
	if sheet := s.screen.plan.Heading.Sheet; sheet != "护理" {
		t.Fatalf("read the sheet %q", sheet)
	}
	s.Press("button", "下一步：确认导入 2 人")
	s.Press("button", "导入 2 人")
	if ids, err := a.TraineeIDs(context.Background(), data.TraineeQuery{}); err != nil || len(ids) != 4 {
		t.Errorf("%d people are stored, %v", len(ids), err)
	}
	if len(s.screen.others()) != 0 {
		t.Errorf("%v are offered though they are imported", s.screen.others())
	}
}
