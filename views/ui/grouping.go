package ui

import (
	"strings"
	"unicode"
)

// Groups of characters in which long numbers are shown: accounts and tax numbers by four, mobile
// numbers 3-4-4, resident identity numbers 6-8-4.
var (
	GroupsOfFour   = []int{4}
	GroupsMobile   = []int{3, 4, 4}
	GroupsIdentity = []int{6, 8, 4}
)

// groupGap stands between groups: two spaces of Noto are as wide as the design's gap.
const groupGap = "  "

// GroupText shows text in groups of so many characters; the last size repeats. Gaps in text are ignored.
func GroupText(text string, sizes []int) string {
	var out strings.Builder
	group, used := 0, 0
	for _, r := range compact(text) {
		if used == sizes[group] {
			out.WriteString(groupGap)
			group, used = min(group+1, len(sizes)-1), 0
		}
		out.WriteRune(r)
		used++
	}
	return out.String()
}

// compact removes white space and turns full-width letters, digits and signs into plain ones, as they
// come from Chinese input methods and from spreadsheets.
func compact(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u200b', r == '\ufeff':
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, text)
}
