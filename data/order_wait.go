package data

// OrderWait tells what an order waits for and since when.
type OrderWait struct {
	What  string // 等开票, 等缴费, 等审核, 等修订
	Since Moment
	Days  int
}

// Wait tells what an order waits for on a day; ok is false where nobody is waited for.
func (r OrderRow) Wait(today Date) (wait OrderWait, ok bool) { return OrderWait{}, false }
