package desk

import "os/exec"

// viewer is the command that opens a file with the system's program for it. Unlike cmd /c start it reads nothing
// in the path as a command.
func viewer(path string) *exec.Cmd {
	return exec.Command("rundll32", "url.dll,FileProtocolHandler", path)
}
