package system

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// logFiltersSetting keeps the conditions that were set last; a search text, which may be a name, is not kept.
const logFiltersSetting = "filters.log"

// logFilters are the conditions of 操作日志.
type logFilters struct {
	desk    *desk.Desk
	service logService
	changed func()
	query   data.AuditQuery
	content fyne.CanvasObject

	text       *ui.Field
	user, kind *ui.Select
	from, to   *ui.DateField
}

func newLogFilters(d *desk.Desk, s logService, changed func()) *logFilters {
	f := &logFilters{desk: d, service: s, changed: func() {}}
	f.text = ui.NewSearchField("对象、内容、经办人", 232)
	f.text.OnChanged = func(text string) { f.query.Text = data.CleanText(text); f.changed() }
	f.user = ui.NewSelect("经办人")
	f.user.Width = 128
	f.user.OnChanged = func(key string) { f.query.User = key; f.keep() }
	f.kind = ui.NewSelect("类别", ui.Option{Key: "", Text: "全部类别"})
	f.kind.Width = 136
	f.kind.OnChanged = func(key string) { f.query.Kind = data.AuditKind(key); f.keep() }
	options := []ui.Option{{Key: "", Text: "全部类别"}}
	for _, kind := range data.AuditKinds {
		options = append(options, ui.Option{Key: string(kind), Text: string(kind)})
	}
	f.kind.SetOptions(options...)
	f.from, f.to = f.day("从哪一天", &f.query.From), f.day("到哪一天", &f.query.To)
	reset := ui.NewBareButton("清空", "", func() { f.set(data.AuditQuery{}); f.keep() })
	f.content = ui.NewFilterBar(f.text, f.user, f.kind, f.from, f.to, reset)
	var kept data.AuditQuery
	if json.Unmarshal([]byte(s.Setting(context.Background(), logFiltersSetting, "{}")), &kept) == nil {
		f.set(kept)
	}
	f.changed = changed // from here on: the list is made after its conditions
	return f
}

// day is a condition by day; what is no day filters nothing and is shown in red.
func (f *logFilters) day(placeholder string, into *data.Date) *ui.DateField {
	field := ui.NewDateField(placeholder)
	field.Width = 136
	field.OnChanged = func(text string) {
		typed := data.Date(text)
		wrong := text != "" && typed.Time().IsZero()
		field.SetBad(wrong)
		if wrong {
			typed = ""
		}
		if *into != typed {
			*into = typed
			f.keep()
		}
	}
	return field
}

// set shows conditions that come from elsewhere.
func (f *logFilters) set(q data.AuditQuery) {
	f.query = q
	f.text.SetText(q.Text)
	f.user.SetKey(q.User)
	f.kind.SetKey(string(q.Kind))
	f.from.SetText(string(q.From))
	f.to.SetText(string(q.To))
}

// keep asks the list anew and keeps the conditions for the next start.
func (f *logFilters) keep() {
	f.changed()
	kept := f.query
	kept.Text = ""
	text, err := json.Marshal(kept)
	if err != nil {
		return
	}
	f.desk.Do(func(ctx context.Context) error { return f.service.SetSetting(ctx, logFiltersSetting, string(text)) }, func() {})
}

// offer shows whose lines can be asked for.
func (f *logFilters) offer(facts data.AuditFacts) {
	options := []ui.Option{{Key: "", Text: "全部经办人"}}
	if f.query.User != "" && !slices.Contains(facts.Users, f.query.User) {
		facts.Users = append(facts.Users, f.query.User)
	}
	for _, user := range facts.Users {
		options = append(options, ui.Option{Key: user, Text: user})
	}
	f.user.SetOptions(options...)
	f.user.SetKey(f.query.User)
}
