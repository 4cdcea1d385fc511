package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Note is a tinted strip with an icon, a sentence and optional buttons.
type Note struct {
	core
	tone    Tone
	icon    *Icon
	lead    *Text
	text    *Paragraph
	content *fyne.Container
	ground  *Box
}

// NewNote makes a strip; lead is a bold beginning of the sentence and may be empty.
// Trailing objects, usually buttons, stand at the right end.
func NewNote(tone Tone, lead, text string, trailing ...fyne.CanvasObject) *Note {
	n := &Note{tone: tone, icon: NewIcon(tone.icon(), tone.text()), lead: NewBold(lead), text: NewParagraph(text, tone.text())}
	n.lead.Role = tone.text()
	n.lead.Hidden = lead == ""
	n.text.Hidden = text == ""
	n.ground = NewBox(tone.tint(), theme.None, 4)
	var words fyne.CanvasObject = Row(0, Top(n.lead), Grow(n.text))
	objects := []fyne.CanvasObject{Top(Pad(0, 2, 0, 0, n.icon)), Gap(9), Wide(words)}
	if len(trailing) > 0 {
		objects = append(objects, Gap(8), Row(8, trailing...))
	}
	n.content = Pad(14, 8, 14, 8, Row(0, objects...))
	if len(trailing) > 0 {
		objects[0] = Pad(0, 2, 0, 0, n.icon)
		n.content = Pad(14, 8, 9, 8, Row(0, objects...))
	}
	n.ExtendBaseWidget(n)
	return n
}

// Set changes tone and words.
func (n *Note) Set(tone Tone, lead, text string) {
	n.tone = tone
	n.icon.SetIcon(tone.icon(), tone.text())
	n.lead.Role, n.text.Role, n.ground.Fill = tone.text(), tone.text(), tone.tint()
	n.lead.Content, n.text.Content = lead, text
	n.lead.Hidden, n.text.Hidden = lead == "", text == ""
	n.content.Refresh()
	n.Refresh()
}

// Inspect describes the strip for end-to-end tests.
func (n *Note) Inspect() Inspection {
	return Inspection{Kind: "note", Text: n.lead.Content + n.text.Content, Bad: n.tone == ToneDanger}
}

func (n *Note) heightFor(width float32) float32 { return heightAt(n.content, width) }

// CreateRenderer is part of fyne.Widget.
func (n *Note) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(n, &n.core, n.ground, n.content)
	r.minSize = func() fyne.Size {
		size := n.content.MinSize()
		if width := n.Size().Width; width > 0 {
			size.Height = n.heightFor(width)
		}
		return size
	}
	r.layout = func(size fyne.Size) {
		n.ground.Resize(size)
		n.content.Resize(size)
	}
	r.refresh = func() { n.ground.Refresh() }
	return r.start()
}
