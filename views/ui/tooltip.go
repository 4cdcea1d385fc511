package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// tooltip is a small framed text above everything; it reacts to nothing.
type tooltip struct {
	core
	text  string
	lines []string
}

func newTooltip(text string, widest float32) *tooltip {
	t := &tooltip{text: text, lines: wrapText(text, widest, theme.SizeCaption, false)}
	t.ExtendBaseWidget(t)
	return t
}

// Inspect describes the tooltip for end-to-end tests.
func (t *tooltip) Inspect() Inspection { return Inspection{Kind: "tooltip", Text: t.text} }

// CreateRenderer is part of fyne.Widget.
func (t *tooltip) CreateRenderer() fyne.WidgetRenderer {
	frame := newShape()
	r := newRenderer(t, &t.core, frame.Raster)
	width := float32(0)
	for i, text := range t.lines {
		line := newLine(text, theme.SizeCaption, false)
		place(line, 8, 4+16*float32(i)-1, 400, 16)
		r.objects = append(r.objects, line)
		width = max(width, ceil(textWidth(text, theme.SizeCaption, false)))
	}
	r.minSize = func() fyne.Size { return fyne.NewSize(width+16, 16*float32(len(t.lines))+8) }
	r.layout = func(size fyne.Size) { frame.Resize(size) }
	r.refresh = func() {
		frame.paint(theme.Surface, theme.ControlBorder, 1, 4)
		for _, o := range r.objects[1:] {
			setLineColor(o, theme.Text)
		}
	}
	return r.start()
}
