package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Tone is the colour pair of a state: a tint and the text on it.
type Tone int

// The tones of pills, notes and cells. NoTone leaves a cell without a pill.
const (
	NoTone Tone = iota
	ToneNeutral
	TonePrimary
	ToneSuccess
	ToneWarning
	ToneDanger
)

// tint gives the colour behind.
func (t Tone) tint() theme.Role {
	return [...]theme.Role{theme.None, theme.TintNeutral, theme.TintPrimary, theme.TintSuccess, theme.TintWarning, theme.TintDanger}[t]
}

// text gives the colour of words.
func (t Tone) text() theme.Role {
	return [...]theme.Role{theme.Text, theme.TextNeutral, theme.TextPrimary, theme.TextSuccess, theme.TextWarning, theme.TextDanger}[t]
}

// mark gives the plain colour for dots, bars and icons.
func (t Tone) mark() theme.Role {
	return [...]theme.Role{theme.Secondary, theme.Secondary, theme.Primary, theme.Success, theme.Warning, theme.Danger}[t]
}

// icon gives the sign that stands for the tone.
func (t Tone) icon() string {
	return [...]string{"info", "info", "info", "circle-check", "triangle-alert", "circle-alert"}[t]
}

// Pill heights and paddings in px.
const (
	pillHeight   float32 = 20
	pillPadding  float32 = 8
	countHeight  float32 = 18
	countPadding float32 = 6
)

// Pill is a state with a word: tint behind, its text colour on it.
type Pill struct {
	core
	// Content is the word.
	Content string
	// Tone is the colour pair.
	Tone Tone

	height, padding float32
	minWidth        float32
}

// NewPill makes a pill 20 px high.
func NewPill(content string, tone Tone) *Pill {
	return newPill(content, tone, pillHeight, pillPadding)
}

// NewCountBadge makes the rounded number beside a tab or menu entry, 18 px high.
func NewCountBadge(count string, tone Tone) *Pill {
	p := newPill(count, tone, countHeight, countPadding)
	p.minWidth = 20
	return p
}

func newPill(content string, tone Tone, height, padding float32) *Pill {
	p := &Pill{Content: content, Tone: tone, height: height, padding: padding}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes word and tone.
func (p *Pill) Set(content string, tone Tone) {
	p.Content, p.Tone = content, tone
	p.Refresh()
}

// Inspect describes the pill for end-to-end tests.
func (p *Pill) Inspect() Inspection { return Inspection{Kind: "pill", Text: p.Content} }

// CreateRenderer is part of fyne.Widget.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	ground, word := newShape(), newLine("", theme.SizeCaption, false)
	word.Alignment = fyne.TextAlignCenter
	r := newRenderer(p, &p.core, ground.Raster, word)
	r.minSize = func() fyne.Size {
		if p.Content == "" {
			return fyne.NewSize(0, p.height)
		}
		return fyne.NewSize(max(p.height, p.minWidth, pillWidth(p.Content, p.padding)), p.height)
	}
	r.layout = func(size fyne.Size) {
		place(ground, 0, floor((size.Height-p.height)/2), size.Width, p.height)
		place(word, 0, lineShift(theme.SizeCaption), size.Width, size.Height)
	}
	r.refresh = func() {
		tint := p.Tone.tint()
		if p.Content == "" {
			tint = theme.None
		}
		ground.paint(tint, theme.None, 0, p.height/2)
		word.Text, word.Color = p.Content, theme.Color(p.Tone.text())
	}
	return r.start()
}

func pillWidth(content string, padding float32) float32 {
	return ceil(textWidth(content, theme.SizeCaption, false)) + 2*padding
}
