package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Page strip heights in px, their line included.
const (
	pageHead   float32 = 53
	filterBar  float32 = 49
	pageFooter float32 = 40
	wizardFoot float32 = 56
	stepperBar float32 = 52
)

// NewPageHead is the strip under the top bar: the sentence that says what is here at the left, actions
// at the right, a line below.
func NewPageHead(sentence fyne.CanvasObject, actions ...fyne.CanvasObject) fyne.CanvasObject {
	return strip(pageHead, sentence, actions)
}

// NewStepperBar is the strip with a wizard's steps at the left and notes at the right.
func NewStepperBar(steps fyne.CanvasObject, trailing ...fyne.CanvasObject) fyne.CanvasObject {
	return strip(stepperBar, steps, trailing)
}

// NewFilterBar is the strip with a list's filters. It wraps in narrow windows.
func NewFilterBar(filters ...fyne.CanvasObject) fyne.CanvasObject {
	return Ground(theme.Surface, Column(0, Pad(16, 8, 16, 8, WrapRow(8, 8, filters...)), NewLine()))
}

// NewFooter is the strip under a list: what is selected at the left, how many at the right. A
// Space() among the objects parts the two.
func NewFooter(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return Column(0, NewLine(), Fixed(pageFooter-1, Ground(theme.Surface, Pad(16, 0, 16, 0, Row(16, objects...)))))
}

// NewWizardFooter is the strip with a wizard's buttons. A Space() parts left from right.
func NewWizardFooter(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return Column(0, NewLine(), Fixed(wizardFoot-1, Ground(theme.Surface, Pad(16, 1, 16, 0, Row(8, objects...)))))
}

func strip(height float32, leading fyne.CanvasObject, trailing []fyne.CanvasObject) fyne.CanvasObject {
	objects := append([]fyne.CanvasObject{Wide(leading)}, trailing...)
	return Column(0, Fixed(height-1, Ground(theme.Surface, Pad(16, 0, 16, 0, Row(8, objects...)))), NewLine())
}

// HelpCard is one of the small cards that tell what to do first.
type HelpCard struct {
	Icon, Title, Text string
	// Action is the word of the link at the bottom; OnAction is what it does.
	Action   string
	OnAction func()
}

// EmptyState is what a list shows while it has nothing: an icon, a title, a sentence, the buttons
// that fill it and help.
type EmptyState struct {
	core
	content *fyne.Container
	title   string
}

const (
	emptyIcon     float32 = 48
	helpCardWidth float32 = 224
	helpCardText          = 190
)

// NewEmptyState makes it; buttons and cards may be empty, caption is the last small line or "".
func NewEmptyState(icon, title, sentence string, buttons []fyne.CanvasObject, cards []HelpCard, caption string) *EmptyState {
	e := &EmptyState{title: title}
	text := NewParagraph(sentence, theme.Secondary)
	text.Align = fyne.TextAlignCenter
	column := Column(0, Centre(NewSizedIcon(icon, theme.Secondary, emptyIcon)), Gap(12), Centre(NewSection(title)), Gap(4), text)
	if len(buttons) > 0 {
		column.Objects = append(column.Objects, Gap(14), Centre(Row(8, buttons...)))
	}
	if len(cards) > 0 {
		row := Row(16)
		for _, card := range cards {
			row.Add(FixedFill(helpCardWidth, newHelpCard(card)))
		}
		column.Objects = append(column.Objects, Gap(24), Centre(row))
	}
	if caption != "" {
		column.Objects = append(column.Objects, Gap(24), Centre(NewCaption(caption, theme.Secondary)))
	}
	e.content = column
	e.ExtendBaseWidget(e)
	return e
}

func newHelpCard(card HelpCard) fyne.CanvasObject {
	text := NewParagraph(card.Text, theme.Secondary)
	text.MinWidth = helpCardText
	column := Column(0, Row(10, NewIcon(card.Icon, theme.Primary), NewBold(card.Title)), Gap(8), Grow(text))
	if card.Action != "" {
		column.Objects = append(column.Objects, Gap(12), Row(0, NewLink(card.Action, card.OnAction)))
	}
	return Stack(NewBox(theme.Surface, theme.Border, 4), Pad(17, 17, 17, 15, column))
}

// Inspect describes the empty state for end-to-end tests.
func (e *EmptyState) Inspect() Inspection { return Inspection{Kind: "empty", Text: e.title} }

// CreateRenderer is part of fyne.Widget.
func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer {
	ground := NewBox(theme.Surface, theme.None, 0)
	r := newRenderer(e, &e.core, ground, e.content)
	r.minSize = func() fyne.Size {
		return fyne.NewSize(e.content.MinSize().Width+32, heightAt(e.content, max(400, e.Size().Width-32))+32)
	}
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		height := heightAt(e.content, size.Width-32)
		place(e.content, 16, max(16, floor((size.Height-height)*0.42)), size.Width-32, height)
	}
	return r.start()
}
