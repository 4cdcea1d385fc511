package excel

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

var errBadUTF16 = errors.New("half a character in UTF-16")

// readPrologue settles the encoding (UTF-8, or UTF-16 with or without its mark) and reads the XML declaration.
func (s *xmlScanner) readPrologue() error {
	head := make([]byte, 4)
	n, err := io.ReadFull(s.source, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return err
	}
	head = head[:n]
	wide, bigEndian := sniffUTF16(head)
	s.source = io.MultiReader(bytes.NewReader(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))), s.source)
	if wide {
		s.source = &utf16Reader{source: s.source, bigEndian: bigEndian}
	}
	if _, err := s.need(len("\uFEFF<?xml ")); err != nil {
		return err
	}
	if wide && bytes.HasPrefix(s.window, []byte("\uFEFF")) {
		s.start += len("\uFEFF")
	}
	unread := s.window[s.start:]
	if !bytes.HasPrefix(unread, []byte("<?xml")) || len(unread) < 6 || !isBlank(unread[5]) {
		return nil
	}
	end, err := s.index("?>", len("<?xml"))
	if err != nil {
		return err
	}
	if complete, err := s.readAttributes(s.window[s.start+len("<?xml") : s.start+end]); err != nil || !complete {
		return errors.Join(err, s.malformed("the XML declaration"))
	}
	for _, attribute := range s.attributes {
		value := strings.ToLower(string(attribute.value))
		switch string(attribute.local) {
		case "version":
			if !strings.HasPrefix(value, "1.") {
				return s.malformed("XML version %s", value)
			}
		case "encoding":
			if value != "utf-8" && value != "utf8" && value != "us-ascii" && !(wide && strings.HasPrefix(value, "utf-16")) {
				return s.malformed("encoding %s", value)
			}
		}
	}
	s.start += end + 2
	return nil
}

// sniffUTF16 tells from a text's first bytes whether it is UTF-16: by its mark, or by a < of two bytes.
func sniffUTF16(head []byte) (wide, bigEndian bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("<\x00")):
		return true, false
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\x00<")):
		return true, true
	}
	return false, false
}

// Text without a mark passes for UTF-16 where this many separators have a NUL on one side and none on the other,
// and where NULs are one byte in so many.
const (
	unmarkedSample     = 4096
	unmarkedSeparators = 3
	unmarkedNULs       = 10
)

// sniffUTF16Text tells whether a table's text is UTF-16. Programs that write it without a mark give themselves away by
// the NUL beside every comma, tab, digit and line end.
func sniffUTF16Text(text []byte) (wide, bigEndian bool) {
	if wide, bigEndian = sniffUTF16(text); wide {
		return wide, bigEndian
	}
	sample := text[:min(len(text), unmarkedSample)&^1]
	var low, high int
	for at := 0; at < len(sample); at += 2 {
		switch {
		case sample[at+1] == 0 && bytes.IndexByte([]byte(",;\t\r\n"), sample[at]) >= 0:
			low++
		case sample[at] == 0 && bytes.IndexByte([]byte(",;\t\r\n"), sample[at+1]) >= 0:
			high++
		}
	}
	if bytes.Count(sample, []byte{0})*unmarkedNULs < len(sample) || min(low, high) > 0 || max(low, high) < unmarkedSeparators {
		return false, false
	}
	return true, high > 0
}

// utf16Reader turns UTF-16 into UTF-8 and fails on half characters, where x/text would put U+FFFD and say nothing.
type utf16Reader struct {
	source    io.Reader
	bigEndian bool
	raw       [8 << 10]byte
	kept      int // bytes at raw's beginning that wait for their other half
	ready     []byte
	err       error
}

// Read fails with errBadUTF16 on an odd byte or a lone surrogate.
func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.ready) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		u.fill()
	}
	n := copy(p, u.ready)
	u.ready = u.ready[n:]
	return n, nil
}

func (u *utf16Reader) fill() {
	n, err := u.source.Read(u.raw[u.kept:])
	raw := u.raw[:u.kept+n]
	u.err = err
	out := make([]byte, 0, 2*len(raw))
	at := 0
	for at+1 < len(raw) {
		r := u.unit(raw[at:])
		width := 2
		if utf16.IsSurrogate(r) {
			if at+3 >= len(raw) {
				break
			}
			width = 4
			if r = utf16.DecodeRune(r, u.unit(raw[at+2:])); r == utf8.RuneError {
				u.ready, u.err = out, errBadUTF16
				return
			}
		}
		out = utf8.AppendRune(out, r)
		at += width
	}
	u.kept = copy(u.raw[:], raw[at:])
	u.ready = out
	if err == io.EOF && u.kept > 0 {
		u.err = errBadUTF16
	}
}

func (u *utf16Reader) unit(raw []byte) rune {
	if u.bigEndian {
		return rune(raw[0])<<8 | rune(raw[1])
	}
	return rune(raw[1])<<8 | rune(raw[0])
}
