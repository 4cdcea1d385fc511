package data

// DefaultPassword is what the platform sets when it resets a trainee's password (manual, section 三). It is nobody's secret: it is
// the same for everybody, and whoever logs in with it is told to change it.
const DefaultPassword = "abc123"

// PasswordReset is the request that the platform reset a trainee's password (重置密码). No password is stored anywhere.
type PasswordReset struct {
	ID           int64
	TraineeID    int64
	Name         string
	Username     string // masked where it is the identity number
	IDNumber     string // masked
	Organization string // the path below the unit
	At           Moment
	User         string
	DoneAt       Moment // "" while it is open
	DoneBy       string
}

// Slip gives what the hand-out slip of a request says.
func (r PasswordReset) Slip() PasswordSlip {
	return PasswordSlip{Name: r.Name, UserName: r.Username, MaskedID: r.IDNumber, Organization: r.Organization}
}

// PasswordSlip is what a hand-out slip (密码领取条) says to a trainee whose password the platform resets.
type PasswordSlip struct {
	Name         string
	UserName     string // as lists show it: masked where it is the identity number
	MaskedID     string // 110101********0011
	Organization string // the path below the unit, parts joined by "/"
}
