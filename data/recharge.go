package data

import "slices"

// CardBatch is a 学习卡批次: what an approved order bought. Used + Left = Face, each ≥ 0.
type CardBatch struct {
	ID          int64
	Number      string // XK-2022-0004, or the platform's own
	OrderID     int64
	OrderNumber string
	PlanID      int64
	PlanName    string
	PlanYear    int
	PlanEndsAt  Moment
	Face        Money
	Used        Money // the sum of its recharge entries, reversals counted
	Runs        int   // recharges from it, reversals not counted
	People      int   // those who have something from it, reversals counted
	CreatedAt   Moment
}

// Left is what the batch can still give.
func (b CardBatch) Left() Money { return b.Face - b.Used }

// BatchState is how far a batch is spent.
type BatchState string

// The states of a batch. One that is left over when its plan has ended cannot be used on the platform any more.
const (
	BatchUnused   BatchState = "未用"
	BatchInUse    BatchState = "在用"
	BatchSpent    BatchState = "用完"
	BatchLeftOver BatchState = "计划已结束有余额"
)

// BatchStates lists the states in the order of a batch's life.
var BatchStates = []BatchState{BatchUnused, BatchInUse, BatchSpent, BatchLeftOver}

// State tells how far the batch is spent at a moment.
func (b CardBatch) State(now Moment) BatchState {
	switch {
	case b.Left() <= 0:
		return BatchSpent
	case b.PlanEndsAt != "" && now > b.PlanEndsAt:
		return BatchLeftOver
	case b.Used == 0:
		return BatchUnused
	}
	return BatchInUse
}

// RechargeRun asks for one recharge: one batch, people, an amount each. All or nothing.
type RechargeRun struct {
	ID       string  `json:"id"` // made by the caller; running the same ID again changes nothing
	BatchID  int64   `json:"batch"`
	Amount   Money   `json:"amount"` // for everyone whom Amounts does not name
	Trainees []int64 `json:"trainees"`
	// Amounts gives a person another amount than Amount.
	Amounts map[int64]Money `json:"amounts,omitempty"`
	// WithUnreported charges also people of whom the platform is not known to have heard.
	WithUnreported bool `json:"with_unreported,omitempty"`
}

// AmountFor is what the run gives one person, in 分.
func (r RechargeRun) AmountFor(traineeID int64) Money {
	if amount, ok := r.Amounts[traineeID]; ok {
		return amount
	}
	return r.Amount
}

// People gives the run's trainees, each once, in the order of their keys.
func (r RechargeRun) People() []int64 {
	people := slices.Clone(r.Trainees)
	slices.Sort(people)
	return slices.Compact(people)
}

// RechargeResult tells what a run did.
type RechargeResult struct {
	RunID   string
	Count   int
	Total   Money
	Left    Money // of the batch, as the run left it
	Refused []RechargeRefusal
	Already bool // the run had been done before; nothing changed now, and all else is its first answer
}

// Codes that say why somebody is left out of a recharge.
const (
	RefusedDisabled    = "disabled"          // 停用
	RefusedAlready     = "already-recharged" // for the batch's plan
	RefusedOtherPayer  = "other-payer"       // the order's money is not their payer's
	RefusedNotReported = "not-on-platform"   // the unit keeps the platform's states, and the platform has not taken them
	RefusedByPlatform  = "platform-failed"   // the platform refused them
)

// RechargeRefusal tells who is left out and why.
type RechargeRefusal struct {
	TraineeID int64
	Name      string
	Code      string
	Reason    string
}

// RunKind is what a run of the ledger did.
type RunKind string

// The kinds of runs. A reversal and a return take money back.
const (
	RunRecharge RunKind = "充值"
	RunReversal RunKind = "冲正"   // a mistake of ours
	RunReturned RunKind = "平台退回" // the platform failed to recharge
	RunRestored RunKind = "恢复"   // the failure had been recorded wrongly
	RunMerged   RunKind = "合并"   // from one record of a person to another: one line takes, one gives
)

// RunKinds lists the kinds for a filter.
var RunKinds = []RunKind{RunRecharge, RunReversal, RunReturned, RunRestored, RunMerged}

// RechargeRunRow is one run as lists show it.
type RechargeRunRow struct {
	ID          string
	Kind        RunKind
	BatchID     int64
	BatchNumber string
	Count       int
	Total       Money // negative for what takes money back
	Reversed    int   // entries that were taken back since
	Succeeded   int   // entries that the platform confirmed
	Failed      int   // entries that the platform refused
	Refused     int   // people who were left out
	Reason      string
	User        string
	At          Moment
}

// Open counts the entries to which the platform can still answer.
func (r RechargeRunRow) Open() int { return r.Count - r.Reversed - r.Succeeded }

// Answer sums up what the platform said of a run.
func (r RechargeRunRow) Answer() RunAnswer {
	answered := r.Succeeded + r.Failed
	switch {
	case r.Kind == RunReversal || r.Kind == RunReturned:
		return ""
	case answered == 0 && r.Reversed == r.Count:
		return RunTakenBack
	case answered == 0:
		return RunWaits
	case r.Failed == r.Count:
		return RunFailed
	case r.Succeeded == r.Count:
		return RunSucceeded
	case r.Open() > 0:
		return RunPartlyAnswered
	}
	return RunPartly
}

// RunAnswer is the platform's answer to a whole run.
type RunAnswer string

// What the platform said of a run.
const (
	RunWaits          RunAnswer = "平台未回"
	RunPartlyAnswered RunAnswer = "部分已回"
	RunSucceeded      RunAnswer = "成功"
	RunPartly         RunAnswer = "部分成功"
	RunFailed         RunAnswer = "失败"
	RunTakenBack      RunAnswer = "已冲正"
)
