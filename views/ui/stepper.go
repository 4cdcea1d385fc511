package ui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Stepper measures in px.
const (
	stepCircle  float32 = 24
	stepLine    float32 = 40
	stepLineGap float32 = 12
	stepWordGap float32 = 8
)

// Stepper names the steps of a wizard on top of it: done, present, still to come.
type Stepper struct {
	core
	// OnStep is called with the index of a done step that a person clicked.
	OnStep func(index int)

	labels  []string
	present int
	steps   []*step
}

// NewStepper makes a row of steps that stands at the first.
func NewStepper(labels ...string) *Stepper {
	s := &Stepper{labels: labels}
	s.ExtendBaseWidget(s)
	for i := range labels {
		one := &step{stepper: s, index: i}
		one.OnTapped = func() {
			if i < s.present && s.OnStep != nil {
				s.OnStep(i)
			}
		}
		one.extend(one)
		s.steps = append(s.steps, one)
	}
	s.SetPresent(0)
	return s
}

// SetPresent moves to a step; the ones before it count as done.
func (s *Stepper) SetPresent(index int) {
	s.present = index
	for i, one := range s.steps {
		one.disabled = i >= index
		one.Refresh()
	}
}

// Present gives the index of the step in hand.
func (s *Stepper) Present() int { return s.present }

// CreateRenderer is part of fyne.Widget.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer {
	row := Row(stepLineGap)
	for i, one := range s.steps {
		if i > 0 {
			line := NewBox(theme.ControlBorder, theme.None, 0)
			line.Min = fyne.NewSize(stepLine, 1)
			row.Objects = append(row.Objects, line)
		}
		row.Objects = append(row.Objects, one)
	}
	r := newRenderer(s, &s.core, row)
	r.minSize = row.MinSize
	r.layout = func(size fyne.Size) { row.Resize(size) }
	return r.start()
}

// step is one circle with its word.
type step struct {
	press
	stepper *Stepper
	index   int
}

// Inspect describes the step for end-to-end tests.
func (s *step) Inspect() Inspection {
	return Inspection{
		Kind: "step", Text: s.label(), Active: s.index == s.stepper.present,
		Checked: s.index < s.stepper.present, Disabled: s.disabled, Focused: s.focused,
	}
}

func (s *step) label() string { return s.stepper.labels[s.index] }

// CreateRenderer is part of fyne.Widget.
func (s *step) CreateRenderer() fyne.WidgetRenderer {
	circle, mark, ring := newShape(), newIconImage(), newShape()
	number, word := newLine(strconv.Itoa(s.index+1), theme.SizeCaption, false), newLine("", theme.SizeBody, false)
	number.Alignment = fyne.TextAlignCenter
	r := newRenderer(s, &s.core, circle.Raster, mark, number, word, ring.Raster)
	r.minSize = func() fyne.Size {
		return fyne.NewSize(stepCircle+stepWordGap+ceil(textWidth(s.label(), theme.SizeBody, s.index == s.stepper.present)), stepCircle)
	}
	r.layout = func(size fyne.Size) {
		place(circle, 0, 0, stepCircle, stepCircle)
		place(mark, 4, 4, iconExtent, iconExtent)
		place(number, 0, 0, stepCircle, stepCircle)
		x := stepCircle + stepWordGap
		place(word, x, -1, size.Width-x, stepCircle)
		place(ring, -3, -3, size.Width+6, stepCircle+6)
	}
	r.refresh = func() {
		present, done := s.index == s.stepper.present, s.index < s.stepper.present
		ground, line, ink, role := theme.Surface, theme.ControlBorder, theme.Secondary, theme.Secondary
		sign := ""
		switch {
		case present:
			ground, line, ink, role = theme.Primary, theme.None, theme.OnPrimary, theme.Text
		case done:
			ground, line, role, sign = theme.TintSuccess, theme.None, theme.Text, "check"
		}
		if done && s.hovered {
			role = theme.Primary
		}
		circle.paint(ground, line, 1, stepCircle/2)
		setIcon(mark, sign, theme.TextSuccess, iconExtent)
		number.Hidden = done
		number.Color, number.TextStyle.Bold = theme.Color(ink), present
		word.Text, word.TextStyle.Bold, word.Color = s.label(), present, theme.Color(role)
		focusRing(ring, s.ring())
	}
	return r.start()
}
