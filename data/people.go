package data

// Duplicate is a group of stored people who may be one.
type Duplicate struct {
	Reason string // a sentence for people
	Code   string // same-birth, same-mobile, same-staff-number
	People []TraineeRow
}

// MergeResult is what a merge of two people moved to the one who stays.
type MergeResult struct {
	Hours  int      // records of offline hours
	Filled []string // headers of the fields that were blank and are filled now
}

// RosterDifference compares a file with who is stored and enabled: last year's list with this year's.
type RosterDifference struct {
	File    string
	Joined  []DifferenceRow // 新增: in the file only
	Left    []DifferenceRow // 离职: stored only
	Renamed []DifferenceRow // 改名: the same number with another name
	Moved   []DifferenceRow // 调动: another organisation
	Unclear []DifferenceRow // 待核对: rows with errors, and people whom such a row may mean
	Same    int             // people who stand in both alike
}

// DifferenceRow is one person of a RosterDifference.
type DifferenceRow struct {
	TraineeID       int64 // 0: not stored
	Row             int   // the row's number in the file; 0: not in it
	Name, OldName   string
	IDNumber        string // masked
	Organization    string // the path after; for people who left the one they are in
	OldOrganization string
	Note            string
}

// PasswordReset is the request that the platform give a trainee the default password (重置密码).
type PasswordReset struct {
	TraineeID int64
	At        Moment
	User      string
	DoneAt    Moment // "" while it is open
}

// ResetSlip is what a hand-out slip says to a trainee whose password is reset.
type ResetSlip struct {
	Name         string
	Username     string // as the trainee types it; see UsernameIsID
	UsernameIsID bool   // the username is the trainee's own identity number, of which only the tail is printed
	Organization string
}

// OrganizationChange tells what a move or merge of organisations touched.
type OrganizationChange struct {
	People        int // trainees directly or below
	Organizations int // organisations whose path changed
}
