package desktest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/views/ui"
)

// Type puts a text into the field with a placeholder, in the topmost dialog that has one, in the place of what stood there.
func (s *Stand) Type(placeholder, text string) {
	s.T.Helper()
	var found *ui.Field
	s.Each(func(object fyne.CanvasObject) {
		if field, ok := object.(*ui.Field); ok && field.Inspect().Placeholder == placeholder {
			found = field
		}
	})
	if found == nil {
		s.T.Fatalf("no field with the placeholder %q", placeholder)
	}
	found.Focus()
	found.SelectAll()
	if text == "" {
		found.SetText("")
		return
	}
	for _, character := range text {
		s.Window.Canvas().Focused().TypedRune(character)
	}
}

// Each calls see for every visible object of the window, those of the topmost dialog last.
func (s *Stand) Each(see func(fyne.CanvasObject)) {
	walk(s.Window.Canvas().Content(), see)
	for _, overlay := range s.Window.Canvas().Overlays().List() {
		walk(overlay, see)
	}
}

func walk(object fyne.CanvasObject, see func(fyne.CanvasObject)) {
	if !object.Visible() {
		return
	}
	see(object)
	var parts []fyne.CanvasObject
	switch one := object.(type) {
	case *fyne.Container:
		parts = one.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(one).Objects()
	}
	for _, part := range parts {
		walk(part, see)
	}
}
