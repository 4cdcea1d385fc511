package home

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Chart measures in px.
const (
	chartAxis       float32 = 52 // left of the lines, for their amounts
	chartRight      float32 = 6
	chartTop        float32 = 8
	chartBottom     float32 = 40  // the months and the reached counts
	chartWidth      float32 = 280 // at least
	chartLeast      float32 = 96  // of the lines' height
	barWidth        float32 = 16
	barGap          float32 = 2
	chartLines              = 4 // at most, the zero line not counted
	axisTenThousand         = data.Money(10_000_00)
)

// chart is 每月进展: what was paid and recharged in each month, and below how many people reached the plan's target.
type chart struct {
	widget.BaseWidget
	card   fyne.CanvasObject
	months []data.HomeMonth
}

func newChart() *chart {
	c := &chart{}
	c.ExtendBaseWidget(c)
	legend := ui.Row(18, ui.Legend(theme.Primary, "缴费"), ui.Legend(theme.Success, "充值"))
	head := ui.Row(16, ui.NewSection("每月进展"), ui.NewCaption("元", theme.Secondary), ui.Space(), legend)
	c.card = ui.NewCard(ui.Column(4, head, ui.Grow(c)))
	return c
}

// set shows the plan's months from its beginning on.
func (c *chart) set(h data.Home) {
	first := ""
	if starts := string(h.Plan.StartsAt); len(starts) >= len("2006-01") {
		first = starts[:len("2006-01")]
	}
	c.months = nil
	for _, month := range h.Months {
		if month.Month >= first || month.Paid != 0 || month.Recharged != 0 || month.Reached != 0 {
			c.months = append(c.months, month)
		}
	}
	c.Refresh()
}

// scale gives the axis' step for the highest amount, in 分, and how many steps it has: round numbers, few lines.
func scale(highest data.Money) (step data.Money, steps int) {
	for decade := data.Money(100_00); ; decade *= 10 {
		for _, times := range []data.Money{1, 2, 5} {
			if step = decade * times; highest <= step*chartLines {
				return step, max(1, int((highest+step-1)/step))
			}
		}
	}
}

// axisLabel writes an amount of the axis in yuan: 5,000 or 1.5 万.
func axisLabel(amount data.Money, tenThousands bool) string {
	if amount == 0 {
		return "0"
	}
	if tenThousands {
		return strconv.FormatFloat(float64(amount)/float64(axisTenThousand), 'f', -1, 64) + " 万"
	}
	return desk.Thousands(int(amount / 100))
}

// CreateRenderer is part of fyne.Widget.
func (c *chart) CreateRenderer() fyne.WidgetRenderer {
	r := &chartRenderer{chart: c}
	r.Refresh()
	return r
}

// chartRenderer draws with flat rectangles and texts; there are at most 12 months.
type chartRenderer struct {
	chart   *chart
	objects []fyne.CanvasObject
}

// Destroy is part of fyne.WidgetRenderer.
func (r *chartRenderer) Destroy() {}

// Objects is part of fyne.WidgetRenderer.
func (r *chartRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize is part of fyne.WidgetRenderer.
func (r *chartRenderer) MinSize() fyne.Size {
	return fyne.NewSize(chartWidth, chartTop+chartLeast+chartBottom)
}

// Layout is part of fyne.WidgetRenderer.
func (r *chartRenderer) Layout(fyne.Size) { r.draw() }

// Refresh is part of fyne.WidgetRenderer.
func (r *chartRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.chart)
}

// draw makes all parts anew for the present size, numbers and theme.
func (r *chartRenderer) draw() {
	r.objects = r.objects[:0]
	size, months := r.chart.Size(), r.chart.months
	if len(months) == 0 || size.Height < chartTop+chartBottom {
		return
	}
	var highest data.Money
	for _, month := range months {
		highest = max(highest, month.Paid, month.Recharged)
	}
	step, steps := scale(highest)
	top := step * data.Money(steps)
	zero := size.Height - chartBottom
	perYuan := float64(zero-chartTop) / float64(top)
	for line := range steps + 1 {
		amount := step * data.Money(line)
		y := zero - round(float64(amount)*perYuan)
		r.box(theme.Border, chartAxis, y, size.Width-chartAxis-chartRight, 1)
		r.text(axisLabel(amount, top > axisTenThousand), theme.Secondary, fyne.TextAlignTrailing, 0, y-8, chartAxis-8)
	}
	r.text("达标", theme.Secondary, fyne.TextAlignLeading, 8, zero+20, chartAxis-8)
	width := (size.Width - chartAxis - chartRight) / float32(len(months))
	for place, month := range months {
		r.month(month, chartAxis+float32(place)*width, width, zero, perYuan)
	}
}

// month draws one month's bars and the words below them.
func (r *chartRenderer) month(month data.HomeMonth, x, width, zero float32, perYuan float64) {
	bar := min(barWidth, (width-barGap-4)/2)
	left := float32(int(x + (width-2*bar-barGap)/2))
	for place, series := range []struct {
		amount data.Money
		role   theme.Role
	}{{month.Paid, theme.Primary}, {month.Recharged, theme.Success}} {
		if height := round(float64(max(0, series.amount)) * perYuan); height > 0 {
			r.box(series.role, left+float32(place)*(bar+barGap), zero-height, bar, height)
		}
	}
	role, reached := theme.Text, strconv.Itoa(month.Reached)
	if month.Paid == 0 && month.Recharged == 0 && month.Reached == 0 {
		role, reached = theme.Secondary, "–"
	}
	number, _ := strconv.Atoi(month.Month[len("2006-"):])
	r.text(fmt.Sprintf("%d 月", number), role, fyne.TextAlignCenter, x, zero+3, width)
	r.text(reached, role, fyne.TextAlignCenter, x, zero+20, width)
}

func (r *chartRenderer) box(role theme.Role, x, y, width, height float32) {
	box := canvas.NewRectangle(theme.Color(role))
	box.Move(fyne.NewPos(x, y))
	box.Resize(fyne.NewSize(width, height))
	r.objects = append(r.objects, box)
}

func (r *chartRenderer) text(content string, role theme.Role, align fyne.TextAlign, x, y, width float32) {
	text := canvas.NewText(content, theme.Color(role))
	text.TextSize, text.Alignment = theme.SizeCaption, align
	text.Move(fyne.NewPos(x, y))
	text.Resize(fyne.NewSize(width, 16))
	r.objects = append(r.objects, text)
}

func round(value float64) float32 { return float32(int(value + 0.5)) }

// Inspect describes the chart for end-to-end tests.
func (c *chart) Inspect() ui.Inspection {
	text := ""
	for _, month := range c.months {
		text += fmt.Sprintf("%s 缴费 %s 充值 %s 达标 %d；", month.Month, month.Paid, month.Recharged, month.Reached)
	}
	return ui.Inspection{Kind: "chart", Text: text}
}
