package data

// OrderWait tells what an order waits for and since when.
type OrderWait struct {
	What  string // 等开票, 等缴费, 等审核, 等修订
	Since Moment
	Days  int // whole days from Since to the day that was asked about
}

// Wait tells what an order waits for on a day; ok is false where nobody is waited for.
func (r OrderRow) Wait(today Date) (wait OrderWait, ok bool) {
	wait.What, wait.Since = r.waiting()
	if wait.What == "" || wait.Since == "" {
		return OrderWait{}, false
	}
	wait.Days = max(0, wait.Since.Date().DaysUntil(today))
	return wait, true
}

func (r OrderRow) waiting() (what string, since Moment) {
	issued := r.InvoiceState == InvoiceIssued
	switch {
	case r.Review == ReviewSubmitted:
		return "等审核", r.AppliedAt
	case r.Review == ReviewRejected:
		return "等修订", r.ReviewedAt
	case r.Review == ReviewApproved && !issued:
		return "等开票", r.ReviewedAt
	case r.Mode == InvoiceFirst && (r.Review == ReviewDraft || r.Review == ReviewReady) && issued:
		return "等缴费", Moment(r.InvoiceIssuedOn) + midnight
	case r.Mode == InvoiceFirst && (r.Review == ReviewDraft || r.Review == ReviewReady):
		return "等开票", r.InvoiceRequestedAt
	}
	return "", ""
}

// midnight makes a moment of a day.
const midnight = " 00:00:00"
