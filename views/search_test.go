package views

import (
	"testing"

	"peixun/views/desk"
)

func TestPagesAreFoundByWordsPinyinAndInitials(t *testing.T) {
	for _, c := range []struct {
		text string
		want desk.Page
	}{
		{"学员缴费", desk.Recharge}, {"xyjf", desk.Recharge}, {"XYJF", desk.Recharge}, {"xueyuan jiaofei", desk.Recharge},
		{"yhzzpz", desk.Orders}, {"zzpz", desk.Orders}, {"yinhangzhuan", desk.Orders}, {"yhls", desk.Statements}, {"czmx", desk.Ledger},
		{"czxyjfgl", ""}, {"xuexiao", ""}, {"drxy", desk.ImportRoster}, {"bphp", desk.Submissions}, {"xtgl", desk.Settings}, {"sz", desk.Settings},
	} {
		found := desk.Page("")
		for _, one := range new(search).pages(c.text) {
			if desk.Page(one.text) == c.want {
				found = c.want
			} else if c.want == "" {
				t.Errorf("%q finds %s", c.text, one.text)
			}
		}
		if found != c.want {
			t.Errorf("%q does not find %s", c.text, c.want)
		}
	}
}
