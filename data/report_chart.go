package data

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// ReportChart is a report as bars: groups side by side, one bar a series in each.
type ReportChart struct {
	Title  string
	Kind   FigureKind // of all values; a FigureShare is in thousandths
	Series []ReportColumn
	Groups []ChartGroup
	Report Report // whose lines it shows
}

// ChartGroup is what stands over one label; its values are one a series.
type ChartGroup struct {
	Label  string
	Values []int64
	Line   ReportLine // that it shows; without figures for a month in which nothing is
}

// What a chart has room for.
const (
	chartMonths        = 24 // the latest
	chartOrganizations = 12 // the first of the report's order
)

// chartFigures are the figures that a kind of report shows by month.
var chartFigures = map[ReportKind][]string{ReportOrders: {"submitted", "recharged", "invoiced"}, ReportRecharges: {figureAmount}, ReportHours: {"hours"}}

// Chart shows the report as bars: its shares by group where it is one on plans, its figures by month else.
func (r Report) Chart() ReportChart {
	if r.Query.Kind == ReportPlan {
		return r.completion()
	}
	chart := ReportChart{Title: "每月", Report: r.again(ByMonth, "")}
	for _, key := range chartFigures[r.Query.Kind] {
		place := r.Query.Kind.Place(key)
		figure := r.Query.Kind.Figures()[place]
		chart.Kind, chart.Series = figure.Kind, append(chart.Series, ReportColumn{Figure: figure, Part: place})
	}
	months := map[string]ReportLine{}
	first, last := "", ""
	for _, line := range chart.Report.Lines() {
		if line.Total || chart.Report.Groups[line.Group].Key == "" {
			continue
		}
		last = line.Label
		first = cmp.Or(first, last)
		months[last] = line
	}
	for _, month := range monthsBetween(first, last, chartMonths) {
		group := ChartGroup{Label: month, Values: make([]int64, len(chart.Series)), Line: months[month]}
		for place, column := range chart.Series {
			if group.Line.Figures != nil {
				group.Values[place] = group.Line.Figures[column.Part]
			}
		}
		chart.Groups = append(chart.Groups, group)
	}
	return chart
}

// monthsBetween lists the months from first to last, at most so many and then the latest.
func monthsBetween(first, last string, most int) []string {
	const form = "2006-01"
	from, err := time.Parse(form, first)
	to, err2 := time.Parse(form, last)
	if err != nil || err2 != nil {
		return nil
	}
	if earliest := to.AddDate(0, 1-most, 0); from.Before(earliest) {
		from = earliest
	}
	var months []string
	for ; !from.After(to); from = from.AddDate(0, 1, 0) {
		months = append(months, from.Format(form))
	}
	return months
}

// completion shows every share of the report's widest groups: plans or payers, or the organisations right below the top.
func (r Report) completion() ReportChart {
	chart := ReportChart{Title: "完成情况", Kind: FigureShare, Report: r}
	for _, column := range r.Query.Columns() {
		if column.Kind == FigureShare {
			chart.Series = append(chart.Series, column)
		}
	}
	depth, lines := 0, r.Lines()
	if r.Query.By == ByOrganization && len(lines[len(lines)-1].Parts) == 1 && len(lines) > 2 {
		depth = 1
	}
	for _, line := range lines {
		if line.Depth != depth || line.Total || len(chart.Groups) == chartOrganizations {
			continue
		}
		group, any := ChartGroup{Label: r.shortLabel(line), Line: line}, false
		for _, share := range chart.Series {
			value, known := share.Value(line)
			group.Values, any = append(group.Values, value), any || known
		}
		if any {
			chart.Groups = append(chart.Groups, group)
		}
	}
	return chart
}

// shortLabel names a line in few characters: a plan by its year.
func (r Report) shortLabel(line ReportLine) string {
	if r.Query.By == ByPlan {
		for _, plan := range r.names.Plans {
			if strconv.FormatInt(plan.ID, 10) == r.Groups[line.Group].Key {
				return fmt.Sprintf("%d年计划", plan.Year)
			}
		}
	}
	return line.Label
}

// Highest is the chart's highest value, at least 0.
func (c ReportChart) Highest() int64 {
	var highest int64
	for _, group := range c.Groups {
		for _, value := range group.Values {
			highest = max(highest, value)
		}
	}
	return highest
}

// Axis gives the step of the chart's lines in round numbers, and how many steps it takes to reach the highest value: at most most.
// A share's axis ends at 100%.
func (c ReportChart) Axis(most int) (step int64, steps int) {
	const whole = 1000
	if c.Kind == FigureShare {
		return whole / 4, 4
	}
	unit := map[FigureKind]int64{FigureCount: 1, FigureMoney: 100_00, FigureHours: 1_00}[c.Kind]
	highest := max(1, c.Highest())
	for decade := unit; ; decade *= 10 {
		for _, times := range []int64{1, 2, 5} {
			if step = decade * times; (highest-1)/step < int64(most) {
				return step, int((highest-1)/step) + 1
			}
		}
	}
}

// tenThousand is 万, in 元.
const tenThousand = 10_000

// AxisLabel writes a value of the axis in few characters: 5,000, or 0.5 万 where the chart goes beyond 1 万; 75%.
func (c ReportChart) AxisLabel(value int64) string {
	switch {
	case c.Kind == FigureShare:
		return groupThousands(value/10) + "%"
	case c.Kind == FigureCount, value == 0:
		return groupThousands(value)
	case c.Highest() > tenThousand*100:
		return trimZeros(Money(value/tenThousand).String()) + " 万"
	}
	return trimZeros(Money(value).String())
}

// trimZeros takes zeros after the point off, and the point where nothing follows it.
func trimZeros(text string) string {
	for text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	if text[len(text)-1] == '.' {
		text = text[:len(text)-1]
	}
	return text
}

// MonthLabel shortens a month to 3月, and to 2022年3月 where the year is new to the reader.
func MonthLabel(month string, withYear bool) string {
	at, err := time.Parse("2006-01", month)
	switch {
	case err != nil:
		return month
	case withYear:
		return at.Format("2006年1月")
	}
	return at.Format("1月")
}
