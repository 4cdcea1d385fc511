package reports

import (
	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Measures of the strip above the table in px.
const (
	overviewHeight float32 = 184
	figuresWidth   float32 = 300
	figureName     float32 = 84
	figureNumber   float32 = 92
	axisLines              = 4
)

// seriesRoles are the colours of a chart's bars, in the order of its series.
var seriesRoles = []theme.Role{theme.Primary, theme.Success, theme.Soft}

// overviewFigures are those that the strip shows beside its chart; the first is what the others are measured by.
var overviewFigures = map[data.ReportKind][]string{
	data.ReportOrders: {"amount", "submitted", "approved", "recharged", "invoiced"}, data.ReportPlan: {"expected", "paid", "recharged", "reached"},
	data.ReportRecharges: {"amount", "reversed"}, data.ReportHours: {"records", "hours"},
}

// overview is the strip above the table: the chart, and what it all comes to.
type overview struct {
	screen  *Screen
	content *fyne.Container
}

func newOverview(r *Screen) *overview { return &overview{screen: r, content: ui.Stack()} }

// show draws a report; nothing shows while there is nothing, or while it is folded away.
func (o *overview) show(report data.Report, folded bool) {
	o.content.Objects = nil
	if !folded && len(report.Facts) > 0 {
		strip := ui.Row(0, ui.Grow(ui.Pad(16, 10, 16, 6, o.chart(report))), ui.FixedFill(1, ui.NewLine()), ui.FixedFill(figuresWidth, ui.Pad(16, 12, 16, 8, figuresOf(report))))
		o.content.Objects = []fyne.CanvasObject{ui.Column(0, ui.Fixed(overviewHeight, strip), ui.NewLine())}
	}
	o.content.Refresh()
}

func (o *overview) chart(report data.Report) fyne.CanvasObject {
	drawn := report.Chart()
	var series []ui.BarSeries
	for place, column := range drawn.Series {
		series = append(series, ui.BarSeries{Name: column.Name, Role: seriesRoles[place]})
	}
	chart := ui.NewBarChart(series...)
	chart.Step, chart.Steps = drawn.Axis(axisLines)
	chart.AxisLabel = drawn.AxisLabel
	year := ""
	for _, group := range drawn.Groups {
		label := group.Label
		if drawn.Kind != data.FigureShare {
			label = data.MonthLabel(group.Label, group.Label[:4] != year)
			year = group.Label[:4]
		}
		bar := ui.BarGroup{Label: label, Values: group.Values, Quiet: true}
		for _, value := range group.Values {
			bar.Words = append(bar.Words, data.Figure{Kind: drawn.Kind}.Figure(value))
			bar.Quiet = bar.Quiet && value == 0
		}
		chart.Groups = append(chart.Groups, bar)
	}
	chart.OnOpen = func(group, series int) { o.open(drawn, group, max(0, series)) }
	unit := map[data.FigureKind]string{data.FigureMoney: "元", data.FigureHours: "学时", data.FigureShare: "占应训"}[drawn.Kind]
	head := ui.Row(12, ui.NewSection(drawn.Title), ui.NewCaption(unit, theme.Secondary), ui.Space(), chart.Legend())
	return ui.Column(4, head, ui.Grow(chart))
}

// open shows the records of the bar that was clicked.
func (o *overview) open(drawn data.ReportChart, group, series int) {
	line, column := drawn.Groups[group].Line, drawn.Series[series]
	if line.Figures != nil {
		o.screen.showRecordsOf(drawn.Report, line, column, line.Label+" · "+drawn.Report.Query.Figures()[column.Part].Name)
	}
}

// figuresOf lists what the report comes to: each figure with a bar of how much of the first it is, and what that leaves over.
func figuresOf(report data.Report) fyne.CanvasObject {
	kind := report.Query.Kind
	column := ui.Column(0)
	keys := overviewFigures[kind]
	figures := report.Query.Figures()
	first, whole := figures[kind.Place(keys[0])], report.Total[kind.Place(keys[0])]
	for place, key := range keys {
		at := kind.Place(key)
		figure, value := figures[at], report.Total[at]
		number := ui.NewBold(figure.Figure(value))
		number.Align = fyne.TextAlignTrailing
		bar := ui.Space()
		if whole > 0 && place > 0 && figure.Kind == first.Kind && value >= 0 {
			bar = ui.Wide(ui.NewProgressBar(min(1, float64(value)/float64(whole))))
		}
		line := ui.Row(8, ui.Fixed(figureName, ui.NewText(figure.Name, theme.Secondary)), bar, ui.Fixed(figureNumber, number))
		column.Add(ui.Fixed(24, line))
	}
	for place, calculation := range report.Calculations() {
		if place == 0 {
			column.Add(ui.Gap(4))
		}
		column.Add(ui.NewCaption(calculation.Text(), theme.Secondary))
	}
	return column
}
