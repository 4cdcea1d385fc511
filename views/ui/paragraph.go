package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"peixun/views/theme"
)

// Paragraph is text that wraps. Inside our layouts it is as high as its lines need at the width
// that it gets.
type Paragraph struct {
	core
	// Content is the whole text; line feeds begin new lines.
	Content string
	// Role is the text's colour.
	Role theme.Role
	// TextSize is 12, 14, 16 or 20 px.
	TextSize float32
	// Bold chooses the bold face.
	Bold bool
	// Align is leading, centre or trailing.
	Align fyne.TextAlign
	// MinWidth is the width in px below which the layout may not squeeze the text.
	MinWidth float32
}

// NewParagraph makes wrapping text of 14 px.
func NewParagraph(content string, role theme.Role) *Paragraph {
	p := &Paragraph{Content: content, Role: role, TextSize: theme.SizeBody, MinWidth: 40}
	p.ExtendBaseWidget(p)
	return p
}

// NewCaptionParagraph makes wrapping text of 12 px.
func NewCaptionParagraph(content string, role theme.Role) *Paragraph {
	p := NewParagraph(content, role)
	p.TextSize = theme.SizeCaption
	return p
}

// SetText changes the text.
func (p *Paragraph) SetText(content string) {
	if p.Content != content {
		p.Content = content
		p.Refresh()
	}
}

// Inspect describes the text for end-to-end tests.
func (p *Paragraph) Inspect() Inspection { return Inspection{Kind: "text", Text: p.Content} }

func (p *Paragraph) lines(width float32) []string {
	return wrapText(p.Content, max(width, p.MinWidth), p.TextSize, p.Bold)
}

func (p *Paragraph) heightFor(width float32) float32 {
	return float32(len(p.lines(width))) * lineHeight(p.TextSize)
}

// CreateRenderer is part of fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(p, &p.core)
	paint := func() {
		for _, o := range r.objects {
			line := o.(*canvas.Text)
			line.Color, line.Alignment = theme.Color(p.Role), p.Align
			line.TextSize, line.TextStyle.Bold = p.TextSize, p.Bold
		}
	}
	r.minSize = func() fyne.Size {
		if width := p.Size().Width; width > 0 {
			return fyne.NewSize(p.MinWidth, p.heightFor(width))
		}
		return fyne.NewSize(p.MinWidth, lineHeight(p.TextSize))
	}
	r.layout = func(size fyne.Size) {
		lines := p.lines(size.Width)
		for len(r.objects) < len(lines) {
			r.objects = append(r.objects, newLine("", p.TextSize, p.Bold))
		}
		r.objects = r.objects[:len(lines)]
		paint()
		height := lineHeight(p.TextSize)
		for i, text := range lines {
			line := r.objects[i].(*canvas.Text)
			line.Text = text
			place(line, 0, float32(i)*height+lineShift(p.TextSize), size.Width, height)
		}
	}
	r.refresh = paint
	return r.start()
}
