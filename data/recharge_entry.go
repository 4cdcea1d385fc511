package data

// RechargeEntry is a line of 充值明细. Entries are only ever added.
type RechargeEntry struct {
	ID           int64
	RunID        string
	Kind         RunKind
	TraineeID    int64
	Username     string
	Name         string
	IDNumber     string // masked
	Organization string
	Payer        string
	BatchID      int64
	BatchNumber  string
	OrderID      int64
	OrderNumber  string
	PlanID       int64
	PlanName     string
	PlanYear     int
	Amount       Money          // negative for a reversal
	ReversalOf   int64          // the entry that this one takes back, or 0
	ReversedBy   int64          // the entry that takes this one back, or 0
	Answer       PlatformAnswer // what the platform said of it
	AnswerReason string
	Reason       string
	User         string
	At           Moment
	Hash         string
}

// Reversible tells whether the entry can be taken back by a 冲正.
func (e RechargeEntry) Reversible() bool {
	return e.Amount > 0 && e.ReversedBy == 0 && e.Answer != AnswerSucceeded
}

// EntryState is where an entry stands, for lists and filters.
type EntryState string

// The states of an entry.
const (
	EntryWaits     EntryState = "平台未回"
	EntrySucceeded EntryState = "成功"
	EntryFailed    EntryState = "失败已退回"
	EntryReversed  EntryState = "已冲正"
	EntryReversal  EntryState = "冲正"
	EntryReturn    EntryState = "平台退回"
)

// EntryStates lists the states for a filter.
var EntryStates = []EntryState{EntryWaits, EntrySucceeded, EntryFailed, EntryReversed, EntryReversal, EntryReturn}

// State tells where the entry stands.
func (e RechargeEntry) State() EntryState {
	switch {
	case e.ReversalOf != 0 && e.Kind == RunReturned:
		return EntryReturn
	case e.ReversalOf != 0:
		return EntryReversal
	case e.Answer == AnswerFailed:
		return EntryFailed
	case e.ReversedBy != 0:
		return EntryReversed
	case e.Answer == AnswerSucceeded:
		return EntrySucceeded
	}
	return EntryWaits
}

// RechargeQuery filters and sorts 充值明细. Zero values mean no filter.
type RechargeQuery struct {
	Text            string // name, pinyin, initials, username, batch or order
	BatchID         int64
	OrderID         int64
	TraineeID       int64
	PlanID          int64
	RunID           string
	OrganizationIDs []int64 // any of these and everything below them
	PayerIDs        []int64
	Kind            RunKind
	State           EntryState
	From, To        Date
	Sort            string // a column's key: at, name, amount, batch, organization
	Descending      bool
}

// RechargeTotals sums what a query finds, in 分.
type RechargeTotals struct {
	Count   int
	People  int
	Charged Money // of the entries that give
	Taken   Money // of those that take back; negative or 0
}

// Net is what is left of the charges.
func (t RechargeTotals) Net() Money { return t.Charged + t.Taken }

// PlatformAnswer is what the platform said of one recharge.
type PlatformAnswer string

// The platform's answers.
const (
	AnswerNone      PlatformAnswer = ""
	AnswerSucceeded PlatformAnswer = "成功"
	AnswerFailed    PlatformAnswer = "失败"
)

// EntryAnswer is what is to be recorded of one entry.
type EntryAnswer struct {
	EntryID int64
	Answer  PlatformAnswer
	Reason  string // the platform's, for a failure
}

// AnswerResult tells what a recording of answers did.
type AnswerResult struct {
	Succeeded int
	Failed    int
	Unchanged int   // had that answer already
	Released  Money // what the failures gave back to their batches
}

// ChargeState tells whether somebody was recharged for a plan.
type ChargeState string

// The states of somebody towards a plan.
const (
	Charged   ChargeState = "已充"
	Uncharged ChargeState = "未充"
)
