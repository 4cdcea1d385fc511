package data

import (
	"fmt"
	"strconv"
	"strings"
)

// WarnSharedMobiles puts one warning for each mobile that several people of the plan share on the first of their rows.
func WarnSharedMobiles(plan *ImportPlan) {
	sharing := map[string][]int{}
	for place, row := range plan.Rows {
		if row.Trainee.Mobile != "" && row.Outcome != OutcomeSkipped {
			sharing[row.Trainee.Mobile] = append(sharing[row.Trainee.Mobile], place)
		}
	}
	for place := range plan.Rows {
		row := &plan.Rows[place]
		places := sharing[row.Trainee.Mobile]
		if len(places) < 2 || places[0] != place {
			continue
		}
		var numbers []string
		for _, other := range places[1:min(len(places), maxRowsNamed+1)] {
			numbers = append(numbers, strconv.Itoa(plan.Rows[other].Source.Number))
		}
		row.Problems = append(row.Problems, Warn("mobile-shared", "mobile",
			fmt.Sprintf("%d 个人的手机号相同，另外还有第 %s 行。", len(places), strings.Join(numbers, "、")),
			"请确认是几个人共用一个号码，还是写错了。").In(plan.Heading.Place(plan.Form, row.Source.Number, "mobile")))
	}
}

// maxRowsNamed keeps a message about many rows readable.
const maxRowsNamed = 5
