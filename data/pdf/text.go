package pdf

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/requests"
)

// MaxText is how many characters of a page are read; a page of small print has 5,000.
const MaxText = 100_000

// Rectangle is a place on a page in points, from its top left corner as it is shown.
type Rectangle struct{ Left, Top, Right, Bottom float64 }

// Word is text without white space whose characters stand close together on a line.
type Word struct {
	Text string
	Rectangle
}

// char is a character of a page with its place, in PDF's own coordinates: upwards, not turned.
type char struct {
	text                     string
	left, bottom, right, top float64
}

// Text gives a page's text, with line feeds between lines. What is only a picture has none.
func (d *Document) Text(ctx context.Context, page int) (string, error) {
	var text strings.Builder
	err := d.chars(ctx, page, func(_ *session, _ requests.Page, chars []char) error {
		for _, c := range chars {
			if c.text != "\r" {
				text.WriteString(c.text)
			}
		}
		return nil
	})
	return text.String(), err
}

// Words gives a page's words with their places, in the order in which the file holds them.
func (d *Document) Words(ctx context.Context, page int) ([]Word, error) {
	var words []Word
	err := d.chars(ctx, page, func(s *session, at requests.Page, chars []char) error {
		for _, together := range splitWords(chars) {
			word, err := placed(s, at, d.sizes[page], together)
			if err != nil {
				return err
			}
			words = append(words, word)
		}
		return nil
	})
	return words, err
}

func (d *Document) chars(ctx context.Context, page int, use func(*session, requests.Page, []char) error) error {
	return d.on(ctx, page, func(s *session, at requests.Page) error {
		if err := countable(s, at); err != nil {
			return err
		}
		found, err := s.pdfium.GetPageTextStructured(&requests.GetPageTextStructured{Page: at, Mode: requests.GetPageTextStructuredModeChars})
		if err != nil {
			return err
		}
		chars := make([]char, len(found.Chars))
		for place, c := range found.Chars {
			box := c.PointPosition
			chars[place] = char{c.Text, box.Left, min(box.Bottom, box.Top), box.Right, max(box.Bottom, box.Top)}
		}
		if chars, err = joinHalves(s, at, chars); err != nil {
			return err
		}
		return use(s, at, chars)
	})
}

// joinHalves puts characters beyond the BMP together again: PDFium tells each of their two halves as a character that
// cannot be read.
func joinHalves(s *session, at requests.Page, chars []char) ([]char, error) {
	broken := func(c char) bool { return c.text == string(unicode.ReplacementChar) }
	if !slices.ContainsFunc(chars, broken) {
		return chars, nil
	}
	page, err := s.pdfium.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return nil, err
	}
	defer s.pdfium.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: page.TextPage})
	joined := make([]char, 0, len(chars))
	for place := 0; place < len(chars); place++ {
		c := chars[place]
		if broken(c) && place+1 < len(chars) && broken(chars[place+1]) {
			var halves [2]rune
			for half := range halves {
				unit, err := s.pdfium.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page.TextPage, Index: place + half})
				if err != nil {
					return nil, err
				}
				halves[half] = rune(unit.Unicode)
			}
			if whole := utf16.DecodeRune(halves[0], halves[1]); whole != unicode.ReplacementChar {
				c.text = string(whole)
				c.right = max(c.right, chars[place+1].right)
				place++
			}
		}
		joined = append(joined, c)
	}
	return joined, nil
}

// countable refuses a page with more text than anybody can have written on it.
func countable(s *session, at requests.Page) error {
	text, err := s.pdfium.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return err
	}
	defer s.pdfium.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	count, err := s.pdfium.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return err
	}
	if count.Count > MaxText {
		return slow
	}
	return nil
}

// splitWords parts characters at white space, at line ends and at gaps. PDFium marks most gaps by a space of its own.
func splitWords(chars []char) [][]char {
	var words [][]char
	var word []char
	end := func() {
		if len(word) > 0 {
			words = append(words, word)
		}
		word = nil
	}
	for _, c := range chars {
		if isSpace(c.text) {
			end()
			continue
		}
		if len(word) > 0 && apart(word[len(word)-1], c) {
			end()
		}
		word = append(word, c)
	}
	end()
	return words
}

func isSpace(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == 0 || r == unicode.ReplacementChar }) == ""
}

// apart tells of a character and its follower whether they belong to different words.
func apart(before, after char) bool {
	const wide = 1.5 // of a character's height; narrower ones stand within figures in full-width digits
	height := max(before.top-before.bottom, after.top-after.bottom)
	gap := max(after.left-before.right, before.left-after.right, after.bottom-before.top, before.bottom-after.top)
	return gap > wide*height
}

// placed joins characters to a word and finds its place on the page as it is shown.
func placed(s *session, at requests.Page, size Size, chars []char) (Word, error) {
	const fine = 16 // device units in a point, because PDFium gives whole ones
	word, box := Word{}, chars[0]
	for _, c := range chars {
		word.Text += c.text
		box.left, box.bottom, box.right, box.top = min(box.left, c.left), min(box.bottom, c.bottom), max(box.right, c.right), max(box.top, c.top)
	}
	shown := func(x, y float64) (float64, float64, error) {
		at, err := s.pdfium.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: at, SizeX: int(size.Width * fine), SizeY: int(size.Height * fine), PageX: x, PageY: y})
		if err != nil {
			return 0, 0, err
		}
		return float64(at.DeviceX) / fine, float64(at.DeviceY) / fine, nil
	}
	x1, y1, err := shown(box.left, box.top)
	if err != nil {
		return word, err
	}
	x2, y2, err := shown(box.right, box.bottom)
	word.Rectangle = Rectangle{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}
	return word, err
}
