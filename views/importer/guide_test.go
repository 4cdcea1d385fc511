package importer

import (
	"testing"

	"peixun/app/apptest"
)

func TestTheGuideTellsHowASheetIsFilledIn(t *testing.T) {
	for _, hours := range []bool{false, true} {
		s := newStand(t, apptest.New(t), hours)
		s.Press("button", "看填写说明")
		s.Must("必填")
		for _, column := range s.screen.kind.form.Columns[:5] {
			s.Must(column.Header)
		}
		s.Picture("import-guide-" + s.screen.kind.form.Key)
		s.Press("button", "知道了")
		s.Must("选择文件…")
	}
}
