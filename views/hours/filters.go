package hours

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

// filters are the conditions of the list.
type filters struct {
	content              fyne.CanvasObject
	text                 *ui.Field
	plan, category, form *ui.Select
	only                 *ui.Select
	organization         *ui.Picker
	from, to             *ui.DateField
	changed              func()
	silent               bool
	planID               int64 // 0 for every plan
}

func newFilters(changed func()) *filters {
	f := &filters{}
	f.changed = func() {
		if !f.silent {
			changed()
		}
	}
	f.text = ui.NewSearchField("姓名、培训、证明编号", 220)
	f.text.OnChanged = func(string) { f.changed() }
	f.plan, f.category, f.form, f.only = f.choice("培训计划", 120), f.choice("课程类别", 112), f.choice("培训形式", 112), f.choice("全部记录", 136)
	f.plan.OnChanged = func(key string) {
		f.planID, _ = strconv.ParseInt(key, 10, 64)
		f.changed()
	}
	f.category.SetOptions(words("全部类别", data.HoursForm.Columns[data.HoursForm.Column("category")].Choices)...)
	f.form.SetOptions(words("全部形式", data.HoursForm.Columns[data.HoursForm.Column("form")].Choices)...)
	flags := make([]string, len(data.HoursFlags))
	for place, flag := range data.HoursFlags {
		flags[place] = string(flag)
	}
	f.only.SetOptions(words("全部记录", flags)...)
	f.organization = ui.NewPicker("组织机构")
	f.organization.Clearable, f.organization.Width = true, 152
	f.organization.OnChanged = func([]string) { f.changed() }
	f.from, f.to = f.day("开始日期"), f.day("结束日期")
	days := ui.Row(8, f.from, ui.NewText("–", theme.Secondary), f.to, ui.Gap(4), ui.NewLink("清除条件", func() { f.clear(); f.changed() }))
	f.content = ui.Ground(theme.Surface, ui.Column(0, ui.Pad(16, 6, 16, 6, ui.WrapRow(8, 6, f.text, f.plan, f.organization, f.category, f.form, f.only, days)), ui.NewLine()))
	return f
}

func words(all string, choices []string) []ui.Option {
	return append([]ui.Option{{Key: "", Text: all}}, ui.Words(choices...)...)
}

func (f *filters) choice(placeholder string, width float32) *ui.Select {
	choice := ui.NewSelect(placeholder)
	choice.Width = width
	choice.OnChanged = func(string) { f.changed() }
	return choice
}

func (f *filters) day(placeholder string) *ui.DateField {
	field := ui.NewDateField(placeholder)
	field.Width = 128
	field.OnChanged = func(text string) {
		_, ok := readDay(text)
		field.SetBad(!ok)
		if ok {
			f.changed()
		}
	}
	return field
}

// readDay reads a filter's day: "" where there is none.
func readDay(text string) (day data.Date, ok bool) {
	if strings.TrimSpace(text) == "" {
		return "", true
	}
	day, err := data.ParseDate(data.SourceCell{Text: text, Kind: data.CellText}, false)
	return day, err == nil
}

// query gives what the conditions ask for.
func (f *filters) query() data.OfflineHoursQuery {
	q := data.OfflineHoursQuery{Text: strings.TrimSpace(f.text.Text()), PlanID: f.planID, Category: f.category.Key(), Form: f.form.Key(), Only: data.HoursFlag(f.only.Key())}
	q.OrganizationID, _ = strconv.ParseInt(f.organization.Key(), 10, 64)
	q.From, _ = readDay(f.from.Text())
	q.To, _ = readDay(f.to.Text())
	return q
}

// set changes a condition without asking.
func (f *filters) set(change func()) {
	f.silent = true
	change()
	f.silent = false
}

func (f *filters) setPlan(id int64) {
	f.planID = id
	key := ""
	if id != 0 {
		key = strconv.FormatInt(id, 10)
	}
	f.plan.SetKey(key)
}

func (f *filters) clear() {
	f.set(func() {
		f.text.SetText("")
		f.from.SetText("")
		f.to.SetText("")
		f.setPlan(0)
		for _, choice := range []*ui.Select{f.category, f.form, f.only} {
			choice.SetKey("")
		}
		f.organization.SetKeys()
	})
}

// offer fills the choices.
func (f *filters) offer(plans []data.Plan, tree data.OrganizationTree) {
	f.plan.SetOptions(append([]ui.Option{{Key: "", Text: "全部培训计划"}}, planOptions(plans)...)...)
	f.setPlan(f.planID)
	f.organization.SetOptions(desk.OrganizationOptions(tree)...)
}

func planOptions(plans []data.Plan) []ui.Option {
	var options []ui.Option
	for _, plan := range plans {
		options = append(options, ui.Option{Key: strconv.FormatInt(plan.ID, 10), Text: fmt.Sprintf("%d年计划", plan.Year), Note: plan.Number})
	}
	return options
}
