//go:build ci

package views

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/theme"
	"peixun/views/ui"
)

// lookPeople is how many people the demonstration's unit has in the golden pictures.
const lookPeople = 1284

// openWindow opens the program's real window on an App; all work runs on the test's goroutine.
func openWindow(t testing.TB, a *app.App, width, height float32, dark bool) *Window {
	t.Helper()
	program := test.NewTempApp(t)
	program.Settings().SetTheme(theme.New(dark)) // before the first widget
	choice := map[bool]string{true: "dark", false: "light"}[dark]
	if err := a.SetSetting(t.Context(), themeSetting, choice); err != nil {
		t.Fatal(err)
	}
	w := newWindow(program, a, "公共知识培训·单位管理台", &desk.Desk{Inline: true})
	t.Cleanup(w.window.Close)
	w.window.Resize(fyne.NewSize(width, height))
	return w
}

// pages are those of the menu in its order, then those that lie under another.
func pages() []desk.Page {
	var all []desk.Page
	for _, entry := range menu {
		all = append(all, entry.pages...)
	}
	var under []desk.Page
	for page := range entryOf {
		under = append(under, page)
	}
	slices.Sort(under)
	return append(all, under...)
}

// arguments are what pages are opened with that show nothing without.
func (d *demo) arguments() map[desk.Page]any {
	return map[desk.Page]any{desk.OrderDetails: d.order("JF-2022-0001").ID, desk.MoneyTrail: "JF-2022-0001"}
}

// capture draws the window; what names the test's own folder or the file's size, which differ between runs, is left blank.
func capture(w *Window) image.Image {
	return captureAt(w, 1)
}

func captureAt(w *Window, scale float32) image.Image {
	if scaled, ok := w.window.Canvas().(interface{ SetScale(float32) }); ok {
		scaled.SetScale(scale)
	}
	drawn := w.window.Canvas().Capture()
	picture := image.NewRGBA(drawn.Bounds())
	draw.Draw(picture, picture.Bounds(), drawn, image.Point{}, draw.Src)
	for _, seen := range ui.InspectCanvas(w.window.Canvas()) {
		if !changing(seen.Text) {
			continue
		}
		place := image.Rect(seen.X, seen.Y, seen.X+seen.Width, seen.Y+seen.Height).Intersect(picture.Bounds())
		draw.Draw(picture, place, image.NewUniform(color.RGBAModel.Convert(picture.At(place.Min.X, place.Min.Y))), image.Point{}, draw.Src)
	}
	return picture
}

// changing tells whether a text is another in every run.
func changing(text string) bool {
	return strings.Contains(text, filepath.Clean(os.TempDir())) || strings.HasSuffix(text, " MB") || strings.HasSuffix(text, " KB")
}

// Every page of the menu looks as its golden picture, in both themes. PEIXUN_GOLDEN=1 writes the pictures anew.
func TestEveryPageLooksAsKept(t *testing.T) {
	d := newDemo(t, lookPeople)
	arguments := d.arguments()
	for _, dark := range []bool{false, true} {
		w := openWindow(t, d.App, firstWidth, firstHeight, dark)
		for place, page := range pages() {
			w.frame.Go(page, arguments[page])
			if w.frame.page != page {
				t.Fatalf("%s did not open", page)
			}
			desktest.Golden(t, lookName(place, page, dark), capture(w))
		}
	}
}

// lookName names a picture by the page's place in the menu, so that a folder of them reads like the program.
func lookName(place int, page desk.Page, dark bool) string {
	return fmt.Sprintf("%02d-%s%s", place+1, page, map[bool]string{true: "-dark"}[dark])
}

// What stands before the login looks as kept, too.
func TestTheBeginningLooksAsKept(t *testing.T) {
	for _, dark := range []bool{false, true} {
		suffix := map[bool]string{true: "-dark"}[dark]
		first := openWindow(t, apptest.Empty(t), firstWidth, firstHeight, dark)
		desktest.Golden(t, "00-首次设置"+suffix, capture(first))
		a := apptest.New(t)
		w := openWindow(t, a, firstWidth, firstHeight, dark)
		w.frame.Go(desk.Home, nil)
		desktest.Golden(t, "00-从这里开始"+suffix, capture(w))
		a.Lock()
		desktest.Golden(t, "00-登录"+suffix, capture(w))
	}
}

// Nothing that is kept has lost its page.
func TestEveryGoldenPictureIsOfAPage(t *testing.T) {
	known := map[string]bool{}
	for _, suffix := range []string{".png", "-dark.png"} {
		for place, page := range pages() {
			known[lookName(place, page, false)+suffix] = true
		}
		for _, name := range []string{"00-首次设置", "00-从这里开始", "00-登录"} {
			known[name+suffix] = true
		}
	}
	kept, err := os.ReadDir(filepath.Join("testdata", "look"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range kept {
		if !known[file.Name()] {
			t.Errorf("testdata/look/%s belongs to no page; delete it", file.Name())
		}
	}
}

// TestLookAround draws every page in other sizes and with other data, for people to look at. PEIXUN_LOOK names the folder.
func TestLookAround(t *testing.T) {
	folder := os.Getenv("PEIXUN_LOOK")
	if folder == "" {
		t.Skip("PEIXUN_LOOK is not set")
	}
	only := os.Getenv("PEIXUN_LOOK_PAGE")
	for _, look := range []struct {
		name          string
		people        int
		width, height float32
		scale         float32
		dark          bool
	}{
		{"wide", 240, 1920, 1080, 1, false}, {"wide-dark", 240, 1920, 1080, 1, true}, {"scaled", 240, 1280, 800, 1.5, false}, {"least", 240, leastWidth, leastHeight, 1, false},
		{"empty", 0, 1280, 800, 1, false}, {"empty-dark", 0, 1280, 800, 1, true}, {"few", 30, 1280, 800, 1, false}, {"many", 20_000, 1280, 800, 1, false},
	} {
		t.Run(look.name, func(t *testing.T) {
			arguments, a := map[desk.Page]any{}, (*app.App)(nil)
			if look.people == 0 {
				a = apptest.New(t)
			} else {
				d := newDemo(t, look.people)
				arguments, a = d.arguments(), d.App
			}
			w := openWindow(t, a, look.width, look.height, look.dark)
			for place, page := range pages() {
				if only != "" && string(page) != only || look.people == 0 && page == desk.OrderDetails {
					continue
				}
				w.frame.Go(page, arguments[page])
				desktest.WritePicture(t, filepath.Join(folder, cmp.Or(look.name, "look"), lookName(place, page, false)+".png"), captureAt(w, look.scale))
			}
		})
	}
}
