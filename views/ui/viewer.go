package ui

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"golang.org/x/image/draw"

	"peixun/views/theme"
)

// Viewer limits: how far one may zoom, what one notch does and how much ground a fitted picture keeps.
const (
	zoomLeast     float32 = 0.05
	zoomMost      float32 = 8
	zoomNotch     float32 = 1.15
	zoomButton    float32 = 1.25
	fitMarginX    float32 = 28
	fitMarginY    float32 = 13
	smallestLevel         = 200 // px; halved copies smaller than this are not made
	viewerMinimum float32 = 100
	noPicture             = "还没有图片"
)

// Viewer shows a picture: the wheel zooms to the pointer, a drag moves, a double click fits. With the keyboard the arrows move, + and −
// zoom, 0 fits.
type Viewer struct {
	core
	// OnZoom is called with the scale as a percentage, such as 76%.
	OnZoom func(percentage string)
	// Placeholder is shown while there is no picture.
	Placeholder string
	// OnLeaf is called by PgUp with -1 and by PgDn with 1; OnOpen by Enter. Both may be nil.
	OnLeaf func(by int)
	OnOpen func()

	focused bool
	levels  []image.Image // each is half of the one before
	scale   float32       // px per pixel of the picture
	at      fyne.Position // of the picture's upper left corner
	fitted  bool
	update  func()
}

// NewViewer makes a viewer without a picture.
func NewViewer() *Viewer {
	v := &Viewer{scale: 1, fitted: true, Placeholder: noPicture}
	v.ExtendBaseWidget(v)
	return v
}

// SetImage shows a picture fitted; nil shows the placeholder. It needs halved copies, because a GPU without mipmaps draws small
// pictures badly and scaling on the processor takes 100 ms a frame: a large picture should come from Halved.
func (v *Viewer) SetImage(picture image.Image) {
	v.levels = nil
	if picture != nil {
		v.levels = halvings(picture)
	}
	v.Fit()
	v.Refresh()
}

// halved is a picture with its halved copies.
type halved struct {
	image.Image
	levels []image.Image
}

// Halved gives a picture with the halved copies that a Viewer and a thumbnail draw. Making them takes some 25 ms per million
// pixels, so it is done before the picture comes to the UI thread. nil stays nil.
func Halved(picture image.Image) image.Image {
	if picture == nil {
		return nil
	}
	return &halved{picture, halvings(picture)}
}

func halvings(picture image.Image) []image.Image {
	if ready, ok := picture.(*halved); ok {
		return ready.levels
	}
	bounds := picture.Bounds()
	full := image.NewNRGBA(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	draw.Draw(full, full.Bounds(), picture, bounds.Min, draw.Src)
	levels := []image.Image{full}
	for w, h := bounds.Dx()/2, bounds.Dy()/2; w > smallestLevel && h > smallestLevel; w, h = w/2, h/2 {
		last := levels[len(levels)-1]
		half := image.NewNRGBA(image.Rect(0, 0, w, h))
		draw.ApproxBiLinear.Scale(half, half.Bounds(), last, last.Bounds(), draw.Src, nil)
		levels = append(levels, half)
	}
	return levels
}

// Scale gives px per pixel of the picture.
func (v *Viewer) Scale() float32 { return v.scale }

func (v *Viewer) pictureSize() fyne.Size {
	bounds := v.levels[0].Bounds()
	return fyne.NewSize(float32(bounds.Dx())*v.scale, float32(bounds.Dy())*v.scale)
}

// Fit shows the whole picture.
func (v *Viewer) Fit() {
	v.fitted = true
	size := v.Size()
	if len(v.levels) == 0 || size.Width <= 2*fitMarginX || size.Height <= 2*fitMarginY {
		return
	}
	bounds := v.levels[0].Bounds()
	v.scale = min((size.Width-2*fitMarginX)/float32(bounds.Dx()), (size.Height-2*fitMarginY)/float32(bounds.Dy()))
	v.scale = min(v.scale, zoomMost)
	picture := v.pictureSize()
	v.at = fyne.NewPos(floor((size.Width-picture.Width)/2), floor((size.Height-picture.Height)/2))
	v.show()
}

// ZoomIn enlarges about the middle.
func (v *Viewer) ZoomIn() { v.zoom(zoomButton, v.middle()) }

// ZoomOut makes smaller about the middle.
func (v *Viewer) ZoomOut() { v.zoom(1/zoomButton, v.middle()) }

func (v *Viewer) middle() fyne.Position { return fyne.NewPos(v.Size().Width/2, v.Size().Height/2) }

// zoom keeps the picture's point under at where it is.
func (v *Viewer) zoom(factor float32, at fyne.Position) {
	if len(v.levels) == 0 {
		return
	}
	scale := min(max(v.scale*factor, zoomLeast), zoomMost)
	factor = scale / v.scale
	v.at = fyne.NewPos(at.X-(at.X-v.at.X)*factor, at.Y-(at.Y-v.at.Y)*factor)
	v.scale, v.fitted = scale, false
	v.show()
}

// RotateLeft turns the picture 90° anticlockwise and fits it.
func (v *Viewer) RotateLeft() { v.rotate(false) }

// RotateRight turns the picture 90° clockwise and fits it.
func (v *Viewer) RotateRight() { v.rotate(true) }

func (v *Viewer) rotate(clockwise bool) {
	if len(v.levels) == 0 {
		return
	}
	source := v.levels[0].(*image.NRGBA)
	width, height := source.Rect.Dx(), source.Rect.Dy()
	turned := image.NewNRGBA(image.Rect(0, 0, height, width))
	for y := range height {
		for x := range width {
			toX, toY := height-1-y, x
			if !clockwise {
				toX, toY = y, width-1-x
			}
			copy(turned.Pix[toY*turned.Stride+toX*4:][:4], source.Pix[y*source.Stride+x*4:][:4])
		}
	}
	v.SetImage(turned)
}

func (v *Viewer) show() {
	v.keepInSight()
	if v.update != nil {
		v.update()
	}
	if v.OnZoom != nil {
		v.OnZoom(v.Percentage())
	}
}

// Percentage gives the scale as words, such as 76%.
func (v *Viewer) Percentage() string { return fmt.Sprintf("%.0f%%", v.scale*100) }

// Scrolled zooms to the pointer.
func (v *Viewer) Scrolled(event *fyne.ScrollEvent) {
	touched()
	factor := zoomNotch
	if event.Scrolled.DY < 0 {
		factor = 1 / zoomNotch
	}
	v.zoom(factor, event.Position)
}

// Dragged moves the picture.
func (v *Viewer) Dragged(event *fyne.DragEvent) { v.move(event.Dragged.DX, event.Dragged.DY) }

// DragEnd is part of fyne.Draggable.
func (v *Viewer) DragEnd() {}

// DoubleTapped fits the picture.
func (v *Viewer) DoubleTapped(*fyne.PointEvent) { v.Fit() }

// Cursor is part of desktop.Cursorable.
func (v *Viewer) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// Inspect describes the viewer for end-to-end tests.
func (v *Viewer) Inspect() Inspection {
	if len(v.levels) == 0 {
		return Inspection{Kind: "viewer", Focused: v.focused}
	}
	return Inspection{Kind: "viewer", Text: v.Percentage(), Active: true, Focused: v.focused}
}

// level gives the halved copy that is next larger than what is drawn.
func (v *Viewer) level() image.Image {
	pixels := v.scale * windowScale()
	level := 0
	for pixels <= 0.5 && level < len(v.levels)-1 {
		level, pixels = level+1, pixels*2
	}
	return v.levels[level]
}

// CreateRenderer is part of fyne.Widget.
func (v *Viewer) CreateRenderer() fyne.WidgetRenderer {
	picture := &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest}
	ground, edge := &canvas.Rectangle{}, &canvas.Rectangle{}
	empty := newLine("", theme.SizeBody, false)
	empty.Alignment = fyne.TextAlignCenter
	clip, ring := newClip(freely(edge, picture)), newShape()
	r := newRenderer(v, &v.core, ground, clip, empty, ring.Raster)
	r.minSize = func() fyne.Size { return fyne.NewSquareSize(viewerMinimum) }
	v.update = func() {
		if len(v.levels) == 0 {
			return
		}
		if level := v.level(); picture.Image != level {
			picture.Image = level
			picture.Refresh()
		}
		size := v.pictureSize()
		place(picture, v.at.X, v.at.Y, size.Width, size.Height)
		place(edge, v.at.X-1, v.at.Y-1, size.Width+2, size.Height+2)
	}
	var last fyne.Size
	r.layout = func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		place(clip, 0, 0, size.Width, size.Height)
		place(empty, 0, 0, size.Width, size.Height)
		place(ring, 0, 0, size.Width, size.Height)
		if v.fitted && size != last {
			last = size
			v.Fit()
		}
	}
	r.refresh = func() {
		ground.FillColor, edge.FillColor = theme.Color(theme.Background), theme.Color(theme.ControlBorder)
		empty.Text, empty.Color = v.Placeholder, theme.Color(theme.Secondary)
		none := len(v.levels) == 0
		empty.Hidden, clip.Hidden = !none, none
		focusRing(ring, v.focused)
		v.update()
	}
	return r.start()
}
