package views

import (
	"slices"
	"strings"
	"testing"

	"peixun/assets"
	"peixun/views/desk"
)

// helpLogin is the section for whoever is not logged in.
const helpLogin = "登录"

func TestEveryPageHasHelp(t *testing.T) {
	pages := []desk.Page{helpLogin}
	for _, entry := range menu {
		pages = append(pages, entry.pages...)
	}
	for page := range entryOf {
		pages = append(pages, page)
	}
	for _, page := range pages {
		if len(helpOn(assets.Help, string(page))) == 0 {
			t.Errorf("assets/help.txt has no section %s", page)
		}
	}
	for line := range strings.Lines(assets.Help) {
		heading, found := strings.CutPrefix(strings.TrimSpace(line), "# ")
		if found && !slices.Contains(pages, desk.Page(heading)) {
			t.Errorf("assets/help.txt has a section %s, which no page shows", heading)
		}
	}
}
