package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/views/theme"
)

// minutes collects what is to be done when the minute of a copied secret is over.
func minutes(t *testing.T) *[]func() {
	t.Helper()
	newWindow(t, NewText("", theme.Text), 100, 100)
	var later []func()
	was, knew := afterSecretTime, Personal
	afterSecretTime = func(clear func()) { later = append(later, clear) }
	Personal = func(text string) bool { return strings.Contains(text, "19900307") }
	t.Cleanup(func() { afterSecretTime, Personal, secret = was, knew, "" })
	return &later
}

func clipboard() fyne.Clipboard { return fyne.CurrentApp().Clipboard() }

func TestSecretLeavesTheClipboardAfterAMinute(t *testing.T) {
	later := minutes(t)
	CopySecret("330101201900556678")
	(*later)[0]()
	if got := clipboard().Content(); got != "" {
		t.Errorf("the clipboard still holds %q", got)
	}
	CopySecret("330101201900556678")
	clipboard().SetContent("别的")
	(*later)[1]()
	if got := clipboard().Content(); got != "别的" {
		t.Errorf("what was copied since was cleared: %q", got)
	}
}

func TestOnlyWhatIsPersonalLeavesTheClipboard(t *testing.T) {
	later := minutes(t)
	Copy("JF-2022-0001")
	if len(*later) != 0 {
		t.Error("an order's number is to be cleared")
	}
	Copy("陈若溪\t110101199003070011")
	(*later)[0]()
	if got := clipboard().Content(); got != "" {
		t.Errorf("the clipboard still holds %q", got)
	}
	// The first copy's minute is over while a second one is fresh: it stays for its own minute.
	Copy("110101199003070011")
	Copy("110101199003070038")
	(*later)[1]()
	if got := clipboard().Content(); got != "110101199003070038" {
		t.Errorf("the second copy was cut short: %q", got)
	}
	ClearSecret()
	if got := clipboard().Content(); got != "" {
		t.Errorf("after the lock the clipboard holds %q", got)
	}
	clipboard().SetContent("110101199003070011")
	ClearSecret()
	if got := clipboard().Content(); got == "" {
		t.Error("what another program copied was cleared")
	}
}

func TestNumberCopiedFromAFieldLeavesTheClipboard(t *testing.T) {
	later := minutes(t)
	field := NewField("")
	window := newWindow(t, field, 300, 60)
	field.Focus()
	test.Type(window.Canvas().Focused(), "110101199003070011")
	field.SelectAll()
	window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard()})
	if got := clipboard().Content(); got != "110101199003070011" {
		t.Fatalf("copied %q", got)
	}
	if len(*later) != 1 {
		t.Fatal("nothing will clear it")
	}
	(*later)[0]()
	if got := clipboard().Content(); got != "" {
		t.Errorf("the clipboard still holds %q", got)
	}
}

// TestNothingElseWritesTheClipboard keeps every copy on the one way that clears what is personal.
func TestNothingElseWritesTheClipboard(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, entry os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || filepath.Base(path) == "copied.go" {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), "Clipboard().SetContent") {
			t.Errorf("%s writes the clipboard past ui.Copy", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
