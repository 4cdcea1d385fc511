package views

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"peixun/views/desk"
	"peixun/views/ui"
)

// One group of the navigation is open at a time; where one is can always be seen.
func TestNavigationUnfoldsOneGroup(t *testing.T) {
	test.NewTempApp(t)
	f := &Frame{items: map[desk.Page]*ui.NavItem{}}
	f.content = f.navigation()
	groupOf := func(page desk.Page) *navGroup {
		return f.groups[slices.IndexFunc(f.groups, func(group *navGroup) bool { return slices.Contains(group.pages, page) })]
	}
	for _, c := range []struct {
		step string
		do   func()
		want string
	}{
		{"a page of a group", func() { f.mark(desk.Ledger) }, "学员缴费管理 open, 充值明细"},
		{"another group", groupOf(desk.Log).item.OnTapped, "系统管理 open, 学员缴费管理"},
		{"folding it", groupOf(desk.Log).item.OnTapped, "学员缴费管理"},
		{"a page of another group", func() { f.mark(desk.Log) }, "系统管理 open, 操作日志"},
		{"a page without a group", func() { f.mark(desk.Home) }, "系统管理 open, 首页"},
		{"a page that stands under another", func() { f.mark(desk.OrderDetails) }, "对账管理 open, 银行转账凭证"},
	} {
		c.do()
		var seen []string
		for _, group := range f.groups {
			if group.item.Open() == group.lines.Hidden {
				t.Errorf("%s: %s has its lines the wrong way round", c.step, group.item.Label)
			}
			if group.item.Open() {
				seen = append(seen, group.item.Label+" open")
			}
		}
		for _, group := range f.groups {
			if group.item.Active() {
				seen = append(seen, group.item.Label)
			}
		}
		for page, item := range f.items {
			if group := slices.IndexFunc(f.groups, func(group *navGroup) bool { return slices.Contains(group.pages, page) }); item.Active() && (group < 0 || f.groups[group].item.Open()) {
				seen = append(seen, string(page))
			}
		}
		if got := strings.Join(seen, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", c.step, got, c.want)
		}
	}
}
