package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Card paddings in px.
const (
	cardPaddingX float32 = 16
	cardPaddingY float32 = 12
)

// NewCard makes a white card with a border of 1 px round padded content.
func NewCard(content fyne.CanvasObject) *fyne.Container {
	return Stack(NewBox(theme.Surface, theme.Border, 4), Pad(cardPaddingX+1, cardPaddingY, cardPaddingX+1, cardPaddingY, content))
}

// NewTitledCard makes a card with a bold title of 16 px; trailing objects end its title row.
func NewTitledCard(title string, content fyne.CanvasObject, trailing ...fyne.CanvasObject) *fyne.Container {
	return NewCard(Column(8, cardHead(title, trailing), Grow(content)))
}

// NewListCard makes a card whose title row is followed by a line and by content without padding, as a
// SimpleTable needs. The rows' own lines reach from edge to edge.
func NewListCard(title string, content fyne.CanvasObject, trailing ...fyne.CanvasObject) *fyne.Container {
	head := Fixed(44, Pad(cardPaddingX+1, 1, cardPaddingX+1, 0, cardHead(title, trailing)))
	return Stack(NewBox(theme.Surface, theme.Border, 4), Pad(1, 1, 1, 1, Column(0, head, NewLine(), Grow(content))))
}

func cardHead(title string, trailing []fyne.CanvasObject) *fyne.Container {
	objects := append([]fyne.CanvasObject{NewSection(title), Space()}, trailing...)
	return Row(8, objects...)
}

// keyWidth is the width of a fact's name in px.
const keyWidth float32 = 84

// NewKeyValue makes a fact: a grey name of 84 px and its value; trailing objects follow the value.
func NewKeyValue(name, value string, trailing ...fyne.CanvasObject) *fyne.Container {
	return NewKeyObject(name, NewText(value, theme.Text), trailing...)
}

// NewKeyParagraph makes a fact whose value wraps.
func NewKeyParagraph(name, value string) *fyne.Container {
	return Row(0, FixedFill(keyWidth, Column(0, NewText(name, theme.Secondary))), Grow(NewParagraph(value, theme.Text)))
}

// NewKeyObject makes a fact whose value is any object, such as a pill.
func NewKeyObject(name string, value fyne.CanvasObject, trailing ...fyne.CanvasObject) *fyne.Container {
	objects := append([]fyne.CanvasObject{value}, trailing...)
	return &fyne.Container{Layout: &textLine{}, Objects: []fyne.CanvasObject{
		Row(0, Fixed(keyWidth, NewText(name, theme.Secondary)), Row(4, objects...)),
	}}
}

// textLine is as high as a line of text; a small button or pill in it does not push lines apart.
type textLine struct{}

// MinSize is part of fyne.Layout.
func (*textLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, lineHeight(theme.SizeBody))
}

// Layout is part of fyne.Layout.
func (*textLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, size.Height)
}

// NewStackedValue makes a fact whose name of 12 px stands above the value.
func NewStackedValue(name string, value fyne.CanvasObject) *fyne.Container {
	return Column(0, NewCaption(name, theme.Secondary), Row(8, value))
}

// Event is one line of a Timeline.
type Event struct {
	// Tone colours the dot.
	Tone Tone
	// Title says what happened, Note more of it, When is a short date.
	Title, Note, When string
}

// NewTimeline shows events below each other with dots joined by a line.
func NewTimeline(events ...Event) *fyne.Container {
	column := Column(0)
	for i, e := range events {
		column.Add(newEventRow(e, i == len(events)-1))
	}
	return column
}

func newEventRow(e Event, last bool) fyne.CanvasObject {
	dot := NewDot(e.Tone.mark(), 8)
	rail := []fyne.CanvasObject{Gap(6), inSlot(slot{fixed: 8, cross: crossCentre}, dot)}
	if !last {
		line := NewBox(theme.Border, theme.None, 0)
		line.Min = fyne.NewSize(1, 1)
		rail = append(rail, Gap(4), inSlot(slot{weight: 1, cross: crossCentre}, line))
	}
	title := NewElidedText(e.Title, theme.Text)
	words := Column(0, Row(8, Wide(title), NewCaption(e.When, theme.Secondary)))
	if e.Note != "" {
		words.Add(NewCaptionParagraph(e.Note, theme.Secondary))
	}
	words.Add(Gap(8))
	return Row(12, FixedFill(8, Column(0, rail...)), Grow(words))
}
