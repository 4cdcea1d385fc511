package data

// Subjects of the platform's board beside the SubjectKinds.
const (
	SubjectBatch   SubjectKind = "学习卡批次"
	SubjectInvoice SubjectKind = "发票"
)

// PlatformLine is where one kind of record stands towards the platform. Every record that counts stands in one of the five.
type PlatformLine struct {
	Subject  SubjectKind
	Held     int // not ready to be handed over: drafts, invoices without details
	Pending  int // 待报: ready, and the platform does not know of it, or not as it is now
	Sent     int // handed over, without an answer
	Accepted int
	Refused  int // and not handed over again since
	// Hindrance says in a sentence what stands in the way, "" where nothing does.
	Hindrance string
	Next      PlatformStep
}

// PlatformStep is what brings a line on.
type PlatformStep string

const (
	StepNothing PlatformStep = ""
	StepMend    PlatformStep = "照意见改好" // what was refused
	StepReady   PlatformStep = "填好列入待报"
	StepPack    PlatformStep = "生成报盘包"
	StepReply   PlatformStep = "登记回盘"
	StepIssue   PlatformStep = "登记发票"
)

// Whole counts all records of a line.
func (l PlatformLine) Whole() int { return l.Held + l.Pending + l.Sent + l.Accepted + l.Refused }

// NextStep gives what brings a line on: what the platform refused first, then what waits to be handed over, then what waits for an answer.
func (l PlatformLine) NextStep() PlatformStep {
	switch {
	case l.Refused > 0:
		return StepMend
	case l.Pending > 0:
		return StepPack
	case l.Sent > 0 && l.Subject == SubjectInvoice:
		return StepIssue
	case l.Sent > 0:
		return StepReply
	case l.Held > 0:
		return StepReady
	}
	return StepNothing
}

// CountOrder counts an order by its review: a void one counts nowhere.
func (l *PlatformLine) CountOrder(review ReviewState) {
	switch review {
	case ReviewDraft:
		l.Held++
	case ReviewReady:
		l.Pending++
	case ReviewPacked, ReviewSubmitted:
		l.Sent++
	case ReviewApproved:
		l.Accepted++
	case ReviewRejected:
		l.Refused++
	}
}

// CountBatch counts the batch that an order is to have: the platform makes it when it approves.
func (l *PlatformLine) CountBatch(review ReviewState) {
	switch review {
	case ReviewReady, ReviewDraft, ReviewRejected:
		l.Held++
	default:
		l.CountOrder(review)
	}
}

// CountInvoice counts an order's invoice by what was asked for and what has come.
func (l *PlatformLine) CountInvoice(review ReviewState, invoice InvoiceState) {
	switch {
	case review == ReviewVoid:
	case invoice == InvoiceIssued:
		l.Accepted++
	case invoice == InvoiceReversed:
		l.Refused++
	case invoice == InvoiceEmpty || review == ReviewDraft || review == ReviewRejected:
		l.Held++
	case review == ReviewReady:
		l.Pending++
	default:
		l.Sent++
	}
}
