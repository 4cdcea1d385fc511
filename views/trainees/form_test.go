package trainees

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/ui"
)

// form gives the open form's field of a column.
func (s *stand) field(f *personForm, key string) *ui.Field {
	s.t.Helper()
	for _, half := range f.halves {
		if row := half.Row(key); row != nil {
			return row.Control.(*ui.Field)
		}
	}
	s.t.Fatalf("no field %s", key)
	return nil
}

func (f *personForm) problem(key string) string {
	for _, half := range f.halves {
		if row := half.Row(key); row != nil {
			return row.Problem()
		}
	}
	return ""
}

func TestAddingAsksUntilItIsRight(t *testing.T) {
	a := newApp(t, 2)
	s := newStand(t, a)
	form := s.screen.openForm(0, data.Trainee{DocumentType: data.DocumentResidentID})
	s.Press("button", "添加")
	if form.problem("name") == "" || form.problem("id_number") == "" {
		t.Fatal("an empty form has no problems")
	}
	s.field(form, "name").SetText("姚书远")
	s.field(form, "id_number").SetText("110105 19491231 0021")
	form.check("id_number")
	if form.problem("id_number") == "" {
		t.Fatal("a wrong check digit was taken")
	}
	s.field(form, "id_number").SetText(datatest.IDNumber(8501))
	form.check("id_number")
	if form.problem("id_number") != "" {
		t.Fatal(form.problem("id_number"))
	}
	s.Press("button", "添加")
	if form.problem("name") == "" || len(s.ids(data.TraineeQuery{})) != 2 {
		t.Fatal("a number of somebody else was taken")
	}
	s.field(form, "id_number").SetText(datatest.IDNumber(99))
	s.Press("button", "添加")
	s.Must("没有填写手机号")
	s.field(form, "mobile").SetText("138 0000 0417")
	s.Press("button", "确认无误，添加")
	s.Must("2 个人的手机号相同，另外还有系统里的“" + datatest.Name(0) + "”")
	if len(s.ids(data.TraineeQuery{})) != 2 {
		t.Fatal("stored before the warning was confirmed")
	}
	s.Press("button", "确认无误，添加")
	found := s.ids(data.TraineeQuery{Name: "姚书远"})
	if len(found) != 1 || form.dialog.Shown() {
		t.Fatalf("stored %v", found)
	}
	if s.screen.details.id != found[0] || !s.screen.host.IsOpen() {
		t.Error("the new person's drawer is not open")
	}
}

func TestEditingFillsInTheMissingMobile(t *testing.T) {
	a := newApp(t, 7)
	s := newStand(t, a)
	waiting := s.ids(data.TraineeQuery{Incomplete: true})
	s.screen.Enter(waiting[0])
	s.Press("button", "编辑资料")
	form := s.screen.form
	s.field(form, "mobile").SetText("13900000001")
	s.field(form, "remark").SetText("2022年3月调入")
	s.Press("button", "保存")
	if len(s.ids(data.TraineeQuery{Incomplete: true})) != 0 {
		t.Fatal("the mobile was not stored")
	}
	whole, err := a.Reveal(context.Background(), waiting[0])
	if err != nil || whole.Mobile != "13900000001" || whole.Remark != "2022年3月调入" || whole.IDNumber != datatest.IDNumber(8501+6*17) || whole.Username != "jy0166" {
		t.Fatalf("stored %+v, %v", whole, err)
	}
	s.Must("139****0001")
}

func TestFormIsReachableByKeys(t *testing.T) {
	s := newStand(t, newApp(t, 1))
	s.screen.openForm(0, data.Trainee{})
	seen := map[fyne.Focusable]bool{}
	for range 40 {
		seen[s.window.Canvas().Focused()] = true
		s.window.Canvas().FocusNext()
	}
	if len(seen) < len(data.TraineeForm.Columns)+2 {
		t.Errorf("Tab reaches %d of the form's controls", len(seen))
	}
}
