package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Segments is a choice of one of a few words in one frame.
type Segments struct {
	press
	// OnChanged is called with the chosen index after a person chose.
	OnChanged func(index int)

	labels []string
	chosen int
}

// NewSegments makes a choice whose first word is chosen.
func NewSegments(labels ...string) *Segments {
	s := &Segments{labels: labels}
	s.extend(s)
	return s
}

// Selected gives the chosen index.
func (s *Segments) Selected() int { return s.chosen }

// SetSelected chooses without calling OnChanged.
func (s *Segments) SetSelected(index int) {
	s.chosen = index
	s.Refresh()
}

// SetLabels changes the words, as when they carry counts.
func (s *Segments) SetLabels(labels ...string) {
	s.labels = labels
	s.chosen = min(s.chosen, max(0, len(labels)-1))
	s.Refresh()
}

// Inspect describes the choice for end-to-end tests.
func (s *Segments) Inspect() Inspection {
	out := Inspection{Kind: "segments", Disabled: s.disabled, Focused: s.focused}
	x := float32(0)
	for i, label := range s.labels {
		width := s.width(i)
		out.parts = append(out.parts, inspectedPart{
			Inspection{Kind: "segment", Text: label, Active: i == s.chosen, Disabled: s.disabled}, x, 0, width, controlHeight,
		})
		x += width
	}
	return out
}

// width is one segment's, measured bold so that choosing moves nothing.
func (s *Segments) width(index int) float32 {
	return ceil(textWidth(s.labels[index], theme.SizeBody, true)) + 25
}

func (s *Segments) choose(index int) {
	if index < 0 || index >= len(s.labels) || index == s.chosen || s.disabled {
		return
	}
	s.chosen = index
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

// Tapped chooses what was clicked.
func (s *Segments) Tapped(event *fyne.PointEvent) {
	s.takeFocus()
	x := float32(0)
	for i := range s.labels {
		x += s.width(i)
		if event.Position.X < x {
			s.choose(i)
			return
		}
	}
}

// TypedKey moves the choice with the arrow keys.
func (s *Segments) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyLeft:
		s.choose(s.chosen - 1)
	case fyne.KeyRight:
		s.choose(s.chosen + 1)
	case fyne.KeyEscape, fyne.KeyF1:
		passKey(s, event.Name)
	}
}

// CreateRenderer is part of fyne.Widget.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	frame, chosen, ring := newShape(), &canvas.Rectangle{}, newShape()
	var words []*canvas.Text
	var lines []*canvas.Rectangle
	r := newRenderer(s, &s.core)
	r.minSize = func() fyne.Size {
		width := float32(1)
		for i := range s.labels {
			width += s.width(i)
		}
		return fyne.NewSize(width, controlHeight)
	}
	r.layout = func(size fyne.Size) {
		place(frame, 0, 0, r.minSize().Width, size.Height)
		place(ring, 0, 0, r.minSize().Width, size.Height)
		x := float32(0)
		for i, word := range words {
			width := s.width(i)
			place(word, x, 0, width, size.Height)
			place(lines[i], x, 1, 1, size.Height-2)
			if i == s.chosen {
				place(chosen, x+1, 1, width-1, size.Height-2)
			}
			x += width
		}
	}
	r.refresh = func() {
		for len(words) < len(s.labels) {
			words, lines = append(words, newLine("", theme.SizeBody, false)), append(lines, &canvas.Rectangle{})
		}
		words, lines = words[:len(s.labels)], lines[:len(s.labels)]
		r.objects = []fyne.CanvasObject{frame.Raster, chosen}
		for i, word := range words {
			word.Text, word.Alignment, word.TextStyle.Bold = s.labels[i], fyne.TextAlignCenter, i == s.chosen
			word.Color = theme.Color(s.wordRole(i))
			lines[i].FillColor = theme.Color(theme.ControlBorder)
			lines[i].Hidden = i == 0
			r.objects = append(r.objects, word, lines[i])
		}
		r.objects = append(r.objects, ring.Raster)
		frame.paint(theme.Surface, theme.ControlBorder, 1, 4)
		chosen.FillColor = theme.Color(theme.TintPrimary)
		focusRing(ring, s.ring())
	}
	return r.start()
}

func (s *Segments) wordRole(index int) theme.Role {
	switch {
	case s.disabled:
		return theme.Disabled
	case index == s.chosen:
		return theme.TextPrimary
	}
	return theme.Text
}
