package data

import "slices"

// Papers that other screens fill: plain values, written as they are to be printed. Personal numbers stand in them masked,
// or whole where a reason was given.

// Statement is what a 对账单 says: for each order what five books hold, and where they differ.
type Statement struct {
	Unit       string
	PlanName   string // "" where it is about several plans
	PlanNumber string
	From, To   Date
	Payee      string // who else stamps it
	Rows       []StatementRow
	// Balances are the accounts between the unit and the platform at both ends of the time.
	Balances []StatementBalance
	// Differences are sentences that say what does not agree and what to do about it.
	Differences []string
	PreparedBy  string
	At          Moment
}

// StatementRow is one order, or a payment without one, in the five books. Amounts are 0 where a book has nothing.
type StatementRow struct {
	Date      Date   // 转账时间
	Order     string // number; "" for a payment without an order
	Payer     string // organisations, or the other side of a payment without an order
	Ordered   Money  // 缴费订单
	Paid      Money  // 银行流水
	Batch     Money  // 学习卡批次
	Recharged Money  // 充值明细
	Invoiced  Money  // 发票
	Agrees    bool
	Note      string // what differs, in a few words
	Waits     bool   // its bank line is not settled yet
}

// HoursSummary is what a 学时汇总表 says: who has how many hours of a plan.
type HoursSummary struct {
	Unit       string
	PlanName   string
	PlanNumber string
	Target     Hours // 考核值
	Rows       []HoursSummaryRow
	PreparedBy string
	At         Moment
}

// HoursSummaryRow is one person of a 学时汇总表.
type HoursSummaryRow struct {
	Name         string
	IDNumber     string
	Organization string
	Online       Hours
	Offline      Hours
}

// Total is what the person has in all.
func (r HoursSummaryRow) Total() Hours { return r.Online + r.Offline }

// KnowsOnline tells whether anybody's online hours are known; the platform keeps them.
func (s HoursSummary) KnowsOnline() bool {
	return slices.ContainsFunc(s.Rows, func(row HoursSummaryRow) bool { return row.Online > 0 })
}

// Reached counts the people who have the plan's 考核值.
func (s HoursSummary) Reached() int {
	reached := 0
	for _, row := range s.Rows {
		if row.Total() >= s.Target {
			reached++
		}
	}
	return reached
}

// Checklist is what a 填报清单 says: what to enter on the platform, item by item, to be ticked off by hand.
type Checklist struct {
	Unit       string
	Number     string // the 报盘包's, "" for the list of one order
	Order      string // the order's number, where the list is of one order
	PlanName   string
	PlanNumber string
	Sections   []ChecklistSection
	PreparedBy string
	At         Moment
}

// ChecklistSection is one page of the platform, or one file of the 报盘包.
type ChecklistSection struct {
	Title string // 学员导入.xlsx, 缴费订单 JF-2022-0008
	Note  string // where on the platform, how many rows, the sum
	Items []ChecklistItem
}

// ChecklistItem is one thing to enter or to do.
type ChecklistItem struct {
	Name  string // the platform's word: 缴费金额
	Value string // what to enter
}

// LabelSize is what a mailing label is printed on.
type LabelSize string

const (
	LabelHalfSheet  LabelSize = "半张 A4（剪下粘贴）"
	LabelEnvelopeDL LabelSize = "信封 DL（220×110 毫米）"
	LabelEnvelopeC5 LabelSize = "信封 C5（229×162 毫米）"
	LabelSheet      LabelSize = "A4 标签纸（每张 8 枚）"
)

// LabelSizes lists them for a choice.
var LabelSizes = []LabelSize{LabelHalfSheet, LabelEnvelopeDL, LabelEnvelopeC5, LabelSheet}

// LabelRequest asks for mailing labels.
type LabelRequest struct {
	Size LabelSize // "": LabelHalfSheet
	// Count is how many labels a sheet of labels gets, 0: one. Envelopes and half sheets are one page each.
	Count int
	// Skip is how many places of the first sheet of labels are used up.
	Skip int
}
