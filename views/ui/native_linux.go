package ui

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
)

// findNativeChooser gives zenity's or kdialog's dialog, or nil where neither is installed.
func findNativeChooser() nativeChooser {
	if program, err := exec.LookPath("zenity"); err == nil {
		return func(_ fyne.Window, request FileRequest, folder string) ([]string, error) {
			return runChooser(program, zenityArguments(request, folder))
		}
	}
	if program, err := exec.LookPath("kdialog"); err == nil {
		return func(_ fyne.Window, request FileRequest, folder string) ([]string, error) {
			return runChooser(program, kdialogArguments(request, folder))
		}
	}
	return nil
}

func zenityArguments(request FileRequest, folder string) []string {
	arguments := []string{"--file-selection", "--title=" + request.Title}
	start := folder + string(filepath.Separator)
	if request.Save {
		arguments = append(arguments, "--save")
		start = filepath.Join(folder, request.Name)
	}
	if request.Folder {
		arguments = append(arguments, "--directory")
	}
	if request.several {
		arguments = append(arguments, "--multiple", "--separator=\n")
	}
	if len(request.Extensions) > 0 {
		arguments = append(arguments, "--file-filter="+patterns(request.Extensions))
	}
	return append(arguments, "--filename="+start)
}

func kdialogArguments(request FileRequest, folder string) []string {
	switch {
	case request.Folder:
		return []string{"--title", request.Title, "--getexistingdirectory", folder}
	case request.Save:
		return []string{"--title", request.Title, "--getsavefilename", filepath.Join(folder, request.Name), patterns(request.Extensions)}
	}
	arguments := []string{"--title", request.Title, "--getopenfilename", folder, patterns(request.Extensions)}
	if request.several {
		arguments = append(arguments, "--multiple", "--separate-output")
	}
	return arguments
}

// patterns gives *.xlsx *.csv for .xlsx and .csv.
func patterns(extensions []string) string {
	out := make([]string, len(extensions))
	for i, extension := range extensions {
		out[i] = "*" + extension
	}
	return strings.Join(out, " ")
}

// runChooser gives the paths that the program prints, one a line; its exit code 1 means that nothing was chosen.
func runChooser(program string, arguments []string) ([]string, error) {
	out, err := exec.Command(program, arguments...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	return linesOf(string(out)), nil
}
