package home

import (
	"strconv"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// chartLines is how many lines the axis has at most, the zero line not counted.
const chartLines = 4

// chart is 每月进展: what was paid and recharged in each month, and below how many people reached the plan's target.
type chart struct {
	card fyne.CanvasObject
	bars *ui.BarChart
}

// newChart makes it; open is called when a month is clicked.
func newChart(open func()) *chart {
	c := &chart{bars: ui.NewBarChart(ui.BarSeries{Name: "缴费", Role: theme.Primary}, ui.BarSeries{Name: "充值", Role: theme.Success})}
	c.bars.FootName = "达标"
	c.bars.OnOpen = func(int, int) { open() }
	head := ui.Row(16, ui.NewSection("每月进展"), ui.NewCaption("元", theme.Secondary), ui.Space(), c.bars.Legend(), ui.NewLink("对账报表", open))
	c.card = ui.NewCard(ui.Column(4, head, ui.Grow(c.bars)))
	return c
}

// set shows the plan's months from its beginning on.
func (c *chart) set(h data.Home) {
	first := ""
	if starts := string(h.Plan.StartsAt); len(starts) >= len("2006-01") {
		first = starts[:len("2006-01")]
	}
	axis := data.ReportChart{Kind: data.FigureMoney}
	c.bars.Groups = nil
	for _, month := range h.Months {
		if month.Month < first && month.Paid == 0 && month.Recharged == 0 && month.Reached == 0 {
			continue
		}
		group := ui.BarGroup{Label: data.MonthLabel(month.Month, false), Values: []int64{int64(month.Paid), int64(month.Recharged)},
			Words: []string{month.Paid.String(), month.Recharged.String()}, Foot: strconv.Itoa(month.Reached)}
		if month.Paid == 0 && month.Recharged == 0 && month.Reached == 0 {
			group.Quiet, group.Foot = true, "–"
		}
		axis.Groups = append(axis.Groups, data.ChartGroup{Values: group.Values})
		c.bars.Groups = append(c.bars.Groups, group)
	}
	c.bars.Step, c.bars.Steps = axis.Axis(chartLines)
	c.bars.AxisLabel = axis.AxisLabel
	c.bars.Refresh()
}
