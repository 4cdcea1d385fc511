package data

// CardBatch is a 学习卡批次: what an approved order bought. Used + Left = Face, each ≥ 0.
type CardBatch struct {
	ID          int64
	Number      string // XK-2022-0004, or the platform's own
	OrderID     int64
	OrderNumber string
	PlanID      int64
	PlanName    string
	PlanYear    int
	Face        Money
	Used        Money // the sum of its recharge entries, reversals counted
	CreatedAt   Moment
}

// Left is what the batch can still give.
func (b CardBatch) Left() Money { return b.Face - b.Used }

// RechargeRun asks for one recharge: one batch, people, an amount each. All or nothing.
type RechargeRun struct {
	ID       string // made by the caller; running the same ID again changes nothing
	BatchID  int64
	Amount   Money // for everyone whom Amounts does not name
	Trainees []int64
	// Amounts gives a person another amount than Amount.
	Amounts map[int64]Money
}

// RechargeResult tells what a run did.
type RechargeResult struct {
	RunID   string
	Count   int
	Total   Money
	Left    Money
	Refused []RechargeRefusal // set only by a preview; a run with refusals fails whole
	Already bool              // the run had been done before; nothing changed now
}

// RechargeRefusal tells who is left out and why.
type RechargeRefusal struct {
	TraineeID int64
	Name      string
	Code      string // disabled, other-payer, already-recharged
	Reason    string
}

// RechargeEntry is a line of 充值明细. Entries are only ever added.
type RechargeEntry struct {
	ID           int64
	RunID        string
	TraineeID    int64
	Username     string
	Name         string
	Organization string
	BatchNumber  string
	OrderNumber  string
	PlanName     string
	Amount       Money // negative for a reversal
	ReversalOf   int64 // the entry that this one takes back, or 0
	ReversedBy   int64 // the entry that takes this one back, or 0
	Reason       string
	User         string
	At           Moment
	Hash         string
}

// RechargeQuery filters and sorts 充值明细.
type RechargeQuery struct {
	Text       string // name, username, batch or order
	BatchID    int64
	OrderID    int64
	TraineeID  int64
	PlanID     int64
	From, To   Date
	Sort       string
	Descending bool
}

// AmountFor is what the run gives one person, in 分.
func (r RechargeRun) AmountFor(traineeID int64) Money {
	if amount, ok := r.Amounts[traineeID]; ok {
		return amount
	}
	return r.Amount
}
