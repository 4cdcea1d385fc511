package data

import (
	"slices"
	"strings"
)

// ReportKind is what a report counts.
type ReportKind string

const (
	ReportOrders    ReportKind = "orders"
	ReportPlan      ReportKind = "plan"
	ReportRecharges ReportKind = "recharges"
	ReportHours     ReportKind = "hours"
)

// ReportKinds lists them in the order of a choice.
var ReportKinds = []ReportKind{ReportOrders, ReportPlan, ReportRecharges, ReportHours}

// Dimension is by what a report groups.
type Dimension string

const (
	ByMonth        Dimension = "month"
	ByPlan         Dimension = "plan"
	ByOrganization Dimension = "organization"
	ByPayer        Dimension = "payer"
	ByMode         Dimension = "mode"
	ByState        Dimension = "state"
)

// Dimensions lists them in the order of a choice, with their words.
var Dimensions = []struct {
	Key  Dimension
	Name string
}{{ByMonth, "月份"}, {ByPlan, "培训计划"}, {ByOrganization, "组织机构"}, {ByPayer, "缴费机构"}, {ByMode, "缴费模式"}, {ByState, "状态"}}

// Name gives a dimension's word, "" for one that there is not.
func (d Dimension) Name() string {
	for _, known := range Dimensions {
		if known.Key == d {
			return known.Name
		}
	}
	return ""
}

// FigureKind says how a report's figure is written.
type FigureKind uint8

const (
	FigureCount FigureKind = iota
	FigureMoney            // in 分
	FigureHours            // in hundredths of 学时
	FigureShare            // in thousandths, rounded down: 100.0% is all of it
)

// Figure is what a report adds up.
type Figure struct {
	Key, Name string
	Kind      FigureKind
	// Meaning says in a sentence what is counted.
	Meaning string
}

// Share is how much of one figure another one is.
type Share struct{ Key, Name, Part, Whole string }

// reportKind is all that one kind of report differs in.
type reportKind struct {
	name       string
	figures    []Figure
	shares     []Share
	dimensions []Dimension // the first is the default
}

// The figures that several kinds have.
const (
	figurePeople    = "people"
	figureAmount    = "amount"
	figureRecharged = "recharged"
)

// Shares whose two figures do not meet in every line.
const (
	shareCharged = "approved_charged_share"
	sharePaid    = "paid_share"
)

var everyDimension = []Dimension{ByMonth, ByPlan, ByOrganization, ByPayer, ByMode, ByState}

var reportKinds = map[ReportKind]reportKind{
	ReportOrders: {"缴费订单", []Figure{
		{"lines", "明细", FigureCount, "订单里每个缴费组织一条；作废的订单不算。"},
		{figurePeople, "人数", FigureCount, "订单按缴费组织填写的人数。"},
		{figureAmount, "订单金额", FigureMoney, "所有订单，草稿和驳回的也在内；作废的不算。"},
		{"submitted", "已缴费", FigureMoney, "已报盘、待审核和审核通过的订单。"},
		{"approved", "审核通过", FigureMoney, "审核通过的订单，就是学习卡批次的面值。"},
		{figureRecharged, "已充值", FigureMoney, "从这些订单的批次充给学员的，冲正和退回已经减去；按充值的日期和学员的机构归组。"},
		{"invoiced", "已开票", FigureMoney, "有有效发票的订单；红冲的不算。"},
	}, []Share{{shareCharged, "充值率", figureRecharged, "approved"}, {"invoiced_share", "开票率", "invoiced", "approved"}}, everyDimension},
	ReportPlan: {"培训计划", []Figure{
		{"expected", "应训", FigureCount, "启用的学员；每个计划各算一次。"},
		{"paid", "已缴费", FigureCount, "已报盘、待审核和审核通过的订单里的人数，记在缴费组织名下。"},
		{figureRecharged, "已充值", FigureCount, "充值减去冲正和退回后还有余额的学员。"},
		{"hours", "线下学时", FigureHours, "启用学员的线下学时。"},
		{"reached", "达标", FigureCount, "线下学时达到考核值的学员。"},
	}, []Share{{sharePaid, "缴费率", "paid", "expected"}, {"recharged_share", "充值率", figureRecharged, "expected"}, {"reached_share", "达标率", "reached", "expected"}},
		[]Dimension{ByPlan, ByOrganization, ByPayer}},
	ReportRecharges: {"充值", []Figure{
		{"entries", "笔数", FigureCount, "充值明细的每一行。"},
		{figureAmount, "充值金额", FigureMoney, "冲正和退回已经减去。"},
		{"reversed", "其中冲正退回", FigureMoney, "冲正和平台退回的金额，是负数。"},
	}, nil, everyDimension},
	ReportHours: {"线下学时", []Figure{
		{"records", "记录", FigureCount, "线下培训的每条记录。"},
		{"hours", "学时", FigureHours, "记录的学时。"},
	}, nil, []Dimension{ByMonth, ByPlan, ByOrganization, ByPayer}},
}

// Name gives the report's word.
func (k ReportKind) Name() string { return reportKinds[k].name }

// Figures lists what the report adds up.
func (k ReportKind) Figures() []Figure { return reportKinds[k].figures }

// Dimensions lists by what the report groups, the default first.
func (k ReportKind) Dimensions() []Dimension { return reportKinds[k].dimensions }

// States lists what a report's facts can be, in the order of a choice; nil where they have no state.
func (k ReportKind) States() []string {
	switch k {
	case ReportOrders:
		return reportStates[:firstRun]
	case ReportRecharges:
		return reportStates[firstRun:]
	}
	return nil
}

// Place gives a figure's place among the report's, -1 for one that it has not.
func (k ReportKind) Place(key string) int {
	return slices.IndexFunc(k.Figures(), func(f Figure) bool { return f.Key == key })
}

// ReportColumn is a column of a report as it is shown: a figure, or behind it how much of another one it is.
type ReportColumn struct {
	Figure
	// Part and Whole are places among the report's figures; Whole counts for FigureShare only.
	Part, Whole int
}

// Figures lists what the report adds up, named as the query counts it: people who are counted once for each of several plans are 人次.
func (q ReportQuery) Figures() []Figure {
	figures := slices.Clone(q.Kind.Figures())
	for place := range figures {
		if q.Kind == ReportPlan && q.PlanID == 0 && figures[place].Kind == FigureCount {
			figures[place].Name = strings.TrimPrefix(figures[place].Name, "已") + "人次"
		}
	}
	return figures
}

// Columns lists a report's columns: its figures, each followed by its share. Where the query keeps some days or organisations only, there are
// not the recharges of just those orders that there are, and no share of them; nor is there one that no group could have.
func (q ReportQuery) Columns() []ReportColumn {
	var columns []ReportColumn
	k := q.Kind
	figures := q.Figures()
	for place, figure := range figures {
		columns = append(columns, ReportColumn{Figure: figure, Part: place})
		for _, share := range reportKinds[k].shares {
			if share.Part == figure.Key && (figure.Key != figureRecharged || q.balanced()) && !slices.Contains(apart[share.Key], q.By) {
				whole := k.Place(share.Whole)
				meaning := figure.Name + "占" + figures[whole].Name + "的比例，不进位。"
				columns = append(columns, ReportColumn{Figure{share.Key, share.Name, FigureShare, meaning}, place, whole})
			}
		}
	}
	return columns
}

// balanced tells whether the report has the recharges of just those orders that it has.
func (q ReportQuery) balanced() bool {
	return q.Kind != ReportOrders || q.From == "" && q.To == "" && q.OrganizationID == 0 && q.PayerID == 0
}

// apart tells by which dimensions a group has one of a share's figures without the other: people are recharged in other months and
// organisations than those that pay for them, and those that pay for them have other people.
var apart = map[string][]Dimension{shareCharged: {ByMonth, ByOrganization, ByPayer}, sharePaid: {ByOrganization}}

// Value gives what stands in the column in a line; known is false for a share of nothing.
func (c ReportColumn) Value(line ReportLine) (value int64, known bool) {
	if c.Kind != FigureShare {
		return line.Figures[c.Part], true
	}
	whole := line.Figures[c.Whole]
	if whole <= 0 || slices.Contains(apart[c.Key], line.By) {
		return 0, false
	}
	return shareOf(line.Figures[c.Part], whole), true
}

// shareOf gives a part in thousandths of a whole, rounded down, without overflow for any amount that the program takes.
func shareOf(part, whole int64) int64 {
	const thousand = 1000
	return part/whole*thousand + part%whole*thousand/whole
}

// Text writes what stands in the column in a line; "–" for a share of nothing.
func (c ReportColumn) Text(line ReportLine) string {
	value, known := c.Value(line)
	if !known {
		return "–"
	}
	return c.Figure.Figure(value)
}

// Fraction gives a share from 0 to 1, for a bar.
func (c ReportColumn) Fraction(line ReportLine) float64 {
	value, _ := c.Value(line)
	return min(1, max(0, float64(value)/1000))
}
