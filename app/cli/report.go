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
	Then   data.Dimension   `json:"then,omitempty"`
	Groups []reportGroup    `json:"groups"`
	Total  map[string]int64 `json:"total"`
	File   string           `json:"file"` // what --out wrote
}

type reportGroup struct {
	Label   string           `json:"label"`
	Depth   int              `json:"depth"` // below the top rows
	Figures map[string]int64 `json:"figures"`
}

func reportCommands() []command {
	var list []command
	for _, kind := range data.ReportKinds {
		var words []string
		for _, by := range kind.Dimensions() {
			words = append(words, string(by))
		}
		by := strings.Join(words, "|")
		limits := "[--plan 计划编号] [--org 组织机构]"
		if kind != data.ReportPlan {
			limits += " [--from 日期] [--to 日期]"
		}
		list = append(list, command{name: "report " + string(kind), flags: "[--by " + by + "] [--then " + by + "] " + limits + " [--out 文件.xlsx|文件.pdf]",
			summary: kind.Name() + "报表", prepare: func(f *flags) action { return prepareReport(f, kind) }})
	}
	return list
}

func prepareReport(f *flags, kind data.ReportKind) action {
	by, then, plan, organization, out := f.text("by"), f.text("then"), f.text("plan"), f.text("org"), f.text("out")
	from, to := new(string), new(string)
	if kind != data.ReportPlan {
		from, to = f.text("from"), f.text("to")
	}
	return func(ctx context.Context, c *call) (reply, error) {
		q := data.ReportQuery{Kind: kind, By: data.Dimension(*by), Then: data.Dimension(*then)}
		if *plan != "" {
			found, err := c.app.PlanByNumber(ctx, *plan)
			if err != nil {
				return reply{}, err
			}
			q.PlanID = found.ID
		}
		if *organization != "" {
			found, err := c.organization(ctx, *organization)
			if err != nil {
				return reply{}, err
			}
			q.OrganizationID = found.ID
		}
		for _, day := range []struct {
			written string
			into    *data.Date
		}{{*from, &q.From}, {*to, &q.To}} {
			if day.written == "" {
				continue
			}
			var err error
			if *day.into, err = data.ParseDate(data.SourceCell{Kind: data.CellText, Text: day.written}, false); err != nil {
				return reply{}, err
			}
		}
		report, err := c.app.Report(ctx, q)
		if err != nil {
			return reply{}, err
		}
		if err := saveReport(ctx, c.app, *out, report); err != nil {
			return reply{}, err
		}
		return reply{value: replyOf(report, *out), text: func(w io.Writer) { writeReport(w, report, *out) }}, nil
	}
}

// saveReport writes the file whose ending --out names; "" writes none.
func saveReport(ctx context.Context, a *app.App, out string, report data.Report) error {
	switch strings.ToLower(filepath.Ext(out)) {
	case ".xlsx":
		return a.SaveReportWorkbook(ctx, out, report)
	case ".pdf":
		return a.SaveReportPDF(ctx, out, report)
	}
	if out != "" {
		return wrongUse("--out 只能写 .xlsx 或 .pdf 文件。", "例如 --out 报表.xlsx。")
	}
	return nil
}

func replyOf(report data.Report, out string) reportReply {
	result := reportReply{Report: string(report.Query.Kind), By: report.Query.By, Then: report.Query.Then, Groups: []reportGroup{}, Total: byKey(report.Query.Kind, report.Total), File: out}
	for _, group := range report.Groups {
		result.Groups = append(result.Groups, reportGroup{Label: group.Label, Depth: group.Depth, Figures: byKey(report.Query.Kind, group.Sum)})
	}
	return result
}

// writeReport tells people the report as a table.
func writeReport(w io.Writer, report data.Report, out string) {
	columns := report.Query.Columns()
	rows := [][]string{{report.Query.By.Name()}}
	for _, column := range columns {
		rows[0] = append(rows[0], column.Name)
	}
	for _, line := range report.Lines() {
		row := []string{line.Indented()}
		for _, column := range columns {
			row = append(row, column.Text(line))
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
