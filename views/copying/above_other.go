//go:build !windows && !linux

package copying

// canKeepAbove is false: macOS lets only the program's own code in Objective-C raise a window's level.
func canKeepAbove() bool { return false }

func (a *Assistant) keepAbove(bool) {}
