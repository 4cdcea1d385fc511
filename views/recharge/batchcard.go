package recharge

import (
	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// batchCard shows a batch: what it held, what is used, what this run takes and what it leaves.
// It is made once and changed, so that the keyboard stays on its radio.
type batchCard struct {
	content               fyne.CanvasObject
	frame                 *ui.Box
	radio                 *ui.Radio
	note                  *ui.Text
	bar                   *ui.ProgressBar
	face, used, run, left *ui.Text
	runFact, facts        fyne.CanvasObject
}

func newBatchCard(pick func()) *batchCard {
	c := &batchCard{frame: ui.NewBox(theme.Surface, theme.Border, 4), radio: ui.NewRadio("", pick), note: ui.NewCaption("", theme.Secondary), bar: ui.NewProgressBar(0)}
	c.radio.Bold = true
	for _, text := range []**ui.Text{&c.face, &c.used, &c.run, &c.left} {
		*text = ui.NewCaption("", theme.Text)
	}
	c.left.Bold = true
	c.left.Align = fyne.TextAlignTrailing
	name := ui.NewCaption("剩余", theme.Secondary)
	name.Align = fyne.TextAlignTrailing
	c.runFact = ui.Grow(fact("本次", c.run))
	c.facts = ui.Row(8, ui.Grow(fact("面值", c.face)), ui.Grow(fact("已用", c.used)), c.runFact, ui.Grow(ui.Column(0, name, c.left)))
	column := ui.Column(8, ui.Row(8, c.radio, ui.Space(), c.note), c.bar, c.facts)
	c.content = ui.Stack(c.frame, ui.NewTapArea(pick), ui.Pad(13, 12, 13, 10, column))
	return c
}

func fact(name string, value *ui.Text) fyne.CanvasObject {
	return ui.Column(0, ui.NewCaption(name, theme.Secondary), value)
}

// set shows a batch; ready is the run that would be charged from it, nil where another batch is chosen. Among many batches one that is
// not chosen takes a single line.
func (c *batchCard) set(batch data.CardBatch, planID int64, chosen, among bool, now data.Moment, ready *prepared) {
	c.radio.Label = batch.Number
	c.radio.SetChosen(chosen)
	c.radio.Refresh()
	folded, over := among && !chosen, batch.State(now) == data.BatchLeftOver
	c.note.SetText(batchNote(batch, planID, folded, over))
	c.note.SetRole(theme.Secondary)
	if over {
		c.note.SetRole(theme.TextWarning)
	}
	setShown(c.bar, !folded)
	setShown(c.facts, !folded)
	var run data.Money
	left := batch.Left()
	if ready != nil {
		run, left = ready.preview.Total, ready.preview.Left
	}
	c.face.SetText(batch.Face.String())
	c.used.SetText(batch.Used.String())
	c.run.SetText(run.String())
	c.left.SetText(left.String())
	c.left.SetRole(theme.Text)
	if left < 0 {
		c.left.SetRole(theme.TextDanger)
	}
	setShown(c.runFact, chosen)
	free := share(batch.Left(), batch.Face)
	c.bar.SetParts(ui.BarPart{Fraction: share(batch.Used, batch.Face), Role: theme.Primary}, ui.BarPart{Fraction: min(share(run, batch.Face), free), Role: theme.Soft})
	c.frame.StrokeWidth = 1
	stroke := theme.Border
	if chosen {
		c.frame.StrokeWidth, stroke = 2, theme.Primary
	}
	c.frame.SetRoles(theme.Surface, stroke)
}

// batchNote says where a batch comes from, or, in a single line, what it has left; one of a plan that is over says so.
func batchNote(batch data.CardBatch, planID int64, folded, over bool) string {
	origin := batch.OrderNumber + " · " + monthDay(batch.CreatedAt) + " 通过"
	switch {
	case over:
		origin = yearName(batch.PlanYear) + "已结束"
	case folded && batch.PlanID == planID:
		return "剩余 " + batch.Left().String()
	case folded:
		origin = yearName(batch.PlanYear)
	case batch.PlanID != planID:
		origin = batch.OrderNumber + " · " + yearName(batch.PlanYear)
	}
	if folded {
		return origin + " · 剩余 " + batch.Left().String()
	}
	return origin
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

func share(part, whole data.Money) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// chooseBatch looks at the list again with another batch: others may be charged from it.
func (s *Screen) chooseBatch(number string) {
	if s.running {
		return
	}
	s.wanted = number
	s.reload()
}
