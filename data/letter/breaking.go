package letter

import (
	"strings"
	"unicode"
)

// Characters that must not begin or end a line (避头尾).
const (
	noStart = closing + "/…—～·•％‰℃°′″々〃〗］｝．／,.;:?!)]}%"
	noEnd   = opening + "([{￥¥$＃#〖［｛＄￡￠£"
)

// leastScale is how small a line may be set in which no break is allowed, before the rules give way.
const leastScale = 0.5

// slack is what rounding may add to a line's width, in mm.
const slack = 0.01

// wordBreaks are the marks after which an e-mail address or a number that is longer than a line is broken best.
const wordBreaks = "@./-_&=?,;:"

// line is one line of text.
type line []glyph

// strictness orders the rules of breaking: a line breaks where the strictest that it can satisfy lets it.
type strictness int

const (
	desperate strictness = iota // anywhere
	urgent                      // inside words too
	proper                      // as a typesetter would
)

// breakLines breaks text at width mm; the first line has firstWidth. Nothing is lost: the lines joined are the text.
func breakLines(glyphs []glyph, firstWidth, width float64) []line {
	var lines []line
	available := firstWidth
	for len(glyphs) > 0 {
		if len(lines) > 0 && isAny(glyphs[0].char, opening) {
			glyphs[0].cutStart()
		}
		end := lineEnd(glyphs, available)
		for end < len(glyphs) && isSpace(glyphs[end].char) {
			end++
		}
		hang(glyphs[:end])
		glyphs[end-1].closeGap()
		lines = append(lines, line(glyphs[:end]))
		glyphs = glyphs[end:]
		available = width
	}
	return lines
}

// lineEnd tells how many glyphs stand on a line of width mm; at least one.
func lineEnd(glyphs []glyph, width float64) int {
	used, end := 0.0, 0
	for end < len(glyphs) && used+glyphs[end].advance <= width+slack {
		used += glyphs[end].advance
		end++
	}
	if end == len(glyphs) {
		return end
	}
	if last := &glyphs[end]; end > 0 && isAny(last.char, squeezable) && used+last.natural-last.style.em()/2 <= width+slack &&
		(end+1 == len(glyphs) || breakable(glyphs, end+1) == proper) {
		last.cutEnd()
		return end + 1
	}
	if at := lastBreak(glyphs, end, width); at > 0 {
		return at
	}
	if at := shrinkInto(glyphs, end, width); at > 0 {
		return at
	}
	return max(end, 1)
}

// shrinkInto sets what no break may part smaller, so that it fits on the line, and tells where it ends; 0 where that would
// make it unreadable. It needs a run of marks that no prose has, in a column of a few characters.
func shrinkInto(glyphs []glyph, end int, width float64) int {
	at := end + 1
	for at < len(glyphs) && breakable(glyphs, at) == desperate {
		if at++; widthOf(glyphs[:at])*leastScale > width {
			return 0
		}
	}
	scale := width / widthOf(glyphs[:at])
	if scale < leastScale {
		return 0
	}
	for i := range glyphs[:at] {
		glyphs[i].scale(scale)
	}
	return at
}

// addressBreaks are the marks after which an address on the Internet, not a date, is broken before its line would stand wide apart.
const addressBreaks = "/?&="

// loosest is how much of a line of width 1 may stay empty before an address is broken.
const loosest = 0.12

// lastBreak finds the last place up to end where a line of width mm may break, 0 where there is none.
func lastBreak(glyphs []glyph, end int, width float64) int {
	urgentEnd, wordEnd, addressEnd := 0, 0, 0
	for at := end; at > 0; at-- {
		switch breakable(glyphs, at) {
		case proper:
			if addressEnd > 0 && widthOf(glyphs[:at]) < width*(1-loosest) {
				return addressEnd
			}
			return at
		case urgent:
			if urgentEnd == 0 {
				urgentEnd = at
			}
			if wordEnd == 0 && isAny(glyphs[at-1].char, wordBreaks) {
				wordEnd = at
			}
			if addressEnd == 0 && isAny(glyphs[at-1].char, addressBreaks) && unicode.IsLetter(glyphs[at].char) {
				addressEnd = at
			}
		}
	}
	if wordEnd > end/2 {
		return wordEnd
	}
	return urgentEnd
}

// breakable tells the strictest rule that lets a line break before glyph at. Spaces hang at the line's end,
// so the characters around them are what meets the break.
func breakable(glyphs []glyph, at int) strictness {
	before, after := at-1, at
	for before > 0 && isSpace(glyphs[before].char) {
		before--
	}
	for after < len(glyphs)-1 && isSpace(glyphs[after].char) {
		after++
	}
	spaced := before < at-1 || after > at
	a, b := glyphs[before].char, glyphs[after].char
	switch {
	case isAny(b, noStart) || isAny(a, noEnd):
		return desperate
	case a == '\u00A0' || b == '\u00A0':
		return desperate
	case spaced:
		return proper
	case a == b && (a == '—' || a == '…'):
		return desperate
	case isWord(a) && isWord(b):
		return urgent
	case unicode.IsDigit(a) && isAny(b, "年月日时元号人"):
		return urgent // 2022 | 年 reads badly
	}
	return proper
}

// hang takes the width of the spaces at a line's end away, unless the line is nothing but spaces.
func hang(glyphs []glyph) {
	for i := len(glyphs) - 1; i > 0 && isSpace(glyphs[i].char); i-- {
		glyphs[i].advance = 0
	}
}

// isSpace tells spaces at which a line may break.
func isSpace(char rune) bool { return char == ' ' || char == '\u3000' }

// isWord tells characters that hold together as words and numbers.
func isWord(char rune) bool {
	return char < 0x0250 && !unicode.IsSpace(char) && char != '·'
}

// spread gives the extra space in mm that fills a line of width mm, laid in every stretchable gap; 0 where
// the gaps would show.
func spread(glyphs line, width float64) float64 {
	gaps := 0
	for i := range glyphs {
		if glyphs.stretchable(i) {
			gaps++
		}
	}
	if gaps == 0 {
		return 0
	}
	extra := (width - widthOf(glyphs)) / float64(gaps)
	if extra > glyphs[0].style.em()/2 {
		return 0
	}
	return extra
}

// stretchable tells whether a justified line may open after its glyph i: between characters, never inside words, not before
// the spaces that hang at its end, and not between two strings of the PDF, where readers would see a blank.
func (l line) stretchable(i int) bool {
	if i+1 >= len(l) || (isSpace(l[i+1].char) && l[i+1].advance == 0) || !samePiece(l[i], l[i+1]) {
		return false
	}
	return !isWord(l[i].char) || !isWord(l[i+1].char)
}

// lineEnds maps every kind of line end to one.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// paragraphs parts text at its line ends.
func paragraphs(text string) []string { return strings.Split(lineEnds.Replace(text), "\n") }
