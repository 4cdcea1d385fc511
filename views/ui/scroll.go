package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewScroll lets content be higher than its place. Paragraphs in it wrap at the width of the view.
func NewScroll(content fyne.CanvasObject) *container.Scroll {
	fitted := &fitWidth{}
	inner := &fyne.Container{Layout: fitted, Objects: []fyne.CanvasObject{content}}
	scroll := container.NewVScroll(inner)
	fitted.scroll = scroll
	return scroll
}

// fitWidth is as high as its content is at the width of the scroll's view.
type fitWidth struct{ scroll *container.Scroll }

// MinSize is part of fyne.Layout.
func (f *fitWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if width := f.scroll.Size().Width; width > 0 {
		size.Height = heightAt(objects[0], width)
	}
	return size
}

// Layout is part of fyne.Layout.
func (f *fitWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

// revealMargin is the distance in px that a revealed object keeps from the view's edge.
const revealMargin float32 = 12

// Reveal scrolls so that target, which got the keyboard or was chosen, is in view.
func Reveal(target fyne.CanvasObject) {
	c := canvasOf(target)
	if c == nil {
		return
	}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	revealIn(root, target)
}

// revealIn looks for target below o and scrolls every scroll on the way back.
// It gives target's place relative to o.
func revealIn(o, target fyne.CanvasObject) (fyne.Position, bool) {
	if o == target {
		return fyne.Position{}, true
	}
	for _, child := range childrenOf(o) {
		if !child.Visible() {
			continue
		}
		at, found := revealIn(child, target)
		if !found {
			continue
		}
		if scroll, ok := o.(*container.Scroll); ok {
			scrollInto(scroll, at.Y, target.Size().Height)
		}
		return at.Add(child.Position()), true
	}
	return fyne.Position{}, false
}

func scrollInto(scroll *container.Scroll, y, height float32) {
	view := scroll.Size().Height
	switch {
	case y-revealMargin < scroll.Offset.Y:
		scroll.ScrollToOffset(fyne.NewPos(0, max(0, y-revealMargin)))
	case y+height+revealMargin > scroll.Offset.Y+view:
		scroll.ScrollToOffset(fyne.NewPos(0, y+height+revealMargin-view))
	}
}

// childrenOf gives what an object is made of, as far as it can be known from outside Fyne.
func childrenOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch v := o.(type) {
	case interface{ children() []fyne.CanvasObject }:
		return v.children()
	case *fyne.Container:
		return v.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{v.Content}
	case *container.Clip:
		return []fyne.CanvasObject{v.Content}
	case *container.ThemeOverride:
		return []fyne.CanvasObject{v.Content}
	}
	return nil
}

// Repaint reads colours again in everything below o. Fyne does so for what a window shows when the theme
// changes; screens that are kept outside the window need it when they come back.
func Repaint(o fyne.CanvasObject) {
	for _, child := range childrenOf(o) {
		Repaint(child)
	}
	o.Refresh()
}
