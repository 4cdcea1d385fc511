//go:build ci

package reconcile

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

var ctx = context.Background()

const (
	payee   = "国培网(北京)教育科技有限公司,110060593018800003058"
	account = "330101201900556678" // that of apptest's orders
)

// fixture is a window over a real program with orders and bank lines.
type fixture struct {
	*desktest.Stand
	*apptest.Hospital
	t *testing.T
}

func newFixture(t *testing.T) *fixture {
	return newFixtureAt(t, desktest.Width, desktest.Height, false)
}

func newFixtureAt(t *testing.T, width, height float32, dark bool) *fixture {
	t.Helper()
	h := apptest.NewHospital(t, 24)
	return &fixture{t: t, Hospital: h, Stand: desktest.New(t, h.App, width, height, dark)}
}

func (f *fixture) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// bank imports lines given as day,out,in,balance,name,account,purpose,serial.
func (f *fixture) bank(lines ...string) {
	f.t.Helper()
	path := filepath.Join(f.t.TempDir(), "交易明细_2022年3-6月.csv")
	text := "账号：" + account + "\n交易日期,借方发生额,贷方发生额,余额,对方户名,对方账号,用途,交易流水号\n" + strings.Join(lines, "\n") + "\n"
	f.check(os.WriteFile(path, []byte(text), 0o600))
	plan, err := f.Hospital.PlanStatement(ctx, path, app.StatementOptions{})
	f.check(err)
	_, err = f.Hospital.CommitStatement(ctx, plan)
	f.check(err)
}

func (f *fixture) matches() []data.Match {
	f.t.Helper()
	found, err := f.Hospital.Reconcile(ctx)
	f.check(err)
	var settled []data.Match
	for _, match := range found.Books.Matches {
		if match.ID != 0 {
			settled = append(settled, match)
		}
	}
	return settled
}

// press types a key into what has the keyboard.
func (f *fixture) press(name fyne.KeyName) {
	f.t.Helper()
	focused := f.Window.Canvas().Focused()
	if focused == nil {
		f.t.Fatal("nothing has the keyboard")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: name})
}

func (f *fixture) typed(r rune) { f.Window.Canvas().Focused().TypedRune(r) }

// drag moves the line or order called from onto the one called to, as a window does: test.Drag tells where a drag began, a window where
// the pointer is.
func (f *fixture) drag(page *Screen, from, to string) {
	f.t.Helper()
	start, end := f.find(from), f.find(to)
	for _, list := range []*ui.RowList{page.list, page.hand.list} {
		if list.RowAt(start) >= 0 {
			origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(list)
			list.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: end.Subtract(origin)}, Dragged: fyne.NewDelta(end.X-start.X, end.Y-start.Y)})
			list.DragEnd()
			return
		}
	}
	f.t.Fatalf("%q is in no list", from)
}

func (f *fixture) find(name string) fyne.Position {
	f.t.Helper()
	for _, seen := range ui.InspectCanvas(f.Window.Canvas()) {
		if seen.Kind == "line" && strings.HasPrefix(seen.Text, name) {
			return fyne.NewPos(float32(seen.X)+60, float32(seen.Y+seen.Height/2))
		}
	}
	f.t.Fatalf("no line %q; the window shows %q", name, f.Texts())
	return fyne.Position{}
}
