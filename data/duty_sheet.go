package data

// DutySheet is 交接清单: what stands open when one person hands the work over to another, on paper for both to sign.
type DutySheet struct {
	Unit string
	Plan string
	From string // who hands over
	To   string // who takes over; "" leaves a line to be filled in
	At   Moment
	Open []Duty // what waits, the longest first
	Keep []Duty // what is handed over beside the data
	Who  []Administrator
}

// Duty is a line of 交接清单.
type Duty struct {
	What   string
	Detail string
	Since  Moment // "" where unknown
	Whose  string // 我方 or 平台; "" for what is kept
}
