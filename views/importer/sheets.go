package importer

import (
	"fmt"
	"peixun/data"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/views/ui"
)

// others are the sheets of the workbook in hand, beside this one and those that were imported, that answer to the form and hold somebody.
func (s *Screen) others() []data.SheetInfo {
	return slices.DeleteFunc(slices.Clone(s.book), func(sheet data.SheetInfo) bool {
		return sheet.Name == s.plan.Heading.Sheet || slices.Contains(s.stored, sheet.Name) || sheet.Hidden || !sheet.Fits || sheet.Rows == 0
	})
}

// otherSheets says that the workbook holds more people than this sheet does.
func (b *banner) otherSheets() fyne.CanvasObject {
	s := b.preview.screen
	others := s.others()
	if len(others) == 0 {
		return nil
	}
	named := make([]string, len(others))
	for place, sheet := range others {
		named[place] = fmt.Sprintf("“%s”%s", sheet.Name, rowsWords(sheet.Rows))
	}
	words := fmt.Sprintf("文件里还有 %d 张名单：%s。现在只导入“%s”，导入后可以接着导入。", len(others), strings.Join(named, "、"), s.plan.Heading.Sheet)
	next := others[0].Name
	return ui.NewNote(ui.TonePrimary, "", words, ui.NewButton("先看“"+next+"”", "", func() { s.readSheet(next) }))
}

// readSheet reads another sheet of the workbook in hand.
func (s *Screen) readSheet(name string) {
	options := s.fileOptions()
	options.Sheet = name
	s.readWith(s.path, options)
}
