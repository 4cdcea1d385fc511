package importer

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk/desktest"
)

// stand is the wizard in a window on a real program.
type stand struct {
	*desktest.Stand
	t      *testing.T
	app    *app.App
	window fyne.Window
	screen *Screen
}

// newStand shows the wizard at the size that it has in a window of 1280×800.
func newStand(t *testing.T, a *app.App, hours bool) *stand {
	return newSizedStand(t, a, hours, desktest.Width, desktest.Height, false)
}

func newSizedStand(t *testing.T, a *app.App, hours bool, width, height float32, dark bool) *stand {
	t.Helper()
	shown := desktest.New(t, a, width, height, dark)
	s := &stand{Stand: shown, t: t, app: a, window: shown.Window, screen: NewRoster(shown.Desk, a)}
	if hours {
		s.screen = NewHours(shown.Desk, a)
	}
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

// roster makes a sheet like the design's: n people of which some are wrong in the ways that clerks know.
func roster(n int) []string {
	lines := []string{"姓名,身份证号码,所在单位,联系电话,文化程度,职称名称,备注2"}
	departments := []string{"骨科", "检验科", "护理部", "急诊科"}
	for i := range n {
		name, number, department, mobile := datatest.Name(i), datatest.IDNumber(8501+i*17), departments[i%len(departments)], datatest.Mobile(417+i*4111)
		switch {
		case i == 29:
			number = "1.1010819900E+17"
		case i == 70:
			mobile = "135000904"
		case i == 86:
			name, number, mobile, department = "合计", "", "", ""
		case i >= 45 && i < 105:
			department = "骨科病房"
		case i%40 == 7:
			mobile = ""
		}
		lines = append(lines, strings.Join([]string{name, number, department, mobile, "本科", "主治医师", ""}, ","))
	}
	lines = append(lines, lines[1])
	return lines
}

// stock puts the organisations and some of the roster's people into the store.
func stock(t *testing.T, a *app.App, people int) {
	t.Helper()
	lines := []string{"姓名,身份证号,手机号,组织机构,学历,职称名称"}
	departments := []string{"骨科", "检验科", "护理部", "急诊科"}
	for i := range people {
		education := "本科"
		if i%5 == 3 {
			education = "大专"
		}
		lines = append(lines, strings.Join([]string{datatest.Name(i), datatest.IDNumber(8501 + i*17), datatest.Mobile(417 + i*4111), departments[i%4], education, "主治医师"}, ","))
	}
	plan, err := a.PlanImport(context.Background(), sheet(t, "已有.csv", lines...), app.ImportOptions{CreateOrganizations: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.CommitImport(context.Background(), plan, nil); err != nil {
		t.Fatal(err)
	}
}

// pressLink clicks on the words of a link in a table.
func (s *stand) pressLink(text string) {
	s.t.Helper()
	for _, w := range s.Seen("cell") {
		if w.Text == text && w.Active {
			test.TapCanvas(s.window.Canvas(), fyne.NewPos(float32(w.X)+inLink, float32(w.Y+w.Height/2)))
			return
		}
	}
	s.t.Fatalf("no link %q among %v", text, s.TextsOf("cell"))
}

// inLink is px from a cell's edge into its first character.
const inLink float32 = 20

func (s *stand) ids(q data.TraineeQuery) []int64 {
	s.t.Helper()
	ids, err := s.app.TraineeIDs(context.Background(), q)
	if err != nil {
		s.t.Fatal(err)
	}
	return ids
}
