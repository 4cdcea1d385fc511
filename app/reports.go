package app

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"

	"peixun/data"
	"peixun/data/excel"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// Report groups what a kind of report counts by a dimension; "" is the kind's first. A report on a plan counts people of the plan in force,
// or of every plan where it groups by plan. It fails with a data.Problem where the report does not group so.
func (a *App) Report(ctx context.Context, kind data.ReportKind, by data.Dimension) (data.Report, error) {
	if kind.Name() == "" {
		return data.Report{}, data.Refuse("report-kind", "", "没有“"+string(kind)+"”这种报表。", "可以选：缴费订单、培训计划、充值、线下学时。")
	}
	if by == "" {
		by = kind.Dimensions()[0]
	}
	if !slices.Contains(kind.Dimensions(), by) {
		return data.Report{}, data.Refuse("report-by", "", fmt.Sprintf("“%s”报表不能按这一项分组。", kind.Name()), "请换一种分组方式。")
	}
	plan := data.Plan{}
	if kind == data.ReportPlan && by != data.ByPlan {
		var err error
		if plan, err = a.CurrentPlan(ctx); err != nil {
			return data.Report{}, err
		}
	}
	return query(a, ctx, func(tx *sqlite.Tx) (data.Report, error) {
		facts, err := factsOf(tx, kind, plan.ID)
		if err != nil {
			return data.Report{}, err
		}
		organizations, err := tree(tx)
		for place := range facts {
			facts[place].PayerID = organizations.Payer(facts[place].OrganizationID).ID
		}
		return data.Summarize(kind, by, facts, organizations), err
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

// SaveReportWorkbook writes a report as a workbook whose sums are formulas, whole or not at all.
func (a *App) SaveReportWorkbook(path string, report data.Report) error {
	columns := []excel.OutColumn{{Header: report.By.Name(), Width: 34, Kind: excel.OutText}}
	for _, figure := range report.Kind.Figures() {
		kind := map[data.FigureKind]excel.OutKind{data.FigureCount: excel.OutInteger, data.FigureMoney: excel.OutMoney, data.FigureHours: excel.OutHours}[figure.Kind]
		columns = append(columns, excel.OutColumn{Header: figure.Name, Width: 16, Kind: kind})
	}
	return WriteFile(path, func(w io.Writer) error { return excel.WriteTable(w, report.Kind.Name(), columns, reportRows(report)) })
}

// reportRows writes groups as the workbook has them: a figure that sums up rows below it is a formula over them.
func reportRows(report data.Report) iter.Seq2[[]any, error] {
	const below = 2 // the sheet's first row under the header
	lines := report.Lines()
	return func(yield func([]any, error) bool) {
		for _, line := range lines {
			rows := make([]int, len(line.Parts))
			for place, part := range line.Parts {
				rows[place] = part + below
			}
			row := []any{line.Indented()}
			for place, figure := range report.Kind.Figures() {
				value := figureValue(figure.Kind, line.Figures[place])
				if len(rows) > 0 {
					value = excel.Sum{Rows: rows, Value: value}
				}
				row = append(row, value)
			}
			if !yield(row, nil) {
				return
			}
		}
	}
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
	profile, err := a.Profile(ctx)
	if err != nil {
		return Written{}, err
	}
	sheet := data.ReportSheet{Report: report, Unit: profile.Unit, PreparedBy: profile.Name, At: a.Now()}
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
