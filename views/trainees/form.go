package trainees

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// Measures of the dialog in px.
const (
	formWidth  float32 = 820
	labelWidth float32 = 76
)

// leftColumn are the keys of the form's left half; the others stand right.
var leftColumn = []string{"name", "document_type", "id_number", "mobile", "organization", "payer", "category", "username"}

// hints replace the declaration's, which are written for a sheet.
var hints = map[string]string{
	"id_number": "可以带空格粘贴；性别和出生日期由它得出。",
	"payer":     "不选就由组织机构的缴费机构缴费。",
	"username":  "登录平台用；不填就用身份证号。",
	"birth":     "护照必须填写。",
	"sex":       "护照必须填写。",
}

// personForm is the dialog that adds or changes one trainee.
type personForm struct {
	screen   *Screen
	id       int64 // 0 for a new one
	dialog   *ui.Dialog
	halves   [2]*ui.Form
	values   map[string]func() string
	warnings *ui.Note
	save     *ui.Button
	asked    string // the warnings that were shown, so that saving again confirms them
	saving   desk.Sequence
	busy     bool
}

// answer is what the program says of a submitted form.
type answer struct {
	row data.ImportRow
	err error
}

func (s *Screen) add() { s.openForm(0, data.Trainee{DocumentType: data.DocumentResidentID}) }

// edit opens the form with the whole numbers, which is a line in 操作日志.
func (s *Screen) edit(id int64) {
	var whole data.Trainee
	s.desk.Do(func(ctx context.Context) error {
		var err error
		whole, err = s.service.Reveal(ctx, id)
		return err
	}, func() { s.openForm(id, whole) })
}

func (s *Screen) openForm(id int64, trainee data.Trainee) *personForm {
	f := &personForm{screen: s, id: id, values: map[string]func() string{}, warnings: ui.NewNote(ui.ToneWarning, "", "")}
	f.warnings.Hide()
	title, verb := "添加学员", "添加"
	if id != 0 {
		title, verb = "编辑“"+trainee.Name+"”的资料", "保存"
	}
	stored := storedCells(trainee, s.found.tree)
	f.halves = [2]*ui.Form{ui.NewForm(), ui.NewForm()}
	for _, column := range data.TraineeForm.Columns {
		half := f.halves[1]
		for _, key := range leftColumn {
			if key == column.Key {
				half = f.halves[0]
			}
		}
		half.Add(f.row(column, stored[column.Key]))
	}
	for _, half := range f.halves {
		half.LabelWidth = labelWidth
		half.OnLeave = f.check
	}
	f.halves[0].OnSubmit = func() { f.halves[1].FocusField(firstRight()) }
	f.dialog = ui.NewDialog(s.desk.Window, title)
	f.dialog.Width = formWidth
	f.dialog.Body = ui.Column(12, f.warnings, ui.Pad(10, 0, 0, 0, ui.Row(32, ui.Grow(f.halves[0]), ui.Grow(f.halves[1]))))
	f.save = f.dialog.SetDefault(verb, f.submit)
	f.dialog.Show()
	f.halves[0].FocusField("name")
	s.form = f
	return f
}

// firstRight is the first field of the right half.
func firstRight() string {
	for _, column := range data.TraineeForm.Columns {
		if !strings.Contains(" "+strings.Join(leftColumn, " ")+" ", " "+column.Key+" ") {
			return column.Key
		}
	}
	return ""
}

// storedCells gives a trainee's fields by column key, as the form shows them.
func storedCells(t data.Trainee, tree data.OrganizationTree) map[string]string {
	path := func(id int64) string {
		o, _ := tree.Get(id)
		return o.Path
	}
	cells := map[string]string{
		"name": t.Name, "document_type": string(t.DocumentType), "id_number": t.IDNumber, "sex": t.Sex, "birth": string(t.Birth), "mobile": t.Mobile,
		"organization": path(t.OrganizationID), "payer": path(t.PayerID), "category": t.Category, "title_series": t.TitleSeries, "title_name": t.TitleName,
		"title_level": t.TitleLevel, "education": t.Education, "email": t.Email, "username": t.Username, "staff_number": t.StaffNumber, "remark": t.Remark,
	}
	if t.Username == t.IDNumber {
		cells["username"] = ""
	}
	if t.OrganizationID == 0 {
		cells["organization"] = tree.Root().Path
	}
	return cells
}

// row makes a column's line of the form: its control follows from the declaration.
func (f *personForm) row(column data.Column, value string) *ui.FormRow {
	var control fyne.CanvasObject
	switch column.Kind {
	case data.KindOrganization:
		picker := ui.NewPicker(placeholder(column), pathOptions(f.screen.found.tree)...)
		picker.Clearable = column.Key == "payer"
		picker.SetKeys(value)
		control, f.values[column.Key] = picker, picker.Key
	case data.KindChoice, data.KindDocumentType:
		choice := ui.NewSelect("请选择", ui.Words(withChoice(column.Choices, value)...)...)
		choice.SetKey(value)
		control, f.values[column.Key] = choice, choice.Key
	case data.KindDate:
		field := ui.NewDateField("如 " + column.Example)
		field.SetText(value)
		control, f.values[column.Key] = field, field.Text
	default:
		field := ui.NewField(placeholder(column))
		if column.Kind == data.KindIDNumber {
			field = ui.NewGroupedField(placeholder(column), ui.GroupsIdentity)
		}
		field.SetText(value)
		control, f.values[column.Key] = field, field.Text
	}
	row := ui.NewFormRow(column.Key, column.Header, control)
	row.Required = column.Required
	return row.WithHint(hints[column.Key])
}

func placeholder(column data.Column) string {
	switch {
	case column.Key == "payer":
		return "与组织机构相同"
	case column.Required || column.Kind == data.KindMobile:
		return ""
	case len(column.Choices) > 0:
		return "如 " + column.Choices[0]
	}
	return ""
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

// pathOptions lists the tree with paths as keys: they are what a sheet would say.
func pathOptions(tree data.OrganizationTree) []ui.Option {
	options := desk.OrganizationOptions(tree)
	for place, o := range tree.List() {
		options[place].Key = o.Path
	}
	return options
}

func (f *personForm) cells() map[string]string {
	cells := map[string]string{}
	for key, value := range f.values {
		cells[key] = strings.TrimSpace(value())
	}
	return cells
}

// check judges a field as soon as it is left.
func (f *personForm) check(key string) {
	problems := errorsByField(f.screen.service.JudgeTyped(f.cells()))
	for _, half := range f.halves {
		if row := half.Row(key); row != nil {
			row.SetProblem(problems[key])
		}
	}
	f.dialog.Relayout()
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

// submit saves the form unless something is wrong; warnings, also those that only the comparison with others tells, are shown first
// and confirmed by saving once more.
func (f *personForm) submit() bool {
	cells := f.cells()
	if f.showErrors(f.screen.service.JudgeTyped(cells)) || f.busy {
		return false
	}
	f.busy = true
	judge := func(ctx context.Context) (judgement, error) {
		problems, err := f.screen.service.JudgeTrainee(ctx, f.id, cells)
		return judgement{problems, err}, nil
	}
	desk.Load(f.screen.desk, &f.saving, judge, func(given judgement) { f.judged(cells, given) })
	return false
}

// judgement is what the program says of a form before it is stored.
type judgement struct {
	problems []data.Problem
	err      error
}

// judged stores a form that has no errors and whose warnings were seen.
func (f *personForm) judged(cells map[string]string, given judgement) {
	f.busy = false
	if given.err != nil {
		f.screen.desk.Fail(given.err)
		return
	}
	if f.showErrors(given.problems) || f.askWarnings(given.problems) {
		return
	}
	f.busy = true
	desk.Load(f.screen.desk, &f.saving, func(ctx context.Context) (answer, error) {
		row, err := f.store(ctx, cells)
		return answer{row, err}, nil
	}, f.answered)
}

func (f *personForm) store(ctx context.Context, cells map[string]string) (data.ImportRow, error) {
	if f.id == 0 {
		return f.screen.service.AddTrainee(ctx, cells)
	}
	return f.screen.service.EditTrainee(ctx, f.id, cells)
}

// showErrors puts errors under their fields and tells whether there were any.
func (f *personForm) showErrors(problems []data.Problem) bool {
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

// askWarnings shows warnings that were not shown before.
func (f *personForm) askWarnings(problems []data.Problem) bool {
	var lines []string
	for _, problem := range problems {
		if problem.Level == data.LevelWarning {
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

func (f *personForm) answered(given answer) {
	f.busy = false
	if given.err != nil {
		f.screen.desk.Fail(given.err)
		return
	}
	if f.showErrors(given.row.Problems) {
		return
	}
	f.dialog.Hide()
	trainee := given.row.Trainee
	switch {
	case f.id == 0:
		f.screen.wanted = trainee.ID
		f.screen.ask()
		f.screen.desk.Toast(fmt.Sprintf("已添加“%s”。", trainee.Name))
	case given.row.ChangeID == 0:
		f.screen.desk.Toast("没有改动。")
	default:
		f.screen.tellUndoable(fmt.Sprintf("已保存“%s”的资料。", trainee.Name), given.row.ChangeID)
	}
}
