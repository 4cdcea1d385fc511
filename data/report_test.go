package data

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// drawReport makes a tree, plans and facts, some of which name organisations and plans that there are not.
func drawReport(t *rapid.T, kind ReportKind) ([]Fact, ReportNames) {
	organizations := []Organization{{ID: 1, Name: "单位"}}
	for id := int64(2); id <= int64(rapid.IntRange(1, 12).Draw(t, "organizations")); id++ {
		parent := organizations[rapid.IntRange(0, len(organizations)-1).Draw(t, "parent")]
		organizations = append(organizations, Organization{ID: id, ParentID: parent.ID, Name: fmt.Sprint("科", id), Path: fmt.Sprint(parent.Path, "/科", id), Depth: parent.Depth + 1})
	}
	names := ReportNames{Tree: NewOrganizationTree(organizations), Plans: []Plan{{ID: 1, Name: "同名", Number: "1"}, {ID: 2, Name: "同名", Number: "2"}, {ID: 3, Name: "另一个"}}}
	var facts []Fact
	for id := range rapid.IntRange(0, 40).Draw(t, "facts") {
		place := func() int64 { return int64(rapid.IntRange(1, len(organizations)+1).Draw(t, "place")) }
		fact := Fact{ID: int64(id), Day: rapid.SampledFrom([]Date{"", "2022-03-09", "2022-03-31", "2022-04-01"}).Draw(t, "day"), PlanID: rapid.Int64Range(1, 4).Draw(t, "plan"),
			Mode: rapid.SampledFrom([]string{"", string(PayFirst), string(PayOnline)}).Draw(t, "mode"), State: rapid.SampledFrom(reportStates).Draw(t, "state"),
			OrganizationID: place(), PayerID: place()}
		for range kind.Figures() {
			fact.Figures = append(fact.Figures, rapid.Int64Range(-1_000_000, 1_000_000_000).Draw(t, "figure"))
		}
		facts = append(facts, fact)
	}
	return facts, names
}

// TestReportsAddUp: for every report, every grouping and every second grouping, the total is the sum of the facts that the query keeps, of the
// groups' own figures, and of the groups at the top; every line is the sum of its parts; and the records of every figure come to it.
func TestReportsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(ReportKinds).Draw(t, "report")
		facts, names := drawReport(t, kind)
		q := ReportQuery{Kind: kind, Then: rapid.SampledFrom(append([]Dimension{""}, kind.Dimensions()...)).Draw(t, "then"),
			PlanID: rapid.Int64Range(0, 2).Draw(t, "plan"), OrganizationID: rapid.Int64Range(0, 3).Draw(t, "organization"), PayerID: rapid.Int64Range(0, 1).Draw(t, "payer"),
			From: rapid.SampledFrom([]Date{"", "2022-03-31"}).Draw(t, "from"), To: rapid.SampledFrom([]Date{"", "2022-03-31"}).Draw(t, "to")}
		for _, q.By = range kind.Dimensions() {
			addsUp(t, Summarize(q, facts, names), facts, names)
		}
	})
}

func addsUp(t *rapid.T, report Report, facts []Fact, names ReportNames) {
	q, width := report.Query, len(report.Total)
	rows, own, top := make([]int64, width), make([]int64, width), make([]int64, width)
	keep := q.keeper(names.Tree)
	for _, fact := range facts {
		if keep(fact) {
			addFigures(rows, fact.Figures)
		}
	}
	var drilled []int
	for _, group := range report.Groups {
		addFigures(own, group.Own)
		drilled = append(drilled, group.Facts...)
		if group.Depth == 0 {
			addFigures(top, group.Sum)
		}
	}
	slices.Sort(drilled)
	if !slices.Equal(report.Total, rows) || !slices.Equal(own, rows) || !slices.Equal(top, rows) || len(slices.Compact(drilled)) != len(report.Facts) {
		t.Fatalf("%+v: total %v, rows %v, groups %v, top %v, %d of %d facts", q, report.Total, rows, own, top, len(drilled), len(report.Facts))
	}
	lines := report.Lines()
	for _, line := range lines {
		parts := make([]int64, width)
		for _, part := range line.Parts {
			addFigures(parts, lines[part].Figures)
		}
		if (len(line.Parts) > 0 || line.Total) && !slices.Equal(parts, line.Figures) {
			t.Fatalf("%+v: %s is %v, its parts %v", q, line.Label, line.Figures, parts)
		}
		for figure := range line.Figures {
			var sum int64
			for _, fact := range report.Records(line, figure) {
				sum += fact.Figures[figure]
			}
			if sum != line.Figures[figure] {
				t.Fatalf("%+v: %s figure %d is %d, its records %d", q, line.Label, figure, line.Figures[figure], sum)
			}
		}
	}
}

// Plans of one name stay apart, and stand in the plans' own order; states stand in that of an order's life.
func TestReportGroupsKeepTheirOrder(t *testing.T) {
	names := ReportNames{Tree: NewOrganizationTree([]Organization{{ID: 1, Name: "单位"}}), Plans: []Plan{{ID: 9, Name: "计划", Number: "2022"}, {ID: 2, Name: "计划", Number: "2021"}}}
	fact := func(plan int64, state ReviewState) Fact {
		return Fact{PlanID: plan, OrganizationID: 1, PayerID: 1, State: string(state), Figures: make([]int64, len(ReportOrders.Figures()))}
	}
	facts := []Fact{fact(2, ReviewApproved), fact(9, ReviewDraft), fact(7, ReviewSubmitted)}
	for by, want := range map[Dimension][]string{ByPlan: {"计划（2022）", "计划（2021）", labelNoPlan}, ByState: {"草稿", "待审核", "审核通过"}, ByMonth: {labelNoMonth}, ByPayer: {"单位"}} {
		var labels []string
		for _, group := range Summarize(ReportQuery{Kind: ReportOrders, By: by}, facts, names).Groups {
			labels = append(labels, group.Label)
		}
		if !slices.Equal(labels, want) {
			t.Errorf("by %s: %q, want %q", by, labels, want)
		}
	}
}

func TestReportShares(t *testing.T) {
	columns := ReportQuery{Kind: ReportPlan}.Columns()
	reached := columns[len(columns)-1]
	for _, c := range []struct {
		reached, expected int64
		want              string
	}{{1, 3, "33.3%"}, {2, 3, "66.6%"}, {1999, 2000, "99.9%"}, {2000, 2000, "100.0%"}, {0, 0, "–"}, {0, 7, "0.0%"}, {8, 7, "114.2%"}, {-1, 3, "-33.3%"}} {
		figures := make([]int64, len(ReportPlan.Figures()))
		figures[ReportPlan.Place("expected")], figures[ReportPlan.Place("reached")] = c.expected, c.reached
		if got := reached.Text(ReportLine{Figures: figures}); got != c.want {
			t.Errorf("%d of %d is %s, want %s", c.reached, c.expected, got, c.want)
		}
	}
	const most = 9_999_999_999_99 * 1_000
	if got := shareOf(most-1, most); got != 999 {
		t.Errorf("a large share is %d", got)
	}
}

// An organisation asked for stands on top, with what lies below it and nothing else.
func TestReportOfOneOrganization(t *testing.T) {
	var organizations []Organization
	for id := int64(1); id <= 4; id++ {
		organizations = append(organizations, Organization{ID: id, ParentID: id - 1, Name: strconv.FormatInt(id, 10), Depth: int(id) - 1})
	}
	var facts []Fact
	for id := int64(1); id <= 4; id++ {
		facts = append(facts, Fact{ID: id, OrganizationID: id, Figures: []int64{id, 0}})
	}
	report := Summarize(ReportQuery{Kind: ReportHours, By: ByOrganization, OrganizationID: 2}, facts, ReportNames{Tree: NewOrganizationTree(organizations)})
	if len(report.Groups) != 3 || report.Groups[0].Label != "2" || report.Groups[0].Depth != 0 || report.Groups[0].Sum[0] != 9 || report.Groups[2].Depth != 2 {
		t.Errorf("%+v", report.Groups)
	}
}

func TestChartAxis(t *testing.T) {
	chart := func(kind FigureKind, highest int64) ReportChart {
		return ReportChart{Kind: kind, Groups: []ChartGroup{{Values: []int64{-5, highest}}}}
	}
	for _, c := range []struct {
		kind          FigureKind
		highest, step int64
		steps         int
		label         string // of the first line above zero
	}{
		{FigureMoney, 0, 100_00, 1, "100"}, {FigureMoney, 400_00, 100_00, 4, "100"}, {FigureMoney, 400_01, 200_00, 3, "200"}, {FigureMoney, 12_800_00, 5_000_00, 3, "0.5 万"},
		{FigureMoney, 15_000_01, 5_000_00, 4, "0.5 万"}, {FigureMoney, 99_999_999_99, 50_000_000_00, 2, "5,000 万"}, {FigureMoney, 10_000_00, 5_000_00, 2, "5,000"},
		{FigureHours, 864_00, 500_00, 2, "500"}, {FigureCount, 7, 2, 4, "2"}, {FigureShare, 253, 250, 4, "25%"},
	} {
		if step, steps := chart(c.kind, c.highest).Axis(4); step != c.step || steps != c.steps || chart(c.kind, c.highest).AxisLabel(step) != c.label {
			t.Errorf("up to %d: %d × %d, %s", c.highest, step, steps, chart(c.kind, c.highest).AxisLabel(step))
		}
	}
}

// Months without anything stand between those with something, and only the latest are shown.
func TestChartHasEveryMonth(t *testing.T) {
	fact := func(day Date) Fact { return Fact{Day: day, OrganizationID: 1, Figures: []int64{1, 4_00}} }
	names := ReportNames{Tree: NewOrganizationTree([]Organization{{ID: 1, Name: "单位"}})}
	chart := Summarize(ReportQuery{Kind: ReportHours, By: ByOrganization}, []Fact{fact("2019-03-01"), fact(""), fact("2021-11-30"), fact("2022-02-01")}, names).Chart()
	if len(chart.Groups) != chartMonths || chart.Groups[0].Label != "2020-03" || chart.Groups[22].Values[0] != 0 || chart.Groups[23].Values[0] != 4_00 || chart.Groups[20].Label != "2021-11" {
		t.Errorf("%d months: %+v", len(chart.Groups), chart.Groups)
	}
	if MonthLabel("2022-03", true) != "2022年3月" || MonthLabel("2022-03", false) != "3月" {
		t.Error("labels")
	}
}

// However a report is sorted, every group keeps what lies in it, those beside each other stand in order, and nothing is lost.
func TestSortedReportsKeepTheirTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(ReportKinds).Draw(t, "report")
		facts, names := drawReport(t, kind)
		q := ReportQuery{Kind: kind, By: rapid.SampledFrom(kind.Dimensions()).Draw(t, "by"), Then: rapid.SampledFrom(append([]Dimension{""}, kind.Dimensions()...)).Draw(t, "then")}
		report := Summarize(q, facts, names)
		column := rapid.SampledFrom(q.Columns()).Draw(t, "column")
		descending := rapid.Bool().Draw(t, "descending")
		sorted := report.Sorted(column.Key, descending)
		addsUp(t, sorted, facts, names)
		lines := sorted.Lines()
		if len(lines) != len(report.Lines()) || !lines[len(lines)-1].Total {
			t.Fatalf("%d lines of %d, the last %q", len(lines), len(report.Lines()), lines[len(lines)-1].Label)
		}
		for _, line := range lines {
			var last *int64
			for _, part := range line.Parts {
				value, known := column.Value(lines[part])
				if !known || lines[part].Own {
					continue
				}
				if last != nil && (descending && value > *last || !descending && value < *last) {
					t.Fatalf("below %q: %d stands behind %d", line.Label, value, *last)
				}
				last = &value
			}
		}
		if back := report.Sorted(SortByLabel, true).Sorted(SortByLabel, true); !slices.EqualFunc(back.Groups, report.Groups, func(a, b Group) bool { return a.Key == b.Key && a.Depth == b.Depth }) {
			t.Fatal("turned round twice it is another")
		}
	})
}

// People of several plans are counted once for each, which the figures' names say; those of one plan are people.
func TestPeopleOfSeveralPlansAreNamedSo(t *testing.T) {
	names := func(q ReportQuery) string {
		var all []string
		for _, column := range q.Columns() {
			all = append(all, column.Name)
		}
		return fmt.Sprint(all)
	}
	for _, c := range []struct {
		q    ReportQuery
		want string
	}{
		{ReportQuery{Kind: ReportPlan, By: ByPlan}, "[应训人次 缴费人次 缴费率 充值人次 充值率 线下学时 达标人次 达标率]"},
		{ReportQuery{Kind: ReportPlan, By: ByPayer, PlanID: 1}, "[应训 已缴费 缴费率 已充值 充值率 线下学时 达标 达标率]"},
		{ReportQuery{Kind: ReportPlan, By: ByOrganization, PlanID: 1}, "[应训 已缴费 已充值 充值率 线下学时 达标 达标率]"},
		{ReportQuery{Kind: ReportOrders, By: ByMonth}, "[明细 人数 订单金额 已缴费 审核通过 已充值 已开票 开票率]"},
		{ReportQuery{Kind: ReportOrders, By: ByPlan}, "[明细 人数 订单金额 已缴费 审核通过 已充值 充值率 已开票 开票率]"},
	} {
		if got := names(c.q); got != c.want {
			t.Errorf("by %s: %s, want %s", c.q.By, got, c.want)
		}
	}
}
