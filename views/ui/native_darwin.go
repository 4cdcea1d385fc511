package ui

import (
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
)

// findNativeChooser gives the dialog that AppleScript opens; every Mac has it.
func findNativeChooser() nativeChooser {
	return func(_ fyne.Window, request FileRequest, folder string) ([]string, error) {
		out, err := exec.Command("osascript", "-e", chooserScript(request, folder)).Output()
		var exit *exec.ExitError
		if errors.As(err, &exit) && strings.Contains(string(exit.Stderr), "-128") { // the person cancelled
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("run osascript: %w", err)
		}
		return linesOf(string(out)), nil
	}
}

func chooserScript(request FileRequest, folder string) string {
	where := " default location POSIX file " + strconv.Quote(folder)
	prompt := " with prompt " + strconv.Quote(request.Title)
	switch {
	case request.Folder:
		return "POSIX path of (choose folder" + prompt + where + ")"
	case request.Save:
		return "POSIX path of (choose file name" + prompt + " default name " + strconv.Quote(request.Name) + where + ")"
	}
	kinds := ""
	if len(request.Extensions) > 0 {
		quoted := make([]string, len(request.Extensions))
		for i, extension := range request.Extensions {
			quoted[i] = strconv.Quote(strings.TrimPrefix(extension, "."))
		}
		kinds = " of type {" + strings.Join(quoted, ", ") + "}"
	}
	if request.several {
		return "set chosen to \"\"\nrepeat with one in (choose file" + prompt + kinds + where + " with multiple selections allowed)\n" +
			"set chosen to chosen & POSIX path of one & linefeed\nend repeat\nchosen"
	}
	return "POSIX path of (choose file" + prompt + kinds + where + ")"
}
