package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// ProgressDialog shows long work with a bar, a message and 取消. Set must run on the user interface
// thread, so work calls it inside fyne.Do.
type ProgressDialog struct {
	dialog    *Dialog
	bar       *ProgressBar
	message   *Paragraph
	cancelled bool
}

// ShowProgress opens the dialog; cancel is called once, by 取消 or Escape. The dialog stays until
// Hide, because cancelling takes a moment too.
func ShowProgress(window fyne.Window, title string, cancel func()) *ProgressDialog {
	p := &ProgressDialog{bar: NewProgressBar(0), message: NewParagraph(" ", theme.Secondary)}
	d := NewDialog(window, title)
	p.dialog = d
	d.NoCancel = true
	d.Body = Column(8, p.bar, p.message)
	stop := d.addButton(Plain, "取消", nil)
	stop.OnTapped = func() {
		if p.cancelled {
			return
		}
		p.cancelled = true
		stop.SetDisabled(true)
		p.message.SetText("正在取消……")
		call(cancel)
	}
	d.Show()
	d.over.cancel = stop.OnTapped
	return p
}

// Set shows how far the work is, 0 to 1, and what it does.
func (p *ProgressDialog) Set(fraction float64, message string) {
	p.bar.SetFraction(fraction)
	if !p.cancelled {
		p.message.SetText(message)
	}
}

// Hide closes the dialog.
func (p *ProgressDialog) Hide() { p.dialog.Hide() }

// StatusProgress is a work's progress in the status bar: message, bar and 取消 in one line.
type StatusProgress struct {
	core
	message *Text
	bar     *ProgressBar
	cancel  *Button
	content *fyne.Container
}

// NewStatusProgress makes a hidden line; Set shows it.
func NewStatusProgress() *StatusProgress {
	s := &StatusProgress{message: NewCaption("", theme.Secondary), bar: NewProgressBar(0)}
	s.bar.MinWidth = 96
	s.cancel = NewLink("取消", nil)
	s.cancel.Small = true
	s.content = Row(8, s.message, s.bar, s.cancel)
	s.ExtendBaseWidget(s)
	s.Hide()
	return s
}

// Set shows how far the work is, 0 to 1; without cancel the link is left out.
func (s *StatusProgress) Set(message string, fraction float64, cancel func()) {
	s.message.SetText(message)
	s.bar.SetFraction(fraction)
	s.cancel.OnTapped, s.cancel.Hidden = cancel, cancel == nil
	s.content.Refresh()
	s.Show()
}

// CreateRenderer is part of fyne.Widget.
func (s *StatusProgress) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(s, &s.core, s.content)
	r.minSize = func() fyne.Size { return s.content.MinSize() }
	r.layout = func(size fyne.Size) { s.content.Resize(size) }
	return r.start()
}
