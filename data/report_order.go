package data

import (
	"cmp"
	"slices"
)

// SortByLabel is the key by which Report.Sorted sorts groups by what they are called.
const SortByLabel = "label"

// Sorted orders the groups by a column's key, each among those beside it and with what lies in it; the total stays last. SortByLabel
// means their own order: months by time, organisations as in the tree. A share of nothing stands last either way. A key that the
// report has no column for changes nothing.
func (r Report) Sorted(key string, descending bool) Report {
	columns := r.Query.Columns()
	at := slices.IndexFunc(columns, func(c ReportColumn) bool { return c.Key == key })
	switch {
	case key == SortByLabel && descending:
		r.Groups = arrange(r.Groups, slices.Reverse[[][]Group])
	case at >= 0:
		r.Groups = arrange(r.Groups, func(branches [][]Group) {
			slices.SortStableFunc(branches, func(a, b []Group) int { return columns[at].compare(a[0], b[0], descending) })
		})
	}
	return r
}

// compare orders two groups by what stands in the column.
func (c ReportColumn) compare(one, other Group, descending bool) int {
	first, known := c.Value(ReportLine{Figures: one.Sum, By: one.By})
	second, knownToo := c.Value(ReportLine{Figures: other.Sum, By: other.By})
	switch {
	case !known || !knownToo:
		return cmp.Compare(unknownLast(known), unknownLast(knownToo))
	case descending:
		return cmp.Compare(second, first)
	}
	return cmp.Compare(first, second)
}

func unknownLast(known bool) int {
	if known {
		return 0
	}
	return 1
}

// arrange has the branches of a tree put into order, at every depth: a branch is a group with all that lies in it.
func arrange(groups []Group, order func(branches [][]Group)) []Group {
	var branches [][]Group
	for from := 0; from < len(groups); {
		to := from + 1
		for to < len(groups) && groups[to].Depth > groups[from].Depth {
			to++
		}
		branches = append(branches, append([]Group{groups[from]}, arrange(groups[from+1:to], order)...))
		from = to
	}
	order(branches)
	return slices.Concat(branches...)
}
