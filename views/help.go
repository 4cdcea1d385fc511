package views

import (
	"strings"

	"peixun/assets"
	"peixun/views/theme"
	"peixun/views/ui"
)

// help shows what the help text says of the screen that is open, or of the beginning where nobody is logged in.
func (w *Window) help() {
	if w.helping != nil && w.helping.Shown() {
		return
	}
	page := "登录"
	if w.frame != nil {
		page = string(w.frame.page)
	}
	paragraphs := ui.Column(8)
	for _, line := range helpOn(assets.Help, page) {
		paragraphs.Add(ui.NewParagraph(line, theme.Text))
	}
	dialog := ui.NewDialog(w.window, "帮助："+page)
	dialog.Width = 600
	dialog.Body = paragraphs
	dialog.NoCancel = true
	dialog.SetDefault("知道了", nil)
	dialog.Show()
	w.helping = dialog
}

// helpOn takes the paragraphs under a page's heading out of the help text.
func helpOn(text, page string) []string {
	var found []string
	inside := false
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "# "):
			inside = line == "# "+page
		case inside && line != "":
			found = append(found, line)
		}
	}
	return found
}
