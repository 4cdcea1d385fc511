package data

// OfflineHours is a record of 线下学时: one person, one training.
type OfflineHours struct {
	ID          int64
	TraineeID   int64
	PlanID      int64
	Title       string // 培训名称
	Category    string // 课程类别
	Form        string // 培训形式
	Organizer   string // 主办单位
	Place       string // 培训地点
	StartsOn    Date
	EndsOn      Date
	Hours       Hours
	Result      string // 考核结果
	Certificate string // 证明编号
	Remark      string
	Extra       map[string]string
	CreatedAt   Moment
}

// OfflineHoursRow is a record as 线下档案管理 lists it.
type OfflineHoursRow struct {
	OfflineHours
	Username     string
	Name         string
	IDNumber     string // masked
	Organization string
	PlanNumber   string
	PlanName     string
}

// OfflineHoursQuery filters and sorts the list.
type OfflineHoursQuery struct {
	Text       string
	PlanID     int64
	TraineeID  int64
	Sort       string
	Descending bool
}

// HoursPerDayCap is the default of the setting: 学时 that one day can give.
const HoursPerDayCap Hours = 8_00
