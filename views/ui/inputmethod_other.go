//go:build !windows

package ui

// followCaret does nothing: elsewhere the system places the input method's window itself.
func followCaret(*entry) {}
