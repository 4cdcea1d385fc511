package letter

import (
	"crypto/sha256"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// TestHalvesThatAreCutAreEmpty guards the punctuation lists against another font: ink in a half that
// squeezing takes away would be printed over its neighbour.
func TestHalvesThatAreCutAreEmpty(t *testing.T) {
	for _, f := range []*face{serif, serifBold, sansBold} {
		parsed, err := sfnt.Parse(f.bytes)
		if err != nil {
			t.Fatal(err)
		}
		left, right := 0, unitsPerEm/2
		for _, char := range squeezable {
			if min, max := ink(t, parsed, char); min < left || max > right {
				t.Errorf("%s %c: ink from %d to %d", f.name, char, min, max)
			}
		}
		for _, char := range opening {
			if min, max := ink(t, parsed, char); min < right || max > unitsPerEm {
				t.Errorf("%s %c: ink from %d to %d", f.name, char, min, max)
			}
		}
	}
}

// ink gives where a glyph's outline begins and ends, in units.
func ink(t *testing.T, parsed *sfnt.Font, char rune) (min, max int) {
	t.Helper()
	var buffer sfnt.Buffer
	index, err := parsed.GlyphIndex(&buffer, char)
	if err != nil || index == 0 {
		t.Fatalf("no glyph for %c", char)
	}
	bounds, _, err := parsed.GlyphBounds(&buffer, index, fixed.I(unitsPerEm), font.HintingNone)
	if err != nil {
		t.Fatal(err)
	}
	return bounds.Min.X.Floor(), bounds.Max.X.Ceil()
}

func TestFindFallsBack(t *testing.T) {
	cases := []struct {
		name   string
		wanted *face
		char   rune
		want   *face
	}{
		{"its own", serifBold, '确', serifBold},
		{"GBK character that the title face lacks", serifBold, '囍', serif},
		{"beyond the BMP through an alias", sansBold, '𬱖', serif},
		{"borrowed from HanaMin, through an alias", sansBold, '𫰡', serif},
		{"what no face has", serif, '𠀀', nil},
		{"private use in a text is nobody's", serif, '\uE000', nil},
		{"emoji", serif, '😀', nil},
		{"replacement character", serif, '\uFFFD', nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.wanted.find(c.char); got != c.want {
				t.Errorf("%c: got %v, want %v", c.char, name(got), name(c.want))
			}
		})
	}
}

func name(f *face) string {
	if f == nil {
		return "none"
	}
	return f.name
}

// TestPrintingLeavesTheFontsAlone: gofpdf writes into the bytes that it is given.
func TestPrintingLeavesTheFontsAlone(t *testing.T) {
	given := serif.forDocument()
	if &given[0] == &serif.bytes[0] {
		t.Error("a document gets the embedded bytes themselves")
	}
	before := sha256.Sum256(serif.bytes)
	print(t, sample(1))
	if sha256.Sum256(serif.bytes) != before {
		t.Error("printing changed the embedded font")
	}
}

func TestDashesJoin(t *testing.T) {
	for _, g := range set("——", plain) {
		if g.natural != plain.em() || g.code != boxLine || g.aliased() {
			t.Errorf("a dash is %.2f mm wide, drawn as %c", g.natural, g.code)
		}
	}
	if box := set("─", plain); !box[0].aliased() {
		t.Error("a box line that somebody wrote reads as a dash")
	}
}
