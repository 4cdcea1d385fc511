package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data/datatest"
	"peixun/views/desk/desktest"
)

// BenchmarkLargePreview times what the preview of 100,000 rows does on the user interface thread: nothing else may make it stutter.
func BenchmarkLargePreview(b *testing.B) {
	const rows = 100_000
	var text strings.Builder
	text.WriteString("姓名,身份证号,手机号,组织机构\n")
	for i := range rows {
		mobile, place := datatest.Mobile(i), ""
		if i%97 == 8 {
			mobile = ""
		}
		if i%50 == 7 {
			place = "骨科病房"
		}
		fmt.Fprintf(&text, "%s,%s,%s,%s\n", datatest.Name(i), datatest.IDNumber(i), mobile, place)
	}
	path := filepath.Join(b.TempDir(), "名单.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	shown := desktest.New(b, apptest.New(b), desktest.Width, desktest.Height, false)
	screen := NewRoster(shown.Desk, shown.App)
	shown.Enter(screen, path)
	p := screen.preview
	found := judged{p.plan, p.tree, p.unplaced}
	for name, work := range map[string]func(){
		"a decision":  func() { p.set(found, true) },
		"another tab": func() { p.choose(tabWarned); p.choose(tabNew) },
		"tick all":    func() { p.choose(tabNew); p.table.TickAll() },
		"untick":      func() { p.table.ClearTicks() },
		"scroll":      func() { p.table.ScrollToRow(90_000); p.table.ScrollToRow(10) },
	} {
		b.Run(name, func(b *testing.B) {
			p.choose(tabNew)
			for b.Loop() {
				work()
			}
		})
	}
}
