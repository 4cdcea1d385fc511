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
	PlanYear     int
	Overlaps     bool // shares days with another record of the same person
	Files        int  // how many prove it
}

// OfflineHoursQuery filters and sorts the list.
type OfflineHoursQuery struct {
	Text      string
	PlanID    int64
	TraineeID int64
	// OrganizationID keeps this organisation and all below it.
	OrganizationID int64
	Category, Form string
	From, To       Date // records with days in between, both included
	Only           HoursFlag
	Sort           string
	Descending     bool
}

// HoursFlag keeps some records of offline hours only.
type HoursFlag string

const (
	HoursOverlapping        HoursFlag = "日期重叠"
	HoursWithoutCertificate HoursFlag = "没有证明编号"
	HoursCertified          HoursFlag = "有证明编号"
	HoursWithoutFile        HoursFlag = "没有附件"
	HoursCertificateTwice   HoursFlag = "编号重复" // another person has the same number, or another training of the person
)

// HoursFlags lists them in the order of a choice.
var HoursFlags = []HoursFlag{HoursOverlapping, HoursCertified, HoursWithoutCertificate, HoursCertificateTwice, HoursWithoutFile}
