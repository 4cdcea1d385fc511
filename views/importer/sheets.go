package importer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/views/ui"
)

// otherSheets names the sheets of a workbook, beside those that are known already, whose headers are the form's too. What cannot be read is
// passed over: it is told when somebody chooses it.
func (s *Screen) otherSheets(ctx context.Context, path string, known []string) []string {
	sheets, err := s.service.SheetsOf(ctx, path)
	if err != nil || len(sheets) < 2 {
		return nil
	}
	matcher := s.kind.form.Matcher()
	var others []string
	for _, sheet := range sheets {
		if slices.Contains(known, sheet.Name) || sheet.Hidden {
			continue
		}
		head, err := s.service.SheetHead(ctx, path, sheet.Name, headRows)
		if err != nil {
			continue
		}
		for at, row := range head {
			columns := matcher.Map(row.Texts)
			fits := !slices.ContainsFunc(s.kind.form.Identity, func(key string) bool { return columns[s.kind.form.Column(key)] < 0 })
			if fits && at < len(head)-1 { // with somebody below
				others = append(others, sheet.Name)
				break
			}
		}
	}
	return others
}

// otherSheets says that the workbook holds more people than this sheet does.
func (b *banner) otherSheets() fyne.CanvasObject {
	s := b.preview.screen
	if len(s.others) == 0 {
		return nil
	}
	words := fmt.Sprintf("文件里还有 %d 张名单：“%s”。现在只导入“%s”，导入后可以接着导入。", len(s.others), strings.Join(s.others, "”“"), s.plan.Heading.Sheet)
	next := s.others[0]
	return ui.NewNote(ui.TonePrimary, "", words, ui.NewButton("先看“"+next+"”", "", func() { s.readSheet(next) }))
}

// readSheet reads another sheet of the workbook in hand.
func (s *Screen) readSheet(name string) {
	options := s.fileOptions()
	options.Sheet = name
	s.readWith(s.path, options)
}
