package data

import "fmt"

// OrganizationChange tells what a move or merge of organisations touched.
type OrganizationChange struct {
	People        int   // trainees directly or below
	Organizations int   // organisations whose path changed
	ChangeID      int64 // a merge's, by which UndoTraineeChange takes it back
}

// OrganizationUse counts what hangs on an organisation; it can be removed where nothing does.
type OrganizationUse struct {
	Enabled, Disabled int // trainees directly in it
	Below             int // organisations directly below it
	Payers            int // organisations for which it pays by name
	PaidTrainees      int // trainees for whom it pays by name
	Orders            int // orders with a line for it
}

// Words lists what hangs on it; "" where nothing does.
func (u OrganizationUse) Words() string {
	text := ""
	for _, part := range []struct {
		count int
		words string
	}{
		{u.Enabled, "%d 名启用学员"}, {u.Disabled, "%d 名停用学员"}, {u.Below, "%d 个下级机构"}, {u.Payers, "是 %d 个机构的缴费机构"},
		{u.PaidTrainees, "单独为 %d 名学员缴费"}, {u.Orders, "%d 个缴费订单"},
	} {
		if part.count == 0 {
			continue
		}
		if text != "" {
			text += "、"
		}
		text += fmt.Sprintf(part.words, part.count)
	}
	return text
}

// RollEntry is somebody whom a person picks from a list.
type RollEntry struct {
	ID                 int64
	Name               string
	Spelling, Initials string // in pinyin
	Organization       string // its path
	Disabled           bool
}
