//go:build e2e

package ui

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

const (
	// longestCall is how long one call may keep the UI thread from everything else: three frames.
	longestCall = 50 * time.Millisecond
	// watchInterval is the time between two looks at the UI thread.
	watchInterval = 10 * time.Millisecond
)

// watchUI says on the standard error which call of ours kept the UI thread busy for longer than longestCall. What counts is
// the processor's time of that thread, so that a busy machine does no wrong to the program; what the look itself costs, and drawing that
// calls nothing of ours, does not count.
func watchUI() {
	var asked, answered atomic.Int64
	call, stacks := uiCall{}, make([]byte, everyGoroutine)
	for range time.Tick(watchInterval) {
		if asked.Load() == answered.Load() {
			call.end()
			asked.Add(1)
			fyne.Do(func() { answered.Add(1) })
			continue
		}
		call.look(ownCall(stacks))
	}
}

// uiCall is a call of ours that was seen on the UI thread in one look after another.
type uiCall struct {
	name        string // the outermost function of ours
	first, last time.Duration
	frames      map[string]int // how often each chain of functions was seen
}

func (c *uiCall) look(name, chain string) {
	if name != c.name {
		c.end()
		c.name, c.first, c.frames = name, uiThreadTime(), map[string]int{}
	}
	if name != "" {
		c.last = uiThreadTime()
		c.frames[chain]++
	}
}

func (c *uiCall) end() {
	if took := c.last - c.first; c.name != "" && took > longestCall {
		most := ""
		for chain, times := range c.frames {
			if times > c.frames[most] {
				most = chain
			}
		}
		fmt.Fprintf(os.Stderr, "UI thread busy for %d ms: %s\n", took.Milliseconds(), most)
	}
	*c = uiCall{}
}

// uiThreadTime is the processor's time that the UI thread, the process's first, has had.
func uiThreadTime() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/schedstat", os.Getpid()))
	var nanoseconds int64
	if _, scanned := fmt.Sscan(string(text), &nanoseconds); err != nil || scanned != nil {
		return 0
	}
	return time.Duration(nanoseconds)
}

// everyGoroutine is room for the stacks of all, in bytes.
const everyGoroutine = 1 << 20

// ownCall names the outermost function of ours on the UI thread, and all of ours from there inwards; "" where there is none. It
// overwrites stacks.
func ownCall(stacks []byte) (name, chain string) {
	_, after, found := bytes.Cut(stacks[:runtime.Stack(stacks, true)], []byte("goroutine 1 ["))
	if !found {
		return "", ""
	}
	first, _, _ := bytes.Cut(after, []byte("\n\n"))
	stack := string(first)
	var functions []string
	for line := range strings.Lines(stack) {
		function, isOurs := strings.CutPrefix(strings.TrimSpace(line), "peixun/")
		if !isOurs || strings.Contains(function, ".(*Window).Run(") {
			continue
		}
		if strings.HasPrefix(function, "views/ui.InspectCanvas") || strings.HasPrefix(function, "views/ui.watchUI") {
			return "", ""
		}
		if at := strings.LastIndex(function, "("); at > 0 {
			function = function[:at]
		}
		functions = append([]string{function}, functions...)
	}
	if len(functions) == 0 {
		return "", ""
	}
	return functions[0], strings.Join(functions, " → ")
}
