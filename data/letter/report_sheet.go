package letter

import (
	"io"
	"strings"

	"peixun/data"
)

// ReportSheet writes a report in A4: its chart, a table of its groups, organisations indented by their depth, and the total. Reports with
// many columns lie across.
func ReportSheet(w io.Writer, s data.ReportSheet) (pages int, err error) {
	sheet, area := a4, listFrame
	if reportLabelWidth(s.Report.Query, area) < reportLabelLeast {
		sheet, area = a4Landscape, landscapeFrame
	}
	c := newCanvas(sheet, s.Title(), s.At.Time())
	pages = c.sheet(area, reportBlocks(s, area), furniture{name: s.Title(), unit: s.Unit, note: titled("制表 ", moment(s.At))})
	return c.finish(w, "report", pages)
}

// Widths of a report's columns in mm. What they leave is the label's.
var reportWidths = map[data.FigureKind]float64{data.FigureCount: 17, data.FigureMoney: 28, data.FigureHours: 22, data.FigureShare: 17}

// reportLabelLeast is the label's width in mm below which the paper lies across.
const reportLabelLeast = 50.0

func reportLabelWidth(q data.ReportQuery, area frame) float64 {
	left := area.width
	for _, c := range q.Columns() {
		left -= reportWidths[c.Kind]
	}
	return left
}

func reportBlocks(s data.ReportSheet, area frame) []block {
	const deepest = 6 // em; deeper organisations stand no further right
	query := s.Report.Query
	figures := query.Columns()
	columns := []column{{query.By.Name(), reportLabelWidth(query, area), alignLeft}}
	for _, figure := range figures {
		heading := figure.Name
		if figure.Kind == data.FigureMoney {
			heading += "（元）"
		}
		columns = append(columns, column{heading, reportWidths[figure.Kind], alignRight})
	}
	table := newList(area, columns...)
	var rows []block
	for _, line := range s.Report.Lines() {
		cells := []cell{{text: line.Label, style: valueStyle, inset: min(float64(line.Depth), deepest) * valueStyle.em()}}
		for _, figure := range figures {
			cells = append(cells, cell{text: figure.Text(line), style: valueStyle, how: alignRight, whole: true})
		}
		if line.Total {
			for place := range cells {
				cells[place].style = strongStyle
			}
			cells[0].fill = true
		}
		rows = append(rows, table.row(cells...)...)
	}
	blocks := listTitle(area, s.Title(), titled("单位：", s.Unit), query.Grouping())
	if len(s.Report.Conditions) > 0 {
		conditions := paragraph{style: noteStyle, lead: listSpacing.lead}
		blocks = append(blocks, conditions.blocks(strings.Join(s.Report.Conditions, "；"), area)...)
	}
	blocks = append(blocks, chartBlocks(s.Report.Chart(), area)...)
	if total := len(rows) - 1; total > 0 {
		keepNext(rows[:total])
	}
	blocks = append(blocks, keepNext(under(table.heading(), rows))...)
	return joined(blocks, signRows(area, 4, []string{"制表人：" + s.PreparedBy, "复核人："}), missingNote(area, MissingFrom(s)))
}

// Measures of a printed chart in mm.
const (
	chartHeight = 46.0
	chartLegend = 6.0
	chartFoot   = 6.0  // the labels below
	chartAxis   = 16.0 // left of the lines, for their values
	chartLines  = 4
	chartBar    = 7.0 // at most
)

// chartGreys tell the series apart on a printer without colours: dark, pale and empty with an edge.
var chartGreys = []int{70, 185, 255}

// chartBlocks draws a chart above its table; one with fewer than two groups says nothing that the table does not.
func chartBlocks(chart data.ReportChart, area frame) []block {
	if len(chart.Groups) < 2 || chart.Highest() == 0 {
		return nil
	}
	return []block{{height: chartHeight, before: 2, draw: func(c *canvas, top float64) {
		title := chart.Title
		if chart.Kind == data.FigureMoney {
			title += "（元）"
		}
		c.label(area.left, top, area.width/2, chartLegend, title, labelStyle, alignLeft)
		x := area.left + area.width
		for place := len(chart.Series) - 1; place >= 0; place-- {
			width := widthOf(set(chart.Series[place].Name, footerStyle))
			x -= width
			c.label(x, top, width+1, chartLegend, chart.Series[place].Name, footerStyle, alignLeft)
			x -= 4.5
			c.bar(x, top+1.6, 3, 2.8, chartGreys[place])
			x -= 5
		}
		drawBars(c, chart, frame{left: area.left + chartAxis, top: top + chartLegend + 3, width: area.width - chartAxis, height: chartHeight - chartLegend - chartFoot - 6})
	}}}
}

// drawBars draws a chart's lines, bars and labels; area is that of the bars.
func drawBars(c *canvas, chart data.ReportChart, area frame) {
	step, steps := chart.Axis(chartLines)
	high := area.height / float64(int64(steps)*step) // mm a unit
	for line := range steps + 1 {
		value := int64(line) * step
		y := area.bottom() - float64(value)*high
		c.pdf.SetDrawColor(faintGrey, faintGrey, faintGrey)
		c.rule(area.left, y, area.left+area.width, y, hairline)
		c.pdf.SetDrawColor(0, 0, 0)
		c.label(area.left-chartAxis, y-2.5, chartAxis-2, 5, chart.AxisLabel(value), footerStyle, alignRight)
	}
	width := area.width / float64(len(chart.Groups))
	bar := min(chartBar, (width-2)/float64(len(chart.Series)))
	year := ""
	for place, group := range chart.Groups {
		left := area.left + float64(place)*width
		x := left + (width-bar*float64(len(chart.Series)))/2
		for series, value := range group.Values {
			if height := min(area.height, float64(max(0, value))*high); height > 0 {
				c.bar(x+float64(series)*bar, area.bottom()-height, bar, height, chartGreys[series])
			}
		}
		label := group.Label
		if chart.Kind != data.FigureShare {
			label = data.MonthLabel(label, label[:4] != year)
			year = group.Label[:4]
		}
		c.label(left+0.5, area.bottom()+1, width-1, chartFoot-1, label, footerStyle, alignCentre)
	}
}

// bar fills a rectangle with a grey and frames it.
func (c *canvas) bar(x, y, width, height float64, grey int) {
	c.pdf.SetFillColor(grey, grey, grey)
	c.pdf.SetLineWidth(hairline)
	c.pdf.Rect(x, y, width, height, "FD")
	c.pdf.SetFillColor(0, 0, 0)
}
