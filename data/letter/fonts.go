package letter

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"peixun/assets"
)

// unitsPerEm is the grid of the embedded fonts, in which PDF too counts a character's width.
const unitsPerEm = 1000

// noGlyph is drawn where no font has a character, because gofpdf leaves it blank without a word.
const noGlyph = '□'

// face is one embedded font: its name in the PDF, its bytes and the width of every character that it has.
type face struct {
	name   string
	bytes  []byte
	widths func() *[1 << 16]uint16 // in units; 0: no such character
}

// The papers' faces. Text is serif; headings in tables are sans, so that they are told apart without colour.
var (
	serif     = newFace("NotoSerifSC-Regular", assets.SerifRegular)
	serifBold = newFace("NotoSerifSC-Bold", assets.SerifBold)
	sansBold  = newFace("NotoSansSC-Bold", assets.SansBold)
)

var aliases = sync.OnceValue(assets.Aliases)

// characters are the aliases turned around.
var characters = sync.OnceValue(func() map[rune]rune {
	turned := map[rune]rune{}
	for char, alias := range aliases() {
		turned[alias] = char
	}
	return turned
})

func newFace(name string, content []byte) *face {
	return &face{name: name, bytes: content, widths: sync.OnceValue(func() *[1 << 16]uint16 { return widthsOf(name, content) })}
}

// widthsOf reads every width once, which takes a few milliseconds and makes measuring an array look-up.
// It panics on bytes that are no font: these are embedded, so that is a broken build.
func widthsOf(name string, content []byte) *[1 << 16]uint16 {
	parsed, err := sfnt.Parse(content)
	if err != nil {
		panic(fmt.Sprintf("embedded font %s: %v", name, err))
	}
	var buffer sfnt.Buffer
	widths := new([1 << 16]uint16)
	for char := rune(0x20); char < 0xFFFF; char++ {
		index, err := parsed.GlyphIndex(&buffer, char)
		if err != nil || index == 0 {
			continue
		}
		advance, err := parsed.GlyphAdvance(&buffer, index, fixed.I(unitsPerEm), font.HintingNone)
		if err == nil {
			widths[char] = uint16(advance.Round())
		}
	}
	return widths
}

// code gives the character under which a font holds char's glyph, or 0 where none can.
// Private-use characters of the text are refused: the aliases live there, and would show as strangers.
func code(char rune) rune {
	switch {
	case char == '—':
		return boxLine
	case char > 0xFFFF:
		return aliases()[char]
	case unicode.Is(unicode.Co, char):
		return 0
	}
	return char
}

// boxLine is drawn for the dash: the fonts' own is a Latin one, low, and with gaps where two should join.
const boxLine = '─'

// meaning gives the character that readers of a PDF are told to take a code for.
func meaning(code rune) rune {
	if char, ok := characters()[code]; ok {
		return char
	}
	if code == boxLine {
		return '—'
	}
	return code
}

// units gives char's width in thousandths of an em, 0 where the face lacks it.
func (f *face) units(char rune) uint16 {
	return f.widths()[code(char)]
}

// find gives the face that draws char: the wanted one, else the text face, which holds the most. Nil where neither can.
func (f *face) find(char rune) *face {
	if f.units(char) > 0 {
		return f
	}
	if serif.units(char) > 0 {
		return serif
	}
	return nil
}

// invisible tells characters that draw nothing: controls, zero-width and direction marks, variation selectors.
func invisible(char rune) bool {
	return unicode.IsControl(char) || unicode.Is(unicode.Cf, char) || unicode.Is(unicode.Variation_Selector, char)
}

// family is the face's name for gofpdf, which makes it lower case and puts "utf8" before it.
func (f *face) family() string { return strings.ToLower(f.name) }

// forDocument gives bytes that gofpdf may spoil: it writes into them while it cuts the font.
func (f *face) forDocument() []byte { return bytes.Clone(f.bytes) }
