package app

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// Report groups what a kind of report counts; a query without By groups by the kind's first. A report on plans that does not group by
// plan counts the plan in force unless the query names another, and its answer names it. It fails with a data.Problem where the report
// does not group so.
func (a *App) Report(ctx context.Context, q data.ReportQuery) (data.Report, error) {
	if q.Kind.Name() == "" {
		return data.Report{}, data.Refuse("report-kind", "", "没有“"+string(q.Kind)+"”这种报表。", "可以选：缴费订单、培训计划、充值、线下学时。")
	}
	if q.By == "" {
		q.By = q.Kind.Dimensions()[0]
	}
	if !slices.Contains(q.Kind.Dimensions(), q.By) || q.Then != "" && !slices.Contains(q.Kind.Dimensions(), q.Then) {
		return data.Report{}, data.Refuse("report-by", "", fmt.Sprintf("“%s”报表不能按这一项分组。", q.Kind.Name()), "请换一种分组方式。")
	}
	if q.Kind == data.ReportPlan && q.By != data.ByPlan && q.Then != data.ByPlan && q.PlanID == 0 {
		plan, err := a.CurrentPlan(ctx)
		if err != nil {
			return data.Report{}, err
		}
		q.PlanID = plan.ID
	}
	return query(a, ctx, func(tx *sqlite.Tx) (data.Report, error) {
		facts, err := factsOf(tx, q.Kind, q.PlanID)
		if err != nil {
			return data.Report{}, err
		}
		var names data.ReportNames
		if names.Tree, err = tree(tx); err != nil {
			return data.Report{}, err
		}
		if names.Plans, err = tx.Plans(); err != nil {
			return data.Report{}, err
		}
		for place := range facts {
			if facts[place].PayerID == 0 {
				facts[place].PayerID = names.Tree.Payer(facts[place].OrganizationID).ID
			}
		}
		return data.Summarize(q, facts, names), nil
	})
}

func factsOf(tx *sqlite.Tx, kind data.ReportKind, planID int64) ([]data.Fact, error) {
	switch kind {
	case data.ReportOrders:
		return tx.OrderFacts()
	case data.ReportRecharges:
		return tx.RechargeFacts()
	case data.ReportHours:
		return tx.HoursFacts()
	}
	return tx.PlanFacts(planID)
}

// SaveReportWorkbook writes a report as a workbook whose sums and shares are formulas, whole or not at all. A second sheet says whose
// report it is, what it leaves out, and what each figure counts.
func (a *App) SaveReportWorkbook(ctx context.Context, path string, report data.Report) error {
	sheet, err := a.reportSheet(ctx, report)
	if err != nil {
		return err
	}
	kinds := map[data.FigureKind]excel.OutKind{data.FigureCount: excel.OutInteger, data.FigureMoney: excel.OutMoney, data.FigureHours: excel.OutHours, data.FigureShare: excel.OutShare}
	columns := []excel.OutColumn{{Header: report.Query.By.Name(), Width: 44, Kind: excel.OutText}}
	about := []excel.About{{Name: "报表", Text: sheet.Title()}, {Name: "单位", Text: sheet.Unit}, {Name: "制表", Text: sheet.PreparedBy}, {Name: "统计时间", Text: string(sheet.At)},
		{Name: "分组", Text: report.Query.Grouping()}, {Name: "条件", Text: cmp.Or(strings.Join(report.Conditions, "；"), "没有筛选，全部计入。")}}
	for _, column := range report.Query.Columns() {
		columns = append(columns, excel.OutColumn{Header: column.Name, Width: reportWidths[column.Kind], Kind: kinds[column.Kind]})
		about = append(about, excel.About{Name: column.Name, Text: column.Meaning})
	}
	return WriteFile(path, func(w io.Writer) error {
		return excel.WriteTableAbout(w, report.Query.Kind.Name(), columns, reportRows(report), about)
	})
}

// reportWidths are those of a workbook's columns, in characters.
var reportWidths = map[data.FigureKind]float64{data.FigureCount: 10, data.FigureMoney: 16, data.FigureHours: 12, data.FigureShare: 10}

// reportRows writes groups as the workbook has them: a figure that sums up rows below it is a formula over them.
func reportRows(report data.Report) iter.Seq2[[]any, error] {
	const below = 2 // the sheet's first row under the header
	lines, columns := report.Lines(), report.Query.Columns()
	places := map[int]int{} // of the figures among the sheet's columns
	for place, column := range columns {
		if column.Kind != data.FigureShare {
			places[column.Part] = place + 1
		}
	}
	return func(yield func([]any, error) bool) {
		for _, line := range lines {
			rows := make([]int, len(line.Parts))
			for place, part := range line.Parts {
				rows[place] = part + below
			}
			row := []any{line.Indented()}
			for _, column := range columns {
				row = append(row, reportCell(column, line, rows, places))
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func reportCell(column data.ReportColumn, line data.ReportLine, rows []int, places map[int]int) any {
	value, known := column.Value(line)
	if column.Kind == data.FigureShare {
		return excel.Share{Part: places[column.Part], Whole: places[column.Whole], Thousandths: value, Known: known}
	}
	if len(rows) > 0 {
		return excel.Sum{Rows: rows, Value: figureValue(column.Kind, value)}
	}
	return figureValue(column.Kind, value)
}

func figureValue(kind data.FigureKind, figure int64) any {
	switch kind {
	case data.FigureMoney:
		return data.Money(figure)
	case data.FigureHours:
		return data.Hours(figure)
	}
	return figure
}

// WriteReportPDF writes a report for printing.
func (a *App) WriteReportPDF(ctx context.Context, w io.Writer, report data.Report) (Written, error) {
	sheet, err := a.reportSheet(ctx, report)
	if err != nil {
		return Written{}, err
	}
	pages, err := letter.ReportSheet(w, sheet)
	return Written{pages, letter.MissingFrom(sheet)}, err
}

// SaveReportPDF is WriteReportPDF into a file, whole or not at all.
func (a *App) SaveReportPDF(ctx context.Context, path string, report data.Report) error {
	return WriteFile(path, func(w io.Writer) error {
		_, err := a.WriteReportPDF(ctx, w, report)
		return err
	})
}

func (a *App) reportSheet(ctx context.Context, report data.Report) (data.ReportSheet, error) {
	profile, err := a.Profile(ctx)
	return data.ReportSheet{Report: report, Unit: profile.Unit, PreparedBy: profile.Name, At: a.Now()}, err
}
