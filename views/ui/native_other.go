//go:build !linux && !darwin && !windows

package ui

// findNativeChooser gives nil: these systems get our own folder browser.
func findNativeChooser() nativeChooser { return nil }
