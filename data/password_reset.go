package data

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

// Slip gives what the hand-out slip of a request says. Who logs in with the identity number knows it: it is not printed whole.
func (r PasswordReset) Slip() PasswordSlip {
	slip := PasswordSlip{Name: r.Name, UserName: r.Username, MaskedID: r.IDNumber, Organization: r.Organization}
	if r.Username == r.IDNumber {
		slip.UserName = "本人证件号"
	}
	return slip
}

// PasswordSlip is what a hand-out slip (密码领取条) says to a trainee whose password the platform resets.
type PasswordSlip struct {
	Name         string
	UserName     string // in words where it is the identity number
	MaskedID     string // 110101********0011
	Organization string // the path below the unit, parts joined by "/"
}
