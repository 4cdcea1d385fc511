package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// CellEdit says how a cell is edited in its place.
type CellEdit struct {
	// Text stands in the input at first.
	Text string
	// Whole marks the text, so that typing replaces it; else the caret stands behind it.
	Whole bool
	// Placeholder is grey and shown while there is no text.
	Placeholder string
	// Groups, where set, shows the text in groups of so many characters; see GroupsOfFour.
	Groups []int
	// Options are offered below the input and filtered by what is typed. A chosen one gives its Key.
	Options []Option
	// Done takes the text, with where the keyboard is to go. It is not called by Escape.
	Done func(text string, step CellStep)
}

// CellStep is how far the current cell moves: Enter goes down, Tab right, a click beside the input nowhere.
type CellStep struct{ Rows, Columns int }

// cellEditor is the input over a cell while it is edited.
type cellEditor struct {
	table  *grid
	edit   CellEdit
	row    int
	column int
	canvas fyne.Canvas
	field  *Field
	list   *optionList // nil without options
	holder *fyne.Container
	over   *overlay
}

// leastEditor is the width in px below which an input hides what is typed.
const leastEditor float32 = 132

// EditCell opens an input in place of a cell. It does nothing where the row or the column is not shown.
func (g *grid) EditCell(row int, column string, edit CellEdit) {
	at, c := g.columnOf(column), canvasOf(g.self)
	if c == nil || row < 0 || row >= g.known() || !g.shown(at) {
		return
	}
	g.MoveTo(row, column)
	hideTooltip(g.self)
	e := &cellEditor{table: g, edit: edit, row: row, column: at, canvas: c, field: NewField(edit.Placeholder)}
	e.field.Groups = edit.Groups
	e.field.entry.key = e.key
	e.field.entry.wantsTab = true
	e.holder = freely(e.field)
	if len(edit.Options) > 0 {
		e.list = newOptionList(nil, func(index int) { e.finish(e.list.options[index].Key, CellStep{Rows: 1}) })
		e.list.passive = true
		e.list.nothing = "没有符合的选项，按回车照填"
		e.list.width = newOptionList(edit.Options, nil).naturalWidth()
		e.holder.Add(e.list)
		e.field.OnChanged = e.filter
		e.filter("")
	}
	e.over = newOverlay(c, e.holder)
	e.over.arrange = e.place
	e.over.cancel = e.close
	e.over.tapOutside = e.leave
	e.over.show()
	c.Focus(e.field.entry)
	e.begin()
}

// begin puts the text in and the caret where typing goes on.
func (e *cellEditor) begin() {
	e.field.entry.SetText(e.edit.Text)
	if e.edit.Whole {
		e.field.SelectAll()
		e.filter("")
		return
	}
	e.field.entry.CursorColumn = len([]rune(e.edit.Text))
	e.field.entry.Refresh()
}

// place lays the input over its cell and the options below.
func (e *cellEditor) place(window fyne.Size) {
	g := e.table
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g.self)
	span := g.spans[e.column]
	width := max(span.width, leastEditor)
	x := min(span.x, max(0, g.Size().Width-width))
	y := g.headHeight() + float32(float64(e.row)*float64(g.RowHeight)-g.offset)
	place(e.field, at.X+x, at.Y+y-1, width, g.RowHeight+1)
	if e.list != nil {
		e.list.width = max(e.list.width, width)
		placeBelow(e.field, e.list, e.list.MinSize(), window)
	}
	// The holder keeps no size of its own, so that a click beside both counts as outside.
	e.holder.Resize(fyne.Size{})
}

func (e *cellEditor) filter(typed string) {
	if e.list == nil {
		return
	}
	wanted := strings.ToLower(strings.TrimSpace(typed))
	var found []Option
	at := 0
	for _, option := range e.edit.Options {
		if !option.matches(wanted) {
			continue
		}
		if option.Text == typed {
			at = len(found)
		}
		found = append(found, option)
	}
	e.list.setOptions(found, at)
	if e.over != nil {
		e.place(e.canvas.Size())
	}
}

// key finishes with Enter, Tab and, where there are no options to walk through, with the arrows up and down.
func (e *cellEditor) key(event *fyne.KeyEvent) bool {
	step := CellStep{}
	switch event.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		step.Rows = backwards(1)
	case fyne.KeyTab:
		step.Columns = backwards(1)
	case fyne.KeyDown, fyne.KeyPageDown:
		step.Rows = 1
	case fyne.KeyUp, fyne.KeyPageUp:
		step.Rows = -1
	default:
		return false
	}
	if moves := event.Name != fyne.KeyReturn && event.Name != fyne.KeyEnter && event.Name != fyne.KeyTab; moves && e.list != nil {
		return e.list.key(event.Name)
	}
	e.finish(e.chosen(), step)
	return true
}

// backwards turns a step round while Shift is held.
func backwards(step int) int {
	driver, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if ok && driver.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		return -step
	}
	return step
}

// chosen is the marked option, or the text where nothing was typed or none fits.
func (e *cellEditor) chosen() string {
	text := e.field.Text()
	if e.list == nil || strings.TrimSpace(text) == "" || text == e.edit.Text || len(e.list.options) == 0 {
		return text
	}
	return e.list.options[e.list.at].Key
}

// leave takes the text as it is, and gives the click that ended the edit to the table.
func (e *cellEditor) leave() {
	at, g := e.over.outside, e.table
	e.finish(e.chosen(), CellStep{})
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(g.self)
	inside := at.Subtract(top)
	if inside.X >= 0 && inside.Y >= 0 && inside.X < g.Size().Width && inside.Y < g.Size().Height {
		g.Tapped(&fyne.PointEvent{AbsolutePosition: at, Position: inside})
	}
}

func (e *cellEditor) finish(text string, step CellStep) {
	e.close()
	if e.edit.Done != nil {
		e.edit.Done(text, step)
	}
}

func (e *cellEditor) close() { e.over.hide() }
