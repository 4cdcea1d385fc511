package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Select is a choice of one of a few fixed options. For many options, or ones to be typed, use Picker.
type Select struct {
	choiceBox
	// OnChanged is called with the key that a person chose.
	OnChanged func(key string)

	options []Option
	key     string
}

// NewSelect makes a choice without a value; placeholder is shown until there is one.
func NewSelect(placeholder string, options ...Option) *Select {
	s := &Select{options: options}
	s.placeholder = placeholder
	s.trailing = "chevron-down"
	s.OnTapped = s.open
	s.extend(s)
	return s
}

// Words makes options whose keys are their texts.
func Words(texts ...string) []Option {
	options := make([]Option, len(texts))
	for i, text := range texts {
		options[i] = Option{Key: text, Text: text}
	}
	return options
}

// Key gives the chosen key, or "".
func (s *Select) Key() string { return s.key }

// SetKey chooses without calling OnChanged; an unknown key chooses nothing.
func (s *Select) SetKey(key string) {
	s.key, s.value = "", ""
	for _, o := range s.options {
		if o.Key == key {
			s.key, s.value = o.Key, o.Text
		}
	}
	s.Refresh()
}

// SetOptions replaces the options and keeps the chosen key if it is still among them.
func (s *Select) SetOptions(options ...Option) {
	s.options = options
	s.SetKey(s.key)
}

func (s *Select) open() {
	at := 0
	for i, o := range s.options {
		if o.Key == s.key && s.value != "" {
			at = i
		}
	}
	showOptions(s, s.options, at, s.Size().Width, func(index int) {
		changed := s.options[index].Key != s.key || s.value == ""
		s.SetKey(s.options[index].Key)
		if changed && s.OnChanged != nil {
			s.OnChanged(s.key)
		}
		s.left()
	})
}

// TypedKey is part of fyne.Focusable.
func (s *Select) TypedKey(event *fyne.KeyEvent) {
	if event.Name == fyne.KeyDown || event.Name == fyne.KeyUp {
		s.activate()
		return
	}
	s.press.TypedKey(event)
}

// choiceBox is the closed box of Select, Picker and date fields: a value or a placeholder, an icon.
type choiceBox struct {
	press
	// Icon stands before the value and may be empty.
	Icon string
	// Width is the smallest width in px.
	Width float32
	// OnBlur is called when the choice is left or made.
	OnBlur func()

	placeholder, value string
	trailing           string
	clear              func() // where set, a value shows an x that calls it
	bad                bool
	inForm             bool // beside a label of its own: the placeholder is a hint, not the label
	onBlur             []func()
}

// SetBad paints the frame red.
func (b *choiceBox) SetBad(bad bool) {
	if b.bad != bad {
		b.bad = bad
		b.Refresh()
	}
}

// standInForm tells that a label names the choice, so that its placeholder is drawn as a hint.
func (b *choiceBox) standInForm() { b.inForm = true }

// FocusTarget is what gets the keyboard.
func (b *choiceBox) FocusTarget() fyne.Focusable { return b.self }

func (b *choiceBox) addBlur(left func()) { b.onBlur = append(b.onBlur, left) }

func (b *choiceBox) left() {
	if b.OnBlur != nil {
		b.OnBlur()
	}
	for _, left := range b.onBlur {
		left()
	}
}

// FocusLost is part of fyne.Focusable.
func (b *choiceBox) FocusLost() {
	b.press.FocusLost()
	if c := canvasOf(b.self); c != nil && c.Overlays().Top() == nil {
		b.left()
	}
}

// Tapped is part of fyne.Tappable.
func (b *choiceBox) Tapped(event *fyne.PointEvent) {
	if b.clear != nil && b.value != "" && !b.disabled && event != nil && event.Position.X > b.Size().Width-30 {
		b.takeFocus()
		b.clear()
		return
	}
	b.press.Tapped(event)
}

// Inspect describes the choice for end-to-end tests.
func (b *choiceBox) Inspect() Inspection {
	return Inspection{
		Kind: "select", Text: b.value, Placeholder: b.placeholder,
		Bad: b.bad, Disabled: b.disabled, Focused: b.focused,
	}
}

// CreateRenderer is part of fyne.Widget.
func (b *choiceBox) CreateRenderer() fyne.WidgetRenderer {
	frame, word := newShape(), newLine("", theme.SizeBody, false)
	icon, trailing := newIconImage(), newIconImage()
	r := newRenderer(b.self, &b.core, frame.Raster, icon, word, trailing)
	r.minSize = func() fyne.Size { return fyne.NewSize(max(b.Width, 60), controlHeight) }
	r.layout = func(size fyne.Size) { b.layout(frame, word, icon, trailing, size) }
	r.refresh = func() { b.paint(frame, word, icon, trailing) }
	return r.start()
}

func (b *choiceBox) layout(frame *shape, word *canvas.Text, icon, trailing *canvas.Image, size fyne.Size) {
	frame.Resize(size)
	x := selectPadding
	if b.Icon != "" {
		place(icon, x, floor((size.Height-iconExtent)/2), iconExtent, iconExtent)
		x += iconExtent + iconGap
	}
	end := size.Width - 9
	if b.trailing != "" {
		end -= chevronExtent
		place(trailing, end, floor((size.Height-chevronExtent)/2), chevronExtent, chevronExtent)
		end -= 4
	}
	text := b.value
	if text == "" {
		text = b.placeholder
	}
	word.Text = elide(text, end-x, theme.SizeBody, false)
	place(word, x, 0, end-x, size.Height)
}

func (b *choiceBox) paint(frame *shape, word *canvas.Text, icon, trailing *canvas.Image) {
	ground, line, width := theme.Surface, theme.ControlBorder, float32(1)
	role := theme.Text
	if b.hovered {
		line = theme.Secondary
	}
	if b.ring() {
		line, width = theme.Primary, 2
	}
	if b.bad {
		line = theme.Danger
	}
	if b.value == "" && b.inForm {
		role = theme.Secondary
	}
	if b.disabled {
		ground, line, role = theme.Background, theme.Border, theme.Disabled
	}
	frame.paint(ground, line, width, 4)
	word.Color = theme.Color(role)
	sign := theme.Secondary
	if b.disabled {
		sign = theme.Disabled
	}
	setIcon(icon, b.Icon, sign, iconExtent)
	name := b.trailing
	if b.clear != nil && b.value != "" {
		name = "x"
	}
	setIcon(trailing, name, sign, chevronExtent)
}
