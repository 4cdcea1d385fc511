package data

// ReviewState is where an order stands with the platform's reviewers (审核状态).
type ReviewState string

const (
	ReviewDraft     ReviewState = "草稿"
	ReviewReady     ReviewState = "待提交"
	ReviewPacked    ReviewState = "已报盘"
	ReviewSubmitted ReviewState = "待审核"
	ReviewApproved  ReviewState = "审核通过"
	ReviewRejected  ReviewState = "审核驳回"
	ReviewVoid      ReviewState = "作废"
)

// InvoiceState is where an order's invoice stands (发票状态).
type InvoiceState string

const (
	InvoiceEmpty    InvoiceState = "未填写"
	InvoiceFilled   InvoiceState = "已填写"
	InvoiceIssued   InvoiceState = "已开票"
	InvoiceReversed InvoiceState = "已红冲"
)

// PaymentMode is the 缴费模式.
type PaymentMode string

const (
	PayFirst     PaymentMode = "先缴费后开票"
	InvoiceFirst PaymentMode = "先开票后缴费"
	PayOnline    PaymentMode = "在线支付"
)

// InvoiceType is the 发票类型 in the form's words; lists shorten it.
type InvoiceType string

const (
	InvoiceNormal  InvoiceType = "增值税电子普通发票"
	InvoiceSpecial InvoiceType = "增值税专用发票(纸质)"
)

// Short gives the word that lists use (manual, section 五.6).
func (t InvoiceType) Short() string {
	switch t {
	case InvoiceNormal:
		return "普通发票"
	case InvoiceSpecial:
		return "专用发票"
	}
	return ""
}

// Order is a 缴费订单. Its total is the sum of its lines. Payee is a snapshot from when it was made.
type Order struct {
	ID           int64
	Number       string // JF-2022-0008, never reused
	Revision     int    // from 1
	PlanID       int64
	PlanNumber   string
	PlanName     string
	Mode         PaymentMode
	Lines        []OrderLine
	PayerBank    string
	PayerAccount string // encrypted at rest
	Payee        Payee
	PaidAt       Moment // 转账时间
	Transaction  string // 在线支付: the transaction's number
	Vouchers     []Voucher
	Invoice      Invoice
	// InvoiceRequestedAt is when the mail that asks for the invoice was drafted (先开票后缴费).
	InvoiceRequestedAt Moment
	Review             ReviewState
	ReviewNote         string // the reviewers' words, or why it was voided
	Applicant          string
	ApplicantUnit      string
	CreatedAt          Moment
	AppliedAt          Moment // 申请时间
	ReviewedAt         Moment // 审核时间
	BatchNumber        string // the batch that approval made
	Version            int64  // rises with every change; a save with an old one fails with ErrStale
}

// PayerAccount is an account that an order was paid from.
type PayerAccount struct {
	Bank    string
	Account string // encrypted at rest; "" where only the bank is known
}

// Total is the sum of the order's lines, in 分.
func (o Order) Total() Money {
	var total Money
	for _, line := range o.Lines {
		total += line.Amount
	}
	return total
}

// People counts the people that the order's lines pay for.
func (o Order) People() int {
	people := 0
	for _, line := range o.Lines {
		people += line.People
	}
	return people
}

// OrderLine is what one organisation pays.
type OrderLine struct {
	OrganizationID   int64
	OrganizationPath string // snapshot
	People           int    // enabled trainees that it pays for when the line was made
	Amount           Money  // 购买学习卡金额
}

// Voucher is a 转账凭证, stored inside the database. Content is loaded only on request.
type Voucher struct {
	ID      int64
	Name    string // the file's own name
	Type    string // the content's MIME type: image/jpeg, image/png, …, application/pdf
	Width   int    // pixels, after the EXIF orientation; of a PDF receipt those of its page as rendered
	Height  int
	Size    int64 // bytes of the original
	SHA256  string
	Turned  int // quarter turns clockwise that the administrator gave it, 0–3
	Pages   int // of a PDF receipt; 0 for a picture
	Page    int // the page of a PDF receipt that is shown, from 0
	Blurred bool
	Receipt Receipt // what a PDF receipt's text says
	AddedAt Moment
}

// Invoice is what 填写发票信息 asks for, and what became of it.
type Invoice struct {
	Type       InvoiceType
	Title      string // 发票抬头
	TaxNumber  string // 纳税人识别号
	Address    string // 税务局注册地址
	Telephone  string // 税务局注册电话
	Bank       string // 开户行
	Account    string // 开户行账号, encrypted at rest
	Email      string // 用户邮箱
	Mobile     string // 手机号, encrypted at rest
	Remark     string
	State      InvoiceState
	Number     string
	IssuedOn   Date
	ReversedOn Date
}

// OrderRow is an order as 银行转账凭证 lists it: the manual's twelve columns.
type OrderRow struct {
	ID            int64
	Number        string
	PlanName      string
	AppliedAt     Moment
	ReviewedAt    Moment
	Applicant     string
	ApplicantUnit string
	Total         Money
	PaidAt        Moment
	Review        ReviewState
	InvoiceState  InvoiceState
	InvoiceType   InvoiceType
	Mode          PaymentMode
	Organizations string // 骨科、急诊科
	BatchNumber   string
	CreatedAt     Moment
	Transaction   string // 在线支付
	// InvoiceRequestedAt and InvoiceIssuedOn tell how long a 先开票后缴费 order has been waiting.
	InvoiceRequestedAt Moment
	InvoiceIssuedOn    Date
}

// OrderQuery filters and sorts the list of orders. Zero values mean no filter.
type OrderQuery struct {
	Text    string // number, organisation, applicant, batch, transaction or invoice number
	PlanID  int64
	Review  ReviewState
	Invoice InvoiceState
	Mode    PaymentMode
	Month   string // 2006-01 of 申请时间, of the time it was made where it was not submitted yet
	// OrganizationID finds orders with a line of this organisation or one below it.
	OrganizationID int64
	PaidFrom       Date   // 转账时间 on or after this day
	PaidTo         Date   // and on or before this one
	Sort           string // a column's key: number, applied, reviewed, amount, paid, review, invoice
	Descending     bool
}

// OrderTotals sums what a query finds.
type OrderTotals struct {
	Count    int
	Total    Money // void orders are counted, not summed
	Waiting  Money // of those in 待审核
	Approved Money
	Used     Money // of their batches, recharged so far
}

// OrderEvent is one line of an order's history (经过).
type OrderEvent struct {
	At     Moment
	User   string
	Action string // a slug, as 操作日志 keeps it: order.create, order.edit, order.submit, order.reject, recharge.run, …
	Title  string
	Note   string
}
