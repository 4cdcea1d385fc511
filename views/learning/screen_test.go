package learning

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// taught is a program with so many people, of whom every third has reached 30 学时 and every third has 12.50.
func taught(t testing.TB, people int) *app.App {
	t.Helper()
	a := apptest.New(t)
	ctx := context.Background()
	departments := []string{"骨科", "检验科", "护理部", "急诊科", "内科/一病区", "内科/二病区"}
	lines := []string{"姓名,身份证号,手机号,组织机构"}
	for i := range people {
		lines = append(lines, strings.Join([]string{datatest.Name(i), datatest.IDNumber(8501 + i*17), datatest.Mobile(417 + i*4111), departments[i%len(departments)]}, ","))
	}
	path := filepath.Join(t.TempDir(), "名单.csv")
	must(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600))
	plan, err := a.PlanImport(ctx, path, app.ImportOptions{CreateOrganizations: true})
	must(t, err)
	_, err = a.CommitImport(ctx, plan, nil)
	must(t, err)
	ids, err := a.TraineeIDs(ctx, data.TraineeQuery{})
	must(t, err)
	current, err := a.CurrentPlan(ctx)
	must(t, err)
	for place, id := range ids {
		hours := []string{"30", "12.5", ""}[place%3]
		if hours == "" {
			continue
		}
		_, err := a.AddHours(ctx, app.HoursEntry{PlanID: current.ID, TraineeIDs: []int64{id},
			Cells: map[string]string{"title": "急救技能培训", "form": "面授", "starts_on": "2022-05-09", "ends_on": "2022-05-13", "hours": hours, "certificate": fmt.Sprintf("JJ-%03d", place)}})
		must(t, err)
	}
	return a
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newStand(t *testing.T, a *app.App, width, height float32, dark bool) (*desktest.Stand, *Screen) {
	t.Helper()
	s := desktest.New(t, a, width, height, dark)
	screen := New(s.Desk, a)
	s.Enter(screen, nil)
	return s, screen
}

func TestThoseWhoAreBehindAreListedAndReminded(t *testing.T) {
	a := taught(t, 9)
	s, screen := newStand(t, a, desktest.Width, desktest.Height, false)
	s.Shows("共 6 人")
	s.Shows("已登记 37.50 学时　还差 142.50 学时")
	s.Tap("button", "复制提醒")
	text := fyne.CurrentApp().Clipboard().Content()
	if parts := strings.Split(text, "\n\n"); len(parts) != 6 || !strings.Contains(parts[0], "还差 30.00") {
		t.Errorf("copied %q", text)
	}
	screen.table.SetTicked(screen.rows.ID(5))
	s.Tap("button", "复制提醒")
	if text := fyne.CurrentApp().Clipboard().Content(); strings.Count(text, "您好") != 1 || !strings.Contains(text, "还差 17.50") {
		t.Errorf("copied %q", text)
	}
	screen.only.SetKey(string(data.LearningReached))
	screen.changed()
	s.Shows("共 3 人") // who was ticked is not listed, nor ticked any more
	screen.text.SetText("没有这个人")
	s.Shows("这里没有学员")
	screen.clear()
	s.Shows("共 9 人")
}

func TestFileShowsEveryYearAndIsPrinted(t *testing.T) {
	a := taught(t, 3)
	s, screen := newStand(t, a, desktest.Width, desktest.Height, false)
	screen.table.Open(1)
	for _, text := range []string{"2022年", "2021年", "2020年", "12.50 / 30.00", "还差 17.50", "培训记录 1 条"} {
		s.Shows(text)
	}
	s.Picture("learning-drawer")
	s.Tap("button", "打印")
	s.Shows("1 / 1 页")
	s.Picture("learning-paper")
}

func TestOrganizationLeadsToItsPeople(t *testing.T) {
	a := taught(t, 12)
	s, screen := newStand(t, a, desktest.Width, desktest.Height, false)
	screen.tabs.SetSelected(tabOrganizations)
	screen.showTab()
	s.Shows("应训 12 人　已达标 4 人　未达标 8 人")
	s.Picture("learning-organizations")
	for row, line := range screen.organizations.lines {
		if line.Label == "内科" {
			screen.organizations.table.Open(row)
			break
		}
	}
	if screen.tabs.Selected() != tabPeople || screen.query().OrganizationID == 0 || screen.query().Only != data.LearningMissing {
		t.Fatalf("asked %+v", screen.query())
	}
	for row := range screen.rows.Len() {
		if !strings.HasPrefix(screen.rows.At(row).Organization, "内科") {
			t.Errorf("%s is of %s", screen.rows.At(row).Name, screen.rows.At(row).Organization)
		}
	}
	screen.rowItems(0)[2].Action()
	if len(s.Gone) != 1 || s.Gone[0].Page != desk.Trainees {
		t.Errorf("led to %v", s.Gone)
	}
}

func TestLooks(t *testing.T) {
	s, _ := newStand(t, apptest.New(t), desktest.Width, desktest.Height, false)
	s.Picture("learning-empty")
	a := taught(t, 48)
	s, _ = newStand(t, a, desktest.Width, desktest.Height, false)
	s.Picture("learning")
	s, screen := newStand(t, a, 1720, 1000, true)
	screen.table.Open(2)
	s.Picture("learning-dark-wide")
}
