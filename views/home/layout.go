package home

import "fyne.io/fyne/v2"

// Measures of the row of steps in px: the distance between cards, with an arrow in it or in small windows without.
const (
	stepGap      float32 = 24
	stepGapSmall float32 = 8
	stepLeast    float32 = 236 // a card narrower than this gives up the arrows
)

// stepLayout puts the cards side by side, each as wide as the others; its objects are card, arrow, card, and so on.
type stepLayout struct{}

// MinSize is part of fyne.Layout.
func (stepLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for place, o := range objects {
		if place%2 == 0 {
			least := o.MinSize()
			size.Height = max(size.Height, least.Height)
			size.Width += least.Width + stepGapSmall
		}
	}
	return size
}

// Layout is part of fyne.Layout.
func (stepLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	cards := float32(len(objects)/2 + 1)
	gap := stepGap
	if (size.Width-gap*(cards-1))/cards < stepLeast {
		gap = stepGapSmall
	}
	at := float32(0)
	for place, o := range objects {
		if place%2 == 1 {
			setShown(o, gap == stepGap)
			arrow := o.MinSize()
			o.Resize(arrow)
			o.Move(fyne.NewPos(at+float32(int((gap-arrow.Width)/2)), float32(int((size.Height-arrow.Height)/2))))
			at += gap
			continue
		}
		left := float32(len(objects)-place)/2 + 0.5
		width := float32(int((size.Width - at - gap*(left-1)) / left))
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(at, 0))
		at += width
	}
}

// numberLayout keeps a big number, its unit and, at the right end where there is room, what it is compared with.
type numberLayout struct{}

// Distances in px between the number, its unit and what stands beside them.
const (
	unitGap   float32 = 5
	besideGap float32 = 8
)

// MinSize is part of fyne.Layout: what stands beside may be left out.
func (numberLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	number, unit := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(number.Width+unitGap+unit.Width, max(number.Height, unit.Height))
}

// Layout is part of fyne.Layout.
func (numberLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	at := float32(0)
	for _, o := range objects[:2] {
		least := o.MinSize()
		o.Resize(least)
		o.Move(fyne.NewPos(at, float32(int((size.Height-least.Height)/2))))
		at += least.Width + unitGap
	}
	beside := objects[2]
	least := beside.MinSize()
	setShown(beside, at-unitGap+besideGap+least.Width <= size.Width)
	beside.Resize(least)
	beside.Move(fyne.NewPos(size.Width-least.Width, float32(int((size.Height-least.Height)/2))))
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
