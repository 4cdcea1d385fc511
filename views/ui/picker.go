package ui

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Picker is a choice among many options that can be typed into: it filters by text and by the
// options' search words, such as pinyin. Options with an indent make it a tree.
type Picker struct {
	choiceBox
	// Multiple lets several options be ticked.
	Multiple bool
	// Clearable shows an x that empties the choice.
	Clearable bool
	// OnChanged is called after a person changed the choice.
	OnChanged func(keys []string)

	options []Option
	keys    []string
}

// NewPicker makes a choice without a value; placeholder is shown until there is one.
func NewPicker(placeholder string, options ...Option) *Picker {
	p := &Picker{options: options}
	p.placeholder = placeholder
	p.trailing = "chevron-down"
	p.OnTapped = func() { p.open("") }
	p.extend(p)
	return p
}

// Key gives the chosen key, or "".
func (p *Picker) Key() string {
	if len(p.keys) == 0 {
		return ""
	}
	return p.keys[0]
}

// Keys gives all chosen keys in the order of the options.
func (p *Picker) Keys() []string { return append([]string{}, p.keys...) }

// SetKeys chooses without calling OnChanged; unknown and empty keys are left out.
func (p *Picker) SetKeys(keys ...string) {
	chosen := map[string]bool{}
	for _, key := range keys {
		chosen[key] = true
	}
	p.keys = nil
	var texts []string
	for _, o := range p.options {
		if chosen[o.Key] && o.Key != "" {
			p.keys = append(p.keys, o.Key)
			texts = append(texts, o.Text)
		}
	}
	p.value = strings.Join(texts, "、")
	p.clear = nil
	if p.Clearable {
		p.clear = func() { p.change() }
	}
	p.Refresh()
}

// SetOptions replaces the options and keeps chosen keys that are still among them.
func (p *Picker) SetOptions(options ...Option) {
	p.options = options
	p.SetKeys(p.keys...)
}

func (p *Picker) change(keys ...string) {
	p.SetKeys(keys...)
	if p.OnChanged != nil {
		p.OnChanged(p.Keys())
	}
}

// toggle ticks or clears one key of a multiple choice.
func (p *Picker) toggle(key string) {
	var keys []string
	had := false
	for _, k := range p.keys {
		if k == key {
			had = true
		} else {
			keys = append(keys, k)
		}
	}
	if !had {
		keys = append(keys, key)
	}
	p.change(keys...)
}

func (p *Picker) has(key string) bool {
	for _, k := range p.keys {
		if k == key {
			return true
		}
	}
	return false
}

// TypedRune opens the list with a filter begun.
func (p *Picker) TypedRune(r rune) {
	if !p.disabled {
		p.open(string(r))
	}
}

// TypedKey is part of fyne.Focusable.
func (p *Picker) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyDown, fyne.KeyUp:
		p.activate()
	case fyne.KeyBackspace, fyne.KeyDelete:
		if p.Clearable && len(p.keys) > 0 && !p.disabled {
			p.change()
		}
	default:
		p.press.TypedKey(event)
	}
}

// open shows a field over the box and the list below it; typing filters the list.
func (p *Picker) open(typed string) {
	c := canvasOf(p)
	if c == nil {
		return
	}
	o := &openPicker{picker: p, canvas: c, filter: NewField(p.placeholder)}
	o.list = newOptionList(nil, o.pick)
	o.list.passive = true
	o.list.width = max(p.Size().Width, newOptionList(p.options, nil).naturalWidth())
	if p.Multiple {
		o.list.ticked = func(index int) bool { return p.has(o.list.options[index].Key) }
		o.list.width += tickExtent + optionPadding
	}
	if p.value != "" && !p.Multiple {
		o.filter.SetPlaceholder(p.value)
	}
	o.filter.OnChanged = o.apply
	o.filter.entry.key = o.key
	o.filter.entry.wantsTab = true
	holder := freely(o.filter, o.list)
	o.over = newOverlay(c, holder)
	o.over.arrange = func(window fyne.Size) { o.place(holder, window) }
	o.over.cancel = func() { o.close(false) }
	o.over.tapOutside = func() { o.close(true) }
	o.apply("")
	o.over.show()
	c.Focus(o.filter.entry)
	if typed != "" {
		o.filter.SetText(typed)
		o.filter.entry.CursorColumn = len([]rune(typed))
		o.filter.entry.Refresh()
	}
}

func freely(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Objects: objects}
}

// openPicker is a picker while its list is shown.
type openPicker struct {
	picker *Picker
	canvas fyne.Canvas
	filter *Field
	list   *optionList
	over   *overlay
}

// place lays the field exactly over the closed box.
func (o *openPicker) place(holder *fyne.Container, window fyne.Size) {
	size := o.picker.Size()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o.picker)
	place(o.filter, at.X, at.Y, size.Width, size.Height)
	placeBelow(o.picker, o.list, o.list.MinSize(), window)
	// The holder keeps no size of its own, so that a click beside both counts as outside.
	holder.Resize(fyne.Size{})
}

// apply filters the options. In a tree, the ancestors of what is found stay, to tell where it is.
func (o *openPicker) apply(typed string) {
	filter := strings.ToLower(strings.TrimSpace(typed))
	var found []Option
	at := -1
	for i, option := range o.picker.options {
		if !option.matches(filter) && !o.leadsTo(i, filter) {
			continue
		}
		better := at < 0 && option.matches(filter) && !option.Disabled
		if filter == "" && !o.picker.Multiple && option.Key == o.picker.Key() && option.Key != "" {
			better = true
		}
		if better {
			at = len(found)
		}
		found = append(found, option)
	}
	o.list.setOptions(found, max(0, at))
	o.over.arrange(o.canvas.Size())
}

// leadsTo tells whether an option below option i in the tree matches.
func (o *openPicker) leadsTo(i int, filter string) bool {
	options := o.picker.options
	for next := i + 1; next < len(options) && options[next].Indent > options[i].Indent; next++ {
		if options[next].matches(filter) {
			return true
		}
	}
	return false
}

func (o *openPicker) pick(index int) {
	key := o.list.options[index].Key
	if o.picker.Multiple {
		o.picker.toggle(key)
		o.list.Refresh()
		o.canvas.Focus(o.filter.entry)
		return
	}
	o.close(closingByMouse)
	if key != o.picker.Key() {
		o.picker.change(key)
	}
	o.picker.left()
}

func (o *openPicker) close(byMouse bool) {
	if byMouse {
		o.over.hideByMouse()
	} else {
		o.over.hide()
	}
	o.picker.Refresh()
}

// key gives arrows and Enter to the list; Tab takes the marked option and goes on.
func (o *openPicker) key(event *fyne.KeyEvent) bool {
	if event.Name == fyne.KeyTab {
		if o.picker.Multiple || o.filter.Text() == "" {
			o.close(false)
		} else {
			o.list.choose(o.list.at)
		}
		o.canvas.FocusNext()
		return true
	}
	return o.list.key(event.Name)
}
