package excel

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// readSharedTexts reads the table of texts that cells point into.
func (w *workbook) readSharedTexts(ctx context.Context) error {
	pool := &w.shared
	return w.zip.read(ctx, w.texts, func(source io.Reader) error {
		s, err := newXMLScanner(source, spreadsheetSpaces...)
		if err != nil {
			return err
		}
		if token, err := s.next(); err != nil || token != xmlOpen || string(s.local) != "sst" {
			return orMalformed(s, err, "the shared strings have another root")
		}
		for {
			token, err := s.next()
			if err != nil {
				return err
			}
			switch {
			case token == xmlEnd:
				pool.close()
				return nil
			case token == xmlOpen && string(s.local) == "si":
				from := len(pool.open)
				if pool.open, err = s.richText(pool.open); err == nil {
					err = pool.add(from)
				}
				if err != nil {
					return err
				}
			case token == xmlOpen:
				if err := s.skip(); err != nil {
					return err
				}
			}
		}
	})
}

// richText appends the text of the element that was opened last (si or is): its t and its runs' t, without
// the phonetic guides (rPh).
func (s *xmlScanner) richText(out []byte) ([]byte, error) {
	for depth := len(s.marks); ; {
		token, err := s.next()
		if err != nil {
			return nil, err
		}
		switch {
		case token == xmlClose && len(s.marks) < depth:
			return out, nil
		case token == xmlContent && len(trimXML(s.content)) > 0:
			return nil, s.malformed("text outside <t>")
		case token != xmlOpen || string(s.local) == "r":
		case string(s.local) == "t":
			out, err = s.plainText(out)
		default:
			err = s.skip()
		}
		if err != nil {
			return nil, err
		}
	}
}

// plainText appends the text of the element that was opened last, which must hold nothing else. As in Excel,
// blanks at its ends count only with xml:space="preserve", and _x000D_ stands for the character.
func (s *xmlScanner) plainText(out []byte) ([]byte, error) {
	preserve := s.prefixed("space") == "preserve"
	from := len(out)
	for {
		token, err := s.next()
		switch {
		case err != nil:
			return nil, err
		case token == xmlContent:
			out = append(out, s.content...)
			continue
		case token == xmlOpen:
			return nil, s.malformed("an element inside a text")
		}
		break
	}
	text := out[from:]
	if !preserve {
		text = trimXML(text)
	}
	return append(out[:from], decodeEscapes(text)...), nil
}

// decodeEscapes turns the _xHHHH_ of ECMA-376's ST_Xstring into characters, in place. What would give a character
// that has no place in a text (a control, half a pair) stays as it is written.
func decodeEscapes(text []byte) []byte {
	at := bytes.Index(text, []byte("_x"))
	if at < 0 {
		return text
	}
	out := text[:at]
	for at < len(text) {
		r, ok := escape(text[at:])
		width := 7
		if ok && utf16.IsSurrogate(r) {
			low, _ := escape(text[at+7:])
			r, width = utf16.DecodeRune(r, low), 14
			ok = r != utf8.RuneError
		}
		if !ok || isForbidden(r) {
			out = append(out, text[at])
			at++
			continue
		}
		out = utf8.AppendRune(out, r)
		at += width
	}
	return out
}

func escape(text []byte) (rune, bool) {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	number, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(number), err == nil
}

// orMalformed gives err, or a complaint where there is none.
func orMalformed(s *xmlScanner, err error, complaint string) error {
	if err != nil {
		return err
	}
	return s.malformed("%s", complaint)
}
