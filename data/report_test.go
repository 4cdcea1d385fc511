package data

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestReportsAddUp: for every report and every grouping, the total is the sum of the facts, of the groups' own figures, and of the
// groups at the top.
func TestReportsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		organizations := []Organization{{ID: 1, Name: "单位", Path: "单位"}}
		for id := int64(2); id <= int64(rapid.IntRange(1, 12).Draw(t, "organizations")); id++ {
			parent := organizations[rapid.IntRange(0, len(organizations)-1).Draw(t, "parent")]
			organizations = append(organizations, Organization{ID: id, ParentID: parent.ID, Name: fmt.Sprint("科", id), Path: fmt.Sprint(parent.Path, "/科", id), Depth: parent.Depth + 1})
		}
		tree := NewOrganizationTree(organizations)
		kind := rapid.SampledFrom([]ReportKind{ReportOrders, ReportPlan, ReportRecharges, ReportHours}).Draw(t, "report")
		word := rapid.SampledFrom([]string{"甲", "乙", "丙"})
		var facts []Fact
		for id := range rapid.IntRange(0, 40).Draw(t, "facts") {
			place := func() int64 { return organizations[rapid.IntRange(0, len(organizations)-1).Draw(t, "place")].ID }
			fact := Fact{ID: int64(id), Month: word.Draw(t, "month"), Plan: word.Draw(t, "plan"), Mode: word.Draw(t, "mode"), State: word.Draw(t, "state"),
				OrganizationID: place(), PayerID: place()}
			for range kind.Figures() {
				fact.Figures = append(fact.Figures, rapid.Int64Range(-1_000_000, 1_000_000_000).Draw(t, "figure"))
			}
			facts = append(facts, fact)
		}
		for _, by := range kind.Dimensions() {
			report := Summarize(kind, by, facts, tree)
			rows, own, top := make([]int64, len(report.Total)), make([]int64, len(report.Total)), make([]int64, len(report.Total))
			drilled := 0
			for _, fact := range facts {
				addFigures(rows, fact.Figures)
			}
			for _, group := range report.Groups {
				addFigures(own, group.Own)
				drilled += len(group.Facts)
				if group.Depth == 0 {
					addFigures(top, group.Sum)
				}
			}
			if !slices.Equal(report.Total, rows) || !slices.Equal(own, rows) || !slices.Equal(top, rows) || drilled != len(facts) {
				t.Fatalf("%s by %s: total %v, facts %v, groups %v, top %v, %d of %d facts", kind, by, report.Total, rows, own, top, drilled, len(facts))
			}
			parents := map[int64][]int64{}
			for _, group := range report.Groups {
				if group.OrganizationID != 0 {
					organization, _ := tree.Get(group.OrganizationID)
					sums := parents[organization.ParentID]
					if sums == nil {
						sums = make([]int64, len(report.Total))
						parents[organization.ParentID] = sums
					}
					addFigures(sums, group.Sum)
				}
			}
			for _, group := range report.Groups {
				below := slices.Clone(group.Own)
				if group.OrganizationID != 0 {
					addFigures(below, parents[group.OrganizationID])
				}
				if !slices.Equal(below, group.Sum) {
					t.Fatalf("%s: %v of its own and below, %v summed", group.Label, below, group.Sum)
				}
			}
		}
	})
}
