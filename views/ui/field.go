package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

// Field is a single-line input of 32 px in our frame.
type Field struct {
	core
	// Icon stands before the text and may be empty.
	Icon string
	// Trailing is a small object at the right end: an icon button, a unit, a pill.
	Trailing fyne.CanvasObject
	// Width is the smallest width in px.
	Width float32
	// Groups, where set, shows the text in groups of so many characters while the field is left, and
	// bare while it is edited; the last number repeats. See GroupsOfFour.
	Groups []int
	// Money keeps the text at the right end.
	Money bool
	// OnChanged is called with every change that a person makes or SetText brings.
	OnChanged func(text string)
	// OnSubmitted is called by Enter. Without it Enter presses a dialog's default button.
	OnSubmitted func(text string)
	// OnBlur is called when the field is left.
	OnBlur func()
	// OnFocus is called when the field gets the keyboard.
	OnFocus func()

	entry    *entry
	bad      bool
	hovered  bool
	disabled bool
	setting  bool // text is changed by the field itself, not by a person
	onBlur   []func()
	relayout func()
	outer    fyne.Widget // the field, or the widget that embeds it
}

// NewField makes an empty input; placeholder is grey and shown while it is empty.
func NewField(placeholder string) *Field {
	f := &Field{}
	f.build(f, placeholder)
	return f
}

// NewSearchField makes an input with a magnifier.
func NewSearchField(placeholder string, width float32) *Field {
	f := NewField(placeholder)
	f.Icon, f.Width = "search", width
	return f
}

// NewGroupedField makes an input for accounts and numbers, shown in the given groups.
func NewGroupedField(placeholder string, groups []int) *Field {
	f := NewField(placeholder)
	f.Groups = groups
	return f
}

// NewMoneyField makes an input whose text stands at the right end; width is in px.
func NewMoneyField(placeholder string, width float32) *Field {
	f := NewField(placeholder)
	f.Money, f.Width = true, width
	return f
}

// NewPasswordField makes an input of dots with an eye that shows them.
func NewPasswordField(placeholder string) *Field {
	f := NewField(placeholder)
	f.entry.Password = true
	f.entry.ActionItem = &canvas.Rectangle{} // keeps Fyne from adding an eye of its own
	var eye *quietIcon
	eye = newQuietIcon("eye", "显示密码", func() {
		f.entry.Password = !f.entry.Password
		if f.entry.Password {
			eye.set("eye", "显示密码")
		} else {
			eye.set("eye-off", "隐藏密码")
		}
		f.entry.Refresh()
	})
	f.Trailing = eye
	return f
}

// build prepares a field inside host, which may be a widget that embeds it.
func (f *Field) build(host fyne.Widget, placeholder string) {
	f.entry = newEntry()
	f.entry.PlaceHolder = placeholder
	f.entry.focusChanged = f.focusChanged
	f.entry.OnChanged = f.changed
	f.entry.key = f.key
	f.outer = host
	f.ExtendBaseWidget(host)
}

// Text gives what was entered, without the gaps that Groups draws.
func (f *Field) Text() string {
	if len(f.Groups) > 0 {
		return compact(f.entry.Text)
	}
	return f.entry.Text
}

// SetText changes the text; OnChanged is called if it differs.
func (f *Field) SetText(text string) {
	if text == f.Text() {
		return
	}
	f.entry.SetText(f.display(text))
	f.refreshLayout()
}

// display gives the text as the field shows it now.
func (f *Field) display(text string) string {
	if len(f.Groups) > 0 {
		text = compact(text)
		if !f.entry.focused {
			return GroupText(text, f.Groups)
		}
	}
	return text
}

// SetPlaceholder changes the grey text.
func (f *Field) SetPlaceholder(text string) { f.entry.SetPlaceHolder(text) }

// SetBad paints the frame red.
func (f *Field) SetBad(bad bool) {
	if f.bad != bad {
		f.bad = bad
		f.Refresh()
	}
}

// Disabled tells whether the field is greyed.
func (f *Field) Disabled() bool { return f.disabled }

// SetDisabled greys the field, which stays in its place.
func (f *Field) SetDisabled(disabled bool) {
	f.disabled = disabled
	if disabled {
		f.entry.Disable()
	} else {
		f.entry.Enable()
	}
	f.Refresh()
}

// FocusTarget is what gets the keyboard when the field shall be edited.
func (f *Field) FocusTarget() fyne.Focusable { return f.entry }

// Focus gives the field the keyboard.
func (f *Field) Focus() { focusOn(f.entry) }

// SelectAll marks the whole text.
func (f *Field) SelectAll() { f.entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// addBlur adds a listener beside OnBlur; the form uses it.
func (f *Field) addBlur(left func()) { f.onBlur = append(f.onBlur, left) }

// Inspect describes the field for end-to-end tests.
func (f *Field) Inspect() Inspection {
	text := f.Text()
	if f.entry.Password {
		text = ""
	}
	return Inspection{
		Kind: "field", Text: text, Placeholder: f.entry.PlaceHolder,
		Bad: f.bad, Disabled: f.disabled, Focused: f.entry.focused,
	}
}

func (f *Field) changed(string) {
	f.refreshLayout()
	if f.OnChanged != nil && !f.setting {
		f.OnChanged(f.Text())
	}
}

// key lets Enter submit; the entry itself knows nothing of dialogs.
func (f *Field) key(event *fyne.KeyEvent) bool {
	if event.Name != fyne.KeyReturn && event.Name != fyne.KeyEnter {
		return false
	}
	if f.OnSubmitted != nil {
		f.OnSubmitted(f.Text())
	} else {
		submitTop(f.entry)
	}
	return true
}

func (f *Field) focusChanged(focused bool) {
	f.reshape()
	f.Refresh()
	if focused {
		if f.OnFocus != nil {
			f.OnFocus()
		}
		return
	}
	if f.OnBlur != nil {
		f.OnBlur()
	}
	for _, left := range f.onBlur {
		left()
	}
}

// reshape draws or removes the gaps between groups without telling anybody.
func (f *Field) reshape() {
	f.setting = true
	defer func() { f.setting = false }()
	if len(f.Groups) > 0 {
		if text := f.display(f.entry.Text); text != f.entry.Text {
			f.entry.SetText(text)
		}
	} else if f.Money && !f.entry.focused {
		if text := compact(f.entry.Text); text != f.entry.Text {
			f.entry.SetText(text)
		}
	}
}

func (f *Field) refreshLayout() {
	if f.Money && f.relayout != nil {
		f.relayout()
	}
}

// Tapped is part of fyne.Tappable: a click beside the text edits it too.
func (f *Field) Tapped(*fyne.PointEvent) {
	if !f.disabled {
		f.Focus()
	}
}

// MouseIn is part of desktop.Hoverable.
func (f *Field) MouseIn(*desktop.MouseEvent) { f.hovered = true; f.Refresh() }

// MouseMoved is part of desktop.Hoverable.
func (f *Field) MouseMoved(*desktop.MouseEvent) { touched() }

// MouseOut is part of desktop.Hoverable.
func (f *Field) MouseOut() { f.hovered = false; f.Refresh() }

// fieldParts are what a field is drawn with.
type fieldParts struct {
	frame *shape
	icon  *canvas.Image
	clip  *container.Clip
	grey  *canvas.Text // stands for the entry while the field is disabled
}

// CreateRenderer is part of fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	p := &fieldParts{frame: newShape(), icon: newIconImage(), grey: newLine("", theme.SizeBody, false)}
	p.clip = newClip(freely(f.entry))
	r := newRenderer(f.outer, &f.core, p.frame.Raster, p.icon, p.clip, p.grey)
	if f.Trailing != nil {
		r.objects = append(r.objects, f.Trailing)
	}
	r.minSize = func() fyne.Size { return fyne.NewSize(max(f.Width, 40), controlHeight) }
	r.layout = func(size fyne.Size) { f.layout(p, size) }
	r.refresh = func() { f.paint(p) }
	f.relayout = func() { f.layout(p, f.Size()) }
	return r.start()
}

func (f *Field) layout(p *fieldParts, size fyne.Size) {
	const border = 2
	place(p.frame, 0, 0, size.Width, size.Height)
	x, end := float32(9), size.Width-border
	if f.Icon != "" {
		place(p.icon, 9, floor((size.Height-iconExtent)/2), iconExtent, iconExtent)
		x = 9 + iconExtent + iconGap
	}
	if f.Trailing != nil && f.Trailing.Visible() {
		m := f.Trailing.MinSize()
		end = size.Width - m.Width - 6
		place(f.Trailing, end, floor((size.Height-m.Height)/2), m.Width, m.Height)
	}
	place(p.grey, x, 0, end-x, size.Height)
	height := f.entry.Entry.MinSize().Height
	width := end - x + 2*theme.FieldPadding
	if f.Money {
		text := f.entry.Text
		if text == "" {
			text = f.entry.PlaceHolder
		}
		// 4 px more than the text keep the entry from scrolling sideways.
		wanted := ceil(textWidth(text, theme.SizeBody, false)) + 2*theme.FieldPadding + 4
		if wanted < width {
			x += width - wanted - 5
			width = wanted
		}
	}
	// The entry's own border lies outside of the clip on every side.
	place(p.clip, x-2, border, end-x+2, size.Height-2*border)
	place(f.entry, 2-theme.FieldPadding, floor((size.Height-2*border-height)/2), width, height)
}

func (f *Field) paint(p *fieldParts) {
	ground, line, width := theme.Surface, theme.ControlBorder, float32(1)
	switch {
	case f.disabled:
		ground, line = theme.Background, theme.Border
	case f.entry.focused:
		line, width = theme.Primary, 2
	case f.hovered:
		line = theme.Secondary
	}
	if f.bad && !f.disabled {
		line = theme.Danger
	}
	p.frame.paint(ground, line, width, 4)
	role := theme.Secondary
	if f.disabled {
		role = theme.Disabled
	}
	setIcon(p.icon, f.Icon, role, iconExtent)
	f.paintGrey(p)
}

// paintGrey draws a disabled field's text itself: the entry would draw its frame in grey.
func (f *Field) paintGrey(p *fieldParts) {
	p.clip.Hidden, p.grey.Hidden = f.disabled, !f.disabled
	p.grey.Text = f.entry.Text
	switch {
	case p.grey.Text == "":
		p.grey.Text = f.entry.PlaceHolder
	case f.entry.Password:
		p.grey.Text = strings.Repeat("•", len([]rune(p.grey.Text)))
	}
	p.grey.Color, p.grey.Alignment = theme.Color(theme.Disabled), fyne.TextAlignLeading
	if f.Money {
		p.grey.Alignment = fyne.TextAlignTrailing
	}
}
