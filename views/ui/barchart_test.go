package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"peixun/views/theme"
)

func sampleChart() *BarChart {
	chart := NewBarChart(BarSeries{"缴费", theme.Primary}, BarSeries{"充值", theme.Success})
	chart.Step, chart.Steps = 50, 2
	chart.AxisLabel = func(value int64) string { return fmt.Sprint(value) }
	chart.Groups = []BarGroup{{Label: "3月", Values: []int64{100, 25}, Words: []string{"100", "25"}}, {Label: "4月", Values: []int64{0, -5}, Words: []string{"0", "−5"}}, {Label: "5月", Values: []int64{1, 400}, Words: []string{"1", "400"}}}
	return chart
}

func TestBarChartDrawsToScale(t *testing.T) {
	chart := sampleChart()
	newWindow(t, chart, 358, chartTop+100+chartLabels)
	heights := map[theme.Role][]float32{}
	for _, o := range test.WidgetRenderer(chart).Objects() {
		if box, ok := o.(*canvas.Rectangle); ok {
			for _, role := range []theme.Role{theme.Primary, theme.Success} {
				if box.FillColor == theme.Color(role) {
					heights[role] = append(heights[role], box.Size().Height)
				}
			}
		}
	}
	// What is too high ends at the top, what is above nothing shows, what is negative does not.
	if got := fmt.Sprint(heights[theme.Primary], heights[theme.Success]); got != "[100 1] [25 100]" {
		t.Errorf("heights are %s", got)
	}
}

func TestBarChartOpensWhatIsUnderThePointer(t *testing.T) {
	chart := sampleChart()
	newWindow(t, chart, 358, 131)
	opened := ""
	chart.OnOpen = func(group, series int) { opened = fmt.Sprint(group, " ", series) }
	for _, c := range []struct {
		x    float32
		want string
	}{{10, ""}, {chartAxis + 1, "0 -1"}, {chartAxis + 50 - 10, "0 0"}, {chartAxis + 50 + 10, "0 1"}, {chartAxis + 150 + 10, "1 1"}, {chartAxis + 299, "2 -1"}, {357, ""}} {
		opened = ""
		chart.Tapped(&fyne.PointEvent{Position: fyne.NewPos(c.x, 60)})
		if opened != c.want {
			t.Errorf("at %v opens %q, want %q", c.x, opened, c.want)
		}
	}
	if text := chart.Inspect().Text; text != "3月 · 缴费 100 · 充值 25；4月 · 缴费 0 · 充值 −5；5月 · 缴费 1 · 充值 400" {
		t.Errorf("it says %s", text)
	}
}
