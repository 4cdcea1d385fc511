package system

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
	"peixun/views/ui"
)

// wards is a unit with 院本部 over 骨科 and 急诊科, and 社区服务站 beside it.
func wards(t *testing.T, a *app.App) map[string]int64 {
	t.Helper()
	ctx := context.Background()
	tree, err := a.Organizations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]int64{"": tree.Root().ID}
	for _, one := range [][2]string{{"", "院本部"}, {"院本部", "骨科"}, {"院本部", "急诊科"}, {"", "社区服务站"}} {
		if keys[one[1]], err = a.SaveOrganization(ctx, data.Organization{ParentID: keys[one[0]], Name: one[1]}); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

func TestAnOrganizationTakesItsLowerOnesAlong(t *testing.T) {
	a := apptest.New(t)
	keys := wards(t, a)
	s := desktest.New(t, a, desktest.Width, desktest.Height, false)
	screen := NewOrganizations(s.Desk, a)
	s.Enter(screen, nil)
	screen.openAgain(keys["院本部"])
	var offered []string
	for _, option := range screen.elsewhere(screen.chosen()) {
		offered = append(offered, option.Text)
	}
	if len(offered) != 2 || offered[1] != "社区服务站" {
		t.Errorf("院本部 can be put under %q", offered)
	}
	if got := screen.carried(screen.chosen()); got != "2 个下级机构、0 名启用学员" {
		t.Errorf("it carries %q", got)
	}
}

func TestOrganizationsMoveAndMerge(t *testing.T) {
	h := apptest.NewHospital(t, 12)
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, false)
	screen := NewOrganizations(s.Desk, h.App)
	s.Enter(screen, nil)
	open := func(name string) {
		t.Helper()
		for row, one := range screen.tree.List() {
			if one.Name == name {
				screen.table.Open(row)
				return
			}
		}
		t.Fatalf("no %q in %v", name, screen.tree.List())
	}
	if got := screen.people[screen.tree.Root().ID]; got != 12 {
		t.Errorf("%d people in the unit", got)
	}
	open("骨科")
	s.Picture("organizations-chosen")
	for _, option := range screen.elsewhere(screen.chosen()) {
		if option.Text == "骨科" {
			t.Error("骨科 can be moved below itself")
		}
	}
	screen.askPlace()
	s.Picture("organization-move")
	s.Tap("button", "移动")
	s.Shows("移动机构") // nothing was chosen: the dialog stays
	screen.choice.SetKeys(key(h.Departments["急诊科"]))
	s.Tap("button", "移动")
	tree, err := h.Organizations(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if o, _ := tree.Get(h.Departments["骨科"]); o.Path != "急诊科/骨科" || screen.chosen().ID != o.ID {
		t.Errorf("骨科 is at %q, chosen is %q", o.Path, screen.chosen().Name)
	}
	s.Tap("button", "撤销")
	if o := screen.chosen(); o.Path != "骨科" {
		t.Errorf("taken back, it is at %q", o.Path)
	}
	people := screen.people[h.Departments["骨科"]] + screen.people[h.Departments["护理部"]]
	open("骨科")
	screen.askMerge()
	screen.choice.SetKeys(key(h.Departments["护理部"]))
	s.Picture("organization-merge")
	s.Tap("button", "合并")
	if _, there := screen.tree.Get(h.Departments["骨科"]); there || screen.people[h.Departments["护理部"]] != people {
		t.Errorf("护理部 has %d people after the merge, want %d", screen.people[h.Departments["护理部"]], people)
	}
	s.Tap("button", "撤销")
	if _, there := screen.tree.Get(h.Departments["骨科"]); !there {
		t.Error("the merge was not taken back")
	}
}

func TestOrganizationsAreWorkedByKeys(t *testing.T) {
	h := apptest.NewHospital(t, 12)
	s := desktest.New(t, h.App, desktest.Width, desktest.Height, false)
	screen := NewOrganizations(s.Desk, h.App)
	s.Enter(screen, nil)
	row := 0
	for place, one := range screen.tree.List() {
		if one.Name == "骨科" {
			row = place
		}
	}
	screen.table.Focus()
	screen.table.MoveTo(row, "name")
	screen.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	s.Shows("“骨科”还不能删除")
	s.Picture("organization-used")
	s.Tap("button", "关闭")
	screen.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyInsert})
	s.Shows("在“骨科”下面新建。")
	s.Window.Canvas().Focused().(interface{ SetText(string) }).SetText("一病区")
	s.Tap("button", "新建")
	if o := screen.chosen(); o.Path != "骨科/一病区" {
		t.Errorf("made and chosen %q", o.Path)
	}
	screen.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	screen.table.MoveTo(row, "name")
	screen.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	s.Window.Canvas().Focused().(interface{ SetText(string) }).SetText("骨一科")
	s.Tap("button", "改名")
	tree, _ := h.Organizations(context.Background())
	if o, _ := tree.Get(h.Departments["骨科"]); o.Name != "骨一科" {
		t.Errorf("renamed to %q", o.Name)
	}
	takeBackLast(s)
	tree, _ = h.Organizations(context.Background())
	if o, _ := tree.Get(h.Departments["骨科"]); o.Name != "骨科" {
		t.Errorf("after the undo it is %q", o.Name)
	}
}

// takeBackLast clicks 撤销 on the newest toast.
func takeBackLast(s *desktest.Stand) {
	s.T.Helper()
	var last ui.SeenWidget
	for _, seen := range ui.InspectCanvas(s.Window.Canvas()) {
		if seen.Kind == "button" && seen.Text == "撤销" && seen.Y > last.Y {
			last = seen
		}
	}
	test.TapCanvas(s.Window.Canvas(), fyne.NewPos(float32(last.X+last.Width/2), float32(last.Y+last.Height/2)))
}
