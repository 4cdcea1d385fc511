//go:build ci

package payment

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
	"peixun/views/desk/desktest"
)

// fixture is the screen in a window, over a real App with two organisations of 20 people each.
type fixture struct {
	*desktest.Stand
	t      *testing.T
	screen *Screen
	plan   data.Plan
	saves  []func() // saves that wait for typing to rest
	bones  int64    // 骨科
	urgent int64    // 急诊科
}

func newFixture(t *testing.T) *fixture {
	return newFixtureAt(t, desktest.Width, desktest.Height, false)
}

func newFixtureAt(t *testing.T, width, height float32, dark bool) *fixture {
	t.Helper()
	f := &fixture{t: t, Stand: desktest.New(t, apptest.New(t), width, height, dark)}
	ctx := context.Background()
	var err error
	f.plan, err = f.App.CurrentPlan(ctx)
	f.check(err)
	f.plan.Price = 40_00
	_, err = f.App.SavePlan(ctx, f.plan)
	f.check(err)
	f.bones, f.urgent = f.organization("骨科", 20), f.organization("急诊科", 20)
	f.screen = New(f.Desk, f.App)
	f.screen.wizard.draft.later = func(save func()) func() {
		f.saves = []func(){save}
		return func() { f.saves = nil }
	}
	return f
}

func (f *fixture) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

var people int

// organization makes an organisation with people in it.
func (f *fixture) organization(name string, count int) int64 {
	f.t.Helper()
	ctx := context.Background()
	tree, err := f.App.Organizations(ctx)
	f.check(err)
	id, err := f.App.SaveOrganization(ctx, data.Organization{Name: name, ParentID: tree.Root().ID})
	f.check(err)
	for range count {
		people++
		row, err := f.App.AddTrainee(ctx, map[string]string{"name": datatest.Name(people), "id_number": datatest.IDNumber(people), "mobile": datatest.Mobile(people), "organization": name})
		f.check(err)
		if row.Outcome != data.OutcomeNew {
			f.t.Fatalf("trainee %d was not stored: %+v", people, row)
		}
	}
	return id
}

// begin starts an order with both organisations of 800.00 each.
func (f *fixture) begin() {
	f.t.Helper()
	f.Enter(f.screen, f.plan)
	o := f.screen.wizard.organizations
	o.choose([]string{fmt.Sprint(f.bones), fmt.Sprint(f.urgent)})
	o.fillByHead()
}

// rest lets typing rest: what waits to be saved is saved.
func (f *fixture) rest() {
	saves := f.saves
	f.saves = nil
	for _, save := range saves {
		save()
	}
}

// stored reads the order in hand from the database.
func (f *fixture) stored() data.Order {
	f.t.Helper()
	order, err := f.App.Order(context.Background(), f.screen.wizard.order().ID)
	f.check(err)
	return order
}

// picture writes a picture file that resembles a receipt.
func (f *fixture) picture(name string, width, height int) string {
	f.t.Helper()
	receipt := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{0xFF, 0xFD, 0xF8, 0xFF}
			if y%60 < 2 || x < 3 || x > width-4 || (y > 300 && x == width/2) {
				c = color.NRGBA{0xC0, 0x60, 0x60, 0xFF}
			}
			receipt.SetNRGBA(x, y, c)
		}
	}
	path := filepath.Join(f.t.TempDir(), name)
	file, err := os.Create(path)
	f.check(err)
	defer file.Close()
	f.check(png.Encode(file, receipt))
	return path
}

// retype replaces what stands in the field that has the keyboard.
func (f *fixture) retype(text string) {
	f.t.Helper()
	focused := f.Window.Canvas().Focused()
	field, ok := focused.(fyne.Shortcutable)
	if !ok {
		f.t.Fatalf("the keyboard is in %T", focused)
	}
	field.TypedShortcut(&fyne.ShortcutSelectAll{})
	test.Type(focused, text)
}
