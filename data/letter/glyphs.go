package letter

import (
	"strings"
	"unicode"
)

// millimetresPerPoint turns type sizes into lengths.
const millimetresPerPoint = 25.4 / 72

// style is a face at a size.
type style struct {
	face *face
	size float64 // pt
}

// em gives the style's em in mm.
func (s style) em() float64 { return s.size * millimetresPerPoint }

// glyph is one character set in a style. Lengths are in mm.
type glyph struct {
	char    rune // as written
	code    rune // as the face holds it
	style   style
	natural float64 // the font's own advance
	advance float64 // after squeezing
	shift   float64 // by how much the ink stands further left: where the squeezed half lay before it
	gap     float64 // of advance, what stands between Han and Latin
}

// latinGap is the space in em between Han and Latin characters. It is as wide as it can be before readers of the PDF take it
// for a blank, which would hide 2022年 from a search.
const latinGap = 0.09

// Punctuation by where its ink stands in its square, after GB/T 15834 and the fonts themselves.
const (
	closing = "，。、；：！？）》〉」』】〕”’" // ink in the left half
	opening = "（《〈「『【〔“‘"        // ink in the right half
	// squeezable is closing without ！？, whose ink stands in the left half but reads as full-width.
	squeezable = "，。、；：）》〉」』】〕”’"
)

// set measures text in a style. Every kind of blank becomes a space, characters that draw nothing
// are left out, and one that no font has becomes a box.
func set(text string, wanted style) []glyph {
	glyphs := make([]glyph, 0, len(text)/2)
	for _, char := range text {
		if unicode.IsSpace(char) && char != '\u3000' && char != '\u00A0' {
			char = ' '
		}
		if invisible(char) {
			continue
		}
		used := style{face: wanted.face.find(char), size: wanted.size}
		held := code(char)
		if used.face == nil {
			used.face, held = serif, noGlyph
		}
		width := float64(used.face.widths()[held]) / unitsPerEm * used.em()
		glyphs = append(glyphs, glyph{char: char, code: held, style: used, natural: width, advance: width})
	}
	squeeze(glyphs)
	partScripts(glyphs)
	return glyphs
}

// tabular gives every figure the width of 0, so that the places of amounts in a column stand below each other. The fonts'
// own 1 is narrower.
func tabular(glyphs []glyph) {
	for i := range glyphs {
		g := &glyphs[i]
		if g.char < '0' || g.char > '9' {
			continue
		}
		rest := float64(g.style.face.widths()['0'])/unitsPerEm*g.style.em() - g.natural
		g.advance += rest
		g.shift -= rest / 2
	}
}

// partScripts opens a gap between Han characters and Latin letters or figures.
func partScripts(glyphs []glyph) {
	for i := range max(0, len(glyphs)-1) {
		first, second := &glyphs[i], glyphs[i+1]
		if isHan(first.char) && isLatin(second.char) || isLatin(first.char) && isHan(second.char) {
			first.gap = latinGap * first.style.em()
			first.advance += first.gap
		}
	}
}

func isHan(char rune) bool { return unicode.Is(unicode.Han, char) }

func isLatin(char rune) bool {
	return isWord(char) && (unicode.IsLetter(char) || unicode.IsDigit(char))
}

// closeGap takes the gap after a character away, because a line ends there.
func (g *glyph) closeGap() {
	g.advance -= g.gap
	g.gap = 0
}

// scale sets a character smaller.
func (g *glyph) scale(factor float64) {
	g.style.size *= factor
	g.natural *= factor
	g.advance *= factor
	g.shift *= factor
	g.gap *= factor
}

// squeeze takes half an em out between neighbouring full-width marks, as in 》， and ）（.
func squeeze(glyphs []glyph) {
	for i := 0; i+1 < len(glyphs); i++ {
		first, second := &glyphs[i], &glyphs[i+1]
		switch {
		case isAny(first.char, squeezable) && isAny(second.char, closing+opening):
			first.cutEnd()
		case isAny(first.char, opening) && isAny(second.char, opening):
			second.cutStart()
		}
	}
}

// cutEnd takes the empty right half from a closing mark.
func (g *glyph) cutEnd() { g.advance = g.natural - g.style.em()/2 }

// cutStart takes the empty left half from an opening mark.
func (g *glyph) cutStart() {
	g.shift = g.style.em() / 2
	g.advance = g.natural - g.shift
}

// aliased tells whether readers would take what the page draws for another character, so that it must carry the true one.
func (g glyph) aliased() bool { return meaning(g.code) != g.char }

func isAny(char rune, set string) bool { return strings.ContainsRune(set, char) }

// widthOf sums the advances in mm.
func widthOf(glyphs []glyph) float64 {
	width := 0.0
	for _, g := range glyphs {
		width += g.advance
	}
	return width
}

// textOf gives the characters back as written.
func textOf(glyphs []glyph) string {
	var text strings.Builder
	for _, g := range glyphs {
		text.WriteRune(g.char)
	}
	return text.String()
}
