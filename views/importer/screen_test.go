package importer

import (
	"testing"

	"peixun/app/apptest"
)

func TestLooks(t *testing.T) {
	a := apptest.New(t)
	stock(t, a, 20)
	s := newStand(t, a, false)
	s.Picture("import-choose")
	path := sheet(t, "2022年学员名单-人事科.csv", roster(220)...)
	s.screen.Enter(path)
	s.screen.preview.table.Open(3)
	s.Picture("import-preview")
	s.screen.preview.tabs.SetSelected(tabUpdated)
	s.screen.preview.choose(tabUpdated)
	s.Picture("import-updated")
	s.Press("button", "调整")
	s.Picture("import-mapping")
	s.Press("button", "取消")
	s.screen.preview.tabs.SetSelected(tabFailed)
	s.screen.preview.choose(tabFailed)
	s.Press("button", "新建“骨科病房”")
	s.Picture("import-create")
	s.screen.stepBack(stepChoose)
	s.Picture("import-back")
	s.screen.stepBack(stepPreview)
	s.screen.show(stepConfirm)
	s.Picture("import-confirm")
	s.screen.commit()
	s.Picture("import-result")
	s = newSizedStand(t, apptest.New(t), false, 1520, 920, true)
	s.screen.Enter(path)
	s.Picture("import-dark-wide")
	s = newSizedStand(t, apptest.New(t), false, 824, 600, false)
	s.screen.Enter(path)
	s.Picture("import-small")
	s = newStand(t, a, true)
	s.Picture("hours-choose")
}
