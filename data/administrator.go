package data

// Profile is 管理员信息维护: what must be complete before anything is submitted.
type Profile struct {
	Name       string // 姓名
	Department string // 部门/职务
	Mobile     string // 手机号, encrypted at rest
	Phone      string // 座机
	Email      string // 邮箱
	Unit       string // 单位全称, the root organisation's name
	USCC       string // 统一社会信用代码
	Address    string // 通讯地址
	Postcode   string // 邮编
}

// HelpTelephones answer questions on accounts (manual, section 一).
const HelpTelephones = "84297523、84297213"

// Where a trainee logs in (manual, its first page), and the password that the platform gives after a reset (section 二).
const (
	OfficialSite    = "http://rsj.beijing.gov.cn/"
	OfficialPath    = "专题服务 → 北京继续教育 → 公共知识培训"
	DefaultPassword = "abc123"
)

// Payee is who is paid, snapshotted into each order.
type Payee struct {
	Name    string
	Bank    string
	Account string
}

// DefaultPayee is the manual's, section 四.3.
var DefaultPayee = Payee{Name: "国培网(北京)教育科技有限公司", Bank: "交通银行北京和平里东街支行", Account: "110060593018800003058"}

// MailingAddress is where the stamped confirmation letter goes (manual, section 四.4).
type MailingAddress struct {
	Address   string
	Recipient string
	Telephone string
}

// DefaultMailingAddress is the manual's; it names the recipient 北京组 elsewhere and gives no postcode.
var DefaultMailingAddress = MailingAddress{Address: "北京市朝阳区育慧里5号", Recipient: "北京专技组（收）", Telephone: "84297523"}

// AuditEntry is a line of 操作日志. Entries are only ever added, each hashed together with the one before.
type AuditEntry struct {
	ID     int64
	At     Moment
	User   string
	Action string // a stable slug such as "order.approve"
	Target string // such as an order's number; never a personal number
	Detail string // a sentence for people
	Hash   string
}
