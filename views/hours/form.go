package hours

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the dialog in px.
const (
	formWidth  float32 = 840
	labelWidth float32 = 76
	saveWidth  float32 = 132 // holds 确认无误，登记
)

// rightColumn are the keys of the form's right half; the others stand left, below whose training it was and for which plan.
var rightColumn = []string{"starts_on", "ends_on", "hours", "result", "certificate", "remark"}

// entryForm is the dialog that adds a training for some people, or changes one record.
type entryForm struct {
	screen   *Screen
	id       int64 // 0 for a new one
	dialog   *ui.Dialog
	halves   [2]*ui.Form
	people   *ui.Picker
	plan     *ui.Select
	values   map[string]func() string
	amount   *ui.Field
	days     *ui.Text // what the dates come to
	warnings *ui.Note
	save     *ui.Button
	asked    string // the warnings that were shown, so that saving again confirms them
	busy     bool
	judging  desk.Sequence
}

// ground is what the form offers to choose from.
type ground struct {
	roll  []data.RollEntry
	plans []data.Plan
	rules data.HoursRules
}

func (s *Screen) add() {
	s.openForm(data.OfflineHoursRow{OfflineHours: data.OfflineHours{PlanID: s.planInForm()}})
}

// planInForm is the plan of a new record: the one that the list shows, else the one in force.
func (s *Screen) planInForm() int64 {
	if id := s.filters.planID; id != 0 {
		return id
	}
	return s.desk.Plan().ID
}

// openForm shows a record to be changed, or with its key 0 one to begin with.
func (s *Screen) openForm(row data.OfflineHoursRow) {
	var found ground
	s.desk.Do(func(ctx context.Context) (err error) {
		if found.roll, err = s.service.Roll(ctx); err != nil {
			return err
		}
		found.rules = s.service.HoursRules(ctx)
		found.plans, err = s.service.Plans(ctx)
		return err
	}, func() { s.form = newEntryForm(s, row, found) })
}

func newEntryForm(s *Screen, row data.OfflineHoursRow, found ground) *entryForm {
	f := &entryForm{screen: s, id: row.ID, values: map[string]func() string{}, warnings: ui.NewNote(ui.ToneWarning, "", "")}
	f.warnings.Hide()
	f.halves = [2]*ui.Form{ui.NewForm(), ui.NewForm()}
	f.choosers(row, found)
	for _, column := range data.HoursForm.Columns {
		if column.Key == "name" || column.Key == "id_number" || column.Key == "plan" {
			continue
		}
		half := f.halves[0]
		if strings.Contains(" "+strings.Join(rightColumn, " ")+" ", " "+column.Key+" ") {
			half = f.halves[1]
		}
		half.Add(f.row(column, data.HoursText(row.OfflineHours, column.Key), row.ID == 0, found.rules))
	}
	for _, half := range f.halves {
		half.LabelWidth = labelWidth
		half.OnLeave = f.leave
	}
	f.halves[0].OnSubmit = func() { f.halves[1].FocusField(rightColumn[0]) }
	title, verb := "登记线下学时", "登记"
	if row.ID != 0 {
		title, verb = "修改“"+row.Name+"”的线下学时", "保存"
	}
	f.dialog = ui.NewDialog(s.desk.Window, title)
	f.dialog.Width = formWidth
	f.dialog.Body = ui.Column(12, f.warnings, ui.Pad(10, 0, 0, 0, ui.Row(32, ui.Grow(f.halves[0]), ui.Grow(f.halves[1]))))
	f.save = f.dialog.SetDefault(verb, f.submit)
	f.save.MinWidth = saveWidth
	f.dialog.Show()
	f.halves[0].FocusField(map[bool]string{true: "name", false: "title"}[row.ID == 0])
	return f
}

// choosers are the rows that say whose training it was and for which plan it counts.
func (f *entryForm) choosers(row data.OfflineHoursRow, found ground) {
	f.people = ui.NewPicker("输入姓名或拼音", rollOptions(found.roll)...)
	f.people.Multiple = row.ID == 0
	if row.TraineeID != 0 {
		f.people.SetKeys(strconv.FormatInt(row.TraineeID, 10))
	}
	f.plan = ui.NewSelect("请选择", planOptions(found.plans)...)
	f.plan.SetKey(strconv.FormatInt(row.PlanID, 10))
	people := ui.NewRequiredRow("name", "学员", f.people)
	if f.people.Multiple {
		people.WithHint("一次培训可以选几个人，每人登记一条。")
	}
	f.halves[0].Add(people)
	f.halves[0].Add(ui.NewRequiredRow("plan", "培训计划", f.plan))
}

func rollOptions(roll []data.RollEntry) []ui.Option {
	options := make([]ui.Option, len(roll))
	for place, one := range roll {
		note := desk.ShownPath(one.Organization)
		if one.Disabled {
			note += "（停用）"
		}
		options[place] = ui.Option{Key: strconv.FormatInt(one.ID, 10), Text: one.Name, Note: note, Search: []string{one.Spelling, one.Initials}}
	}
	return options
}

// row makes a column's line of the form: its control follows from the declaration.
func (f *entryForm) row(column data.Column, value string, fresh bool, rules data.HoursRules) *ui.FormRow {
	var control fyne.CanvasObject
	hint := ""
	switch {
	case column.Kind == data.KindChoice:
		choice := ui.NewSelect("可不填", words("（不填）", withChoice(column.Choices, value))...)
		choice.SetKey(value)
		control, f.values[column.Key] = choice, choice.Key
	case column.Kind == data.KindDate:
		field := ui.NewDateField("如 " + column.Example)
		field.Now = func() time.Time { return f.screen.service.Now().Time() }
		field.SetText(value)
		field.OnChanged = func(string) { f.countDays(rules) }
		control, f.values[column.Key] = field, field.Text
	case column.Kind == data.KindHours:
		f.amount, f.days = ui.NewField("如 8 或 半天"), ui.NewCaption("", theme.Secondary)
		f.amount.Width = 96
		if !fresh {
			f.amount.SetText(value)
		}
		half := ui.NewSmallButton("半天 "+rules.ForDays(1).String(), "", func() { f.amount.SetText(rules.ForDays(1).String()) })
		whole := ui.NewSmallButton("按天数", "", func() { f.takeDays(rules) })
		control, f.values[column.Key] = ui.Row(8, f.amount, half, whole, f.days), f.amount.Text
		hint = fmt.Sprintf("一天最多 %s；“半天”“2天”按半天 %s 折合。", rules.PerDay, rules.HalfDay)
	case column.Key == "remark":
		area := ui.NewTextArea("", 3)
		area.SetText(value)
		control, f.values[column.Key] = area, area.Text
	default:
		field := ui.NewField(placeholder(column))
		field.SetText(value)
		control, f.values[column.Key] = field, field.Text
	}
	row := ui.NewFormRow(column.Key, column.Header, control)
	row.Required = column.Required
	return row.WithHint(hint)
}

func placeholder(column data.Column) string {
	if column.Required || column.Example == "" {
		return ""
	}
	return "如 " + column.Example
}

// withChoice adds a stored value that is not among the choices, so that saving does not lose it.
func withChoice(choices []string, value string) []string {
	for _, choice := range choices {
		if choice == value || value == "" {
			return choices
		}
	}
	return append(append([]string{}, choices...), value)
}

// halfDays counts the half days of the typed dates; 0 where they are not complete.
func (f *entryForm) halfDays() int {
	from, fine := readDay(f.values["starts_on"]())
	to, too := readDay(f.values["ends_on"]())
	if !fine || !too || from == "" || to == "" || to < from {
		return 0
	}
	return 2 * (from.DaysUntil(to) + 1)
}

func (f *entryForm) countDays(rules data.HoursRules) {
	text := ""
	if count := f.halfDays(); count > 0 {
		text = fmt.Sprintf("%d 天 %s", count/2, rules.ForDays(count))
	}
	if f.days != nil {
		f.days.SetText(text)
	}
}

// takeDays fills in what the typed days come to.
func (f *entryForm) takeDays(rules data.HoursRules) {
	if count := f.halfDays(); count > 0 {
		f.amount.SetText(rules.ForDays(count).String())
		return
	}
	f.halves[1].FocusField("starts_on")
}

func (f *entryForm) entry() app.HoursEntry {
	entry := app.HoursEntry{Cells: map[string]string{}}
	entry.PlanID, _ = strconv.ParseInt(f.plan.Key(), 10, 64)
	for _, key := range f.people.Keys() {
		if id, err := strconv.ParseInt(key, 10, 64); err == nil {
			entry.TraineeIDs = append(entry.TraineeIDs, id)
		}
	}
	for key, value := range f.values {
		entry.Cells[key] = strings.TrimSpace(value())
	}
	return entry
}

// leave judges a field as soon as it is left.
func (f *entryForm) leave(key string) {
	f.judge(func(problems []data.Problem) {
		found := errorsByField(problems)
		for _, half := range f.halves {
			if row := half.Row(key); row != nil {
				row.SetProblem(found[key])
			}
		}
		f.dialog.Relayout()
	})
}

func (f *entryForm) judge(show func([]data.Problem)) {
	entry := f.entry()
	desk.Load(f.screen.desk, &f.judging, func(ctx context.Context) ([]data.Problem, error) {
		return f.screen.service.JudgeHours(ctx, f.id, entry)
	}, show)
}

func errorsByField(problems []data.Problem) map[string]string {
	found := map[string]string{}
	for _, problem := range problems {
		if problem.Level == data.LevelError && found[problem.Where.Field] == "" {
			found[problem.Where.Field] = problem.Error()
		}
	}
	return found
}

// submit saves the form unless something is wrong; warnings are shown first and confirmed by saving once more.
func (f *entryForm) submit() bool {
	if f.busy {
		return false
	}
	f.judge(func(problems []data.Problem) {
		if !f.showErrors(problems) && !f.askWarnings(problems) {
			f.store()
		}
	})
	return false
}

// showErrors puts errors under their fields and tells whether there were any.
func (f *entryForm) showErrors(problems []data.Problem) bool {
	found := errorsByField(problems)
	for _, half := range f.halves {
		half.SetProblems(found)
	}
	f.dialog.Relayout()
	if len(found) == 0 {
		return false
	}
	return f.halves[0].FocusFirstProblem() || f.halves[1].FocusFirstProblem() || true
}

// askWarnings shows warnings, and conversions, that were not shown before.
func (f *entryForm) askWarnings(problems []data.Problem) bool {
	var lines []string
	for _, problem := range problems {
		if problem.Level != data.LevelError {
			lines = append(lines, problem.Error())
		}
	}
	text := strings.Join(lines, "\n")
	ask := text != "" && text != f.asked
	f.asked = text
	f.warnings.Hidden = text == ""
	f.warnings.Set(ui.ToneWarning, "请确认：", text)
	if ask {
		f.save.SetLabel("确认无误，" + strings.TrimPrefix(f.save.Label, "确认无误，"))
	}
	f.dialog.Relayout()
	return ask
}

func (f *entryForm) store() {
	f.busy = true
	entry := f.entry()
	var act data.HoursChange
	var refused error
	f.screen.desk.Do(func(ctx context.Context) error {
		if f.id == 0 {
			act, refused = f.screen.service.AddHours(ctx, entry)
		} else {
			act, refused = f.screen.service.EditHours(ctx, f.id, entry)
		}
		return nil
	}, func() { f.stored(act, refused) })
}

func (f *entryForm) stored(act data.HoursChange, refused error) {
	f.busy = false
	if problem, known := data.AsProblem(refused); known && f.showErrors([]data.Problem{problem}) {
		return
	}
	if refused != nil {
		f.screen.desk.Fail(refused)
		return
	}
	f.dialog.Hide()
	switch {
	case act.ID == 0:
		f.screen.desk.Toast("没有改动。")
	case f.id == 0:
		f.screen.tellUndoable(fmt.Sprintf("已登记 %d 条线下学时。", act.Records), act.ID)
	default:
		f.screen.tellUndoable("已保存这条线下学时。", act.ID)
	}
}
