package recharge

import (
	"testing"

	"peixun/app/apptest"
	"peixun/views/desk"
	"peixun/views/desk/desktest"
)

// stand opens a screen of a hospital in a window of the usual size.
func stand[S desk.Screen](t *testing.T, h *apptest.Hospital, build func(d *desk.Desk) S) (*desktest.Stand, S) {
	t.Helper()
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, false)
	screen := build(s.Desk)
	s.Enter(screen, nil)
	return s, screen
}
