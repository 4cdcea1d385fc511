package data

import "fmt"

// LearningYear is what the program knows of one person's learning for one training plan.
type LearningYear struct {
	Plan    Plan
	Offline Hours // 面授, 会议 and other trainings in person
	Network Hours // recorded trainings of the form 网络; the platform's own courses are on the platform alone
	Records int
	Paid    Money // what was recharged for the plan
}

// Total is all that is recorded, in hundredths.
func (y LearningYear) Total() Hours { return y.Offline + y.Network }

// Missing is by how much the plan's 考核值 is not reached, 0 where it is.
func (y LearningYear) Missing() Hours { return MissingHours(y.Total(), y.Plan.Target) }

// MissingHours is by how much a target is not reached: 29.99 of 30.00 misses 0.01.
func MissingHours(total, target Hours) Hours { return max(0, target-total) }

// LearningFile is the 学习档案 of one person over all years. Numbers are masked.
type LearningFile struct {
	Trainee      Trainee
	Organization string         // its path
	Payer        string         // who pays for the person
	Years        []LearningYear // the newest plan first; a plan with nothing recorded too
	Records      []OfflineHoursRow
}

// LearningPaper is a 学习档案 as it is printed.
type LearningPaper struct {
	LearningFile
	Unit, PreparedBy string
	At               Moment
}

// LearningFlag keeps some people of the learning list only.
type LearningFlag string

const (
	LearningMissing LearningFlag = "未达标"
	LearningReached LearningFlag = "已达标"
	LearningNothing LearningFlag = "没有学时"
	LearningNearly  LearningFlag = "差 8 学时以内"
)

// nearlyReached is how much LearningNearly still misses at the most: a day of training.
const nearlyReached Hours = 8_00

// LearningFlags lists them in the order of a choice.
var LearningFlags = []LearningFlag{LearningMissing, LearningNearly, LearningNothing, LearningReached}

// Keeps tells whether somebody with so many hours belongs to the flag's list.
func (f LearningFlag) Keeps(total, target Hours) bool {
	missing := MissingHours(total, target)
	switch f {
	case LearningMissing:
		return missing > 0
	case LearningReached:
		return missing == 0
	case LearningNothing:
		return total == 0
	case LearningNearly:
		return missing > 0 && missing <= nearlyReached
	}
	return true
}

// LearningQuery asks who has how many hours of a plan. Only enabled people are asked for.
type LearningQuery struct {
	PlanID         int64
	Text           string // of the name, its pinyin or initials
	OrganizationID int64  // and all below it
	Only           LearningFlag
	Sort           string // name, organization, hours, missing
	Descending     bool
}

// LearningTotals sum up the people of a query, whatever flag it has: Found counts those that the flag keeps.
type LearningTotals struct {
	People, Reached, Found int
	Hours, Missing         Hours // of those found
}

// Reminder writes what somebody is to be told who has not reached the 考核值; nothing personal but the name stands in it.
func Reminder(name string, plan Plan, total Hours, today Date) string {
	missing := MissingHours(total, plan.Target)
	if missing == 0 {
		return fmt.Sprintf("%s，您好：%d年公共知识培训考核值 %s 学时，截至 %s 单位登记的学时是 %s，已经达标，谢谢。", name, plan.Year, plan.Target, today, total)
	}
	return fmt.Sprintf("%s，您好：%d年公共知识培训考核值 %s 学时，截至 %s 单位登记的学时是 %s，还差 %s。平台上的线上学时不在其内，请登录平台核对，并在 %s 以前补足。",
		name, plan.Year, plan.Target, today, total, missing, plan.EndsAt.Date())
}
