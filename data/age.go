package data

import "fmt"

// Age writes how long ago something was: 刚刚, 5 分钟前, 3 小时前, 2 天前. A time that is still to come is written out, because then a
// clock is wrong.
func Age(at, now Moment) string {
	const hour, day = 60, 24 * 60
	minutes := int(now.Time().Sub(at.Time()).Minutes())
	switch {
	case at > now:
		return "时间在将来，请检查电脑的时钟"
	case minutes < 1:
		return "刚刚"
	case minutes < hour:
		return fmt.Sprintf("%d 分钟前", minutes)
	case minutes < day:
		return fmt.Sprintf("%d 小时前", minutes/hour)
	}
	return fmt.Sprintf("%d 天前", minutes/day)
}
