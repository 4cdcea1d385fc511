package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// secretTime is how long something personal stays on the clipboard.
const secretTime = time.Minute

// afterSecretTime calls later; tests replace it.
var afterSecretTime = func(clear func()) { time.AfterFunc(secretTime, func() { fyne.Do(clear) }) }

// Personal tells whether a text holds somebody's number; the program says how it knows one. Without it nothing is personal but what
// CopySecret copies.
var Personal = func(string) bool { return false }

// secret is what the program put on the clipboard last that must not stay there, or "".
var secret string

// Copy puts a text on the clipboard. What holds somebody's number is cleared as CopySecret does.
func Copy(text string) {
	if Personal(text) {
		CopySecret(text)
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(text)
}

// CopySecret copies what is personal, such as an account or a recovery key, and clears the clipboard after a minute unless something
// else was copied since.
func CopySecret(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	watchSecret(text)
}

func watchSecret(text string) {
	secret = text
	afterSecretTime(func() {
		if secret == text {
			ClearSecret()
		}
	})
}

// ClearSecret takes off the clipboard what the program put there that is personal, if it still stands there: when the minute is over, when
// the program is locked and when it ends.
func ClearSecret() {
	if secret == "" {
		return
	}
	if clipboard := fyne.CurrentApp().Clipboard(); clipboard.Content() == secret {
		clipboard.SetContent("")
	}
	secret = ""
}

// noteCopied looks at what a field put on the clipboard.
func noteCopied() {
	if text := fyne.CurrentApp().Clipboard().Content(); text != "" && Personal(text) {
		watchSecret(text)
	}
}
