package reports

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"peixun/app"
	"peixun/data"
	"peixun/views/preview"
	"peixun/views/ui"
)

// fileName names a report's file: 缴费订单报表_2022-06-17.
func (r *Screen) fileName() string {
	return r.report.Query.Kind.Name() + "报表_" + string(r.service.Today())
}

// export asks where to write the report as a workbook.
func (r *Screen) export() {
	report := r.report
	request := ui.FileRequest{Title: "导出报表", Extensions: []string{".xlsx"}, Save: true, Name: r.fileName() + ".xlsx", Verb: "导出"}
	ui.ChooseFile(r.desk.Window, request, func(path string) {
		r.desk.Work("正在导出报表", func(ctx context.Context, _ app.Progress) error {
			return r.service.SaveReportWorkbook(ctx, path, report)
		}, func() {
			r.desk.Toast("已导出到“" + filepath.Base(path) + "”，合计是 Excel 公式。")
		})
	})
}

// print shows the report's pages before they are printed or saved.
func (r *Screen) print() {
	report := r.report
	preview.Show(r.desk, r.service, preview.Paper{Title: report.Query.Kind.Name() + "报表", Name: r.fileName() + ".pdf",
		Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
			return r.service.WriteReportPDF(ctx, w, report)
		}})
}

// statement shows the 对账单 of the month that the report is limited to, or of all months.
func (r *Screen) statement() {
	var month data.Month
	if q := r.report.Query; q.From != "" && q.To != "" && data.MonthOf(data.Moment(q.From)) == data.MonthOf(data.Moment(q.To)) {
		month = data.MonthOf(data.Moment(q.From))
	}
	preview.Show(r.desk, r.service, preview.Paper{Title: strings.TrimSpace("对账单 " + string(month)), Name: "对账单_" + string(r.service.Today()) + ".pdf",
		Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
			return r.service.ReconciliationPaper(ctx, month, w)
		}})
}

// more lists what is needed less often.
func (r *Screen) more() []ui.MenuItem {
	chart := ui.MenuItem{Label: "收起图表", Icon: "chevron-up", Action: func() { r.fold(true) }}
	if r.choices.Folded {
		chart = ui.MenuItem{Label: "显示图表", Icon: "chart-column", Action: func() { r.fold(false) }}
	}
	empty := len(r.report.Facts) == 0
	items := []ui.MenuItem{
		{Label: "复制表格", Icon: "copy", Disabled: empty, Action: func() {
			ui.Copy(r.table.text())
			r.desk.Toast("已复制表格，可以粘贴到 Excel。")
		}},
		{Label: "全部展开", Icon: "chevrons-down", Disabled: empty, Action: func() { r.table.openTo(true); r.table.lay() }},
		{Label: "全部收起", Icon: "chevrons-up", Disabled: empty, Action: func() { r.table.openTo(false); r.table.lay() }},
		chart,
	}
	if r.choices.Query.Kind == data.ReportOrders {
		items = append(items, ui.MenuItem{Label: "打印对账单", Icon: "printer", Separated: true, Disabled: empty, Action: r.statement})
	}
	return items
}

func (r *Screen) fold(folded bool) {
	r.choices.Folded = folded
	r.overview.show(r.report, folded)
	r.list.Refresh()
	r.remember()
}
