package ui

import (
	"context"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// clipboardWait is how long another program may take to hand its picture over.
const clipboardWait = 5 * time.Second

// clipboardPictures are the types of a clipboard that are whole picture files, the best first.
var clipboardPictures = []string{"image/png", "image/jpeg", "image/bmp"}

// readSystemClipboard asks wl-paste or xclip; where neither is installed there is nothing.
func readSystemClipboard() (Pasted, error) {
	for _, program := range []struct {
		name        string
		types, read []string
	}{
		{"wl-paste", []string{"--list-types"}, []string{"--no-newline", "--type"}},
		{"xclip", []string{"-selection", "clipboard", "-o", "-t", "TARGETS"}, []string{"-selection", "clipboard", "-o", "-t"}},
	} {
		listed, err := clipboardOutput(program.name, program.types...)
		if err != nil {
			continue
		}
		types := strings.Fields(string(listed))
		if slices.Contains(types, "text/uri-list") {
			list, err := clipboardOutput(program.name, append(program.read, "text/uri-list")...)
			if paths := PastedPaths(string(list)); err == nil && len(paths) > 0 {
				return Pasted{Paths: paths}, nil
			}
		}
		for _, kind := range clipboardPictures {
			if slices.Contains(types, kind) {
				picture, err := clipboardOutput(program.name, append(program.read, kind)...)
				return Pasted{Picture: picture}, err
			}
		}
	}
	return Pasted{}, nil
}

func clipboardOutput(program string, arguments ...string) ([]byte, error) {
	limited, cancel := context.WithTimeout(context.Background(), clipboardWait)
	defer cancel()
	return exec.CommandContext(limited, program, arguments...).Output()
}
