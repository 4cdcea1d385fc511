package data

// RecordKind says in which book a fact's record stands.
type RecordKind string

const (
	RecordOrder   RecordKind = "order"   // a line of a payment order; the key is the order's
	RecordEntry   RecordKind = "entry"   // a line of 充值明细
	RecordTrainee RecordKind = "trainee" // somebody in a plan
	RecordHours   RecordKind = "hours"   // a record of offline hours
)

// Fact is what one record adds to a report: a line of an order, a person in a plan, a line of 充值明细, a record of hours.
type Fact struct {
	Record                  RecordKind
	ID                      int64 // the record's key
	Day                     Date  // the day on which it counts; "" where the report knows none
	PlanID                  int64
	OrganizationID, PayerID int64
	Mode, State             string
	Figures                 []int64 // in the order of the report's Figures
}

// Month is the fact's month, 2006-01, or "".
func (f Fact) Month() string { return string(f.Day)[:min(len(f.Day), len("2006-01"))] }

// ReportQuery asks for a report. Zero values of what it filters by mean no filter.
type ReportQuery struct {
	Kind ReportKind
	// By is how it groups, and Then how it parts every group once more. An organisation's groups are parted by the tree alone.
	By, Then Dimension
	PlanID   int64
	// OrganizationID keeps this organisation and all below it.
	OrganizationID int64
	PayerID        int64
	Mode, State    string
	// From and To are days, both included.
	From, To Date
}

// Filtered tells whether the query leaves anything out.
func (q ReportQuery) Filtered() bool {
	return q.PlanID != 0 || q.OrganizationID != 0 || q.PayerID != 0 || q.Mode != "" || q.State != "" || q.From != "" || q.To != ""
}

// ReportNames are the words for what facts have only keys of.
type ReportNames struct {
	Tree  OrganizationTree
	Plans []Plan // in the order in which they are listed
}

// keeper tells which facts a query asks for.
func (q ReportQuery) keeper(tree OrganizationTree) func(Fact) bool {
	inside := map[int64]bool{}
	if q.OrganizationID != 0 {
		for _, organization := range tree.Below(q.OrganizationID) {
			inside[organization.ID] = true
		}
	}
	return func(f Fact) bool {
		return (q.PlanID == 0 || f.PlanID == q.PlanID) && (q.OrganizationID == 0 || inside[f.OrganizationID]) && (q.PayerID == 0 || f.PayerID == q.PayerID) &&
			(q.Mode == "" || f.Mode == q.Mode) && (q.State == "" || f.State == q.State) &&
			(q.From == "" || f.Day >= q.From) && (q.To == "" || f.Day != "" && f.Day <= q.To)
	}
}
