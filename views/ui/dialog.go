package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Dialog measures in px.
const (
	dialogWidth   float32 = 440
	dialogPadding float32 = 20
	dialogMargin  float32 = 24
)

// Dialog asks for an answer in the middle of the window. It keeps the keyboard until it is closed:
// Escape cancels, Enter presses the default button.
type Dialog struct {
	// Title is bold on top.
	Title string
	// Text is a paragraph under the title; it says what will happen.
	Text string
	// Body stands under the text and may be nil. It scrolls if it is higher than the window.
	Body fyne.CanvasObject
	// Width is in px; 0 means 440.
	Width float32
	// First gets the keyboard; nil means the first input of Body if it is a Form, or else the
	// default button.
	First fyne.Focusable
	// CancelLabel names the button that changes nothing; "" means 取消.
	CancelLabel string
	// NoCancel leaves that button out; Escape then presses the default button's place: it closes.
	NoCancel bool
	// OnCancel is called after Escape or the cancel button closed the dialog.
	OnCancel func()

	canvas  fyne.Canvas
	over    *overlay
	cancel  *Button
	leading []fyne.CanvasObject
	buttons []*Button
	main    *Button
}

// NewDialog prepares a dialog for a window.
func NewDialog(window fyne.Window, title string) *Dialog {
	return &Dialog{Title: title, canvas: window.Canvas()}
}

// AddButton adds an answer, named by a verb. The dialog closes before action is called.
func (d *Dialog) AddButton(label string, action func()) *Button {
	return d.addButton(Plain, label, func() { d.Hide(); call(action) })
}

// SetDefault adds the answer that Enter presses. It stays open while action answers false.
func (d *Dialog) SetDefault(label string, action func() bool) *Button {
	d.main = d.addButton(Filled, label, func() {
		if action == nil || action() {
			d.Hide()
		}
	})
	return d.main
}

// SetDanger adds the default answer in red, for what destroys. Escape, not Enter, is at hand: the
// keyboard begins on the cancel button.
func (d *Dialog) SetDanger(label string, action func()) *Button {
	d.main = d.addButton(Danger, label, func() { d.Hide(); call(action) })
	d.main.Solid = true
	return d.main
}

// AddLeading puts an object at the left end of the buttons' row.
func (d *Dialog) AddLeading(o fyne.CanvasObject) { d.leading = append(d.leading, o) }

func (d *Dialog) addButton(kind ButtonKind, label string, tapped func()) *Button {
	b := newButton(kind, label, "", tapped)
	d.buttons = append(d.buttons, b)
	return b
}

func call(action func()) {
	if action != nil {
		action()
	}
}

// Show opens the dialog.
func (d *Dialog) Show() {
	panel := d.build()
	d.over = newOverlay(d.canvas, panel)
	d.over.dim = true
	d.over.cancel = d.Cancel
	d.over.submit = func() {
		if d.main != nil && !d.main.disabled {
			d.main.activate()
		}
	}
	d.over.arrange = func(window fyne.Size) { d.arrange(panel, window) }
	d.over.show()
	if first := d.first(); first != nil {
		d.canvas.Focus(first)
	}
}

// Hide closes the dialog without calling OnCancel.
func (d *Dialog) Hide() {
	if d.over != nil {
		d.over.hideByMouse()
		d.over = nil
	}
}

// Shown tells whether the dialog is open.
func (d *Dialog) Shown() bool { return d.over != nil }

// Cancel closes the dialog and calls OnCancel.
func (d *Dialog) Cancel() {
	if d.over != nil {
		d.Hide()
		call(d.OnCancel)
	}
}

// Relayout fits the dialog to its content after that changed its height.
func (d *Dialog) Relayout() {
	if d.over != nil {
		d.over.arrange(d.canvas.Size())
		d.over.Refresh()
	}
}

func (d *Dialog) build() *dialogPanel {
	parts := []fyne.CanvasObject{}
	if d.Text != "" {
		parts = append(parts, NewParagraph(d.Text, theme.Text))
	}
	if d.Body != nil {
		parts = append(parts, d.Body)
	}
	row := append([]fyne.CanvasObject{}, d.leading...)
	row = append(row, Space())
	if !d.NoCancel {
		label := d.CancelLabel
		if label == "" {
			label = "取消"
		}
		d.cancel = NewButton(label, "", d.Cancel)
		row = append(row, d.cancel)
	}
	for _, b := range d.buttons {
		row = append(row, b)
	}
	p := &dialogPanel{title: NewSection(d.Title), ground: NewBox(theme.Surface, theme.ControlBorder, 4)}
	p.body = Column(12, parts...)
	p.scroll = NewScroll(Pad(dialogPadding, 0, dialogPadding, 0, p.body))
	p.buttons = Row(8, row...)
	p.ExtendBaseWidget(p)
	return p
}

// arrange centres the panel, a little above the middle, and limits it to the window.
func (d *Dialog) arrange(panel *dialogPanel, window fyne.Size) {
	width := d.Width
	if width == 0 {
		width = dialogWidth
	}
	width = min(width, window.Width-2*dialogMargin)
	height := min(panel.heightFor(width), window.Height-2*dialogMargin)
	y := max(dialogMargin, floor((window.Height-height)*0.4))
	place(panel, floor((window.Width-width)/2), y, width, height)
}

func (d *Dialog) first() fyne.Focusable {
	if d.First != nil {
		return d.First
	}
	if form, ok := d.Body.(*Form); ok {
		for _, row := range form.rows {
			if target, ok := row.Control.(interface{ FocusTarget() fyne.Focusable }); ok {
				return target.FocusTarget()
			}
		}
	}
	if d.main != nil && !d.main.Solid {
		return d.main
	}
	if d.cancel != nil {
		return d.cancel
	}
	if len(d.buttons) > 0 {
		return d.buttons[0]
	}
	return nil
}

// dialogPanel is the white panel: title, body that scrolls if it must, buttons.
type dialogPanel struct {
	core
	ground  *Box
	title   *Text
	body    *fyne.Container
	scroll  fyne.CanvasObject
	buttons *fyne.Container
}

const (
	dialogHead float32 = 56 // 20 above the title's line, 12 below
	dialogFoot float32 = 72 // 20 above and below the buttons
)

// Inspect describes the dialog for end-to-end tests.
func (p *dialogPanel) Inspect() Inspection { return Inspection{Kind: "dialog", Text: p.title.Content} }

func (p *dialogPanel) heightFor(width float32) float32 {
	return dialogHead + heightAt(p.body, width-2*dialogPadding) + dialogFoot
}

// CreateRenderer is part of fyne.Widget.
func (p *dialogPanel) CreateRenderer() fyne.WidgetRenderer {
	p.title.Elide = true
	r := newRenderer(p, &p.core, p.ground, p.title, p.scroll, p.buttons)
	r.minSize = func() fyne.Size { return fyne.NewSize(200, dialogHead+dialogFoot) }
	r.layout = func(size fyne.Size) {
		p.ground.Resize(size)
		place(p.title, dialogPadding, dialogPadding, size.Width-2*dialogPadding, 24)
		place(p.scroll, 0, dialogHead, size.Width, size.Height-dialogHead-dialogFoot)
		place(p.buttons, dialogPadding, size.Height-52, size.Width-2*dialogPadding, controlHeight)
	}
	return r.start()
}

// Confirm asks before something is done. verb names the answer, as in 停用 3 人.
func Confirm(window fyne.Window, title, text, verb string, action func()) *Dialog {
	d := NewDialog(window, title)
	d.Text = text
	d.SetDefault(verb, func() bool { d.Hide(); call(action); return true })
	d.Show()
	return d
}

// ConfirmDanger asks before something is destroyed; the answer is red and not under Enter.
func ConfirmDanger(window fyne.Window, title, text, verb string, action func()) *Dialog {
	d := NewDialog(window, title)
	d.Text = text
	d.SetDanger(verb, action)
	d.Show()
	return d
}

// Trouble is an error as people need it: where it is, what it is, how to mend it.
type Trouble struct {
	Title, Where, What, Fix string
	// Detail is for support; it is copied, not shown.
	Detail string
}

// text is what 复制详情 copies.
func (t Trouble) text() string {
	parts := []string{t.Title}
	for _, p := range [][2]string{{"在哪里", t.Where}, {"是什么", t.What}, {"怎么改", t.Fix}, {"详情", t.Detail}} {
		if p[1] != "" {
			parts = append(parts, p[0]+"："+p[1])
		}
	}
	return strings.Join(parts, "\n")
}

// ShowTrouble shows an error with its three parts and a button that copies all of it.
func ShowTrouble(window fyne.Window, trouble Trouble) *Dialog {
	d := NewDialog(window, trouble.Title)
	d.NoCancel = true
	d.Body = NewTroubleParts(trouble.Where, trouble.What, trouble.Fix)
	var link *Button
	link = NewLink("复制详情", func() {
		Copy(trouble.text())
		link.SetLabel("已复制")
	})
	d.AddLeading(link)
	d.SetDefault("知道了", nil)
	d.Show()
	return d
}

// NewTroubleParts shows 在哪里, 是什么 and 怎么改 below each other; empty ones are left out.
func NewTroubleParts(where, what, fix string) *fyne.Container {
	column := Column(8)
	for _, p := range []struct {
		label, text string
		role        theme.Role
	}{{"在哪里", where, theme.Text}, {"是什么", what, theme.TextDanger}, {"怎么改", fix, theme.Text}} {
		if p.text != "" {
			column.Add(Column(0, NewCaption(p.label, theme.Secondary), NewParagraph(p.text, p.role)))
		}
	}
	return column
}
