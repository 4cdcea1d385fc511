package printing

import (
	"context"
	"fmt"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// send asks the program that is registered for the file to print it. The shell tells no printer's name, and the program
// reads the file later.
func send(_ context.Context, path, _ string) (Job, error) {
	if err := shell("print", path, windows.SW_SHOWMINNOACTIVE); err != nil {
		return Job{}, fmt.Errorf("%w: %w", ErrNoPrinter, err)
	}
	return Job{}, nil
}

// show opens a file as a double click does; nothing in its name is read as a command.
func show(path string) error { return shell("open", path, windows.SW_SHOWNORMAL) }

func shell(verb, path string, window int32) error {
	wideVerb, err := windows.UTF16PtrFromString(verb)
	if err != nil {
		return err
	}
	widePath, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	folder, err := windows.UTF16PtrFromString(filepath.Dir(path))
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, wideVerb, widePath, nil, folder, window)
}
