// Command tour walks the whole job through the real window and leaves pictures and papers of every step.
//
//	go run ./e2e/tour -program bin/peixun-e2e -out out/tour
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"peixun/e2e/journey"
)

func main() {
	program := flag.String("program", "bin/peixun-e2e", "the program, built with -tags e2e")
	out := flag.String("out", "out/tour", "where pictures and papers go")
	until := flag.Int("until", 0, "stop after this step, for whoever works on one; 0 takes all")
	flag.Parse()
	if err := run(*program, *out, *until); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(program, out string, until int) error {
	program, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	home, err := makeHome()
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	j, err := journey.New(journey.Options{Binary: program, Out: out, Home: home})
	if err != nil {
		return err
	}
	defer j.Close()
	// An interrupt closes the program and the screen; the step that was under way then fails by itself.
	interrupt := make(chan os.Signal, 1)
	signal.Notify(interrupt, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupt
		j.Close()
	}()
	index := index{out: out}
	for number, step := range journey.Steps() {
		began, before, long := time.Now(), len(j.Pictures()), len(j.LongCalls())
		if err := j.Do(step); err != nil {
			return fmt.Errorf("✗ %2d %s\n%w", number+1, step.Name, err)
		}
		took := time.Since(began).Seconds()
		fmt.Printf("✓ %2d %s  %.1f s\n", number+1, step.Name, took)
		for _, call := range j.LongCalls()[long:] {
			fmt.Println("     " + call)
		}
		index.add(number+1, step.Name, took, j.Pictures()[before:])
		if number+1 == until {
			break
		}
	}
	return index.write()
}

// makeHome makes an empty home. Its path stands in the pictures' status bar, so it is always the same unless another tour is under way.
func makeHome() (string, error) {
	home := filepath.Join(os.TempDir(), "peixun-tour")
	if err := os.Mkdir(home, 0o755); err == nil {
		return home, nil
	}
	return os.MkdirTemp("", "peixun-tour-")
}

// index is tour.md: every step with its pictures, then the papers.
type index struct {
	out  string
	text strings.Builder
}

func (i *index) add(number int, name string, seconds float64, pictures []string) {
	fmt.Fprintf(&i.text, "## %d. %s\n\n%.1f s\n\n", number, name, seconds)
	for _, picture := range pictures {
		fmt.Fprintf(&i.text, "![%s](<%s>)\n\n", strings.TrimSuffix(picture, ".png"), picture)
	}
}

func (i *index) write() error {
	entries, err := os.ReadDir(i.out)
	if err != nil {
		return err
	}
	papers := "## Papers\n\n"
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".png" && entry.Name() != "tour.md" {
			papers += fmt.Sprintf("- [%s](<%s>)\n", entry.Name(), entry.Name())
		}
	}
	text := "# The tour\n\nThe whole yearly job in the real window, by mouse and keyboard (`make tour`). The stored data was checked after each step.\n\n" + i.text.String() + papers
	return os.WriteFile(filepath.Join(i.out, "tour.md"), []byte(text), 0o644)
}
