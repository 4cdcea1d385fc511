package ui

import "fyne.io/fyne/v2"

// flow is the layout of rows and columns on whole pixels, without the theme's padding.
type flow struct {
	vertical bool
	gap      float32
}

// Row puts objects side by side, gap px apart, each at its smallest size and centred in height unless
// it stands in Grow, Wide, Fixed, Fill or Top.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &flow{gap: gap}, Objects: objects}
}

// Column puts objects below each other, gap px apart, each as wide as the column.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &flow{vertical: true, gap: gap}, Objects: objects}
}

// split gives what lies along and across the flow.
func (f *flow) split(size fyne.Size) (along, across float32) {
	if f.vertical {
		return size.Height, size.Width
	}
	return size.Width, size.Height
}

func (f *flow) join(along, across float32) fyne.Size {
	if f.vertical {
		return fyne.NewSize(across, along)
	}
	return fyne.NewSize(along, across)
}

// MinSize is part of fyne.Layout.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var along, across float32
	count := 0
	for _, o := range objects {
		if !shown(o) {
			continue
		}
		a, c := f.split(o.MinSize())
		if s := slotOf(o); s.fixed > 0 {
			a = s.fixed
			if isLine(o) {
				c = 0
			}
		}
		along, across = along+a, max(across, c)
		count++
	}
	return f.join(along+f.gap*float32(max(0, count-1)), across)
}

func isLine(o fyne.CanvasObject) bool { _, ok := o.(*Line); return ok }

// extents gives every object's length along the flow; -1 marks one that takes no place.
func (f *flow) extents(objects []fyne.CanvasObject, along, across float32) []float32 {
	out := make([]float32, len(objects))
	used, weights, count := float32(0), float32(0), 0
	for i, o := range objects {
		if !shown(o) {
			out[i] = -1
			continue
		}
		count++
		s := slotOf(o)
		switch {
		case s.weight > 0:
			weights += s.weight
			continue
		case s.fixed > 0:
			out[i] = s.fixed
		case f.vertical:
			out[i] = ceil(heightAt(o, f.crossExtent(o, s, across)))
		default:
			out[i] = o.MinSize().Width
		}
		used += out[i]
	}
	rest := max(0, along-used-f.gap*float32(max(0, count-1)))
	for i, o := range objects {
		if s := slotOf(o); s.weight > 0 && out[i] == 0 {
			share := floor(rest * s.weight / weights)
			out[i] = share
			rest, weights = rest-share, weights-s.weight
		}
	}
	return out
}

// crossExtent gives an object's size across the flow.
func (f *flow) crossExtent(o fyne.CanvasObject, s slot, across float32) float32 {
	if s.cross == crossFill || (f.vertical && s.cross == crossDefault) {
		return across
	}
	_, c := f.split(o.MinSize())
	return min(c, across)
}

// Layout is part of fyne.Layout.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	along, across := f.split(size)
	at := float32(0)
	for i, extent := range f.extents(objects, along, across) {
		if extent < 0 {
			continue
		}
		o := objects[i]
		s := slotOf(o)
		c := f.crossExtent(o, s, across)
		if !f.vertical && s.cross != crossFill {
			c = min(across, max(c, heightAt(o, extent)))
		}
		offset := floor((across - c) / 2)
		if s.cross == crossStart {
			offset = 0
		}
		if f.vertical {
			o.Move(fyne.NewPos(offset, at))
		} else {
			o.Move(fyne.NewPos(at, offset))
		}
		o.Resize(f.join(extent, c))
		at += extent + f.gap
	}
}

func (f *flow) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	total, highest, count := float32(0), float32(0), 0
	along := float32(0)
	if !f.vertical {
		along = width
	}
	for i, extent := range f.extents(objects, along, width) {
		if extent < 0 {
			continue
		}
		count++
		height := extent
		if !f.vertical && !isLine(objects[i]) {
			height = heightAt(objects[i], extent)
		} else if f.vertical && slotOf(objects[i]).weight > 0 {
			height = heightAt(objects[i], width)
		}
		total, highest = total+height, max(highest, height)
	}
	if f.vertical {
		return total + f.gap*float32(max(0, count-1))
	}
	return highest
}

// wrapFlow puts objects side by side and goes on below where the width is used up.
type wrapFlow struct{ gap, lineGap float32 }

// WrapRow is a Row that begins a new line where the width is used up, as a filter bar does. A Wide object takes the rest of its
// line, so it comes last.
func WrapRow(gap, lineGap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &wrapFlow{gap, lineGap}, Objects: objects}
}

// arrange walks the objects' places within width and gives the height used.
func (w *wrapFlow) arrange(objects []fyne.CanvasObject, width float32, visit func(o fyne.CanvasObject, x, y float32, size fyne.Size)) float32 {
	x, y, line := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !shown(o) {
			continue
		}
		size := o.MinSize()
		if s := slotOf(o); s.fixed > 0 {
			size.Width = s.fixed
		}
		if x > 0 && x+size.Width > width {
			x, y, line = 0, y+line+w.lineGap, 0
		}
		if slotOf(o).weight > 0 {
			size.Width = max(size.Width, width-x)
			size.Height = heightAt(o, size.Width)
		}
		if visit != nil {
			visit(o, x, y, size)
		}
		x += size.Width + w.gap
		line = max(line, size.Height)
	}
	return y + line
}

// MinSize is part of fyne.Layout: one line's height, because the width is not known here.
func (w *wrapFlow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if shown(o) {
			size = size.Max(o.MinSize())
		}
	}
	return size
}

// Layout is part of fyne.Layout.
func (w *wrapFlow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w.arrange(objects, size.Width, func(o fyne.CanvasObject, x, y float32, min fyne.Size) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(min)
	})
}

func (w *wrapFlow) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return w.arrange(objects, width, nil)
}
