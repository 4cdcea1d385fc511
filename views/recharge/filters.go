package recharge

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// filters are the manual's six conditions for people.
type filters struct {
	content                  fyne.CanvasObject
	username, name, idNumber *ui.Field
	organizations, payers    *ui.Picker
	from, to                 *ui.Field
	charged                  *ui.Select // whether recharged, and for which plan
	changed                  func()
}

func newFilters(changed func()) *filters {
	f := &filters{changed: changed}
	f.username, f.name, f.idNumber = f.field("用户名", 112), f.field("姓名", 104), f.field("身份证号码", 132)
	f.organizations, f.payers = f.picker("组织机构", 184), f.picker("缴费机构", 128)
	f.from, f.to = f.amount("0.00"), f.amount("不限")
	f.charged = ui.NewSelect("充值情况")
	f.charged.Width = 136
	f.charged.OnChanged = func(string) { changed() }
	clear := ui.NewLink("清除条件", func() { f.clear(); changed() })
	search := ui.NewButton("查询", "search", changed)
	rest := ui.Row(8, ui.NewText("账户余额", theme.Secondary), f.from, ui.NewText("–", theme.Secondary), f.to, ui.Gap(0), f.charged, ui.Space(), clear, ui.Gap(0), search)
	f.content = ui.Ground(theme.Surface, ui.Column(0, ui.Pad(16, 6, 16, 6, ui.WrapRow(8, 6, f.username, f.name, f.idNumber, f.organizations, f.payers, ui.Wide(rest))), ui.NewLine()))
	return f
}

func (f *filters) field(placeholder string, width float32) *ui.Field {
	field := ui.NewField(placeholder)
	field.Width = width
	field.OnSubmitted = func(string) { f.changed() }
	return field
}

func (f *filters) amount(placeholder string) *ui.Field {
	field := ui.NewField(placeholder)
	field.Width = 80
	field.OnSubmitted = func(string) { f.changed() }
	field.OnChanged = func(text string) {
		_, ok := readBound(text)
		field.SetBad(!ok)
	}
	return field
}

func (f *filters) picker(placeholder string, width float32) *ui.Picker {
	picker := ui.NewPicker(placeholder)
	picker.Multiple, picker.Clearable = true, true
	picker.Width = width
	picker.OnChanged = func([]string) { f.changed() }
	return picker
}

func (f *filters) clear() {
	for _, field := range []*ui.Field{f.username, f.name, f.idNumber, f.from, f.to} {
		field.SetText("")
	}
	f.organizations.SetKeys()
	f.payers.SetKeys()
	f.charged.SetKey("")
}

// setPlans offers 已充 and 未充 for every plan.
func (f *filters) setPlans(plans []data.Plan) {
	options := []ui.Option{{Key: "", Text: "全部学员"}}
	for _, plan := range plans {
		for place, state := range []data.ChargeState{data.Uncharged, data.Charged} {
			options = append(options, ui.Option{Key: fmt.Sprintf("%d %s", plan.ID, state), Text: fmt.Sprintf("%d年%s", plan.Year, state), Separated: place == 0})
		}
	}
	f.charged.SetOptions(options...)
}

// setOrganizations offers the tree for both choices.
func (f *filters) setOrganizations(tree data.OrganizationTree) {
	options := desk.OrganizationOptions(tree)
	f.organizations.SetOptions(options...)
	f.payers.SetOptions(options...)
}

// query gives what the filters ask for; a bound that is no amount is left out, its frame is red.
func (f *filters) query() data.TraineeQuery {
	q := data.TraineeQuery{
		Username: strings.TrimSpace(f.username.Text()), Name: strings.TrimSpace(f.name.Text()), IDNumber: strings.TrimSpace(f.idNumber.Text()),
		OrganizationIDs: keys(f.organizations), PayerIDs: keys(f.payers),
	}
	fmt.Sscan(f.charged.Key(), &q.PlanID, &q.Charged)
	q.BalanceFrom, _ = readBound(f.from.Text())
	q.BalanceTo, _ = readBound(f.to.Text())
	return q
}

func keys(picker *ui.Picker) []int64 {
	var ids []int64
	for _, key := range picker.Keys() {
		if id, err := strconv.ParseInt(key, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// readBound reads an end of the balance's range: nil where there is none. Unlike a payment it may be 0.
func readBound(text string) (bound *data.Money, ok bool) {
	if strings.TrimSpace(text) == "" {
		return nil, true
	}
	amount, err := data.ParseMoney(text)
	if problem, wrong := data.AsProblem(err); wrong && problem.Code != "money-zero" {
		return nil, false
	}
	return &amount, true
}
