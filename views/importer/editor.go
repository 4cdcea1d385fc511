package importer

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// editor changes one cell of the open row, or all cells of its column that read like it.
type editor struct {
	preview *preview
	row     *data.ImportRow
	column  data.Column
	written string
	place   data.Unplaced // the spelling, where it names no organisation
	strange bool          // place is set

	control fyne.CanvasObject
	text    func() string
	field   *ui.Field
	picker  *ui.Picker
	alike   *ui.Checkbox
	apply   *ui.Button
	trouble *ui.Paragraph
	rows    int // that read alike
	content fyne.CanvasObject
}

func newEditor(p *preview, row *data.ImportRow, column data.Column) *editor {
	e := &editor{preview: p, row: row, column: column, written: p.written(row, column.Key), rows: 1}
	e.apply = ui.NewButton("", "", e.submit)
	e.trouble = ui.NewCaptionParagraph("", theme.TextDanger)
	e.trouble.Hide()
	parts := ui.Column(8, ui.NewText(column.Header, theme.Text))
	switch {
	case column.Kind == data.KindOrganization:
		e.placeControl()
	case column.Kind == data.KindDocumentType || column.Kind == data.KindChoice:
		e.choiceControl()
	default:
		e.fieldControl()
	}
	parts.Add(e.control)
	parts.Add(e.trouble)
	parts.Add(e.origin())
	e.countAlike()
	if e.rows > 1 {
		e.alike = ui.NewCheckbox("同样的 "+rowsWords(e.rows)+"一起改", func(bool) { e.name() })
		e.alike.SetChecked(true)
		parts.Add(e.alike)
	}
	if e.strange && !e.place.Ambiguous {
		parts.Add(ui.Row(0, ui.NewLink("新建“"+desk.ShownPath(e.place.Written)+"”", func() { p.makeOrganization(e.place, e.only()...) })))
	}
	e.name()
	e.content = parts
	return e
}

// origin says what the file has; a personal number only on request.
func (e *editor) origin() fyne.CanvasObject {
	words := ui.NewCaptionParagraph(e.preview.original(e.row, e.column), theme.Secondary)
	if e.column.Kind == data.KindOrganization {
		words = ui.NewCaptionParagraph("按拼音查找，如 gk。"+e.preview.original(e.row, e.column), theme.Secondary)
	}
	if e.field == nil || !personal(e.column.Key, e.written) || scientific(e.written) {
		return words
	}
	line := ui.Row(4, ui.Wide(words), ui.NewSmallIconButton("eye", "照文件里的填进来再改", theme.Primary, func() {
		e.field.SetText(e.written)
		e.field.Focus()
	}))
	if e.column.Required {
		return line
	}
	return ui.Column(4, line, ui.Row(0, ui.NewLink("清空这一格", func() {
		e.preview.screen.mend(data.SetCell(e.row.Source.Number, e.column.Key, ""), "")
	})))
}

func (e *editor) placeControl() {
	p := e.preview
	e.picker = ui.NewPicker("选择机构", organizationOptions(p.tree)...)
	if e.place, e.strange = p.unplacedAt(e.row, e.column.Key); e.strange && !e.place.Ambiguous && len(e.place.Candidates) > 0 {
		e.picker.SetKeys(keyText(e.place.Candidates[0].ID))
	}
	e.text = e.picker.Key
	e.control = e.picker
}

// choiceControl offers what the column may say; a person may not make up another.
func (e *editor) choiceControl() {
	e.picker = ui.NewPicker("请选择", ui.Words(e.column.Choices...)...)
	e.picker.SetKeys(e.written)
	e.text = e.picker.Key
	e.control = e.picker
}

func (e *editor) fieldControl() {
	e.field = ui.NewField(e.column.Example)
	switch e.column.Kind {
	case data.KindIDNumber:
		e.field = ui.NewGroupedField("填完整的证件号", ui.GroupsIdentity)
	case data.KindMobile:
		e.field = ui.NewGroupedField("11 位手机号", ui.GroupsMobile)
	}
	if !personal(e.column.Key, e.written) {
		e.field.SetText(e.written)
	}
	e.field.OnSubmitted = func(string) { e.submit() }
	e.text = e.field.Text
	e.control = e.field
}

// target is what gets the keyboard.
func (e *editor) target() fyne.Focusable {
	if e.picker != nil {
		return e.picker.FocusTarget()
	}
	return e.field.FocusTarget()
}

func (e *editor) countAlike() {
	switch {
	case e.strange:
		e.rows = len(e.place.Rows)
	case e.written != "" && e.column.Kind != data.KindOrganization && alikeKinds[e.column.Kind] && !data.LooksLikeIDNumber(e.written):
		e.rows = e.preview.sameRows(e.column.Key, e.written)
	}
}

// together tells whether all rows that read alike are changed.
func (e *editor) together() bool { return e.alike != nil && e.alike.Checked() }

// only names the open row where it alone is changed.
func (e *editor) only() []int {
	if e.together() {
		return nil
	}
	return []int{e.row.Source.Number}
}

func (e *editor) name() {
	rows := 1
	if e.together() {
		rows = e.rows
	}
	e.apply.SetLabel(applyWords(rows))
}

// submit makes the change; the rows are judged again at once, and the keyboard goes on to the next row.
func (e *editor) submit() {
	p, text := e.preview, e.text()
	switch {
	case e.picker != nil && text == "":
		e.complain("还没有选择。")
		return
	case e.field != nil && text == "" && (e.written == "" || personal(e.column.Key, e.written)):
		e.complain("还没有填写。")
		return
	case e.field != nil && text == e.written:
		e.complain("和文件里的一样，没有改动。")
		return
	}
	p.wantsFocus = true
	key, number := e.column.Key, e.row.Source.Number
	if e.column.Kind == data.KindOrganization {
		e.submitPlace(keyOf(text))
		return
	}
	if e.together() {
		shown := text
		if shown == "" {
			shown = "（空）"
		}
		p.screen.mend(data.SetAlike(key, e.written, text), fmt.Sprintf("%s的“%s”已改为“%s”。", rowsWords(e.rows), e.column.Header, shown))
		return
	}
	p.screen.mend(data.SetCell(number, key, text), "")
}

func (e *editor) submitPlace(id int64) {
	p := e.preview
	into, ok := p.tree.Get(id)
	switch {
	case !ok:
		e.complain("还没有选择。")
	case e.strange:
		p.useOrganization(e.place, into, e.only()...)
	default:
		p.screen.mend(data.SetCell(e.row.Source.Number, e.column.Key, into.Path), "")
	}
}

func (e *editor) complain(text string) {
	e.trouble.SetText(text)
	e.trouble.Show()
	if e.field != nil {
		e.field.SetBad(true)
	} else {
		e.picker.SetBad(true)
	}
	// The panel lays its body out anew, for the complaint takes a line.
	e.preview.panel.SetBody(e.preview.shownBody)
}
