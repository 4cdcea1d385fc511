package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// WarnSharedMobiles puts one warning for each mobile that several people share on the first of their rows: people of the plan, and
// enabled ones of people, who are stored and are not in the plan.
func WarnSharedMobiles(plan *ImportPlan, people *People) { plan.warnSharedMobiles(plan.Rows, people) }

// warnSharedMobiles does so for some of the plan's rows, among which are all that share a mobile or are about whom has it.
func (p *ImportPlan) warnSharedMobiles(rows []*ImportRow, people *People) {
	sharing, numbers := map[string][]int{}, make(map[string]bool, len(rows))
	for place, row := range rows {
		if row.Trainee.Mobile != "" && row.Outcome != OutcomeSkipped {
			sharing[row.Trainee.Mobile] = append(sharing[row.Trainee.Mobile], place)
		}
		numbers[row.Trainee.IDNumber] = true
	}
	for place, row := range rows {
		places := sharing[row.Trainee.Mobile]
		if len(places) == 0 || places[0] != place {
			continue
		}
		var names []string
		for _, at := range people.reachedBy(row.Trainee.Mobile) {
			if other := &people.list[at]; !numbers[other.IDNumber] {
				names = append(names, other.Name)
			}
		}
		if len(places)+len(names) < 2 || len(places) == 1 && !row.bringsMobile() {
			continue
		}
		row.Problems = append(row.Problems, Warn("mobile-shared", "mobile",
			fmt.Sprintf("%d 个人的手机号相同，另外还有%s。", len(places)+len(names), others(rows, places[1:], names)),
			"请确认是几个人共用一个号码，还是写错了。").In(p.Heading.Place(p.Form, row.Source.Number, "mobile")))
	}
}

// bringsMobile tells whether the row gives somebody a mobile that is not stored with them already.
func (r *ImportRow) bringsMobile() bool {
	return r.Outcome == OutcomeNew || slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Field == "mobile" })
}

// maxRowsNamed keeps a message about many rows or people readable.
const maxRowsNamed = 5

// others names the other rows and the stored people of a mobile.
func others(rows []*ImportRow, places []int, names []string) string {
	var parts []string
	if len(places) > 0 {
		var numbers []string
		for _, other := range places[:min(len(places), maxRowsNamed)] {
			numbers = append(numbers, strconv.Itoa(rows[other].Source.Number))
		}
		part := "第 " + strings.Join(numbers, "、")
		if len(places) > maxRowsNamed {
			part += fmt.Sprintf(" 等 %d", len(places))
		}
		parts = append(parts, part+" 行")
	}
	if len(names) > 0 {
		part := "系统里的“" + strings.Join(names[:min(len(names), maxRowsNamed)], "”“") + "”"
		if len(names) > maxRowsNamed {
			part += "等"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "，以及")
}
