package ui

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// viewerToolbar is the height in px of the tools above a picture; zoomWidth that of the scale between them.
const (
	viewerToolbar float32 = 44
	zoomWidth     float32 = 44
)

// NewViewerTools are the buttons of a viewer: zoom, fit, turn. turn gets quarters, clockwise where positive; nil turns only the view.
// more follow after a divider.
func NewViewerTools(v *Viewer, turn func(quarters int), more ...fyne.CanvasObject) *fyne.Container {
	zoom := NewText(v.scaleShown(), theme.Text)
	zoom.Align = fyne.TextAlignCenter
	v.OnZoom = zoom.SetText
	if turn == nil {
		turn = func(quarters int) { v.rotate(quarters > 0) }
	}
	row := Row(0, NewIconButton("zoom-out", "缩小", v.ZoomOut), Fixed(zoomWidth, zoom), NewIconButton("zoom-in", "放大", v.ZoomIn),
		NewIconButton("fit", "适合窗口", v.Fit), Gap(4), NewDivider(), Gap(4),
		NewIconButton("rotate-ccw", "向左转 90°", func() { turn(-1) }), NewIconButton("rotate-cw", "向右转 90°", func() { turn(1) }))
	if len(more) > 0 {
		row.Objects = append(row.Objects, Gap(4), NewDivider(), Gap(4))
		row.Objects = append(row.Objects, more...)
	}
	return row
}

func (v *Viewer) scaleShown() string {
	if len(v.levels) == 0 {
		return ""
	}
	return v.Percentage()
}

// FullView shows pictures in the whole window until Escape or 关闭; PgUp and PgDn leaf.
type FullView struct {
	// Title stands before the picture's place among the others.
	Title string
	// Names are the pictures' names, in their order.
	Names []string
	// Load gets a picture and calls show with it, now or later, on the user interface thread.
	Load func(index int, show func(image.Image))
	// Turn stores that a picture was turned by quarters and then calls done; nil turns only the view.
	Turn func(index, quarters int, done func())

	at     int
	viewer *Viewer
	place  *ElidedText
	over   *overlay
}

// Show opens the view at a picture.
func (f *FullView) Show(window fyne.Window, index int) {
	f.viewer, f.place = NewViewer(), NewElidedText("", theme.Text)
	f.place.Bold = true
	f.viewer.OnLeaf = f.leaf
	var turn func(int)
	if f.Turn != nil {
		turn = func(quarters int) { f.Turn(f.at, quarters, func() { f.load(f.at) }) }
	}
	tools := NewViewerTools(f.viewer, turn)
	previous, next := NewIconButton("chevron-left", "上一张（PgUp）", func() { f.leaf(-1) }), NewIconButton("chevron-right", "下一张（PgDn）", func() { f.leaf(1) })
	previous.Hidden, next.Hidden = len(f.Names) < 2, len(f.Names) < 2
	head := Row(8, Wide(f.place), previous, next, tools, NewButton("关闭", "x", f.hide))
	hint := NewCaption("滚轮缩放，按住拖动，双击适合窗口；键盘：方向键移动，+ − 缩放，0 适合窗口，Esc 关闭", theme.Secondary)
	panel := Ground(theme.Surface, Column(0, Fixed(viewerToolbar, Pad(16, 0, 16, 0, head)), NewLine(), Grow(f.viewer), NewLine(), Fixed(32, Pad(16, 0, 16, 0, Row(0, hint, Space())))))
	f.over = newOverlay(window.Canvas(), panel)
	f.over.cancel = f.hide
	f.over.arrange = func(room fyne.Size) { place(panel, 0, 0, room.Width, room.Height) }
	f.over.show()
	f.load(index)
	window.Canvas().Focus(f.viewer)
}

func (f *FullView) leaf(by int) {
	if to := f.at + by; to >= 0 && to < len(f.Names) {
		f.load(to)
	}
}

// load shows a picture; the one before stays until it is there.
func (f *FullView) load(index int) {
	f.at = index
	f.place.SetText(fmt.Sprintf("%s %d / %d　%s", f.Title, index+1, len(f.Names), f.Names[index]))
	f.Load(index, func(picture image.Image) {
		if f.at == index {
			f.viewer.SetImage(picture)
		}
	})
}

func (f *FullView) hide() {
	if f.over != nil {
		f.over.hide()
		f.over = nil
	}
}
