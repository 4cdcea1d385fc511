package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

// Text is one line of text with a role in place of a colour.
type Text struct {
	core
	// Content is the whole text, also where less of it is shown.
	Content string
	// Role is the text's colour.
	Role theme.Role
	// TextSize is 12, 14, 16 or 20 px.
	TextSize float32
	// Bold chooses the bold face.
	Bold bool
	// Align is leading, centre or trailing.
	Align fyne.TextAlign
	// Elide lets the text be narrower than it is long; it then ends in "…".
	Elide bool
}

// NewText makes a line of 14 px.
func NewText(content string, role theme.Role) *Text {
	return newSizedText(content, role, theme.SizeBody, false)
}

// NewCaption makes a line of 12 px.
func NewCaption(content string, role theme.Role) *Text {
	return newSizedText(content, role, theme.SizeCaption, false)
}

// NewBold makes a bold line of 14 px.
func NewBold(content string) *Text {
	return newSizedText(content, theme.Text, theme.SizeBody, true)
}

// NewSection makes a bold line of 16 px, the heading of a part of a page.
func NewSection(content string) *Text {
	return newSizedText(content, theme.Text, theme.SizeSection, true)
}

// NewTitle makes a bold line of 20 px, the heading of a page or a card's one big number.
func NewTitle(content string) *Text {
	return newSizedText(content, theme.Text, theme.SizeTitle, true)
}

func newSizedText(content string, role theme.Role, size float32, bold bool) *Text {
	t := &Text{Content: content, Role: role, TextSize: size, Bold: bold}
	t.ExtendBaseWidget(t)
	return t
}

// SetText changes the text.
func (t *Text) SetText(content string) {
	if t.Content != content {
		t.Content = content
		t.Refresh()
	}
}

// SetRole changes the colour.
func (t *Text) SetRole(role theme.Role) {
	if t.Role != role {
		t.Role = role
		t.Refresh()
	}
}

// Inspect describes the text for end-to-end tests.
func (t *Text) Inspect() Inspection { return Inspection{Kind: "text", Text: t.Content} }

// CreateRenderer is part of fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return t.render(t) }

func (t *Text) render(host fyne.Widget) *renderer {
	line := newLine("", t.TextSize, t.Bold)
	r := newRenderer(host, &t.core, line)
	r.minSize = func() fyne.Size {
		height := lineHeight(t.TextSize)
		if t.Elide {
			return fyne.NewSize(10, height)
		}
		return fyne.NewSize(ceil(textWidth(t.Content, t.TextSize, t.Bold)), height)
	}
	r.layout = func(size fyne.Size) {
		line.Text = t.Content
		if t.Elide {
			line.Text = elide(t.Content, size.Width, t.TextSize, t.Bold)
		}
		place(line, 0, lineShift(t.TextSize), size.Width, size.Height)
	}
	r.refresh = func() {
		line.TextSize, line.TextStyle.Bold = t.TextSize, t.Bold
		line.Color, line.Alignment = theme.Color(t.Role), t.Align
	}
	return r.start()
}

// newLine makes the canvas text that all widgets draw with.
func newLine(text string, size float32, bold bool) *canvas.Text {
	line := canvas.NewText(text, nil)
	line.TextSize, line.TextStyle.Bold = size, bold
	return line
}

// ElidedText is a Text that is cut where it does not fit and shows the whole in a tooltip.
type ElidedText struct {
	Text
}

// NewElidedText makes a line of 14 px that takes the width it is given.
func NewElidedText(content string, role theme.Role) *ElidedText {
	t := &ElidedText{Text{Content: content, Role: role, TextSize: theme.SizeBody, Elide: true}}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is part of fyne.Widget.
func (t *ElidedText) CreateRenderer() fyne.WidgetRenderer { return t.render(t) }

// MouseIn shows the whole text if it was cut.
func (t *ElidedText) MouseIn(event *desktop.MouseEvent) {
	if elide(t.Content, t.Size().Width, t.Text.TextSize, t.Bold) != t.Content {
		showTooltip(t, event.AbsolutePosition, t.Content)
	}
}

// MouseMoved is part of desktop.Hoverable.
func (t *ElidedText) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides the tooltip.
func (t *ElidedText) MouseOut() { hideTooltip(t) }

func setLineColor(o fyne.CanvasObject, role theme.Role) {
	if line, ok := o.(*canvas.Text); ok {
		line.Color = theme.Color(role)
	}
}
