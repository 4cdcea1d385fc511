//go:build e2e

// Package e2e tests the built program in its real window: the tour of the whole job, and mistakes.
package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"peixun/e2e/journey"
)

// TestTour walks the whole job.
func TestTour(t *testing.T) { walk(t, journey.Steps()) }

// TestMistakes does everything wrong and checks that nothing changed.
func TestMistakes(t *testing.T) { walk(t, journey.Mistakes()) }

// TestWaysBack takes an order every way back.
func TestWaysBack(t *testing.T) { walk(t, journey.WaysBack()) }

// TestPaying takes orders through the three ways of paying.
func TestPaying(t *testing.T) { walk(t, journey.Paying()) }

// walk takes steps that build on each other on a fresh data folder. PEIXUN_E2E_OUT keeps the pictures.
func walk(t *testing.T, steps []journey.Step) {
	program, err := filepath.Abs("../bin/peixun-e2e")
	if err != nil {
		t.Fatal(err)
	}
	if given := os.Getenv("PEIXUN_E2E_PROGRAM"); given != "" {
		program = given
	}
	out := t.TempDir()
	if kept := os.Getenv("PEIXUN_E2E_OUT"); kept != "" {
		out = filepath.Join(kept, t.Name())
	}
	j, err := journey.New(journey.Options{Binary: program, Out: out, Home: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, step := range steps {
		if !t.Run(step.Name, func(t *testing.T) {
			if err := j.Do(step); err != nil {
				t.Fatal(err)
			}
		}) {
			break
		}
	}
}
