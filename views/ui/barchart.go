package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"peixun/views/theme"
)

// Bar chart measures in px.
const (
	chartAxis   float32 = 52 // left of the lines, for their values
	chartRight  float32 = 6
	chartTop    float32 = 8
	chartLabels float32 = 23 // the labels below the bars
	chartFoot   float32 = 17 // the line of words below the labels
	chartWidth  float32 = 280
	chartHeight float32 = 56 // of the bars, at least
	chartBar    float32 = 16 // at most
	chartBarGap float32 = 2
	chartGap    float32 = 6 // between groups, at least
)

// BarSeries is one bar of every group.
type BarSeries struct {
	Name string
	Role theme.Role
}

// BarGroup is what stands over one label.
type BarGroup struct {
	Label string
	// Values are one a series; negative ones show no bar.
	Values []int64
	// Words say the values in full, one a series, for the tooltip.
	Words []string
	// Foot stands under the label.
	Foot string
	// Quiet shows the label and the foot in grey: there is nothing here.
	Quiet bool
}

// BarChart shows groups of bars over an axis, flat and without a frame.
type BarChart struct {
	core
	Series []BarSeries
	Groups []BarGroup
	// Step is the distance of the axis' lines in the values' unit, Steps how many there are above zero.
	Step  int64
	Steps int
	// AxisLabel writes the value of a line.
	AxisLabel func(value int64) string
	// FootName stands at the left of the feet; without it there are none.
	FootName string
	// OnOpen is called when a group is clicked, with its place and that of the series under the pointer, or -1.
	OnOpen func(group, series int)
}

// NewBarChart makes an empty chart.
func NewBarChart(series ...BarSeries) *BarChart {
	c := &BarChart{Series: series, Step: 1, Steps: 1}
	c.ExtendBaseWidget(c)
	return c
}

// Legend names the series, each behind its colour.
func (c *BarChart) Legend() fyne.CanvasObject {
	row := Row(18)
	for _, series := range c.Series {
		row.Add(Legend(series.Role, series.Name))
	}
	return row
}

// CreateRenderer is part of fyne.Widget.
func (c *BarChart) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(c, &c.core)
	r.minSize = func() fyne.Size { return fyne.NewSize(chartWidth, chartTop+chartHeight+c.below()) }
	r.layout = func(size fyne.Size) { r.objects = c.draw(size) }
	return r.start()
}

// below is the height in px of what stands under the zero line.
func (c *BarChart) below() float32 {
	if c.FootName == "" {
		return chartLabels
	}
	return chartLabels + chartFoot
}

// span gives a group's left edge and width.
func (c *BarChart) span(group int) (x, width float32) {
	width = (c.Size().Width - chartAxis - chartRight) / float32(len(c.Groups))
	return chartAxis + float32(group)*width, width
}

// bars gives the left edge of a group's first bar and the width of each.
func (c *BarChart) bars(group int) (x, bar float32) {
	left, width := c.span(group)
	count := float32(len(c.Series))
	bar = max(1, floor(min(chartBar, (width-chartGap-chartBarGap*(count-1))/count)))
	return floor(left + (width-bar*count-chartBarGap*(count-1))/2), bar
}

// draw makes all parts anew for the present size, values and theme.
func (c *BarChart) draw(size fyne.Size) []fyne.CanvasObject {
	zero := size.Height - c.below()
	if len(c.Groups) == 0 || zero <= chartTop || c.Step <= 0 {
		return nil
	}
	var drawn []fyne.CanvasObject
	box := func(role theme.Role, x, y, width, height float32) {
		o := canvas.NewRectangle(theme.Color(role))
		place(o, x, y, width, height)
		drawn = append(drawn, o)
	}
	text := func(content string, role theme.Role, align fyne.TextAlign, x, y, width float32) {
		o := newLine(elide(content, width, theme.SizeCaption, false), theme.SizeCaption, false)
		o.Color, o.Alignment = theme.Color(role), align
		place(o, x, y, width, 16)
		drawn = append(drawn, o)
	}
	high := float64(zero-chartTop) / float64(c.Step*int64(max(1, c.Steps))) // px a unit
	for line := range max(1, c.Steps) + 1 {
		value := c.Step * int64(line)
		y := zero - floor(float32(float64(value)*high)+0.5)
		box(theme.Border, chartAxis, y, size.Width-chartAxis-chartRight, 1)
		if c.AxisLabel != nil {
			text(c.AxisLabel(value), theme.Secondary, fyne.TextAlignTrailing, 0, y-8, chartAxis-8)
		}
	}
	if c.FootName != "" {
		text(c.FootName, theme.Secondary, fyne.TextAlignLeading, 8, zero+20, chartAxis-8)
	}
	for place, group := range c.Groups {
		left, width := c.span(place)
		x, bar := c.bars(place)
		for series, value := range group.Values {
			height := floor(float32(float64(max(0, value))*high) + 0.5)
			if value > 0 {
				height = max(1, height)
			}
			if height = min(height, zero-chartTop); height > 0 {
				box(c.Series[series].Role, x+float32(series)*(bar+chartBarGap), zero-height, bar, height)
			}
		}
		role := theme.Text
		if group.Quiet {
			role = theme.Secondary
		}
		text(group.Label, role, fyne.TextAlignCenter, left, zero+3, width)
		if c.FootName != "" {
			text(group.Foot, role, fyne.TextAlignCenter, left, zero+20, width)
		}
	}
	return drawn
}

// at gives the group and the series under a place, each -1 for none.
func (c *BarChart) at(position fyne.Position) (group, series int) {
	if len(c.Groups) == 0 || position.X < chartAxis || position.X >= c.Size().Width-chartRight {
		return -1, -1
	}
	_, width := c.span(0)
	group, series = min(len(c.Groups)-1, int((position.X-chartAxis)/width)), -1
	if x, bar := c.bars(group); position.X >= x {
		if under := int((position.X - x) / (bar + chartBarGap)); under < len(c.Series) {
			series = under
		}
	}
	return group, series
}

// Tapped opens the group under the pointer.
func (c *BarChart) Tapped(event *fyne.PointEvent) {
	if group, series := c.at(event.Position); group >= 0 && c.OnOpen != nil {
		c.OnOpen(group, series)
	}
}

// MouseIn is part of desktop.Hoverable.
func (c *BarChart) MouseIn(event *desktop.MouseEvent) { c.MouseMoved(event) }

// MouseMoved says the values of the group under the pointer.
func (c *BarChart) MouseMoved(event *desktop.MouseEvent) {
	group, _ := c.at(event.Position)
	if group < 0 || len(c.Groups[group].Words) == 0 {
		hideTooltip(c)
		return
	}
	showTooltip(c, event.AbsolutePosition, c.words(c.Groups[group]))
}

// MouseOut is part of desktop.Hoverable.
func (c *BarChart) MouseOut() { hideTooltip(c) }

// Cursor is part of desktop.Cursorable.
func (c *BarChart) Cursor() desktop.Cursor {
	if c.OnOpen != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

func (c *BarChart) words(group BarGroup) string {
	text := group.Label
	for series, words := range group.Words {
		text += " · " + c.Series[series].Name + " " + words
	}
	return text
}

// Inspect describes the chart for end-to-end tests.
func (c *BarChart) Inspect() Inspection {
	var groups []string
	for _, group := range c.Groups {
		text := c.words(group)
		if c.FootName != "" {
			text += " · " + c.FootName + " " + group.Foot
		}
		groups = append(groups, text)
	}
	return Inspection{Kind: "chart", Text: strings.Join(groups, "；")}
}
