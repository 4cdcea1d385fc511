package data

// Home is what 首页 shows of one plan: the year's road in four steps, what waits for whom, and the months.
type Home struct {
	Plan           Plan
	Trainees       int   // all
	Enabled        int   // 启用
	Incomplete     int   // enabled without a mobile
	Uncharged      int   // enabled and not recharged for this plan
	Orders         int   // not void
	Paid           Money // total of orders that are not void and not drafts
	Unpaid         int   // enabled people beyond those whom orders pay for
	Drafts         int
	Waiting        int // orders in 待审核
	WaitingSum     Money
	WaitingFrom    Moment // since when the first of them waits
	Approved       Money  // total of approved orders
	Recharged      Money
	RechargedTo    int   // people with a balance for this plan
	Left           Money // what the plan's batches can still give
	Uninvoiced     int   // approved orders whose invoice is not issued
	UninvoicedSum  Money
	UninvoicedFrom Moment
	WithHours      int // enabled people with offline hours
	Reached        int // enabled people whose offline hours reach the plan's 考核值
	Letters        int
	Months         []HomeMonth
}

// HomeMonth is one month of the plan's year.
type HomeMonth struct {
	Month     string // 2022-03
	Paid      Money
	Recharged Money
	Reached   int
}
