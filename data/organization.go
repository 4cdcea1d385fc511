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
