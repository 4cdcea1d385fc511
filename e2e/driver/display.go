// Package driver runs the built program in a virtual display and works it from outside, as a person does: it looks at the
// window, moves the mouse and presses keys. It knows nothing of the program but what the window shows and what its
// command line says. It needs Xvfb, xdotool, xclip and ImageMagick's import.
package driver

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// displayDeadline is how long Xvfb may take to start.
const displayDeadline = 20 * time.Second

// Display is a virtual screen without a window manager.
type Display struct {
	name   string // as in the variable DISPLAY
	server *exec.Cmd
}

// OpenDisplay starts a virtual screen of the given size in pixels on a free number.
func OpenDisplay(width, height int) (*Display, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	err = server.Start()
	write.Close()
	if err != nil {
		return nil, fmt.Errorf("start Xvfb: %w", err)
	}
	d := &Display{server: server}
	if err := read.SetReadDeadline(time.Now().Add(displayDeadline)); err != nil {
		d.Close()
		return nil, err
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("read the display's number from Xvfb: %w", err)
	}
	d.name = ":" + strings.TrimSpace(number)
	return d, nil
}

// Close ends the screen and with it every program that is on it.
func (d *Display) Close() {
	d.server.Process.Kill()
	d.server.Wait()
}

// command makes a command that runs on the display. Hanzi can be typed only under a UTF-8 locale.
func (d *Display) command(name string, arguments ...string) *exec.Cmd {
	command := exec.Command(name, arguments...)
	command.Env = append(os.Environ(), "DISPLAY="+d.name, "WAYLAND_DISPLAY=", "LC_ALL=C.UTF-8")
	return command
}

// CopyPicture puts a PNG file on the clipboard, as a screenshot does.
func (d *Display) CopyPicture(path string) error {
	return d.command("xclip", "-selection", "clipboard", "-t", "image/png", "-i", path).Run()
}

// CopyText puts a text on the clipboard.
func (d *Display) CopyText(text string) error {
	command := d.command("xclip", "-selection", "clipboard", "-i")
	command.Stdin = strings.NewReader(text)
	return command.Run()
}

// Clipboard gives the text on the clipboard.
func (d *Display) Clipboard() (string, error) {
	out, err := d.command("xclip", "-selection", "clipboard", "-o").Output()
	if err != nil {
		return "", fmt.Errorf("read the clipboard: %w", err)
	}
	return string(out), nil
}

// run runs a command on the display and gives what it prints.
func (d *Display) run(name string, arguments ...string) (string, error) {
	out, err := d.command(name, arguments...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(arguments, " "), err, out)
	}
	return strings.TrimSpace(string(out)), nil
}
