package driver

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Options say how the program is started.
type Options struct {
	// Binary is the program, built with the tag e2e.
	Binary string
	// Data is the folder of the database.
	Data string
	// Home stands in for the person's home, so that nothing of this machine plays a part.
	Home string
	// Now fixes the program's clock, such as 2022-03-09 15:21:16; "" leaves it running.
	Now string
	// Pictures is the folder for screenshots.
	Pictures string
}

func (o Options) pictures(name string) string { return filepath.Join(o.Pictures, name) }

// Program is the running program with its window.
type Program struct {
	options Options
	display *Display
	command *exec.Cmd
	socket  string
	said    complaints
	ended   chan struct{} // closed when the process has ended
	window  string        // X's number of the main window
	hold    time.Duration // how long a spare key must stay for the program to read it

	title     string // of the window that is worked in; "" is the main one
	left, top int    // its place on the screen
}

// startDeadline is how long the window may take to come; a busy machine draws it in software.
const startDeadline = 60 * time.Second

// Start starts the program and waits for its window.
func (d *Display) Start(options Options) (*Program, error) {
	if err := os.MkdirAll(options.Pictures, 0o755); err != nil {
		return nil, err
	}
	home, err := filepath.Abs(options.Home)
	if err != nil {
		return nil, err
	}
	if err := furnish(home); err != nil {
		return nil, err
	}
	p := &Program{options: options, display: d, ended: make(chan struct{})}
	p.socket = filepath.Join(os.TempDir(), fmt.Sprintf("peixun-e2e-%d-%d.sock", os.Getpid(), time.Now().UnixNano()))
	arguments := []string{"--data", options.Data}
	if options.Now != "" {
		arguments = append(arguments, "--now", options.Now)
	}
	p.command = d.command(options.Binary, arguments...)
	p.command.Env = append(p.command.Env, "HOME="+home, "XDG_CACHE_HOME="+filepath.Join(home, ".cache"),
		"XDG_CONFIG_HOME="+filepath.Join(home, ".config"), "PATH="+filepath.Join(home, "bin")+":"+os.Getenv("PATH"), "FYNE_SCALE=1", "PEIXUN_INSPECT="+p.socket)
	p.command.Stderr = &p.said
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	go func() {
		p.command.Wait()
		close(p.ended)
	}()
	if err := p.awaitWindow(); err != nil {
		p.Kill()
		return nil, fmt.Errorf("%w\n%s", err, p.said.text())
	}
	return p, nil
}

// OpenedFiles is the file in the home that records, a line each, what the program gave the system to open.
const OpenedFiles = "opened.txt"

// PrintedFile is the file in the home that holds a copy of what the program printed last.
const PrintedFile = "printed.pdf"

// furnish makes the folders that a person's home has, a viewer for files that only records what it was given, and a printer that
// keeps it.
func furnish(home string) error {
	for _, folder := range []string{".cache", ".config", "Documents", "bin"} {
		if err := os.MkdirAll(filepath.Join(home, folder), 0o755); err != nil {
			return err
		}
	}
	viewer := "#!/bin/sh\necho \"$1\" >> \"$HOME/" + OpenedFiles + "\"\n"
	printer := "#!/bin/sh\nfor file; do :; done\ncp \"$file\" \"$HOME/" + PrintedFile + "\"\necho 'request id is Test-1 (1 file(s))'\n"
	return errors.Join(os.WriteFile(filepath.Join(home, "bin", "xdg-open"), []byte(viewer), 0o755),
		os.WriteFile(filepath.Join(home, "bin", "lp"), []byte(printer), 0o755))
}

// awaitWindow waits until the window is shown and tells of its widgets, and gives it the keyboard.
func (p *Program) awaitWindow() error {
	deadline := time.Now().Add(startDeadline)
	err := errors.New("the program ended")
	for time.Now().Before(deadline) && p.running() {
		var seen []Widget
		if seen, err = p.look(); err == nil && len(seen) > 0 {
			if p.window, err = p.findWindow(); err == nil {
				_, err = p.display.run("xdotool", "windowfocus", p.window)
				return err
			}
		}
		time.Sleep(pollInterval)
	}
	return fmt.Errorf("no window within %s: %w", startDeadline, err)
}

// findWindow gives the largest visible window.
func (p *Program) findWindow() (string, error) {
	out, err := p.display.run("xdotool", "search", "--onlyvisible", "--name", ".")
	if err != nil {
		return "", err
	}
	numbers := strings.Fields(out)
	if len(numbers) == 0 {
		return "", errors.New("no window is visible")
	}
	return numbers[0], nil
}

// InWindow works in another window of the program, which may close on the way, and comes back to the main one.
func (p *Program) InWindow(title string, work func()) {
	p.until(usualPatience, "the window “"+title+"”", func([]Widget) bool {
		all, err := p.lookEverywhere()
		return err == nil && slices.ContainsFunc(all, func(w Widget) bool { return w.Window == title })
	})
	number, err := p.display.run("xdotool", "search", "--sync", "--onlyvisible", "--name", "^"+title+"$")
	p.Must(err)
	place, err := p.display.run("xdotool", "getwindowgeometry", "--shell", number)
	p.Must(err)
	for line := range strings.Lines(place) {
		fmt.Sscanf(line, "X=%d", &p.left)
		fmt.Sscanf(line, "Y=%d", &p.top)
	}
	p.title = title
	defer func() { p.title, p.left, p.top = "", 0, 0 }()
	p.focusWindow(number)
	work()
	p.focusWindow(p.window)
}

// focusWindow gives a window the keyboard; there is no window manager to do it.
func (p *Program) focusWindow(number string) {
	_, err := p.display.run("xdotool", "windowfocus", "--sync", number)
	p.Must(err)
}

// Resize gives the window another size in pixels; there is no window manager to do it.
func (p *Program) Resize(width, height int) {
	_, err := p.display.run("xdotool", "windowsize", "--sync", p.window, fmt.Sprint(width), fmt.Sprint(height))
	p.Must(err)
}

func (p *Program) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// endDeadline is how long a program that was asked to end may take.
const endDeadline = 10 * time.Second

// Kill ends the program at once, as a power cut does.
func (p *Program) Kill() { p.end(syscall.SIGKILL) }

func (p *Program) end(signal syscall.Signal) {
	if p.running() {
		p.command.Process.Signal(signal)
	}
	select {
	case <-p.ended:
	case <-time.After(endDeadline):
		p.command.Process.Kill()
		<-p.ended
	}
	os.Remove(p.socket)
}

// troubles are what the program's log says where its code is wrong, whatever the window shows.
var troubles = []string{"Error in Fyne call thread", "panic:", "fatal error:", "SIGSEGV", "DATA RACE"}

// complain ends the step where the program has ended or its log tells of a defect.
func (p *Program) complain() {
	text := p.said.text()
	for _, trouble := range troubles {
		if strings.Contains(text, trouble) {
			p.Fail("the program's log says:\n%s", text)
		}
	}
	if !p.running() {
		p.Fail("the program ended by itself (%v):\n%s", p.command.ProcessState, text)
	}
}

// Log is what the program has written to its standard error.
func (p *Program) Log() string { return p.said.text() }

// busySign begins a line of the program's log that tells of a long call on the UI thread (views/ui/watch_e2e.go).
const busySign = "UI thread busy"

// LongCalls are the lines of the log that tell of calls that kept the UI thread busy for too long.
func (p *Program) LongCalls() []string {
	var found []string
	for line := range strings.Lines(p.Log()) {
		if strings.HasPrefix(line, busySign) {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

// complaints gathers what the program writes.
type complaints struct {
	mutex   sync.Mutex
	written bytes.Buffer
}

// Write implements io.Writer.
func (c *complaints) Write(text []byte) (int, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.written.Write(text)
}

func (c *complaints) text() string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.written.String()
}
