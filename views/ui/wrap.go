package ui

import (
	"strings"
	"unicode"
)

// Marks that may not begin a line (closing) or end one (opening): 避头尾.
const (
	closingMarks = "，。、；：？！）】》」』”’％%)]},.;:!?…—·"
	openingMarks = "（【《「『“‘([{¥"
)

var wrapped = map[cutKey][]string{}

// wrapText breaks text into lines of at most width px. Chinese breaks between any two characters,
// Latin words and numbers stay whole where they fit, and punctuation does not begin a line.
func wrapText(text string, width, size float32, bold bool) []string {
	key := cutKey{widthKey{text, size, bold}, int(width)}
	if lines, known := wrapped[key]; known {
		return lines
	}
	if len(wrapped) > measureCacheLimit/10 {
		wrapped = map[cutKey][]string{}
	}
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		lines = append(lines, wrapLine(paragraph, width, size, bold)...)
	}
	wrapped[key] = lines
	return lines
}

// wrapLine wraps one paragraph without line feeds.
func wrapLine(text string, width, size float32, bold bool) []string {
	var lines []string
	line := ""
	for _, piece := range pieces(text) {
		if line == "" || textWidth(strings.TrimRight(line+piece, " "), size, bold) <= width {
			line += piece
		} else {
			lines = append(lines, strings.TrimRight(line, " "))
			line = strings.TrimLeft(piece, " ")
		}
		for textWidth(strings.TrimRight(line, " "), size, bold) > width && len([]rune(line)) > 1 {
			head := hardCut(line, width, size, bold)
			lines = append(lines, head)
			line = line[len(head):]
		}
	}
	return append(lines, line)
}

// hardCut gives the longest beginning of an unbreakable piece that fits, at least one character.
func hardCut(piece string, width, size float32, bold bool) string {
	runes := []rune(piece)
	count := 1
	for count < len(runes)-1 && textWidth(string(runes[:count+1]), size, bold) <= width {
		count++
	}
	return string(runes[:count])
}

// pieces splits a line into what may not be broken inside.
func pieces(text string) []string {
	var out []string
	current := []rune{}
	var last rune
	for _, r := range text {
		if len(current) > 0 && mayBreak(last, r) {
			out = append(out, string(current))
			current = current[:0]
		}
		current = append(current, r)
		last = r
	}
	if len(current) > 0 {
		out = append(out, string(current))
	}
	return out
}

// mayBreak tells whether a line may end between two neighbouring characters.
func mayBreak(left, right rune) bool {
	switch {
	case strings.ContainsRune(closingMarks, right), strings.ContainsRune(openingMarks, left):
		return false
	case right == ' ':
		return false
	case left == ' ':
		return true
	}
	return isWide(left) || isWide(right)
}

// isWide tells whether a character stands for itself in Chinese text.
func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || (r >= 0x3000 && r <= 0x303F) || (r >= 0xFF00 && r <= 0xFFEF) ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}
