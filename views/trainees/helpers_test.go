package trainees

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
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

// seen gives the visible widgets of a kind.
func (s *stand) seen(kind string) []ui.SeenWidget {
	var out []ui.SeenWidget
	for _, w := range ui.InspectCanvas(s.window.Canvas()) {
		if w.Kind == kind {
			out = append(out, w)
		}
	}
	return out
}

// press clicks the middle of the topmost enabled widget of a kind with a text.
func (s *stand) press(kind, text string) {
	s.t.Helper()
	var found *ui.SeenWidget
	for _, w := range s.seen(kind) {
		if w.Text == text && !w.Disabled {
			found = &w
		}
	}
	if found == nil {
		s.t.Fatalf("no enabled %s %q among %v", kind, text, s.texts(kind))
	}
	test.TapCanvas(s.window.Canvas(), fyne.NewPos(float32(found.X+found.Width/2), float32(found.Y+found.Height/2)))
}

func (s *stand) texts(kind string) []string {
	var out []string
	for _, w := range s.seen(kind) {
		text := w.Text
		if w.Disabled {
			text += " (disabled)"
		}
		out = append(out, text)
	}
	return out
}

// shows tells whether a visible widget holds the text.
func (s *stand) shows(text string) bool {
	for _, w := range ui.InspectCanvas(s.window.Canvas()) {
		if strings.Contains(w.Text, text) || strings.Contains(w.Tip, text) {
			return true
		}
	}
	return false
}

func (s *stand) must(text string) {
	s.t.Helper()
	if !s.shows(text) {
		var all []string
		for _, w := range ui.InspectCanvas(s.window.Canvas()) {
			all = append(all, w.Kind+":"+w.Text)
		}
		s.t.Fatalf("nothing shows %q; seen: %s", text, strings.Join(all, " | "))
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
