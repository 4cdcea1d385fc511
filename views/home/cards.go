package home

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/views/theme"
	"peixun/views/ui"
)

// stepCard is one of the four steps: the one big number, a bar, a caption and the next action.
type stepCard struct {
	content fyne.CanvasObject
	big     *ui.Text
	unit    *ui.Text
	beside  *ui.Text
	bar     *ui.ProgressBar
	caption *ui.ElidedText
	action  *ui.Button
	line    *fyne.Container
}

var stepNames = [...]struct{ icon, title string }{
	app.StepTrainees: {"users", "学员"}, app.StepPayment: {"landmark", "缴费"}, app.StepRecharge: {"wallet", "充值"}, app.StepLetters: {"award", "确认与归档"},
}

func newStepCard(step app.Step) *stepCard {
	c := &stepCard{big: ui.NewTitle(""), unit: ui.NewText("", theme.Text), bar: ui.NewProgressBar(0), action: ui.NewButton("", "", nil)}
	c.beside, c.caption = ui.NewCaption("", theme.Secondary), ui.NewElidedText("", theme.Secondary)
	c.caption.TextSize = theme.SizeCaption
	c.action.Spread, c.action.Trailing = true, "arrow-right"
	name := stepNames[step]
	head := ui.Row(8, ui.NewSizedIcon(name.icon, theme.Secondary, 18), ui.NewBold(name.title), ui.Space(), ui.NewCaption(fmt.Sprintf("第 %d 步", step+1), theme.Secondary))
	c.line = &fyne.Container{Layout: numberLayout{}, Objects: []fyne.CanvasObject{c.big, c.unit, c.beside}}
	column := ui.Column(0, head, ui.Gap(10), c.line, ui.Gap(8), c.bar, ui.Gap(8), c.caption, ui.Gap(12), c.action)
	c.content = ui.Stack(ui.NewBox(theme.Surface, theme.Border, 4), ui.Pad(17, 13, 17, 13, column))
	return c
}

// set shows a step; the next one's action is the screen's filled button.
func (c *stepCard) set(f facts, next bool, act func()) {
	c.big.SetText(f.big)
	c.unit.SetText(f.unit)
	c.beside.SetText(f.beside)
	c.bar.SetFraction(f.fraction)
	c.caption.SetText(f.caption)
	c.action.Kind, c.action.IconRole = ui.Plain, theme.Primary
	if next {
		c.action.Kind, c.action.IconRole = ui.Filled, theme.None
	}
	c.action.Label, c.action.OnTapped = f.action, act
	c.action.Refresh()
	c.line.Refresh()
}
