package system

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
)

func TestOfficialTemplateIsLoadedCorrectedAndGivenUp(t *testing.T) {
	ctx := context.Background()
	a := apptest.New(t)
	s := desktest.New(t, a, desktest.Width, desktest.Height, false)
	screen := NewSettings(s.Desk, a, func(bool) {})
	s.Enter(screen, nil)
	s.Shows("没有载入，用本程序的模板")
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetRow("Sheet1", "A1", &[]any{"*学员姓名", "*证照号码", "联系电话", "所在单位", "平台编号"}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "官方模板.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	screen.official.read(path, data.TraineeForm)
	s.Shows("载入“学员”的官方模板")
	s.Picture("official-template")
	s.Tap("button", "使用这个模板")
	kept, ok, err := a.OfficialTemplate(ctx, data.TraineeForm)
	if err != nil || !ok || kept.Name != "官方模板.xlsx" || kept.Places(data.TraineeForm)[0] != 0 {
		t.Fatalf("kept %+v, %v", kept, err)
	}
	s.Shows("官方模板")
	s.Picture("settings-template")
	screen.official.remove(data.TraineeForm, kept)
	if _, ok, _ := a.OfficialTemplate(ctx, data.TraineeForm); ok {
		t.Error("still the official one")
	}
	s.Tap("button", "撤销")
	if _, ok, _ := a.OfficialTemplate(ctx, data.TraineeForm); !ok {
		t.Error("the undo did not bring it back")
	}
}
