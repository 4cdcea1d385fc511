package ui

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/views/theme"
)

// newWindow shows content in a window of the test driver with our theme.
func newWindow(t *testing.T, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(false))
	tipDelay = 0
	window := test.NewTempWindow(t, NewStage(content))
	window.SetPadded(false)
	window.Resize(fyne.NewSize(width, height))
	return window
}

// snapshot writes the window to the directory in PEIXUN_GALLERY, if that is set.
func snapshot(t *testing.T, window fyne.Window, name string) {
	t.Helper()
	directory := os.Getenv("PEIXUN_GALLERY")
	if directory == "" {
		return
	}
	file, err := os.Create(filepath.Join(directory, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, window.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

// key presses a key on what has the keyboard.
func key(window fyne.Window, names ...fyne.KeyName) {
	for _, name := range names {
		window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// seen gives the visible widgets of a kind.
func seen(window fyne.Window, kind string) []SeenWidget {
	var out []SeenWidget
	for _, w := range InspectCanvas(window.Canvas()) {
		if w.Kind == kind {
			out = append(out, w)
		}
	}
	return out
}

// find gives the visible widget of a kind with a text, or fails.
func find(t *testing.T, window fyne.Window, kind, text string) SeenWidget {
	t.Helper()
	for _, w := range seen(window, kind) {
		if w.Text == text {
			return w
		}
	}
	t.Fatalf("no %s %q among %+v", kind, text, seen(window, kind))
	return SeenWidget{}
}

// tapAt clicks in the middle of what was seen, like the end-to-end driver.
func tapAt(window fyne.Window, w SeenWidget) {
	test.TapCanvas(window.Canvas(), fyne.NewPos(float32(w.X)+float32(w.Width)/2, float32(w.Y)+float32(w.Height)/2))
}
