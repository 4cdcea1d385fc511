// Package arrows keeps the house's arrows in one direction: main → views → app → data/* → data → assets.
package arrows

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "peixun"

// rules say what each package may import of ours, the first fitting line counts; * stands for one name. No line: nothing of ours.
var rules = []struct{ from, to string }{
	{".", "app app/cli views views/locale views/theme data assets"},
	{"views", "views/* app data assets"},
	{"views/theme", "assets"},
	{"views/locale", ""},
	{"views/ui", "views/theme assets"},
	{"views/desk", "views/ui views/theme app data assets"},
	{"views/desk/desktest", "views/desk views/ui views/theme app data assets"},
	{"views/preview", "views/ui views/theme views/desk app data"},
	{"views/*", "views/ui views/theme views/desk views/preview app data assets"},
	{"app", "app/printing data data/backup data/bundle data/einvoice data/excel data/letter data/mail data/pdf data/picture data/receipt data/search data/sqlite data/vault assets"},
	{"app/cli", "app data"},
	{"app/printing", "data"},
	{"app/apptest", "app data data/datatest data/vault"},
	{"data", "assets"},
	{"data/datatest", "data data/sqlite data/vault assets"},
	{"data/search", "data"},
	{"data/*", "data data/search data/vault assets"},
	{"e2e", "e2e/* assets"},
	{"e2e/*", "e2e/* assets"},
}

// inTests may be imported by every test besides.
const inTests = "data data/* app/apptest views/desk/desktest"

// ours tells of a package of this module whether another may import it.
func ours(from, to string, test bool) bool {
	if from == to || test && anyFits(inTests, to) {
		return true
	}
	for _, rule := range rules {
		if fits(rule.from, from) {
			return anyFits(rule.to, to)
		}
	}
	return false
}

// keepers are the only packages that know certain libraries; * stands for one name, … for anything below.
var keepers = []struct{ library, by string }{
	{"fyne.io/fyne/v2/app", "."},
	{"fyne.io/…", ". views views/* views/desk/desktest"},
	{"database/sql", "data/sqlite data/datatest"},
	{"modernc.org/…", "data/sqlite data/datatest"},
	{"github.com/xuri/excelize/…", "data/excel"},
	{"github.com/jung-kurt/gofpdf", "data/letter"},
	{"github.com/makiuchi-d/gozxing/…", "data/letter"},
	{"github.com/klippa-app/…", "data/pdf"},
	{"github.com/tetratelabs/…", "data/pdf"},
	{"golang.org/x/crypto/…", "data/vault"},
	{"net", ""}, // the program opens no connection of its own
	{"net/http", ""},
}

// theirs tells of a library whether a package may import it. Tests and e2e look at things from outside and may use any but a window.
func theirs(from, library string, test bool) bool {
	outside := test || from == "e2e" || strings.HasPrefix(from, "e2e/")
	for _, keeper := range keepers {
		below, any := strings.CutSuffix(keeper.library, "…")
		if library == keeper.library || any && strings.HasPrefix(library, below) {
			return anyFits(keeper.by, from) || outside && library != "fyne.io/fyne/v2/app"
		}
	}
	return true
}

func anyFits(patterns, name string) bool {
	for _, pattern := range strings.Fields(patterns) {
		if fits(pattern, name) {
			return true
		}
	}
	return false
}

func fits(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// allowed judges one import line of a file in a folder, both relative to the module's root.
func allowed(folder, file, imported string) bool {
	test := strings.HasSuffix(file, "_test.go")
	if imported == "fyne.io/fyne/v2/app" {
		return folder == "." && file == "main.go"
	}
	if imported == "net" && strings.HasSuffix(file, "_e2e.go") { // only in the build for end-to-end tests
		return true
	}
	if imported == module {
		return false
	}
	if to, inside := strings.CutPrefix(imported, module+"/"); inside {
		return ours(folder, to, test)
	}
	return theirs(folder, imported, test)
}

func TestEveryImportFollowsAnArrow(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() && name != ".." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "bin" || base == "out") {
			return fs.SkipDir
		}
		if entry.IsDir() || filepath.Ext(base) != ".go" {
			return nil
		}
		relative, err := filepath.Rel("..", name)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(relative))
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files++
		for _, line := range parsed.Imports {
			imported, err := strconv.Unquote(line.Path.Value)
			if err != nil {
				return err
			}
			if !allowed(folder, base, imported) {
				t.Errorf("%s imports %s against the arrows main → views → app → data/* → data → assets", relative, imported)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("only %d files were read: this is not the module's root", files)
	}
}

func TestArrows(t *testing.T) {
	for _, c := range []struct {
		folder, file, imported string
		want                   bool
	}{
		{".", "main.go", "peixun/views", true},
		{".", "main.go", "fyne.io/fyne/v2/app", true},
		{".", "main.go", "peixun/data/sqlite", false},
		{".", "other.go", "fyne.io/fyne/v2/app", false},
		{"views", "window.go", "fyne.io/fyne/v2/app", false},
		{"views", "window_test.go", "fyne.io/fyne/v2/app", false},
		{"views", "window.go", "peixun/views/trainees", true},
		{"views/trainees", "screen.go", "peixun/views/ui", true},
		{"views/trainees", "screen.go", "peixun/app", true},
		{"views/trainees", "screen.go", "peixun/views/orders", false},
		{"views/trainees", "screen_test.go", "peixun/views/orders", false},
		{"views/trainees", "screen.go", "peixun/views", false},
		{"views/trainees", "screen.go", "peixun/data/sqlite", false},
		{"views/trainees", "screen.go", "peixun/data/excel", false},
		{"views/trainees", "screen.go", "peixun/app/apptest", false},
		{"views/trainees", "screen_test.go", "peixun/app/apptest", true},
		{"views/trainees", "screen.go", "peixun/app/cli", false},
		{"views/ui", "table.go", "peixun/app", false},
		{"views/ui", "table.go", "peixun/data", false},
		{"app", "orders.go", "peixun/views", false},
		{"app", "orders.go", "peixun/views/ui", false},
		{"app", "orders.go", "peixun/data/sqlite", true},
		{"app", "orders.go", "peixun/data/datatest", false},
		{"app", "orders.go", "fyne.io/fyne/v2", false},
		{"app", "orders.go", "database/sql", false},
		{"app", "orders.go", "github.com/xuri/excelize/v2", false},
		{"app/cli", "cli.go", "peixun/app", true},
		{"app/cli", "cli.go", "peixun/data/sqlite", false},
		{"app", "app.go", "peixun/app/cli", false},
		{"data/sqlite", "store.go", "peixun/data/vault", true},
		{"data/sqlite", "store.go", "peixun/data/excel", false},
		{"data/sqlite", "store.go", "peixun/app", false},
		{"data/excel", "open.go", "peixun/data/sqlite", false},
		{"data", "order.go", "peixun/data/vault", false},
		{"data", "order.go", "peixun/assets", true},
		{"assets", "fonts.go", "peixun/data", false},
		{"data", "order.go", "net/http", false},
		{"app", "app.go", "net", false},
		{"views/ui", "inspect_e2e.go", "net", true},
		{"e2e/papers", "roster.go", "github.com/xuri/excelize/v2", true},
		{"e2e/tour", "main.go", "peixun/app", false},
		{"app", "orders.go", "peixun/e2e/driver", false},
		{"somewhere/new", "x.go", "peixun/data", false},
	} {
		if got := allowed(c.folder, c.file, c.imported); got != c.want {
			t.Errorf("%s/%s → %s: allowed = %t", c.folder, c.file, c.imported, got)
		}
	}
}
