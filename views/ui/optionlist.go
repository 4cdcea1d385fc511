package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

// Option is one line of a Select, a Picker or a menu.
type Option struct {
	// Key identifies the option to the caller.
	Key string
	// Text is shown, and is what a filter looks in.
	Text string
	// Note is grey at the right end: a count, a shortcut, a path.
	Note string
	// Search holds more words that a filter finds the option by, such as pinyin and initials.
	Search []string
	// Indent is the depth in a tree, 0 at the top.
	Indent int
	// Icon stands before the text.
	Icon string
	// Disabled options are shown but cannot be chosen.
	Disabled bool
	// Danger makes the text red.
	Danger bool
	// Separated draws a line above the option.
	Separated bool
}

// matches tells whether a filter typed in lower case finds the option.
func (o Option) matches(filter string) bool {
	if filter == "" || strings.Contains(strings.ToLower(o.Text), filter) {
		return true
	}
	for _, word := range o.Search {
		if strings.Contains(strings.ToLower(word), filter) {
			return true
		}
	}
	return false
}

// Option list measures in px, and how many lines are shown at once.
const (
	optionHeight  float32 = 32
	optionMargin  float32 = 4
	optionPadding float32 = 8
	optionIndent  float32 = 16
	optionRows            = 10
)

// optionList shows options below each other; it draws only the lines in view.
type optionList struct {
	core
	options []Option
	// at is the marked line, top the first one in view.
	at, top int
	// pick is called by a click and by Enter.
	pick func(index int)
	// ticked, where set, puts a tick box before every line.
	ticked func(index int) bool
	// nothing is shown in place of options.
	nothing string
	// passive lists get no keyboard; a field beside them passes keys on.
	passive bool
	width   float32
}

func newOptionList(options []Option, pick func(index int)) *optionList {
	l := &optionList{options: options, pick: pick, nothing: "没有符合的选项"}
	l.ExtendBaseWidget(l)
	return l
}

func (l *optionList) rows() int { return min(optionRows, max(1, len(l.options))) }

// setOptions replaces the lines, as when a filter is typed.
func (l *optionList) setOptions(options []Option, at int) {
	l.options, l.at, l.top = options, at, 0
	l.show()
	l.Refresh()
}

// show scrolls the marked line into view.
func (l *optionList) show() {
	if l.at < l.top {
		l.top = max(0, l.at)
	}
	if l.at >= l.top+optionRows {
		l.top = l.at - optionRows + 1
	}
}

// step moves the mark by delta lines past disabled ones.
func (l *optionList) step(delta int) {
	for i := l.at + delta; i >= 0 && i < len(l.options); i += delta {
		if !l.options[i].Disabled {
			l.at = i
			break
		}
	}
	l.show()
	l.Refresh()
}

func (l *optionList) choose(index int) {
	if index >= 0 && index < len(l.options) && !l.options[index].Disabled {
		l.pick(index)
	}
}

// key handles a key and tells whether it was one of the list's.
func (l *optionList) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyPageDown, fyne.KeyPageUp:
		delta := optionRows - 1
		if name == fyne.KeyPageUp {
			delta = -delta
		}
		l.at = min(max(0, l.at+delta), max(0, len(l.options)-1))
		l.show()
		l.Refresh()
	case fyne.KeyReturn, fyne.KeyEnter:
		l.choose(l.at)
	default:
		return false
	}
	return true
}

// TypedKey is part of fyne.Focusable.
func (l *optionList) TypedKey(event *fyne.KeyEvent) {
	touched()
	switch event.Name {
	case fyne.KeyHome:
		l.at = -1
		l.step(1)
	case fyne.KeyEnd:
		l.at = len(l.options)
		l.step(-1)
	case fyne.KeySpace:
		l.choose(l.at)
	case fyne.KeyEscape, fyne.KeyF1:
		passKey(l, event.Name)
	default:
		l.key(event.Name)
	}
}

// TypedRune jumps to the next option that begins with the letter or has it first in a search word.
func (l *optionList) TypedRune(r rune) {
	touched()
	letter := strings.ToLower(string(r))
	for i := range l.options {
		next := (l.at + 1 + i) % len(l.options)
		words := append([]string{l.options[next].Text}, l.options[next].Search...)
		for _, word := range words {
			if strings.HasPrefix(strings.ToLower(word), letter) && !l.options[next].Disabled {
				l.at = next
				l.show()
				l.Refresh()
				return
			}
		}
	}
}

// FocusGained is part of fyne.Focusable.
func (l *optionList) FocusGained() {}

// FocusLost is part of fyne.Focusable.
func (l *optionList) FocusLost() {}

// Disabled is part of fyne.Disableable; it keeps passive lists out of the Tab order.
func (l *optionList) Disabled() bool { return l.passive }

// Enable is part of fyne.Disableable.
func (l *optionList) Enable() {}

// Disable is part of fyne.Disableable.
func (l *optionList) Disable() {}

func (l *optionList) rowAt(y float32) int {
	if y < optionMargin {
		return -1
	}
	row := l.top + int((y-optionMargin)/optionHeight)
	if row >= len(l.options) || row >= l.top+optionRows {
		return -1
	}
	return row
}

// Tapped picks the clicked line.
func (l *optionList) Tapped(event *fyne.PointEvent) {
	closingByMouse = true
	l.choose(l.rowAt(event.Position.Y))
	closingByMouse = false
}

// MouseIn is part of desktop.Hoverable.
func (l *optionList) MouseIn(event *desktop.MouseEvent) { l.MouseMoved(event) }

// MouseMoved marks the line under the pointer.
func (l *optionList) MouseMoved(event *desktop.MouseEvent) {
	touched()
	if row := l.rowAt(event.Position.Y); row >= 0 && row != l.at {
		l.at = row
		l.Refresh()
	}
}

// MouseOut is part of desktop.Hoverable.
func (l *optionList) MouseOut() {}

// Scrolled moves the lines by three a notch.
func (l *optionList) Scrolled(event *fyne.ScrollEvent) {
	delta := 3
	if event.Scrolled.DY > 0 {
		delta = -3
	}
	l.top = min(max(0, l.top+delta), max(0, len(l.options)-optionRows))
	l.Refresh()
}

// Inspect describes the list and its lines in view for end-to-end tests.
func (l *optionList) Inspect() Inspection {
	out := Inspection{Kind: "options"}
	for i := l.top; i < min(len(l.options), l.top+optionRows); i++ {
		one := Inspection{Kind: "option", Text: l.options[i].Text, Tip: l.options[i].Note, Active: i == l.at, Disabled: l.options[i].Disabled}
		one.Checked = l.ticked != nil && l.ticked(i)
		y := optionMargin + float32(i-l.top)*optionHeight
		out.parts = append(out.parts, inspectedPart{one, 0, y, l.Size().Width, optionHeight})
	}
	return out
}

// naturalWidth is the width in px that shows every option whole.
func (l *optionList) naturalWidth() float32 {
	widest := float32(0)
	for _, o := range l.options {
		width := textWidth(o.Text, theme.SizeBody, false) + float32(o.Indent)*optionIndent
		if o.Note != "" {
			width += 24 + textWidth(o.Note, theme.SizeCaption, false)
		}
		if o.Icon != "" {
			width += iconExtent + optionPadding
		}
		widest = max(widest, ceil(width))
	}
	if l.ticked != nil {
		widest += tickExtent + optionPadding
	}
	return widest + 2*(optionMargin+optionPadding)
}

// optionRow is what one line is drawn with.
type optionRow struct {
	text, note *canvas.Text
	icon, mark *canvas.Image
	box        *shape
	line       *canvas.Rectangle
}

// CreateRenderer is part of fyne.Widget.
func (l *optionList) CreateRenderer() fyne.WidgetRenderer {
	frame, bar, thumb := newShape(), newShape(), newShape()
	var rows []optionRow
	r := newRenderer(l, &l.core)
	r.minSize = func() fyne.Size {
		return fyne.NewSize(max(l.width, 80), float32(l.rows())*optionHeight+2*optionMargin)
	}
	r.layout = func(size fyne.Size) {
		frame.Resize(size)
		place(bar, optionMargin, optionMargin+float32(l.at-l.top)*optionHeight, size.Width-2*optionMargin, optionHeight)
		for i := range rows {
			l.layoutRow(&rows[i], l.top+i, optionMargin+float32(i)*optionHeight, size.Width)
		}
		l.layoutThumb(thumb, size)
	}
	r.refresh = func() {
		for len(rows) < l.rows() {
			rows = append(rows, optionRow{
				newLine("", theme.SizeBody, false), newLine("", theme.SizeCaption, false),
				newIconImage(), newIconImage(), newShape(), &canvas.Rectangle{},
			})
		}
		frame.paint(theme.Surface, theme.ControlBorder, 1, 4)
		bar.paint(theme.TintPrimary, theme.None, 0, 4)
		bar.Hidden = l.at < l.top || l.at >= l.top+optionRows || len(l.options) == 0
		thumb.paint(theme.Thumb, theme.None, 0, 3)
		r.objects = []fyne.CanvasObject{frame.Raster, bar.Raster}
		for i := range rows {
			l.paintRow(&rows[i], l.top+i)
			row := &rows[i]
			r.objects = append(r.objects, row.line, row.box.Raster, row.mark, row.icon, row.text, row.note)
		}
		r.objects = append(r.objects, thumb.Raster)
	}
	return r.start()
}

func (l *optionList) layoutRow(row *optionRow, index int, y, width float32) {
	x := optionMargin + optionPadding
	place(row.line, x, y, width-2*x, 1)
	if index >= len(l.options) {
		place(row.text, x, y, width-2*x, optionHeight)
		return
	}
	o := l.options[index]
	x += float32(o.Indent) * optionIndent
	if l.ticked != nil {
		placeTick(row.box, row.mark, x, y+8)
		x += tickExtent + optionPadding
	}
	if o.Icon != "" {
		place(row.icon, x, y+8, iconExtent, iconExtent)
		x += iconExtent + optionPadding
	}
	right := width - optionMargin - optionPadding
	note := ceil(textWidth(o.Note, theme.SizeCaption, false))
	place(row.note, right-note, y, note, optionHeight)
	if note > 0 {
		right -= note + optionPadding
	}
	row.text.Text = elide(o.Text, right-x, theme.SizeBody, false)
	place(row.text, x, y, right-x, optionHeight)
}

func (l *optionList) paintRow(row *optionRow, index int) {
	row.line.Hidden, row.box.Hidden, row.mark.Hidden, row.note.Hidden = true, true, true, true
	setIcon(row.icon, "", theme.None, iconExtent)
	if index >= len(l.options) {
		row.text.Text = ""
		if index == 0 {
			row.text.Text = l.nothing
		}
		row.text.Color = theme.Color(theme.Secondary)
		return
	}
	o := l.options[index]
	role, sign := theme.Text, theme.Secondary
	switch {
	case o.Disabled:
		role, sign = theme.Disabled, theme.Disabled
	case o.Danger:
		role, sign = theme.TextDanger, theme.TextDanger
	case index == l.at:
		role, sign = theme.TextPrimary, theme.TextPrimary
	}
	row.text.Text, row.text.Color = o.Text, theme.Color(role)
	row.note.Text, row.note.Color, row.note.Hidden = o.Note, theme.Color(theme.Secondary), o.Note == ""
	setIcon(row.icon, o.Icon, sign, iconExtent)
	row.line.Hidden = !o.Separated
	row.line.FillColor = theme.Color(theme.Border)
	if l.ticked != nil {
		row.box.Hidden = false
		mark := ""
		if l.ticked(index) {
			mark = "check"
		}
		paintTick(row.box, row.mark, mark, o.Disabled)
	}
}

func (l *optionList) layoutThumb(thumb *shape, size fyne.Size) {
	thumb.Hidden = len(l.options) <= optionRows
	if thumb.Hidden {
		return
	}
	track := size.Height - 2*optionMargin
	height := max(24, track*optionRows/float32(len(l.options)))
	share := float32(l.top) / float32(len(l.options)-optionRows)
	place(thumb, size.Width-9, optionMargin+(track-height)*share, 6, height)
}
