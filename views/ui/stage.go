package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Stage is the ground of a window: the program's content and, above it, toasts and tooltips, which
// take no keyboard and block no pointer. The frame wraps its content in one.
type Stage struct {
	core
	content fyne.CanvasObject
	toasts  *fyne.Container
	tips    *fyne.Container
}

// NewStage wraps a window's content.
func NewStage(content fyne.CanvasObject) *Stage {
	s := &Stage{content: content, toasts: &fyne.Container{}, tips: &fyne.Container{}}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of fyne.Widget.
func (s *Stage) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(s, &s.core, s.content, s.toasts, s.tips)
	r.minSize = s.content.MinSize
	r.layout = func(size fyne.Size) {
		s.content.Resize(size)
		s.tips.Resize(size)
		s.placeToasts(size)
	}
	return r.start()
}

// MouseIn is part of desktop.Hoverable: the pointer over what takes no notice of it is a sign of life all the same.
func (s *Stage) MouseIn(*desktop.MouseEvent) { touched() }

// MouseMoved is part of desktop.Hoverable.
func (s *Stage) MouseMoved(*desktop.MouseEvent) { touched() }

// MouseOut is part of desktop.Hoverable.
func (s *Stage) MouseOut() {}

func (s *Stage) tipLayer() *fyne.Container { return s.tips }

// tipHolder is a stage or an overlay: what can show a tooltip above its content.
type tipHolder interface {
	tipLayer() *fyne.Container
}

// tipDelay is how long the pointer rests before a tooltip comes.
var tipDelay = 500 * time.Millisecond

// tip is the one tooltip; at most one widget owns it.
var tip struct {
	owner fyne.CanvasObject
	timer *time.Timer
	layer *fyne.Container
}

// showTooltip shows text beside the pointer after a moment, unless the owner hides it before.
func showTooltip(owner fyne.CanvasObject, at fyne.Position, text string) {
	hideTooltip(nil)
	tip.owner = owner
	if tipDelay == 0 {
		placeTooltip(owner, at, text)
		return
	}
	tip.timer = time.AfterFunc(tipDelay, func() {
		fyne.Do(func() {
			if tip.owner == owner {
				placeTooltip(owner, at, text)
			}
		})
	})
}

// hideTooltip takes the tooltip away if it belongs to owner; nil stands for any owner.
func hideTooltip(owner fyne.CanvasObject) {
	if owner != nil && tip.owner != owner {
		return
	}
	tip.owner = nil
	if tip.timer != nil {
		tip.timer.Stop()
		tip.timer = nil
	}
	if tip.layer != nil {
		tip.layer.Objects = nil
		tip.layer.Refresh()
		tip.layer = nil
	}
}

func placeTooltip(owner fyne.CanvasObject, at fyne.Position, text string) {
	c := canvasOf(owner)
	if c == nil {
		return
	}
	var holder tipHolder
	if top, ok := c.Overlays().Top().(tipHolder); ok {
		holder = top
	} else if stage, ok := c.Content().(tipHolder); ok && c.Overlays().Top() == nil {
		holder = stage
	}
	if holder == nil {
		return
	}
	const margin, widest = 4, 360
	label := newTooltip(text, widest)
	size := label.MinSize()
	room := c.Size()
	x := min(at.X+8, room.Width-size.Width-margin)
	y := at.Y + 18
	if y+size.Height > room.Height-margin {
		y = at.Y - size.Height - 8
	}
	place(label, max(margin, floor(x)), max(margin, floor(y)), size.Width, size.Height)
	tip.layer = holder.tipLayer()
	tip.layer.Objects = []fyne.CanvasObject{label}
	tip.layer.Refresh()
}
