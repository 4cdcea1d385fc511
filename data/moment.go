package data

import "time"

// Shanghai is the zone of every wall-clock time in the program. It is fixed, because mainland China has
// had no summer time since 1991 and a machine may lack the zone's table.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Date is a calendar day as text, 2006-01-02, or "". Text neither shifts with a machine's zone nor loses its order.
type Date string

// Moment is a wall-clock time in Shanghai as text, 2006-01-02 15:04:05, or "".
type Moment string

const (
	dateLayout   = "2006-01-02"
	momentLayout = "2006-01-02 15:04:05"
)

// MomentOf gives the wall-clock time in Shanghai.
func MomentOf(t time.Time) Moment { return Moment(t.In(Shanghai).Format(momentLayout)) }

// DateOf gives the day in Shanghai.
func DateOf(t time.Time) Date { return Date(t.In(Shanghai).Format(dateLayout)) }

// Date gives the moment's day.
func (m Moment) Date() Date {
	if len(m) < len(dateLayout) {
		return ""
	}
	return Date(m[:len(dateLayout)])
}

// Time gives the moment as a time in Shanghai; the zero time where it is empty or malformed.
func (m Moment) Time() time.Time {
	t, err := time.ParseInLocation(momentLayout, string(m), Shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Time gives the day's beginning in Shanghai; the zero time where it is empty or malformed.
func (d Date) Time() time.Time {
	t, err := time.ParseInLocation(dateLayout, string(d), Shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

// DaysUntil counts the days from d to other; negative where other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.Time().Sub(d.Time()).Hours() / 24)
}
