package ui

import (
	"os/exec"
	"strings"
)

// readSystemClipboard asks AppleScript, which every Mac has. What the clipboard does not hold makes it fail.
func readSystemClipboard() (Pasted, error) {
	if path, err := exec.Command("osascript", "-e", "POSIX path of (the clipboard as «class furl»)").Output(); err == nil {
		if paths := PastedPaths(string(path)); len(paths) > 0 {
			return Pasted{Paths: paths}, nil
		}
	}
	info, err := exec.Command("osascript", "-e", "clipboard info").Output()
	if err != nil || !strings.Contains(string(info), "PNGf") && !strings.Contains(string(info), "TIFF") {
		return Pasted{}, err
	}
	answer, err := exec.Command("osascript", "-e", "the clipboard as «class PNGf»").Output()
	if err != nil {
		return Pasted{}, err
	}
	picture, err := scriptData(string(answer))
	return Pasted{Picture: picture}, err
}
