package excel

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// errMalformed stands behind every complaint about a part's XML.
var errMalformed = errors.New("malformed XML")

// xmlToken is what xmlScanner.next found.
type xmlToken uint8

const (
	xmlEnd     xmlToken = iota // the document's end
	xmlOpen                    // a start tag; a self-closing element gives xmlOpen and xmlClose
	xmlClose                   // an end tag
	xmlContent                 // text or CDATA, entities resolved
)

type xmlAttribute struct {
	prefix, local, value []byte
}

// xmlBinding is a namespace prefix in scope from an open element on.
type xmlBinding struct {
	prefix string
	depth  int
	ours   bool
}

// xmlScanner reads a workbook part's XML token by token through a window on its stream. It is strict
// (XML 1.0 and namespaces, no DTD), because a part that is half read would be people half imported.
// encoding/xml is as strict but five times as slow.
//
// local, attributes and content point into the window: they hold until the next call of next.
type xmlScanner struct {
	source   io.Reader
	window   []byte // window[start:] is unread
	start    int
	checked  int // window[:checked] is valid UTF-8
	consumed int64
	ended    bool
	spaces   []string // the namespaces that count as ours

	names      []byte // the open elements' qualified names, one behind the other
	marks      []int  // where each of them begins
	bindings   []xmlBinding
	rootSeen   bool
	selfClosed bool

	local      []byte // the tag's name without prefix; nil where its namespace is not ours
	attributes []xmlAttribute
	declares   bool // one of the attributes may declare a namespace
	content    []byte
	scratch    []byte
}

// newXMLScanner starts reading a part; elements outside the given namespaces have no name, so that every reader skips them.
func newXMLScanner(source io.Reader, namespaces ...string) (*xmlScanner, error) {
	s := &xmlScanner{source: source, window: make([]byte, 0, 64<<10), spaces: namespaces}
	return s, s.readPrologue()
}

func (s *xmlScanner) malformed(format string, details ...any) error {
	return fmt.Errorf("%w near byte %d: %s", errMalformed, s.consumed+int64(s.start), fmt.Sprintf(format, details...))
}

// more reads on, keeping what is unread. It reports false at the stream's end.
func (s *xmlScanner) more() (bool, error) {
	if s.ended {
		return false, nil
	}
	if s.start > 0 {
		rest := copy(s.window, s.window[s.start:])
		s.window = s.window[:rest]
		s.consumed += int64(s.start)
		s.checked -= s.start
		s.start = 0
	}
	if len(s.window) == cap(s.window) {
		if cap(s.window) >= maxXMLPiece {
			return false, s.malformed("a tag or text longer than %d bytes", maxXMLPiece)
		}
		s.window = append(make([]byte, 0, 2*cap(s.window)), s.window...)
	}
	for {
		n, err := s.source.Read(s.window[len(s.window):cap(s.window)])
		s.window = s.window[:len(s.window)+n]
		if err != nil && err != io.EOF {
			return false, err
		}
		s.ended = err == io.EOF
		if n > 0 || s.ended {
			return n > 0, s.checkUTF8()
		}
	}
}

// checkUTF8 validates what was read, but for a character that the window's end cuts.
func (s *xmlScanner) checkUTF8() error {
	end := len(s.window)
	if !s.ended {
		for back := 1; back < utf8.UTFMax && end-back >= s.checked; back++ {
			if utf8.RuneStart(s.window[end-back]) {
				if !utf8.FullRune(s.window[end-back:]) {
					end -= back
				}
				break
			}
		}
	}
	if !utf8.Valid(s.window[s.checked:end]) {
		return s.malformed("text is no UTF-8")
	}
	s.checked = end
	return nil
}

// index finds a separator in the unread bytes, reading on as needed, and gives its place relative to start.
func (s *xmlScanner) index(separator string, from int) (int, error) {
	for {
		if at := bytes.Index(s.window[s.start+from:], []byte(separator)); at >= 0 {
			return from + at, nil
		}
		from = max(from, len(s.window)-s.start-len(separator)+1)
		switch more, err := s.more(); {
		case err != nil:
			return 0, err
		case !more:
			return 0, s.malformed("the part ends before %q", separator)
		}
	}
}

// need makes sure that n bytes are unread, or reports false at the stream's end.
func (s *xmlScanner) need(n int) (bool, error) {
	for len(s.window)-s.start < n {
		if more, err := s.more(); err != nil || !more {
			return false, err
		}
	}
	return true, nil
}

// next gives the next token; comments and processing instructions are checked and passed over.
func (s *xmlScanner) next() (xmlToken, error) {
	if s.selfClosed {
		s.selfClosed = false
		s.pop()
		return xmlClose, nil
	}
	for {
		if ok, err := s.need(1); err != nil {
			return xmlEnd, err
		} else if !ok {
			return xmlEnd, s.finish()
		}
		if s.window[s.start] != '<' {
			if token, err := s.text(); token != xmlEnd || err != nil {
				return token, err
			}
			continue
		}
		if ok, err := s.need(2); err != nil || !ok {
			return xmlEnd, errors.Join(err, s.malformed("the part ends within a tag"))
		}
		switch s.window[s.start+1] {
		case '/':
			return xmlClose, s.closeTag()
		case '?':
			if err := s.instruction(); err != nil {
				return xmlEnd, err
			}
		case '!':
			if token, err := s.declaration(); token != xmlEnd || err != nil {
				return token, err
			}
		default:
			return xmlOpen, s.openTag()
		}
	}
}

// finish judges the document's end.
func (s *xmlScanner) finish() error {
	if len(s.marks) > 0 {
		return s.malformed("the part ends inside <%s>", s.names[s.marks[len(s.marks)-1]:])
	}
	if !s.rootSeen {
		return s.malformed("the part is empty")
	}
	return nil
}

// text reads up to the next tag. Blanks around the root give xmlEnd: there is nothing to tell.
func (s *xmlScanner) text() (xmlToken, error) {
	from := 0
	for {
		if at := bytes.IndexByte(s.window[s.start+from:], '<'); at >= 0 {
			from += at
			break
		}
		from = len(s.window) - s.start
		if more, err := s.more(); err != nil {
			return xmlEnd, err
		} else if !more {
			break
		}
	}
	raw := s.window[s.start : s.start+from]
	s.start += from
	if len(s.marks) == 0 {
		if len(trimXML(raw)) > 0 {
			return xmlEnd, s.malformed("text outside the root element")
		}
		return xmlEnd, nil
	}
	var err error
	s.content, err = s.resolve(raw, false)
	return xmlContent, err
}

// declaration passes over a comment, gives a CDATA section as text, and refuses a document type.
func (s *xmlScanner) declaration() (xmlToken, error) {
	if _, err := s.need(len("<![CDATA[")); err != nil {
		return xmlEnd, err
	}
	unread := s.window[s.start:]
	switch {
	case bytes.HasPrefix(unread, []byte("<!--")):
		end, err := s.index("--", len("<!--"))
		if err != nil {
			return xmlEnd, err
		}
		if ok, err := s.need(end + 3); err != nil || !ok || s.window[s.start+end+2] != '>' {
			return xmlEnd, errors.Join(err, s.malformed("-- inside a comment"))
		}
		s.start += end + 3
		return xmlEnd, nil
	case bytes.HasPrefix(unread, []byte("<![CDATA[")) && len(s.marks) > 0:
		end, err := s.index("]]>", len("<![CDATA["))
		if err != nil {
			return xmlEnd, err
		}
		s.content = s.window[s.start+len("<![CDATA[") : s.start+end]
		s.start += end + len("]]>")
		if bytes.ContainsFunc(s.content, isForbidden) {
			return xmlEnd, s.malformed("a control character")
		}
		s.content = bytes.ReplaceAll(s.content, []byte("\r\n"), []byte("\n"))
		return xmlContent, nil
	}
	return xmlEnd, s.malformed("a document type or an unknown declaration")
}

// instruction passes over a processing instruction.
func (s *xmlScanner) instruction() error {
	end, err := s.index("?>", len("<?"))
	if err != nil {
		return err
	}
	body := s.window[s.start+2 : s.start+end]
	if len(body) == 0 || !isNameStart(body[0]) || len(body) >= 3 && bytes.EqualFold(body[:3], []byte("xml")) {
		return s.malformed("a misplaced XML declaration or a nameless instruction")
	}
	s.start += end + 2
	return nil
}
