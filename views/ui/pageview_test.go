package ui

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// serve draws whatever a view wants and lists it.
func serve(v *PageView, drawn *[]int) {
	v.OnWant = func() {
		for page, width, missing := v.Wanted(); missing; page, width, missing = v.Wanted() {
			*drawn = append(*drawn, page)
			v.SetPicture(page, width, image.NewRGBA(image.Rect(0, 0, width, width)))
		}
	}
}

func a4Pages(count int) []fyne.Size {
	sizes := make([]fyne.Size, count)
	for page := range sizes {
		sizes[page] = fyne.NewSize(595, 842)
	}
	return sizes
}

func TestOnlyPagesInSightAreDrawnAndKept(t *testing.T) {
	view := NewPageView()
	window := newWindow(t, view, 700, 600)
	var drawn []int
	serve(view, &drawn)
	view.SetPages(a4Pages(5000))
	window.Canvas().Focus(view)
	for range 40 {
		key(window, fyne.KeyPageDown)
	}
	key(window, fyne.KeyEnd)
	if view.Page() != 4999 || len(drawn) > 100 || len(view.pictures) > 3 || len(view.sheets.slots) > 3 {
		t.Errorf("at page %d: %d drawn, %d kept, %d slots", view.Page(), len(drawn), len(view.pictures), len(view.sheets.slots))
	}
	first, last := view.visible()
	for page := first; page <= last; page++ {
		if view.pictures[page].image == nil {
			t.Errorf("page %d is in sight and not drawn", page)
		}
	}
}

func TestZoomKeepsTheMiddleAndDrawsAnew(t *testing.T) {
	view := NewPageView()
	window := newWindow(t, view, 700, 600)
	var drawn []int
	serve(view, &drawn)
	view.SetPages(a4Pages(9))
	view.ShowPage(4)
	before, whole := len(drawn), view.Percentage()
	for range 6 {
		view.ZoomIn()
	}
	if view.Page() != 4 || len(drawn) == before || view.Percentage() == whole {
		t.Errorf("page %d at %s after %d more pictures", view.Page(), view.Percentage(), len(drawn)-before)
	}
	view.FitWidth()
	if size := view.pageSize(0); size.Width < 660 || size.Width > 700 {
		t.Errorf("fitted to the width a page is %v px wide", size.Width)
	}
	window.Canvas().Focus(view)
	view.TypedRune('0')
	if view.Percentage() != whole || view.Page() != 4 {
		t.Errorf("0 gives %s on page %d, not %s", view.Percentage(), view.Page(), whole)
	}
}

func TestWheelAndDragScroll(t *testing.T) {
	view := NewPageView()
	newWindow(t, view, 700, 600)
	view.SetPages(a4Pages(3))
	view.sheets.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -120)})
	if view.scroll.Offset.Y != 120 {
		t.Errorf("the wheel scrolled to %v", view.scroll.Offset)
	}
	view.sheets.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -9000)})
	if view.Page() != 2 {
		t.Errorf("a long drag ends on page %d", view.Page())
	}
}

func TestStripTellsOfAClickedPage(t *testing.T) {
	strip := NewPageStrip()
	newWindow(t, strip, 132, 600)
	strip.SetPages(a4Pages(4))
	chosen := -1
	strip.OnPage = func(page int) { chosen = page }
	strip.sheets.Tapped(&fyne.PointEvent{Position: fyne.NewPos(60, strip.tops[2]+40)})
	if chosen != 2 || strip.Page() != 2 {
		t.Errorf("told %d, marked %d", chosen, strip.Page())
	}
	strip.ShowPage(99)
	if strip.Page() != 2 {
		t.Error("a page that is not there is marked")
	}
}

func TestCoverClosesOnceByEscape(t *testing.T) {
	window := newWindow(t, NewText("behind", theme.Text), 400, 300)
	closed := 0
	var cover *Cover
	cover = ShowCover(window, NewText("in front", theme.Text), func() { closed++; cover.Hide(); cover.Hide() })
	HandleEscape(window.Canvas())
	HandleEscape(window.Canvas())
	if closed != 1 || window.Canvas().Overlays().Top() != nil {
		t.Errorf("closed %d times", closed)
	}
}
