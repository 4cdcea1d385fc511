package letter

import (
	"fmt"
	"io"

	"peixun/data"
)

// ReportSheet writes a report in A4: a table of its groups, organisations indented by their depth, and the total.
func ReportSheet(w io.Writer, s data.ReportSheet) (pages int, err error) {
	name := s.Report.Kind.Name() + "报表"
	c := newCanvas(a4, name, s.At.Time())
	pages = c.sheet(listFrame, reportBlocks(s, name), furniture{name: name, unit: s.Unit, note: titled("制表 ", moment(s.At))})
	return c.finish(w, "report", pages)
}

func reportBlocks(s data.ReportSheet, name string) []block {
	const (
		countWidth, amountWidth = 18.0, 28.0 // mm; what they leave is the label's
		deepest                 = 6          // em; deeper organisations stand no further right
	)
	figures := s.Report.Kind.Figures()
	columns := []column{{s.Report.By.Name(), listFrame.width, alignLeft}}
	for _, figure := range figures {
		next := column{figure.Name, amountWidth, alignRight}
		switch figure.Kind {
		case data.FigureCount:
			next.width = countWidth
		case data.FigureMoney:
			next.heading += "（元）"
		}
		columns[0].width -= next.width
		columns = append(columns, next)
	}
	table := newList(listFrame, columns...)
	var rows []block
	for _, line := range s.Report.Lines() {
		cells := []cell{{text: line.Label, style: valueStyle, inset: min(float64(line.Depth), deepest) * valueStyle.em()}}
		for place, figure := range figures {
			cells = append(cells, cell{text: figure.Figure(line.Figures[place]), style: valueStyle, how: alignRight, whole: true})
		}
		if line.Total {
			for place := range cells {
				cells[place].style = strongStyle
			}
			cells[0].fill = true
		}
		rows = append(rows, table.row(cells...)...)
	}
	blocks := listTitle(listFrame, name, titled("单位：", s.Unit), fmt.Sprintf("按%s", s.Report.By.Name()))
	blocks = append(blocks, under(table.heading(), rows)...)
	return joined(blocks, signRows(listFrame, 4, []string{"制表人：" + s.PreparedBy, "复核人："}), missingNote(listFrame, MissingFrom(s)))
}
