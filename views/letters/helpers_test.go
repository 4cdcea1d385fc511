package letters

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app/apptest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// stand opens a screen of a hospital in a window of the usual size.
func stand[S desk.Screen](t *testing.T, h *apptest.Hospital, build func(d *desk.Desk) S) (*desktest.Stand, S) {
	t.Helper()
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, false)
	screen := build(s.Desk)
	s.Enter(screen, nil)
	return s, screen
}

// complains fails unless the form's row with a label shows a problem.
func complains(t *testing.T, s *desktest.Stand, label, problem string) {
	t.Helper()
	if row := s.MustFind("row", label); row.Tip != problem {
		t.Errorf("%s says %q, want %q", label, row.Tip, problem)
	}
}

// at taps the visible input of a kind that is empty and shows a placeholder.
func at(t *testing.T, s *desktest.Stand, placeholder string, kinds ...string) {
	t.Helper()
	for _, seen := range ui.InspectCanvas(s.Window.Canvas()) {
		if slices.Contains(kinds, seen.Kind) && (seen.Placeholder == placeholder || seen.Text == placeholder) {
			test.TapCanvas(s.Window.Canvas(), fyne.NewPos(float32(seen.X+seen.Width/2), float32(seen.Y+seen.Height/2)))
			return
		}
	}
	t.Fatalf("no input %q", placeholder)
}

func fill(t *testing.T, s *desktest.Stand, placeholder, text string) {
	t.Helper()
	at(t, s, placeholder, "field", "textarea")
	typed(s, text)
}

func choose(t *testing.T, s *desktest.Stand, placeholder string) {
	t.Helper()
	at(t, s, placeholder, "select")
}

func typed(s *desktest.Stand, text string) {
	for _, r := range text {
		s.Window.Canvas().Focused().TypedRune(r)
	}
}
