package hours

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data/datatest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// stand is a screen in a window on a real program.
type stand struct {
	*desktest.Stand
	t      *testing.T
	app    *app.App
	window fyne.Window
	screen *Screen
	gone   []string // where Go led, with its argument
}

// newStand shows the page at the size that it has in a window of 1280×800.
func newStand(t *testing.T, a *app.App) *stand {
	return newSizedStand(t, a, desktest.Width, desktest.Height, false)
}

func newSizedStand(t *testing.T, a *app.App, width, height float32, dark bool) *stand {
	t.Helper()
	shown := desktest.New(t, a, width, height, dark)
	s := &stand{Stand: shown, t: t, app: a, window: shown.Window}
	shown.Desk.Go = func(page desk.Page, argument any) { s.gone = append(s.gone, fmt.Sprintf("%s %v", page, argument)) }
	s.screen = New(shown.Desk, a)
	s.Enter(s.screen, nil)
	return s
}

// sheet writes a CSV file.
func sheet(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// records imports n people and a training of each.
func records(t *testing.T, a *app.App, n int) {
	t.Helper()
	departments := []string{"骨科", "检验科", "护理部", "急诊科", "内科/一病区"}
	titles := []string{"急救技能培训", "医院感染防控专题讲座", "信息安全与个人信息保护", "2022年护理学术年会"}
	roster, sheetLines := []string{"姓名,身份证号,手机号,组织机构"}, []string{"姓名,身份证号,培训名称,课程类别,培训形式,主办单位,开始日期,结束日期,学时,考核结果,证明编号,讲师"}
	for i := range n {
		name, number := datatest.Name(i), datatest.IDNumber(8501+i*17)
		roster = append(roster, strings.Join([]string{name, number, datatest.Mobile(417 + i*4111), departments[i%5]}, ","))
		day := fmt.Sprintf("2022-05-%02d", 1+i%20)
		sheetLines = append(sheetLines, strings.Join([]string{name, number, titles[i%4], "选修", []string{"面授", "会议"}[i%2], "医务处", day, day, []string{"4", "6.5", "8"}[i%3], "合格", fmt.Sprintf("JJ-2022-%04d", i), "李老师"}, ","))
	}
	people, err := a.PlanImport(context.Background(), sheet(t, "名单.csv", roster...), app.ImportOptions{CreateOrganizations: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.CommitImport(context.Background(), people, nil); err != nil {
		t.Fatal(err)
	}
	plan, err := a.CurrentPlan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	hours, err := a.PlanHoursImport(context.Background(), sheet(t, "学时.csv", sheetLines...), app.ImportOptions{PlanID: plan.ID})
	if err != nil {
		t.Fatal(err)
	}
	if result, err := a.CommitHoursImport(context.Background(), hours, nil); err != nil || result.Added != n {
		t.Fatalf("%+v, %v", result, err)
	}
}

// shot writes the window to the folder in PEIXUN_GALLERY, if that is set.
func (s *stand) shot(name string) {
	folder := os.Getenv("PEIXUN_GALLERY")
	if folder == "" {
		return
	}
	file, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, s.window.Canvas().Capture()); err != nil {
		s.t.Fatal(err)
	}
}
