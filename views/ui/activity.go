package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// lastInput is when a person last did something in the program. Everything that takes the pointer or the keyboard tells of it.
var lastInput = time.Now()

// touched notes that a person is there.
func touched() { lastInput = time.Now() }

// LastInput tells when a person last typed, clicked, scrolled or moved the pointer over something.
func LastInput() time.Time { return lastInput }

// CloseOverlays takes away every dialog and menu of a window without an answer, as when the program is locked.
func CloseOverlays(c fyne.Canvas) {
	hideTooltip(nil)
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		c.Overlays().Remove(top)
	}
}
