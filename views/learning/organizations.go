package learning

import (
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// organizations is the tab that sums up the tree, as 培训计划报表 counts it.
type organizations struct {
	screen  *Screen
	content *fyne.Container
	table   *ui.DataTable
	total   *ui.Text
	footer  fyne.CanvasObject
	report  data.Report
	lines   []data.ReportLine // without the total
}

var organizationColumns = []ui.TableColumn{
	{Key: "organization", Title: "组织机构", Strong: true}, {Key: "expected", Title: "应训", Width: 96, Right: true}, {Key: "reached", Title: "已达标", Width: 96, Right: true},
	{Key: "behind", Title: "未达标", Width: 96, Right: true}, {Key: "hours", Title: "线下学时", Width: 120, Right: true}, {Key: "share", Title: "达标率", Width: 88, Right: true}, {Key: "bar", Width: 132},
}

func newOrganizations(s *Screen) *organizations {
	o := &organizations{screen: s, total: ui.NewBold("")}
	o.table = ui.NewDataTable(organizationColumns...)
	o.table.Count = func() int { return len(o.lines) }
	o.table.Cell = func(row, column int) ui.Cell { return o.cell(o.lines[row], organizationColumns[column].Key) }
	o.table.OnOpen = func(row int) { o.choose(o.lines[row]) }
	o.table.Empty = ui.NewEmptyState("building-2", "还没有学员", "导入学员名单以后，这里按机构汇总。", []fyne.CanvasObject{ui.NewButton("导入学员", "upload", func() { s.desk.Go(desk.ImportRoster, nil) })}, nil, "")
	desk.RememberWidths(s.service, "columns.learning.organizations", o.table)
	o.footer = ui.NewFooter(ui.NewText("和“培训计划报表”同一个算法；上级包含下级。双击一行看是哪些人。", theme.Secondary), ui.Space(), o.total)
	o.content = ui.Column(0, ui.Grow(o.table), o.footer)
	return o
}

func (o *organizations) show(report data.Report) {
	o.report, o.lines = report, nil
	for _, line := range report.Lines() {
		if line.Total {
			o.total.Content = fmt.Sprintf("应训 %s 人　已达标 %s 人　未达标 %s 人", o.count(line, "expected"), o.count(line, "reached"), o.behind(line))
			continue
		}
		o.lines = append(o.lines, line)
	}
	o.table.Refresh()
	o.footer.Refresh()
}

func figure(line data.ReportLine, key string) int64 { return line.Figures[data.ReportPlan.Place(key)] }

func (o *organizations) count(line data.ReportLine, key string) string {
	return desk.Thousands(int(figure(line, key)))
}

func (o *organizations) behind(line data.ReportLine) string {
	return desk.Thousands(int(figure(line, "expected") - figure(line, "reached")))
}

func (o *organizations) cell(line data.ReportLine, key string) ui.Cell {
	switch key {
	case "organization":
		return ui.Cell{Text: line.Indented()}
	case "behind":
		return ui.Cell{Text: o.behind(line)}
	case "hours":
		return ui.Cell{Text: data.Hours(figure(line, "hours")).String()}
	case "share", "bar":
		for _, column := range o.report.Query.Columns() {
			if column.Key != "reached_share" {
				continue
			}
			if _, known := column.Value(line); key == "bar" && known {
				return ui.Cell{Bar: true, Fraction: column.Fraction(line)}
			} else if key == "bar" {
				return ui.Cell{}
			}
			return ui.Cell{Text: column.Text(line)}
		}
	}
	return ui.Cell{Text: o.count(line, key)}
}

// choose lists the people of an organisation who are behind.
func (o *organizations) choose(line data.ReportLine) {
	s := o.screen
	s.silent = true
	s.organization.SetKeys(o.report.Groups[line.Group].Key)
	s.only.SetKey(string(data.LearningMissing))
	s.text.SetText("")
	s.silent = false
	s.tabs.SetSelected(tabPeople)
	s.showTab()
	s.ask()
}
