package ui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Thumbnail measures in px.
const (
	thumbWidth  float32 = 76
	thumbHeight float32 = 56
	// thumbWordsMost is the widest that a picture's name and note may be.
	thumbWordsMost float32 = 152
)

// Thumbnail is one small picture with its file's name and a note.
type Thumbnail struct {
	Image      image.Image
	Name, Note string
}

// Thumbnails is a row of small pictures of which one is shown large elsewhere.
type Thumbnails struct {
	core
	// OnSelect is called with the index of a clicked picture.
	OnSelect func(index int)

	content *fyne.Container
	items   []*thumbView
}

// NewThumbnails makes an empty row.
func NewThumbnails(selected func(index int)) *Thumbnails {
	t := &Thumbnails{OnSelect: selected, content: Row(8)}
	t.ExtendBaseWidget(t)
	return t
}

// SetItems changes the pictures; trailing objects, such as a plus button, end the row.
func (t *Thumbnails) SetItems(selected int, items []Thumbnail, trailing ...fyne.CanvasObject) {
	t.content.Objects, t.items = nil, nil
	for i, item := range items {
		view := newThumbView(item, i == selected, func() {
			t.SetSelected(i)
			if t.OnSelect != nil {
				t.OnSelect(i)
			}
		})
		t.items = append(t.items, view)
		t.content.Objects = append(t.content.Objects, view, thumbWords(item), Gap(8))
	}
	t.content.Objects = append(t.content.Objects, Space())
	t.content.Objects = append(t.content.Objects, trailing...)
	t.content.Refresh()
	t.Refresh()
}

// thumbWords are a picture's name and note; a name that is too long ends in …
func thumbWords(item Thumbnail) fyne.CanvasObject {
	name, note := NewElidedText(item.Name, theme.Text), NewCaption(item.Note, theme.Secondary)
	name.TextSize = theme.SizeCaption
	width := ceil(max(textWidth(item.Name, theme.SizeCaption, false), textWidth(item.Note, theme.SizeCaption, false)))
	return Fixed(min(width, thumbWordsMost), Column(0, name, note))
}

// SetSelected frames a picture.
func (t *Thumbnails) SetSelected(index int) {
	for i, item := range t.items {
		item.chosen = i == index
		item.Refresh()
	}
}

// CreateRenderer is part of fyne.Widget.
func (t *Thumbnails) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(t, &t.core, t.content)
	r.minSize = func() fyne.Size { return t.content.MinSize().Max(fyne.NewSize(0, thumbHeight)) }
	r.layout = func(size fyne.Size) { t.content.Resize(size) }
	return r.start()
}

type thumbView struct {
	press
	item   Thumbnail
	chosen bool
}

func newThumbView(item Thumbnail, chosen bool, tapped func()) *thumbView {
	v := &thumbView{item: item, chosen: chosen}
	v.OnTapped = tapped
	v.extend(v)
	return v
}

// Inspect describes the picture for end-to-end tests.
func (v *thumbView) Inspect() Inspection {
	return Inspection{Kind: "thumbnail", Text: v.item.Name, Active: v.chosen, Focused: v.focused}
}

// CreateRenderer is part of fyne.Widget.
func (v *thumbView) CreateRenderer() fyne.WidgetRenderer {
	frame := newShape()
	picture := canvas.NewImageFromImage(smallCopy(v.item.Image))
	picture.FillMode = canvas.ImageFillContain
	r := newRenderer(v, &v.core, frame.Raster, picture)
	r.minSize = func() fyne.Size { return fyne.NewSize(thumbWidth, thumbHeight) }
	r.layout = func(size fyne.Size) {
		frame.Resize(size)
		place(picture, 3, 3, size.Width-6, size.Height-6)
	}
	r.refresh = func() {
		line, width := theme.ControlBorder, float32(1)
		if v.chosen || v.ring() {
			line, width = theme.Primary, 2
		}
		frame.paint(theme.Surface, line, width, 4)
	}
	return r.start()
}

// smallCopy gives the smallest halved copy, so that the row keeps no large pictures.
func smallCopy(picture image.Image) image.Image {
	if picture == nil {
		return image.NewNRGBA(image.Rect(0, 0, 1, 1))
	}
	levels := halvings(picture)
	return levels[len(levels)-1]
}
