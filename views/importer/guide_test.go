package importer

import (
	"testing"

	"peixun/app/apptest"
)

func TestTheGuideTellsHowASheetIsFilledIn(t *testing.T) {
	for _, hours := range []bool{false, true} {
		s := newStand(t, apptest.New(t), hours)
		s.press("button", "看填写说明")
		s.must("必填")
		for _, column := range s.screen.kind.form.Columns[:5] {
			s.must(column.Header)
		}
		s.Picture("import-guide-" + s.screen.kind.form.Key)
		s.press("button", "知道了")
		s.must("选择文件…")
	}
}
