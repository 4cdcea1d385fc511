package data

// DocumentType is the kind of a trainee's identity document (证件类型).
type DocumentType string

const (
	DocumentResidentID      DocumentType = "居民身份证"
	DocumentResidencePermit DocumentType = "港澳台居民居住证"
	DocumentForeigner       DocumentType = "外国人永久居留身份证"
	DocumentPassport        DocumentType = "护照"
)

// DocumentTypes lists the kinds in the template's order.
var DocumentTypes = []string{string(DocumentResidentID), string(DocumentResidencePermit), string(DocumentForeigner), string(DocumentPassport)}

// TraineeCategories lists the 人员类别 in the template's order.
var TraineeCategories = []string{"专业技术人员", "管理岗", "工勤", "其他"}

// TraineeStatus tells whether a trainee takes part.
type TraineeStatus string

const (
	TraineeEnabled  TraineeStatus = "启用"
	TraineeDisabled TraineeStatus = "停用"
)

// PlatformState is what the official platform knows of a trainee.
type PlatformState string

const (
	PlatformPending  PlatformState = "待报"
	PlatformReported PlatformState = "已报盘"
	PlatformImported PlatformState = "平台已导入"
	PlatformFailed   PlatformState = "平台失败"
)

// Trainee is a 学员. ID 0 means not stored yet.
type Trainee struct {
	ID             int64
	Username       string
	Name           string
	DocumentType   DocumentType
	IDNumber       string // encrypted at rest
	Sex            string // 男, 女 or ""
	Birth          Date   // encrypted at rest
	Mobile         string // encrypted at rest
	OrganizationID int64
	PayerID        int64 // 0: the organisation's own payer
	Category       string
	TitleSeries    string
	TitleName      string
	TitleLevel     string
	Education      string
	Email          string
	StaffNumber    string
	Remark         string
	Extra          map[string]string // the sheet's columns that the form does not know, by header
	Status         TraineeStatus
	Platform       PlatformState
	PlatformReason string
	CreatedAt      Moment
	UpdatedAt      Moment
}

// TraineeRow is a trainee as lists show one: names instead of keys, personal numbers masked.
type TraineeRow struct {
	ID           int64
	Username     string
	Name         string
	IDNumber     string // masked: 110101********0011
	Mobile       string // masked: 138****0417
	Sex          string
	Organization string // the path below the root; the unit's own name is the root
	Payer        string
	Category     string
	TitleName    string
	Status       TraineeStatus
	Platform     PlatformState
	Balance      Money // the sum of the trainee's recharge entries
	Recharged    Money // the same for the plan that the query names
	Hours        Hours // offline hours for that plan
}

// TraineeQuery filters and sorts the list of trainees. Zero values mean no filter.
type TraineeQuery struct {
	Text            string // name, pinyin, initials, username, whole ID or mobile, or their last four
	Username        string
	Name            string
	IDNumber        string  // whole, or the last four
	OrganizationIDs []int64 // any of these and everything below them
	PayerIDs        []int64
	Status          TraineeStatus
	Platform        PlatformState // 待报: not reported to the platform yet
	Incomplete      bool          // only those whose mobile is missing
	BalanceFrom     *Money
	BalanceTo       *Money
	PlanID          int64       // the plan that Recharged and Hours count for
	Charged         ChargeState // for the plan PlanID
	Sort            string      // a column's key: username, name, organization, balance, status
	Descending      bool
}

// TraineeTotals sums what a query finds.
type TraineeTotals struct {
	Count   int
	Balance Money
}
