package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// TextArea is an input of several lines in our frame. Tab leaves it.
type TextArea struct {
	core
	// OnChanged is called with every change.
	OnChanged func(text string)
	// OnBlur is called when the input is left.
	OnBlur func()

	entry    *entry
	lines    int
	bad      bool
	disabled bool
	onBlur   []func()
}

// NewTextArea makes an input so many lines high.
func NewTextArea(placeholder string, lines int) *TextArea {
	a := &TextArea{entry: newEntry(), lines: lines}
	a.entry.MultiLine, a.entry.Wrapping = true, fyne.TextWrapBreak
	a.entry.PlaceHolder = placeholder
	a.entry.OnChanged = func(text string) {
		if a.OnChanged != nil {
			a.OnChanged(text)
		}
	}
	a.entry.focusChanged = a.focusChanged
	a.ExtendBaseWidget(a)
	return a
}

// Text gives what was entered.
func (a *TextArea) Text() string { return a.entry.Text }

// SetText changes the text; OnChanged is called if it differs.
func (a *TextArea) SetText(text string) {
	if text != a.entry.Text {
		a.entry.SetText(text)
	}
}

// SetBad paints the frame red.
func (a *TextArea) SetBad(bad bool) {
	if a.bad != bad {
		a.bad = bad
		a.Refresh()
	}
}

// SetDisabled greys the input, which stays in its place.
func (a *TextArea) SetDisabled(disabled bool) {
	a.disabled = disabled
	if disabled {
		a.entry.Disable()
	} else {
		a.entry.Enable()
	}
	a.Refresh()
}

// FocusTarget is what gets the keyboard when the text shall be edited.
func (a *TextArea) FocusTarget() fyne.Focusable { return a.entry }

func (a *TextArea) addBlur(left func()) { a.onBlur = append(a.onBlur, left) }

func (a *TextArea) focusChanged(focused bool) {
	a.Refresh()
	if focused {
		return
	}
	if a.OnBlur != nil {
		a.OnBlur()
	}
	for _, left := range a.onBlur {
		left()
	}
}

// Inspect describes the input for end-to-end tests.
func (a *TextArea) Inspect() Inspection {
	return Inspection{
		Kind: "textarea", Text: a.entry.Text, Placeholder: a.entry.PlaceHolder,
		Bad: a.bad, Disabled: a.disabled, Focused: a.entry.focused,
	}
}

// CreateRenderer is part of fyne.Widget.
func (a *TextArea) CreateRenderer() fyne.WidgetRenderer {
	frame := newShape()
	clip := newClip(freely(a.entry))
	r := newRenderer(a, &a.core, frame.Raster, clip)
	r.minSize = func() fyne.Size { return fyne.NewSize(120, float32(a.lines)*20+12) }
	r.layout = func(size fyne.Size) {
		frame.Resize(size)
		place(clip, 2, 2, size.Width-4, size.Height-4)
		// The entry reaches out of the clip on all sides: its own border stays hidden, and so does the shadow that its scroll draws at
		// the edge behind which more text lies. Text begins where a Field's begins.
		const across, down = 7 - theme.FieldPadding, 2 - theme.FieldPadding
		place(a.entry, across, down, size.Width-4-2*across, size.Height-4-2*down)
	}
	r.refresh = func() {
		ground, line, width := theme.Surface, theme.ControlBorder, float32(1)
		switch {
		case a.disabled:
			ground, line = theme.Background, theme.Border
		case a.entry.focused:
			line, width = theme.Primary, 2
		}
		if a.bad {
			line = theme.Danger
		}
		frame.paint(ground, line, width, 4)
	}
	return r.start()
}
