package data

import (
	"cmp"
	"slices"
)

// ReportKind is what a report counts.
type ReportKind string

const (
	ReportOrders    ReportKind = "orders"
	ReportPlan      ReportKind = "plan"
	ReportRecharges ReportKind = "recharges"
	ReportHours     ReportKind = "hours"
)

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
)

// Figure is a column of a report.
type Figure struct {
	Key, Name string
	Kind      FigureKind
}

// reportKinds say of every report what it is called, which figures it has, and by what it groups; the first is the default.
var reportKinds = map[ReportKind]struct {
	name       string
	figures    []Figure
	dimensions []Dimension
}{
	ReportOrders: {"缴费订单", []Figure{{"lines", "笔数", FigureCount}, {"people", "人数", FigureCount}, {"amount", "缴费金额", FigureMoney},
		{"approved", "审核通过", FigureMoney}, {"invoiced", "已开票", FigureMoney}}, []Dimension{ByMonth, ByPlan, ByOrganization, ByPayer, ByMode, ByState}},
	ReportPlan: {"培训计划", []Figure{{"expected", "应训", FigureCount}, {"recharged", "已充值", FigureCount}, {"hours", "线下学时", FigureHours},
		{"reached", "达标", FigureCount}}, []Dimension{ByPlan, ByOrganization, ByPayer}},
	ReportRecharges: {"充值", []Figure{{"entries", "笔数", FigureCount}, {"amount", "充值金额", FigureMoney}, {"reversed", "其中冲正", FigureMoney}},
		[]Dimension{ByMonth, ByPlan, ByOrganization, ByPayer, ByMode, ByState}},
	ReportHours: {"线下学时", []Figure{{"records", "记录", FigureCount}, {"hours", "学时", FigureHours}}, []Dimension{ByMonth, ByPlan, ByOrganization, ByPayer}},
}

// Name gives the report's word.
func (k ReportKind) Name() string { return reportKinds[k].name }

// Figures lists the report's columns.
func (k ReportKind) Figures() []Figure { return reportKinds[k].figures }

// Dimensions lists by what the report groups, the default first.
func (k ReportKind) Dimensions() []Dimension { return reportKinds[k].dimensions }

// Fact is what one record adds to a report: a line of an order, a person in a plan, a line of 充值明细, a record of hours.
type Fact struct {
	ID                      int64 // the record's key: an order's, a trainee's, an entry's
	Month                   string
	Plan                    string
	OrganizationID, PayerID int64
	Mode, State             string
	Figures                 []int64 // in the order of the report's Figures
}

// Report is a table of groups. Its total is the sum of its facts, of its groups at depth 0, and of its groups' own facts.
type Report struct {
	Kind   ReportKind
	By     Dimension
	Groups []Group
	Total  []int64
}

// Group is one row of a report. An organisation's sum counts what lies below it; Own does not.
type Group struct {
	Label          string
	OrganizationID int64 // where the report groups by organisation or payer
	Depth          int   // below the report's top row
	Own, Sum       []int64
	Facts          []int64 // the keys of its own facts' records, each once: what a row is drilled down to
}

// Summarize groups facts. Organisations stand as in the tree, with those above them that sum them up; other groups by label.
func Summarize(kind ReportKind, by Dimension, facts []Fact, tree OrganizationTree) Report {
	report := Report{Kind: kind, By: by, Total: make([]int64, len(kind.Figures()))}
	for _, fact := range facts {
		addFigures(report.Total, fact.Figures)
	}
	if by == ByOrganization || by == ByPayer {
		report.Groups = branches(kind, by, facts, tree)
		return report
	}
	groups := map[string]*Group{}
	for _, fact := range facts {
		label := map[Dimension]string{ByMonth: fact.Month, ByPlan: fact.Plan, ByMode: fact.Mode, ByState: fact.State}[by]
		group := groups[label]
		if group == nil {
			group = newGroup(kind, label)
			groups[label] = group
		}
		group.take(fact)
	}
	for _, group := range groups {
		group.Sum = slices.Clone(group.Own)
		report.Groups = append(report.Groups, *group)
	}
	slices.SortFunc(report.Groups, func(a, b Group) int { return cmp.Compare(a.Label, b.Label) })
	return report
}

func newGroup(kind ReportKind, label string) *Group {
	return &Group{Label: label, Own: make([]int64, len(kind.Figures())), Sum: make([]int64, len(kind.Figures()))}
}

func (g *Group) take(fact Fact) {
	addFigures(g.Own, fact.Figures)
	if len(g.Facts) == 0 || g.Facts[len(g.Facts)-1] != fact.ID {
		g.Facts = append(g.Facts, fact.ID)
	}
}

func addFigures(sum, more []int64) {
	for place, figure := range more {
		sum[place] += figure
	}
}

// branches groups by organisation: every one that has a fact at or below it, in the tree's order.
func branches(kind ReportKind, by Dimension, facts []Fact, tree OrganizationTree) []Group {
	groups := map[int64]*Group{}
	for _, fact := range facts {
		id := fact.OrganizationID
		if by == ByPayer {
			id = fact.PayerID
		}
		own := branch(kind, groups, id, tree)
		own.take(fact)
		for above := own; ; above = branch(kind, groups, id, tree) {
			addFigures(above.Sum, fact.Figures)
			organization, known := tree.Get(id)
			if !known || organization.ParentID == 0 {
				break
			}
			id = organization.ParentID
		}
	}
	var ordered []Group
	for _, organization := range tree.List() {
		if group := groups[organization.ID]; group != nil {
			ordered = append(ordered, *group)
		}
	}
	return ordered
}

func branch(kind ReportKind, groups map[int64]*Group, id int64, tree OrganizationTree) *Group {
	group := groups[id]
	if group == nil {
		organization, _ := tree.Get(id)
		group = newGroup(kind, organization.Name)
		group.OrganizationID, group.Depth = id, organization.Depth
		groups[id] = group
	}
	return group
}
