// Package desktest shows screens in a window of Fyne's test driver and works them as a person would.
package desktest

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
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

// Tap clicks the middle of a visible widget; the test fails where there is none.
func (s *Stand) Tap(kind, text string) {
	s.T.Helper()
	found, ok := s.Find(kind, text)
	if !ok {
		s.T.Fatalf("no %s %q in the window; it shows %q", kind, text, s.Texts())
	}
	test.TapCanvas(s.Window.Canvas(), fyne.NewPos(float32(found.X+found.Width/2), float32(found.Y+found.Height/2)))
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
