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
	streamPattern = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	textPattern   = regexp.MustCompile(`(?s)ActualText <FEFF([0-9A-F]*)>>> BDC|(EMC)|Td \(((?:[^\\()]|\\.)*)\) Tj`)
	escapePattern = regexp.MustCompile(`(?s)\\(.)`)
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
	for _, packed := range streams(pdf) {
		reader, err := zlib.NewReader(bytes.NewReader(packed))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(reader)
		if err != nil || !bytes.Contains(content, []byte(" Td (")) {
			continue
		}
		pages = append(pages, streamText(t, content))
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
			raw, err := hex.DecodeString(string(match[1]))
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString(fromUTF16(raw))
			replaced = true
		case match[2] != nil:
			replaced = false
		case !replaced:
			text.WriteString(fromUTF16(escapePattern.ReplaceAllFunc(match[3], unescape)))
		}
	}
	return text.String()
}

func unescape(escaped []byte) []byte {
	if escaped[1] == 'r' {
		return []byte{'\r'}
	}
	return escaped[1:]
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
