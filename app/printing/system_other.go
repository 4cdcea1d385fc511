//go:build !windows && !darwin

package printing

func show(path string) error { return start("xdg-open", path) }
