package data

import (
	"fmt"
	"strings"
)

// ReportLine is a line of a report as it is written: a group, what lies at an organisation itself, or the total.
type ReportLine struct {
	Label   string
	Depth   int
	Figures []int64
	// Parts are the places of the lines that this one sums up; none where the figures are its own.
	Parts []int
	// By is what the line's group is one of; "" for the total.
	By Dimension
	// Group is the place of the line's group, -1 for the total.
	Group int
	// Own is the line of what lies at an organisation itself and not below it.
	Own   bool
	Total bool
}

// indent stands before the label of an organisation once for every one above it.
const indent = "　"

// Indented gives the label with its depth.
func (l ReportLine) Indented() string { return strings.Repeat(indent, l.Depth) + l.Label }

// Lines writes the report line by line, the total last. An organisation that has something itself and below it gets a line for itself,
// so that every sum stands over the lines that make it up.
func (r Report) Lines() []ReportLine {
	var lines []ReportLine
	open := []int{} // places of the lines above the next one, by depth
	var top []int
	for place, group := range r.Groups {
		if group.Depth < len(open) {
			open = open[:group.Depth]
		}
		at := len(lines)
		if len(open) > 0 {
			above := &lines[open[len(open)-1]]
			above.Parts = append(above.Parts, at)
		} else {
			top = append(top, at)
		}
		lines = append(lines, ReportLine{Label: group.Label, Depth: group.Depth, Figures: group.Sum, Group: place, By: group.By})
		if parent := place+1 < len(r.Groups) && r.Groups[place+1].Depth > group.Depth; parent {
			open = append(open, at)
			if len(group.Facts) > 0 {
				lines[at].Parts = append(lines[at].Parts, len(lines))
				lines = append(lines, ReportLine{Label: "（本级）", Depth: group.Depth + 1, Figures: group.Own, Group: place, By: group.By, Own: true})
			}
		}
	}
	return append(lines, ReportLine{Label: "合计", Figures: r.Total, Parts: top, Group: -1, Total: true})
}

// Records gives the facts that make up one figure of a line, in their own order: what the number is drilled down to.
func (r Report) Records(line ReportLine, figure int) []Fact {
	var found []Fact
	add := func(fact Fact) {
		if fact.Figures[figure] != 0 {
			found = append(found, fact)
		}
	}
	if line.Total {
		for _, fact := range r.Facts {
			add(fact)
		}
		return found
	}
	for place := line.Group; place < len(r.Groups); place++ {
		if place > line.Group && (line.Own || r.Groups[place].Depth <= r.Groups[line.Group].Depth) {
			break
		}
		for _, fact := range r.Groups[place].Facts {
			add(r.Facts[fact])
		}
	}
	return found
}

// ReportSheet is a report as it is printed.
type ReportSheet struct {
	Report     Report
	Unit       string
	PreparedBy string
	At         Moment
}

// Title names the paper.
func (s ReportSheet) Title() string { return s.Report.Query.Kind.Name() + "报表" }

// Grouping says in words how the report groups.
func (q ReportQuery) Grouping() string {
	if q.Then == "" || q.Then == q.By || q.By == ByOrganization {
		return "按" + q.By.Name()
	}
	return "按" + q.By.Name() + "，再按" + q.Then.Name()
}

// Figure writes one of a report's figures for reading.
func (f Figure) Figure(value int64) string {
	switch f.Kind {
	case FigureMoney:
		return Money(value).String()
	case FigureHours:
		return Hours(value).String()
	case FigureShare:
		sign := ""
		if value < 0 {
			sign, value = "-", -value
		}
		return fmt.Sprintf("%s%d.%d%%", sign, value/10, value%10)
	}
	return groupThousands(value)
}

func groupThousands(value int64) string { return strings.TrimSuffix(Money(value*100).String(), ".00") }
