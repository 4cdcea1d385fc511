package driver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Headless runs the same program without a window, on the same data.
type Headless struct {
	// Binary and Data are as in Options.
	Binary, Data string
	// Passphrase logs the administrator in.
	Passphrase string
	// Now fixes the clock; "" leaves it running.
	Now string
}

// Ask runs a command with --json and reads its answer into answer, which may be nil. It gives the exit code.
func (h Headless) Ask(answer any, command ...string) (exit int, err error) {
	arguments := []string{"--data", h.Data, "--json"}
	if h.Now != "" {
		arguments = append(arguments, "--now", h.Now)
	}
	run := exec.Command(h.Binary, append(arguments, command...)...)
	run.Env = append(os.Environ(), "PEIXUN_PASSPHRASE="+h.Passphrase, "DISPLAY=", "WAYLAND_DISPLAY=")
	var out, messages bytes.Buffer
	run.Stdout, run.Stderr = &out, &messages
	var ended *exec.ExitError
	if err := run.Run(); errors.As(err, &ended) {
		exit = ended.ExitCode()
	} else if err != nil {
		return 0, fmt.Errorf("run %s: %w", h.Binary, err)
	}
	if answer == nil {
		return exit, nil
	}
	if err := json.Unmarshal(out.Bytes(), answer); err != nil {
		return exit, fmt.Errorf("peixun %s: exit %d, no JSON answer: %w\n%s%s", strings.Join(command, " "), exit, err, out.String(), messages.String())
	}
	return exit, nil
}
