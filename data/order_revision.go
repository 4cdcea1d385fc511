package data

// OrderRevision is an order as it was handed over to review. Revision n is the n-th that was handed over.
type OrderRevision struct {
	Revision  int
	At        Moment // when it was submitted
	User      string
	Confirmed []string // the warnings that submitting it confirmed
	Order     Order    // as it was then, vouchers included
}

// OrderChange is one difference between two revisions of an order, in words.
type OrderChange struct {
	Field string // as JudgeOrder names it: lines, payer_bank, …, invoice.<field>
	Label string // 缴费卡号
	Old   string // what people read; amounts in yuan, "" where there was nothing
	New   string
}

// String writes the change in a sentence: 转账时间：2022-06-14 → 2022-06-15.
func (c OrderChange) String() string {
	switch {
	case c.Old == "":
		return c.Label + "：填写 " + c.New
	case c.New == "":
		return c.Label + "：去掉 " + c.Old
	}
	return c.Label + "：" + c.Old + " → " + c.New
}
