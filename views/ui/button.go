package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// ButtonKind is how much a button stands out.
type ButtonKind int

const (
	// Plain has a border; most buttons are plain.
	Plain ButtonKind = iota
	// Filled is the one next thing of a screen.
	Filled
	// Danger is plain with red words; in a dialog it is filled red.
	Danger
	// Bare has no frame: icons and names in a bar.
	Bare
	// Link is text only.
	Link
)

// Button measures in px.
const (
	controlHeight float32 = 32
	smallHeight   float32 = 24
	buttonPadding float32 = 12
	selectPadding float32 = 9
	iconExtent    float32 = 16
	chevronExtent float32 = 14
	iconGap       float32 = 6
)

// Button is a word, an icon or both that does something.
type Button struct {
	press
	// Label is the word; "" makes an icon button, whose Tip then says what it does.
	Label string
	// Kind is how much it stands out.
	Kind ButtonKind
	// Icon stands before the label, Trailing (a chevron, an arrow) after it.
	Icon, Trailing string
	// IconRole is the icon's colour; theme.None means the text's. TextRole likewise changes the label.
	IconRole, TextRole theme.Role
	// Small makes the button 24 px high with text of 12 px.
	Small bool
	// Spread puts the label left and the trailing icon right, as in a select or a card's next action.
	Spread bool
	// Underline draws a line under a Link even without the pointer on it.
	Underline bool
	// Solid fills a Danger button with red, for the answer that destroys.
	Solid bool
	// MinWidth is in px.
	MinWidth float32
	// refused says why an icon may not be pressed, "" for none.
	refused string
}

// NewButton makes a plain button.
func NewButton(label, icon string, tapped func()) *Button {
	return newButton(Plain, label, icon, tapped)
}

// NewFilledButton makes the one button of a screen that stands out.
func NewFilledButton(label, icon string, tapped func()) *Button {
	return newButton(Filled, label, icon, tapped)
}

// NewDangerButton makes a plain button with red words.
func NewDangerButton(label, icon string, tapped func()) *Button {
	return newButton(Danger, label, icon, tapped)
}

// NewBareButton makes a button without a frame.
func NewBareButton(label, icon string, tapped func()) *Button {
	return newButton(Bare, label, icon, tapped)
}

// NewLink makes words that do something.
func NewLink(label string, tapped func()) *Button { return newButton(Link, label, "", tapped) }

// NewSmallButton makes a plain button 24 px high.
func NewSmallButton(label, icon string, tapped func()) *Button {
	b := newButton(Plain, label, icon, tapped)
	b.Small = true
	return b
}

// NewIconButton makes a frameless icon of 32 px; tip is its tooltip and its name in tests.
func NewIconButton(icon, tip string, tapped func()) *Button {
	b := newButton(Bare, "", icon, tapped)
	b.Tip, b.MinWidth = tip, controlHeight
	return b
}

// NewSmallIconButton makes a frameless icon of 24 px in the given colour, as inside fields.
func NewSmallIconButton(icon, tip string, role theme.Role, tapped func()) *Button {
	b := newButton(Bare, "", icon, tapped)
	b.Tip, b.MinWidth, b.Small, b.IconRole = tip, smallHeight, true, role
	return b
}

// NewMoreButton makes the framed ⋯ that holds rare actions.
func NewMoreButton(items func() []MenuItem) *Button {
	b := newButton(Plain, "", "ellipsis", nil)
	b.Tip, b.MinWidth = "更多操作", controlHeight
	b.OnTapped = func() { ShowMenu(b, items()) }
	return b
}

func newButton(kind ButtonKind, label, icon string, tapped func()) *Button {
	b := &Button{Kind: kind, Label: label, Icon: icon}
	b.OnTapped = tapped
	b.extend(b)
	b.SetDisabled(false)
	return b
}

// SetLabel changes the word.
func (b *Button) SetLabel(label string) {
	if b.Label != label {
		b.Label = label
		b.Refresh()
	}
}

// Inspect describes the button for end-to-end tests.
func (b *Button) Inspect() Inspection {
	text := b.Label
	if text == "" {
		text = b.Tip
	}
	return Inspection{Kind: "button", Text: text, Tip: b.Tip, Disabled: b.disabled, Focused: b.focused}
}

func (b *Button) textSize() float32 {
	if b.Small {
		return theme.SizeCaption
	}
	return theme.SizeBody
}

func (b *Button) height() float32 {
	switch {
	case b.Kind == Link:
		return lineHeight(b.textSize())
	case b.Small:
		return smallHeight
	}
	return controlHeight
}

func (b *Button) padding() float32 {
	switch {
	case b.Kind == Link:
		return 0
	case b.MinWidth > 0 && b.Label == "":
		return 0
	case b.Spread && b.Kind == Plain && b.Trailing == "chevron-down":
		return selectPadding
	case b.Small:
		return 8
	}
	return buttonPadding
}

func (b *Button) bold() bool { return b.Kind == Filled || b.Solid }

// contentWidth is the width of icon, label and trailing icon together.
func (b *Button) contentWidth() float32 {
	width := ceil(textWidth(b.Label, b.textSize(), b.bold()))
	if b.Icon != "" {
		width += iconExtent
		if b.Label != "" {
			width += iconGap
		}
	}
	if b.Trailing != "" {
		width += iconGap + chevronExtent
	}
	return width
}

// roles gives ground, border and text colour of the present state.
func (b *Button) roles() (ground, line, text theme.Role) {
	ground, line, text = theme.Surface, theme.ControlBorder, theme.Text
	switch {
	case b.Kind == Filled:
		ground, line, text = theme.Primary, theme.None, theme.OnPrimary
		if b.hovered {
			ground = theme.PrimaryHover
		}
	case b.Kind == Danger && b.Solid:
		ground, line, text = theme.Danger, theme.None, theme.OnDanger
	case b.Kind == Danger:
		text = theme.TextDanger
	case b.Kind == Bare:
		ground, line = theme.None, theme.None
	case b.Kind == Link:
		ground, line, text = theme.None, theme.None, theme.Primary
	}
	if b.TextRole != theme.None {
		text = b.TextRole
	}
	framed := b.Kind == Plain || (b.Kind == Danger && !b.Solid)
	if b.hovered && (framed || b.Kind == Bare) {
		ground = theme.Hover
	}
	if b.disabled {
		text = theme.Disabled
		if b.Kind == Filled || b.Solid {
			ground, line = theme.Header, theme.Border
		} else if framed {
			ground, line = theme.Background, theme.Border
		}
	}
	return ground, line, text
}

// buttonParts are what a button is drawn with.
type buttonParts struct {
	ground, ring   *shape
	lead, trailing *canvas.Image
	label          *canvas.Text
	under          *canvas.Rectangle
}

// CreateRenderer is part of fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	parts := &buttonParts{
		ground: newShape(), ring: newShape(), lead: newIconImage(), trailing: newIconImage(),
		label: newLine("", b.textSize(), false), under: &canvas.Rectangle{},
	}
	r := newRenderer(b, &b.core, parts.ground.Raster, parts.lead, parts.label, parts.trailing, parts.under, parts.ring.Raster)
	r.minSize = func() fyne.Size {
		return fyne.NewSize(max(b.MinWidth, b.contentWidth()+2*b.padding()), b.height())
	}
	r.layout = func(size fyne.Size) { b.layout(parts, size) }
	r.refresh = func() { b.paint(parts) }
	return r.start()
}

func (b *Button) layout(parts *buttonParts, size fyne.Size) {
	place(parts.ground, 0, 0, size.Width, size.Height)
	if b.Kind == Link {
		place(parts.ring, -3, -2, size.Width+6, size.Height+4)
	} else {
		place(parts.ring, 0, 0, size.Width, size.Height)
	}
	padding := b.padding()
	x := max(padding, floor((size.Width-b.contentWidth())/2))
	if b.Spread || b.Kind == Link {
		x = padding
	}
	if b.Icon != "" {
		if b.Label == "" && b.Trailing == "" {
			x = floor((size.Width - iconExtent) / 2)
		}
		place(parts.lead, x, floor((size.Height-iconExtent)/2), iconExtent, iconExtent)
		x += iconExtent + iconGap
	}
	end := size.Width - padding
	if b.Trailing != "" {
		end -= chevronExtent + iconGap
		at := min(end, x+ceil(textWidth(b.Label, b.textSize(), b.bold()))) + iconGap
		if b.Spread {
			at = end + iconGap
		}
		place(parts.trailing, at, floor((size.Height-chevronExtent)/2), chevronExtent, chevronExtent)
	}
	width := max(0, end-x) + 1
	parts.label.Text = elide(b.Label, width, b.textSize(), b.bold())
	place(parts.label, x, lineShift(b.textSize())+1, width, size.Height)
	if b.Kind == Link {
		place(parts.label, x, lineShift(b.textSize()), width, size.Height)
	}
	place(parts.under, x, size.Height/2+8, textWidth(parts.label.Text, b.textSize(), b.bold()), 1)
}

func (b *Button) paint(parts *buttonParts) {
	ground, line, text := b.roles()
	parts.ground.paint(ground, line, 1, 4)
	focusRing(parts.ring, b.ring())
	if b.ring() && b.bold() {
		parts.ring.paint(theme.None, theme.Text, 2, 4)
	}
	iconRole := text
	if b.IconRole != theme.None && !b.disabled {
		iconRole = b.IconRole
	}
	setIcon(parts.lead, b.Icon, iconRole, iconExtent)
	trailingRole := theme.Secondary
	if b.Kind == Filled || b.disabled {
		trailingRole = text
	} else if b.Trailing == "arrow-right" {
		trailingRole = theme.Primary
	}
	setIcon(parts.trailing, b.Trailing, trailingRole, chevronExtent)
	parts.label.TextStyle.Bold, parts.label.Color = b.bold(), theme.Color(text)
	parts.under.Hide()
	if b.Kind == Link && !b.disabled && (b.Underline || b.hovered) {
		parts.under.FillColor = theme.Color(text)
		parts.under.Show()
	}
}
