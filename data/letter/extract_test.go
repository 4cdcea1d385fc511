package letter

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
)

var (
	textPattern   = regexp.MustCompile(`ActualText <FEFF([0-9A-F]*)>>> BDC|(EMC)|\[([^]]*)\] TJ`)
	stringPattern = regexp.MustCompile(`<([0-9A-F]*)>`)
)

// failer is what tests and property tests share.
type failer interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}

// pagesText reads a PDF of ours back as whoever copies from it would: a text per page, in the order of drawing,
// with ActualText in place of what is shown. It needs no tool.
func pagesText(t failer, pdf []byte) []string {
	t.Helper()
	var pages []string
	for _, content := range pageStreams(t, pdf) {
		pages = append(pages, streamText(t, content))
	}
	return pages
}

// pageStreams gives the operators of every page.
func pageStreams(t failer, pdf []byte) [][]byte {
	t.Helper()
	var pages [][]byte
	for _, packed := range streams(pdf) {
		reader, err := zlib.NewReader(bytes.NewReader(packed))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(reader)
		if err == nil && bytes.Contains(content, []byte("] TJ")) {
			pages = append(pages, content)
		}
	}
	return pages
}

// streams cuts a PDF's streams out. Fonts are left out by their size; a page is never as large.
func streams(pdf []byte) [][]byte {
	const largestPage = 300_000
	var found [][]byte
	for {
		_, after, ok := bytes.Cut(pdf, []byte(">>\nstream\n"))
		if !ok {
			return found
		}
		var content []byte
		content, pdf, _ = bytes.Cut(after, []byte("\nendstream"))
		if len(content) < largestPage {
			found = append(found, content)
		}
	}
}

func streamText(t failer, content []byte) string {
	t.Helper()
	var text strings.Builder
	replaced := false
	for _, match := range textPattern.FindAllSubmatch(content, -1) {
		switch {
		case match[1] != nil:
			text.WriteString(fromUTF16(fromHex(t, match[1])))
			replaced = true
		case match[2] != nil:
			replaced = false
		case !replaced:
			for _, part := range stringPattern.FindAllSubmatch(match[3], -1) {
				text.WriteString(strings.Map(meaning, fromUTF16(fromHex(t, part[1]))))
			}
		}
	}
	return text.String()
}

func fromHex(t failer, digits []byte) []byte {
	t.Helper()
	raw, err := hex.DecodeString(string(digits))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func fromUTF16(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}

// solid drops every blank, which lines and groups of digits add or swallow.
func solid(text string) string {
	return strings.Map(func(char rune) rune {
		if unicode.IsSpace(char) || invisible(char) {
			return -1
		}
		return char
	}, text)
}

// mustSay fails for every text that the PDF does not contain, blanks aside.
func mustSay(t failer, pdf []byte, texts ...string) {
	t.Helper()
	said := solid(strings.Join(pagesText(t, pdf), ""))
	for _, text := range texts {
		if !strings.Contains(said, solid(text)) {
			t.Errorf("the paper does not say %.80q", text)
		}
	}
}
