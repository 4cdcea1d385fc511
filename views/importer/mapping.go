package importer

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// mappingHeight is the strip's in px.
const mappingHeight float32 = 44

// mapping is the strip that says which of the file's columns is which of the form's.
type mapping struct {
	screen  *Screen
	content *fyne.Container
	row     *fyne.Container
}

func newMapping(s *Screen) *mapping {
	m := &mapping{screen: s, row: ui.Row(8)}
	m.content = ui.Column(0, ui.Fixed(mappingHeight-1, ui.Ground(theme.Background, ui.Pad(16, 0, 16, 0, m.row))), ui.NewLine())
	return m
}

// pair is a column of the file and the form's that it answers to.
type pair struct{ theirs, ours string }

func pairs(plan *data.ImportPlan) []pair {
	var found []pair
	for place, column := range plan.Form.Columns {
		if place < len(plan.Heading.Columns) && plan.Heading.Columns[place] >= 0 {
			theirs := data.CleanText(plan.Heading.Headers[place])
			if theirs == "" {
				theirs = data.ColumnLetters(plan.Heading.Columns[place]) + " 列"
			}
			found = append(found, pair{theirs, column.Header})
		}
	}
	return found
}

func (m *mapping) set(plan *data.ImportPlan) {
	known := pairs(plan)
	strange := plan.Heading.Strange
	chips := &chipStrip{more: ui.NewCaption("", theme.Secondary)}
	var objects []fyne.CanvasObject
	for _, one := range known {
		objects = append(objects, chip(one))
	}
	strip := &fyne.Container{Layout: chips, Objects: append(objects, chips.more)}
	m.row.Objects = []fyne.CanvasObject{ui.NewBold(fmt.Sprintf("列对应 %d / %d", len(known), len(known)+len(strange))), ui.Wide(strip)}
	switch len(strange) {
	case 0:
	case 1:
		m.row.Add(ui.NewPill("“"+strangeName(plan, 0)+"”未识别，照原样保留", ui.ToneWarning))
	default:
		m.row.Add(ui.NewPill(fmt.Sprintf("%d 列未识别，照原样保留", len(strange)), ui.ToneWarning))
	}
	if plan.Remembered {
		m.row.Add(ui.NewPill("按您上次的对应", ui.TonePrimary))
	}
	m.row.Add(ui.NewSmallButton("调整", "", m.screen.askColumns))
	m.content.Refresh()
}

// strangeName names a column that the form does not know; without a header of its own by its letters.
func strangeName(plan *data.ImportPlan, place int) string {
	if name := data.CleanText(plan.Heading.Strange[place]); name != "" {
		return name
	}
	return data.ColumnLetters(plan.Heading.Unknown[place]) + " 列"
}

func chip(one pair) fyne.CanvasObject {
	words := ui.Row(4, ui.NewCaption(one.theirs, theme.Secondary), ui.NewSizedIcon("arrow-right", theme.Secondary, 12), ui.NewCaption(one.ours, theme.Text))
	return ui.Stack(ui.NewBox(theme.Surface, theme.Border, 4), ui.Pad(8, 4, 8, 4, words))
}

// chipStrip shows as many chips as fit side by side; its last object says how many more there are.
type chipStrip struct{ more *ui.Text }

const chipGap float32 = 8

// MinSize is part of fyne.Layout: the strip takes what is left.
func (c *chipStrip) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(0, height)
}

// Layout is part of fyne.Layout.
func (c *chipStrip) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	chips := objects[:len(objects)-1]
	const moreWidth = 56
	x, shown := float32(0), 0
	for place, o := range chips {
		width := o.MinSize().Width
		room := size.Width
		if place < len(chips)-1 {
			room -= moreWidth
		}
		if x+width > room {
			break
		}
		o.Show()
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		o.Move(fyne.NewPos(x, (size.Height-o.MinSize().Height)/2))
		x += width + chipGap
		shown++
	}
	for _, o := range chips[shown:] {
		o.Hide()
	}
	c.more.Content = ""
	if shown < len(chips) {
		c.more.Content = fmt.Sprintf("另 %d 列", len(chips)-shown)
	}
	c.more.Resize(c.more.MinSize())
	c.more.Move(fyne.NewPos(x, (size.Height-c.more.MinSize().Height)/2))
	c.more.Refresh()
}
