package letter

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"peixun/data"
)

func TestReportSheetKeepsEveryGroupAndFigure(t *testing.T) {
	tree := data.NewOrganizationTree([]data.Organization{{ID: 1, Name: "北京市第九实验医院", Path: "北京市第九实验医院"},
		{ID: 2, ParentID: 1, Name: "内科", Path: "北京市第九实验医院/内科", Depth: 1}})
	var facts []data.Fact
	for id := range int64(60) {
		facts = append(facts, data.Fact{ID: id, Day: data.Date(fmt.Sprintf("20%02d-01-01", id)), OrganizationID: 2 - id%2, Figures: []int64{1, 40, 12_345_678_90, 12_345_678_90, 0, 0, 0}})
	}
	for _, by := range []data.Dimension{data.ByMonth, data.ByOrganization} {
		report := data.Summarize(data.ReportQuery{Kind: data.ReportOrders, By: by}, facts, data.ReportNames{Tree: tree})
		var out bytes.Buffer
		pages, err := ReportSheet(&out, data.ReportSheet{Report: report, Unit: "北京市第九实验医院", PreparedBy: "赵晓岚", At: "2022-06-17 13:02:11"})
		if err != nil || by == data.ByMonth && pages != 4 {
			t.Fatalf("%d pages, %v", pages, err)
		}
		for _, line := range report.Lines() {
			mustSay(t, out.Bytes(), line.Label, data.Money(line.Figures[2]).String())
		}
	}
}

// Whatever the table's length, the places to sign share their page with the total.
func TestReportIsSignedBesideItsTotal(t *testing.T) {
	for groups := range 60 {
		var facts []data.Fact
		for id := range int64(groups) {
			facts = append(facts, data.Fact{ID: id, Day: data.Date(fmt.Sprintf("20%02d-01-01", id)), Figures: []int64{1, 40, 12_345_678_90, 12_345_678_90, 0, 0, 0}})
		}
		report := data.Summarize(data.ReportQuery{Kind: data.ReportOrders, By: data.ByMonth}, facts, data.ReportNames{})
		_, pages := written(t, func(out *bytes.Buffer) (int, error) {
			return ReportSheet(out, data.ReportSheet{Report: report, Unit: "北京市第九实验医院", At: "2022-06-17 13:02:11"})
		})
		if last := pages[len(pages)-1]; !strings.Contains(last, "复核人") || !strings.Contains(last, "合计") {
			t.Errorf("%d groups: the places to sign stand alone: %q", groups, last)
		}
	}
}

func TestCheckupIsSignedBesideItsLines(t *testing.T) {
	for lines := range 60 {
		sheet := data.CheckupSheet{Unit: "北京市第九实验医院", Checkup: data.Checkup{At: "2022-06-17 13:02:11", Invariants: slices.Repeat([]data.Invariant{{Name: "批次合计等于批准金额", OK: true}}, lines+1)}}
		_, pages := written(t, func(out *bytes.Buffer) (int, error) { return CheckupSheet(out, sheet) })
		if last := pages[len(pages)-1]; !strings.Contains(last, "复核人") || !strings.Contains(last, "正常") {
			t.Errorf("%d lines: the places to sign stand alone: %q", lines+1, last)
		}
	}
}
