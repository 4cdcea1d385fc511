package data

import "fmt"

// codeUsernameExists is the code of the problem that a username is somebody else's.
const (
	codeUsernameExists = "username-exists"
	fieldUsername      = "username"
)

// explainFreed tells rows that were refused because of a username whose owner takes another one in the same file how to get in. They
// do not go in at once: a row counts against the roster as it stands and the rows above it, so that any row can be left out, mended
// or taken back without harm to the others.
func (p *ImportPlan) explainFreed(rows []*ImportRow) {
	freed := map[string]int{}
	for _, row := range rows {
		if row.Outcome != OutcomeUpdated {
			continue
		}
		for _, change := range row.Changes {
			if change.Field == fieldUsername {
				freed[change.Old] = row.Source.Number
			}
		}
	}
	for _, row := range rows {
		if row.Outcome != OutcomeFailed {
			continue
		}
		for place := range row.Problems {
			problem := &row.Problems[place]
			if by, given := freed[row.Trainee.Username]; given && problem.Code == codeUsernameExists {
				problem.Fix = fmt.Sprintf("第 %d 行会让出这个用户名：请先导入，再把这个文件导入一次。", by)
			}
		}
	}
}
