package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Form measures in px.
const (
	labelWidth  float32 = 112
	starWidth   float32 = 10
	rowGap      float32 = 12
	captionGap  float32 = 4
	captionIcon float32 = 14
)

// FormRow is one line of a form: label left, control right, hint and error below the control.
type FormRow struct {
	core
	// Key identifies the row in problems and in FocusField.
	Key string
	// Label names the control.
	Label string
	// Required puts a red star before the label.
	Required bool
	// Control is the field; Field, Select, Picker, DateField and TextArea also show errors in red.
	Control fyne.CanvasObject
	// LabelWidth is in px; 0 means the form's.
	LabelWidth float32

	hint, problem string
	form          *Form
}

// NewFormRow makes a line of a form.
func NewFormRow(key, label string, control fyne.CanvasObject) *FormRow {
	r := &FormRow{Key: key, Label: label, Control: control}
	if choice, ok := control.(interface{ standInForm() }); ok {
		choice.standInForm()
	}
	r.ExtendBaseWidget(r)
	return r
}

// NewRequiredRow makes a line whose label carries a red star.
func NewRequiredRow(key, label string, control fyne.CanvasObject) *FormRow {
	r := NewFormRow(key, label, control)
	r.Required = true
	return r
}

// WithHint sets the grey words under the control and gives the row back.
func (r *FormRow) WithHint(hint string) *FormRow {
	r.SetHint(hint)
	return r
}

// SetHint changes the grey words under the control.
func (r *FormRow) SetHint(hint string) {
	if r.hint != hint {
		r.hint = hint
		r.changed()
	}
}

// Hint gives the grey line under the field.
func (r *FormRow) Hint() string { return r.hint }

// SetProblem shows an error in red under the control; "" takes it away.
func (r *FormRow) SetProblem(problem string) {
	if bad, ok := r.Control.(interface{ SetBad(bool) }); ok {
		bad.SetBad(problem != "")
	}
	if r.problem != problem {
		r.problem = problem
		r.changed()
	}
}

// Problem gives the error that is shown, or "".
func (r *FormRow) Problem() string { return r.problem }

// changed lays the form out again, because the row's height may differ.
func (r *FormRow) changed() {
	r.Refresh()
	if r.form != nil {
		r.form.relayout()
	}
	fitOverlay(r)
}

func (r *FormRow) labelWidth() float32 {
	switch {
	case r.LabelWidth > 0:
		return r.LabelWidth
	case r.form != nil && r.form.LabelWidth > 0:
		return r.form.LabelWidth
	}
	return labelWidth
}

// captions gives the lines under the control: the error, or else the hint.
func (r *FormRow) captions(width float32) (lines []string, role theme.Role, x float32) {
	text, role, x := r.hint, theme.Secondary, r.labelWidth()
	if r.problem != "" {
		text, role, x = r.problem, theme.TextDanger, x+captionIcon+captionGap
	}
	if text == "" {
		return nil, role, x
	}
	return wrapText(text, max(80, width-x), theme.SizeCaption, false), role, x
}

func (r *FormRow) heightFor(width float32) float32 {
	height := max(controlHeight, heightAt(r.Control, width-r.labelWidth()))
	if lines, _, _ := r.captions(width); len(lines) > 0 {
		height += captionGap + float32(len(lines))*lineHeight(theme.SizeCaption)
	}
	return height
}

// Inspect describes the row for end-to-end tests.
func (r *FormRow) Inspect() Inspection {
	return Inspection{Kind: "row", Text: r.Label, Tip: r.problem, Bad: r.problem != ""}
}

// CreateRenderer is part of fyne.Widget.
func (r *FormRow) CreateRenderer() fyne.WidgetRenderer {
	star, label := newLine("*", theme.SizeBody, false), newLine("", theme.SizeBody, false)
	sign := newIconImage()
	out := newRenderer(r, &r.core)
	out.minSize = func() fyne.Size {
		width := r.labelWidth() + r.Control.MinSize().Width
		return fyne.NewSize(width, r.heightFor(max(width, r.Size().Width)))
	}
	out.layout = func(size fyne.Size) {
		left := r.labelWidth()
		height := max(controlHeight, heightAt(r.Control, size.Width-left))
		place(star, -starWidth+1, 0, starWidth, controlHeight)
		place(label, 0, 0, left-4, controlHeight)
		control := heightAt(r.Control, size.Width-left)
		place(r.Control, left, floor((height-control)/2), size.Width-left, control)
		lines, role, x := r.captions(size.Width)
		out.objects = []fyne.CanvasObject{star, label, r.Control, sign}
		y := height + captionGap
		place(sign, left, y+1, captionIcon, captionIcon)
		for _, text := range lines {
			line := newLine(text, theme.SizeCaption, false)
			line.Color = theme.Color(role)
			place(line, x, y-1, size.Width-x, lineHeight(theme.SizeCaption))
			out.objects = append(out.objects, line)
			y += lineHeight(theme.SizeCaption)
		}
	}
	out.refresh = func() {
		star.Color, label.Color = theme.Color(theme.Danger), theme.Color(theme.Text)
		star.Hidden = !r.Required
		label.Text = elide(r.Label, r.labelWidth()-4, theme.SizeBody, false)
		name := ""
		if r.problem != "" {
			name = "circle-alert"
		}
		setIcon(sign, name, theme.Danger, captionIcon)
	}
	out.objects = []fyne.CanvasObject{star, label, r.Control, sign}
	return out.start()
}

// Form is rows below each other, with headings and lines between them if wanted. Stars hang 10 px
// left of it, so it wants at least that much room there.
type Form struct {
	core
	// LabelWidth is the width of all labels in px; 0 means 112.
	LabelWidth float32
	// OnSubmit is called by Enter in the last field.
	OnSubmit func()
	// OnLeave is called with the key of a row whose control was left: the moment to check it.
	OnLeave func(key string)

	content *fyne.Container
	rows    []*FormRow
}

// NewForm makes a form of rows and of other objects, such as NewLine, between them.
func NewForm(objects ...fyne.CanvasObject) *Form {
	f := &Form{content: Column(rowGap)}
	f.ExtendBaseWidget(f)
	for _, o := range objects {
		f.Add(o)
	}
	return f
}

// Add appends a row or another object.
func (f *Form) Add(o fyne.CanvasObject) {
	f.content.Objects = append(f.content.Objects, o)
	row, ok := o.(*FormRow)
	if !ok {
		return
	}
	row.form = f
	f.rows = append(f.rows, row)
	if leaving, ok := row.Control.(interface{ addBlur(func()) }); ok {
		leaving.addBlur(func() {
			if f.OnLeave != nil {
				f.OnLeave(row.Key)
			}
		})
	}
	if field := innerField(row.Control); field != nil && field.OnSubmitted == nil {
		field.OnSubmitted = func(string) { f.goOn(row) }
	}
}

func innerField(o fyne.CanvasObject) *Field {
	switch v := o.(type) {
	case *Field:
		return v
	case *DateField:
		return &v.Field
	}
	return nil
}

// goOn moves to the next row that takes the keyboard, or submits after the last one.
func (f *Form) goOn(row *FormRow) {
	after := false
	for _, next := range f.rows {
		if after && next.Visible() && next.focus() {
			return
		}
		after = after || next == row
	}
	if f.OnSubmit != nil {
		f.OnSubmit()
	} else {
		submitTop(f)
	}
}

// focus gives the row's control the keyboard and tells whether it takes it.
func (r *FormRow) focus() bool {
	target, ok := r.Control.(interface{ FocusTarget() fyne.Focusable })
	if !ok {
		return false
	}
	focusable := target.FocusTarget()
	if disabled, ok := focusable.(fyne.Disableable); ok && disabled.Disabled() {
		return false
	}
	focusOn(focusable)
	return true
}

// Row gives the row with a key, or nil.
func (f *Form) Row(key string) *FormRow {
	for _, row := range f.rows {
		if row.Key == key {
			return row
		}
	}
	return nil
}

// SetProblems shows the errors by row key and takes all others away.
func (f *Form) SetProblems(problems map[string]string) {
	for _, row := range f.rows {
		row.SetProblem(problems[row.Key])
	}
}

// FocusField gives a row's control the keyboard and scrolls it into view.
func (f *Form) FocusField(key string) {
	if row := f.Row(key); row != nil {
		row.focus()
	}
}

// FocusFirstProblem goes to the first row with an error and tells whether there is one.
func (f *Form) FocusFirstProblem() bool {
	for _, row := range f.rows {
		if row.problem != "" && row.focus() {
			return true
		}
	}
	return false
}

// SetRowVisible shows or hides a row.
func (f *Form) SetRowVisible(key string, visible bool) {
	if row := f.Row(key); row != nil && row.Visible() == !visible {
		row.Hidden = !visible
		f.relayout()
	}
}

func (f *Form) relayout() {
	f.content.Refresh()
	f.Refresh()
}

func (f *Form) heightFor(width float32) float32 { return heightAt(f.content, width) }

// CreateRenderer is part of fyne.Widget.
func (f *Form) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(f, &f.core, f.content)
	r.minSize = func() fyne.Size {
		size := f.content.MinSize()
		if width := f.Size().Width; width > 0 {
			size.Height = f.heightFor(width)
		}
		return size
	}
	r.layout = func(size fyne.Size) { f.content.Resize(size) }
	return r.start()
}
