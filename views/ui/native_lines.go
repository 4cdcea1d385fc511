//go:build linux || darwin

package ui

import "strings"

// linesOf gives the paths that a system's dialog printed, one a line.
func linesOf(printed string) []string {
	return strings.FieldsFunc(printed, func(r rune) bool { return r == '\n' || r == '\r' })
}
