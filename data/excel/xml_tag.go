package excel

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"
)

// nameBytes marks the bytes that an XML name may hold; every byte of a character beyond ASCII counts.
var nameBytes = func() (marks [256]bool) {
	for b := range marks {
		letter := b|0x20 >= 'a' && b|0x20 <= 'z'
		marks[b] = letter || b >= '0' && b <= '9' || b == '_' || b == '-' || b == '.' || b == ':' || b >= utf8.RuneSelf
	}
	return marks
}()

// plainText marks the bytes of text that stand for themselves.
var plainText = func() (marks [256]bool) {
	for b := range marks {
		marks[b] = b >= ' ' && b != '&' && b != '<' && b != ']' || b == '\t' || b == '\n'
	}
	return marks
}()

func isNameStart(b byte) bool {
	return nameBytes[b] && b != '-' && b != '.' && (b < '0' || b > '9')
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// isForbidden tells whether XML 1.0 has no place for the character, however it is written.
func isForbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// trimXML takes XML's blanks off both ends, and no other: a no-break or ideographic space is data.
func trimXML(text []byte) []byte {
	for len(text) > 0 && isBlank(text[0]) {
		text = text[1:]
	}
	for len(text) > 0 && isBlank(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

// openTag reads a start tag, pushes its element and resolves its namespace.
func (s *xmlScanner) openTag() error {
	from := 1
	for {
		end, err := s.tagEnd(from)
		if err != nil {
			return err
		}
		raw := s.window[s.start+1 : s.start+end]
		selfClosed := len(raw) > 0 && raw[len(raw)-1] == '/'
		if selfClosed {
			raw = raw[:len(raw)-1]
		}
		name := 0
		for name < len(raw) && nameBytes[raw[name]] {
			name++
		}
		if name == 0 || !isNameStart(raw[0]) {
			return s.malformed("a tag without a name")
		}
		complete, err := s.readAttributes(raw[name:])
		if err != nil {
			return err
		}
		if !complete { // the > stands inside an attribute's quotes
			from = end + 1
			continue
		}
		s.start += end + 1
		s.selfClosed = selfClosed
		return s.push(raw[:name])
	}
}

// readAttributes fills s.attributes. It reports false where the text ends inside quotes.
func (s *xmlScanner) readAttributes(raw []byte) (bool, error) {
	s.attributes, s.declares = s.attributes[:0], false
	for at := 0; ; {
		blanks := at
		for at < len(raw) && isBlank(raw[at]) {
			at++
		}
		if at == len(raw) {
			return true, nil
		}
		name := at
		for at < len(raw) && nameBytes[raw[at]] {
			at++
		}
		if name == blanks || name == at || !isNameStart(raw[name]) || len(s.attributes) == maxAttributes {
			return false, s.malformed("attributes run together or have no name")
		}
		qualified := raw[name:at]
		for at < len(raw) && isBlank(raw[at]) {
			at++
		}
		if at == len(raw) || raw[at] != '=' {
			return false, s.malformed("attribute %s has no value", qualified)
		}
		for at++; at < len(raw) && isBlank(raw[at]); at++ {
		}
		if at == len(raw) {
			return false, nil
		}
		quote := raw[at]
		if quote != '"' && quote != '\'' {
			return false, s.malformed("attribute %s has no quotes", qualified)
		}
		at++
		length := bytes.IndexByte(raw[at:], quote)
		if length < 0 {
			return false, nil
		}
		if err := s.addAttribute(qualified, raw[at:at+length]); err != nil {
			return false, err
		}
		at += length + 1
	}
}

func (s *xmlScanner) addAttribute(qualified, value []byte) error {
	attribute := xmlAttribute{local: qualified, value: value}
	s.declares = s.declares || qualified[0] == 'x' && bytes.HasPrefix(qualified, []byte("xmlns"))
	if colon := bytes.IndexByte(qualified, ':'); colon >= 0 {
		attribute.prefix, attribute.local = qualified[:colon], qualified[colon+1:]
		if colon == 0 || len(attribute.local) == 0 || bytes.IndexByte(attribute.local, ':') >= 0 {
			return s.malformed("attribute name %s", qualified)
		}
	}
	for i := range s.attributes {
		if bytes.Equal(s.attributes[i].local, attribute.local) && bytes.Equal(s.attributes[i].prefix, attribute.prefix) {
			return s.malformed("attribute %s stands twice", qualified)
		}
	}
	for _, b := range value {
		if !plainText[b] && b != ']' {
			// Resolved into memory of its own: the scratch belongs to text.
			resolved, err := s.resolve(slices.Clone(value), true)
			if err != nil {
				return err
			}
			attribute.value = slices.Clone(resolved)
			break
		}
	}
	s.attributes = append(s.attributes, attribute)
	return nil
}

// push opens an element: it takes in the namespaces that it declares and resolves its own.
func (s *xmlScanner) push(qualified []byte) error {
	if len(s.marks) == 0 && s.rootSeen {
		return s.malformed("a second root element")
	}
	if len(s.marks) >= maxXMLDepth {
		return s.malformed("elements nested deeper than %d", maxXMLDepth)
	}
	s.rootSeen = true
	s.marks = append(s.marks, len(s.names))
	s.names = append(s.names, qualified...)
	if s.declares {
		s.bindAll()
	}
	var prefix []byte
	s.local = qualified
	if colon := bytes.IndexByte(qualified, ':'); colon >= 0 {
		prefix, s.local = qualified[:colon], qualified[colon+1:]
	}
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == string(prefix) {
			if !s.bindings[i].ours {
				s.local = nil
			}
			return nil
		}
	}
	if prefix != nil {
		return s.malformed("prefix %s is not declared", prefix)
	}
	s.local = nil
	return nil
}

// bindAll takes in the namespaces that the tag in hand declares.
func (s *xmlScanner) bindAll() {
	for _, attribute := range s.attributes {
		if string(attribute.prefix) == "xmlns" {
			s.bind(string(attribute.local), attribute.value)
		} else if attribute.prefix == nil && string(attribute.local) == "xmlns" {
			s.bind("", attribute.value)
		}
	}
}

func (s *xmlScanner) bind(prefix string, namespace []byte) {
	ours := slices.Contains(s.spaces, string(namespace))
	s.bindings = append(s.bindings, xmlBinding{prefix, len(s.marks), ours})
}

func (s *xmlScanner) pop() {
	depth := len(s.marks)
	for len(s.bindings) > 0 && s.bindings[len(s.bindings)-1].depth == depth {
		s.bindings = s.bindings[:len(s.bindings)-1]
	}
	s.names = s.names[:s.marks[depth-1]]
	s.marks = s.marks[:depth-1]
}

// tagEnd finds the next > behind start+from, relative to start.
func (s *xmlScanner) tagEnd(from int) (int, error) {
	if s.start+from <= len(s.window) {
		if at := bytes.IndexByte(s.window[s.start+from:], '>'); at >= 0 {
			return from + at, nil
		}
	}
	return s.index(">", from)
}

// closeTag reads an end tag, which must be the innermost open element's.
func (s *xmlScanner) closeTag() error {
	if len(s.marks) > 0 { // the common form, wholly in the window
		name, unread := s.names[s.marks[len(s.marks)-1]:], s.window[s.start+2:]
		if len(unread) > len(name) && unread[len(name)] == '>' && bytes.Equal(unread[:len(name)], name) {
			s.start += 2 + len(name) + 1
			s.pop()
			return nil
		}
	}
	end, err := s.tagEnd(2)
	if err != nil {
		return err
	}
	name := s.window[s.start+2 : s.start+end]
	for len(name) > 0 && isBlank(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	if len(s.marks) == 0 || string(s.names[s.marks[len(s.marks)-1]:]) != string(name) {
		return s.malformed("</%.80s> closes another element", name)
	}
	s.start += end + 1
	s.pop()
	return nil
}

// resolve replaces entities and line ends and refuses what XML does not allow. The answer is raw itself or s.scratch.
func (s *xmlScanner) resolve(raw []byte, attribute bool) ([]byte, error) {
	at := 0
	for at < len(raw) && plainText[raw[at]] {
		at++
	}
	if at == len(raw) && !attribute {
		return raw, nil
	}
	out := append(s.scratch[:0], raw[:at]...)
	for at < len(raw) {
		b := raw[at]
		at++
		switch {
		case b == '&':
			end := bytes.IndexByte(raw[at:], ';')
			if end < 0 {
				return nil, s.malformed("an entity without end")
			}
			r, ok := entity(raw[at : at+end])
			if !ok {
				return nil, s.malformed("entity &%.20s;", raw[at:at+end])
			}
			out = utf8.AppendRune(out, r)
			at += end + 1
			continue
		case b == '\r':
			if at < len(raw) && raw[at] == '\n' {
				at++
			}
			b = '\n'
		case b == '<', isForbidden(rune(b)), !attribute && b == ']' && bytes.HasPrefix(raw[at:], []byte("]>")):
			return nil, s.malformed("character %q", b)
		}
		if attribute && (b == '\n' || b == '\t') {
			b = ' '
		}
		out = append(out, b)
	}
	s.scratch = out
	return out, nil
}

// entity gives the character of a predefined or numeric entity; DTDs, which could declare others, are refused.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	number, err := strconv.ParseUint(digits, base, 32)
	if err != nil || number > utf8.MaxRune {
		return 0, false
	}
	r := rune(number)
	return r, utf8.ValidRune(r) && !isForbidden(r)
}
