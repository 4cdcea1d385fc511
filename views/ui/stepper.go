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
	// OnStep is called with the index of a step that a person clicked: one before the present step, or one that was reached before.
	OnStep func(index int)

	labels  []string
	present int
	reached int // the furthest step that can be clicked
	lacking map[int]bool
	steps   []*step
}

// NewStepper makes a row of steps that stands at the first.
func NewStepper(labels ...string) *Stepper {
	s := &Stepper{labels: labels}
	s.ExtendBaseWidget(s)
	for i := range labels {
		one := &step{stepper: s, index: i}
		one.OnTapped = func() {
			if i != s.present && i <= s.reached && s.OnStep != nil {
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
	s.present, s.reached = index, index
	s.refresh()
}

// SetReached says how far one has been, for something that is taken up again: those steps can be clicked.
func (s *Stepper) SetReached(index int) {
	s.reached = max(index, s.present)
	s.refresh()
}

// SetLabels names the steps anew; there must be as many.
func (s *Stepper) SetLabels(labels ...string) {
	s.labels = labels
	s.refresh()
}

// SetLacking marks the reached steps that something is missing in.
func (s *Stepper) SetLacking(lacking map[int]bool) {
	s.lacking = lacking
	s.refresh()
}

func (s *Stepper) refresh() {
	for i, one := range s.steps {
		one.disabled = i == s.present || i > s.reached
		one.Tip = ""
		if s.isLacking(i) {
			one.Tip = "这一步还没有填完"
		}
		one.Refresh()
	}
	s.Refresh()
}

// isLacking tells of a step that was passed without all that it asks for.
func (s *Stepper) isLacking(index int) bool {
	return s.lacking[index] && index != s.present && index <= s.reached
}

// isDone tells of a step that was passed and lacks nothing.
func (s *Stepper) isDone(index int) bool {
	return index != s.present && !s.isLacking(index) && (index < s.present || index < s.reached)
}

// Len is the number of steps.
func (s *Stepper) Len() int { return len(s.steps) }

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
		Kind: "step", Text: s.label(), Active: s.index == s.stepper.present, Bad: s.stepper.isLacking(s.index),
		Checked: s.stepper.isDone(s.index), Disabled: s.disabled, Focused: s.focused,
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
		present, done, lacking := s.index == s.stepper.present, s.stepper.isDone(s.index), s.stepper.isLacking(s.index)
		ground, line, ink, role := theme.Surface, theme.ControlBorder, theme.Secondary, theme.Secondary
		sign := ""
		switch {
		case present:
			ground, line, ink, role = theme.Primary, theme.None, theme.OnPrimary, theme.Text
		case done:
			ground, line, role, sign = theme.TintSuccess, theme.None, theme.Text, "check"
		case lacking:
			ground, line, ink, role = theme.TintDanger, theme.None, theme.TextDanger, theme.Text
		}
		if !s.disabled && s.hovered {
			role = theme.Primary
		}
		circle.paint(ground, line, 1, stepCircle/2)
		setIcon(mark, sign, theme.TextSuccess, iconExtent)
		number.Hidden = done
		number.Text = strconv.Itoa(s.index + 1)
		if lacking {
			number.Text = "!"
		}
		number.Color, number.TextStyle.Bold = theme.Color(ink), present || lacking
		word.Text, word.TextStyle.Bold, word.Color = s.label(), present, theme.Color(role)
		focusRing(ring, s.ring())
	}
	return r.start()
}
