package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal opens a pseudo-terminal: what is written to keyboard is typed at screen.
func terminal(t *testing.T) (keyboard, screen *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal("this test needs /dev/ptmx:", err)
	}
	t.Cleanup(func() { keyboard.Close() })
	if err := unix.IoctlSetPointerInt(int(keyboard.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(keyboard.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { screen.Close() })
	return keyboard, screen
}

// echoes tells whether a terminal shows what is typed.
func echoes(t *testing.T, screen *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(screen.Fd()), unix.TCGETS)
	if err != nil {
		t.Error(err)
		return false
	}
	return state.Lflag&unix.ECHO != 0
}

// typist types the next line each time a prompt is written, once the terminal hides it.
type typist struct {
	bytes.Buffer
	t                *testing.T
	keyboard, screen *os.File
	lines            []string
}

func (p *typist) Write(message []byte) (int, error) {
	if strings.HasSuffix(string(message), "：") && len(p.lines) > 0 {
		line := p.lines[0]
		p.lines = p.lines[1:]
		go func() {
			waitHidden(p.t, p.screen)
			p.keyboard.WriteString(line + "\n")
		}()
	}
	return p.Buffer.Write(message)
}

// waitHidden waits until a terminal does not show what is typed.
func waitHidden(t *testing.T, screen *os.File) {
	for deadline := time.Now().Add(10 * time.Second); echoes(t, screen); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Error("the terminal shows what is typed")
			return
		}
	}
}

func TestPassphraseIsAskedAtATerminal(t *testing.T) {
	cases := []struct {
		name      string
		lines     []string
		arguments []string
		exit      int
		says      string
	}{
		{"init, two that differ", []string{"first secret", "second secret"}, []string{"init", "--unit", unit, "--admin", "zhaoxl"}, exitFailed, "两次输入的密码不一样"},
		{"init", []string{passphrase, passphrase}, []string{"init", "--unit", unit, "--admin", "zhaoxl"}, exitDone, "再输入一次："},
		{"login", []string{passphrase}, []string{"list", "plans"}, exitDone, "密码："},
		{"wrong login", []string{"guess"}, []string{"list", "plans"}, exitLocked, "用户名或密码不对"},
	}
	empty(t)
	t.Setenv("PEIXUN_PASSPHRASE", "")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			keyboard, screen := terminal(t)
			messages := &typist{t: t, keyboard: keyboard, screen: screen, lines: c.lines}
			var out bytes.Buffer
			exit := Run(context.Background(), c.arguments, screen, &out, messages)
			if exit != c.exit || !strings.Contains(messages.String(), c.says) {
				t.Errorf("exit %d, stderr %q", exit, messages.String())
			}
			if shown := messages.String() + out.String(); strings.Contains(shown, c.lines[0]) || !echoes(t, screen) {
				t.Errorf("the secret is shown, or the terminal stays silent: %q", shown)
			}
		})
	}
}

func TestCancelledPromptGivesTheTerminalBack(t *testing.T) {
	unitReady(t)
	t.Setenv("PEIXUN_PASSPHRASE", "")
	keyboard, screen := terminal(t)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan int, 1)
	var out, messages bytes.Buffer
	go func() { done <- Run(ctx, []string{"list", "plans"}, screen, &out, &messages) }()
	waitHidden(t, screen)
	cancel()
	if exit := <-done; exit != exitFailed || !echoes(t, screen) {
		t.Errorf("exit %d, echo %v", exit, echoes(t, screen))
	}
	keyboard.WriteString("\n") // ends the reader
}
