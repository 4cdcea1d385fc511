package ui

import (
	"fyne.io/fyne/v2"

	"peixun/views/theme"
)

// slot is the place of one object in a Row or Column: what it takes along the row and across it.
// It is the Layout of a container round the object, so that rows stay plain lists of objects.
type slot struct {
	fixed  float32 // exact px along the row; 0 means the object's own minimum
	weight float32 // share of what is left along the row; 0 means none
	cross  crossing
}

// crossing says how an object stands across the row.
type crossing int

const (
	crossDefault crossing = iota // centred in a Row, filling a Column
	crossFill
	crossCentre
	crossStart
)

// Grow lets o take the free space along the row or column, and all of it across.
func Grow(o fyne.CanvasObject) fyne.CanvasObject { return inSlot(slot{weight: 1, cross: crossFill}, o) }

// GrowBy shares the free space by weight among all that grow.
func GrowBy(weight float32, o fyne.CanvasObject) fyne.CanvasObject {
	return inSlot(slot{weight: weight, cross: crossFill}, o)
}

// Wide lets o take the free space along a row but keeps its own height, as a button does.
func Wide(o fyne.CanvasObject) fyne.CanvasObject { return inSlot(slot{weight: 1}, o) }

// Fixed gives o exactly extent px along the row or column.
func Fixed(extent float32, o fyne.CanvasObject) fyne.CanvasObject {
	return inSlot(slot{fixed: extent}, o)
}

// FixedFill gives o exactly extent px along the row and all of the row's height, as a side panel needs.
func FixedFill(extent float32, o fyne.CanvasObject) fyne.CanvasObject {
	return inSlot(slot{fixed: extent, cross: crossFill}, o)
}

// Fill lets o take all of the row's height.
func Fill(o fyne.CanvasObject) fyne.CanvasObject { return inSlot(slot{cross: crossFill}, o) }

// Top keeps o at the upper edge of a row (at the left edge of a column).
func Top(o fyne.CanvasObject) fyne.CanvasObject { return inSlot(slot{cross: crossStart}, o) }

// Centre keeps o at its own size in the middle of a column (or row).
func Centre(o fyne.CanvasObject) fyne.CanvasObject { return inSlot(slot{cross: crossCentre}, o) }

// Gap is an empty distance of extent px along the row or column.
func Gap(extent float32) fyne.CanvasObject {
	return &fyne.Container{Layout: &slot{fixed: extent}}
}

// Space is empty and takes what is left along the row or column.
func Space() fyne.CanvasObject { return &fyne.Container{Layout: &slot{weight: 1}} }

func inSlot(s slot, o fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: &s, Objects: []fyne.CanvasObject{o}}
}

// MinSize is part of fyne.Layout.
func (s *slot) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	return objects[0].MinSize()
}

// Layout is part of fyne.Layout.
func (s *slot) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (s *slot) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if len(objects) == 0 {
		return 0
	}
	return heightAt(objects[0], width)
}

// slotOf gives an object's slot; what stands bare in a row gets the default one.
func slotOf(o fyne.CanvasObject) slot {
	if c, ok := o.(*fyne.Container); ok {
		if s, ok := c.Layout.(*slot); ok {
			return *s
		}
	}
	if _, ok := o.(*Line); ok {
		return slot{fixed: 1, cross: crossFill}
	}
	return slot{}
}

// shown tells whether an object takes place: a slot does if what it holds is visible.
func shown(o fyne.CanvasObject) bool {
	if !o.Visible() {
		return false
	}
	if c, ok := o.(*fyne.Container); ok && len(c.Objects) == 1 {
		if _, isSlot := c.Layout.(*slot); isSlot {
			return shown(c.Objects[0])
		}
	}
	return true
}

// heightAt gives the height that an object needs at a width; text that wraps needs more when narrow.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	switch v := o.(type) {
	case interface{ heightFor(float32) float32 }:
		return v.heightFor(width)
	case *fyne.Container:
		type sizing interface {
			heightFor([]fyne.CanvasObject, float32) float32
		}
		if l, ok := v.Layout.(sizing); ok {
			return l.heightFor(v.Objects, width)
		}
	}
	return o.MinSize().Height
}

// inset keeps a distance round its objects.
type inset struct{ left, top, right, bottom float32 }

// Pad keeps the given distances in px round objects that lie over each other.
func Pad(left, top, right, bottom float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &inset{left, top, right, bottom}, Objects: objects}
}

// Stack lays objects over each other, the last on top.
func Stack(objects ...fyne.CanvasObject) *fyne.Container { return Pad(0, 0, 0, 0, objects...) }

// Ground puts a colour behind o.
func Ground(role theme.Role, o fyne.CanvasObject) *fyne.Container {
	return Stack(NewBox(role, theme.None, 0), o)
}

// MinSize is part of fyne.Layout.
func (i *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if o.Visible() {
			size = size.Max(o.MinSize())
		}
	}
	return size.AddWidthHeight(i.left+i.right, i.top+i.bottom)
}

// Layout is part of fyne.Layout.
func (i *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	inner := size.SubtractWidthHeight(i.left+i.right, i.top+i.bottom)
	for _, o := range objects {
		o.Move(fyne.NewPos(i.left, i.top))
		o.Resize(inner.Max(fyne.Size{}))
	}
}

func (i *inset) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		if o.Visible() {
			height = max(height, heightAt(o, width-i.left-i.right))
		}
	}
	return height + i.top + i.bottom
}
