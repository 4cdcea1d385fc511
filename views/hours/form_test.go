package hours

import (
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/ui"
)

// stored lists what the database holds, by the beginning.
func (s *stand) stored() []data.OfflineHoursRow {
	s.t.Helper()
	ids, err := s.app.HoursIDs(context.Background(), data.OfflineHoursQuery{Sort: "starts"})
	if err != nil {
		s.t.Fatal(err)
	}
	rows, err := s.app.HoursRows(context.Background(), ids)
	if err != nil {
		s.t.Fatal(err)
	}
	return rows
}

func TestTrainingIsTypedForSeveralPeopleAndTakenBack(t *testing.T) {
	a := apptest.New(t)
	records(t, a, 3)
	s := newStand(t, a)
	s.Press("button", "登记学时")
	s.Press("button", "登记")
	form := s.screen.form
	for half, keys := range [][]string{{"name", "title"}, {"starts_on", "ends_on", "hours"}} {
		for _, key := range keys {
			if form.halves[half].Row(key).Problem() == "" {
				t.Errorf("an empty form has no problem at %s", key)
			}
		}
	}
	s.shot("hours-form-problems")
	keys := []string{}
	for _, row := range s.stored()[:2] {
		keys = append(keys, ui.Words("", string(rune('0'+row.TraineeID)))[1].Key)
	}
	form.people.SetKeys(keys...)
	form.halves[0].Row("title").Control.(*ui.Field).SetText("消防演练")
	form.halves[1].Row("starts_on").Control.(*ui.DateField).SetText("2022.6.1")
	form.halves[1].Row("ends_on").Control.(*ui.DateField).SetText("2022-06-02")
	s.Press("button", "按天数")
	if form.amount.Text() != "16.00" {
		t.Errorf("two days are %s", form.amount.Text())
	}
	form.amount.SetText("1天半")
	s.Press("button", "登记")
	s.Must("已把“1天半”按半天 4.00 学时折合为 12.00 学时。")
	if len(s.stored()) != 3 {
		t.Error("a conversion was stored before it was confirmed")
	}
	s.shot("hours-form-confirm")
	s.Press("button", "确认无误，登记")
	rows := s.stored()
	if len(rows) != 5 || rows[4].Title != "消防演练" || rows[4].Hours != 12_00 || rows[4].StartsOn != "2022-06-01" || rows[3].TraineeID == rows[4].TraineeID {
		t.Fatalf("stored %+v", rows)
	}
	s.Must("已登记 2 条线下学时。")
	s.shot("hours-added")
	s.Press("button", "撤销")
	if len(s.stored()) != 3 {
		t.Error("撤销 left the records")
	}
}

func TestRecordIsChangedAndRemoved(t *testing.T) {
	a := apptest.New(t)
	records(t, a, 3)
	s := newStand(t, a)
	item := func(row int, label string) ui.MenuItem {
		t.Helper()
		items := s.screen.rowItems(row)
		at := slices.IndexFunc(items, func(item ui.MenuItem) bool { return item.Label == label })
		if at < 0 {
			t.Fatalf("no %q in %+v", label, items)
		}
		return items[at]
	}
	id := s.screen.rows.ID(0)
	item(0, "修改").Action()
	s.shot("hours-form-edit")
	s.screen.form.halves[0].Row("title").Control.(*ui.Field).SetText("另一个培训")
	s.Press("button", "保存")
	if got := s.stored()[2]; got.ID != id || got.Title != "另一个培训" || got.Extra["讲师"] != "李老师" {
		t.Errorf("stored %+v", got)
	}
	s.screen.table.SetTicked(s.screen.rows.ID(0), s.screen.rows.ID(1))
	s.screen.showSums()
	s.Must("已选 2 条 ·")
	item(0, "删除选中的 2 条").Action()
	if len(s.stored()) != 1 {
		t.Errorf("%d left", len(s.stored()))
	}
	s.Press("button", "撤销")
	if len(s.stored()) != 3 {
		t.Errorf("%d after the undo", len(s.stored()))
	}
}

func TestPapersAreDroppedOnAnOpenRecord(t *testing.T) {
	a := apptest.New(t)
	records(t, a, 3)
	s := newStand(t, a)
	path := filepath.Join(t.TempDir(), "证明.png")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(file, image.NewGray(image.Rect(0, 0, 700, 700))); err != nil {
		t.Fatal(err)
	}
	file.Close()
	s.screen.Dropped([]string{path})
	if len(s.gone) != 1 || !strings.HasPrefix(s.gone[0], "批量导入") {
		t.Errorf("a file on the list leads to %q", s.gone)
	}
	s.screen.table.Open(1)
	s.screen.Dropped([]string{path})
	s.Must("证明.png")
	s.shot("hours-papers")
	if row := s.stored()[1]; row.Files != 1 {
		t.Errorf("stored %+v", row)
	}
	s.Press("button", "删除这个附件")
	if row := s.stored()[1]; row.Files != 0 {
		t.Errorf("left %+v", row)
	}
	s.Press("button", "撤销")
	if row := s.stored()[1]; row.Files != 1 {
		t.Errorf("not restored: %+v", row)
	}
}

func TestFiltersFindOverlapsAndOrganizations(t *testing.T) {
	a := apptest.New(t)
	records(t, a, 12)
	s := newStand(t, a)
	first := s.screen.rows.At(0)
	_, err := a.AddHours(context.Background(), app.HoursEntry{PlanID: first.PlanID, TraineeIDs: []int64{first.TraineeID},
		Cells: map[string]string{"title": "同一天", "starts_on": string(first.StartsOn), "ends_on": string(first.EndsOn), "hours": "1"}})
	if err != nil {
		t.Fatal(err)
	}
	s.screen.Enter(data.HoursOverlapping)
	s.Must("找到 2 条，共 13 条")
	s.shot("hours-overlap")
	s.screen.clearFilters()
	s.screen.filters.category.SetKey("选修")
	s.screen.filters.changed()
	s.Must("找到 12 条，共 13 条")
	s.screen.filters.from.SetText("2022-05-1x")
	if s.screen.rows.Len() != 12 {
		t.Error("half a date filters")
	}
}
