package ui

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

func TestViewerByKeyboard(t *testing.T) {
	viewer := NewViewer()
	window := newWindow(t, viewer, 456, 326)
	viewer.SetImage(image.NewNRGBA(image.Rect(0, 0, 800, 600)))
	window.Canvas().Focus(viewer)
	before := viewer.at
	key(window, fyne.KeyRight)
	if viewer.at != before.AddXY(-viewerStep, 0) {
		t.Errorf("the arrow moved from %v to %v", before, viewer.at)
	}
	viewer.TypedRune('+')
	if viewer.scale <= 0.5 {
		t.Errorf("+ left %s", viewer.Percentage())
	}
	viewer.TypedRune('0')
	if viewer.at != before || viewer.Percentage() != "50%" {
		t.Errorf("0 left %s at %v", viewer.Percentage(), viewer.at)
	}
	leafed, opened := 0, false
	viewer.OnLeaf, viewer.OnOpen = func(by int) { leafed += by }, func() { opened = true }
	key(window, fyne.KeyPageDown)
	key(window, fyne.KeyReturn)
	if leafed != 1 || !opened {
		t.Errorf("leafed %d, opened %v", leafed, opened)
	}
}

func TestPictureStaysInSight(t *testing.T) {
	viewer := NewViewer()
	newWindow(t, viewer, 456, 326)
	viewer.SetImage(image.NewNRGBA(image.Rect(0, 0, 800, 600)))
	for _, far := range []fyne.Delta{fyne.NewDelta(-5000, -5000), fyne.NewDelta(5000, 5000)} {
		viewer.Dragged(&fyne.DragEvent{Dragged: far})
		size := viewer.pictureSize()
		if viewer.at.X > 456-viewerKept || viewer.at.X+size.Width < viewerKept || viewer.at.Y > 326-viewerKept || viewer.at.Y+size.Height < viewerKept {
			t.Errorf("a drag by %v left it at %v", far, viewer.at)
		}
	}
}

func TestFullViewLeafsTurnsAndCloses(t *testing.T) {
	window := newWindow(t, NewText("", theme.Text), 700, 500)
	var loaded, turned []int
	view := &FullView{Title: "转账凭证", Names: []string{"一.png", "二.png"}}
	view.Load = func(index int, show func(image.Image)) {
		loaded = append(loaded, index)
		show(image.NewNRGBA(image.Rect(0, 0, 100+index, 50)))
	}
	view.Turn = func(index, quarters int, done func()) { turned = append(turned, index, quarters); done() }
	view.Show(window, 0)
	viewer, ok := window.Canvas().Focused().(*Viewer)
	if !ok {
		t.Fatalf("the keyboard is in %T", window.Canvas().Focused())
	}
	key(window, fyne.KeyPageDown)
	key(window, fyne.KeyPageDown)
	if len(loaded) != 2 || loaded[1] != 1 || viewer.levels[0].Bounds().Dx() != 101 {
		t.Errorf("loaded %v", loaded)
	}
	tapAt(window, find(t, window, "button", "向右转 90°"))
	if len(turned) != 2 || turned[0] != 1 || turned[1] != 1 {
		t.Errorf("turned %v", turned)
	}
	key(window, fyne.KeyEscape)
	if window.Canvas().Overlays().Top() != nil {
		t.Error("Escape left it open")
	}
}

func TestHalvedPictureIsNotHalvedAgain(t *testing.T) {
	picture := Halved(image.NewNRGBA(image.Rect(0, 0, 800, 600)))
	viewer := NewViewer()
	viewer.SetImage(picture)
	if ready := picture.(*halved).levels; len(ready) != 2 || viewer.levels[0] != ready[0] || smallCopy(picture) != ready[1] {
		t.Errorf("the viewer made copies of its own of %d levels", len(ready))
	}
	if Halved(nil) != nil {
		t.Error("no picture became one")
	}
}
