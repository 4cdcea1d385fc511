package data

import (
	"cmp"
	"slices"
	"strings"
)

// Unplaced lists the ways of writing an organisation that rows cannot be placed by, the most frequent first.
func (p *ImportPlan) Unplaced() []Unplaced {
	if p.Known == nil {
		return nil
	}
	type key struct{ column, written string }
	places := map[key]int{}
	var found []Unplaced
	for _, row := range p.Rows {
		for _, problem := range row.Problems {
			if problem.Code != codeOrganizationUnknown && problem.Code != codeOrganizationAmbiguous {
				continue
			}
			column := p.Form.Column(problem.Where.Field)
			if column < 0 || column >= len(row.Source.Cells) {
				continue
			}
			this := key{problem.Where.Field, CleanPath(ShownText(row.Source.Cells[column]))}
			place, known := places[this]
			if !known {
				place = len(found)
				places[this] = place
				found = append(found, Unplaced{Column: this.column, Written: this.written, Ambiguous: problem.Code == codeOrganizationAmbiguous,
					Candidates: p.Known.Tree.Similar(this.written)})
			}
			found[place].Rows = append(found[place].Rows, row.Source.Number)
		}
	}
	slices.SortStableFunc(found, func(a, b Unplaced) int { return cmp.Compare(len(b.Rows), len(a.Rows)) })
	return found
}

// mostSimilar keeps the offer for one spelling readable.
const mostSimilar = 8

// Similar gives the organisations that a person may have meant by a path, the nearest first: those with this very name, or else those
// whose name holds it or is held by it, and those that differ by a character.
func (t OrganizationTree) Similar(written string) []Organization {
	parts := strings.Split(t.trim(written), "/")
	name := []rune(parts[len(parts)-1])
	type match struct {
		Organization
		distance int
	}
	var near []match
	for _, organization := range t.list {
		if distance, ok := nameDistance([]rune(organization.Name), name); ok && organization.Depth > 0 {
			near = append(near, match{organization, distance})
		}
	}
	slices.SortStableFunc(near, func(a, b match) int { return cmp.Compare(a.distance, b.distance) })
	var similar []Organization
	for _, one := range near[:min(len(near), mostSimilar)] {
		if near[0].distance > 0 || one.distance == 0 {
			similar = append(similar, one.Organization)
		}
	}
	return similar
}

// nameDistance tells how far two names are apart: 0 for the same, 1 and more for one inside the other, then for slips.
func nameDistance(a, b []rune) (int, bool) {
	const leastRunes, insideCost, slipCost, mostSlips = 2, 1, 10, 2
	switch {
	case len(a) == 0 || len(b) == 0:
		return 0, false
	case slices.Equal(a, b):
		return 0, true
	case min(len(a), len(b)) >= leastRunes && (strings.Contains(string(a), string(b)) || strings.Contains(string(b), string(a))):
		return insideCost * max(len(a)-len(b), len(b)-len(a)), true
	}
	slips := editDistance(a, b)
	allowed := 1
	if min(len(a), len(b)) > 2*mostSlips {
		allowed = mostSlips
	}
	return slipCost * slips, slips <= allowed && min(len(a), len(b)) >= leastRunes
}

// editDistance counts the characters to add, drop or change (Levenshtein).
func editDistance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for column := range row {
		row[column] = column
	}
	for i, left := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, right := range b {
			change := diagonal
			if left != right {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
