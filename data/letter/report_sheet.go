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
	const countWidth, amountWidth = 18.0, 28.0 // mm; what they leave is the label's
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
		texts := []string{line.Indented()}
		for place, figure := range figures {
			texts = append(texts, figure.Figure(line.Figures[place]))
		}
		if !line.Total {
			rows = append(rows, table.entry(nil, texts...)...)
			continue
		}
		cells := make([]cell, len(texts))
		for place, text := range texts {
			cells[place] = cell{text: text, style: strongStyle, how: columns[place].how, fill: place == 0, whole: place > 0}
		}
		rows = append(rows, table.row(cells...)...)
	}
	blocks := listTitle(listFrame, name, titled("单位：", s.Unit), fmt.Sprintf("按%s", s.Report.By.Name()))
	blocks = append(blocks, under(table.heading(), rows)...)
	return append(blocks, signRows(listFrame, 4, []string{"制表人：" + s.PreparedBy, "复核人："})...)
}
