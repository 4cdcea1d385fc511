package reports

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// ownPeriod is the key of days that are typed.
const ownPeriod = "own"

// filters choose the report, how it groups and what it counts.
type filters struct {
	screen  *Screen
	content fyne.CanvasObject

	kind                                *ui.Segments
	by, then, plan, mode, state, period *ui.Select
	organization, payer                 *ui.Picker
	from, to                            *ui.DateField
	days                                *fyne.Container
	reset                               *ui.Button
	setting                             bool // the choices are being shown, not made
}

func newFilters(r *Screen) *filters {
	f := &filters{screen: r}
	var words []string
	for _, kind := range r.kinds {
		words = append(words, kindWords[kind])
	}
	f.kind = ui.NewSegments(words...)
	f.kind.OnChanged = func(place int) { f.chooseKind(r.kinds[place]) }
	query := &r.choices.Query
	f.by = f.choice("分组", 132, func(key string) { query.By = data.Dimension(key) })
	f.then = f.choice("再分组", 140, func(key string) { query.Then = data.Dimension(key) })
	f.plan = f.choice("全部计划", 116, f.choosePlan)
	f.mode = f.choice("缴费模式", 132, func(key string) { query.Mode = key })
	f.state = f.choice("状态", 112, func(key string) { query.State = key })
	f.period = f.choice("全部日期", 112, f.choosePeriod)
	f.organization = f.picker("组织机构", 144, &query.OrganizationID)
	f.payer = f.picker("缴费机构", 144, &query.PayerID)
	f.from, f.to = f.day("开始日期", &query.From), f.day("结束日期", &query.To)
	f.days = ui.Row(8, f.from, ui.NewText("–", theme.Secondary), f.to)
	f.reset = ui.NewBareButton("清除条件", "", f.clear)
	f.content = ui.NewFilterBar(f.kind, f.by, f.then, f.plan, f.organization, f.payer, f.mode, f.state, f.period, f.days, f.reset)
	return f
}

func (f *filters) choice(placeholder string, width float32, choose func(key string)) *ui.Select {
	s := ui.NewSelect(placeholder)
	s.Width = width
	s.OnChanged = func(key string) { choose(key); f.changed() }
	return s
}

func (f *filters) picker(placeholder string, width float32, into *int64) *ui.Picker {
	p := ui.NewPicker(placeholder)
	p.Width, p.Clearable = width, true
	p.OnChanged = func([]string) { *into = idOf(p.Key()); f.changed() }
	return p
}

// day is a field that counts once its text is a day, or empty.
func (f *filters) day(placeholder string, into *data.Date) *ui.DateField {
	d := ui.NewDateField(placeholder)
	d.Width = 128
	d.Now = func() time.Time { return f.screen.service.Now().Time() }
	d.OnChanged = func(text string) {
		day, ok := d.Time()
		if text != "" && !ok || f.setting {
			return
		}
		*into = ""
		if text != "" {
			*into = data.Date(day.Format(time.DateOnly))
		}
		f.changed()
	}
	return d
}

func (f *filters) changed() {
	if !f.setting {
		f.screen.ask()
	}
}

// chooseKind changes to another report of the page; what it cannot group or filter by is dropped.
func (f *filters) chooseKind(kind data.ReportKind) {
	old, q := f.screen.choices.Query, standard(kind)
	q.PlanID, q.OrganizationID, q.PayerID = old.PlanID, old.OrganizationID, old.PayerID
	if slices.Contains(kind.Dimensions(), data.ByMonth) {
		q.From, q.To = old.From, old.To
	}
	f.screen.choices.Query = q
	f.changed()
}

// choosePlan limits the report to a plan. All plans stand in the report on plans beside each other, never in one sum alone.
func (f *filters) choosePlan(key string) {
	query := &f.screen.choices.Query
	query.PlanID = idOf(key)
	if query.Kind == data.ReportPlan && query.PlanID == 0 && query.By != data.ByPlan && query.Then != data.ByPlan {
		query.By, query.Then = data.ByPlan, query.By
	}
}

// period is a stretch of days that is chosen by one word.
type period struct {
	key, name string
	from, to  data.Date
}

// periods gives the stretches as they are on a day.
func periods(today data.Date) []period {
	at := today.Time()
	first := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, at.Location())
	quarter := first.AddDate(0, -int(first.Month()-1)%3, 0)
	year := time.Date(at.Year(), 1, 1, 0, 0, 0, 0, at.Location())
	stretch := func(key, name string, from time.Time, years, months int) period {
		return period{key, name, data.Date(from.Format(time.DateOnly)), data.Date(from.AddDate(years, months, -1).Format(time.DateOnly))}
	}
	return []period{stretch("month", "本月", first, 0, 1), stretch("last-month", "上月", first.AddDate(0, -1, 0), 0, 1), stretch("quarter", "本季度", quarter, 0, 3),
		stretch("last-quarter", "上季度", quarter.AddDate(0, -3, 0), 0, 3), stretch("year", "本年", year, 1, 0), stretch("last-year", "去年", year.AddDate(-1, 0, 0), 1, 0)}
}

func (f *filters) choosePeriod(key string) {
	c := &f.screen.choices
	c.Period = key
	if key != ownPeriod {
		c.Query.From, c.Query.To = "", ""
	}
}

// dated gives the query with the days that the chosen period means today.
func (f *filters) dated(c choices) data.ReportQuery {
	q := c.Query
	for _, one := range periods(f.screen.service.Today()) {
		if one.key == c.Period {
			q.From, q.To = one.from, one.to
		}
	}
	if !slices.Contains(q.Kind.Dimensions(), data.ByMonth) {
		q.From, q.To = "", ""
	}
	return q
}

func (f *filters) clear() {
	c := &f.screen.choices
	c.Query = data.ReportQuery{Kind: c.Query.Kind, By: c.Query.By, Then: c.Query.Then}
	c.Period = ""
	f.changed()
}

// offer fills the choices.
func (f *filters) offer(plans []data.Plan, tree data.OrganizationTree) {
	f.setting = true
	defer func() { f.setting = false }()
	kind := f.screen.choices.Query.Kind
	by, then := []ui.Option{}, []ui.Option{{Key: "", Text: "不再细分"}}
	for _, dimension := range kind.Dimensions() {
		by = append(by, ui.Option{Key: string(dimension), Text: "按" + dimension.Name()})
		if dimension != f.screen.choices.Query.By {
			then = append(then, ui.Option{Key: string(dimension), Text: "再按" + dimension.Name()})
		}
	}
	f.by.SetOptions(by...)
	f.then.SetOptions(then...)
	all := []ui.Option{{Key: "", Text: "全部计划"}}
	for _, plan := range plans {
		all = append(all, ui.Option{Key: keyOf(plan.ID), Text: fmt.Sprintf("%d年计划", plan.Year), Note: plan.Number})
	}
	f.plan.SetOptions(all...)
	var organizations []ui.Option
	for _, o := range tree.List() {
		organizations = append(organizations, ui.Option{Key: keyOf(o.ID), Text: o.Name, Indent: o.Depth, Search: []string{o.Path}})
	}
	f.organization.SetOptions(organizations...)
	f.payer.SetOptions(organizations...)
	f.mode.SetOptions(wordsOf("全部缴费模式", string(data.PayFirst), string(data.InvoiceFirst), string(data.PayOnline))...)
	f.state.SetOptions(wordsOf("全部状态", kind.States()...)...)
	stretches := []ui.Option{{Key: "", Text: "全部日期"}}
	for _, one := range periods(f.screen.service.Today()) {
		stretches = append(stretches, ui.Option{Key: one.key, Text: one.name})
	}
	f.period.SetOptions(append(stretches, ui.Option{Key: ownPeriod, Text: "自选日期", Separated: true})...)
}

// set shows the choices; asked is what the report answered to.
func (f *filters) set(c choices, asked data.ReportQuery) {
	f.setting = true
	defer func() { f.setting = false }()
	q := c.Query
	f.kind.SetSelected(slices.Index(f.screen.kinds, q.Kind))
	f.by.SetKey(string(q.By))
	f.then.SetKey(string(q.Then))
	f.plan.SetKey(keyOf(asked.PlanID))
	f.organization.SetKeys(keyOf(q.OrganizationID))
	f.payer.SetKeys(keyOf(q.PayerID))
	f.mode.SetKey(q.Mode)
	f.state.SetKey(q.State)
	key := c.Period
	if key == "" && (q.From != "" || q.To != "") {
		key = ownPeriod
	}
	f.period.SetKey(key)
	if f.from.Text() != string(asked.From) {
		f.from.SetText(string(asked.From))
	}
	if f.to.Text() != string(asked.To) {
		f.to.SetText(string(asked.To))
	}
	dimensions := q.Kind.Dimensions()
	setHidden(f.then, q.By == data.ByOrganization)
	setHidden(f.mode, !slices.Contains(dimensions, data.ByMode))
	setHidden(f.state, !slices.Contains(dimensions, data.ByState))
	setHidden(f.period, !slices.Contains(dimensions, data.ByMonth))
	setHidden(f.days, key != ownPeriod || !slices.Contains(dimensions, data.ByMonth))
	setHidden(f.reset, !q.Filtered() && c.Period == "")
	f.content.Refresh()
}

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}

// wordsOf makes the options of a filter; the first takes it away.
func wordsOf(all string, words ...string) []ui.Option {
	return append([]ui.Option{{Key: "", Text: all}}, ui.Words(words...)...)
}

func keyOf(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

func idOf(key string) int64 {
	id, _ := strconv.ParseInt(key, 10, 64)
	return id
}
