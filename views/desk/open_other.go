//go:build !windows && !darwin

package desk

import "os/exec"

// viewer is the command that opens a file with the system's program for it.
func viewer(path string) *exec.Cmd { return exec.Command("xdg-open", path) }
