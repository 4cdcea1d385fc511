package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// secretTime is how long a copied account or telephone number stays on the clipboard.
const secretTime = time.Minute

// afterSecretTime calls later; tests replace it.
var afterSecretTime = func(clear func()) { time.AfterFunc(secretTime, func() { fyne.Do(clear) }) }

// CopySecret copies what is personal, such as an account or a mobile, and clears the clipboard after a minute unless something else was
// copied since.
func CopySecret(text string) {
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent(text)
	afterSecretTime(func() {
		if clipboard.Content() == text {
			clipboard.SetContent("")
		}
	})
}
