package data

import (
	"strings"
	"unicode"
)

// Scrub masks what looks like somebody's number in a text that is kept in the open, such as a line of 操作日志 or of the program's log:
// identity numbers of 15 and 18 places, mobiles, and cards that begin with 62. Numbers of other lengths, such as a plan's or an
// invoice's, stay as they are.
func Scrub(text string) string {
	var out strings.Builder
	characters := []rune(text)
	for at := 0; at < len(characters); {
		if !isWordRune(characters[at]) {
			out.WriteRune(characters[at])
			at++
			continue
		}
		end := at
		for end < len(characters) && isWordRune(characters[end]) {
			end++
		}
		out.WriteString(scrubWord(string(characters[at:end])))
		at = end
	}
	return out.String()
}

// isWordRune tells whether a character is part of a number or of the Latin word around it.
func isWordRune(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsDigit(r) || unicode.IsLetter(r))
}

// scrubWord masks a word of ASCII digits and letters that is a personal number as a whole.
func scrubWord(word string) string {
	digits := strings.TrimRight(word, "Xx")
	if len(word)-len(digits) > 1 || strings.Trim(digits, "0123456789") != "" {
		return word
	}
	const century, tail = 6, 4
	switch length := len(word); {
	case length == 18 && readsAsBirth([]byte(word[century:])), length == 15 && readsAsBirth([]byte("19"+word[century:])):
		return word[:century] + strings.Repeat("*", length-century-tail) + word[length-tail:]
	case length == 11 && word[0] == '1' && word[1] >= '3':
		return word[:3] + "****" + word[length-tail:]
	case length >= 16 && length <= 19 && strings.HasPrefix(word, "62"):
		return strings.Repeat("*", length-tail) + word[length-tail:]
	}
	return word
}
