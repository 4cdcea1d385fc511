package data

import "slices"

// OrderAction is what an administrator does with an order that depends on its states or changes them.
type OrderAction string

// The actions, in the words that a refusal uses: 不能修改.
const (
	ActEdit           OrderAction = "修改"
	ActReady          OrderAction = "列入待报"
	ActPack           OrderAction = "放进报盘包"
	ActUnpack         OrderAction = "从报盘包取回"
	ActSubmit         OrderAction = "提交"
	ActApprove        OrderAction = "登记审核通过"
	ActReject         OrderAction = "登记审核驳回"
	ActTakeBack       OrderAction = "撤回审核"
	ActRevise         OrderAction = "修订"
	ActVoid           OrderAction = "作废"
	ActRequestInvoice OrderAction = "申请开票"
	ActIssue          OrderAction = "登记开票"
	ActCorrect        OrderAction = "更正发票登记"
	ActWithdraw       OrderAction = "撤回发票登记"
	ActReverse        OrderAction = "登记红冲"
	ActRefill         OrderAction = "重新填写发票信息"
)

// OrderActions are all of them.
var OrderActions = []OrderAction{ActEdit, ActReady, ActPack, ActUnpack, ActSubmit, ActApprove, ActReject, ActTakeBack, ActRevise, ActVoid,
	ActRequestInvoice, ActIssue, ActCorrect, ActWithdraw, ActReverse, ActRefill}

// orderRule says in which states an action is allowed and what becomes of them. An empty list allows all; an empty state stays.
type orderRule struct {
	reviews  []ReviewState
	invoices []InvoiceState
	modes    []PaymentMode
	review   ReviewState
	invoice  InvoiceState
}

var (
	notVoid     = []ReviewState{ReviewDraft, ReviewReady, ReviewPacked, ReviewSubmitted, ReviewApproved, ReviewRejected}
	editable    = []ReviewState{ReviewDraft, ReviewReady}
	unsubmitted = []ReviewState{ReviewDraft, ReviewReady, ReviewPacked}
	transfers   = []PaymentMode{PayFirst, InvoiceFirst}
)

// orderRules is the state machine of DOMAIN §6: review × invoice × mode. An action with several rules takes the first that fits.
// What must be filled in before an order is submitted is JudgeOrder's to say.
var orderRules = map[OrderAction][]orderRule{
	ActEdit: {{reviews: editable, review: ReviewDraft}},
	// Checked and complete; nobody hands an online payment over.
	ActReady: {
		{reviews: []ReviewState{ReviewDraft}, invoices: []InvoiceState{InvoiceFilled, InvoiceIssued}, modes: []PaymentMode{PayFirst}, review: ReviewReady},
		{reviews: []ReviewState{ReviewDraft}, invoices: []InvoiceState{InvoiceIssued}, modes: []PaymentMode{InvoiceFirst}, review: ReviewReady},
	},
	ActPack:   {{reviews: []ReviewState{ReviewReady}, modes: transfers, review: ReviewPacked}},
	ActUnpack: {{reviews: []ReviewState{ReviewPacked}, modes: transfers, review: ReviewReady}},
	ActSubmit: {
		{reviews: unsubmitted, invoices: []InvoiceState{InvoiceFilled, InvoiceIssued}, modes: []PaymentMode{PayFirst}, review: ReviewSubmitted},
		{reviews: unsubmitted, invoices: []InvoiceState{InvoiceIssued}, modes: []PaymentMode{InvoiceFirst}, review: ReviewSubmitted},
		// Nobody reviews an online payment: paid makes the batch.
		{reviews: unsubmitted, invoices: []InvoiceState{InvoiceFilled, InvoiceIssued}, modes: []PaymentMode{PayOnline}, review: ReviewApproved},
	},
	ActApprove: {{reviews: []ReviewState{ReviewSubmitted}, review: ReviewApproved}},
	ActReject:  {{reviews: []ReviewState{ReviewSubmitted}, review: ReviewRejected}},
	ActTakeBack: {
		{reviews: []ReviewState{ReviewApproved}, modes: transfers, review: ReviewSubmitted},
		{reviews: []ReviewState{ReviewApproved}, modes: []PaymentMode{PayOnline}, review: ReviewDraft},
	},
	ActRevise: {{reviews: []ReviewState{ReviewReady, ReviewRejected}, review: ReviewDraft}},
	ActVoid: {{reviews: []ReviewState{ReviewDraft, ReviewReady, ReviewRejected},
		invoices: []InvoiceState{InvoiceEmpty, InvoiceFilled, InvoiceReversed}, review: ReviewVoid}},
	ActRequestInvoice: {{reviews: editable, invoices: []InvoiceState{InvoiceFilled}, modes: []PaymentMode{InvoiceFirst}}},
	ActIssue:          {{reviews: notVoid, invoices: []InvoiceState{InvoiceFilled}, invoice: InvoiceIssued}},
	ActCorrect:        {{reviews: notVoid, invoices: []InvoiceState{InvoiceIssued}}},
	ActWithdraw:       {{reviews: notVoid, invoices: []InvoiceState{InvoiceIssued}, invoice: InvoiceFilled}},
	// Old data has void orders whose invoice is still live.
	ActReverse: {{invoices: []InvoiceState{InvoiceIssued}, invoice: InvoiceReversed}},
	ActRefill:  {{reviews: notVoid, invoices: []InvoiceState{InvoiceReversed}, invoice: InvoiceFilled}},
}

// After gives the states that an action brings an order to; ok is false where it is not allowed.
func (o Order) After(action OrderAction) (review ReviewState, invoice InvoiceState, ok bool) {
	for _, rule := range orderRules[action] {
		if !among(rule.reviews, o.Review) || !among(rule.invoices, o.Invoice.State) || !among(rule.modes, o.Mode) {
			continue
		}
		review, invoice = o.Review, o.Invoice.State
		if rule.review != "" {
			review = rule.review
		}
		if rule.invoice != "" {
			invoice = rule.invoice
		}
		return review, invoice, true
	}
	return o.Review, o.Invoice.State, false
}

// May tells whether an action is allowed in the order's states.
func (o Order) May(action OrderAction) bool {
	_, _, ok := o.After(action)
	return ok
}

func among[T comparable](allowed []T, one T) bool {
	return len(allowed) == 0 || slices.Contains(allowed, one)
}
