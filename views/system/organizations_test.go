package system

import (
	"context"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/views/desk/desktest"
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
