package trainees

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
	"peixun/views/desk/desktest"
)

// stand is the page in a window on a real program.
type stand struct {
	*desktest.Stand
	t      *testing.T
	app    *app.App
	window fyne.Window
	screen *Screen
}

// newStand shows the page at the size that it has in a window of 1280×800.
func newStand(t *testing.T, a *app.App) *stand {
	return newSizedStand(t, a, desktest.Width, desktest.Height, false)
}

func newSizedStand(t *testing.T, a *app.App, width, height float32, dark bool) *stand {
	t.Helper()
	shown := desktest.New(t, a, width, height, dark)
	s := &stand{Stand: shown, t: t, app: a, window: shown.Window, screen: New(shown.Desk, a)}
	s.Enter(s.screen, nil)
	return s
}

// people imports a roster of n invented people spread over a few organisations; every seventh lacks a mobile.
func people(t *testing.T, a *app.App, n int) {
	t.Helper()
	departments := []string{"骨科", "急诊科", "药学部", "检验科", "护理部", "放射科", "儿科", "内科/一病区", "内科/二病区", "麻醉科", "信息中心", "社区服务站"}
	var text strings.Builder
	text.WriteString("姓名,身份证号,手机号,组织机构,人员类别,职称名称,用户名\n")
	for i := range n {
		mobile := datatest.Mobile(417 + i*4111)
		if i%7 == 6 {
			mobile = ""
		}
		fmt.Fprintf(&text, "%s,%s,%s,%s,专业技术人员,主管护师,jy%04d\n", datatest.Name(i), datatest.IDNumber(8501+i*17), mobile, departments[i%len(departments)], 112+i*9)
	}
	path := filepath.Join(t.TempDir(), "名单.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	plan, err := a.PlanImport(context.Background(), path, app.ImportOptions{CreateOrganizations: true})
	if err != nil {
		t.Fatal(err)
	}
	result, err := a.CommitImport(context.Background(), plan, nil)
	if err != nil || result.Added != n {
		t.Fatalf("import: %+v, %v", result, err)
	}
}

func (s *stand) ids(q data.TraineeQuery) []int64 {
	s.t.Helper()
	ids, err := s.app.TraineeIDs(context.Background(), q)
	if err != nil {
		s.t.Fatal(err)
	}
	return ids
}

func newApp(t *testing.T, n int) *app.App {
	a := apptest.New(t)
	if n > 0 {
		people(t, a, n)
	}
	return a
}
