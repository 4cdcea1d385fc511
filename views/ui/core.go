// Package ui holds the program's own widgets. They know nothing of training, money or storage:
// they show what they are given and tell through callbacks what a person did.
//
// Exported fields configure a widget before it is shown; after a later change call Refresh.
// Setters refresh by themselves. Everything runs on the user interface thread.
package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// core is what all our widgets share: Fyne's base and the objects that they draw with.
type core struct {
	widget.BaseWidget
	drawn *renderer
}

// children gives what the widget is drawn with, for walks over the tree.
func (c *core) children() []fyne.CanvasObject {
	if c.drawn == nil {
		return nil
	}
	return c.drawn.objects
}

// Refresh paints again what has been drawn before. Fyne's own would draw widgets that nobody has shown
// yet, with whatever theme there is.
func (c *core) Refresh() {
	if c.drawn != nil {
		c.BaseWidget.Refresh()
	}
}

// renderer is a fyne.WidgetRenderer made of functions.
type renderer struct {
	host    fyne.Widget
	objects []fyne.CanvasObject
	minSize func() fyne.Size
	layout  func(fyne.Size)
	refresh func()
}

// newRenderer starts a renderer whose parts the widget then fills in; start must be called last.
func newRenderer(host fyne.Widget, c *core, objects ...fyne.CanvasObject) *renderer {
	r := &renderer{host: host, objects: objects}
	r.layout = func(fyne.Size) {}
	r.refresh = func() {}
	c.drawn = r
	return r
}

// start paints for the first time.
func (r *renderer) start() *renderer {
	r.refresh()
	return r
}

// Destroy frees nothing: all objects belong to the garbage collector.
func (r *renderer) Destroy() {}

// Objects gives the drawn objects, the lowest first.
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize gives the smallest useful size in px.
func (r *renderer) MinSize() fyne.Size { return r.minSize() }

// Layout places the objects within size.
func (r *renderer) Layout(size fyne.Size) { r.layout(size) }

// Refresh reads colours and state again and places the objects.
func (r *renderer) Refresh() {
	r.refresh()
	r.layout(r.host.Size())
	canvas.Refresh(r.host)
}

// place moves and resizes an object.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// canvasOf gives the canvas that shows o, or nil.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// focusOn gives o the keyboard if it is shown.
func focusOn(o fyne.Focusable) {
	if object, ok := o.(fyne.CanvasObject); ok {
		if c := canvasOf(object); c != nil {
			c.Focus(o)
		}
	}
}

// newClip cuts content at its own edges. Fyne's constructor leaves the widget without its base, so that
// it is drawn only with the next frame, and until then the focus manager does not find what is inside.
func newClip(content fyne.CanvasObject) *container.Clip {
	clip := container.NewClip(content)
	clip.ExtendBaseWidget(clip)
	return clip
}
