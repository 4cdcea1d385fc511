package data

// Organization is a 组织机构. The root is the unit itself; ParentID 0 marks it.
type Organization struct {
	ID       int64
	ParentID int64
	Name     string
	Path     string // names below the root joined by "/"; the root's own name for the root
	Depth    int    // 0 for the root
	PayerID  int64  // the organisation that pays (缴费机构); 0: inherited, the root pays for itself
	People   int    // enabled trainees directly in it
	Order    int    // place among its siblings
}

// Plan is a 培训计划. Number is its 17-digit key as text; names are for reading only.
type Plan struct {
	ID         int64
	Number     string
	Name       string
	Publisher  string // 发布单位
	Measure    string // 考核标准, 学时
	Target     Hours  // 考核值
	Year       int    // 所属年份
	StartsAt   Moment
	EndsAt     Moment
	Modifiable bool  // 是否修改
	Price      Money // per person, 0: not set; nobody has published one
}

// ManualPlans are the three plans that the manual shows (section 五.2). Old plans stay payable beside the new one.
var ManualPlans = []Plan{
	{Number: "20220301161802103", Name: "2022年北京市专业技术人员及事业单位工作人员公共知识培训", Publisher: "北京市", Measure: "学时", Target: 30_00,
		Year: 2022, StartsAt: "2022-03-02 00:00:00", EndsAt: "2022-12-31 23:59:59"},
	{Number: "20210420151309274", Name: "2021年北京市专业技术人员及事业单位工作人员公共知识专题培训", Publisher: "北京市", Measure: "学时", Target: 30_00,
		Year: 2021, StartsAt: "2021-04-22 00:00:00", EndsAt: "2022-12-31 23:59:59", Modifiable: true},
	{Number: "20200904133105629", Name: "2020年北京市专业技术人员及事业单位工作人员公共知识专题培训", Publisher: "北京市", Measure: "学时", Target: 30_00,
		Year: 2020, StartsAt: "2020-09-14 00:00:00", EndsAt: "2022-12-31 23:59:59", Modifiable: true},
}
