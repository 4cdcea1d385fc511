package data

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// Report is a table of groups. Its total is the sum of its facts, of its groups at depth 0, and of its groups' own facts.
type Report struct {
	Query  ReportQuery
	Groups []Group
	Total  []int64
	Facts  []Fact // all that the query keeps
	// Conditions are what the query leaves out, in words: 培训计划：2022年….
	Conditions []string
	names      ReportNames
}

// Group is one row of a report. Its sum counts what lies below it; Own does not.
type Group struct {
	By       Dimension
	Key      string // of the month, plan, organisation, mode or state
	Label    string
	Depth    int // below the report's top rows
	Own, Sum []int64
	Facts    []int // the places of its own facts among the report's
}

// summary groups the facts of one report.
type summary struct {
	kind  ReportKind
	names ReportNames
	facts []Fact
	top   int64 // the organisation that stands on top of the tree, or 0 for the unit
}

// Summarize groups the facts that the query keeps. Organisations stand as in the tree, with those above them that sum them up; plans,
// modes and states in their own order, months one after the other.
func Summarize(q ReportQuery, facts []Fact, names ReportNames) Report {
	report := Report{Query: q, Total: make([]int64, len(q.Kind.Figures())), names: names}
	keep := q.keeper(names.Tree)
	var all []int
	for _, fact := range facts {
		if keep(fact) {
			all = append(all, len(report.Facts))
			report.Facts = append(report.Facts, fact)
			addFigures(report.Total, fact.Figures)
		}
	}
	s := summary{q.Kind, names, report.Facts, q.OrganizationID}
	report.Conditions = s.conditions(q)
	for _, group := range s.groups(q.By, all, 0) {
		if q.Then == "" || q.Then == q.By || q.By == ByOrganization {
			report.Groups = append(report.Groups, group)
			continue
		}
		inner := s.groups(q.Then, group.Facts, 1)
		group.Own, group.Facts = make([]int64, len(report.Total)), nil
		report.Groups = append(append(report.Groups, group), inner...)
	}
	return report
}

// again groups the report's own facts by something else.
func (r Report) again(by, then Dimension) Report {
	q := r.Query
	q.By, q.Then = by, then
	return Summarize(q, r.Facts, r.names)
}

// conditions says in words what a query leaves out.
func (s summary) conditions(q ReportQuery) []string {
	var list []string
	say := func(there bool, name, text string) {
		if there {
			list = append(list, name+"："+text)
		}
	}
	label := func(by Dimension, id int64) string {
		group := Group{}
		s.name(by, strconv.FormatInt(id, 10), &group)
		return group.Label
	}
	say(q.PlanID != 0, "培训计划", label(ByPlan, q.PlanID))
	say(q.OrganizationID != 0, "组织机构", label(ByOrganization, q.OrganizationID)+"及下级")
	say(q.PayerID != 0, "缴费机构", label(ByPayer, q.PayerID))
	say(q.Mode != "", "缴费模式", q.Mode)
	say(q.State != "", "状态", q.State)
	say(q.From != "" || q.To != "", "日期", cmp.Or(string(q.From), "最早")+"至"+cmp.Or(string(q.To), "今天"))
	return list
}

// groups gives the groups of some facts, each after those above it, the topmost at depth.
func (s summary) groups(by Dimension, facts []int, depth int) []Group {
	groups := map[string]*Group{}
	group := func(key string) *Group {
		if groups[key] == nil {
			groups[key] = &Group{By: by, Key: key, Depth: depth, Own: make([]int64, len(s.kind.Figures())), Sum: make([]int64, len(s.kind.Figures()))}
		}
		return groups[key]
	}
	for _, place := range facts {
		fact := s.facts[place]
		own := group(s.key(by, fact))
		own.Facts = append(own.Facts, place)
		addFigures(own.Own, fact.Figures)
		addFigures(own.Sum, fact.Figures)
		if by == ByOrganization {
			for _, above := range s.above(fact.OrganizationID) {
				addFigures(group(strconv.FormatInt(above, 10)).Sum, fact.Figures)
			}
		}
	}
	ordered := make([]Group, 0, len(groups))
	rank := s.ranks(by)
	for key, group := range groups {
		s.name(by, key, group)
		ordered = append(ordered, *group)
	}
	slices.SortFunc(ordered, func(a, b Group) int {
		return cmp.Or(cmp.Compare(rankOf(rank, a.Key), rankOf(rank, b.Key)), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Key, b.Key))
	})
	return ordered
}

func addFigures(sum, more []int64) {
	for place, figure := range more {
		sum[place] += figure
	}
}

// key gives what a fact is grouped under.
func (s summary) key(by Dimension, fact Fact) string {
	switch by {
	case ByMonth:
		return fact.Month()
	case ByPlan:
		return strconv.FormatInt(fact.PlanID, 10)
	case ByOrganization:
		return strconv.FormatInt(fact.OrganizationID, 10)
	case ByPayer:
		return strconv.FormatInt(fact.PayerID, 10)
	case ByMode:
		return fact.Mode
	}
	return fact.State
}

// above lists the organisations over one, the nearest first, up to the one on top.
func (s summary) above(id int64) []int64 {
	var list []int64
	for organization, known := s.names.Tree.Get(id); known && id != s.top && organization.ParentID != 0; organization, known = s.names.Tree.Get(id) {
		id = organization.ParentID
		list = append(list, id)
	}
	return list
}

// Words for groups whose key names nothing.
const (
	labelNoMonth        = "没有日期"
	labelNoPlan         = "找不到的培训计划"
	labelNoOrganization = "找不到的机构"
)

// name gives a group its words, and an organisation its depth.
func (s summary) name(by Dimension, key string, group *Group) {
	id, _ := strconv.ParseInt(key, 10, 64)
	switch by {
	case ByMonth:
		group.Label = cmp.Or(key, labelNoMonth)
	case ByPlan:
		group.Label = s.planName(id)
	case ByPayer:
		group.Label = labelNoOrganization
		if payer, known := s.names.Tree.Get(id); known {
			group.Label = cmp.Or(payer.Path, payer.Name)
		}
	case ByOrganization:
		group.Label = labelNoOrganization
		if organization, known := s.names.Tree.Get(id); known {
			group.Label = organization.Name
			group.Depth += len(s.above(id))
		}
	default:
		group.Label = cmp.Or(key, "–")
	}
}

// planName gives a plan's name, with its number where another plan has the same name: plans are told apart by their numbers.
func (s summary) planName(id int64) string {
	name, number, same := labelNoPlan, "", 0
	for _, plan := range s.names.Plans {
		if plan.ID == id {
			name, number = plan.Name, plan.Number
		}
	}
	for _, plan := range s.names.Plans {
		if plan.Name == name {
			same++
		}
	}
	if same > 1 {
		return fmt.Sprintf("%s（%s）", name, number)
	}
	return name
}

// States of facts in the order of a choice: an order's reviews, then what a run of the ledger did.
var reportStates = []string{string(ReviewDraft), string(ReviewReady), string(ReviewPacked), string(ReviewSubmitted), string(ReviewRejected), string(ReviewApproved),
	string(RunRecharge), string(RunReversal), string(RunReturned), string(RunRestored), string(RunMerged)}

// firstRun is where the kinds of runs begin among reportStates.
const firstRun = 6

// ranks gives the places of a dimension's keys; keys without one come last.
func (s summary) ranks(by Dimension) map[string]int {
	var keys []string
	children := map[int64][]int64{}
	switch by {
	case ByPlan:
		for _, plan := range s.names.Plans {
			keys = append(keys, strconv.FormatInt(plan.ID, 10))
		}
	case ByOrganization, ByPayer:
		for _, organization := range s.names.Tree.List() {
			children[organization.ParentID] = append(children[organization.ParentID], organization.ID)
		}
		keys = branch(nil, children, 0)
	case ByMode:
		keys = []string{string(PayFirst), string(InvoiceFirst), string(PayOnline)}
	case ByState:
		keys = reportStates
	}
	places := map[string]int{}
	for place, key := range keys {
		places[key] = place + 1
	}
	return places
}

// branch lists what lies below an organisation, everything right behind what it lies below.
func branch(keys []string, children map[int64][]int64, id int64) []string {
	for _, child := range children[id] {
		keys = branch(append(keys, strconv.FormatInt(child, 10)), children, child)
	}
	return keys
}

func rankOf(ranks map[string]int, key string) int {
	if rank := ranks[key]; rank != 0 {
		return rank
	}
	return len(ranks) + 1
}
