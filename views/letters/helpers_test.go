package letters

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// visit is where a screen asked to go.
type visit struct {
	page     desk.Page
	argument any
}

// newDesk makes a desk that works inline, tells screens of changes and remembers where they asked to go.
func newDesk(t *testing.T, h *apptest.Hospital) (*desk.Desk, *[]visit) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(false))
	window := test.NewTempWindow(t, ui.NewStage(ui.Stack()))
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1080, 720))
	visits := &[]visit{}
	d := &desk.Desk{Window: window, Inline: true, Retitle: func() {}}
	d.Go = func(page desk.Page, argument any) { *visits = append(*visits, visit{page, argument}) }
	d.Plan = func() data.Plan { return h.Plan }
	return d, visits
}

// put shows a screen in the desk's window and lets it hear of changes, as the frame does.
func put(t *testing.T, d *desk.Desk, h *apptest.Hospital, screen desk.Screen, argument any) {
	t.Helper()
	d.Window.SetContent(ui.NewStage(screen.Content()))
	t.Cleanup(h.Subscribe(func(event app.Event) { screen.Changed(event) }))
	screen.Enter(argument)
}

// look writes the window to the folder in PEIXUN_GALLERY, if that is set, in both themes and in two sizes.
func look(t *testing.T, window fyne.Window, name string) {
	t.Helper()
	folder := os.Getenv("PEIXUN_GALLERY")
	if folder == "" {
		return
	}
	for _, kind := range []struct {
		suffix        string
		dark          bool
		width, height float32
	}{{"", false, 1080, 720}, {"-dark", true, 1080, 720}, {"-wide", false, 1520, 920}} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(kind.dark))
		window.Resize(fyne.NewSize(kind.width, kind.height))
		file, err := os.Create(filepath.Join(folder, name+kind.suffix+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(file, window.Canvas().Capture()); err != nil {
			t.Fatal(err)
		}
		file.Close()
	}
	fyne.CurrentApp().Settings().SetTheme(theme.New(false))
	window.Resize(fyne.NewSize(1080, 720))
}

// find gives the visible widget of a kind with a text, or fails.
func find(t *testing.T, window fyne.Window, kind, text string) ui.SeenWidget {
	t.Helper()
	var others []string
	for _, seen := range ui.InspectCanvas(window.Canvas()) {
		if seen.Kind == kind && seen.Text == text {
			return seen
		}
		if seen.Kind == kind {
			others = append(others, seen.Text)
		}
	}
	t.Fatalf("no %s %q among %q", kind, text, others)
	return ui.SeenWidget{}
}

// shows tells whether a widget of a kind with a text is visible.
func shows(window fyne.Window, kind, text string) bool {
	for _, seen := range ui.InspectCanvas(window.Canvas()) {
		if seen.Kind == kind && seen.Text == text {
			return true
		}
	}
	return false
}

// tap clicks in the middle of the visible widget of a kind with a text.
func tap(t *testing.T, window fyne.Window, kind, text string) {
	t.Helper()
	test.TapCanvas(window.Canvas(), middle(find(t, window, kind, text)))
}

func middle(seen ui.SeenWidget) fyne.Position {
	return fyne.NewPos(float32(seen.X)+float32(seen.Width)/2, float32(seen.Y)+float32(seen.Height)/2)
}
