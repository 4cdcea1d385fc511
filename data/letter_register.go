package data

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// letterRoad is the way of a letter that nothing voids.
var letterRoad = []LetterState{LetterMade, LetterPrinted, LetterStamped, LetterSent, LetterReturned}

// LetterStates lists every state of a letter in the order of its way; 已作废 stands last.
var LetterStates = append(slices.Clone(letterRoad), LetterVoid)

// Next is the state that follows; ok is false at the way's end and for a void letter.
func (s LetterState) Next() (next LetterState, ok bool) { return s.beside(1) }

// Previous is the state before; ok is false at the way's beginning and for a void letter.
func (s LetterState) Previous() (previous LetterState, ok bool) { return s.beside(-1) }

func (s LetterState) beside(by int) (LetterState, bool) {
	at := slices.Index(letterRoad, s)
	if at < 0 || at+by < 0 || at+by >= len(letterRoad) {
		return "", false
	}
	return letterRoad[at+by], true
}

// OnPaper tells whether a sheet with the unit's stamp exists: what it says is not replaced without being asked.
func (s LetterState) OnPaper() bool { return slices.Index(letterRoad, s) >= 2 }

// LetterCarriers are the ways in which letters travel that we offer; any other word is fine too.
var LetterCarriers = []string{"EMS", "顺丰速运", "挂号信", "其他快递", "专人送达"}

// LetterStep is one line of a letter's history.
type LetterStep struct {
	ID       int64
	State    LetterState // that it came into
	At       Moment      // when that was recorded
	User     string
	On       Date   // the day on which it happened
	Carrier  string // of a letter that was sent
	Tracking string // the carrier's number, or ""
	Back     bool   // a step back or an undo
	Note     string // why, for a step back and a void letter
}

// LetterMove asks for the next step of a letter.
type LetterMove struct {
	To       LetterState
	On       Date // today where empty
	Carrier  string
	Tracking string
}

var trackingNumber = regexp.MustCompile(`^[A-Za-z0-9-]{4,40}$`)

// Cleaned gives the move as it is stored: no spaces in the number, nothing about a carrier but in 已寄出.
func (m LetterMove) Cleaned(today Date) LetterMove {
	if m.On == "" {
		m.On = today
	}
	m.Carrier = CleanText(m.Carrier)
	m.Tracking = strings.ToUpper(strings.Join(strings.Fields(CleanText(m.Tracking)), ""))
	if m.To != LetterSent {
		m.Carrier, m.Tracking = "", ""
	}
	return m
}

// JudgeLetterMove refuses a step that does not follow the letter's present state, a day before its last step or after
// today, and a tracking number that is none. Fields are on, carrier and tracking. last is the letter's last step.
func JudgeLetterMove(number string, last LetterStep, m LetterMove, today Date) error {
	if next, ok := last.State.Next(); !ok || next != m.To {
		fix := "请刷新后查看它的状态。"
		if ok {
			fix = fmt.Sprintf("下一步是“%s”。", next)
		}
		return Refuse("letter-step", "", fmt.Sprintf("确认书 %s 现在是“%s”，不能登记为“%s”。", number, last.State, m.To), fix).Because(ErrWrongState)
	}
	switch {
	case m.On.Time().IsZero():
		return Refuse("date", "on", "日期不对。", "请写成 2022-06-17 这样。")
	case m.On > today:
		return Refuse("letter-day-future", "on", fmt.Sprintf("%s 还没有到。", m.On), "请填写实际的日期。")
	case m.On < last.On:
		return Refuse("letter-day-order", "on", fmt.Sprintf("%s 早于“%s”的日期 %s。", m.On, last.State, last.On), "请核对日期。")
	}
	if m.To != LetterSent {
		return nil
	}
	switch {
	case m.Carrier == "":
		return Refuse("letter-carrier", "carrier", "没有选择寄送方式。", "请选择快递公司、挂号信或专人送达。")
	case LooksLikeIDNumber(m.Carrier):
		return Refuse("id-in-wrong-column", "carrier", "寄送方式里写的是证件号。", "请改写。")
	case m.Tracking != "" && !trackingNumber.MatchString(m.Tracking):
		return Refuse("letter-tracking", "tracking", "运单号里有不认识的字符，或者长度不对。", "运单号是 4–40 位的字母和数字，请照面单核对。")
	}
	return nil
}

// LetterQuery finds letters. Empty fields do not narrow.
type LetterQuery struct {
	Text       string // in the letter's, an order's or the carrier's number
	PlanID     int64
	State      LetterState
	Live       bool // without void ones
	OrderID    int64
	From, To   Date   // of the day on which the present state was reached
	Sort       string // number, made, state, day, plan; the newest first where empty
	Descending bool
}

// LetterRow is a letter as the register lists it.
type LetterRow struct {
	ConfirmationLetter
	Last       LetterStep
	Carrier    string // of the last sending that holds
	Tracking   string
	Scans      int
	ReplacedBy string // the number of the letter that took its place, of a void one
}

// OrderNumbers are the numbers of the orders that the letter confirms.
func (c LetterContent) OrderNumbers() string {
	numbers := make([]string, len(c.Orders))
	for at, order := range c.Orders {
		numbers[at] = order.Number
	}
	return strings.Join(numbers, "、")
}

// ListKind tells which list of people the letter carries.
func (c LetterContent) ListKind() LetterList {
	if len(c.Listed) == 0 {
		return ListNone
	}
	for _, person := range c.Listed {
		if strings.Contains(person.IDNumber, "*") {
			return ListMasked
		}
	}
	return ListWhole
}

// LetterScan is a picture or PDF of the letter as it came back.
type LetterScan struct {
	ID      int64
	Name    string
	Type    string // MIME type
	Size    int64
	SHA256  string
	AddedAt Moment
}

// Contradictions names what an order says today otherwise than the letter does. What the letter left blank contradicts
// nothing; nor do its wording, the unit's own particulars or the people's list.
func (c LetterContent) Contradictions(today LetterContent) []string {
	var found []string
	differ := func(name, said, now string) {
		if said != "" && said != now && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	differ("培训计划", c.PlanNumber, today.PlanNumber)
	differ("收款单位", c.Payee.Name+c.Payee.Account, today.Payee.Name+today.Payee.Account)
	differ("订单", c.OrderNumbers(), today.OrderNumbers())
	if len(c.Orders) != len(today.Orders) {
		return found
	}
	for at, said := range c.Orders {
		now := today.Orders[at]
		differ("缴费模式", string(said.Mode), string(now.Mode))
		differ("转账时间", string(said.PaidAt), string(now.PaidAt))
		differ("审核时间", string(said.ReviewedAt), string(now.ReviewedAt))
		differ("机构、人数或金额", linesText(said.Lines), linesText(now.Lines))
		one, other := c.paymentOf(said), today.paymentOf(now)
		differ("缴费账户", one.PayerBank+one.PayerAccount, other.PayerBank+other.PayerAccount)
		differ("发票抬头", one.InvoiceTitle, other.InvoiceTitle)
		differ("纳税人识别号", one.TaxNumber, other.TaxNumber)
		differ("发票类型", string(one.InvoiceType), string(other.InvoiceType))
		differ("发票号码", one.InvoiceNo, other.InvoiceNo)
	}
	return found
}

// paymentOf is an order's payment: the letter's, or its own where the letter's orders differ.
func (c LetterContent) paymentOf(order LetterOrder) LetterPayment {
	if c.LetterPayment == (LetterPayment{}) {
		return order.LetterPayment
	}
	return c.LetterPayment
}

func linesText(lines []OrderLine) string {
	var text strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&text, "%d|%d|%d;", line.OrganizationID, line.People, line.Amount)
	}
	return text.String()
}
