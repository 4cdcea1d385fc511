package papers

// Statement is what a bank's file of the unit's account holds.
type Statement struct {
	// Lines count the movements.
	Lines int
	// Unordered is what was paid to the platform without an order, in 分.
	Unordered int
}

// movement is one line of a bank's statement; money in yuan.
type movement struct {
	at, out, in, balance, name, number, bank, summary, purpose, serial string
}

// WriteStatement writes the statement of the account that a receipt was paid from, as a bank exports it: the newest line first, lines
// that are nobody's training, the receipt's payment, and a smaller one to the same payee that no order stands behind.
func WriteStatement(path string, paid Receipt) (Statement, error) {
	const unordered = 640_00
	movements := []movement{
		{at: "2022-05-20 10:12:40", out: "640.00", balance: "184,574.50", name: PayeeName, number: PayeeAccount, bank: PayeeBank, summary: "转账", purpose: "培训费", serial: "2205201012400077"},
		{at: "2022-03-11 14:05:09", out: "3,260.00", balance: "185,214.50", name: "北京晴川办公用品有限公司", number: "622848010099887766", bank: "城南商业银行望京支行", summary: "转账", purpose: "办公用品", serial: "2203111405090031"},
		{at: paid.PaidAt, out: "5.50", balance: "188,474.50", summary: "手续费", purpose: "转账汇款手续费", serial: "2203081521160043"},
		{at: paid.PaidAt, out: paid.Amount, balance: "188,480.00", name: PayeeName, number: PayeeAccount, bank: PayeeBank, summary: "转账", purpose: paid.Purpose, serial: "2203081521160042"},
		{at: "2022-03-01 09:30:00", in: "200,000.00", balance: "200,000.00", name: "北京市财政局", number: "110007710018100001", bank: "国家金库北京分库", summary: "拨款", purpose: "一季度经费", serial: "2203010930000008"},
	}
	book := newBook("账户明细")
	book.row(1, paid.Bank+"账户交易明细")
	book.row(2, "账号："+paid.Account, "", "户名："+Unit)
	book.strings(4, []string{"交易时间", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "对方开户行", "摘要", "用途", "交易流水号"})
	for n, m := range movements {
		book.row(5+n, m.at, m.out, m.in, m.balance, m.name, m.number, m.bank, m.summary, m.purpose, m.serial)
	}
	book.row(5+len(movements), "合计", "15,425.50", "200,000.00")
	book.widths(map[string]float64{"A": 20, "B": 14, "C": 14, "D": 14, "E": 30, "F": 24, "G": 28, "I": 24, "J": 20})
	return Statement{Lines: len(movements), Unordered: unordered}, book.save(path)
}
