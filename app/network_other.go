//go:build !linux && !windows

package app

// onNetwork is not known elsewhere.
func onNetwork(string) bool { return false }
