package ui

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

// CreateRenderer is part of fyne.Widget.
func (v *PageView) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := &canvas.Rectangle{}, newShape()
	empty := newLine("", theme.SizeBody, false)
	empty.Alignment = fyne.TextAlignCenter
	r := newRenderer(v, &v.core, ground, v.scroll, empty, ring.Raster)
	r.minSize = func() fyne.Size { return fyne.NewSquareSize(pageViewLeast) }
	var last fyne.Size
	r.layout = func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		place(v.scroll, 0, 0, size.Width, size.Height)
		place(empty, 0, 0, size.Width, size.Height)
		place(ring, 0, 0, size.Width, size.Height)
		if size != last {
			last = size
			v.measure()
			v.moved()
		}
	}
	r.refresh = func() {
		ground.FillColor = theme.Color(theme.Background)
		empty.Text, empty.Color = v.Placeholder, theme.Color(theme.Secondary)
		empty.Hidden = len(v.sizes) > 0
		focusRing(ring, v.focused && !v.quiet)
		v.moved()
	}
	return r.start()
}

// pageSheets are the pages in sight on a ground as high as all of them.
type pageSheets struct {
	core
	view  *PageView
	slots []*pageSlot
}

// pageSlot is where a page in sight is drawn.
type pageSlot struct {
	edge, sheet *canvas.Rectangle
	picture     *canvas.Image
	label       *canvas.Text
}

func newPageSheets(view *PageView) *pageSheets {
	s := &pageSheets{view: view}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of fyne.Widget.
func (s *pageSheets) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(s, &s.core)
	r.minSize = s.extent
	r.layout = func(fyne.Size) { s.arrange() }
	return r.start()
}

// extent is the room that all pages take.
func (s *pageSheets) extent() fyne.Size {
	v := s.view
	if len(v.sizes) == 0 {
		return fyne.Size{}
	}
	width := float32(0)
	for page := range v.sizes {
		width = max(width, v.pageSize(page).Width)
	}
	return fyne.NewSize(width+2*pageGap, v.tops[len(v.sizes)])
}

// arrange puts the pages in sight into slots, of which there are never more than pages were in sight at once.
func (s *pageSheets) arrange() {
	if s.drawn == nil {
		return
	}
	first, last := s.view.visible()
	for len(s.slots) < last-first+1 {
		slot := &pageSlot{edge: &canvas.Rectangle{}, sheet: &canvas.Rectangle{FillColor: color.White},
			picture: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest}, label: newLine("", theme.SizeCaption, false)}
		slot.label.Alignment = fyne.TextAlignCenter
		s.slots = append(s.slots, slot)
		s.drawn.objects = append(s.drawn.objects, slot.edge, slot.sheet, slot.picture, slot.label)
	}
	for at, slot := range s.slots {
		s.fill(slot, first+at, first+at <= last)
	}
	canvas.Refresh(s)
}

func (s *pageSheets) fill(slot *pageSlot, page int, used bool) {
	slot.edge.Hidden, slot.sheet.Hidden, slot.picture.Hidden, slot.label.Hidden = !used, !used, !used, !used || !s.view.strip
	if !used {
		slot.picture.Image = nil
		return
	}
	v := s.view
	size, edge, role := v.pageSize(page), float32(1), theme.ControlBorder
	if v.strip && page == v.page {
		edge, role = 2, theme.Primary
	}
	x, y := round((s.Size().Width-size.Width)/2), v.tops[page]
	slot.edge.FillColor = theme.Color(role)
	place(slot.edge, x-edge, y-edge, size.Width+2*edge, size.Height+2*edge)
	place(slot.sheet, x, y, size.Width, size.Height)
	place(slot.picture, x, y, size.Width, size.Height)
	picture := v.pictures[page].image
	slot.picture.Hidden = picture == nil
	if picture != nil && slot.picture.Image != picture {
		slot.picture.Image = picture
		slot.picture.Refresh()
	}
	slot.label.Text, slot.label.Color = fmt.Sprint(page+1), theme.Color(theme.Secondary)
	place(slot.label, x, y+size.Height+2, size.Width, stripLabel-4)
}

// Scrolled zooms while Ctrl or Cmd is held and scrolls otherwise.
func (s *pageSheets) Scrolled(event *fyne.ScrollEvent) {
	touched()
	driver, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if !ok || driver.CurrentKeyModifiers()&(fyne.KeyModifierControl|fyne.KeyModifierSuper) == 0 || s.view.strip {
		s.view.scroll.Scrolled(event)
		return
	}
	factor := zoomNotch
	if event.Scrolled.DY < 0 {
		factor = 1 / zoomNotch
	}
	s.view.zoom(factor)
}

// Dragged moves the pages.
func (s *pageSheets) Dragged(event *fyne.DragEvent) {
	s.view.scrollBy(-event.Dragged.DX, -event.Dragged.DY)
}

// DragEnd is part of fyne.Draggable.
func (s *pageSheets) DragEnd() {}

// Tapped takes the keyboard, and in a strip chooses a page.
func (s *pageSheets) Tapped(event *fyne.PointEvent) {
	v := s.view
	if !v.strip {
		v.TakeFocus()
		return
	}
	for page := range v.sizes {
		if event.Position.Y < v.tops[page+1] {
			v.choose(page)
			return
		}
	}
}
