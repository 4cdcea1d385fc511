package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// Toast is a message that goes away by itself: something went well.
type Toast struct {
	// Text says what was done.
	Text string
	// Tone is ToneSuccess unless set.
	Tone Tone
	// Action is the word of an optional link, usually 撤销; OnAction is what it does.
	Action   string
	OnAction func()
}

// How long toasts stay; one with an action stays longer, so that there is time to use it.
const (
	toastTime       = 4 * time.Second
	toastActionTime = 10 * time.Second
	toastDistance   = 12
)

// ShowToast shows a message at the bottom of a window. A window without a Stage gets one.
func ShowToast(window fyne.Window, message Toast) {
	stage, ok := window.Content().(*Stage)
	if !ok {
		stage = NewStage(window.Content())
		window.SetContent(stage)
	}
	stage.addToast(message)
}

// HideToasts takes the messages of a window away: what their actions would undo is past.
func HideToasts(window fyne.Window) {
	stage, ok := window.Content().(*Stage)
	if !ok {
		return
	}
	for _, shown := range slices.Clone(stage.toasts.Objects) {
		stage.removeToast(shown.(*toastView))
	}
}

func (s *Stage) addToast(message Toast) {
	if message.Tone == NoTone {
		message.Tone = ToneSuccess
	}
	view := newToastView(message)
	remove := func() { s.removeToast(view) }
	view.close.OnTapped = remove
	view.action.OnTapped = func() {
		remove()
		if message.OnAction != nil {
			message.OnAction()
		}
	}
	s.toasts.Objects = append(s.toasts.Objects, view)
	s.placeToasts(s.Size())
	s.toasts.Refresh()
	stay := toastTime
	if message.Action != "" {
		stay = toastActionTime
	}
	view.timer = time.AfterFunc(stay, func() { fyne.Do(remove) })
}

func (s *Stage) removeToast(view *toastView) {
	view.timer.Stop()
	for i, o := range s.toasts.Objects {
		if o == view {
			s.toasts.Objects = append(s.toasts.Objects[:i:i], s.toasts.Objects[i+1:]...)
			break
		}
	}
	s.placeToasts(s.Size())
	s.toasts.Refresh()
}

// placeToasts stacks toasts upwards in the middle, above the status bar and a page's footer.
func (s *Stage) placeToasts(size fyne.Size) {
	const bottom = 80
	y := size.Height - bottom
	// The layer itself stays empty in size, so that it lies over nothing but its toasts.
	for i := len(s.toasts.Objects) - 1; i >= 0; i-- {
		o := s.toasts.Objects[i]
		wanted := o.MinSize()
		width := min(wanted.Width, size.Width-2*toastDistance)
		y -= wanted.Height
		place(o, floor((size.Width-width)/2), y, width, wanted.Height)
		y -= toastDistance
	}
}

// toastView draws one toast.
type toastView struct {
	core
	message Toast
	action  *Button
	close   *Button
	content fyne.CanvasObject
	timer   *time.Timer
}

func newToastView(message Toast) *toastView {
	v := &toastView{message: message, action: NewLink(message.Action, nil)}
	v.close = NewSmallIconButton("x", "关闭", theme.Secondary, nil)
	v.action.Hidden = message.Action == ""
	row := Row(8, NewIcon(message.Tone.icon(), message.Tone.mark()), NewText(message.Text, theme.Text), v.action, v.close)
	v.content = Stack(NewBox(theme.Surface, theme.ControlBorder, 4), Pad(14, 8, 8, 8, row))
	v.ExtendBaseWidget(v)
	return v
}

// Inspect describes the toast for end-to-end tests.
func (v *toastView) Inspect() Inspection { return Inspection{Kind: "toast", Text: v.message.Text} }

// CreateRenderer is part of fyne.Widget.
func (v *toastView) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(v, &v.core, v.content)
	r.minSize = v.content.MinSize
	r.layout = func(size fyne.Size) { v.content.Resize(size) }
	return r.start()
}
