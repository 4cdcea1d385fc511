package letters

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// filters narrow the register.
type filters struct {
	search   *ui.Field
	plans    *ui.Select
	states   *ui.Select
	from, to *ui.DateField
	content  *fyne.Container
	planID   int64 // that came from elsewhere, before the plans are read
	changed  func()
}

func newFilters(now func() data.Moment, changed func()) *filters {
	f := &filters{search: ui.NewSearchField("确认书、订单编号或运单号", 216), plans: ui.NewSelect("全部计划"), states: ui.NewSelect("全部状态"), changed: changed}
	f.search.OnChanged = func(string) { f.changed() }
	f.plans.Width, f.states.Width = 152, 136
	f.plans.OnChanged = func(key string) {
		f.planID, _ = strconv.ParseInt(key, 10, 64)
		f.changed()
	}
	f.states.OnChanged = func(string) { f.changed() }
	f.from, f.to = f.day("开始日期", now), f.day("结束日期", now)
	days := ui.Row(8, f.from, ui.NewText("–", theme.Secondary), f.to, ui.Gap(4), ui.NewLink("清除条件", func() { f.set(data.LetterQuery{}); f.changed() }))
	f.content = ui.Stack(ui.NewFilterBar(f.search, f.plans, f.states, days))
	return f
}

// day makes a field for a day; what is no day narrows nothing and is marked.
func (f *filters) day(placeholder string, now func() data.Moment) *ui.DateField {
	field := ui.NewDateField(placeholder)
	field.Now = func() time.Time { return now().Time() }
	field.Width = 128
	field.OnChanged = func(text string) {
		_, known := field.Time()
		field.SetBad(!known && strings.TrimSpace(text) != "")
		f.changed()
	}
	return field
}

// stateLive is the choice of all letters that are not void.
const stateLive = "live"

// query gives what is chosen.
func (f *filters) query() data.LetterQuery {
	q := data.LetterQuery{Text: f.search.Text(), PlanID: f.planID, From: dayOf(f.from), To: dayOf(f.to)}
	if key := f.states.Key(); key == stateLive {
		q.Live = true
	} else {
		q.State = data.LetterState(key)
	}
	return q
}

func dayOf(field *ui.DateField) data.Date {
	at, known := field.Time()
	if !known {
		return ""
	}
	return data.Date(at.Format(time.DateOnly))
}

// set shows a query that came from elsewhere.
func (f *filters) set(q data.LetterQuery) {
	key := string(q.State)
	if q.Live {
		key = stateLive
	}
	changed := f.changed
	f.changed = func() {} // once is enough
	f.search.SetText(q.Text)
	f.from.SetText(string(q.From))
	f.to.SetText(string(q.To))
	f.changed = changed
	f.states.SetKey(key)
	f.planID = q.PlanID
	f.plans.SetKey(planKey(q.PlanID))
}

func planKey(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// show offers the plans, and puts the counts beside the states.
func (f *filters) show(plans []data.Plan, counts map[data.LetterState]int) {
	choices := []ui.Option{{Text: "全部计划"}}
	for _, plan := range plans {
		choices = append(choices, ui.Option{Key: planKey(plan.ID), Text: plan.Name, Note: strconv.Itoa(plan.Year)})
	}
	f.plans.SetOptions(choices...)
	f.plans.SetKey(planKey(f.planID))
	live, all := 0, 0
	options := []ui.Option{{}, {}}
	for _, state := range data.LetterStates {
		count := counts[state]
		if all += count; state != data.LetterVoid {
			live += count
		}
		options = append(options, ui.Option{Key: string(state), Text: string(state), Note: desk.Thousands(count)})
	}
	options[0] = ui.Option{Text: "全部状态", Note: desk.Thousands(all)}
	options[1] = ui.Option{Key: stateLive, Text: "有效的", Note: desk.Thousands(live)}
	f.states.SetOptions(options...)
}
