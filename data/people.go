package data

// OrganizationChange tells what a move or merge of organisations touched.
type OrganizationChange struct {
	People        int // trainees directly or below
	Organizations int // organisations whose path changed
}

// PasswordSlip is what a hand-out slip (密码领取条) says to a trainee whose password the platform resets.
type PasswordSlip struct {
	Name         string
	UserName     string // as lists show it: masked where it is the identity number
	MaskedID     string // 110101********0011
	Organization string // the path below the unit, parts joined by "/"
}
