// Package desktest shows screens in a window of Fyne's test driver and works them as a person would.
package desktest

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Width and Height are the size in px that a screen has in a window of 1280 × 800.
const (
	Width  float32 = 1080
	Height float32 = 720
)

// Stand is a window on a real program.
type Stand struct {
	T      testing.TB
	App    *app.App
	Desk   *desk.Desk
	Window fyne.Window
	// Gone lists where screens led to, in order.
	Gone []Step
}

// Step is one call of Desk.Go.
type Step struct {
	Page     desk.Page
	Argument any
}

// New opens an empty window of the given size in px; everything runs on the test's own goroutine.
func New(t testing.TB, a *app.App, width, height float32, dark bool) *Stand {
	t.Helper()
	test.NewTempApp(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(dark))
	s := &Stand{T: t, App: a, Window: test.NewTempWindow(t, ui.NewStage(ui.Stack()))}
	s.Window.SetPadded(false)
	s.Window.Resize(fyne.NewSize(width, height))
	s.Desk = &desk.Desk{Window: s.Window, Inline: true, Retitle: func() {}}
	s.Desk.Go = func(page desk.Page, argument any) { s.Gone = append(s.Gone, Step{page, argument}) }
	s.Desk.Plan = func() data.Plan {
		plan, err := a.CurrentPlan(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return plan
	}
	return s
}

// Show puts content into the window.
func (s *Stand) Show(content fyne.CanvasObject) {
	size := s.Window.Canvas().Size()
	s.Window.SetContent(ui.NewStage(content))
	s.Window.Resize(size)
}

// Enter shows a screen and tells it of every change.
func (s *Stand) Enter(screen desk.Screen, argument any) {
	s.T.Helper()
	s.Show(screen.Content())
	s.T.Cleanup(s.App.Subscribe(screen.Changed))
	screen.Enter(argument)
}

// Find gives the visible widget of a kind with a text, in the highest layer that has one; ok is false where none has.
func (s *Stand) Find(kind, text string) (found ui.SeenWidget, ok bool) {
	for _, seen := range ui.InspectCanvas(s.Window.Canvas()) {
		if seen.Kind == kind && seen.Text == text && (!ok || seen.Layer > found.Layer) {
			found, ok = seen, true
		}
	}
	return found, ok
}

// MustFind gives the visible widget of a kind with a text; the test fails where there is none.
func (s *Stand) MustFind(kind, text string) ui.SeenWidget {
	s.T.Helper()
	found, ok := s.Find(kind, text)
	if !ok {
		s.T.Fatalf("no %s %q in the window; it shows %q", kind, text, s.Texts())
	}
	return found
}

// Holds tells whether a widget of a kind with a text is visible.
func (s *Stand) Holds(kind, text string) bool {
	_, ok := s.Find(kind, text)
	return ok
}

// Seen gives the visible widgets of a kind.
func (s *Stand) Seen(kind string) []ui.SeenWidget {
	return slices.DeleteFunc(ui.InspectCanvas(s.Window.Canvas()), func(w ui.SeenWidget) bool { return w.Kind != kind })
}

// TextsOf lists what the visible widgets of a kind say, and which of them are disabled.
func (s *Stand) TextsOf(kind string) []string {
	var texts []string
	for _, w := range s.Seen(kind) {
		text := w.Text
		if w.Disabled {
			text += " (disabled)"
		}
		texts = append(texts, text)
	}
	return texts
}

// Press clicks the middle of the topmost enabled widget of a kind with a text; the test fails where there is none.
func (s *Stand) Press(kind, text string) {
	s.T.Helper()
	pressed := -1
	seen := s.Seen(kind)
	for place, w := range seen {
		if w.Text == text && !w.Disabled {
			pressed = place
		}
	}
	if pressed < 0 {
		s.T.Fatalf("no enabled %s %q among %q", kind, text, s.TextsOf(kind))
	}
	s.click(seen[pressed])
}

func (s *Stand) click(w ui.SeenWidget) {
	test.TapCanvas(s.Window.Canvas(), fyne.NewPos(float32(w.X+w.Width/2), float32(w.Y+w.Height/2)))
}

// Has tells whether the text or the tip of a visible widget holds some words.
func (s *Stand) Has(words string) bool {
	return slices.ContainsFunc(ui.InspectCanvas(s.Window.Canvas()), func(w ui.SeenWidget) bool {
		return strings.Contains(w.Text, words) || strings.Contains(w.Tip, words)
	})
}

// Must fails the test at once unless the text or the tip of a visible widget holds some words.
func (s *Stand) Must(words string) {
	s.T.Helper()
	if !s.Has(words) {
		s.T.Fatalf("nothing shows %q; the window shows %q", words, s.Texts())
	}
}

// Tap clicks the middle of a visible widget; the test fails where there is none.
func (s *Stand) Tap(kind, text string) {
	s.T.Helper()
	s.click(s.MustFind(kind, text))
}

// Shows fails the test unless some visible widget carries the text.
func (s *Stand) Shows(text string) {
	s.T.Helper()
	for _, shown := range s.Texts() {
		if shown == text {
			return
		}
	}
	s.T.Errorf("the window does not show %q; it shows %q", text, s.Texts())
}

// Texts lists what the window shows.
func (s *Stand) Texts() []string {
	var texts []string
	for _, seen := range ui.InspectCanvas(s.Window.Canvas()) {
		if seen.Text != "" {
			texts = append(texts, seen.Text)
		}
	}
	return texts
}

// Picture writes the window to the folder in PEIXUN_LOOK, if that is set.
func (s *Stand) Picture(name string) {
	s.T.Helper()
	folder := os.Getenv("PEIXUN_LOOK")
	if folder == "" {
		return
	}
	file, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		s.T.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, s.Window.Canvas().Capture()); err != nil {
		s.T.Fatal(err)
	}
}

// Look takes pictures of the window as it is, large, small, and dark.
func (s *Stand) Look(name string) {
	s.T.Helper()
	s.Picture(name)
	s.Window.Resize(fyne.NewSize(1520, 920))
	s.Picture(name + "-wide")
	s.Window.Resize(fyne.NewSize(824, 600))
	s.Picture(name + "-small")
	s.Window.Resize(fyne.NewSize(Width, Height))
	fyne.CurrentApp().Settings().SetTheme(theme.New(true))
	s.Picture(name + "-dark")
	fyne.CurrentApp().Settings().SetTheme(theme.New(false))
}
