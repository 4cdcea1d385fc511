package importer

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// at puts the keyboard into a cell of the row with a number in the sheet.
func (s *stand) at(number int, column string) {
	s.t.Helper()
	s.openRow(number)
	p := s.screen.preview
	p.table.Focus()
	p.table.MoveTo(p.table.OpenRow(), column)
}

// keys presses keys on what has the keyboard.
func (s *stand) keys(names ...fyne.KeyName) {
	for _, name := range names {
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// current gives the number in the sheet of the row with the keyboard, and its column.
func (s *stand) current() (int, string) {
	p := s.screen.preview
	row, column := p.table.Current()
	return p.row(row).Source.Number, column
}

// wrong is a sheet in which four people's mobiles and one number are wrong.
func wrong(t *testing.T) string {
	return sheet(t, "错.csv", "姓名,身份证号,手机号",
		datatest.Name(1)+","+datatest.IDNumber(1)+",1380000",
		datatest.Name(2)+","+datatest.IDNumber(2)+",1380001",
		datatest.Name(3)+","+datatest.IDNumber(3)[:17]+",1380002",
		datatest.Name(4)+","+datatest.IDNumber(4)+",1380003",
		datatest.Name(5)+","+datatest.IDNumber(5)+","+datatest.Mobile(5))
}

func TestCellsAreMendedWhereTheyStand(t *testing.T) {
	a := apptest.New(t)
	s := newStand(t, a, false)
	s.screen.Enter(wrong(t))
	s.has(counts{fresh: 1, failed: 4})
	s.at(2, "mobile")
	s.keys(fyne.KeyF2)
	s.Picture("import-cell")
	test.Type(s.window.Canvas().Focused(), datatest.Mobile(1))
	s.keys(fyne.KeyReturn)
	s.has(counts{fresh: 2, failed: 3})
	if row, column := s.current(); row != 3 || column != "mobile" {
		t.Fatalf("after Enter the keyboard is in row %d, %s", row, column)
	}
	for _, digit := range datatest.Mobile(2) { // typing alone begins to edit
		s.window.Canvas().Focused().TypedRune(digit)
	}
	s.keys(fyne.KeyDown)
	s.has(counts{fresh: 3, failed: 2})
	s.keys(fyne.KeyF2, fyne.KeyEscape)
	s.has(counts{fresh: 3, failed: 2})
	s.keys(fyne.KeyLeft, fyne.KeyF2)
	test.Type(s.window.Canvas().Focused(), datatest.IDNumber(3))
	s.keys(fyne.KeyTab)
	if row, column := s.current(); row != 4 || column != "mobile" {
		t.Fatalf("after Tab the keyboard is in row %d, %s", row, column)
	}
	s.keys(fyne.KeyDelete)
	s.has(counts{fresh: 4, failed: 1})
	if focused, ok := s.window.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(&fyne.ShortcutUndo{})
	}
	s.has(counts{fresh: 3, failed: 2})
	s.Press("button", "下一步：确认导入 3 人")
	s.Press("button", "导入 3 人")
	for n, want := range map[int]string{1: datatest.Mobile(1), 2: datatest.Mobile(2), 5: datatest.Mobile(5)} {
		if got := storedMobile(t, a, datatest.IDNumber(n)); got != want {
			t.Errorf("person %d has the mobile %q, want %q", n, got, want)
		}
	}
}

func storedMobile(t *testing.T, a *app.App, number string) string {
	t.Helper()
	ids, err := a.TraineeIDs(context.Background(), data.TraineeQuery{Text: number})
	if err != nil || len(ids) != 1 {
		t.Fatalf("%d people, %v", len(ids), err)
	}
	person, err := a.Reveal(context.Background(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	return person.Mobile
}

func TestAColumnIsPastedDownwards(t *testing.T) {
	s := newStand(t, apptest.New(t), false)
	s.screen.Enter(wrong(t))
	s.at(2, "id_number")
	fyne.CurrentApp().Clipboard().SetContent(datatest.IDNumber(11) + "\t" + datatest.Mobile(1) + "\r\n\"" + datatest.IDNumber(12) + "\"\t" + datatest.Mobile(2) + "\r\n" + datatest.IDNumber(3) + "\t\r\n")
	s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{})
	s.has(counts{fresh: 4, failed: 1})
	s.Must("已粘贴 6 格。")
	if row := s.screen.plan.Rows[1]; row.Trainee.IDNumber != datatest.IDNumber(12) || row.Trainee.Mobile != datatest.Mobile(2) {
		t.Errorf("the second row has %s %s", row.Trainee.IDNumber, row.Trainee.Mobile)
	}
	s.Press("button", "撤销上一步")
	s.has(counts{fresh: 1, failed: 4})
}

func TestPastedCells(t *testing.T) {
	for text, want := range map[string][][]string{
		"":                         nil,
		"甲\n":                      {{"甲"}},
		"甲\r\n\r\n乙":               {{"甲"}, {""}, {"乙"}},
		"甲\t乙\n丙\t":                {{"甲", "乙"}, {"丙", ""}},
		"\"甲\n乙\"\t\"说\"\"好\"\"\"": {{"甲\n乙", `说"好"`}},
		"\"没有关\n乙":                 {{`"没有关`}, {"乙"}},
		"\"甲\"乙\t丙":                {{`"甲"乙`, "丙"}},
	} {
		if got := pastedCells(text); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestRowsAreLeftOutByKeyClickAndTick(t *testing.T) {
	s := newStand(t, apptest.New(t), false)
	s.screen.Enter(wrong(t))
	s.at(2, "name")
	s.keys(fyne.KeySpace)
	s.has(counts{fresh: 1, failed: 3, skipped: 1})
	s.pressLink("跳过")
	s.has(counts{fresh: 1, failed: 2, skipped: 2})
	s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.Press("button", "跳过这 2 行")
	s.has(counts{fresh: 1, skipped: 4})
	s.at(3, "name")
	s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.Picture("import-ticked")
	s.Press("button", "导入这 4 行")
	s.has(counts{fresh: 1, failed: 4})
}

func TestOneKindOfProblemIsLookedAt(t *testing.T) {
	s := newStand(t, apptest.New(t), false)
	s.screen.Enter(wrong(t))
	p := s.screen.preview
	p.lookAt("证件号位数不对")
	if len(p.looked) != 1 || p.row(0).Source.Number != 4 {
		t.Fatalf("looked at %v", p.looked)
	}
	s.Picture("import-kind")
	s.at(4, "id_number")
	p.lookAt("证件号位数不对")
	p.table.Focus()
	p.table.MoveTo(0, "id_number")
	s.keys(fyne.KeyF2)
	test.Type(s.window.Canvas().Focused(), datatest.IDNumber(3))
	s.keys(fyne.KeyReturn)
	if len(p.looked) != 4 {
		t.Errorf("after the last of the kind was mended %d rows are shown, want all that are wrong", len(p.looked))
	}
}

func TestAnEditOffersItsLikes(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 4)
	s := newStand(t, a, false)
	s.screen.Enter(ward(t))
	s.at(2, "organization")
	s.keys(fyne.KeyF2)
	test.Type(s.window.Canvas().Focused(), "gk")
	s.Picture("import-cell-options")
	s.keys(fyne.KeyReturn)
	s.has(counts{fresh: 2, failed: 3})
	s.Must("还有 2 行的“组织机构”也是“骨科病房”。")
	s.Press("button", "一起改为“骨科”")
	s.has(counts{fresh: 4, failed: 1})
}
