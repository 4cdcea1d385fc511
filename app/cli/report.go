package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"peixun/app"
	"peixun/data"
)

// reportReply is a report: its groups with what each sums up, and the total. Figures stand by key: amounts in 分, 学时 in hundredths.
type reportReply struct {
	Report string           `json:"report"`
	By     data.Dimension   `json:"by"`
	Groups []reportGroup    `json:"groups"`
	Total  map[string]int64 `json:"total"`
	File   string           `json:"file"` // what --out wrote
}

type reportGroup struct {
	Label   string           `json:"label"`
	Depth   int              `json:"depth"` // below the top organisation
	Figures map[string]int64 `json:"figures"`
}

func reportCommands() []command {
	var list []command
	for _, kind := range []data.ReportKind{data.ReportOrders, data.ReportPlan, data.ReportRecharges, data.ReportHours} {
		var words []string
		for _, by := range kind.Dimensions() {
			words = append(words, string(by))
		}
		list = append(list, command{name: "report " + string(kind), flags: "[--by " + strings.Join(words, "|") + "] [--out 文件.xlsx|文件.pdf]",
			summary: kind.Name() + "报表", prepare: func(f *flags) action {
				by, out := f.text("by"), f.text("out")
				return func(ctx context.Context, c *call) (reply, error) {
					report, err := c.app.Report(ctx, kind, data.Dimension(*by))
					if err != nil {
						return reply{}, err
					}
					if err := saveReport(ctx, c.app, *out, report); err != nil {
						return reply{}, err
					}
					return reply{value: replyOf(report, *out), text: func(w io.Writer) { writeReport(w, report, *out) }}, nil
				}
			}})
	}
	return list
}

// saveReport writes the file whose ending --out names; "" writes none.
func saveReport(ctx context.Context, a *app.App, out string, report data.Report) error {
	switch strings.ToLower(filepath.Ext(out)) {
	case ".xlsx":
		return a.SaveReportWorkbook(out, report)
	case ".pdf":
		return a.SaveReportPDF(ctx, out, report)
	}
	if out != "" {
		return wrongUse("--out 只能写 .xlsx 或 .pdf 文件。", "例如 --out 报表.xlsx。")
	}
	return nil
}

func replyOf(report data.Report, out string) reportReply {
	result := reportReply{Report: string(report.Kind), By: report.By, Groups: []reportGroup{}, Total: byKey(report.Kind, report.Total), File: out}
	for _, group := range report.Groups {
		result.Groups = append(result.Groups, reportGroup{Label: group.Label, Depth: group.Depth, Figures: byKey(report.Kind, group.Sum)})
	}
	return result
}

// writeReport tells people the report as a table.
func writeReport(w io.Writer, report data.Report, out string) {
	rows := [][]string{{report.By.Name()}}
	for _, figure := range report.Kind.Figures() {
		rows[0] = append(rows[0], figure.Name)
	}
	for _, line := range report.Lines() {
		row := []string{line.Indented()}
		for place, figure := range report.Kind.Figures() {
			row = append(row, figure.Figure(line.Figures[place]))
		}
		rows = append(rows, row)
	}
	writeColumns(w, rows)
	if out != "" {
		fmt.Fprintln(w, "已写出", out)
	}
}

func byKey(kind data.ReportKind, figures []int64) map[string]int64 {
	keyed := map[string]int64{}
	for place, figure := range kind.Figures() {
		keyed[figure.Key] = figures[place]
	}
	return keyed
}
