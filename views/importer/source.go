package importer

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// sourceLine names the file in the wizard's head.
type sourceLine struct {
	content *fyne.Container
	name    *ui.ElidedText
	note    *ui.ElidedText
	change  *ui.Button
}

func newSourceLine(change func()) *sourceLine {
	l := &sourceLine{name: ui.NewElidedText("", theme.Text), note: ui.NewElidedText("", theme.Secondary), change: ui.NewSmallButton("换文件", "", change)}
	objects := []fyne.CanvasObject{ui.NewIcon("file-spreadsheet", theme.Secondary), l.name, l.note, l.change}
	l.content = &fyne.Container{Layout: &sourceLayout{l}, Objects: objects}
	l.content.Hide()
	return l
}

func (l *sourceLine) set(plan *data.ImportPlan) {
	l.name.SetText(plan.File)
	note := desk.Thousands(len(plan.Rows)) + " 行"
	if sheet := plan.Heading.Sheet; sheet != "" && sheet != strings.TrimSuffix(plan.File, filepath.Ext(plan.File)) {
		note = "工作表“" + sheet + "” ・ " + note
	}
	l.note.SetText(note)
}

func (l *sourceLine) setVisible(line, change bool) {
	l.content.Hidden, l.change.Hidden = !line, !change
	l.content.Refresh()
}

// sourceLayout stands at the right end; where the steps leave too little room, first the name is cut and then the note.
type sourceLayout struct{ line *sourceLine }

// Measures of the line in px.
const (
	sourceGap  float32 = 8
	leastWords float32 = 48
)

// MinSize is part of fyne.Layout: the line takes what is left.
func (l *sourceLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(0, height)
}

// Layout is part of fyne.Layout.
func (l *sourceLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	widths := make([]float32, len(objects))
	total := -sourceGap
	for place, o := range objects {
		if !o.Visible() {
			continue
		}
		widths[place] = o.MinSize().Width
		if words, ok := o.(*ui.ElidedText); ok {
			widths[place] = fyne.MeasureText(words.Content, words.TextSize, fyne.TextStyle{}).Width + 1
		}
		total += widths[place] + sourceGap
	}
	for _, place := range []int{1, 2} {
		if over := total - size.Width; over > 0 {
			cut := min(over, max(0, widths[place]-leastWords))
			widths[place], total = widths[place]-cut, total-cut
		}
	}
	x := max(0, size.Width-total)
	for place, o := range objects {
		if !o.Visible() {
			continue
		}
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(widths[place], height))
		x += widths[place] + sourceGap
	}
}
