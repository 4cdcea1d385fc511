package importer

import (
	"testing"

	"peixun/app/apptest"
)

func TestLooks(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 20)
	s := newStand(t, a, false)
	s.shot("import-choose")
	path := sheet(t, "2022年学员名单-人事科.csv", roster(220)...)
	s.screen.Enter(path)
	s.screen.preview.table.Open(3)
	s.shot("import-preview")
	s.screen.preview.tabs.SetSelected(tabUpdated)
	s.screen.preview.choose(tabUpdated)
	s.shot("import-updated")
	s.press("button", "查看")
	s.shot("import-mapping")
	s.press("button", "知道了")
	s.screen.preview.tabs.SetSelected(tabFailed)
	s.screen.preview.choose(tabFailed)
	s.press("checkbox", "新建不存在的机构")
	s.shot("import-create")
	s.screen.stepBack(stepChoose)
	s.shot("import-back")
	s.screen.stepBack(stepPreview)
	s.screen.show(stepConfirm)
	s.shot("import-confirm")
	s.screen.commit()
	s.shot("import-result")
	s = newSizedStand(t, apptest.New(t), false, 1520, 920, true)
	s.screen.Enter(path)
	s.shot("import-dark-wide")
	s = newSizedStand(t, apptest.New(t), false, 824, 600, false)
	s.screen.Enter(path)
	s.shot("import-small")
	s = newStand(t, a, true)
	s.shot("hours-choose")
}
