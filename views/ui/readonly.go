package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// ReadOnly is a value in a grey frame of 32 px: it looks like a field and cannot be edited.
type ReadOnly struct {
	core
	text    *ElidedText
	content fyne.CanvasObject
}

// NewReadOnly shows a value; trailing objects stand at the right end.
func NewReadOnly(text string, trailing ...fyne.CanvasObject) *ReadOnly {
	r := &ReadOnly{text: NewElidedText(text, theme.Text)}
	objects := append([]fyne.CanvasObject{Wide(r.text)}, trailing...)
	r.content = Stack(NewBox(theme.Background, theme.Border, 4), Pad(9, 0, 9, 0, Row(8, objects...)))
	r.ExtendBaseWidget(r)
	return r
}

// SetText changes the value.
func (r *ReadOnly) SetText(text string) { r.text.SetText(text) }

// SetRole changes the value's colour; values that are computed are theme.Secondary.
func (r *ReadOnly) SetRole(role theme.Role) { r.text.SetRole(role) }

// Text gives the value.
func (r *ReadOnly) Text() string { return r.text.Content }

// Inspect describes the value for end-to-end tests.
func (r *ReadOnly) Inspect() Inspection { return Inspection{Kind: "readonly", Text: r.text.Content} }

// CreateRenderer is part of fyne.Widget.
func (r *ReadOnly) CreateRenderer() fyne.WidgetRenderer {
	out := newRenderer(r, &r.core, r.content)
	out.minSize = func() fyne.Size { return fyne.NewSize(r.content.MinSize().Width, controlHeight) }
	out.layout = func(size fyne.Size) { r.content.Resize(size) }
	return out.start()
}
